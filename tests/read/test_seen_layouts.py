"""Layouts seen in the provinces, rebuilt small from their description: each is read right or says what is open."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from jxreport.finding import codes
from jxreport.model.result import Evaluation
from jxreport.model.submission import Form, Indicator
from jxreport.profiles import load_profile
from jxreport.read import pair, read_workbook
from jxreport.read.content import WorkbookContent
from jxreport.score import score_submission
from tests.read.books import SELF_HEAD, book, self_evaluation

PROFILE = load_profile("mof-2020-10")
HEAD = (("项目支出绩效自评表",), ("（2022年度）",), ("项目名称", "道路养护", "", "实施单位", "某某中心"))


def read(rows: Sequence[Sequence[Any]], merges: Sequence[str] = ()) -> WorkbookContent:
    return read_workbook("表.xlsx", book({"表": rows}, merges={"表": merges}))


def form(*rows: Sequence[Any], merges: Sequence[str] = ()) -> Form:
    content = read((*HEAD, *rows), merges)
    (found,) = (*content.complete, *content.targets)
    return found


def scored(*rows: Sequence[Any], merges: Sequence[str] = ()) -> Evaluation:
    (submission,), _ = pair([read((*HEAD, *rows), merges)])
    (evaluation,) = score_submission(submission, PROFILE).evaluations
    return evaluation


def told(content: WorkbookContent) -> list[str]:
    return [code for code, _ in codes(content.findings)]


def target(indicator: Indicator) -> tuple[str, Decimal | None, str, bool]:
    found = indicator.target
    return found.op.value if found.op else "", found.value, found.unit, found.op_inferred


def scores(evaluation: Evaluation) -> list[Decimal | None]:
    return [row.score for row in evaluation.indicators]


# -- columns ---------------------------------------------------------------------------------------------


def test_the_label_beside_the_block_and_the_heading_of_the_names_are_one_word() -> None:
    found = form(
        ("绩效指标", "一级指标", "二级指标", "绩效指标", "分值", "目标值", "完成值", "得分"),
        ("", "产出指标", "数量指标", "里程", 90, "≥300公里", "310公里", 90),
        merges=("A4:A5",),
    )
    assert [(i.level1, i.level2, i.name) for i in found.indicators] == [("产出指标", "数量指标", "里程")]


def test_a_label_is_never_taken_for_the_name() -> None:
    content = read(
        (
            *HEAD,
            ("绩效指标", "一级指标", "二级指标", "分值", "目标值", "完成值", "得分"),
            ("", "产出指标", "数量指标", 90, "≥300公里", "310公里", 90),
        )
    )
    assert [ind.name for found in content.complete for ind in found.indicators] != ["绩效指标"]


def test_a_flat_list_with_the_unit_far_from_the_value() -> None:
    evaluation = scored(
        ("序号", "绩效指标", "目标值", "实际值", "计量单位", "权重", "完成率", "得分"),
        (1, "示范村", 5, 4, "个", 50, "80%", 40),
        (2, "故障率", "≤1", 1, "%", 50, "100%", 50),
    )
    assert [target(row.indicator)[:3] for row in evaluation.indicators] == [("≥", 5, "个"), ("≤", 1, "%")]
    assert evaluation.indicators[0].indicator.target.text == "5"
    assert scores(evaluation) == [40, 50]


def test_three_columns_of_points_the_one_beside_the_name_counts() -> None:
    content = read(
        (
            ("项目支出绩效评价指标评分表",),
            ("（2018年度）",),
            ("项目名称：数字城管", "", "", "", "项目单位：某某中心"),
            ("一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "评价标准", "自评得分"),
            ("项目决策", 20, "项目目标", 4, "目标内容", 4, "目标明确", 4),
            ("", "", "决策过程", 16, "决策依据", 16, "符合规划", 15),
            ("总分", 100, "", 100, "", 100, "", 96),
        )
    )
    (found,) = content.complete
    assert [(i.level1, i.level2, i.name, i.weight and i.weight.value) for i in found.indicators] == [
        ("项目决策", "项目目标", "目标内容", 4),
        ("项目决策", "决策过程", "决策依据", 16),
    ]
    assert [i.stated_score and i.stated_score.value for i in found.indicators] == [4, 15]
    (submission,), _ = pair([content])
    (evaluation,) = score_submission(submission, PROFILE).evaluations
    assert scores(evaluation) == [None, None]
    assert {"JX246"} <= {finding.code for row in evaluation.indicators for finding in row.findings}


def test_points_and_scores_after_each_of_three_levels() -> None:
    found = form(
        (
            "一级指标",
            "分值",
            "得分",
            "二级指标",
            "分值",
            "得分",
            "三级指标",
            "分值",
            "得分",
            "目标值",
            "实际完成值",
        ),
        ("项目绩效", 55, 53, "项目产出", 30, 28, "里程", 15, 15, "≥300公里", "310公里"),
        ("", "", "", "", "", "", "合格率", 15, 13, "100%", "87%"),
    )
    assert [
        (i.weight and i.weight.value, i.stated_score and i.stated_score.value) for i in found.indicators
    ] == [
        (15, 15),
        (15, 13),
    ]


def test_lost_points_beside_a_score_are_not_taken_off_twice() -> None:
    evaluation = scored(
        (
            "一级指标",
            "二级指标",
            "三级指标",
            "权重",
            "年初目标",
            "实际完成情况",
            "扣分",
            "自评得分",
            "扣分原因及改进措施",
        ),
        ("产出指标", "数量指标", "助浴", 90, "≥1500人次", "1200人次", 18, 72, "场地改造"),
    )
    assert scores(evaluation) == [72]
    assert evaluation.indicators[0].indicator.reason is not None
    assert evaluation.indicators[0].indicator.reason.text == "场地改造"


def test_words_about_lost_points_are_a_reason() -> None:
    found = form(
        ("一级指标", "二级指标", "三级指标", "权重", "目标值", "实际值", "得分", "扣分说明"),
        ("产出", "产出质量", "合格率", 90, "100%", "90%", 81, "部分返工"),
    )
    (row,) = found.indicators
    assert row.deduction is None
    assert row.reason is not None
    assert row.reason.text == "部分返工"


def test_an_adjusted_target_holds_and_that_is_said() -> None:
    rows = (
        *HEAD,
        (
            "指标名称",
            "计量单位",
            "指标性质",
            "年初指标值",
            "调整指标值",
            "全年完成值",
            "指标权重(分)",
            "指标得分(分)",
        ),
        ("修复路段", "处", "≥", 20, 15, 16, 90, 90),
    )
    content = read(rows)
    (found,) = content.complete
    assert target(found.indicators[0]) == ("≥", 15, "处", False)
    assert "JX247" in told(content)


def test_directions_in_words_and_a_kind() -> None:
    found = form(
        (
            "一级指标",
            "二级指标",
            "三级指标",
            "指标性质",
            "指标方向",
            "指标值",
            "计量单位",
            "分值",
            "实际完成值",
            "得分",
        ),
        ("产出指标", "数量指标", "培训人数", "正向", "大于等于", 100, "人", 40, 120, 40),
        ("", "成本指标", "人均费用", "反向", "小于等于", 500, "元", 40, 450, 40),
        ("效益指标", "社会效益", "影响", "定性", "", "明显", "", 10, "明显", 10),
    )
    assert [target(i) for i in found.indicators] == [
        ("≥", 100, "人", False),
        ("≤", 500, "元", False),
        ("定性", None, "", False),
    ]


def test_calculation_signs_and_units_inside_the_names() -> None:
    found = form(
        (
            "一级指标",
            "二级指标",
            "三级指标",
            "计算符号",
            "目标值",
            "度量单位",
            "指标值说明",
            "实际完成值",
            "分值",
            "得分",
        ),
        ("产出指标", "数量指标", "受益人数（人）", "≥", 200, "人", "受益人数", 210, 50, 50),
        ("", "质量指标", "成活率(≥**%)", "", 85, "", "", 86, 40, 40),
    )
    assert [target(i)[:3] for i in found.indicators] == [("≥", 200, "人"), ("≥", 85, "%")]


COUNTIES = (
    *HEAD,
    ("一级指标", "二级指标", "三级指标", "指标值", "", "", "分值", "实际完成值", "得分"),
    ("", "", "", "甲县", "乙县", "丙县", "", "", ""),
    ("产出指标", "质量指标", "合格率", ">=95%", ">=95%", ">=90%", 90, "93%", 90),
)
COUNTY_MERGES = ("A4:A5", "B4:B5", "C4:C5", "D4:F4", "G4:G5", "H4:H5", "I4:I5")


def test_one_target_column_for_each_county_is_asked_about_never_chosen() -> None:
    content = read(COUNTIES, COUNTY_MERGES)
    (submission,), findings = pair([content])
    (evaluation,) = score_submission(submission, PROFILE).evaluations
    assert scores(evaluation) == [None]
    text = " ".join(value for finding in (*findings, *evaluation.findings) for _, value in finding.facts)
    assert "甲县" in text
    assert "丙县" in text


def test_columns_of_counties_that_ask_the_same_are_one_target() -> None:
    rows = [list(row) for row in COUNTIES]
    rows[-1][5] = ">=95%"
    (submission,), _ = pair([read(rows, COUNTY_MERGES)])
    (evaluation,) = score_submission(submission, PROFILE).evaluations
    assert scores(evaluation) == [Decimal("88.11")]


@pytest.mark.parametrize(
    ("cells", "told_as"), [(("≥", 95, "%"), ("≥", 95, "%")), (("≥95%", "≥90%", ""), ("定性", None, ""))]
)
def test_several_cells_under_one_heading_are_read_together(
    cells: tuple[object, ...], told_as: tuple[str, object, str]
) -> None:
    found = form(
        ("一级指标", "二级指标", "三级指标", "指标值", "", "", "实际完成值", "分值", "得分"),
        ("产出指标", "质量指标", "合格率", *cells, "96%", 90, 90),
        merges=("D4:F4",),
    )
    assert target(found.indicators[0])[:3] == told_as


def test_ranges_in_columns_of_tiers_are_left_to_a_person() -> None:
    evaluation = scored(
        ("一级指标", "二级指标", "三级指标", "优", "良", "中", "差", "实际完成值", "分值", "得分"),
        ("产出指标", "质量指标", "合格率", "98-100%", "95-98%", "90-95%", "90%以下", "96%", 90, 90),
    )
    assert scores(evaluation) == [None]
    assert "优：98-100%" in evaluation.indicators[0].indicator.target.text


def test_cost_as_a_first_level_with_its_span_of_points() -> None:
    found = form(
        ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"),
        ("成本指标(0-20)分", "经济成本", "单价", "≤500元", "480元", 20, 20),
        ("产出指标(40-50)分", "数量指标", "里程", "≥300公里", "310公里", 70, 70),
    )
    assert [i.level1 for i in found.indicators] == ["成本指标(0-20)分", "产出指标(40-50)分"]
    assert [code for code, _ in codes(scored(*_cost_rows()).findings)].count("JX225") == 0


def _cost_rows() -> tuple[Sequence[Any], ...]:
    return (
        ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"),
        ("成本指标(0-20)分", "经济成本", "单价", "≤500元", "480元", 20, 20),
        ("产出指标(40-50)分", "数量指标", "里程", "≥300公里", "310公里", 70, 70),
    )


# -- rows ------------------------------------------------------------------------------------------------


def test_a_subtotal_between_groups_does_not_end_the_table() -> None:
    found = form(
        ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "里程", "≥300公里", "310公里", 50, 50),
        ("小计", "", "", "", "", 50, 50),
        ("效益指标", "社会效益", "受益人数", "≥30人", "31人", 40, 40),
        ("合计", "", "", "", "", 90, 90),
    )
    assert [i.name for i in found.indicators] == ["里程", "受益人数"]
    assert found.stated_total is not None
    assert found.stated_total.value == 90


def test_a_total_below_a_note_is_the_total() -> None:
    found = form(
        (
            "一级指标",
            "二级指标",
            "三级指标",
            "指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ),
        ("产出指标", "数量指标", "里程", "≥300公里", "310公里", 90, 87.5, ""),
        ("其他需要说明事项", "", "", "无"),
        ("总分", "", "", "", "", 100, 97.5, "优"),
    )
    assert found.stated_total is not None
    assert found.stated_total.value == Decimal("97.5")
    assert found.stated_grade is not None
    assert found.stated_grade.text == "优"


def test_a_name_over_two_rows_is_one_indicator() -> None:
    found = form(
        ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "完成农村公路", "≥560公里", "560公里", 50, 50),
        ("", "", "日常养护里程"),
        ("", "质量指标", "合格率", "100%", "100%", 40, 40),
        merges=("A5:A7", "B5:B6", "D5:D6", "E5:E6", "F5:F6", "G5:G6"),
    )
    assert [i.name for i in found.indicators] == ["完成农村公路日常养护里程", "合格率"]


def test_a_sheet_that_shows_how_to_fill_and_an_empty_one_are_not_evaluated() -> None:
    filled = self_evaluation(("", "产出指标", "数量指标", "里程", "≥300公里", "310公里", 90, 90, ""))
    example = [list(row) for row in filled]
    example[2] = ["项目名称", "", "（样例）某某项目"]
    empty = [*filled[:4], SELF_HEAD, ("", "产出指标", "数量指标"), ("总分",)]
    content = read_workbook("表.xlsx", book({"填报": filled, "样例": example, "空表": empty}))
    assert [found.sheet for found in content.complete] == ["填报"]
    assert {"JX134", "JX133"} <= set(told(content))


# -- money -----------------------------------------------------------------------------------------------

INDICATORS = (
    ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"),
    ("产出指标", "数量指标", "里程", "≥300公里", "310公里", 90, 90),
)


def test_the_hunan_block_with_its_breakdown_side_by_side() -> None:
    rows = (
        ("部门整体支出绩效自评表",),
        ("（2022年度）",),
        ("省级预算部门、单位名称", "", "某某县林业局"),
        ("年度预算申请（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        ("", "年度资金总额", 861.1, 2030.12, 2030.12, 10, "100%", 10),
        ("", "按收入性质分：", "", "", "按支出性质分："),
        ("", "其中：一般公共预算：2030.12", "", "", "其中：基本支出：635.2"),
        ("", "政府性基金拨款：", "", "", "项目支出：1394.92"),
        *INDICATORS,
    )
    content = read(rows, ("B6:D6", "E6:H6", "B7:D7", "E7:H7", "B8:D8", "E8:H8"))
    (found,) = content.complete
    assert content.unit == "某某县林业局"
    assert found.budget is not None
    assert [row.label for row in found.budget.rows] == ["年度资金总额"]
    assert [code for code in told(content) if code in ("JX311", "JX359")] == ["JX359"]


def test_plan_arrived_spent_and_left_by_level_of_government() -> None:
    found = form(
        ("资金来源（万元）", "计划安排", "实际到位", "实际支出", "结余"),
        ("合计", 200, 200, 180, 20),
        ("其中：中央", 120, 120, 110, 10),
        ("省级", 80, 80, 70, 10),
        *INDICATORS,
    )
    assert found.budget is not None
    total = found.budget.total
    assert total is not None
    assert [cell and cell.value for cell in (total.adjusted, total.arrived, total.executed)] == [
        200,
        200,
        180,
    ]


def test_what_was_added_in_the_year_makes_the_budget_of_the_year() -> None:
    evaluation = scored(
        ("项目资金（万元）", "", "年初预算数", "年中追加", "全年执行数", "执行率", "分值", "得分"),
        ("", "年度资金总额", 100, 50, 120, "80%", 10, 8),
        *INDICATORS,
    )
    assert evaluation.execution is not None
    assert (evaluation.execution.adjusted, evaluation.execution.score) == (150, 8)


def test_management_of_the_money_below_the_amounts_is_no_money() -> None:
    content = read(
        (
            *HEAD,
            ("资金投入情况（万元）", "", "全年预算数(A)", "全年执行数(B)", "执行率"),
            ("", "年度资金总额：", 4560, 4560, "100%"),
            ("", "其中：中央财政资金", 4560, 4560, "100%"),
            ("资金管理情况", "", "情况说明", "存在问题和改进措施"),
            ("", "分配科学性", "符合规定", "无"),
            ("", "下达及时性", "符合规定", "无"),
            *INDICATORS,
        )
    )
    (found,) = content.complete
    assert found.budget is not None
    assert [row.label for row in found.budget.rows] == ["年度资金总额：", "其中：中央财政资金"]
    assert "JX311" not in told(content)


@pytest.mark.parametrize("line", ["（2022年度）                单位：万元", "2022年度  金额单位:万元、分"])
def test_year_and_unit_of_money_in_one_line(line: str) -> None:
    rows = (
        ("财政专项资金绩效自评表",),
        (line,),
        ("专项名称", "污水处理", "", "主管部门", "某某市水务局"),
        ("预算安排", 2000, "实际到位", 2000, "实际支出", 1872),
        *INDICATORS,
    )
    content = read(rows)
    (found,) = content.complete
    assert content.year == 2022
    assert found.budget is not None
    assert found.budget.total is not None
    assert found.budget.total.adjusted is not None
    assert found.budget.total.adjusted.value == 2000
    assert "JX124" not in told(content)


@pytest.mark.parametrize(
    ("heading", "sign", "told_as"),
    [
        ("关系符", "<=", "≤"),
        ("指标类型", "小于等于", "≤"),
        ("某某列", "≤", "≤"),
        ("目标方向", "反向", "≤"),
        ("指标极性", "正向", "≥"),
    ],
)
def test_a_column_of_signs_is_the_comparison_whatever_its_heading(
    heading: str, sign: str, told_as: str
) -> None:
    found = form(
        ("一级指标", "二级指标", "三级指标", heading, "目标值", "计量单位", "完成值", "权重", "得分"),
        ("产出指标", "质量指标", "返工处数", sign, 10, "处", 4, 50, 50),
        ("", "", "返修处数", sign, 10, "处", 4, 40, 40),
    )
    assert [target(i) for i in found.indicators] == [(told_as, 10, "处", False)] * 2


def test_levels_called_type_and_class() -> None:
    found = form(
        ("类型", "类别", "指标名称", "年度指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "里程", "≥300公里", "310公里", 90, 90),
    )
    assert [(i.level1, i.level2) for i in found.indicators] == [("产出指标", "数量指标")]


def test_a_score_out_of_hundred_is_not_the_score() -> None:
    found = form(
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "评分(百分制)", "加权得分"),
        ("产出指标", "数量指标", "里程", "≥300公里", "270公里", 90, 90, 81),
    )
    assert [i.stated_score and i.stated_score.value for i in found.indicators] == [81]


def test_headings_that_carry_advice() -> None:
    found = form(
        (
            "*一级指标",
            "*二级指标",
            "*三级指标",
            "*年度指标值",
            "*实际完成值（定量填数字，定性填达成、部分达成、未达成）",
            "*分值 数量(20)、质量(10)、时效(10)、成本(10)、效益(30)、满意度(10)",
            "*指标得分（由系统计算）",
        ),
        ("产出指标", "数量指标", "里程", "≥300公里", "270公里", 20, 18),
    )
    assert [
        (i.weight and i.weight.value, i.stated_score and i.stated_score.value) for i in found.indicators
    ] == [(20, 18)]


@pytest.mark.parametrize(
    "heads",
    [
        ("上年预算数", "上年执行数", "本年预算数", "本年执行数"),
        ("2021年预算数", "2021年执行数", "2022年预算数", "2022年执行数"),
    ],
)
def test_the_money_of_earlier_years_is_history(heads: tuple[str, ...]) -> None:
    evaluation = scored(
        ("项目资金（万元）", "", *heads, "分值", "得分"),
        ("", "年度资金总额", 200, 190, 400, 360, 10, 9),
        *INDICATORS,
    )
    assert evaluation.execution is not None
    assert (evaluation.execution.adjusted, evaluation.execution.executed, evaluation.execution.score) == (
        400,
        360,
        9,
    )


def test_a_unit_of_money_in_each_heading() -> None:
    evaluation = scored(
        ("项目资金", "", "全年预算数(元)", "全年执行数(万元)", "分值", "得分"),
        ("", "年度资金总额", 4000000, 360, 10, 9),
        *INDICATORS,
    )
    assert evaluation.execution is not None
    assert (evaluation.execution.adjusted, evaluation.execution.score) == (400, 9)


def test_funds_without_a_total_are_added_and_that_is_said() -> None:
    content = read(
        (
            *HEAD,
            ("项目资金（万元）", "", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
            ("", "财政拨款", 300, 270, 10, "", 8.25),
            ("", "其中：本级", 300, 270),
            ("", "自有资金", 100, 60),
            *INDICATORS,
        )
    )
    (found,) = content.complete
    assert found.budget is not None
    assert found.budget.total is not None
    assert found.budget.total.adjusted is not None
    assert found.budget.total.adjusted.value == 400
    assert "JX361" in told(content)


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        (("2021年目标值", "2021年完成值", "2022年目标值", "2022年完成值"), ("≥5座", "5座", "≥8座", "6座")),
        (("2022年目标值", "2023年目标值", "2022年完成值", "2021年完成值"), ("≥8座", "≥9座", "6座", "5座")),
        (("全市指标值", "本单位指标值", "完成值"), ("≥80座", "≥8座", "6座")),
        (("年初批复指标值", "执行中调整后指标值", "完成值"), ("≥10座", "≥8座", "6座")),
    ],
)
def test_of_two_columns_the_one_of_this_year_or_unit_or_after_the_change_counts(
    heads: tuple[str, ...], cells: tuple[str, ...]
) -> None:
    evaluation = scored(
        ("一级指标", "二级指标", "三级指标", *heads, "权重", "得分"),
        ("产出指标", "数量指标", "新建公厕", *cells, 80, 60),
    )
    assert scores(evaluation) == [60]


def test_two_columns_of_targets_that_nothing_tells_apart_are_a_question() -> None:
    content = read(
        (
            *HEAD,
            ("一级指标", "二级指标", "三级指标", "甲类指标值", "乙类指标值", "完成值", "权重", "得分"),
            ("产出指标", "数量指标", "新建公厕", "≥5座", "≥8座", "6座", 80, 60),
        )
    )
    (submission,), _ = pair([content])
    (evaluation,) = score_submission(submission, PROFILE).evaluations
    assert scores(evaluation) == [None]
    assert "JX248" in told(content)


def test_two_columns_of_results_that_nothing_tells_apart_are_never_scored() -> None:
    content = read(
        (
            *HEAD,
            ("一级指标", "二级指标", "三级指标", "指标值", "甲完成数", "乙完成数", "权重", "得分"),
            ("产出指标", "数量指标", "新建公厕", "≥8座", "6座", "8座", 80, 60),
        )
    )
    for submission in pair([content])[0]:
        assert all(
            row.score is None
            for found in score_submission(submission, PROFILE).evaluations
            for row in found.indicators
        )


@pytest.mark.parametrize(
    "aside",
    [
        "1-6月完成值",
        "前三季度完成值",
        "上半年完成值",
        "2021年实际完成值",
        "2023年指标值",
        "调整前指标值",
        "次年指标值",
        "2021年指标值",
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_a_column_of_another_time_gives_way_to_the_one_of_the_year(aside: str, before: bool) -> None:
    heads, cells = ["指标值", "完成值"], ["≥8座", "6座"]
    heads.insert(0 if before else 2, aside)
    cells.insert(0 if before else 2, "3座")
    evaluation = scored(
        ("一级指标", "二级指标", "三级指标", *heads, "权重", "得分"),
        ("产出指标", "数量指标", "新建公厕", *cells, 80, 60),
    )
    assert scores(evaluation) == [60]


def test_first_levels_in_rows_of_their_own() -> None:
    found = form(
        ("序号", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
        ("一、产出指标（60分）",),
        (1, "数量指标", "招聘会", "≥12场", "12场", 60, 60),
        ("二、满意度指标",),
        (2, "服务对象满意度指标", "求职者满意度", "≥90%", "93%", 30, 30),
        ("总分", "", "", "", "", 90, 90),
        merges=("A5:G5", "A7:G7"),
    )
    assert [(i.level1, i.level2, i.name) for i in found.indicators] == [
        ("产出指标（60分）", "数量指标", "招聘会"),
        ("满意度指标", "服务对象满意度指标", "求职者满意度"),
    ]


def test_a_note_between_the_rows_does_not_end_the_table() -> None:
    found = form(
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "招聘会", "≥12场", "12场", 60, 60),
        ("注：以上数据来源于统计台账。",),
        ("效益指标", "社会效益", "就业人数", "≥30人", "31人", 30, 30),
        ("总分", "", "", "", "", 90, 90),
    )
    assert [i.name for i in found.indicators] == ["招聘会", "就业人数"]


def test_a_table_of_two_levels() -> None:
    found = form(
        ("一级指标", "二级指标", "年度指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "招聘会", "≥12场", "10场", 60, 50),
        ("", "匹配率", "≥80%", "82%", 30, 30),
    )
    assert [(i.level1, i.level2, i.name) for i in found.indicators] == [
        ("产出指标", "", "招聘会"),
        ("产出指标", "", "匹配率"),
    ]


def test_a_table_of_four_levels() -> None:
    found = form(
        ("一级指标", "二级指标", "三级指标", "四级指标", "权重", "目标值", "实际值", "自评分"),
        ("产出", "效率性", "完成数量", "受益学生数", 90, "≥3.2万人", "3.2万人", 90),
    )
    assert [i.name for i in found.indicators] == ["受益学生数"]


def test_total_and_grade_between_the_money_and_the_indicators() -> None:
    content = read(
        (
            *HEAD,
            ("项目资金(万元)", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
            ("", "年度资金总额", 150, 150, 141, 10, "94%", 9.4),
            ("自评总分", "", 99.4, "", "自评等级", "", "优"),
            *INDICATORS,
        )
    )
    (found,) = content.complete
    assert found.stated_total is not None
    assert (found.stated_total.value, found.stated_grade and found.stated_grade.text) == (
        Decimal("99.4"),
        "优",
    )
    assert "JX311" not in told(content)


def test_two_views_of_one_budget_each_add_up_to_it() -> None:
    rows: list[Sequence[Any]] = [
        ("预算情况(万元)", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        ("", "部门预算总额", 1000, 1000, 1000, 10, "100%", 10),
        ("", "1.资金来源：（1）财政性资金", 900, 900, 900),
        ("", "（2）其他资金", 100, 100, 100),
        ("", "2.资金结构：（1）基本支出", 700, 700, 700),
        ("", "（2）项目支出", 300, 300, 300),
    ]
    assert [code for code, _ in codes(scored(*rows, *INDICATORS).findings) if code == "JX330"] == []
    rows[-1] = ("", "（2）项目支出", 200, 300, 300)
    assert [code for code, _ in codes(scored(*rows, *INDICATORS).findings) if code == "JX330"] == ["JX330"]


def test_a_form_without_indicators_has_no_total() -> None:
    evaluation = scored(
        ("项目资金(万元)", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        ("", "年度资金总额", 150, 150, 141, 10, "94%", 9.4),
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "", "", "", "", ""),
    )
    assert (evaluation.total, evaluation.grade) == (None, "")


def test_a_unit_beside_the_actual_is_its_own() -> None:
    evaluation = scored(
        ("一级指标", "二级指标", "三级指标", "目标值", "单位", "完成值", "单位", "分值", "得分"),
        ("产出指标", "数量指标", "里程", 18, "公里", 16200, "米", 90, 81),
    )
    assert scores(evaluation) == [81]


def test_a_row_without_its_name_is_told_and_not_lost() -> None:
    content = read(
        (
            *HEAD,
            ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
            ("产出指标", "数量指标", "招聘会", "≥12场", "12场", 60, 60),
            ("", "", "", "≥80%", "82%", 30, 30),
        )
    )
    (submission,), _ = pair([content])
    (evaluation,) = score_submission(submission, PROFILE).evaluations
    assert [row.indicator.weight and row.indicator.weight.value for row in evaluation.indicators] == [60, 30]
    assert "JX220" in [finding.code for finding in evaluation.findings]
