"""Views: the document prepared for the templates, which place it and compute nothing.

Rows get an id, so that the finished layout can say which row starts which page; texts get places to
break; texts too long for a cell move below their table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jxreport.finding import Finding, warning
from jxreport.model.document import Annex, Block, Cell, Chart, Document, Paragraph, Row, Section, Table
from jxreport.number import plain
from jxreport.render import charts, text
from jxreport.render.splitting import crossing, split_rows

MOST_ROWS = 2_000
# a table of at most this many text lines is kept on one page
SHORT_LINES = 22
_CHARS_OF_WIDTH = 40  # full-width characters across the type area at table size

# row indices that start a page, by table id
Breaks = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    id: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyView:
    """Rows of one <tbody>; `cut` starts a new page, `together` asks to keep its rows on one."""

    rows: tuple[RowView, ...]
    cut: bool = False
    together: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    kind: str
    id: str
    table: Table
    columns: tuple[str, ...]
    front: tuple[RowView, ...]
    foot: tuple[RowView, ...]
    bodies: tuple[BodyView, ...]
    overflow: tuple[tuple[str, tuple[str, ...]], ...]  # texts set below the table: (mark, lines)
    short: bool  # fits on a part of a page: is not broken


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    kind: str
    role: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    kind: str
    chart: Chart
    picture: charts.ScoreChart | charts.ScheduleChart


BlockView = TextView | TableView | ChartView


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    level: int
    title: str
    blocks: tuple[BlockView, ...]
    sections: tuple[SectionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexView:
    number: int
    title: str
    wide: bool
    titled: bool  # the first table's own title is the annex title: it is not printed twice
    blocks: tuple[BlockView, ...]


class Viewer:
    """Makes the views of one document; collects what had to be shortened.

    Table ids count in the order of the document, so that two viewers name the same tables alike.
    """

    def __init__(self, document: Document, breaks: Breaks | None = None) -> None:
        self.breaks = breaks or {}
        self.findings: list[Finding] = []
        self.tables: dict[str, Table] = {}
        self.intro = self.blocks(document.intro)
        self.sections = self._sections(document.sections)
        self.annexes = tuple(self._annex(annex) for annex in document.annexes)

    def _sections(self, sections: Sequence[Section]) -> tuple[SectionView, ...]:
        return tuple(
            SectionView(
                level=section.level,
                title=section.number + section.heading,
                blocks=self.blocks(section.blocks),
                sections=self._sections(section.sections),
            )
            for section in sections
        )

    def _annex(self, annex: Annex) -> AnnexView:
        first = annex.blocks[0] if annex.blocks else None
        table = first if isinstance(first, Table) else None
        return AnnexView(
            number=annex.number,
            title=annex.title,
            wide=any(isinstance(b, Table) and b.landscape for b in annex.blocks),
            titled=table is not None and table.title == annex.title,
            blocks=self.blocks(annex.blocks),
        )

    def blocks(self, blocks: Sequence[Block]) -> tuple[BlockView, ...]:
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> BlockView:
        if isinstance(block, Paragraph):
            return TextView(kind="text", role=block.role, text=_clean(block.text))
        if isinstance(block, Chart):
            return ChartView(kind="chart", chart=block, picture=charts.picture(block))
        return self._table(block)

    def _table(self, table: Table) -> TableView:
        name = f"t{len(self.tables)}"
        table = self._limited(table)
        self.tables[name] = table
        breaks = self.breaks.get(name, frozenset())
        shifter = _Shifter()
        rows = split_rows(table.body, breaks)
        return TableView(
            kind="table",
            id=name,
            table=table,
            columns=tuple(plain(width) for width in table.widths),
            front=tuple(
                RowView(id=f"{name}f{n}", cells=shifter.cells(row)) for n, row in enumerate(table.front)
            ),
            bodies=_bodies(name, rows, breaks, shifter),
            foot=tuple(RowView(id=f"{name}e{n}", cells=shifter.cells(row)) for n, row in enumerate(table.foot)),
            overflow=tuple(shifter.moved),
            short=_lines(table) <= SHORT_LINES,
        )

    def _limited(self, table: Table) -> Table:
        if len(table.body) <= MOST_ROWS:
            return table
        name = table.title or table.name
        self.findings.append(warning("JX707", None, table=name, rows=len(table.body), limit=MOST_ROWS))
        return replace(table, body=table.body[:MOST_ROWS])


class _Shifter:
    """Moves texts that are too long for a cell below the table, leaving a reference."""

    def __init__(self) -> None:
        self.moved: list[tuple[str, tuple[str, ...]]] = []

    def cells(self, row: Row) -> tuple[Cell, ...]:
        return tuple(self._cell(cell) for cell in row.cells)

    def _cell(self, cell: Cell) -> Cell:
        content = _clean(cell.text)
        if len(content) <= text.CELL_LIMIT:
            return replace(cell, text=content)
        mark = f"注{len(self.moved) + 1}"
        self.moved.append((mark, tuple(line for line in content.splitlines() if line.strip())))
        return replace(cell, text=f"文字较长，全文见表后{mark}。")


def _clean(content: str) -> str:
    return text.breakable(text.printable(content[: text.HARD_LIMIT]))


def _bodies(
    name: str, rows: Sequence[Row], breaks: frozenset[int], shifter: _Shifter
) -> tuple[BodyView, ...]:
    """One <tbody> per page part; short groups of a plain table stay together."""
    bodies: list[BodyView] = []
    pending: list[RowView] = []
    start_cut = False
    group: str | None = None
    for number, row in enumerate(rows):
        if pending and (number in breaks or (row.group != group and not crossing(rows, (number,)))):
            bodies.append(BodyView(rows=tuple(pending), cut=start_cut, together=_short(group, pending)))
            pending = []
        if not pending:
            start_cut, group = number in breaks, row.group
        pending.append(RowView(id=f"{name}r{number}", cells=shifter.cells(row)))
    if pending:
        bodies.append(BodyView(rows=tuple(pending), cut=start_cut, together=_short(group, pending)))
    return tuple(bodies)


def _lines(table: Table) -> int:
    """How many text lines the body takes, roughly: the tallest cell of each row."""
    return sum(max((_cell_lines(cell, table) for cell in row.cells), default=1) for row in table.body)


def _cell_lines(cell: Cell, table: Table) -> int:
    room = max(float(max(table.widths)) / 100 * _CHARS_OF_WIDTH, 1.0)
    return sum(1 + int(len(line) / room) for line in cell.text.split("\n"))


def _short(group: str | None, rows: Sequence[RowView]) -> bool:
    """A named group of a few rows is worth a page break before it; a long one would leave a hole."""
    return bool(group) and 1 < len(rows) <= 4


def needs_measuring(view: TableView) -> bool:
    return any(cell.rowspan > 1 for row in view.table.body for cell in row.cells)




def document_texts(document: Document) -> list[str]:
    """Every text that will be printed, for the glyph gate."""
    found = [*document.title_lines, document.title, document.unit, document.date, document.sample_notice]
    found += [part for line in document.cover for part in line]
    found += [document.profile_note, document.signature]
    stack: list[Block] = [*document.intro]
    sections = list(document.sections)
    while sections:
        section = sections.pop()
        found += [section.number, section.heading]
        stack += section.blocks
        sections += section.sections
    for annex in document.annexes:
        found.append(annex.title)
        stack += annex.blocks
    for block in stack:
        found += _block_texts(block)
    return found


def _block_texts(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    if isinstance(block, Chart):
        return [block.title, *block.labels, *block.captions, *(s.name for s in block.series)]
    rows = (*block.front, *block.head, *block.body, *block.foot)
    return [block.title, block.subtitle, block.unit_note, *block.notes, *(c.text for r in rows for c in r.cells)]
