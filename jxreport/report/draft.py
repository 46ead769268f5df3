"""Drafts of sections: contents before they are numbered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jxreport.model.document import Block, Paragraph


@dataclass(frozen=True, slots=True)
class Draft:
    """A heading with its blocks and sub-headings; the number comes with the place in the outline."""

    heading: str
    blocks: tuple[Block, ...] = ()
    drafts: tuple[Draft, ...] = ()


# What a content function returns: blocks of the current section, and drafts that become its sub-sections.
Content = tuple["Block | Draft", ...]


def paragraph(*sentences: str) -> tuple[Paragraph, ...]:
    """One body paragraph of the non-empty sentences, or nothing."""
    text = "".join(sentences)
    return (Paragraph(text=text),) if text else ()


def leading(*sentences: str) -> tuple[Paragraph, ...]:
    """The same for a paragraph that leads in a chart."""
    return tuple(replace(block, role="lead") for block in paragraph(*sentences))


def split(content: Content) -> tuple[tuple[Block, ...], tuple[Draft, ...]]:
    """Blocks and drafts of a content, each in order."""
    blocks = tuple(part for part in content if not isinstance(part, Draft))
    return blocks, tuple(part for part in content if isinstance(part, Draft))
