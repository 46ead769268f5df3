"""Looking into documents."""

from __future__ import annotations

from collections.abc import Iterator

from jxreport.model.document import Block, Chart, Document, Paragraph, Row, Section, Table


def sections(document: Document) -> Iterator[Section]:
    stack = list(document.sections)
    while stack:
        section = stack.pop(0)
        yield section
        stack = [*section.sections, *stack]


def blocks(document: Document) -> Iterator[Block]:
    yield from document.intro
    for section in sections(document):
        yield from section.blocks
    for annex in document.annexes:
        yield from annex.blocks


def prose(document: Document) -> str:
    return "\n".join(block.text for block in blocks(document) if isinstance(block, Paragraph))


def tables(document: Document) -> list[Table]:
    return [block for block in blocks(document) if isinstance(block, Table)]


def charts(document: Document) -> list[Chart]:
    return [block for block in blocks(document) if isinstance(block, Chart)]


def table(document: Document, title: str) -> Table:
    return next(t for t in tables(document) if t.title == title)


def rows(found: Table) -> tuple[Row, ...]:
    return (*found.front, *found.head, *found.body, *found.foot)


def texts(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in found.body]


def headings(document: Document) -> list[str]:
    return [section.number + section.heading for section in sections(document)]
