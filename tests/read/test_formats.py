"""The same content gives the same grid in every format; number formats, errors, formulas, hidden state."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from jxreport.finding import codes
from jxreport.read import read_workbook
from jxreport.read.formats.shown import clean_text, number_text
from jxreport.read.workbook import read_grids
from tests.read.books import book, grid, mixed, patched, saved, self_evaluation

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize("name", ["mixed.xls", "mixed.ods"])
def test_formats_agree(name: str) -> None:
    wanted = read_grids("mixed.xlsx", mixed())[0][0]
    (found,), findings = read_grids(name, (DATA / name).read_bytes())
    assert findings == ()
    shown = {at: (cell.text, cell.number) for at, cell in wanted.cells.items()}
    assert {at: (cell.text, cell.number) for at, cell in found.cells.items()} == shown
    assert set(found.merges) == set(wanted.merges)


def test_a_wps_file_is_read_by_content() -> None:
    grids, findings = read_grids("自评表.et", (DATA / "mixed.xls").read_bytes())
    assert findings == ()
    assert grids[0].text(3, 3) == "道路养护"


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("0.9", "0%", "90%"),
        ("0.9547", "0.00%", "95.47%"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("7", "0.00", "7.00"),
        ("274.66", "General", "274.66"),
        ("-3.5", "0.0", "-3.5"),
        ("-3.5", '0.0_);(0.0)', "(3.5)"),
        ("1234.5", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("12", '0"分"', "12分"),
        ("12.5", "0.##", "12.5"),
        ("2.675", "0.00", "2.68"),
        ("5", "[红色]0", "5"),
    ],
)
def test_numbers_are_shown_as_in_the_cell(value: str, code: str, text: str) -> None:
    assert number_text(Decimal(value), code) == text


def test_text_is_cleaned_of_what_nobody_sees() -> None:
    assert clean_text("甲_x000D_\r\n乙\u200b\u202e丙\x07") == "甲\n\n乙丙"


def test_floats_are_taken_at_fifteen_digits_and_texts_stay_texts() -> None:
    sheet = grid([(274.65999999999997, 14.999999999999998, "0012", "NA", "8.5")])
    assert [sheet.cell(1, c).value for c in range(1, 6)] == [Decimal("274.66"), Decimal(15), "0012", "NA", "8.5"]


def test_percent_formats_give_percent_units() -> None:
    sheet = grid([((0.95, "0%"), (0.95, "0.00"), ("95%", "@"))])
    assert [sheet.cell(1, c).number for c in (1, 2, 3)] == [Decimal("95.00"), Decimal("0.95"), None]


def test_blank_rows_and_columns_keep_their_addresses() -> None:
    sheet = grid([(), (), ("", "", "甲")])
    assert str(sheet.source(3, 3)) == "表.xlsx：表!C3"
    assert sheet.text(3, 3) == "甲"


def test_merged_cells_have_one_content() -> None:
    sheet = grid([("甲", "", "乙"), ("", "", "丙")], merges=["A1:B2"])
    assert [sheet.text(2, 2), sheet.seen(2, 2).text, sheet.seen(2, 3).text] == ["", "甲", "丙"]


def test_a_typed_constant_stays_what_was_written() -> None:
    """Excel takes =100% for a formula; the official meant the sign."""
    sheet = grid([("=100%", "=0件", "=1+2")])
    assert [(sheet.cell(1, c).text, sheet.cell(1, c).number) for c in (1, 2, 3)] == [
        ("=100%", Decimal(100)),
        ("=0件", None),
        ("3", Decimal(3)),
    ]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=A1*B1", "20"),
        ("=ROUND(A1/3,2)", "3.33"),
        ("=SUM(A1:B1)+C1", "15"),
        ("=-A1+MAX(A1:C1)", "0"),
        ("=MIN(1,A1/B1)*10%", "0.1"),
        ("=PRODUCT(A1:C1)", "60"),
        ("=AVERAGE(A1:C1)", "5"),
        ("=IF(A1>=B1,10,5*C1)", "10"),
        ("=ROUND(IF(A1/B1<1,A1/B1,1)*7.5,1)", "7.5"),
        ("=E2", "2.5"),
    ],
)
def test_plain_formulas_without_a_result_are_computed(formula: str, value: str) -> None:
    sheet = grid([(10, 2, 3, formula), ("", "", "", "", "=(B1+C1)/2")])
    cell = sheet.cell(1, 4)
    assert (cell.value, cell.pending, cell.formula) == (Decimal(value), False, True)


@pytest.mark.parametrize("formula", ["=VLOOKUP(A1,B:C,2)", "=A1/0", "=其他!A1", "=D1", '=IF(A1>1,"甲","乙")', "=A1&B1"])
def test_other_formulas_stay_open(formula: str) -> None:
    assert grid([(10, 2, 3, formula)]).cell(1, 4).pending


@pytest.mark.parametrize(
    ("stored", "code", "due"),
    [
        ("0", "General", "15"),  # what a program writes that cannot calculate
        ("14", "General", "15"),
        ("15", "General", ""),
        ("15.0000000001", "General", ""),
    ],
)
def test_a_stored_result_that_the_formula_does_not_give_is_marked(stored: str, code: str, due: str) -> None:
    data = book({"表": [(10, 2, 3, "=SUM(A1:C1)"), (1, "2", "—", "=A2+B2"), (1, "", "", "=SUM(A2:C2)")]})
    for cell, value in (("D1", stored), ("D2", "99"), ("D3", "99")):
        data = patched(data, "xl/worksheets/sheet1.xml", f'(<c r="{cell}"><f>.*?</f>)<v></v>', rf"\g<1><v>{value}</v>")
    grids, _ = read_grids("表.xlsx", data)
    assert [grids[0].cell(row, 4).due for row in (1, 2, 3)] == [due, "", ""]


def test_a_stale_result_is_an_error_at_its_cell() -> None:
    rows = self_evaluation(("", "产出指标", "数量指标", "里程", "≥300公里", "310公里", 90, "=G11*1", ""))
    data = patched(book({"自评表": rows}), "xl/worksheets/sheet1.xml", '(<c r="H11"><f>.*?</f>)<v></v>', r"\g<1><v>0</v>")
    (found,) = [f for f in read_workbook("自评表.xlsx", data).findings if f.code == "JX132"]
    assert (found.source.cell, found.fact("stored"), found.fact("due"), found.is_error) == ("H11", "0", "90", True)


def test_an_empty_text_stored_as_the_result_of_a_formula_is_blank() -> None:
    data = book({"表": [("甲", '=IF(A1="","",A1)')]})
    stored = patched(data, "xl/worksheets/sheet1.xml", '<c r="B1">(<f>.*?</f>)<v></v>', r'<c r="B1" t="str">\1<v></v>')
    grids, findings = read_grids("表.xlsx", stored)
    assert (grids[0].cell(1, 2).shown, grids[0].cell(1, 2).pending, findings) == ("", False, ())
    assert grid([("甲", '=IF(A1="","",A1)')]).cell(1, 2).pending


def test_open_formulas_and_error_cells_are_findings() -> None:
    rows = self_evaluation(
        ("", "产出指标", "数量指标", "里程", "≥300公里", "=VLOOKUP(1,A:B,2)", 45, "#DIV/0!", ""),
        ("", "", "质量指标", "合格率", "≥95%", "96%", 45, "=G11*1", ""),
    )
    content = read_workbook("自评表.xlsx", book({"自评表": rows}))
    assert codes(content.findings) == [("JX128", "自评表!H12"), ("JX114", "自评表!F11"), ("JX113", "自评表!H11")]
    form = content.complete[0]
    assert form.indicators[0].stated_score is None or form.indicators[0].stated_score.value is None
    assert form.indicators[1].stated_score is not None
    assert form.indicators[1].stated_score.value == 45


def test_a_stored_result_is_used() -> None:
    data = patched(book({"表": [("=NOW()",)]}), "xl/worksheets/sheet1.xml", r"</f><v\s*(/>|></v>)", "</f><v>7</v>")
    (sheet,), _ = read_grids("a.xlsx", data)
    assert (sheet.cell(1, 1).value, sheet.cell(1, 1).formula) == (Decimal(7), True)


def test_hidden_sheets_rows_and_columns_are_known() -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet["A1"], sheet["A2"] = "甲", "乙"
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    other = workbook.create_sheet("码表")
    other.sheet_state = "veryHidden"
    first, second = read_grids("a.xlsx", saved(workbook))[0]
    assert (first.hidden, first.hidden_rows, first.hidden_columns) == (False, {2}, {3})
    assert second.hidden


def test_overlapping_merges_drop_nothing() -> None:
    rows = [("甲", "乙"), ("丙", "丁")]
    data = patched(book({"表": rows}, merges={"表": ["A5:B5"]}), "xl/worksheets/sheet1.xml",
                   r'<mergeCell ref="A5:B5"\s*/>', '<mergeCell ref="A1:B1"/><mergeCell ref="A1:A2"/>')
    (sheet,), _ = read_grids("a.xlsx", data)
    assert [sheet.text(r, c) for r in (1, 2) for c in (1, 2)] == ["甲", "乙", "丙", "丁"]
    assert sheet.merges == ((1, 1, 1, 2), (1, 1, 2, 1))


def test_cells_that_are_only_formatted_do_not_count() -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet["A1"] = "甲"
    for row in range(2, 3000):
        sheet.cell(row, 3).number_format = "0.00"
    (found,), _ = read_grids("a.xlsx", saved(workbook))
    assert (found.rows, found.columns) == (1, 1)


def test_sheets_in_another_order_than_their_parts() -> None:
    """Excel numbers parts by creation and lists sheets by place."""
    workbook = Workbook()
    first = workbook.active
    first.title, first["A1"] = "甲", "=1+1"
    workbook.create_sheet("乙")["B2"] = "=2+2"
    data = saved(workbook)
    turned = patched(data, "xl/workbook.xml", r"(<sheet [^>]*甲[^>]*/>)(<sheet [^>]*乙[^>]*/>)", r"\2\1")
    grids, findings = read_grids("a.xlsx", turned)
    assert findings == ()
    assert [(g.sheet, {at: str(c.value) for at, c in g.cells.items()}) for g in grids] == [
        ("乙", {(2, 2): "4"}),
        ("甲", {(1, 1): "2"}),
    ]


def test_strict_namespaces_and_odd_styles_are_read() -> None:
    data = book({"表": [((0.95, "0.0%"),)]})
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        data = patched(data, part, "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                       "http://purl.oclc.org/ooxml/spreadsheetml/main")
    data = patched(data, "xl/styles.xml", "<fills", '<fills><fill/><fill><patternFill><fgColor rgb="12345"/></patternFill></fill></fills><fills')
    (sheet,), findings = read_grids("a.xlsx", data)
    assert findings == ()
    assert (sheet.text(1, 1), sheet.cell(1, 1).number) == ("95.0%", Decimal("95.00"))


@pytest.mark.parametrize("name", ["mixed.xls", "mixed.ods"])
def test_the_same_content_gives_the_same_forms(name: str) -> None:
    wanted = read_workbook("自评表", mixed())
    found = read_workbook("自评表", (DATA / name).read_bytes())
    assert found.complete == wanted.complete
    assert len(found.complete[0].indicators) == 5
