"""口径确认: the readings that the unit has chosen for sentences with more than one."""

from __future__ import annotations

from jxreport.model.submission import ReadingChoice
from jxreport.read.row import Row
from jxreport.read.sections import Block, Section


def read_choices(section: Section, block: Block) -> list[ReadingChoice]:
    """One choice per row that has one; the sentence and the question are kept as printed."""
    found = []
    for number in block.rows:
        row = Row(section.grid, block.header, number)
        sentence, question = row.seen("sentence").shown, row.cell("question").shown
        choice = row.cell("choice").shown.lstrip("·• ").strip()
        if sentence and choice:
            found.append(
                ReadingChoice(sentence=sentence, question=question, choice=choice, source=row.source("choice"))
            )
    return found
