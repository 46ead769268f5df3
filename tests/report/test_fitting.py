"""Column widths follow the texts; numbers and labels keep their share."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jxreport.model.document import Cell, Row, Table
from jxreport.report import cells
from jxreport.report.build import build_document
from jxreport.report.fitting import fitted
from tests.report import factory
from tests.report.helpers import tables


def table(*lengths: tuple[int, ...]) -> Table:
    rows = tuple(Row(cells=tuple(Cell(text="字" * n) for n in line)) for line in lengths)
    return Table(name="表", widths=cells.widths(10, 45, 45), body=rows)


@pytest.mark.parametrize(
    ("lengths", "widths"),
    [
        (((2, 60, 60), (2, 60, 60)), (10, 45, 45)),
        (((2, 0, 90), (2, 0, 60)), (10, 20, 70)),  # an empty column keeps its floor
        (((2, 16, 256),), (10, 20, 70)),
        (((2, 100, 300),), (10, 28, 62)),  # (Σ n³)^¼: 1 to 3^¾
        (((2, 400, 9000),), (10, 45, 45)),  # what leaves its column takes no room from others
    ],
)
def test_the_room_goes_where_the_text_is(lengths: tuple[tuple[int, ...], ...], widths: tuple[int, ...]) -> None:
    (found,) = fitted((table(*lengths),), {1: 20, 2: 20})
    assert found.widths == tuple(map(Decimal, widths))


def test_forms_of_one_kind_share_their_widths() -> None:
    long, short = table((2, 10, 90)), table((2, 30, 10))
    first, second = fitted((long, short), {1: 20, 2: 20})
    assert first.widths == second.widths
    assert first.widths[2] > first.widths[1]


def test_a_cell_over_two_columns_counts_half_in_each() -> None:
    wide = Table(
        name="表",
        widths=cells.widths(10, 45, 45),
        body=(Row(cells=(Cell(text="1"), Cell(text="字" * 80, colspan=2))),),
    )
    assert fitted((wide,), {1: 20, 2: 20})[0].widths == tuple(map(Decimal, (10, 45, 45)))


def test_every_table_of_the_report_fills_its_width() -> None:
    for norms in ("hebei-2020", "mof-2020-10"):
        found = tables(build_document(factory.result(factory.department(), factory.mof_project(), norms=norms)))
        assert all(sum(one.widths) == 100 for one in found)
