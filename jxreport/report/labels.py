"""The profile's own wording (口径 ``[labels]``) for the report's fixed words: titles, headings, heads of tables.

Only what the program itself prints is replaced, and only as a whole: never a word of the unit's own text,
never a level's name in a form's body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from jxreport.model.document import Annex, Block, Cell, Document, Role, Row, Section, Table

_FIXED = (Role.HEAD, Role.LABEL)
_SPACE = re.compile(r"\s+")


def relabelled(document: Document, labels: Mapping[str, str]) -> Document:
    """The document with the words of `labels` (usual word → the profile's) in the places named above."""
    if not labels:
        return document
    words = _Words(labels)
    return replace(
        document,
        sections=tuple(words.section(section) for section in document.sections),
        annexes=tuple(words.annex(annex) for annex in document.annexes),
        cover=tuple((words.of(name), value) for name, value in document.cover),
    )


class _Words:
    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels

    def of(self, text: str) -> str:
        """The profile's word; line breaks inside a narrow head do not matter."""
        return self._labels.get(_SPACE.sub("", text), text)

    def section(self, section: Section) -> Section:
        return replace(
            section,
            heading=self.of(section.heading),
            blocks=tuple(self._block(block) for block in section.blocks),
            sections=tuple(self.section(below) for below in section.sections),
        )

    def annex(self, annex: Annex) -> Annex:
        blocks = tuple(self._block(block) for block in annex.blocks)
        return replace(annex, title=self.of(annex.title), blocks=blocks)

    def _block(self, block: Block) -> Block:
        if not isinstance(block, Table):
            return block
        return replace(
            block,
            title=self.of(block.title),
            front=self._rows(block.front),
            head=self._rows(block.head),
            foot=self._rows(block.foot),
        )

    def _rows(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(replace(row, cells=tuple(self._cell(cell) for cell in row.cells)) for row in rows)

    def _cell(self, cell: Cell) -> Cell:
        return replace(cell, text=self.of(cell.text)) if cell.role in _FIXED else cell
