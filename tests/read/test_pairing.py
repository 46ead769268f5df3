"""What does not belong together: other units' files, copies, wrong years, codes and checkpoints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from jxreport.finding import Finding, codes
from jxreport.messages import message
from jxreport.model.submission import Submission
from jxreport.read import pair, read_workbook
from tests.read.books import book, self_evaluation
from tests.read.test_targets_and_actuals import (
    A1,
    A1_MERGES,
    A2_MERGES,
    A3,
    READINGS,
    T1,
    Rows,
    actual_project,
    project,
)

TEXT: Rows = [
    ("2020年部门整体绩效目标（某某局）",), ("一、部门整体绩效目标",), ("坚持……",), ("二、保障措施",), ("（一）加强管理",), ("第一。",),
]


def targets(**sheets: Rows) -> bytes:
    return book({"文": TEXT, "一": sheets.get("t1", T1), "二": sheets.get("t2", project())})


def actuals(**sheets: Rows) -> bytes:
    merges = {"甲": A1_MERGES, "乙": A2_MERGES}
    made = {"甲": A1, "乙": actual_project(), "丙": A3[:5], "丁": READINGS} | sheets
    return book({name: rows for name, rows in made.items() if rows}, merges=merges)


def joined(*books: tuple[str, bytes]) -> tuple[tuple[Submission, ...], tuple[Finding, ...]]:
    units, findings = pair([read_workbook(name, data) for name, data in books])
    assert all(message(found).text for found in findings)
    return units, findings


def told(findings: Sequence[Finding], *wanted: str) -> list[tuple[str, str, str]]:
    return [(f.code, f.source.file, f"{f.source.sheet}!{f.source.cell}") for f in findings if f.code in wanted]


def edited(rows: Rows, row: int, column: int, value: object) -> Rows:
    made: list[Any] = [list(cells) for cells in rows]
    made[row][column] = value
    return made


def test_an_a2_without_its_target_table_is_told() -> None:
    units, findings = joined(("目标.xlsx", book({"一": T1})), ("完成.xlsx", actuals()))
    assert [form.form for form in units[0].forms] == ["T1+A1", "M1"]
    assert told(findings, "JX308") == [("JX308", "完成.xlsx", "乙!D6")]


def test_a_file_of_another_unit_waits_for_a_person() -> None:
    other = edited(A1, 2, 3, "别的局")
    units, findings = joined(("目标.xlsx", targets()), ("完成.xlsx", actuals(甲=other, 丙=[])))
    assert [unit.unit for unit in units] == ["某某局"]
    (found,) = [f for f in findings if f.code == "JX130"]
    assert (found.source.cell, found.fact("here"), found.fact("there"), found.waiting) == ("D3", "别的局", "某某局", True)
    assert found.fact("place") == "目标.xlsx：一!A2"


@pytest.mark.parametrize(
    ("sheets", "wanted"),
    [
        ({"丙": edited(A3[:5], 1, 0, "单位：别的局")}, [("JX129", "丙!A2")]),
        ({"丙": edited(A3[:5], 1, 2, "2021年度")}, [("JX129", "丙!C2")]),
        ({}, []),
    ],
)
def test_sheets_of_one_workbook_must_agree(sheets: dict[str, Rows], wanted: list[tuple[str, str]]) -> None:
    found = read_workbook("完成.xlsx", actuals(**sheets)).findings
    assert [one for one in codes(found) if one[0] == "JX129"] == wanted


def test_instructions_of_another_year_are_told_at_the_form() -> None:
    notes: Rows = [("填报说明",), ("单位名称", "某某局"), ("年度", "2019年度"), ("1. 如实填报。",)]
    data = book({"说明": notes, "甲": A1}, merges={"甲": A1_MERGES})
    (found,) = [f for f in read_workbook("完成.xlsx", data).findings if f.code == "JX129"]
    assert (found.source.cell, found.fact("here"), found.fact("place")) == ("A2", "2020", "说明!B3")


def test_a_collection_of_many_units_may_differ() -> None:
    data = book({"一": T1, "二": edited(T1, 1, 0, "单位：另一局")})
    assert "JX129" not in {f.code for f in read_workbook("合订.xlsx", data).findings}


def test_copies_of_both_workbooks_change_nothing_and_are_told() -> None:
    first, _ = joined(("目标.xlsx", targets()), ("完成.xlsx", actuals()))
    units, findings = joined(
        ("目标.xlsx", targets()), ("完成.xlsx", actuals()), ("目标副本.xlsx", targets()), ("完成副本.xlsx", actuals())
    )
    assert (units[0].forms, units[0].narrative, units[0].readings) == (first[0].forms, first[0].narrative, first[0].readings)
    assert told(findings, "JX123", "JX131", "JX300", "JX301", "JX308", "JX310") == [
        ("JX123", "目标副本.xlsx", "一!A3"), ("JX123", "目标副本.xlsx", "二!A9"),
        ("JX123", "完成副本.xlsx", "甲!A5"), ("JX123", "完成副本.xlsx", "乙!D6"),
    ]
    assert [f.fact("other") for f in findings if f.code == "JX123"] == ["目标.xlsx：一", "目标.xlsx：二", "完成.xlsx：甲", "完成.xlsx：乙"]


@pytest.mark.parametrize(
    ("sheets", "place"),
    [
        ({"乙": actual_project(target=90)[:16] + actual_project(target=85)[16:]}, "乙!D6"),
        ({"甲": edited(A1, 5, 7, 101)}, "甲!A5"),
        ({"丙": edited(A3[:5], 4, 5, 1000)}, "丙!B5"),
        ({"丁": edited(READINGS, 2, 4, "按比例扣")}, "丁!E3"),
    ],
)
def test_a_copy_that_says_something_else_is_an_error(sheets: dict[str, Rows], place: str) -> None:
    _, findings = joined(("目标.xlsx", targets()), ("完成.xlsx", actuals()), ("完成2.xlsx", actuals(**sheets)))
    assert told(findings, "JX131") == [("JX131", "完成2.xlsx", place)]
    assert all(f.is_error for f in findings if f.code == "JX131")


def test_the_same_project_name_in_two_units_below_is_no_copy() -> None:
    row = ("", "产出", "数量", "里程", "≥1公里", "1公里", 100, 100, "")
    department: Rows = [("部门整体支出绩效自评表",), ("（2022年度）",), ("部门名称", "某局"), *self_evaluation(row)[9:]]
    data = book({"整体": department, "一": self_evaluation(row, unit="甲所"), "二": self_evaluation(row, unit="乙所")})
    units, findings = joined(("表.xlsx", data))
    assert [form.implementer for form in units[0].forms] == ["", "甲所", "乙所"]
    assert told(findings, "JX123", "JX131") == []


def test_points_missing_in_the_target_table_are_told_there() -> None:
    _, findings = joined(("目标.xlsx", targets(t1=edited(T1, 4, 5, ""))), ("完成.xlsx", actuals()))
    assert told(findings, "JX309") == [("JX309", "目标.xlsx", "一!F5")]


def test_a_budget_taken_from_the_payments_is_noted() -> None:
    empty = edited(edited(actual_project(), 6, 3, ""), 7, 3, "")
    units, findings = joined(("目标.xlsx", targets()), ("完成.xlsx", actuals(乙=empty)))
    budget = units[0].forms[1].budget
    assert budget is not None
    assert budget.total is not None
    assert budget.total.adjusted is not None
    assert budget.total.adjusted.value == 2519
    assert told(findings, "JX314") == [("JX314", "完成.xlsx", "丙!D5")]


def test_a_wrong_code_beside_the_right_name_is_paired_and_told() -> None:
    rows = [tuple("101-X" if cell == "101-0103-YBN-B8HR" else cell for cell in row) for row in A3]
    units, findings = joined(("目标.xlsx", targets()), ("完成.xlsx", actuals(丙=rows)))
    point = units[0].forms[1].checkpoints[2]
    assert point.paid is not None
    assert (point.paid.text, point.cause and point.cause.text) == ("1889.25", "经费保障")
    assert told(findings, "JX348", "JX310", "JX315") == [
        ("JX348", "完成.xlsx", "丙!B5"), ("JX310", "完成.xlsx", "丙!B6"),
    ]


@pytest.mark.parametrize(
    ("label", "project_name", "wanted"),
    [
        ("9月底", "办公用房", [("JX319", "丙!C10")]),
        ("年底吧", "办公用房", [("JX313", "丙!C10")]),
        ("10月底", "不存在", [("JX315", "丙!C10")]),
        ("10月底", "办公用房", []),
    ],
)
def test_a_cause_that_belongs_nowhere_is_told(label: str, project_name: str, wanted: list[tuple[str, str]]) -> None:
    code = "101-0103-YBN-B8HR" if project_name == "办公用房" else "999-9999"
    rows = [*A3[:-1], (code, project_name, label, "经费保障", "拨款晚", "", "催拨")]
    _, findings = joined(("目标.xlsx", targets()), ("完成.xlsx", actuals(丙=rows)))
    assert [one for one in codes(findings) if one[0] in ("JX313", "JX315", "JX319")] == wanted


@pytest.mark.parametrize(
    ("sheets", "place"),
    [
        ({"丙": edited(A3[:5], 1, 5, "")}, "丙!A3"),
        ({"甲": edited(A1, 6, 8, "百万")}, "甲!H7"),
        ({}, None),
    ],
)
def test_amounts_without_a_unit_are_told(sheets: dict[str, Rows], place: str | None) -> None:
    _, findings = joined(("目标.xlsx", targets()), ("完成.xlsx", actuals(**sheets)))
    assert told(findings, "JX124") == ([("JX124", "完成.xlsx", place)] if place else [])


def test_two_years_in_one_workbook_keep_their_own_causes() -> None:
    second = [tuple("（2021年度）" if cell == "（2020年度）" else cell for cell in row) for row in A1]
    _, findings = joined(("目标.xlsx", targets()), ("完成.xlsx", actuals(甲=second, 丙=A3)))
    assert told(findings, "JX315") == []


def test_empty_cells_of_the_unit_keep_their_places() -> None:
    rows: list[Any] = [list(cells) for cells in actual_project()]
    for row in (6, 7):
        rows[row][3:] = [""] * len(rows[row][3:])
    rows[16][12], rows[16][13], rows[17][12] = "", "", ""
    blank = edited(edited(A1, 13, 11, ""), 13, 12, "")
    units, _ = joined(("目标.xlsx", targets()), ("完成.xlsx", actuals(甲=blank, 乙=rows, 丙=[])))
    department, office = units[0].forms
    first, used = department.indicators[0], office.indicators[2]
    places = [first.reason, first.measure, used.reason, used.measure, used.manual_score]
    assert [(cell.source.cell, cell.is_blank) for cell in places if cell] == [
        ("L14", True), ("M14", True), ("M17", True), ("N17", True), ("O17", True),
    ]
    assert office.budget is not None
    assert office.budget.total is not None
    amounts = [office.budget.total.adjusted, office.budget.total.executed, office.budget.reason]
    assert [(cell.source.cell, cell.is_blank) for cell in amounts if cell] == [("D7", True), ("H7", True), ("M18", True)]


def _payments(code: str = "101-0109-YBN-GNWK", unit: str = "") -> Rows:
    return [
        ("资金支出进度表",),
        (f"单位：{unit}", "", "单位：万元"),
        ("项目编码", "项目名称", "年初预算数", "全年预算数", "累计支付数"),
        ("", "", "", "", "截至3月底", "截至6月底"),
        (code, "接待", 60, 60, 0, 6),
    ]


@pytest.mark.parametrize("unit", ["", "某某局"])
def test_payments_without_a_unit_go_to_their_project(unit: str) -> None:
    target = read_workbook("目标.xlsx", book({"目标": _target()}))
    paid = read_workbook("进度.xlsx", book({"进度": _payments(unit=unit)}))
    (submission,), _ = pair([target, paid])
    assert [point.paid and point.paid.value for point in submission.forms[0].checkpoints][:2] == [0, 6]


def test_payments_of_nobody_are_told() -> None:
    target = read_workbook("目标.xlsx", book({"目标": _target()}))
    paid = read_workbook("进度.xlsx", book({"进度": _payments(code="101-0109-YBN-XXXX")}))
    _, findings = pair([target, paid])
    assert "JX135" in [finding.code for finding in findings]


def _target() -> Rows:
    return [
        ("预算项目绩效表",),
        ("单位：某某局", "", "2020年度"),
        ("项目编码", "101-0109-YBN-GNWK", "项目名称", "接待"),
        ("资金支出计划（累计进度%）", "3月底", "6月底", "10月底", "12月底"),
        ("", 0, 10, 60, 100),
        ("一级指标", "二级指标", "三级指标", "绩效指标描述", "符号", "值", "单位（文字描述）", "指标值确定依据"),
        ("产出指标", "数量指标", "批次", "接待批次", "<=", 20, "批", ""),
    ]
