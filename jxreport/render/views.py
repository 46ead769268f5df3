"""Views: the document prepared for the templates, which place it and compute nothing.

Rows get an id, so that the finished layout can say which row starts which page; texts get places to
break; texts too long for a cell move below their table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from jxreport.finding import Finding, warning
from jxreport.model.document import Annex, Block, Cell, Chart, Paragraph, Row, Section, Table
from jxreport.number import plain
from jxreport.render import charts, keeping, text
from jxreport.render.splitting import columns, crossing, split_rows
from jxreport.report.text import ems

MOST_ROWS = 2_000
# a form no higher than this, in points, will end on the page it starts; the finished layout tells where it does not
ONE_PAGE, ONE_WIDE_PAGE = 590.0, 380.0
# a cell of more lines than this leaves its column: a page of one narrow column reads badly
TALLEST_CELL = 40
# percent of the table's width in which a label stands one character a line
NARROW = 6

# row indices that start a page, by table id
Breaks = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row; `id` is "" where nobody asks on which page it came to stand (an id costs a style of its own)."""

    cells: tuple[Cell, ...]
    id: str = ""
    style: str = ""  # "keep": the next row stays on its page; "tall": the page's end may break it


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyView:
    """Rows of one <tbody>; `cut` starts a new page."""

    rows: tuple[RowView, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A table as its template needs it: rows with their breaks decided."""

    kind: str
    id: str
    table: Table
    columns: tuple[str, ...]
    front: tuple[RowView, ...]
    foot: tuple[RowView, ...]
    bodies: tuple[BodyView, ...]
    overflow: tuple[tuple[str, tuple[str, ...]], ...]  # texts set below the table: (mark, lines)
    height: float  # in points, roughly, with its head and all
    short: bool  # fits on a part of a page: is not broken


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """A paragraph as its template needs it."""

    kind: str
    role: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """A chart with its coordinates, and its content in words."""

    kind: str
    chart: Chart
    picture: charts.ScoreChart | charts.ScheduleChart
    words: str  # the same for who cannot see it


BlockView = TextView | TableView | ChartView


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section with its number and heading in one title."""

    level: int
    title: str
    blocks: tuple[BlockView, ...]
    sections: tuple[SectionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexView:
    """An annex, upright or on turned pages (`wide`)."""

    number: int
    title: str
    wide: bool
    titled: bool  # the first table's own title is the annex title: it is not printed twice
    blocks: tuple[BlockView, ...]


class Paged(Protocol):
    """What is set on pages: a report, or an overview of many."""

    @property
    def intro(self) -> tuple[Block, ...]: ...

    @property
    def sections(self) -> tuple[Section, ...]: ...

    @property
    def annexes(self) -> tuple[Annex, ...]: ...


class Viewer:
    """Makes the views of one document; collects what had to be shortened.

    Table ids count in the order of the document, so that two viewers name the same tables alike.
    """

    def __init__(self, document: Paged, breaks: Breaks | None = None) -> None:
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
            return TextView(kind="text", role=block.role, text=self._clean(block.text))
        if isinstance(block, Chart):
            words = charts.description(block)
            return ChartView(kind="chart", chart=block, picture=charts.picture(block), words=words)
        return self._table(block)

    def _table(self, table: Table) -> TableView:
        name = f"t{len(self.tables)}"
        table = self._limited(table)
        self.tables[name] = table
        breaks = self.breaks.get(name, frozenset())
        shifter = _Shifter(table, self._clean)
        prefix = f"{name}r" if has_merged_rows(table) else ""
        return TableView(
            kind="table",
            id=name,
            table=table,
            columns=tuple(plain(width) for width in table.widths),
            front=_styled(table, table.front, shifter.rows(table.front), keeping.headed(table, table.front)),
            foot=_styled(table, table.foot, shifter.rows(table.foot), keeping.headed(table, table.foot)),
            bodies=_bodies(table, shifter.rows(_split(table, breaks), prefix), breaks),
            overflow=tuple(shifter.moved),
            height=sum(sum(keeping.heights(table, part)) for part in (table.front, table.head, table.body, table.foot)),
            short=keeping.is_short(table),
        )

    def _clean(self, content: str) -> str:
        """The text as it is printed; beyond what a workbook cell can hold it is cut, and that is said."""
        if len(content) > text.HARD_LIMIT:
            self.findings.append(warning("JX704", None, length=len(content), limit=text.HARD_LIMIT))
        return text.breakable(text.printable(content[: text.HARD_LIMIT]))

    def _limited(self, table: Table) -> Table:
        if len(table.body) <= MOST_ROWS:
            return table
        self.findings.append(warning("JX707", None, table=table.full_name, rows=len(table.body), limit=MOST_ROWS))
        return replace(table, body=table.body[:MOST_ROWS])


class _Shifter:
    """Moves texts that are too long for their column below the table, leaving a reference."""

    def __init__(self, table: Table, clean: Callable[[str], str]) -> None:
        self.moved: list[tuple[str, tuple[str, ...]]] = []
        self._clean = clean
        self._table = table

    def rows(self, rows: Sequence[Row], prefix: str = "") -> tuple[RowView, ...]:
        """The rows, with ids `prefix`0, `prefix`1, … where there is one."""
        return tuple(
            RowView(
                id=f"{prefix}{number}" if prefix else "",
                cells=tuple(self._cell(cell, x) for cell, x in zip(row.cells, places, strict=True)),
            )
            for number, (row, places) in enumerate(zip(rows, columns(rows), strict=True))
        )

    def _cell(self, cell: Cell, column: int) -> Cell:
        content = self._clean(cell.text)
        lines = keeping.lines(cell, keeping.room(self._table, cell, column))
        if len(content) <= text.CELL_LIMIT and lines <= TALLEST_CELL:
            return replace(cell, text=content)
        mark = f"注{len(self.moved) + 1}"
        self.moved.append((mark, tuple(line for line in content.splitlines() if line.strip())))
        return replace(cell, text=f"文字较长，全文见表后{mark}。")


def narrow(table: Table) -> frozenset[int]:
    """The columns in which a label stands one character a line: its mark runs downwards too."""
    return frozenset(place for place, width in enumerate(table.widths) if width < NARROW)


def _split(table: Table, breaks: frozenset[int]) -> tuple[Row, ...]:
    return split_rows(table.body, breaks, narrow(table))


def _bodies(table: Table, rows: Sequence[RowView], breaks: frozenset[int]) -> tuple[BodyView, ...]:
    """One <tbody> per page part and group, never cutting a merged cell."""
    parts = _split(table, breaks)
    rows = _styled(table, parts, rows, keeping.kept(table, parts))
    starts = [
        number
        for number in range(len(rows))
        if number == 0
        or number in breaks
        or (parts[number].group != parts[number - 1].group and not crossing(parts, (number,)))
    ]
    return tuple(
        BodyView(rows=tuple(rows[start:end]), cut=start in breaks) for start, end in pairwise([*starts, len(rows)])
    )


def _styled(
    table: Table, parts: Sequence[Row], rows: Sequence[RowView], keep: Sequence[bool]
) -> tuple[RowView, ...]:
    """The rows with what happens to them at a page's end."""
    return tuple(
        replace(row, style="tall" if height > keeping.TALL else "keep" if kept else "")
        for row, kept, height in zip(rows, keep, keeping.heights(table, parts), strict=True)
    )


def has_merged_rows(table: Table) -> bool:
    """Does a cell of the body span several rows, so that a page may end inside it?"""
    return any(cell.rowspan > 1 for row in table.body for cell in row.cells)




def seal_indent(signature: str, date: str) -> float:
    """Right indent of the signature block in characters: the date ends four from the edge, the signature is
    centred over it (GB/T 9704-2012 成文日期, with seal)."""
    over = ems(signature) - ems(date or "年　　月　　日")
    return max(4 - max(over, 0) / 2, 0)
