"""Which sheets the workbook has and where every keyed cell of the document stands, before anything is written.

Formulas point from sheet to sheet, so all places must be known first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from xlsxwriter.utility import xl_rowcol_to_cell

from jxreport.model.document import Block, Cell, Document, Role, Row, Section, Table
from jxreport.render.xlsx.layout import (
    Placed,
    column_pixels,
    number_pixels,
    place,
    row_heights,
    split_rows,
    text_height,
)
from jxreport.render.xlsx.names import SheetNames, reference
from jxreport.render.xlsx.pages import PAGE_POINTS, cut_boxes, find_breaks
from jxreport.render.xlsx.styles import SUBTITLE, TITLE, UNIT_NOTE, Look

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a form in sheet coordinates (0-based, last row and column included)."""

    cell: Cell
    row: int
    column: int
    last_row: int
    last_column: int


Homes = dict[Key, tuple[str, Box]]


@dataclass(frozen=True, slots=True)
class FormPlan:
    """One table laid out on its sheet: title lines on top, the grid from row `first`, notes from row `end`."""

    table: Table
    sheet: str
    size: float
    pixels: tuple[int, ...]
    heights: tuple[float, ...]  # of the grid's sheet rows, in points
    head: tuple[int, int] | None  # sheet rows repeated on every page
    boxes: tuple[Box, ...]
    last: int = 0  # row of the grid that ends the body; 0 where nothing stands above it
    breaks: tuple[int, ...] = ()  # sheet rows before which a page begins

    @property
    def first(self) -> int:
        return len(title_lines(self.table))

    @property
    def end(self) -> int:
        """The first sheet row below the grid."""
        return self.first + len(self.heights)


def title_lines(table: Table) -> tuple[tuple[str, Look], ...]:
    """The lines above the grid: title, year, unit of amounts; only those the table has."""
    lines = ((table.title, TITLE), (table.subtitle, SUBTITLE), (table.unit_note, UNIT_NOTE))
    return tuple((text, look) for text, look in lines if text)


def title_heights(table: Table, pixels: Sequence[int]) -> tuple[float, ...]:
    """Heights of the title lines in points."""
    return tuple(max(text_height(text, sum(pixels), look.size), look.size * 1.9) for text, look in title_lines(table))


def plan_sheets(document: Document, names: SheetNames) -> tuple[FormPlan, ...]:
    """The sheets in order, each laid out: official forms first, then tables of the text, then of the annexes."""
    return tuple(plan_form(table, names.unique(table.name or table.title)) for table in _tables(document))


def _tables(document: Document) -> list[Table]:
    """One table a sheet. Neighbours of one structure (评分依据 of each project) become one long table."""
    annexes = list(_tables_in(block for annex in document.annexes for block in annex.blocks))
    body = list(_tables_in((*document.intro, *_section_blocks(document.sections))))
    groups = [[table] for table in (*annexes, *body) if table.form]
    for table in (*body, *annexes):
        if table.form:
            continue
        if groups and not groups[-1][0].form and _structure(groups[-1][0]) == _structure(table):
            groups[-1].append(table)
        else:
            groups.append([table])
    return [_joined(group) for group in groups]


def _joined(group: Sequence[Table]) -> Table:
    """The tables under one head, each led in by a row with its title."""
    first = group[0]
    if len(group) == 1:
        return first if first.title else replace(first, title=first.name)
    name = first.name.rstrip("0123456789")
    body: list[Row] = []
    for table in group:
        lead = Cell(text=table.full_name, role=Role.HEAD, align="left", colspan=len(table.widths))
        body += [Row(cells=(lead,)), *table.body]
    notes = tuple(dict.fromkeys(note for table in group for note in table.notes))
    return replace(first, name=name, title=name, subtitle="", body=tuple(body), notes=notes)


def _structure(table: Table) -> tuple[object, ...]:
    heads = tuple(cell.text for row in table.head for cell in row.cells)
    return table.widths, table.landscape, heads


def _tables_in(blocks: Iterable[Block]) -> Iterator[Table]:
    return (block for block in blocks if isinstance(block, Table))


def _section_blocks(sections: Sequence[Section]) -> Iterator[Block]:
    for section in sections:
        yield from section.blocks
        yield from _section_blocks(section.sections)


def plan_form(table: Table, sheet: str) -> FormPlan:
    """Lay out `table` on the sheet called `sheet`."""
    size = _font_size(len(table.widths))
    parts = [(rows, place(rows, len(table.widths))) for rows in (table.front, table.head, table.body, table.foot)]
    numbers = [number_pixels(placed, len(table.widths), size) for _, placed in parts]
    pixels = column_pixels(table.widths, table.landscape, [max(column) for column in zip(*numbers, strict=True)])
    first = len(title_lines(table))
    boxes: list[Box] = []
    heights: list[float] = []
    starts = []
    grid_counts = []
    for rows, placed in parts:
        grid_heights = row_heights(placed, len(rows), pixels, size, minimum=size * 2.1)
        counts = split_rows(grid_heights)
        grid_counts.append(counts)
        starts.append(first + len(heights))
        boxes += _boxes(placed, counts, starts[-1])
        for height, count in zip(grid_heights, counts, strict=True):
            heights += [height / count] * count
    head = (starts[1], starts[2] - 1) if table.head else None
    last = sum(sum(counts) for counts in grid_counts[:3]) - sum(grid_counts[2][-1:]) if len(table.body) > 1 else 0
    plan = FormPlan(table, sheet, size, pixels, tuple(heights), head, tuple(boxes), last)
    return _paged(plan)


def _paged(plan: FormPlan) -> FormPlan:
    """Set the page breaks and cut the cells that span them."""
    titles = sum(title_heights(plan.table, plan.pixels))
    head = range(plan.head[0] - plan.first, plan.head[1] + 1 - plan.first) if plan.head else range(0)
    rigid = [(b.row - plan.first, b.last_row - plan.first) for b in plan.boxes if not _may_be_cut(b, plan)]
    rigid += [(b.row - plan.first, b.last_row - plan.first + 1) for b in plan.boxes if _leads(b, plan)]
    if plan.head:
        rigid.append((head[0], head[-1] + 1))  # the head never stands alone at the foot of a page
    if plan.last:
        rigid.append((plan.last - 1, plan.last))  # nor the total under a repeated head
    found = find_breaks(plan.heights, PAGE_POINTS[plan.table.landscape], titles, head, rigid)
    breaks = tuple(plan.first + row for row in found)
    return replace(plan, breaks=breaks, boxes=cut_boxes(plan.boxes, breaks, lambda box: _may_be_cut(box, plan)))


def _leads(box: Box, plan: FormPlan) -> bool:
    """A row that names the rows below it never stands alone at the foot of a page."""
    whole = box.column == 0 and box.last_column == len(plan.pixels) - 1
    return whole and box.cell.role in (Role.HEAD, Role.LABEL)


def _may_be_cut(box: Box, plan: FormPlan) -> bool:
    """Labels over several rows of the body are repeated after a break; everything else stays whole."""
    in_body = plan.head is None or box.row > plan.head[1]
    return in_body and box.cell.role is Role.LABEL and not box.cell.key


def _font_size(columns: int) -> float:
    """小五 to 五号: wide forms are set smaller, as the printed ones are."""
    return 10.5 if columns <= 9 else 10.0 if columns <= 12 else 9.0


def _boxes(placed: Sequence[Placed], counts: Sequence[int], start: int) -> Iterator[Box]:
    """Sheet coordinates: a grid row too high for Excel takes several sheet rows, merged."""
    tops = [start]
    for count in counts:
        tops.append(tops[-1] + count)
    for item in placed:
        last_row = tops[item.row + item.rows] - 1
        yield Box(item.cell, tops[item.row], item.column, last_row, item.column + item.columns - 1)


def homes(plans: Iterable[FormPlan]) -> Homes:
    """Where the formula of each key lives: its first cell; later cells of the same key refer to it."""
    found: Homes = {}
    for plan in plans:
        for box in plan.boxes:
            if box.cell.key and box.cell.key not in found:
                found[box.cell.key] = (plan.sheet, box)
    return found


def home_reference(home: tuple[str, Box]) -> str:
    """The absolute reference of a planned cell, its sheet included."""
    sheet, box = home
    return reference(sheet, box.row, box.column)


def ranges(cells: Sequence[tuple[str, Box]]) -> tuple[str, ...]:
    """References to `cells`; those that stand one under the other become one range."""
    spans: list[tuple[str, Box, Box]] = []
    for sheet, box in sorted(cells, key=lambda cell: (cell[0], cell[1].column, cell[1].row)):
        if spans and _follows(spans[-1], sheet, box):
            spans[-1] = (sheet, spans[-1][1], box)
        else:
            spans.append((sheet, box, box))
    return tuple(_range_reference(*span) for span in spans)


def _follows(span: tuple[str, Box, Box], sheet: str, box: Box) -> bool:
    return span[0] == sheet and span[2].column == box.column and span[2].last_row + 1 == box.row


def _range_reference(sheet: str, first: Box, last: Box) -> str:
    start = reference(sheet, first.row, first.column)
    return start if first is last else f"{start}:{xl_rowcol_to_cell(last.row, last.column, True, True)}"
