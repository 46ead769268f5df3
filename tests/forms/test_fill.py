"""The fill-in workbook made from targets, and the blank forms."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from jxreport.form_names import FORM_NAMES
from jxreport.forms.entries import Entries
from jxreport.forms.fill import blank_forms, fill_in
from tests.forms.factory import find, needs_of, opened, profile, submission, validations


def _filled(entries: Entries | None = None) -> bytes:
    return fill_in(submission(), profile(), entries=entries, needs_of=needs_of)


def _department() -> Worksheet:
    return opened(_filled())["部门整体支出自评"]


def _project(entries: Entries | None = None) -> Worksheet:
    return opened(_filled(entries))["接待经费"]


def test_sheets_of_the_workbook() -> None:
    sheets = opened(_filled()).sheetnames
    assert sheets == ["填报说明", "部门整体支出自评", "接待经费", "资金支出进度表", "运行监控（3月底）", "运行监控（10月底）", "口径确认"]


def test_one_answer_row_per_need_and_the_indicator_merged_over_them() -> None:
    sheet = _department()
    top, _ = find(sheet, "需填报的内容")
    questions = [sheet.cell(row, 7).value for row in range(top + 1, top + 8)]
    assert questions == [
        "本年追加预算",
        "年初预算",
        "实际支出总额",
        "工作透明",
        "被通报",
        "完成情况说明",
        "满意率",
    ]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"A{top + 1}:A{top + 2}", f"L{top + 4}:L{top + 5}", f"N{top + 1}:N{top + 2}"} <= merged


def test_answer_cells_are_validated_by_kind() -> None:
    sheet = _department()
    top, _ = find(sheet, "需填报的内容")
    rules = validations(sheet)
    kinds = [rules.get(f"H{row}", ("", ""))[0] for row in range(top + 1, top + 8)]
    assert kinds == ["", "", "decimal", "list", "whole", "", "decimal"]
    assert rules[f"H{top + 4}"] == ("list", '"是,否"')


def test_what_stands_in_the_finance_data_is_not_asked_again() -> None:
    sheet = _department()
    top, _ = find(sheet, "需填报的内容")
    assert sheet.cell(top + 1, 8).protection.locked
    assert sheet.cell(top + 1, 8).value is None
    assert "基本财务数据" in str(sheet.cell(top + 1, 10).value)
    assert not sheet.cell(find(sheet, "年初预算数")[0], 8).protection.locked
    assert not sheet.cell(top + 3, 8).protection.locked


def test_project_form_holds_one_need_in_the_actual_and_the_rest_in_the_annex() -> None:
    sheet = _project()
    rules = validations(sheet)
    row, _ = find(sheet, "制度健全性")
    assert rules[f"H{row}"] == ("list", '"健全,基本健全,不健全"')
    assert rules[f"H{find(sheet, '执行率')[0]}"][0] == "decimal"
    assert rules[f"H{find(sheet, '满意情况')[0]}"] == ("list", '"达成年度指标,未达成年度指标且效果较差"')
    assert sheet.cell(find(sheet, "接待规范")[0], 8).value == "见“附”"
    annex, _ = find(sheet, "附：评分所需数据")
    assert [sheet.cell(annex + 2 + at, 8).value for at in (0, 1)] == ["控制率", "手续不规范"]
    assert rules[f"J{annex + 3}"][0] == "whole"


def test_weights_that_the_unit_states_are_filled_in_and_no_other() -> None:
    sheet = _project()
    names = ("制度健全性", "接待规范", "执行率", "预算执行率")
    assert [sheet.cell(find(sheet, name)[0], 11).value for name in names] == [20, None, None, None]


def test_checkpoints_are_the_units_own_in_order() -> None:
    sheet = opened(_filled())["资金支出进度表"]
    row, column = find(sheet, "截至3月底")
    assert sheet.cell(row, column + 1).value == "截至10月底"
    assert ("list", '"经费保障,其他"') in validations(sheet).values()


def test_entries_land_in_their_cells() -> None:
    cells = {"actual": Decimal("95.5"), "reason": "缘由"}
    entries = Entries.from_tree({"projects": {"101-0109-YBN-GNWK": {"indicators": {"2": cells}}}})
    sheet = _project(entries)
    row, _ = find(sheet, "执行率")
    assert (sheet.cell(row, 8).value, sheet.cell(row, 13).value) == (95.5, "缘由")
    assert entries.unused() == ()


def test_notes_tell_how_to_state_not_applicable_and_the_tiers() -> None:
    sheet = opened(_filled())["填报说明"]
    text = "".join(str(cell.value) for row in sheet.rows for cell in row if cell.value)
    assert "不适用" in text
    assert "偏差原因分析" in text
    assert "达成年度指标：分值的80%—100%" in text


def test_blank_forms_have_their_titles_and_open_cells() -> None:
    forms = blank_forms(profile())
    assert [name for name, _ in forms] == [f"{title}.xlsx" for title in FORM_NAMES.values()]
    for name, data in forms:
        sheet = opened(data).worksheets[0]
        assert f"{sheet['A1'].value}.xlsx" == name
        assert any(not cell.protection.locked for row in sheet.rows for cell in row), name
