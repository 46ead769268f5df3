"""The workbook writer."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jxreport.forms.book import Book
from jxreport.forms.style import INPUT, LABEL, TEXT, shown_as
from tests.forms.factory import opened


def _book(mark: str = "") -> bytes:
    book = Book(title="题名", mark=mark)
    page = book.page("表", (10, 10), protected=True)
    page.heading("标题")
    page.line([(0, 1, "=1+1", TEXT), (1, 1, Decimal("7.00"), shown_as(LABEL, "7.00"))])
    page.line([(0, 1, True, LABEL), (1, 1, None, INPUT)])
    return book.close()


def test_same_calls_same_bytes() -> None:
    assert _book("示例数据") == _book("示例数据")


def test_text_never_becomes_a_formula_and_numbers_show_as_given() -> None:
    sheet = opened(_book())["表"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert (sheet["B2"].value, sheet["B2"].number_format) == (7, "0.00")
    assert sheet["A3"].value == "是"


def test_only_input_cells_are_open_and_there_is_no_password() -> None:
    sheet = opened(_book())["表"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert (sheet["A3"].protection.locked, sheet["B3"].protection.locked) == (True, False)


def test_mark_is_on_the_page_in_the_header_and_in_the_properties() -> None:
    book = opened(_book("示例数据（虚构）"))
    assert book["表"]["A2"].value == "示例数据（虚构）"
    assert "示例数据（虚构）" in book["表"].oddHeader.right.text
    assert book.properties.keywords == "示例数据（虚构）"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["甲", "甲"], ["甲", "甲_2"]),
        (["a/b:c"], ["a_b_c"]),
        (["项" * 40, "项" * 40], ["项" * 31, "项" * 29 + "_2"]),
        ([""], ["表"]),
    ],
)
def test_sheet_names_are_legal_and_unique(names: list[str], expected: list[str]) -> None:
    book = Book(title="题名")
    for name in names:
        book.page(name, (10,)).heading("标题")
    assert opened(book.close()).sheetnames == expected


def test_a_sheet_a_little_too_long_is_shrunk_onto_one_page() -> None:
    book = Book(title="题名")
    page = book.page("表", (200,))
    for _ in range(8):
        page.least_height(page.line([(0, 1, "文", TEXT)]), 100)
    page.keep(4, 7)
    sheet = opened(book.close())["表"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight is None  # one page, which is the default
    assert not sheet.row_breaks.brk


def test_rows_kept_together_get_a_break_before_them() -> None:
    book = Book(title="题名")
    page = book.page("表", (200,))
    for _ in range(9):
        page.least_height(page.line([(0, 1, "文", TEXT)]), 100)
    page.keep(4, 7)
    sheet = opened(book.close())["表"]
    assert [item.id for item in sheet.row_breaks.brk] == [4]
    assert sheet.page_setup.fitToHeight == 0
