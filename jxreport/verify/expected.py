"""What a document prints, as pieces of text in the order in which they are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jxreport.model.document import Document, Table
from jxreport.render.charts import ScoreChart
from jxreport.render.pdf import SAMPLE_HEADER
from jxreport.render.splitting import CONTINUED, CONTINUED_DOWN, columns
from jxreport.render.views import (
    BlockView,
    ChartView,
    SectionView,
    TableView,
    TextView,
    Viewer,
    narrow,
)
from jxreport.verify.printed import Expected, Piece, squeezed

_PAGE_NUMBER = "—[0-9]{1,4}—"


def expected_text(document: Document) -> Expected:
    """The texts that the shipped templates print for `document`."""
    viewer = Viewer(document)
    collected = _Collector()
    collected.blocks(viewer.intro)
    collected.sections(viewer.sections)
    for annex in viewer.annexes:
        collected.known(f"附件{annex.number}", annex.title, f"{annex.number}.", f"附件：{annex.number}.")
        collected.blocks(annex.blocks)
    collected.known(
        *document.title_lines,
        document.title,
        *(text for line in document.cover for text in line),
        document.sample_notice,
        document.signature,
        document.date or "年　　月　　日",
    )
    return Expected(
        pieces=tuple(collected.pieces),
        loose=tuple(collected.loose),
        known=tuple(dict.fromkeys(collected.others)),
        repeated=tuple(dict.fromkeys(collected.repeated)),
        footer=f"(?:{squeezed(SAMPLE_HEADER)})?(?:{_PAGE_NUMBER})?",
    )


@dataclass(slots=True)
class _Collector:
    pieces: list[Piece] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)

    def known(self, *texts: str) -> None:
        self.others += (squeezed(text) for text in texts)

    def sections(self, sections: Iterable[SectionView]) -> None:
        for section in sections:
            self.pieces.append(Piece((squeezed(section.title),)))
            self.blocks(section.blocks)
            self.sections(section.sections)

    def blocks(self, blocks: Iterable[BlockView]) -> None:
        for block in blocks:
            if isinstance(block, TextView):
                self.pieces.append(Piece((squeezed(block.text),)))
            elif isinstance(block, ChartView):
                self._chart(block)
            else:
                self._table(block)

    def _table(self, view: TableView) -> None:
        table = view.table
        self.known(table.title, table.subtitle, table.unit_note, *table.notes)
        self.known(*("".join(cell.text for cell in row.cells) for row in table.head))
        self.known("".join(cell.text for row in table.head for cell in row.cells))
        rows = (*view.front, *(row for body in view.bodies for row in body.rows), *view.foot)
        self.pieces += (Piece(tuple(squeezed(cell.text) for cell in row.cells)) for row in rows)
        self.repeated += (squeezed(text) for text in _repeated(table))
        for mark, lines in view.overflow:
            self.pieces += (
                Piece((squeezed(f"{mark}：{line}" if number == 0 else line),))
                for number, line in enumerate(lines)
            )

    def _chart(self, view: ChartView) -> None:
        """The texts of a chart are drawn at once, but not where the text around it is."""
        self.known(view.chart.title)
        picture = view.picture
        if isinstance(picture, ScoreChart):
            texts = [text for bar in picture.bars for text in (*(line for _, line in bar.lines), bar.text)]
        else:
            texts = [label for _, label in (*picture.ticks, *picture.labels)]
            texts += [mark.label for line in picture.lines for mark in line.marks]
            texts += [name for _, _, name in picture.legend]
        self.loose.append(squeezed("".join(texts)))


def _repeated(table: Table) -> Iterator[str]:
    """What stands at the top of the next page where a merged cell is cut."""
    for row, places in zip(table.body, columns(table.body), strict=True):
        for cell, place in zip(row.cells, places, strict=True):
            if cell.rowspan > 1 and cell.text:
                yield cell.text + (CONTINUED_DOWN if place in narrow(table) else CONTINUED)
