"""Blank official forms: what a person types into them is what reading finds, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jxreport.form_names import FORM_NAMES
from jxreport.forms import blank_forms
from jxreport.model.submission import Form, Kind, Submission
from jxreport.profiles import load_profile
from jxreport.read import pair, read_workbook
from jxreport.score import score_submission
from tests.read.books import saved

PROFILE = load_profile("mof-2020-10")


@cache
def _blanks() -> Mapping[str, bytes]:
    return dict(zip(FORM_NAMES, (data for _, data in blank_forms(PROFILE)), strict=True))


def _sheet(code: str) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(_blanks()[code])).active


def _find(sheet: Worksheet, text: str, nth: int = 0) -> tuple[int, int]:
    """Row and column of the `nth` cell whose text, spaces and line breaks left out, is `text`."""
    found = [c for row in sheet.iter_rows() for c in row if "".join(str(c.value or "").split()) == text]
    return found[nth].row, found[nth].column


def _type(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """Type as a user must: into an open cell only."""
    cell = sheet.cell(row, column)
    assert not cell.protection.locked, f"{cell.coordinate} is locked"
    cell.value = value


def _after(sheet: Worksheet, label: str, value: Any, step: int = 1) -> None:
    row, column = _find(sheet, label)
    _type(sheet, row, column + step, value)


def _fill_row(sheet: Worksheet, level2: str, cells: Mapping[str, Any], head: int, nth: int = 0) -> None:
    """One indicator under `level2`: heading → value."""
    row = _find(sheet, level2)[0] + nth
    for heading, value in cells.items():
        columns = [c.column for r in (head, head + 1) for c in sheet[r] if c.value == heading]
        _type(sheet, row, columns[0], value)


def _read(*sheets: Worksheet) -> tuple[Submission, list[str]]:
    contents = [read_workbook(f"{n}.xlsx", saved(sheet.parent)) for n, sheet in enumerate(sheets)]
    (submission,), findings = pair(contents)
    return submission, [finding.code for finding in findings]


def _form(sheet: Worksheet) -> Form:
    submission, _ = _read(sheet)
    (form,) = submission.forms
    return form


@pytest.mark.parametrize("code", FORM_NAMES)
def test_labels_are_protected_and_the_page_is_set_up(code: str) -> None:
    sheet = _sheet(code)
    assert sheet.protection.sheet
    assert sheet["A1"].value == FORM_NAMES[code]
    assert sheet["A1"].protection.locked
    open_cells = [c for row in sheet.iter_rows() for c in row if not c.protection.locked]
    assert len(open_cells) > 20
    assert (sheet.page_setup.paperSize, sheet.sheet_properties.pageSetUpPr.fitToPage) == (9, True)
    assert sheet.print_title_rows or code == "A3"
    assert sheet.data_validations.dataValidation


@pytest.mark.parametrize("code", FORM_NAMES)
def test_an_empty_form_invents_nothing(code: str) -> None:
    content = read_workbook("空白.xlsx", _blanks()[code])
    forms = (*content.targets, *content.actuals, *content.complete)
    assert [ind.name for form in forms for ind in form.indicators if ind.name != "预算执行率"] == []
    assert all(form.stated_total is None for form in forms)
    assert "JX111" not in [finding.code for finding in content.findings]


def _m1() -> Worksheet:
    sheet = _sheet("M1")
    _type(sheet, 2, 1, "（2022年度）")
    _after(sheet, "项目名称", "道路养护")
    _after(sheet, "主管部门", "某某局")
    _after(sheet, "实施单位", "某某中心")
    row, _ = _find(sheet, "年度资金总额")
    for column, value in zip((4, 5, 6), (100, 120, 115.5), strict=True):
        _type(sheet, row, column, value)
        _type(sheet, row + 1, column, value)
    row, column = _find(sheet, "预期目标")
    _type(sheet, row + 1, column, "完成养护300公里。")
    _type(sheet, row + 1, column + 4, "完成310公里。")
    head, _ = _find(sheet, "三级指标")
    rows: tuple[tuple[str, int, tuple[Any, ...]], ...] = (
        ("数量指标", 0, ("养护里程", "≥300公里", "310公里", 30, None, None)),
        ("数量指标", 1, ("养护桥梁", "≥10座", "9座", 20, 18, "一座停用，明年补上")),
        ("社会效益指标", 0, ("事故起数", "0起", 0, 30, None, None)),
        ("服务对象满意度指标", 0, ("群众满意度", "≥90%", 0.95, 10, None, None)),
    )
    titles = ("三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    for level2, nth, values in rows:
        _fill_row(sheet, level2, dict(zip(titles, values, strict=True)), head, nth)
    row = _find(sheet, "服务对象满意度指标")[0]
    sheet.cell(row, 6).number_format = "0%"
    return sheet


def test_m1_filled_is_read_and_scored() -> None:
    submission, codes = _read(_m1())
    assert (submission.unit, submission.year) == ("某某中心", 2022)
    assert [code for code in codes if code.startswith("JX1")] == []
    (evaluation,) = score_submission(submission, PROFILE).evaluations
    form = evaluation.form
    assert (form.form, form.name, form.supervisor) == ("M1", "道路养护", "某某局")
    assert [(i.level1, i.level2, i.name) for i in form.indicators][1:3] == [
        ("产出指标", "数量指标", "养护桥梁"),
        ("效益指标", "社会效益指标", "事故起数"),
    ]
    assert [item.score for item in evaluation.indicators] == [30, 18, 30, 10]
    assert evaluation.execution
    assert evaluation.execution.score == Decimal("9.63")
    assert evaluation.total == Decimal("97.63")
    assert form.goals[0].actual
    assert form.goals[0].actual.text == "完成310公里。"
    assert form.indicators[1].reason
    assert form.indicators[1].reason.text == "一座停用，明年补上"


def test_m2_filled_is_read_and_scored() -> None:
    sheet = _sheet("M2")
    _type(sheet, 2, 1, "（2022年度）")
    _after(sheet, "部门（单位）名称", "某某局", step=2)
    row, _ = _find(sheet, "年度资金总额")
    for column, value in ((5, 200), (6, 180), (7, 20), (8, 190)):
        _type(sheet, row, column, value)
    head, _ = _find(sheet, "三级指标")
    titles = ("三级指标", "分值", "年度指标值", "实际完成值", "备注")
    rows: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("质量指标", ("公用经费控制率", 50, "≤100%", "97%", None)),
        ("社会效益指标", ("办结率", 30, "=100%", "90%", "两件跨年")),
        ("服务对象满意度指标", ("满意度", 10, "≥90%", "92%", None)),
    )
    for level2, values in rows:
        _fill_row(sheet, level2, dict(zip(titles, values, strict=True)), head)
    submission, _ = _read(sheet)
    (evaluation,) = score_submission(submission, PROFILE).evaluations
    assert (submission.unit, evaluation.form.form, evaluation.form.kind) == ("某某局", "M2", Kind.DEPARTMENT)
    assert [item.score for item in evaluation.indicators] == [50, 27, 10]
    assert evaluation.execution
    assert evaluation.execution.score == Decimal("9.50")
    assert evaluation.total == Decimal("96.50")
    assert evaluation.form.indicators[1].reason
    assert evaluation.form.indicators[1].reason.text == "两件跨年"


def test_m3_filled_is_read() -> None:
    sheet = _sheet("M3")
    _type(sheet, 2, 1, "（2022年度）")
    _after(sheet, "项目名称", "道路养护", step=2)
    _after(sheet, "实施单位", "某某中心", step=3)
    row, _ = _find(sheet, "年度资金总额")
    for column, value in ((5, 100), (7, 40), (13, 95)):
        _type(sheet, row, column, value)
    head, _ = _find(sheet, "三级指标")
    filled = {
        "三级指标": "养护里程", "年度指标值": "≥300公里", "1—7月执行情况": "100公里", "全年预计完成情况": "280公里",
        "经费保障": "√", "原因说明": "资金到位晚", "有可能": "√", "备注": "加快拨付",
    }  # fmt: skip
    _fill_row(sheet, "数量指标", filled, head)
    form = _form(sheet)
    (indicator,) = form.indicators
    assert (form.form, form.kind, form.name) == ("M3", Kind.MONITORING, "道路养护")
    assert form.budget
    assert form.budget.total
    assert form.budget.total.executed
    assert form.budget.total.executed.value == 40
    assert indicator.actual
    assert indicator.actual.value == 100
    assert indicator.completion == "280公里"
    assert indicator.reason
    assert "经费保障" in indicator.reason.text
    assert "资金到位晚" in indicator.reason.text


def test_m3_of_another_period() -> None:
    sheet = _sheet("M3")
    for label, text in (
        ("1—7月执行数", "1—9月执行数"),
        ("1—7月执行率", "1—9月执行率"),
        ("1—7月执行情况", "1—9月执行情况"),
    ):
        row, column = _find(sheet, label)
        _type(sheet, row, column, text)
    head, _ = _find(sheet, "三级指标")
    _fill_row(
        sheet, "数量指标", {"三级指标": "里程", "年度指标值": "≥300公里", "1—9月执行情况": "200公里"}, head
    )
    (indicator,) = _form(sheet).indicators
    assert indicator.actual
    assert indicator.actual.value == 200


def _t1() -> Worksheet:
    sheet = _sheet("T1")
    _type(sheet, 2, 1, "单位：某某办公室")
    _type(sheet, 2, 8, "年度：2020年")
    row = _find(sheet, "符号")[0] + 1
    for column, value in enumerate(
        (
            "产出指标",
            "5",
            "控制率",
            "控制率=（本年追加预算/年初预算）*100%",
            "<=",
            60,
            "控制率=0，计60分，大于0不得分。",
        ),
        1,
    ):
        _type(sheet, row, column, value)
    for column, value in enumerate(
        ("效果指标", "7", "健全性", "", "<=", 40, "健全40分，基本健全30分，不健全不得分。"), 1
    ):
        _type(sheet, row + 1, column, value)
    return sheet


def test_t1_filled_is_read() -> None:
    submission, _codes = _read(_t1())
    (form,) = submission.forms
    assert (submission.unit, submission.year, form.form) == ("某某办公室", 2020, "T1")
    assert [(i.name, i.weight and i.weight.value) for i in form.indicators] == [
        ("控制率", 60),
        ("健全性", 40),
    ]


def _t2() -> Worksheet:
    sheet = _sheet("T2")
    _after(sheet, "项目编码", "101-0109-YBN-GNWK")
    _after(sheet, "项目名称", "接待经费")
    row, column = _find(sheet, "3月底")
    places = [c.column for c in sheet[row] if c.value and str(c.value).endswith("月底")]
    for column, value in zip(places, (0, 10, 60, 100), strict=True):
        _type(sheet, row + 1, column, value)
    _after(sheet, "目标1", "厉行节约")
    row = _find(sheet, "符号")[0] + 1
    for column, value in enumerate(("产出指标", "数量指标", "批次", "接待批次", "<=", 20, "批", "历史"), 1):
        _type(sheet, row, column, value)
    return sheet


def test_t2_filled_is_read() -> None:
    form = _form(_t2())
    assert (form.form, form.code, form.name, form.goals[0].expected.text) == (
        "T2", "101-0109-YBN-GNWK", "接待经费", "厉行节约",
    )  # fmt: skip
    assert [(point.month, point.plan and point.plan.value) for point in form.checkpoints] == [
        (3, 0), (6, 10), (10, 60), (12, 100),
    ]  # fmt: skip
    (indicator,) = form.indicators
    assert (indicator.target.op.value if indicator.target.op else "", indicator.target.value) == ("≤", 20)


def test_a1_filled_answers_its_t1() -> None:
    sheet = _sheet("A1")
    _after(sheet, "部门（单位）名称", "某某办公室", step=3)
    _type(sheet, 2, 1, "（2020年度）")
    for label, value in (("年初预算数", 1000), ("本年追加预算", 0)):
        _after(sheet, label, value, step=6)
    row = _find(sheet, "需填报的内容")[0] + 1
    for column, value in enumerate(("2", "效果指标", "7", "健全性", 40, "", "健全性", "健全"), 1):
        _type(sheet, row, column, value)
    submission, _ = _read(_t1(), sheet)
    (form,) = submission.forms
    assert {fact.name for fact in form.facts if fact.value is not None} == {"年初预算数", "本年追加预算"}
    assert [answer.text for answer in form.indicators[1].answers] == ["健全"]


def test_a2_and_a3_filled_answer_their_t2() -> None:
    sheet = _sheet("A2")
    _type(sheet, 2, 1, "（2020年度）")
    _after(sheet, "项目编码", "101-0109-YBN-GNWK")
    _after(sheet, "项目名称", "接待经费")
    _after(sheet, "实施（主管）单位", "某某办公室", step=2)
    row, _ = _find(sheet, "预算数")
    for column, value in ((4, 60), (7, 60), (8, 58)):
        _type(sheet, row, column, value)
    row = _find(sheet, "符号")[0] + 1
    cells = {1: "产出指标", 2: "数量指标", 3: "批次", 5: "<=", 6: 20, 7: "批", 8: 18, 9: "完成", 11: 90}
    for column, value in cells.items():
        _type(sheet, row, column, value)
    _after(sheet, "预算执行率", 10, step=10)
    money = _sheet("A3")
    _type(money, 2, 1, "单位：某某办公室")
    _type(money, 2, 3, "2020年度")
    row = _find(money, "累计支付数")[0] + 2
    for column, value in enumerate(("101-0109-YBN-GNWK", "接待经费", 60, 60, 0, 6, 36, 58), 1):
        _type(money, row, column, value)
    row = _find(money, "时点")[0] + 1
    for column, value in ((1, "101-0109-YBN-GNWK"), (2, "接待经费"), (3, "12月底"), (4, "其他"), (5, "核减")):
        _type(money, row, column, value)
    submission, _ = _read(_t2(), sheet, money)
    (form,) = submission.forms
    assert [point.paid and point.paid.value for point in form.checkpoints] == [0, 6, 36, 58]
    assert form.checkpoints[3].explanation
    assert form.checkpoints[3].explanation.text == "核减"
    (evaluation,) = score_submission(submission, PROFILE).evaluations
    assert [item.score for item in evaluation.indicators] == [90]
    assert evaluation.execution
    assert evaluation.execution.score == Decimal("9.67")
