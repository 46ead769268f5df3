"""The glyph gate: every character of the report has a glyph in an embedded font, or is named with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from jxreport.finding import NOWHERE, Finding, Source, error, note
from jxreport.model.document import Block, Chart, Document, Paragraph
from jxreport.render import fonts, text


def check(document: Document) -> list[Finding]:
    """JX702 for each character no font has, one JX705 for those only a fallback face has."""
    chars = {c for part in document_texts(document) for c in part if text.needs_glyph(c)}
    missing = fonts.uncovered(chars)
    found = [
        error("JX702", _place(document, char), char=char, point=f"U+{ord(char):04X}") for char in missing
    ]
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
