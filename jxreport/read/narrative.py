"""文字部分: headings and paragraphs of the unit's own text."""

from __future__ import annotations

import re

from jxreport.model.submission import TextBlock
from jxreport.model.values import Sourced
from jxreport.read.grid import Grid
from jxreport.read.layouts import Layouts, fold, label_key

_HEADING = re.compile(r"^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])")
_LONGEST_HEADING = 40


def _is_heading(text: str) -> bool:
    body = fold(text)
    return bool(_HEADING.match(body)) and len(body) <= _LONGEST_HEADING


def is_text_part(grid: Grid, layouts: Layouts) -> bool:
    """Long paragraphs in one column under headings that speak of goals or safeguards, and no instructions."""
    texts = [grid.text(row, grid.filled(row)[0]) for row in range(1, grid.rows + 1) if grid.filled(row)]
    if len(texts) < 3 or label_key(texts[0]) in layouts.words["instructions"]:
        return False
    single = sum(len(grid.filled(row)) == 1 for row in range(1, grid.rows + 1))
    headings = [fold(text) for text in texts if _is_heading(text)]
    return single >= 0.8 * len(texts) and any(
        word in heading for heading in headings for word in layouts.words["narrative"]
    )


def read_narrative(grid: Grid, layouts: Layouts) -> tuple[TextBlock, ...]:
    """Headings with the paragraphs under them, in order; the title and the sample mark are left out."""
    blocks: list[tuple[str, list[Sourced[str]]]] = []
    for row in range(2, grid.rows + 1):
        for column in grid.filled(row):
            text = grid.text(row, column)
            if any(fold(text).startswith(word) for word in layouts.words["sample"]):
                continue
            if _is_heading(text):
                blocks.append((text, []))
                continue
            if not blocks:
                blocks.append(("", []))
            blocks[-1][1].append(Sourced(value=text, text=text, source=grid.source(row, column)))
    return tuple(TextBlock(heading=heading, paragraphs=tuple(texts)) for heading, texts in blocks)
