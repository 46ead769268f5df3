"""Scored results made by hand, so that report and PDF can be tested without reading or scoring.

The texts are those of published target tables; the achievements are invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from jxreport.finding import Source, warning
from jxreport.model.profile import Profile
from jxreport.model.result import (
    Evaluation,
    Execution,
    Forecast,
    IndicatorScore,
    Question,
    SchedulePoint,
    Status,
    TraceStep,
    UnitResult,
)
from jxreport.model.submission import (
    Answer,
    Budget,
    Checkpoint,
    Form,
    FundRow,
    Goal,
    Indicator,
    Kind,
    SourceFile,
    Submission,
    TextBlock,
)
from jxreport.model.values import Actual, Op, Sourced, Target
from jxreport.profiles import load_profile

D = Decimal
UNIT = "承德高新区党政办公室"


def profile(name: str = "hebei-2020") -> Profile:
    return load_profile(name)


def sourced(text: str, value: object = None) -> Sourced:  # type: ignore[type-arg]
    return Sourced(value=text if value is None else value, text=text, source=Source("实绩.xlsx", "A1", "H8"))


def amount(number: str) -> Sourced[Decimal]:
    return sourced(number, D(number))


def scored(
    ordinal: int,
    levels: tuple[str, str],
    name: str,
    weight: str,
    score: str | None,
    *,
    rule: str = "",
    description: str = "",
    target: Target | None = None,
    actual: Actual | None = None,
    answers: Sequence[tuple[str, str, str]] = (),
    value: str | None = None,
    reason: str = "",
    measure: str = "",
    status: Status = Status.SCORED,
    overshoot: bool = False,
    missed: bool = False,
) -> IndicatorScore:
    indicator = Indicator(
        ordinal=ordinal,
        level1=levels[0],
        level2=levels[1],
        name=name,
        description=description,
        target=target or Target(text=weight),
        rule=sourced(rule) if rule else None,
        weight=amount(weight),
        actual=actual,
        answers=tuple(Answer(question=q, text=t, unit=u, value=_number(t)) for q, t, u in answers),
        reason=sourced(reason) if reason else None,
        measure=sourced(measure) if measure else None,
        completion="完成" if target is not None else "",
    )
    trace = (
        TraceStep(kind="cell", text=f"取自“A1”H{ordinal + 9}"),
        TraceStep(kind="clause", text=f"适用“{rule[:18]}”" if rule else "实际完成值达到指标值"),
        TraceStep(kind="arithmetic", text=f"{weight}×100%＝{score or '—'}"),
        TraceStep(kind="rounding", text=f"四舍五入保留两位小数，得{score or '—'}分"),
    )
    return IndicatorScore(
        indicator=indicator,
        weight=D(weight),
        status=status,
        score=D(score) if score is not None else None,
        raw=D(score) if score is not None else None,
        value=D(value) if value is not None else None,
        trace=trace if score is not None else (),
        questions=() if score is not None else (_question(),),
        reading=f"满分{weight}分" if rule else "",
        overshoot=overshoot,
        missed=missed,
    )


def _number(text: str) -> Decimal | None:
    try:
        return D(text)
    except ArithmeticError:
        return None


def _question() -> Question:
    return Question(
        key="partial", text="“扣除相应分值”未写明扣几分", options=(("每次扣1分", D("7")), ("扣完", D("0")))
    )


def qualitative(text: str) -> Target:
    return Target(text=text, op=Op.QUALITATIVE, unit=text)


def at_least(number: str, unit: str = "%") -> Target:
    return Target(text=f"≥{number}{unit}", op=Op.GE, value=D(number), unit=unit)


def department(*, waiting: bool = False) -> Evaluation:
    out, effect, happy = "产出指标", "效果指标", "满意度指标"
    items = (
        scored(
            1, (out, "3"), "绩效目标申报", "7.00", "7.00",
            description="绩效目标是否符合部门职能、年度重点工作实际；指标细化、清晰3分。绩效目标申报资金比率4分。"
            "预算单位资金总量中申报绩效目标资金量占比。",
            rule="绩效目标符合管委会总体经济和社会发展规划；符合“三定”职责；体现当年重点工作；资金投入相匹配。"
            "申报比率90%以上7分；70%以上4分；60%以下不计分。",
            answers=(("申报比率", "96.50", "%"),), value="96.5",
        ),
        scored(
            2, (out, "3"), "资金使用的合规性", "8.00", "8.00",
            description="支出符合国家财经法规和财务管理制度规定；资金拨付有完整的审批程序和手续。",
            rule="完全符合规定4分，基本符合规定3分，不符合规定0分；资金拨付手续完备4分，基本完备3分，"
            "审批和手续不完备0分",
            answers=(("符合规定情况", "完全符合规定", ""), ("资金拨付手续", "完备", "")),
        ),
        scored(
            3, (out, "3"), "管理制度的健全性", "10.00", "10.00",
            description="内部财务管理制度、会计核算制度等管理制度健全",
            rule="内部财务管理制度及会计核算管理制度健全10分；不健全6分；无不得分。",
            answers=(("管理制度", "健全", ""),),
        ),
        scored(
            4, (out, "5"), "预算控制率", "10.00", "8.00",
            description="预算控制率=（本年追加预算/年初预算）*100%",
            rule="预算控制率=0，计10分，0-10%（含），计8分，10-20%（含）计5分；20-30%（含）计3分；大于30%不得分。",
            answers=(("本年追加预算", "38.50", "万元"), ("年初预算", "2655.00", "万元")), value="1.450094",
            reason="年度中按管委会批复追加网络运行维护经费。", measure="提高预算编制的前瞻性，年初一次编足编准。",
            missed=True,
        ),
        scored(
            5, (out, "4"), "基本支出控制率", "10.00", "10.00",
            description="基本支出指人员经费支出和公用经费支出，基本支出控制率=（实际支出总额/预算安排总额）*100%",
            rule="100%以下计满分，每超出1%扣1分，扣完为止",
            answers=(("实际支出总额", "1186.20", "万元"), ("预算安排总额", "1210.00", "万元")), value="98.033057",
        ),
        scored(
            6, (out, "4"), "专项资金管理", "8.00", "8.00",
            description="指主要评价预算单位专项资金分配、支出的及时性，减少资金滞留、挪用等。",
            rule="支出及时无资金滞留，8分；支出不及时或资金滞留10%，6分；存在挪用资金现象，4分；"
            "支出不及时、资金滞留30%以上同时存在挪用专项资金现象不得分。",
            answers=(("专项资金管理情况", "支出及时无资金滞留", ""),),
        ),
        scored(
            7, (out, "5"), "“三公经费”控制率", "10.00", "10.00",
            description="(三公经费实际支出数据/预算安排数据)*100",
            rule="100%以下（含）且管理规范计满分，每超出1%扣1分，财务手续不规范，一次扣1分，扣完为止。",
            answers=(("三公经费实际支出数据", "52.30", "万元"), ("预算安排数据", "60.00", "万元")),
            value="87.166667",
        ),
        scored(
            8, (out, "3"), "预算完成率", "8.00", "7.80",
            description="预算执行情况，预算完成率=（上年结转+年初预算+本年追加预算-年末结余/上年结转+年初预算+"
            "本年追加预算）*100%",
            rule="100%计满分，每低于10%扣1分，扣完为止",
            answers=(("上年结转", "0", "万元"), ("年末结余", "53.87", "万元")), value="98.0",
            reason="法制培训改为线上举办，资料印制费未全部支出。", missed=True,
        ),
        scored(
            9, (out, "4"), "支出进度率", "10.00", "10.00",
            description="预算执行的及时性和均衡性。实际支出与既定支出的比率",
            rule="预算资金按照四个季度比率评价，达不到进度相应扣分",
            answers=(("是否达到进度", "是", ""),),
        ),
        scored(
            10, (effect, "7"), "履职效益", "8.00", None if waiting else "8.00",
            description="非税收入管理的合规性，资金管理的合规定性",
            rule="非税收入管理符合8分，不符合规定扣除相应分值；资金管理合规6分，被审计、纪检、财政处罚扣4分",
            answers=(("非税收入管理", "符合", ""),), status=Status.ASK if waiting else Status.SCORED,
        ),
        scored(
            11, (effect, "8"), "履职效益", "6.00", "6.00",
            description="工作透明，重点工作办结率较好，部门预决算公开透明 。",
            rule="工作透明2分；重点工作办结率较好2分；部门预决算公开透明2分；被通报一次扣除2分，扣完为止。",
            answers=(("工作透明", "是", ""), ("重点工作办结率较好", "是", ""), ("被通报次数", "0", "次")),
        ),
        scored(
            12, (happy, "12"), "社会公众或服务对象满意度", "5.00", "5.00",
            description="社会公众或服务对象是指部分履行职责而影响到的部门、群体或个人，一般采用社会调查的方式",
            rule="90%（含）以上计5分；80%（含）-90%，计4分；70%（含 ）-60%，计3分；低于60%不得分。",
            answers=(("满意度", "93.60", "%"),), value="93.6",
        ),
    )  # fmt: skip
    form = Form(
        kind=Kind.DEPARTMENT,
        form="T1+A1",
        name=UNIT,
        contact="张三",
        phone="0314-0000000",
        budget=Budget(rows=(_fund("年度资金总额", "2655.00", "2693.50", "2639.63", total=True),)),
        goals=(
            Goal(
                label="目标1",
                expected=sourced("不断加强领导班子和干部队伍自身建设，推进党政办各项工作提档进位。"),
                actual=sourced("全年办文办会、值班值守、政务公开等工作按计划完成，未发生差错。"),
            ),
        ),
        problems=sourced("预算编制与实际需求衔接不够紧密，年度中存在追加预算的情况。\n下一步提前摸排经费需求，严控追加。"),
    )
    return _total(Evaluation(form=form, indicators=items, execution=_execution("2655.00", "2693.50", "2639.63")))


def _fund(label: str, initial: str, adjusted: str, executed: str, *, total: bool = False) -> FundRow:
    return FundRow(
        label=label,
        initial=amount(initial),
        adjusted=amount(adjusted),
        arrived=amount(adjusted),
        executed=amount(executed),
        is_total=total,
    )


def _execution(initial: str, adjusted: str, executed: str, weight: str | None = None) -> Execution:
    rate = D(executed) / D(adjusted) * 100
    score = (rate / 100 * D(weight)).quantize(D("0.01")) if weight else None
    return Execution(
        initial=D(initial),
        adjusted=D(adjusted),
        executed=D(executed),
        rate=rate,
        weight=D(weight) if weight else None,
        score=score,
        trace=(TraceStep(kind="arithmetic", text=f"{executed}÷{adjusted}＝{rate:.6f}%"),) if weight else (),
    )


def _total(evaluation: Evaluation) -> Evaluation:
    done = [i for i in evaluation.indicators if i.score is not None]
    extra = evaluation.execution.score or D(0) if evaluation.execution else D(0)
    extra_weight = evaluation.execution.weight or D(0) if evaluation.execution else D(0)
    total = sum((i.score or D(0) for i in done), D(0)) + extra
    full = sum((i.weight or D(0) for i in evaluation.indicators), D(0)) + extra_weight
    complete = len(done) == len(evaluation.indicators)
    return replace(
        evaluation,
        full=full,
        scored=total,
        scored_full=sum((i.weight or D(0) for i in done), D(0)) + extra_weight,
        total=total if complete else None,
        grade="优" if complete else "",
    )


def points(plan: Sequence[str], paid: Sequence[str | None], budget: str) -> tuple[SchedulePoint, ...]:
    found = []
    for month, p, x in zip((3, 6, 10, 12), plan, paid, strict=True):
        actual = D(x) / D(budget) * 100 if x is not None else None
        pace = actual / D(p) * 100 if actual is not None and D(p) else None
        light = "" if pace is None else "红" if pace < 60 else "黄" if pace < 80 else "绿"
        poor = light in ("红", "黄")
        spot = Checkpoint(
            label=f"{month}月底",
            month=month,
            plan=amount(p),
            paid=amount(x) if x is not None else None,
            cause=sourced("其他") if poor else None,
            explanation=sourced("受疫情影响，上半年案件开庭推迟。") if poor else None,
        )
        found.append(
            SchedulePoint(
                checkpoint=spot,
                plan=D(p),
                paid=D(x) if x is not None else None,
                actual=actual,
                deviation=actual - D(p) if actual is not None else None,
                pace=pace,
                time_pace=D(month) / 12 * 100,
                light=light,
            )
        )
    return tuple(found)


def project(
    name: str = "法制专项经费",
    code: str = "101-0506-YBN-BM2R",
    budget: str = "76.00",
    plan: Sequence[str] = ("0", "0", "75.00", "100.00"),
    paid: Sequence[str | None] = ("0", "12.00", "38.00", "75.96"),
) -> Evaluation:
    executed = next((x for x in reversed(paid) if x is not None), "0")
    items = (
        scored(
            1, ("产出指标", "数量指标"), "按合同约定期限定期组织律师事务所签订常年法律服务协议件数", "20", "20.00",
            description="按照常年法律顾问的实际情况及合同约定，及时同律师事务所签订法律服务协议件数",
            target=at_least("3", "件数"), actual=Actual(text="4", value=D(4), unit="件"), overshoot=True,
            reason="新增一家参与重大经济项目的律师事务所。",
        ),
        scored(
            2, ("产出指标", "质量指标"), "常年法律服务协议签订率", "20", "20.00",
            description="同法律服务律师事务所签订法律服务协议占全年法律服务协议的比率",
            target=at_least("90"), actual=Actual(text="100", value=D(100), unit="%"),
        ),
        scored(
            3, ("产出指标", "时效指标"), "案件代理手续及答辩状递交及时率", "20", "19.11",
            description="按程序、时间履行手续办理的案件是否及时递交占全年办理案件的比率",
            target=at_least("90"), actual=Actual(text="86", value=D(86), unit="%"), missed=True,
            reason="个别案件开庭通知送达较晚。", measure="与律师事务所约定材料提交时限。",
        ),
        scored(
            4, ("效果指标", "可持续影响指标"), "常年法律服务长期影响行政工作", "20", "18.00",
            description="常年法律服务积极影响行政工作",
            target=qualitative("发挥常年法律服务对行政工作的积极影响，提高胜诉"),
            actual=Actual(text="达成年度指标"),
        ),
        scored(
            5, ("满意度指标", "服务对象满意度指标"), "服务对象满意度指标", "10", "10.00",
            description="常年法律服务能否让行政机关满意",
            target=at_least("90"), actual=Actual(text="95.20", value=D("95.2"), unit="%"),
        ),
    )  # fmt: skip
    form = Form(
        kind=Kind.PROJECT,
        form="T2+A2",
        name=name,
        code=code,
        purpose="1.聘请常年法律顾问3家（2家参与双随机，1家参加ppp等重大经济项目）\n2.案件代理数量（以3年内案件发生的平均数为准）",
        implementer=UNIT,
        budget=Budget(
            rows=(
                _fund("预算数", budget, budget, executed, total=True),
                _fund("其中：财政资金", budget, budget, executed),
            )
        ),
        goals=(
            Goal(
                label="目标1",
                expected=sourced("合法性审查能力逐步提升"),
                actual=sourced("全年审查合同和规范性文件，合法性审查实现应审尽审。"),
                rate=amount("100"),
            ),
            Goal(label="目标2", expected=sourced("行政诉讼案件逐年减少"), rate=amount("95")),
        ),
        problems=sourced("部分案件材料递交不够及时。"),
        contact="李四",
        phone="0314-0000000",
    )
    return _total(
        Evaluation(
            form=form,
            indicators=items,
            execution=_execution(budget, budget, executed, "10"),
            schedule=points(plan, paid, budget),
        )
    )


def mof_project() -> Evaluation:
    """The same project in the ministry's form."""
    base = project()
    return replace(base, form=replace(base.form, form="M1", supervisor="承德高新区管委会"))


def result(
    *evaluations: Evaluation, as_of: str = "12月底", sample: bool = True, norms: str = "hebei-2020"
) -> UnitResult:
    found = evaluations or (
        department(),
        project(
            "承德高新区管委会办公用房租赁及运行项目经费", "101-0103-YBN-B8HR", "2519.00",
            ("25.00", "50.00", "75.00", "100.00"), ("629.75", "1259.50", "1889.25", "2480.55"),
        ),
        project("商务接待专项经费", "101-0109-YBN-GNWK", "60.00", ("0", "10", "60", "100.00"),
                ("3.00", "15.00", "41.00", "58.20")),
        project(),
    )  # fmt: skip
    submission = Submission(
        unit=UNIT,
        year=2020,
        forms=tuple(e.form for e in found),
        sources=(SourceFile(file="目标.xlsx", sha256="0" * 64),),
        narrative=(TextBlock(heading="一、部门整体绩效目标", paragraphs=(sourced(GOAL),)),),
        sample=sample,
    )
    return UnitResult(
        submission=submission,
        profile=profile(norms),
        as_of=as_of,
        evaluations=found,
        findings=(warning("JX702", Source("目标.xlsx", "指标表", "F12"), char="𬭎", point="U+2CB4E"),),
    )


GOAL = (
    "2020年，高新区党政办部门整体绩效目标是：以习近平新时代中国特色社会主义思想为指导，深入贯彻落实党的十九大精神。"
    "紧紧围绕工、管委中心工作，积极履职、主动作为。坚持党要管党，全面从严治党，切实提高参谋助手、以文辅政、综合协调"
    "和服务水平。不断加强领导班子和干部队伍自身建设，不断推进党政办各项工作提档进位。"
)


def monitoring() -> UnitResult:
    """The founding projects at mid-year: two checkpoints known, a forecast."""
    base = project(paid=("0", "12.00", None, None))
    forecast = Forecast(
        at="6月底", rate=D("88"), low=D("80"), high=D("96"), monthly_needed=D("10.67"), method="按计划曲线推算"
    )
    return result(replace(base, forecast=forecast, grade="", total=None), as_of="6月底")
