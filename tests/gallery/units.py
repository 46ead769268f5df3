"""Made-up units at the edges of what a report must bear: one indicator, hundreds, forty projects, long texts.

Every value has a cell of its own, names and texts read like those of real tables, nothing is random.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import count

from jxreport.finding import Source
from jxreport.model.submission import (
    Budget,
    Checkpoint,
    Form,
    FundRow,
    Goal,
    Indicator,
    Kind,
    Outlook,
    SourceFile,
    Submission,
    TextBlock,
    WeightOrigin,
)
from jxreport.model.values import Actual, Op, Sourced, Target

FILE = "完成情况.xlsx"
D = Decimal
LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("产出指标", "成本指标"),
    ("效益指标", "经济效益指标"),
    ("效益指标", "社会效益指标"),
    ("效益指标", "生态效益指标"),
    ("效益指标", "可持续影响指标"),
    ("满意度指标", "服务对象满意度指标"),
)
NAMES = (
    "维修道路长度", "工程验收合格率", "项目按期完成率", "单位面积维修成本", "带动群众增收额", "受益行政村覆盖率",
    "沿线绿化覆盖率", "管护机制健全性", "沿线群众满意度",
)  # fmt: skip
REASON = "受汛期连续降雨影响，两个标段停工23天，年底前未全部完工；已调整工期，预计次年3月底前完成。"
LONG = (
    "一是前期工作准备不充分。项目涉及7个行政村的土地协调，其中3个村的地上附着物补偿方案到6月中旬才达成一致，"
    "施工队伍进场比计划推迟了47天；\n二是汛期影响。7月至8月累计降雨天数31天，比常年多12天，路基含水率不满足"
    "压实要求，只能停工待晾；\n三是材料价格上涨。沥青到场价由年初每吨3850元涨到4420元，涨幅14.81%，超出合同约定的"
    "调差范围，双方重新协商用时近一个月。\n改进措施：（1）今后凡涉及土地协调的项目，先完成协调再申报预算；"
    "（2）施工组织设计中预留汛期停工时间；（3）与供应单位签订年度框架协议，锁定价格区间。"
)


class Cells:
    """Hands out cells one below the other, so that every value can be pointed at."""

    def __init__(self, sheet: str) -> None:
        self.sheet, self._rows = sheet, count(5)

    def source(self) -> Source:
        return Source(FILE, self.sheet, f"H{next(self._rows)}")

    def number(self, value: object) -> Sourced[Decimal]:
        return Sourced(value=D(str(value)), text=str(value), source=self.source())

    def words(self, text: str) -> Sourced[str]:
        return Sourced(value=text, text=text, source=self.source())


def unit(*forms: Form, name: str = "青山县交通运输局", **more: object) -> Submission:
    sources = (SourceFile(file=FILE, sha256="0" * 64),)
    return replace(Submission(unit=name, year=2023, forms=forms, sources=sources), **more)  # type: ignore[arg-type]


def project(
    name: str = "农村公路养护工程补助资金",
    indicators: int = 9,
    *,
    money: tuple[str, str, str] | None = ("860", "860", "812.35"),
    done: Callable[[int], str | None] = lambda place: ("96" if place % 4 else "88"),
    reason: Callable[[int], str] = lambda place: REASON,
    plans: tuple[str, ...] = ("10", "40", "80", "100"),
    paid: tuple[str | None, ...] = ("60", "300", "650", "812.35"),
    layout: str = "T2+A2",
    checkpoint: tuple[str, str, str] = ("其他", "部分标段受汛期影响，计量支付推迟。", "督促施工单位按月申报计量。"),
    naming: Callable[[int], str] = lambda place: NAMES[place % len(NAMES)],
) -> Form:
    """A project with plain targets of ≥95 %; `done` gives each actual, `reason` each cause."""
    cells = Cells(name)
    weights = _weights(indicators)
    levels = [LEVELS[place * len(LEVELS) // indicators] for place in range(indicators)]
    return Form(
        kind=Kind.PROJECT,
        form=layout,
        name=name,
        code="130802230000",
        sheet=name,
        supervisor="青山县交通运输局",
        implementer="青山县公路事务中心",
        purpose="用于县乡道路日常养护、小修保养和安全防护设施更换。",
        goals=(
            Goal(
                label="目标1",
                expected=cells.words("完成县乡道路养护286公里，保障农村公路列养率达到100%。"),
                actual=cells.words("完成县乡道路养护274公里，列养率100%，优良中等路率91.20%。"),
                rate=cells.number(96),
            ),
        ),
        budget=_budget(cells, money) if money else None,
        checkpoints=_checkpoints(cells, plans, paid, checkpoint),
        indicators=tuple(
            _indicator(cells, place, levels[place], naming(place), weight, done(place), reason(place))
            for place, weight in enumerate(weights)
        ),
        contact="王建国",
        phone="0314-5550123",
        source=Source(FILE, name, "A1"),
    )


def _weights(indicators: int) -> list[Decimal]:
    """Equal shares of 90 with two decimals; the first takes the rest."""
    each = (D(90) / indicators).quantize(D("0.01"))
    return [D(90) - each * (indicators - 1), *[each] * (indicators - 1)]


def _budget(cells: Cells, money: tuple[str, str, str]) -> Budget:
    rows = []
    for label, is_total in (("年度资金总额", True), ("其中：当年财政拨款", False), ("上年结转资金", False), ("其他资金", False)):
        amounts = money if label in ("年度资金总额", "其中：当年财政拨款") else ("0", "0", "0")
        initial, adjusted, executed = (cells.number(amount) for amount in amounts)
        rows.append(
            FundRow(
                label=label, initial=initial, adjusted=adjusted, arrived=adjusted, executed=executed,
                is_total=is_total, source=cells.source(),
            )
        )  # fmt: skip
    return Budget(rows=tuple(rows), weight=cells.number(10), reason=cells.words("部分工程款按合同约定于次年支付。"))


def _checkpoints(
    cells: Cells, plans: tuple[str, ...], paid: tuple[str | None, ...], told: tuple[str, str, str]
) -> tuple[Checkpoint, ...]:
    cause, explanation, measure = told
    return tuple(
        Checkpoint(
            label=f"{month}月底",
            month=month,
            plan=cells.number(plan),
            paid=cells.number(amount) if amount is not None else None,
            cause=cells.words(cause) if cause else None,
            explanation=cells.words(explanation) if explanation else None,
            measure=cells.words(measure) if measure else None,
        )
        for month, plan, amount in zip((3, 6, 10, 12), plans, paid, strict=False)
    )


def _indicator(
    cells: Cells, place: int, levels: tuple[str, str], name: str, weight: Decimal, done: str | None, reason: str
) -> Indicator:
    source = cells.source()
    return Indicator(
        ordinal=place + 1,
        level1=levels[0],
        level2=levels[1],
        name=name,
        description=f"反映{name}情况",
        target=Target(text="≥95%", op=Op.GE, value=D(95), unit="%", source=cells.source()),
        weight=cells.number(weight),
        weight_origin=WeightOrigin.ACTUALS,
        actual=Actual(text=done, value=D(done), unit="%", source=cells.source()) if done is not None else None,
        reason=cells.words(reason) if reason and done is not None and D(done) < 95 else None,
        source=source,
    )


def department(name: str = "青山县交通运输局", indicators: int = 12, *, done: str = "93") -> Form:
    """A department whose rows carry scoring sentences, each answered by a number."""
    cells = Cells("部门整体支出")
    levels = [LEVELS[place * len(LEVELS) // indicators] for place in range(indicators)]
    weights = [D(100) - D(100 // indicators) * (indicators - 1), *[D(100 // indicators)] * (indicators - 1)]
    if indicators > 100:
        weights = [(D(100) / indicators).quantize(D("0.01"))] * indicators
    rows = []
    for place in range(indicators):
        base = _indicator(cells, place, levels[place], f"{NAMES[place % 9]}（{place + 1}）", weights[place], done, REASON)
        sentence = "95%（含）以上得满分；每低1个百分点扣0.1分，扣完为止。"
        rows.append(
            replace(
                base,
                target=Target(text=str(weights[place])),
                rule=cells.words(sentence),
                weight_origin=WeightOrigin.TARGETS,
                measure=cells.words("按季调度，逐项销号。"),
            )
        )
    return Form(
        kind=Kind.DEPARTMENT,
        form="T1+A1",
        name=name,
        sheet="部门整体支出",
        contact="王建国",
        phone="0314-5550123",
        goals=(
            Goal(
                label="目标1",
                expected=cells.words("保障机关正常运转，完成年度交通运输重点工作。"),
                actual=cells.words("机关运转正常，12项重点工作完成11项。"),
            ),
        ),
        budget=Budget(rows=_budget(cells, ("3141.40", "3195.00", "3134.11")).rows[:1]),
        indicators=tuple(rows),
        problems=cells.words("一是部分项目前期准备不足；二是支付进度前低后高。\n下一步提前开展项目前期工作。"),
        source=Source(FILE, "部门整体支出", "A1"),
    )


def one() -> Submission:
    """A single project with a single indicator, all met."""
    return unit(project("驻村工作队补助经费", 1, money=("12", "12", "12"), done=lambda _: "100", plans=(), paid=()))


def many() -> Submission:
    """A department of 300 indicators."""
    return unit(department(indicators=300))


def forty() -> Submission:
    """A department with forty projects, most of them short of something."""
    projects = [
        project(
            f"{2 + place}号线农村公路{'改造' if place % 3 else '水毁修复'}工程",
            5 + place % 4,
            money=(str(100 + 7 * place), str(100 + 7 * place), str(90 + 5 * place)),
            done=lambda n, place=place: "97" if (n + place) % 3 else str(70 + place % 25),  # type: ignore[misc]
            paid=(str(5 + place), str(30 + 2 * place), str(60 + 4 * place), str(90 + 5 * place)),
        )
        for place in range(40)
    ]
    return unit(department(), *projects)


def midyear() -> Submission:
    """Three projects at 6月底."""
    names = ("农村公路养护工程补助资金", "公交运营补贴", "治超站点建设")
    paid: tuple[tuple[str | None, ...], ...] = (("86", "350"), ("20", "60"), ("0", "0"))
    forms = [
        project(
            name, 6, paid=(*known, None, None), money=("860", "860", "0"),
            done=lambda n: None if n % 3 == 2 else "55" if n % 2 else "97",
        )
        for name, known in zip(names, paid, strict=True)
    ]  # fmt: skip
    return unit(*(watched(form) for form in forms[:2]), forms[2])


def watched(form: Form) -> Form:
    """With outlooks at 6月底: sure, likely with long reasons, impossible, and one that nobody filled in."""
    cells = Cells("运行监控（6月底）")
    chances = ("确定能", "有可能", "确定能", "完全不可能", "")

    def seen(indicator: Indicator) -> Indicator:
        chance = chances[indicator.ordinal % len(chances)]
        doubt = chance in chances[1:4:2]
        outlook = Outlook(
            label="6月底",
            month=6,
            actual=indicator.actual,
            expected=cells.words("年底前完成" if doubt else indicator.target.text) if chance else cells.words(""),
            likelihood=cells.words(chance),
            cause=cells.words("人员保障、其他") if doubt else None,
            explanation=cells.words(REASON) if doubt else None,
            measure=cells.words("倒排工期，按月调度。") if doubt else None,
        )
        return replace(indicator, outlooks=(outlook,))

    return replace(form, indicators=tuple(seen(indicator) for indicator in form.indicators))


def long() -> Submission:
    """Very long names and texts everywhere."""
    name = "青山县交通运输局（青山县公路事务中心、青山县道路运输管理所、青山县地方海事处合署办公）"
    title = "2023年度中央车辆购置税收入补助地方用于一般公路建设项目（农村公路第二批）危旧桥梁改造及安全生命防护工程补助资金"
    heavy = project(
        title, 8,
        done=lambda n: "61.5" if n % 2 else "97", reason=lambda _: LONG,
        naming=lambda n: f"{NAMES[n]}（含中央车购税补助、省级配套和县级自筹三部分资金安排的全部建设内容）",
        checkpoint=("其他", LONG, "（1）按月调度；（2）倒排工期；（3）约谈施工单位。"),
    )  # fmt: skip
    cells = Cells("文字")
    goals = tuple(
        Goal(
            label=f"目标{n}",
            expected=cells.words(f"目标{n}：" + "完成县乡道路路面修复、安全防护设施更换和危旧桥梁改造任务，" * 6 + "群众满意。"),
            actual=cells.words("全年" + "完成路面修复48.6公里、更换波形护栏12.3公里、改造危旧桥梁5座，" * 8 + "验收全部合格。"),
            rate=cells.number(93 + n),
        )
        for n in range(1, 4)
    )
    heavy = replace(heavy, goals=goals, purpose="用于" + "路基、路面、桥涵和安全防护设施的修复，" * 12 + "以及竣工验收。", problems=cells.words(LONG))
    narrative = (
        TextBlock(
            heading="一、部门整体绩效目标",
            paragraphs=tuple(
                cells.words(text)
                for text in (
                    "（一）总体要求。" + "坚持建好、管好、护好、运营好农村公路，" * 10 + "服务乡村振兴。",
                    "（二）重点任务",
                    "1.实施危旧桥梁改造。" + "年内完成5座危旧桥梁改造，" * 6 + "消除安全隐患。",
                    "2.实施安全生命防护工程。" + "年内完成临水临崖路段防护86公里，" * 5 + "提升安全水平。",
                    "（三）保障措施。" + "落实管养责任，" * 12 + "确保资金专款专用。",
                )
            ),
        ),
    )
    return unit(heavy, project("短名项目", 3), name=name, narrative=narrative)


def unspent() -> Submission:
    """Nothing spent, nothing done."""
    forms = [
        project(
            name, 6, money=("860", "860", "0"), done=lambda _: "0", paid=("0", "0", "0", "0"),
            reason=lambda _: "项目因规划调整未启动。",
        )
        for name in ("客运站改造工程", "智慧交通平台建设")
    ]  # fmt: skip
    return unit(*forms)


def missed() -> Submission:
    """Everything missed by a little; all causes given."""
    return unit(
        department(done="90"),
        *(
            project(name, 9, done=lambda n: str(80 + n), layout="M1")
            for name in ("农村公路养护工程补助资金", "公交运营补贴")
        ),
    )


def silent() -> Submission:
    """Causes, measures and actuals missing everywhere."""
    bare = project("农村公路养护工程补助资金", 9, reason=lambda _: "", checkpoint=("", "", ""), done=lambda n: None if n % 4 == 1 else "70")
    bare = replace(bare, goals=tuple(replace(goal, actual=None, rate=None) for goal in bare.goals), contact="", phone="")
    other = replace(project("公交运营补贴", 4, money=None, reason=lambda _: "", done=lambda _: None, plans=(), paid=()), goals=())
    return unit(bare, other)


UNITS: dict[str, Callable[[], Submission]] = {
    "one": one,
    "many": many,
    "forty": forty,
    "midyear": midyear,
    "long": long,
    "unspent": unspent,
    "missed": missed,
    "silent": silent,
}
AS_OF = {"midyear": "6月底"}
PROFILES = {"one": "mof-2020-10", "missed": "mof-2020-10", "silent": "mof-2020-10"}
