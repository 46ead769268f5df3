"""Places of cells, widths of columns, heights of rows, page breaks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jxreport.model.document import Cell, NumberFormat, Role, Row, Table
from jxreport.render.xlsx.layout import column_pixels, place, row_heights, split_rows, text_height
from jxreport.render.xlsx.pages import find_breaks
from jxreport.render.xlsx.plan import plan_form


def rows(*texts: tuple[Cell, ...]) -> tuple[Row, ...]:
    return tuple(Row(cells=cells) for cells in texts)


def spots(*texts: tuple[Cell, ...], columns: int) -> list[tuple[str, int, int, int, int]]:
    return [(p.cell.text, p.row, p.column, p.rows, p.columns) for p in place(rows(*texts), columns)]


def test_cells_take_the_next_free_place_as_in_html() -> None:
    a, b, c, d = Cell(text="a", rowspan=2), Cell(text="b", colspan=2), Cell(text="c"), Cell(text="d")
    assert spots((a, b), (c, d), columns=3) == [
        ("a", 0, 0, 2, 1), ("b", 0, 1, 1, 2), ("c", 1, 1, 1, 1), ("d", 1, 2, 1, 1),
    ]  # fmt: skip


def test_gaps_are_filled_and_spans_clipped() -> None:
    wide = Cell(text="w", colspan=9, rowspan=9)
    assert spots((Cell(text="x"),), (wide,), columns=2) == [
        ("x", 0, 0, 1, 1), ("", 0, 1, 1, 1), ("w", 1, 0, 1, 2),
    ]  # fmt: skip


def test_a_span_stops_before_an_occupied_place() -> None:
    tall = Cell(text="t", rowspan=2)
    assert spots((Cell(text="a"), tall), (Cell(text="b", colspan=2),), columns=2)[-1] == ("b", 1, 0, 1, 1)


def test_widths_fill_the_page_and_stay_legible() -> None:
    shares = tuple(Decimal(n) for n in (1, 49, 50))
    assert column_pixels(shares, landscape=True) == (36, 477, 486)
    assert sum(column_pixels((Decimal(40), Decimal(60)), landscape=False)) == 660


def test_columns_of_numbers_are_never_too_narrow() -> None:
    shares = tuple(Decimal(n) for n in (10, 10, 80))
    assert column_pixels(shares, landscape=False, least=(0, 120, 0)) == (60, 120, 480)
    number = Cell(text="12,345,678.90", value=Decimal("12345678.9"), format=NumberFormat.MONEY)
    plan = plan_form(Table(name="数", widths=shares, body=rows((Cell(text="a"), number, Cell(text="b")))), "数")
    assert plan.pixels[1] >= 13 * 8
    assert sum(plan.pixels) == pytest.approx(660, abs=3)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("十个汉字十个汉字十个", 1),
        ("十个汉字十个汉字十个，又十个汉字十个汉字", 2),
        ("第一行\n第二行\n\n第四行", 4),
        ("JX-0101-0506-YBN-BM2R", 2),
    ],
)
def test_height_follows_the_wrapped_lines(text: str, lines: int) -> None:
    one = text_height("字", 170, 10)
    assert text_height(text, 170, 10) == pytest.approx(one + (lines - 1) * (text_height("字\n字", 170, 10) - one))


def test_a_long_text_gets_all_its_lines() -> None:
    assert text_height("字" * 1000, 150, 10) >= 1000 / 10 * 13


def test_rows_under_a_tall_spanning_cell_grow() -> None:
    tall = Cell(text="字" * 60, rowspan=2)
    placed = place(rows((tall, Cell(text="a")), (Cell(text="b"),)), 2)
    heights = row_heights(placed, 2, (100, 100), 10, minimum=20)
    assert sum(heights) >= text_height("字" * 60, 90, 10)
    assert heights[0] == heights[1] > 20


def test_a_row_too_high_for_excel_takes_several_sheet_rows() -> None:
    assert split_rows((20, 400, 401, 900)) == (1, 1, 2, 3)
    long = Table(name="长", widths=(Decimal(100),), body=rows((Cell(text="字" * 3000),), (Cell(text="末"),)))
    plan = plan_form(long, "长")
    first, last = plan.boxes
    assert first.last_row > 0
    assert (last.row, last.last_row) == (first.last_row + 1,) * 2
    assert max(plan.heights) <= 400


def test_pages_break_at_seams_only() -> None:
    none = range(0)
    assert find_breaks([30] * 6, page=100, title=10, head=none, together=()) == (3,)
    assert find_breaks([30] * 6, page=100, title=10, head=none, together=((2, 3),)) == (2, 5)
    assert find_breaks([500, 30], page=100, title=0, head=none, together=()) == (1,)
    assert find_breaks([30] * 3, page=100, title=0, head=none, together=()) == ()


def test_the_repeated_head_takes_room_on_later_pages_only() -> None:
    assert find_breaks([30] * 7, page=100, title=0, head=range(1), together=()) == (3, 5)
    assert find_breaks([60, 60, 30, 30], page=100, title=0, head=range(1, 2), together=()) == (1, 3)


def test_a_label_over_a_page_break_is_repeated_on_the_next_page() -> None:
    label = Cell(text="产出指标", role=Role.LABEL, rowspan=60)
    head = rows((Cell(text="一级指标", role=Role.HEAD), Cell(text="得分", role=Role.HEAD)))
    body = rows((label, Cell(text="1")), *(((Cell(text=str(n)),)) for n in range(2, 61)))
    shares = (Decimal(50), Decimal(50))
    plan = plan_form(Table(name="表", widths=shares, head=head, body=body, landscape=True, form=True), "表")
    labels = [box for box in plan.boxes if box.cell.text == "产出指标"]
    assert len(plan.breaks) >= 2
    assert [box.row for box in labels] == [1, *plan.breaks]
    assert [box.last_row for box in labels] == [*(row - 1 for row in plan.breaks), 60]
    assert plan.head == (0, 0)
