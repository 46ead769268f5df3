"""Headers, sections and rows: found by words and shape, whatever stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from jxreport.finding import codes
from jxreport.model.submission import Form, Kind, WeightOrigin
from jxreport.read import pair, read_workbook
from jxreport.read.content import WorkbookContent
from jxreport.read.header import header_at
from jxreport.read.headings import checkpoint_month
from jxreport.read.layouts import label_key, load_layouts
from tests.read.books import SELF_HEAD, book, grid, self_evaluation

ROW = ("", "产出指标", "数量指标", "里程", "≥300公里", "310公里", 90, 90, "")


def read(rows: Sequence[Sequence[Any]], merges: Sequence[str] = ()) -> WorkbookContent:
    return read_workbook("表.xlsx", book({"表": rows}, merges={"表": merges}))


def form(rows: Sequence[Sequence[Any]], merges: Sequence[str] = ()) -> Form:
    (found,) = read(rows, merges).complete
    return found


@pytest.mark.parametrize(
    ("text", "key"),
    [("年初目标值（A）", "年初目标值"), ("一 级\n指标", "一级指标"), ("得分(20分*执行率)", "得分"), ("项目名称：", "项目名称")],
)
def test_headings_are_compared_by_their_words(text: str, key: str) -> None:
    assert label_key(text) == key


@pytest.mark.parametrize(
    ("text", "month"), [("10月底", 10), ("截至3月底", 3), ("１２月底", 12), ("10月底前", None), ("13月", None), ("三月", None)]
)
def test_october_is_october(text: str, month: int | None) -> None:
    assert checkpoint_month(text) == month


@pytest.mark.parametrize(
    ("head", "family", "roles"),
    [
        (SELF_HEAD, "national", ("level1", "level2", "name", "target", "actual", "weight", "score", "reason")),
        (
            ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分"),
            "split",
            ("level1", "level2", "name", "symbol", "value", "unit", "actual", "weight", "score"),
        ),
        (
            ("一级指标", "二级指标", "三级指标", "年初目标值(A)", "实际完成值(B)", "得分"),
            "headings",
            ("level1", "level2", "name", "target", "actual", "score"),
        ),
        (
            ("一级指标", "二级指标", "三级指标", "年度指标值", "全年实际完成值", "未完成原因和改进措施"),
            "transfer",
            ("level1", "level2", "name", "target", "actual", "reason"),
        ),
        (
            ("指标名称", "计量单位", "指标性质", "指标值", "指标权重(分)", "全年完成值", "指标得分(分)"),
            "split",
            ("name", "unit", "symbol", "value", "weight", "actual", "score"),
        ),
        (
            ("类别", "指标名称", "目标值", "权重", "实际完成值", "自评分"),
            "national",
            ("level1", "name", "target", "weight", "actual", "score"),
        ),
        (
            ("评价指标", "评价内容", "指标名称", "指标说明", "目标值", "分值", "备注"),
            "declaration",
            ("level1", "level2", "name", "description", "target", "weight", "reason"),
        ),
        (
            ("一级指标", "二级指标", "三级指标", "本年应达到的目标值", "截止年末实际完成数", "该项分值", "单位评价得分"),
            "national",
            ("level1", "level2", "name", "target", "actual", "weight", "score"),
        ),
    ],
)
def test_columns_get_their_roles(head: Sequence[str], family: str, roles: Sequence[str]) -> None:
    body = ["≥"] * len(head)
    found = header_at(grid([head, body]), 1, load_layouts())
    assert found is not None
    assert found.family.id == family
    assert tuple(column.role for column in found.columns) == roles


def test_the_same_word_is_a_kind_where_the_cells_hold_no_sign() -> None:
    head = ("指标名称", "计量单位", "指标性质", "年初指标值", "全年完成值", "指标权重(分)", "指标得分(分)")
    sheet = grid([head, ("培训次数", "次", "定量指标", "≥6次", "6次", 10, 10), ("健全性", "", "定性指标", "高", "高", 5, 5)])
    found = header_at(sheet, 1, load_layouts())
    assert found is not None
    assert [c.role for c in found.columns] == ["name", "unit", "kind", "target", "actual", "weight", "score"]


@pytest.mark.parametrize("merges", [["E1:G1", "A1:A2", "B1:B2", "C1:C2", "D1:D2", "H1:H2", "I1:I2", "J1:J2"], []])
def test_two_header_rows(merges: list[str]) -> None:
    head = ("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "", "", "实际完成值", "分值", "得分")
    below = ("", "", "", "", "指标性质", "指标值", "度量单位")
    found = header_at(grid([head, below, ("", "甲", "乙", "丙", "≧", 5, "个", 5, 10, 10)], merges=merges), 1, load_layouts())
    assert found is not None
    assert (found.top, found.bottom, found.family.id) == (1, 2, "split")
    assert {c.role: c.left for c in found.columns}["unit"] == 7


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        ([ROW, ("", "", "质量指标", "合格率", "≥95%", "96%", 10, 10, "")], ["B11:B12"]),
        ([ROW, ("", "", "质量指标", "合格率", "≥95%", "96%", 10, 10, "")], []),
        ([ROW, ("", "产出指标", "质量指标", "合格率", "≥95%", "96%", 10, 10, "")], []),
    ],
)
def test_levels_by_merge_by_carrying_down_and_by_repetition(rows: list[Any], merges: list[str]) -> None:
    found = form(self_evaluation(*rows), merges)
    assert [(i.level1, i.level2, i.name) for i in found.indicators] == [
        ("产出指标", "数量指标", "里程"),
        ("产出指标", "质量指标", "合格率"),
    ]


def test_template_rows_totals_and_notes_are_no_indicators() -> None:
    found = form(
        self_evaluation(
            ROW,
            ("", "", "", "指标2："),
            ("", "", "", "……"),
            ("", "效益指标", "经济效益指标"),
            ("", "", "生态效益指标", "指标1：/", "", "", "/", "/"),
            ("总分", "", "", "", "", "", 100, 99.63, "优"),
            ("注：1.一级指标分值统一设置为：产出指标50分。",),
            ("填报人：张某    联系电话：0314-1    填报日期：",),
        )
    )
    assert [i.name for i in found.indicators] == ["里程", "指标1：/"]
    assert found.indicators[1].not_applicable is not None
    assert (found.stated_total and str(found.stated_total.value), found.stated_grade and found.stated_grade.text) == (
        "99.63",
        "优",
    )
    assert (found.contact, found.phone) == ("张某", "0314-1")


def test_a_header_repeated_after_a_page_break_is_passed_over() -> None:
    again = [("项目支出绩效自评表",), ("（2022年度）",), SELF_HEAD]
    rows = self_evaluation(ROW, *again, ("", "产出指标", "质量指标", "合格率", "≥95%", "96%", 10, 10, ""))
    assert [i.name for i in form(rows).indicators] == ["里程", "合格率"]


def test_blank_rows_and_a_blank_column_do_not_matter() -> None:
    rows = [("", *row) for row in self_evaluation(ROW, (), ("", "", "质量指标", "合格率", "≥95%", "96%", 10, 10, ""))]
    assert [str(i.source.cell) for i in form([(), *rows]).indicators] == ["E12", "E14"]


def test_several_projects_on_one_sheet() -> None:
    first = self_evaluation(ROW)
    second = self_evaluation(ROW, project="桥梁检修")
    found = read([*first, ("填报人：张某",), (), *second])
    assert [(f.name, len(f.indicators), f.budget is not None) for f in found.complete] == [
        ("道路养护", 1, True),
        ("桥梁检修", 1, True),
    ]


def test_the_money_block_of_the_national_form() -> None:
    budget = form(self_evaluation(ROW)).budget
    assert budget is not None
    assert budget.total is not None
    amounts = (budget.total.initial, budget.total.adjusted, budget.total.executed, budget.total.stated_rate)
    assert [str(a.value) for a in amounts if a] == ["100", "120", "115.5", "96.2500"]
    assert [(row.label, row.is_total) for row in budget.rows] == [("年度资金总额", True), ("其中：当年财政拨款", False)]
    assert (budget.weight and str(budget.weight.value), budget.stated_score and str(budget.stated_score.value)) == (
        "10",
        "9.63",
    )


@pytest.mark.parametrize(
    ("label", "amount", "wan", "code"),
    [
        ("项目资金（元）", 250000, "25.0000", None),
        ("项目资金（万元）", 25, "25", None),
        ("项目资金（亿元）", "1.5", "15000.0", None),
        ("项目资金", "150万", "150", None),
        ("项目资金", 25, "25", "JX124"),
        ("项目资金（万元）", "待定", None, "JX311"),
    ],
)
def test_money_is_kept_in_wan(label: str, amount: object, wan: str | None, code: str | None) -> None:
    rows = [("项目名称", "甲"), ("实施单位", "乙"), ("（2022年度）",), (label, "", "", "", "全年预算数", "全年执行数"),
            ("", "年度资金总额", "", "", amount, amount), SELF_HEAD, ROW]
    content = read(rows)
    (found,) = content.complete
    total = found.budget.total if found.budget else None
    assert total is not None
    assert total.executed is not None
    assert (None if total.executed.value is None else str(total.executed.value)) == wan
    assert (code in {f.code for f in content.findings}) == (code is not None)


def test_a_total_without_amounts_takes_its_parts_and_says_so() -> None:
    rows = self_evaluation(ROW)
    rows[5] = ("", "年度资金总额", "", "", "", "", 10, "", 10)
    content = read(rows)
    total = content.complete[0].budget.total if content.complete[0].budget else None
    assert total is not None
    assert total.executed is not None
    assert str(total.executed.value) == "115.5"
    assert codes(content.findings) == [("JX316", "表!D6")]


def test_points_in_headings_and_from_own_scores() -> None:
    head = ("", "一级指标", "二级指标", "三级指标", "年初目标值", "实际完成值", "得分")
    rows = [
        ("2021年度项目自评表",), ("单位名称：某某局",), ("项目名称", "甲"),
        ("预算执行情况(万元)(20分)", "", "", "", "预算数(A)", "执行数(B)", "得分(20分*执行率)"),
        ("", "年度财政资金总额", "", "", 100, 90, 18),
        head,
        ("", "项目管理13分", "", "制度", "", "", 7),
        ("", "", "", "监管", "", "", 6),
        ("", "产出指标40分", "数量指标15分", "里程", "300公里", "290公里", 14),
        ("", "", "质量指标", "合格率", "100%", "98%", 24),
        ("", "效益指标", "社会效益", "投诉", "小于5次", "2", 20),
    ]
    content = read(rows)
    (found,) = content.complete
    assert [(i.name, i.weight and str(i.weight.value), i.weight_origin) for i in found.indicators] == [
        ("制度", "7", WeightOrigin.TEXT),
        ("监管", "6", WeightOrigin.TEXT),
        ("里程", "15", WeightOrigin.TEXT),
        ("合格率", "25", WeightOrigin.TEXT),
        ("投诉", "20", WeightOrigin.SCORE),
    ]
    assert found.budget is not None
    assert found.budget.weight is not None
    assert str(found.budget.weight.value) == "20"
    assert [f.code for f in content.findings] == ["JX208"]


def test_the_first_score_column_is_the_self_score() -> None:
    head = ("一级指标", "二级指标", "指标名称(三级指标)", "年初指标值", "年终完成值", "自评分", "复核分", "评价标准")
    rows = [("自评表",), ("项目名称", "甲", "自评总分：95"), head, ("产出40分", "数量", "里程", "3公里", "3公里", 40, 38, "完成计40分")]
    found = form(rows)
    (row,) = found.indicators
    assert row.stated_score is not None
    assert str(row.stated_score.value) == "40"
    assert row.rule is not None
    assert (row.rule.text, found.stated_total and str(found.stated_total.value)) == ("完成计40分", "95")


@pytest.mark.parametrize(
    ("title", "label", "name", "kind"),
    [
        ("部门整体支出绩效自评表", "部门（单位）名称", "某某局", ("M2", Kind.DEPARTMENT)),
        ("项目支出绩效自评表", "项目名称", "某某项目", ("M1", Kind.PROJECT)),
        ("项目支出绩效目标执行监控表", "项目名称", "某某项目", ("M3", Kind.MONITORING)),
    ],
)
def test_the_form_is_told_by_title_and_head(title: str, label: str, name: str, kind: tuple[str, Kind]) -> None:
    found = form([(title,), ("（2022年度）",), (label, "", name), SELF_HEAD, ROW])
    assert ((found.form, found.kind), found.name) == (kind, name)


def test_a_monitoring_form() -> None:
    rows = [
        ("项目支出绩效目标执行监控表",), ("（2020年度）",), ("项目名称", "养护", "实施单位", "某某中心"),
        ("项目资金（万元）", "", "", "年初预算数", "1—7月执行数", "1-7月执行率", "全年预计执行数"),
        ("", "年度资金总额", "", 100, 55, "55%", 100),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "1-7月执行情况", "全年预计完成情况", "偏差原因分析", "", "", "备注"),
        ("", "", "", "", "", "", "", "经费保障", "其他", "原因说明"),
        ("", "产出指标", "数量指标", "里程", "≥300公里", "150公里", "300公里", "√", "", "资金未到位"),
    ]
    found = form(rows, ["H6:J6", "A6:A7", "B6:B7", "C6:C7", "D6:D7", "E6:E7", "F6:F7", "G6:G7", "K6:K7"])
    (row,) = found.indicators
    assert (found.kind, row.actual and row.actual.text, row.completion) == (Kind.MONITORING, "150公里", "300公里")
    assert row.reason is not None
    assert row.reason.text == "经费保障：资金未到位"
    (outlook,) = row.outlooks
    assert (outlook.month, outlook.expected and outlook.expected.text) == (7, "300公里")
    assert outlook.cause is not None
    assert outlook.cause.text == "经费保障"


@pytest.mark.parametrize(
    ("heads", "ticks", "said", "cause"),
    [
        (("经费保障", "其他", "确定能", "有可能", "完全不可能"), ("√", "√", "", "√", ""), "有可能", "经费保障、其他"),
        (("经费保障", "其他", "确定能", "有可能", "完全不可能"), ("", "", "", "", ""), "", ""),
        (("经费保障", "其他", "确定能", "有可能", "完全不可能"), ("", "", "√", "√", ""), "确定能、有可能", ""),
    ],
)
def test_the_ticks_of_a_monitoring_form(
    heads: tuple[str, ...], ticks: tuple[str, ...], said: str, cause: str
) -> None:
    """A likelihood is no cause; two of them are told as they stand, for a check to ask about."""
    rows = [
        ("项目支出绩效目标执行监控表",), ("（2020年度）",), ("项目名称", "养护", "实施单位", "某某中心"),
        ("一级指标", "二级指标", "三级指标", "年度指标值", "1-7月执行情况", "全年预计完成情况", "偏差原因分析", "", "完成目标可能性"),
        ("", "", "", "", "", "", *heads),
        ("产出指标", "数量指标", "里程", "≥300公里", "150公里", "300公里", *ticks),
    ]  # fmt: skip
    found = form(rows, ["G4:H4", "I4:K4", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:E5", "F4:F5"])
    (outlook,) = found.indicators[0].outlooks
    assert outlook.likelihood is not None
    assert outlook.cause is not None
    assert (outlook.likelihood.text, outlook.cause.text) == (said, cause)
    reason = found.indicators[0].reason
    assert (reason.text if reason else "") == cause.replace("、", "；")


def test_a_sheet_that_is_not_understood_says_what_is_missing() -> None:
    rows = [("自评表",), ("一级指标", "二级指标", "得分", "偏差原因分析"), ("产出", "数量", 10, "")]
    (found,) = read(rows).findings
    assert (found.code, found.source.cell) == ("JX111", "A2")
    assert found.fact("seen") == "一级指标、二级指标、得分、偏差原因分析"
    assert "三级指标" in found.fact("missing")


def test_a_list_of_projects_is_no_table_of_indicators() -> None:
    rows = [("项目库",), ("序号", "单位名称", "项目名称", "预算数"), (1, "甲局", "路", 10)]
    content = read_workbook("表.xlsx", book({"项目库": rows, "自评表": self_evaluation(ROW)}))
    assert [f.code for f in content.findings if f.is_error] == []


def test_a_table_without_any_known_heading_is_told() -> None:
    content = read([("甲", "乙", "丙", "丁")] * 6)
    assert codes(content.findings) == [("JX115", "表"), ("JX121", "")]


def test_a_declaration_beside_a_self_evaluation_is_not_scored_twice() -> None:
    declared = [("项目支出绩效目标申报表",), ("项目名称", "道路养护"), ("一级指标", "二级指标", "三级指标", "指标值"), ("产出", "数量", "里程", "≥300公里")]
    data = book({"申报表": declared, "填报说明": [("填报说明",), ("1.如实填报。",)], "自评表": self_evaluation(ROW)})
    content = read_workbook("表.xlsx", data)
    assert [f.sheet for f in content.complete] == ["自评表"]
    assert codes(content.findings) == [("JX117", "申报表!A3")]


def test_a_declaration_alone_is_read_as_targets_without_actuals() -> None:
    content = read([("绩效目标申报表",), ("项目名称", "甲", "实施单位", "乙"), ("年度", "2022"),
                    ("一级指标", "二级指标", "三级指标", "指标值", "分值"), ("产出", "数量", "里程", "≥300公里", 100)])
    assert [(i.name, i.actual) for i in content.complete[0].indicators] == [("里程", None)]
    assert codes(content.findings) == [("JX210", "表!A4")]


def test_hidden_sheets_are_left_alone_and_unit_and_year_are_missed() -> None:
    content = read([("自评表",), SELF_HEAD, ROW])
    assert codes(content.findings) == [("JX122", ""), ("JX118", "")]
    assert read_workbook("某局2023年自评表.xlsx", book({"表": [SELF_HEAD, ROW]})).year == 2023


def test_text_in_a_score_cell_is_a_finding_with_its_cell() -> None:
    content = read(self_evaluation(("", "产出指标", "数量指标", "里程", "≥300公里", "310公里", "二十", "满分", "")))
    assert codes(content.findings) == [("JX303", "表!G11"), ("JX303", "表!H11")]
    assert content.complete[0].indicators[0].weight is not None
    assert content.complete[0].indicators[0].weight.value is None


def test_a_total_printed_in_the_money_block_is_not_the_points_of_execution() -> None:
    rows = self_evaluation(("", "产出指标", "数量指标", "里程", "≥300公里", "310公里", 100, 100, ""))
    rows[5] = ("", "年度资金总额", "", 100, 120, 115.5, 100, "96%", 98)
    content = read(rows)
    budget = content.complete[0].budget
    assert budget is not None
    assert (budget.weight, codes(content.findings)) == (None, [("JX317", "表!G6")])


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("B/A*分值", False),
        ("按完成比例赋分", False),
        ("完成值/指标值*分值", False),
        ("实际完成值÷年度指标值×100%×分值", False),
        ("完成值达到指标值，记满分；未达到指标值，按B/A或A/B*该指标分值记分。", False),
        ("达到100%得满分，未达到的按比例得分", False),
        ("完成得满分，未完成不得分", True),
        ("每低1%扣0.5分", True),
        ("完成率90%以上8分", True),
    ],
)
def test_a_general_way_of_scoring_is_no_rule_of_its_own(sentence: str, kept: bool) -> None:
    head = ("一级指标", "二级指标", "三级指标", "年度指标值(A)", "全年实际值(B)", "分值", "得分计算方法", "得分")
    rows = [("部门整体支出绩效自评表",), ("部门名称", "某某局"), ("2022年度",), head,
            ("产出", "数量", "里程", "≥3公里", "3公里", 50, sentence, 50), ("产出", "数量", "座数", "≥3座", "3座", 50, sentence, 50)]
    content = read(rows)
    assert [i.rule is not None for i in content.complete[0].indicators] == [kept, kept]
    assert [f.code for f in content.findings] == ([] if kept else ["JX209"])


def test_two_goal_blocks_with_points_of_their_own() -> None:
    head = ("绩效指标", "一级指标", "二级指标", "三级指标", "年初目标值(A)", "实际完成值(B)", "得分")
    rows = [
        ("2021年度项目自评表",), ("单位名称：某某局",), ("项目名称", "", "甲"),
        ("年度绩效目标1(40分)", "做好一件"), head,
        ("", "产出指标", "数量指标", "专题", "12次", "12次", 20), ("", "", "质量指标", "质量", "优", "优", 20),
        ("年度绩效目标2(40分)", "做好二件"), head,
        ("", "产出指标", "数量指标", "活动", "12次", "10次", 16), ("", "效益指标", "社会效益", "满意", "≥90%", "95%", 20),
    ]
    content = read(rows)
    assert [(i.name, i.weight and i.weight.text, i.weight_origin) for i in content.complete[0].indicators] == [
        ("专题", "20", WeightOrigin.TEXT),
        ("质量", "20", WeightOrigin.TEXT),
        ("活动", None, None),
        ("满意", "20", WeightOrigin.SCORE),
    ]
    assert codes(content.findings) == [("JX208", "表!B5"), ("JX211", "表!D10")]


def test_points_of_a_block_hold_beyond_a_page_break() -> None:
    head = ("绩效指标", "一级指标", "二级指标", "三级指标", "年初目标值(A)", "实际完成值(B)", "得分")
    rows = [("2021年度项目自评表",), ("单位名称：某某局",), ("项目名称", "", "甲"), ("年度绩效目标1(40分)",), head,
            ("", "产出指标", "数量指标", "专题", "12次", "12次", 20), ("2021年度项目自评表",), head,
            ("", "产出指标", "质量指标", "质量", "优", "优", 20)]
    assert [i.weight_origin for i in form(rows).indicators] == [WeightOrigin.TEXT, WeightOrigin.TEXT]


def test_points_merged_over_several_indicators_belong_to_none() -> None:
    rows = self_evaluation(
        ("", "产出指标", "数量指标", "里程", "≥300公里", "310公里", 50, 50, ""),
        ("", "", "", "座数", "≥3座", "3座", "", "", ""),
        ("", "", "质量指标", "合格率", "≥95%", "96%", 50, 50, ""),
    )
    content = read(rows, ["G11:G12"])
    assert [i.weight and i.weight.text for i in content.complete[0].indicators] == [None, None, "50"]
    assert codes(content.findings) == [("JX212", "表!G11")]


@pytest.mark.parametrize("values", [(100, 90), ("100", "90")])
def test_a_budget_written_as_label_and_value(values: tuple[object, object]) -> None:
    rows = [("自评表",), ("项目名称", "甲", "实施单位", "乙"), ("（2022年度）",),
            ("预算数（万元）", values[0], "执行数（万元）", values[1]), SELF_HEAD, ROW]
    budget = form(rows).budget
    assert budget is not None
    assert budget.total is not None
    assert [a and str(a.value) for a in (budget.total.adjusted, budget.total.executed)] == ["100", "90"]


def test_a_budget_as_label_and_value_without_a_unit_is_told() -> None:
    rows = [("自评表",), ("项目名称", "甲", "实施单位", "乙"), ("（2022年度）",), ("全年预算数", 100, "全年执行数", 90), SELF_HEAD, ROW]
    assert codes(read(rows).findings) == [("JX124", "表!B4")]


def test_a_money_column_with_an_unknown_heading_is_told() -> None:
    rows = self_evaluation(ROW)
    rows[4] = ("项目资金（万元）", "", "", "年初预算数", "甲乙丙", "全年执行数", "分值", "执行率", "得分")
    found = [f for f in read(rows).findings if f.code == "JX318"]
    assert [(f.source.cell, f.fact("headings")) for f in found] == [("D5", "甲乙丙")]


@pytest.mark.parametrize(
    "row",
    [
        ("", "产出指标", "时效指标", "预算支出相关性", "按预算批复支出", "已按批复支出", "", "", ""),
        ("", "过程", "预算执行", "预算执行率", "符合预算要求", "符合", "", "", ""),
        ("", "产出指标", "预算管理", "支出进度", "达到年初预算", "达到", "", "", "支出说明"),
    ],
)
def test_a_row_worded_like_headings_of_money_stays_a_row(row: Sequence[str]) -> None:
    found = form(self_evaluation(ROW, row, ("", "", "质量指标", "合格率", "≥95%", "96%", 10, 10, "")))
    assert [i.name for i in found.indicators] == ["里程", row[3], "合格率"]


def test_the_money_block_of_a_second_form_is_no_row_of_the_first() -> None:
    money = ("项目资金（万元）", "", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    rows = self_evaluation(ROW, money, ("", "年度资金总额", "", 1, 2, 2, 10, "100%", 10))
    (found,) = read(rows).complete
    assert [i.name for i in found.indicators] == ["里程"]


TIERS = ("优", "良", "中", "差")


def test_targets_in_columns_of_tiers() -> None:
    rows = [
        ("预算项目绩效表",), ("项目编码", "101-0103-YBN-B8HR", "项目名称", "培训", "单位：某某局", "年度：2019年度"),
        ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "", "", "", "指标值确定依据"), ("", "", "", "", *TIERS),
        ("产出指标", "数量指标", "完成率", "", "100%", "90%", "85%", "85%", "计划"),
        ("", "质量指标", "合格率", "", "98%以上，10分", "95-98%，8分", "90-95%，6分", "90%以下，0分", ""),
        ("效果指标", "社会效益", "知晓率", "", "≥95%", "", "", "", ""),
    ]
    content = read(rows, ["E3:H3", "E7:H7"])
    (found,) = content.targets
    assert [(i.target.text, i.target.op and i.target.op.value, i.rule is not None) for i in found.indicators] == [
        ("优：100%；良：90%；中：85%；差：85%", "定性", False),
        ("优：98%以上，10分；良：95-98%，8分；中：90-95%，6分；差：90%以下，0分", "定性", True),
        ("≥95%", "≥", False),
    ]
    (told,) = [f for f in content.findings if f.code == "JX244"]
    assert (told.source.cell, told.fact("columns"), told.fact("count")) == ("E5", "优、良、中、差", "1")


def test_tiers_beside_a_target_are_the_standard_it_is_judged_by() -> None:
    rows = [("自评表",), ("项目名称", "甲", "实施单位", "乙"), ("（2022年度）",),
            ("一级指标", "二级指标", "三级指标", "年度指标值", *TIERS, "实际完成值", "分值", "得分"),
            ("产出", "数量", "完成率", "100%", "100%", "90%", "80%", "80%以下", "95%", 100, 90)]
    (row,) = form(rows).indicators
    assert (row.target.text, row.rule and row.rule.text) == ("100%", "优：100%；良：90%；中：80%；差：80%以下")


def test_the_only_budget_printed_is_the_one_compared_with_and_that_is_said() -> None:
    rows = self_evaluation(ROW)
    rows[4:7] = [("项目资金（万元）", "", "", "年初预算数", "", "全年执行数", "分值", "执行率", "得分"),
                 ("", "年度资金总额", "", 100, "", 90, 10, "90%", 9)]
    content = read(rows)
    total = content.complete[0].budget.total if content.complete[0].budget else None
    assert total is not None
    assert total.adjusted is not None
    assert (str(total.adjusted.value), codes(content.findings)) == ("100", [("JX355", "表!D6")])


def test_money_under_unknown_headings_is_told() -> None:
    rows = self_evaluation(ROW)
    rows[4] = ("项目资金（万元）", "", "", "甲", "乙", "丙", "丁", "戊", "己")
    found = [f for f in read(rows).findings if f.code == "JX354"]
    assert [(f.source.cell, f.fact("headings")) for f in found] == [("B6", "（甲、乙、丙、丁、戊、己）")]


def test_a_second_money_table_gives_its_total() -> None:
    rows = self_evaluation(ROW)
    again = [("资金方向（万元）", "", "", "年初预算数", "全年预算数", "全年执行数"), ("", "资金总额", "", 100, 121, 115.5), ("", "其中：工程", "", 100, 121, 115.5)]
    budget = form([*rows[:7], *again, *rows[7:]]).budget
    assert budget is not None
    assert [(r.label, r.is_total, str(r.adjusted and r.adjusted.value)) for r in budget.rows] == [
        ("年度资金总额", True, "120"), ("其中：当年财政拨款", False, "120"), ("资金总额", True, "121"),
    ]


@pytest.mark.parametrize("merged", [True, False])
def test_a_long_list_of_many_units_and_projects(merged: bool) -> None:
    head = ("序号", "单位名称", "项目名称", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
    rows = [("2022年度项目绩效自评汇总表",), head,
            (1, "甲局", "路", "产出指标", "数量指标", "里程", "≥1公里", "1公里", 60, 60),
            (2, "" if merged else "甲局", "" if merged else "路", "效益指标", "社会效益", "投诉", "≤2次", "1次", 40, 40),
            (3, "" if merged else "甲局", "桥", "产出指标", "数量指标", "座数", "≥1座", "1座", 100, 100),
            (4, "乙局", "路", "产出指标", "数量指标", "里程", "≥1公里", "0公里", 100, 0)]
    content = read(rows, ["B3:B5", "C3:C4"] if merged else [])
    units, findings = pair([content])
    assert [(u.unit, u.year, [(f.name, [i.name for i in f.indicators], f.source.cell) for f in u.forms]) for u in units] == [
        ("甲局", 2022, [("路", ["里程", "投诉"], "F3"), ("桥", ["座数"], "F5")]), ("乙局", 2022, [("路", ["里程"], "F6")]),
    ]
    assert findings == ()


def test_quarters_under_one_heading_the_whole_year_counts() -> None:
    rows = [("自评表",), ("项目名称", "甲", "实施单位", "乙", "（2022年度）"),
            ("一级指标", "二级指标", "三级指标", "年度指标值", "完成情况", "", "", "", "分值", "得分"), ("", "", "", "", "一季度", "二季度", "三季度", "全年"),
            ("产出", "数量", "件数", "≥10件", "2件", "5件", "8件", "12件", 100, 100)]
    merges = ["E3:H3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "I3:I4", "J3:J4"]
    (row,) = form(rows, merges).indicators
    assert row.actual is not None
    assert (row.actual.text, row.actual.source.cell) == ("12件", "H5")


def test_unknown_words_under_a_group_are_never_taken_for_the_actual() -> None:
    rows = [("自评表",), ("项目名称", "甲", "实施单位", "乙", "（2022年度）"),
            ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "", "分值", "得分"), ("", "", "", "", "甲片区", "乙片区"),
            ("产出", "数量", "件数", "≥10件", "2件", "12件", 100, 100)]
    content = read(rows, ["E3:F3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "G3:G4", "H3:H4"])
    assert (content.complete, [f.code for f in content.findings if f.is_error]) == ((), ["JX111"])


def test_one_heading_over_two_columns_of_levels() -> None:
    rows = [("自评表",), ("项目全称", "甲", "责任单位", "乙", "（2022年度）"),
            ("序号", "绩效指标类别", "", "指标具体内容", "期初设定值", "年末实现值", "权重(%)", "计算得分", "未完成情况说明"),
            (1, "产出", "数量", "里程", "不低于300公里", "310公里", 60, 60, ""), (2, "", "质量", "合格率", "95%以上", "94.1%", 40, 39.6, "水毁")]
    found = form(rows)
    assert (found.name, [(i.level1, i.level2, i.name, i.reason and i.reason.text) for i in found.indicators]) == (
        "甲", [("产出", "数量", "里程", ""), ("产出", "质量", "合格率", "水毁")],
    )


def test_sub_rows_of_an_indicator_are_parts_without_points() -> None:
    found = form(
        self_evaluation(
            ("", "产出指标", "数量指标", "项目个数", "≥5个", "5个", 50, 50, ""),
            ("", "", "", "其中：种植类", "≥3个", "3个", "", "", ""),
            ("", "", "", "养殖类", "≥2个", "2个", "", "", ""),
            ("", "", "质量指标", "合格率", "≥95%", "96%", "", "", ""),
            ("", "", "", "其中：一期", "≥95%", "96%", 40, 40, ""),
        )
    )
    assert [(i.name, i.is_part) for i in found.indicators] == [
        ("项目个数", False), ("其中：种植类", True), ("养殖类", True), ("合格率", False), ("其中：一期", False),
    ]


@pytest.mark.parametrize(
    ("below", "merges"),
    [(["同上", "〃"], []), (["", ""], ["H4:H6"])],
)
def test_a_standard_said_once_for_several_rows_holds_for_all(below: list[str], merges: list[str]) -> None:
    head = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "评分标准")
    rows = [("自评表",), ("项目名称", "甲", "实施单位", "乙", "（2022年度）"), head,
            ("产出", "数量", "里程", "≥3公里", "3公里", 30, 30, "每低1%扣1分，扣完为止"),
            ("产出", "数量", "座数", "≥3座", "3座", 30, 30, below[0]), ("产出", "数量", "处数", "≥3处", "3处", 30, 30, below[1]),
            ("产出", "数量", "个数", "≥3个", "3个", 10, 10, "")]
    found = form(rows, merges)
    assert [i.rule and (i.rule.text, i.rule.source.cell) for i in found.indicators] == [("每低1%扣1分，扣完为止", "H4")] * 3 + [None]


@pytest.mark.parametrize("merges", [["D3:E3", "F3:G3", "A3:A7", "B3:B4", "C3:C4", "H3:H4", "I3:I4", "J3:J4"], []])
def test_the_tasks_of_a_department_with_their_money(merges: list[str]) -> None:
    rows = [
        ("2023年度部门整体支出绩效自评表",), ("部门（单位）名称：某某局",),
        ("年度主要任务完成情况", "任务名称", "完成情况", "预算数（万元）", "", "执行数（万元）", "", "分值", "执行率", "得分"),
        ("", "", "", "总额", "其中：财政拨款", "总额", "其中：财政拨款", "", "", ""),
        ("", "任务1", "已完成", 100, 90, 98, 90, "", "98%", ""), ("", "任务2", "已完成", 50, 50, 50, 50, "", "100%", ""),
        ("", "金额合计", "", 150, 140, 148, 140, 10, "98.67%", 9.87), SELF_HEAD, ROW,
    ]
    content = read(rows, merges)
    (found,) = content.complete
    assert (found.form, found.name, codes(content.findings)) == ("M2", "某某局", [])
    assert found.budget is not None
    assert [(r.label, r.is_total, str(r.adjusted and r.adjusted.value), str(r.executed and r.executed.value)) for r in found.budget.rows] == [
        ("任务1", False, "100", "98"), ("任务2", False, "50", "50"), ("金额合计", True, "150", "148"),
    ]


def test_a_monitoring_form_compares_with_the_first_budget_by_design() -> None:
    rows = [("项目支出绩效运行监控表",), ("（2023年度）",), ("项目名称", "x", "实施单位", "某所"),
            ("项目资金（万元）", "", "", "年初预算数", "1-9月执行数", "1-9月执行率", "全年预计执行数", "全年预计执行率"),
            ("", "年度资金总额", "", 100, 60, "60%", 95, "95%"),
            ("一级指标", "二级指标", "三级指标", "年度指标值", "1-9月完成值", "全年预计完成值", "偏差原因分析", "完成目标可能性"),
            ("产出", "数量", "件数", "≥10件", "6件", "10件", "", "确定能")]
    content = read(rows)
    budget = content.complete[0].budget
    assert budget is not None
    assert budget.total is not None
    assert (budget.total.adjusted, codes(content.findings)) == (None, [])
