"""One long list for many projects or units: columns 单位名称 and 项目名称 stand beside the indicators."""

from __future__ import annotations

from collections.abc import Iterator

from jxreport.model.values import Sourced
from jxreport.read.head import Head
from jxreport.read.row import Row
from jxreport.read.sections import Block, Section

_OWNERS = {"row_unit": "unit", "row_project": "project", "row_code": "code"}


def split_list(section: Section) -> list[tuple[Section, dict[str, Sourced[str]]]]:
    """The section, or one section for each project of a list, with the fields of the head that its rows name."""
    blocks = section.of("indicators")
    roles = [role for role in _OWNERS if any(block.header.column(role) for block in blocks)]
    if not roles:
        return [(section, {})]
    found: dict[tuple[str, ...], tuple[Section, dict[str, Sourced[str]]]] = {}
    last: dict[str, Sourced[str]] = {}
    for block, number in _rows(blocks):
        row = Row(section.grid, block.header, number)
        named = {role: text for role in roles if (text := row.shown_text(role))}
        if named:  # 项目名称 is printed in the first row of a project only
            last = {**({} if "row_unit" in named else last), **named}
        key = tuple(last[role].text if role in last else "" for role in roles)
        if key not in found:
            part = Section(section.grid, free=section.free)
            found[key] = (part, {_OWNERS[role]: text for role, text in last.items()})
        _add(found[key][0], block, number)
    return list(found.values()) or [(section, {})]


def _rows(blocks: list[Block]) -> Iterator[tuple[Block, int]]:
    for block in blocks:
        for number in block.rows:
            yield block, number


def _add(part: Section, block: Block, number: int) -> None:
    if part.blocks and part.blocks[-1].header is block.header:
        known = part.blocks.pop()
        part.blocks.append(Block(block.header, (*known.rows, number)))
    else:
        part.blocks.append(Block(block.header, (number,)))


def named(head: Head, fields: dict[str, Sourced[str]]) -> Head:
    """The head of the sheet with what the rows say of themselves."""
    head.fields |= fields
    return head
