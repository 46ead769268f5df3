"""The glyph gate: every character of the report has a glyph in an embedded font, or is named with its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass

from jxreport.finding import NOWHERE, Finding, Source, error, note
from jxreport.model.document import Annex, Block, Chart, Document, Paragraph, Section
from jxreport.render import fonts, text


def check(document: Document) -> list[Finding]:
    """JX702 for each character no font has, one JX705 for those only a fallback face has."""
    return check_texts(document_texts(document), lambda char: _place(document, char))


def check_texts(texts: Iterable[str], place: Callable[[str], Source] = lambda char: NOWHERE) -> list[Finding]:
    """The same for any texts; `place` says where a character stands."""
    chars = {c for part in texts for c in part if text.needs_glyph(c)}
    missing = fonts.uncovered(chars)
    found = [error("JX702", place(char), char=char, point=f"U+{ord(char):04X}") for char in missing]
    spare = fonts.fallen_back(chars)
    if spare:
        found.append(note("JX705", None, chars="、".join(f"“{char}”" for char in spare)))
    return found


def _place(document: Document, char: str) -> Source:
    """The cell in which the character stands: the first value of the submission that shows it."""
    return next((source for source, shown in _texts(document.result.submission) if char in shown), NOWHERE)


def _texts(value: object, source: Source = NOWHERE) -> Iterator[tuple[Source, str]]:
    """Every text below `value` with the nearest cell above it."""
    if isinstance(value, str):
        yield source, value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, source)
    elif is_dataclass(value) and not isinstance(value, Source):
        own = getattr(value, "source", NOWHERE)
        for field in fields(value):
            yield from _texts(getattr(value, field.name), own if own != NOWHERE else source)


def document_texts(document: Document) -> list[str]:
    """Every text that will be printed, for the glyph gate."""
    found = [*document.title_lines, document.title, document.unit, document.date, document.sample_notice]
    found += [part for line in document.cover for part in line]
    found += [document.profile_note, document.signature]
    return found + block_texts(document.intro, document.sections, document.annexes)


def block_texts(
    intro: Iterable[Block], sections: Iterable[Section], annexes: Iterable[Annex] = ()
) -> list[str]:
    """Every text of the blocks, headings included."""
    found: list[str] = []
    stack, below = [*intro], list(sections)
    while below:
        section = below.pop()
        found += [section.number, section.heading]
        stack += section.blocks
        below += section.sections
    for annex in annexes:
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
