"""The official target forms."""

from __future__ import annotations

from jxreport.forms.targets import ProjectTargets, TargetRow, UnitTargets, target_workbook
from tests.forms.factory import find, opened

ROWS = (
    TargetRow(level1="产出指标", level2="3", name="甲", sign="<=", value="7.00", unit="90%以上7分"),
    TargetRow(level1="产出指标", level2="4", name="乙", value="10.00", unit=" 规则 ", new_page=True),
    TargetRow(level1="效果指标", level2="7", name="丙", value=""),
)
TARGETS = UnitTargets(
    unit="某某办公室",
    year=2020,
    title="2020年绩效目标（某某办公室）",
    paragraphs=("一、目标", "  正文 "),
    rows=ROWS,
    projects=(
        ProjectTargets(
            code="101-0109-YBN-GNWK",
            name="接待经费",
            purpose="用途\n      第二行",
            plan=(("3月底", "0"), ("6月底", "10"), ("10月底", "75.00"), ("12月底", "100.00")),
            goals=("目标甲", "目标乙"),
            rows=ROWS[:1],
        ),
    ),
)


def test_sheets_and_texts_are_printed_as_given() -> None:
    book = opened(target_workbook(TARGETS))
    assert book.sheetnames == ["文字部分", "部门整体支出绩效指标", "接待经费"]
    texts = [row[0].value for row in book["文字部分"].rows]
    assert texts == ["2020年绩效目标（某某办公室）", "一、目标", "  正文 "]
    project = book["接待经费"]
    row, _ = find(project, "资金用途")
    assert project.cell(row, 2).value == "用途\n      第二行"


def test_header_stands_again_at_the_page_break_and_the_level_is_left_empty() -> None:
    sheet = opened(target_workbook(TARGETS))["部门整体支出绩效指标"]
    heads = [cell.row for cell in sheet["A"] if cell.value == "一级指标"]
    first, second = find(sheet, "甲")[0], find(sheet, "乙")[0]
    assert heads == [first - 2, second - 2]
    assert [sheet.cell(row, 1).value for row in (first, second, second + 1)] == ["产出指标", None, "效果指标"]


def test_numbers_are_numbers_that_show_the_printed_text() -> None:
    book = opened(target_workbook(TARGETS))
    sheet = book["部门整体支出绩效指标"]
    cell = sheet.cell(find(sheet, "甲")[0], 6)
    assert (cell.value, cell.number_format) == (7, "0.00")
    project = book["接待经费"]
    row, _ = find(project, "资金支出计划（累计进度%）")
    plan = [(cell.value, cell.number_format) for cell in project[row + 1] if cell.value is not None]
    assert plan == [(0, "0"), (10, "0"), (75, "0.00"), (100, "0.00")]
