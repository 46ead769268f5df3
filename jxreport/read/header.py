"""Header rows: found by their words, one row deep or two, and every column given its role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from jxreport.read.grid import Grid
from jxreport.read.headings import HeadingReader, has_numbers
from jxreport.read.layouts import Family, Layouts, label_key
from jxreport.read.roles import Spans, assign, settle

_LONGEST_CELL = 40  # of any cell in a header row, brackets left out
_LEAST = {"indicators": 3}
_ANYWHERE = ("ordinal", "row_unit", "row_project", "row_code")  # stand in lists of any kind


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block: its role, the sheet columns it spans, the heading as printed."""

    role: str
    left: int
    right: int
    heading: str


@dataclass(frozen=True, slots=True)
class Header:
    """A recognised header: rows `top`–`bottom`, the family, the columns by role."""

    block: str
    family: Family
    top: int
    bottom: int
    columns: tuple[Column, ...]

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(column.role for column in self.columns)

    def column(self, role: str) -> Column | None:
        return next((column for column in self.columns if column.role == role), None)

    def all(self, role: str) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role == role)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row that looks like a header of `block` but fits no family."""

    block: str
    row: int
    seen: tuple[str, ...]
    missing: tuple[str, ...]


def _columns(reader: HeadingReader, spans: Spans, roles: dict[int, str]) -> tuple[Column, ...]:
    starts = [column for column, _, _ in spans]
    found = []
    for index, (column, text, _) in enumerate(spans):
        right = starts[index + 1] - 1 if index + 1 < len(starts) else max(reader.grid.columns, column)
        if column in roles:
            found.append(Column(roles[column], column, right, text))
    return tuple(found)


def _split_levels(reader: HeadingReader, columns: tuple[Column, ...], bottom: int) -> tuple[Column, ...]:
    """One heading over two columns of levels (指标类别 over 产出 | 数量指标): the second column is level 2."""
    first = next((column for column in columns if column.role == "level1"), None)
    if first is None or first.right == first.left or any(column.role == "level2" for column in columns):
        return columns
    grid = reader.grid
    rows = range(bottom + 1, min(bottom + 30, grid.rows) + 1)
    if not any(grid.text(row, first.left) and grid.first_in(row, first.left + 1, first.right) for row in rows):
        return columns
    halves = (
        Column("level1", first.left, first.left, first.heading),
        Column("level2", first.left + 1, first.right, first.heading),
    )
    at = columns.index(first)
    return (*columns[:at], *halves, *columns[at + 1 :])


def _without_label(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A name column left of the levels is the label 绩效指标 that stands beside the whole block."""
    levels = [column.left for column in columns if column.role in ("level1", "level2")]
    return tuple(c for c in columns if c.role != "name" or not levels or c.left > min(levels))


def _two_levels(columns: tuple[Column, ...], block: str) -> tuple[Column, ...]:
    """A table of two levels: the indicators stand under 二级指标."""
    roles = {column.role for column in columns}
    if block != "indicators" or "name" in roles or not {"level1", "level2"} <= roles or not roles & {"target", "value", "area"}:
        return columns
    return tuple(replace(c, role="name") if c.role == "level2" else c for c in columns)


def _read(reader: HeadingReader, families: Iterable[Family]) -> Header | None:
    depth = reader.depth()
    spans = reader.spans(depth)
    roles = assign(reader, spans)
    if len(roles) < _LEAST.get(reader.block, 2):
        return None
    bottom = reader.row + depth - 1
    settle(reader, spans, roles, bottom)
    columns = _split_levels(reader, _columns(reader, spans, roles), bottom)
    columns = _two_levels(_without_label(columns), reader.block)
    present = frozenset(column.role for column in columns)
    if sum(column.role == "tier" for column in columns) > 1:
        present |= {"target"}  # 优、良、中、差 stand for the target
    if sum(column.role == "area" for column in columns) > 1 and not present & {"target", "value"}:
        present |= {"target"}  # one column of targets for each county
    family = next((f for f in families if f.block == reader.block and f.fits(present)), None)
    return Header(reader.block, family, reader.row, bottom, columns) if family else None


def header_at(grid: Grid, row: int, layouts: Layouts) -> Header | None:
    """The header that begins in this row, None where there is none. The block with most columns wins."""
    filled = grid.filled(row)
    if len(filled) < 2 or has_numbers(grid, row) or any(len(label_key(grid.text(row, c))) > _LONGEST_CELL for c in filled):
        return None
    best: Header | None = None
    for block in layouts.headings:
        reader = HeadingReader(grid, row, block, layouts)
        if not reader.may_be_header():
            continue
        found = _read(reader, layouts.families)
        if found and (best is None or len(found.columns) > len(best.columns)):
            best = found
    return best


def is_row_of(grid: Grid, found: Header, above: Header, layouts: Layouts) -> bool:
    """Is a seeming header inside the table `above` one of its rows, worded like headings?

    A header printed again repeats its words. Any other header there has words of the table in most of its
    cells; a row of indicators has at most a few (预算支出 | 预算执行率 | 符合预算).
    """
    filled = grid.filled(found.top)
    if {label_key(c.heading) for c in above.columns} <= {label_key(grid.text(found.top, c)) for c in filled}:
        return False
    return HeadingReader(grid, found.top, found.block, layouts).listed() * 2 < len(filled)


def is_heading(grid: Grid, row: int, column: int, block: str, layouts: Layouts) -> bool:
    """Does this cell hold a heading that a table of this kind may have?"""
    return HeadingReader(grid, row, block, layouts).is_heading(grid.text(row, column))


def unclear_at(grid: Grid, row: int, layouts: Layouts) -> Unclear | None:
    """A row with at least three words of the indicator block that makes no known table."""
    reader = HeadingReader(grid, row, "indicators", layouts)
    known = reader.known(row)
    telling = [c for c in known if any(role not in _ANYWHERE for role, _ in reader.candidates(grid.text(row, c)))]
    if len(telling) < 3 or has_numbers(grid, row):
        return None
    depth = reader.depth()
    present = frozenset(assign(reader, reader.spans(depth)).values())
    nearest = min(
        (f.missing(present) for f in layouts.families if f.block == "indicators"), key=len, default=()
    )
    seen = tuple(grid.text(row, c) for c in known)
    return Unclear("indicators", row, seen, tuple(layouts.names.get(role, role) for role in nearest))
