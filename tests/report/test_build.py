"""The document: outline, numbering, and sentences that follow the facts."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from jxreport.model.document import Chart, Paragraph, Table
from jxreport.model.result import Status
from jxreport.model.submission import Outlook
from jxreport.model.values import Sourced
from jxreport.report import build_document
from jxreport.report.contents.deviation import DEVIATIONS
from jxreport.report.contents.monitoring import OUTLOOK_TABLE
from jxreport.report.contents.schedule import schedule_words
from jxreport.report.outlines import OUTLINES
from tests.report import factory
from tests.report.helpers import blocks, charts, headings, prose, rows, sections, table, tables, texts

D = Decimal


@pytest.fixture(scope="module")
def document():
    return build_document(factory.result(), date="2021年3月5日")


def test_headings_are_numbered_by_level(document):
    found = headings(document)
    assert found[:5] == ["一、基本情况", "（一）部门整体绩效目标", "（二）预算安排情况", "（三）绩效目标和指标设置情况", "二、绩效自评工作开展情况"]
    assert "1.产出指标" in found
    assert found[-1] == "九、其他需要说明的问题"


def test_the_same_result_gives_the_same_document(document):
    assert build_document(factory.result(), date="2021年3月5日") == document


def test_title_is_broken_by_meaning(document):
    assert document.title_lines == ("承德高新区党政办公室", "2020年度部门整体支出和预算项目", "绩效自评报告")
    assert document.title == "".join(document.title_lines)


def test_sample_data_are_marked_and_real_data_are_not(document):
    assert "示例数据" in document.sample_notice
    assert build_document(factory.result(sample=False)).sample_notice == ""


def test_totals_are_those_of_the_scores(document):
    said = prose(document)
    assert "部门整体支出自评得分97.80分（满分100分），评价等级为“优”。12项绩效指标中，10项得满分，2项未得满分。" in said
    assert "法制专项经费97.10分（优）" in said


def test_spending_is_compared_with_the_declared_plan(document):
    said = prose(document)
    assert "低于计划进度1.53个百分点（绿灯）" in said
    assert "10月底（黄灯）低于计划进度25.00个百分点；6月底高于计划进度15.79个百分点。" in said


def test_lost_points_are_told_with_target_and_actual(document):
    said = prose(document)
    assert "案件代理手续及答辩状递交及时率指标值为≥90%，实际完成86%，得19.11分，扣0.89分" in said
    assert "预算控制率实际为1.45%，得8.00分，扣2.00分；预算完成率" in said
    assert "常年法律服务长期影响行政工作评定为“达成年度指标”，得18.00分，扣2.00分。" in said


def test_a_missing_cause_is_printed_as_missing(document):
    found = texts(table(document, "绩效指标偏差原因和改进措施表"))
    row = next(row for row in found if len(row) > 1 and row[1].startswith("常年法律服务长期影响行政工作"))
    assert row[-2:] == ["〔未填写〕", "〔未填写〕"]
    assert "常年法律服务长期影响行政工作的偏差原因〔未填写〕，需补充。" in prose(document)


def test_every_deviation_carries_the_unit_s_own_words(document):
    found = texts(table(document, "绩效指标偏差原因和改进措施表"))
    assert found[0] == ["部门整体支出"]
    assert found[1] == [
        "1",
        "预算控制率",
        "按评分标准",
        "1.45%",
        "10",
        "8.00",
        "年度中按管委会批复追加网络运行维护经费。",
        "提高预算编制的前瞻性，年初一次编足编准。",
    ]


def test_a_waiting_indicator_holds_back_total_and_grade():
    said = prose(build_document(factory.result(factory.department(waiting=True))))
    assert "部门整体支出已评定部分得分89.80分（对应分值92分），其余1项（履职效益）尚待确认，暂不出具总分和等级。" in said
    assert "履职效益待确认，需补充填报、确认评分标准的读法或人工评定，具体见附件" in said


def test_an_excluded_indicator_is_told_with_its_statement():
    base = factory.department()
    first = base.indicators[0]
    excluded = replace(
        first,
        status=Status.NOT_APPLICABLE,
        score=None,
        indicator=replace(first.indicator, not_applicable=factory.sourced("本年度无申报任务")),
    )
    said = prose(build_document(factory.result(replace(base, indicators=(excluded, *base.indicators[1:])))))
    assert "绩效目标申报不适用，未计入得分（本年度无申报任务）。" in said


def test_nothing_spent_is_said_in_words():
    idle = factory.project(paid=("0", "0", "0", "0"))
    said = prose(build_document(factory.result(idle)))
    assert "全年未发生支出" in said
    assert "截至12月底，未发生支付，低于计划进度100.00个百分点" in said


def test_a_project_on_its_plan_is_never_behind():
    steady = factory.project(paid=("0", "0", "57.00", "76.00"))
    said = prose(build_document(factory.result(steady)))
    assert "各时点支付进度均与计划一致。" in said
    assert "各项目支付进度达到计划要求，无需说明的偏差。" in said


def test_charts_only_where_they_say_more_than_a_sentence(document):
    assert [c.title for c in charts(document)] == [
        "部门整体支出一级指标得分率",
        "预算项目自评得分率",
        "商务接待专项经费支出进度",
        "法制专项经费支出进度",
    ]


def test_before_year_end_it_is_a_monitoring_report():
    document = build_document(factory.monitoring())
    assert document.title_lines[-1] == "绩效运行监控报告"
    said = prose(document)
    assert "按6月底进度推算，预计全年预算执行率88.00%（区间80.00%至96.00%）" in said
    assert "截至6月底累计支付数12.00万元，预算执行率15.79%" in said
    assert "全年执行数" not in said


def seen_from(result, month):
    """Scoring knows nothing of checkpoints after the one it stands at."""
    blank = {"paid": None, "actual": None, "deviation": None, "pace": None, "light": ""}
    evaluations = tuple(
        replace(e, schedule=tuple(p if p.checkpoint.month <= month else replace(p, **blank) for p in e.schedule))
        for e in result.evaluations
    )
    return replace(result, evaluations=evaluations)


def test_before_year_end_no_figure_of_another_date_and_no_grade():
    """The workbook of a whole year, looked at from 6月底: only what the schedule dates may be printed."""
    document = build_document(seen_from(factory.result(as_of="6月底"), 6))
    said = prose(document)
    assert "3个预算项目全年预算数合计2655.00万元，截至6月底累计支付数合计1286.50万元，总体预算执行率48.46%" in said
    assert "部门全年预算数2693.50万元。" in said
    for whole_year in ("2639.63", "2480.55", "评价等级", "自评得分"):
        assert whole_year not in said
    printed = {c.text for t in tables(document) if not t.title.endswith("评分依据") for r in rows(t) for c in r.cells}
    assert not printed & {"2,639.63", "97.80", "优"}


def test_many_projects_are_told_in_few_words():
    many = tuple(
        factory.project(f"项目{n}", paid=("0", "0", "57", "76") if n % 4 else ("0", "0", "20", "40"))
        for n in range(1, 41)
    )
    document = build_document(factory.result(*many))
    assert len([c for c in charts(document) if c.kind == "schedule"]) == 4
    assert "项目1、项目2、项目3、项目5、项目6、项目7等30个项目各时点支付进度均与计划一致。" in prose(document)
    assert "资金支出进度对比表" in [annex.title for annex in document.annexes]
    assert len(prose(document)) < 8_000
    assert "截至12月底，10个项目的支付进度与计划存在偏差，其中红灯10个。全部项目各时点情况见附件" in prose(document)


@pytest.mark.parametrize("name", sorted(OUTLINES))
def test_every_outline_makes_a_report(name):
    document = build_document(factory.result(), outline=OUTLINES[name])
    assert document.sections
    assert all(section.blocks or section.sections for section in document.sections)
    said = "12项绩效指标按全年情况评分" if name == "monitoring" else "12项绩效指标中，10项得满分"
    assert said in prose(document)


def test_the_profile_s_document_numbers_are_the_only_ones(document):
    allowed = factory.profile()
    carried = allowed.title + "".join(text for _, text in allowed.sources)
    printed = prose(document) + "".join(c.text for t in tables(document) for r in rows(t) for c in r.cells)
    for piece in printed.split("〔")[1:]:
        number = piece.split("号")[0]
        assert piece.startswith(("未填写", "待确认")) or f"〔{number}号" in carried


def test_table_rows_fill_their_grid(document):
    for found in [block for block in blocks(document) if isinstance(block, Table)]:
        for part in (found.front, found.head, found.body, found.foot):
            assert_filled(part, len(found.widths), found.title)


def assert_filled(part, columns, title):
    """Every grid place of the rows is covered exactly once, and no span reaches below the part."""
    taken: dict[tuple[int, int], int] = {}
    for y, row in enumerate(part):
        x = 0
        for cell in row.cells:
            while (x, y) in taken:
                x += 1
            for dy in range(cell.rowspan):
                for dx in range(cell.colspan):
                    taken[x + dx, y + dy] = taken.get((x + dx, y + dy), 0) + 1
    assert set(taken) == {(x, y) for x in range(columns) for y in range(len(part))}, title
    assert set(taken.values()) <= {1}, title


def test_one_project_beside_a_department_is_called_by_its_name():
    document = build_document(factory.result(factory.department(), factory.project()))
    assert dict(document.cover)["评价范围"] == "部门整体支出和1个预算项目"
    assert "对2020年度部门整体支出和法制专项经费的绩效目标完成情况" in document.intro[0].text
    assert "法制专项经费自评得分97.10分（满分100分），评价等级为“优”。" in prose(document)


def test_charts_are_led_in_by_a_sentence(document):
    for section in sections(document):
        for before, block in pairwise((Paragraph(text=""), *section.blocks)):
            if isinstance(block, Chart):
                assert before.role == "lead"
                assert before.text.endswith("见下图。")


def test_tables_are_led_in_by_a_sentence(document):
    for section in sections(document):
        for before, block in pairwise((Paragraph(text=""), *section.blocks)):
            if isinstance(block, Table):
                assert isinstance(before, Paragraph), block.title
                assert "见下表。" in before.text


def test_what_the_text_refers_to_is_there(document):
    said = prose(document)
    assert "各项得分的计算过程见附件3。" in said
    assert document.annexes[2].title == "绩效指标评分依据"
    assert all(int(number) <= len(document.annexes) for number in re.findall(r"附件(\d)", said))
    titles = {one.title for one in tables(document)}
    assert set(re.findall("《(.+?)》", said)) <= titles
    assert not set(said) & set("\x02\x03\x1f")


def test_an_outline_without_annexes_refers_to_none():
    bare = replace(OUTLINES["hebei"], annexes=())
    said = prose(build_document(factory.result(), outline=bare))
    assert "附件" not in said
    assert "（版本2020.1）。" in said


def test_the_pace_is_not_said_twice_where_all_was_due(document):
    """With 100% planned the pace equals the rate just said."""
    assert "实际累计进度98.47%，低于计划进度1.53个百分点（绿灯）" in prose(document)


@pytest.mark.parametrize(
    ("paid", "words"),
    [
        (("0", "12", "50", "76"), "年度执行中，10月底（绿灯）低于计划进度9.21个百分点；6月底高于计划进度15.79个百分点。"),
        (("1", "12", "57", "76"), "年度执行中，3月底、6月底分别高于计划进度1.32个、15.79个百分点。"),
        (("0", "0.5", "57", "76"), "6月底与计划进度相差不足1个百分点。"),
        (("0.5", "0.5", "57", "76"), "其他时点与计划进度相差均不足1个百分点。"),
    ],
)
def test_earlier_checkpoints_in_words(paid, words):
    said = schedule_words(factory.project(paid=paid))
    assert said.replace("（绿灯）", "").endswith(words.replace("（绿灯）", ""))


def test_an_explanation_of_a_later_checkpoint_is_not_in_the_monitoring_report():
    base = factory.project(paid=("0", "12.00", None, None))
    later = base.schedule[2]
    told = replace(later, checkpoint=replace(later.checkpoint, explanation=factory.sourced("年底才知道的原因")))
    known = replace(base, schedule=(*base.schedule[:2], told, base.schedule[3]))
    shown = build_document(factory.result(known, as_of="6月底"))
    assert "年底才知道的原因" not in "".join(c.text for t in tables(shown) for r in rows(t) for c in r.cells)


def test_no_total_is_announced_before_year_end():
    assert "总分" not in prose(build_document(factory.monitoring()))
    assert "总分为各项得分之和" in prose(build_document(factory.result()))


def test_goals_stand_under_the_name_of_their_form(document):
    found = table(document, "年度总体目标完成情况表")
    bands = [row.cells[0].text for row in found.body if len(row.cells) == 1]
    assert all(row.group == f"goals-{row.cells[0].text}" for row in found.body if len(row.cells) == 1)
    assert len({row.group for row in found.body}) == len(bands)  # a band and its rows belong together
    assert bands == ["部门整体支出", "承德高新区管委会办公用房租赁及运行项目经费", "商务接待专项经费", "法制专项经费"]


def test_equal_rates_need_no_chart():
    base = factory.department()
    full = replace(base, indicators=tuple(replace(i, score=i.weight) for i in base.indicators))
    shown = build_document(factory.result(full))
    assert "部门整体支出各一级指标得分率均为100.00%。" in prose(shown)
    assert "部门整体支出一级指标得分率" not in [chart.title for chart in charts(shown)]


def test_all_alike_is_said_in_one_word():
    base = factory.project()
    missed = replace(base, indicators=tuple(replace(i, score=D("1.00")) for i in base.indicators[:3]))
    said = prose(build_document(factory.result(missed)))
    assert "3项绩效指标均未得满分。" in said
    assert "法制专项经费设置绩效指标3项。" in said


def test_a_single_project_names_itself_on_the_cover():
    assert dict(build_document(factory.result(factory.project())).cover)["评价范围"] == "法制专项经费"


def test_a_form_without_levels_has_no_empty_heading():
    base = factory.department()
    bare = replace(
        base,
        indicators=tuple(replace(i, indicator=replace(i.indicator, level1="", level2="")) for i in base.indicators),
    )
    document = build_document(factory.result(bare))
    assert all(section.heading for section in sections(document))
    assert "绩效指标12项，分值100分，得分97.80分" in prose(document)


def test_a_goal_left_blank_is_marked():
    base = factory.project()
    blank = replace(base, form=replace(base.form, goals=(replace(base.form.goals[0], expected=factory.sourced("")),)))
    assert "年度总体目标为：〔未填写〕。" in prose(build_document(factory.result(blank)))


def test_single_goals_are_named_in_a_column():
    one = tuple(factory.project(f"项目{n}") for n in range(1, 4))
    single = tuple(replace(e, form=replace(e.form, goals=e.form.goals[:1])) for e in one)
    found = table(build_document(factory.result(*single)), "年度总体目标完成情况表")
    assert [row.cells[1].text for row in found.body] == ["项目1", "项目2", "项目3"]
    assert found.head[0].cells[1].text == "评价对象"


def under_way():
    """Half a year: one indicator sure, one in doubt, one without an outlook."""
    base = factory.project(paid=("0", "12.00", None, None))
    words = factory.profile().likelihoods.words
    seen = [
        Outlook(label="6月底", month=6, likelihood=Sourced(value=word, text=word), expected=Sourced(text="88%"))
        for word in (words[0], words[1])
    ]
    seen[1] = replace(seen[1], cause=Sourced(text="人员保障"), explanation=Sourced(text="人手不足。"))
    rows = tuple(
        replace(row, outlook=outlook, score=None, status=Status.UNSCORED)
        for row, outlook in zip(base.indicators[:3], (*seen, None), strict=True)
    )
    return factory.result(replace(base, indicators=rows, not_scored="运行监控"), as_of="6月底")


def test_before_year_end_nothing_is_scored_in_words():
    document = build_document(under_way())
    said = prose(document)
    assert (
        "法制专项经费共3项绩效指标：“确定能”完成目标的1项，“有可能”完成目标的1项（常年法律服务协议签订率），"
        "完成目标可能性〔未填写〕的1项（案件代理手续及答辩状递交及时率）。" in said
    )
    for word in ("得分", "满分", "扣"):
        assert word not in said.replace("不评定得分和等级", "")
    assert "绩效指标评分依据" not in [annex.title for annex in document.annexes]
    doubtful = table(document, OUTLOOK_TABLE)
    assert "得分" not in {c.text for r in doubtful.head for c in r.cells}
    assert "人员保障：人手不足。" in {c.text for r in doubtful.body for c in r.cells}
    ticks = [c.text for r in table(document, "项目支出绩效目标执行监控表").body for c in r.cells].count("√")
    assert ticks == 3, "two likelihoods and a cause"


def test_a_lone_sub_heading_is_left_out():
    document = build_document(factory.result(factory.project()))
    for section in sections(document):
        assert len(section.sections) != 1, section.heading


def test_a_number_and_a_digit_do_not_run_together():
    many = tuple(factory.project(f"{n}号线改造", paid=("0", "0", "20", "40")) for n in range(1, 4))
    assert "1. 1号线改造" in headings(build_document(factory.result(*many)))


def test_projects_that_have_not_stated_their_money_are_named():
    silent = replace(factory.project("公交运营补贴"), execution=None, schedule=())
    said = prose(build_document(factory.result(factory.project(), silent)))
    assert "2个预算项目中，1个已填报预算执行数据，公交运营补贴的预算执行数据〔未填写〕，未作合计。" in said
    assert "执行情况见下表" not in said


def test_a_column_that_says_nothing_is_left_out():
    joint = factory.mof_project()
    items = tuple(replace(i, indicator=replace(i.indicator, measure=None, reason=factory.sourced("原因"))) for i in joint.indicators)
    document = build_document(factory.result(replace(joint, indicators=items)))
    names = [c.text for c in table(document, DEVIATIONS).head[0].cells]
    assert names[-1] == "偏差原因和改进措施"
    only_rules = build_document(factory.result(factory.department()))
    assert "指标值" not in [c.text for c in table(only_rules, DEVIATIONS).head[0].cells]


def test_many_deviations_are_an_annex():
    base = factory.department()
    items = tuple(
        replace(
            base.indicators[3], indicator=replace(base.indicators[3].indicator, ordinal=n, name=f"指标{n}")
        )
        for n in range(1, 41)
    )
    document = build_document(factory.result(replace(base, indicators=items)))
    place = [annex.title for annex in document.annexes].index(DEVIATIONS) + 1
    assert f"未得满分的指标40项，原因和改进措施见附件{place}。" in prose(document)


def test_what_nobody_has_scored_is_not_called_achieved():
    base = factory.project()
    open_ = tuple(replace(i, score=None, status=Status.UNSCORED, missed=False, overshoot=False) for i in base.indicators)
    said = prose(build_document(factory.result(replace(base, indicators=open_, total=None, grade=""))))
    assert "各项绩效指标均待补充数据或确认，偏差情况待确认后说明。" in said
    assert "均完成目标" not in said
    full = replace(base.indicators[1], score=base.indicators[1].weight)
    part = replace(base, indicators=(full, *open_[2:]), total=None, grade="")
    assert "已评定的各项指标均完成目标，无扣分指标，其余3项待补充数据或确认。" in prose(build_document(factory.result(part)))


def test_an_evaluation_does_not_call_itself_a_self_evaluation():
    result = factory.result()
    evaluated = replace(result, profile=replace(result.profile, outline="mof-annex3"))
    said = prose(build_document(evaluated, outline=OUTLINES["mof-annex3"]))
    assert "部门整体支出评价得分97.80分" in said
    assert "自评" not in said.replace("绩效自评表", "").replace(evaluated.profile.title, "")


def test_rates_close_together_need_no_chart():
    base = factory.department()
    near = tuple(replace(i, score=(i.weight or D(0)) * D("0.99")) for i in base.indicators)
    near = (replace(near[0], score=near[0].weight), *near[1:])
    shown = build_document(factory.result(replace(base, indicators=near)))
    assert "部门整体支出各一级指标得分率相近，产出指标99.09%，效果指标99.00%，满意度指标99.00%。" in prose(shown)
    assert "部门整体支出一级指标得分率" not in [chart.title for chart in charts(shown)]
