"""Indicator rows of a table: levels carried down, names found, template rows and notes passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jxreport.read.layouts import Layouts, fold, label_key
from jxreport.read.row import Row
from jxreport.read.sections import Block, Section, level_title

_PLACEHOLDER = re.compile(r"(?:指标\d*[:：、.]?)?[\s.…·。*★/\-—–]*(?:指标\d*[:：、.]?)?")
_DATA = ("target", "value", "actual", "score", "weight", "interim", "answer", "symbol", "unit", "expected_year", "tier", "area")
_STROKES = frozenset({"/", "／", "—", "——", "-"})
_NOTHING = frozenset("-—–/\\ 　\n")


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row that stands for an indicator; levels are the labels seen after carrying them down."""

    row: Row
    level1: str
    level2: str
    name: str


@dataclass(slots=True)
class _Levels:
    level1: str = ""
    level2: str = ""

    def update(self, row: Row) -> None:
        """Take over what is printed in this row; a new level 1 ends the level 2 above it."""
        first, second = row.cell("level1").shown, row.cell("level2").shown
        if first:
            if label_key(first) != label_key(self.level1) or second:
                self.level2 = ""
            self.level1 = first
        if second:
            self.level2 = second


def _spans_to_name(row: Row, role: str) -> bool:
    """Is the level cell merged across to the name column (预算执行率 over all three levels)?"""
    place, name = row.place(role), row.header.column("name")
    return bool(place and name and row.grid.area(*place)[3] >= name.left and row.grid.text(*place))


def _name(row: Row, levels: _Levels) -> tuple[str, str, str]:
    """(level1, level2, name): a merged level cell that reaches the name column is the name."""
    own = row.whole("name").shown
    if own:
        return levels.level1, levels.level2, own
    for role in ("level1", "level2"):
        if _spans_to_name(row, role):
            text = row.cell(role).shown
            return ("" if role == "level1" else levels.level1), "", text
    covered = row.seen("name").shown
    if covered:
        return levels.level1, levels.level2, covered
    if row.cell("level2").shown:
        return levels.level1, levels.level2, row.cell("level2").shown
    if row.cell("level1").shown and row.header.column("level2") is not None:
        return "", "", row.cell("level1").shown
    return levels.level1, levels.level2, ""


def _holds_data(row: Row) -> bool:
    """Is there a target, an actual, a weight or a score in the row (a dash is nothing)?"""
    return any(set(row.cell(role).shown) - _NOTHING or row.cell(role).pending for role in _DATA)


def is_struck_out(row: Row, name: str) -> bool:
    """指标1：/ with strokes in its cells: the unit says that there is nothing here to evaluate."""
    strokes = any(row.cell(role).shown in _STROKES for role in _DATA)
    return strokes and fold(name)[-1:] in _STROKES and _is_placeholder(name) and not _holds_data(row)


def _is_placeholder(name: str) -> bool:
    return _PLACEHOLDER.fullmatch(fold(name)) is not None


def _is_heading_again(row: Row) -> bool:
    """A header printed again that its own detection let pass (a row of heading words)."""
    names = row.header.column("name")
    return bool(names) and label_key(row.cell("name").shown) == label_key(names.heading)  # type: ignore[union-attr]


def indicator_rows(section: Section, blocks: list[Block], layouts: Layouts) -> Iterator[IndicatorRow]:
    """All indicator rows of the blocks in order; a row that only goes on with the labels above is joined to them."""
    last: IndicatorRow | None = None
    for found in _rows(section, blocks, layouts):
        if last is not None and found.row.number > last.row.number and _goes_on(found.row, last.row):
            cells = {role: found.row.cell(role).shown for role in ("level1", "level2", "name")}
            last = replace(last, **{role: getattr(last, role) + text for role, text in cells.items() if text})
            continue
        if last is not None:
            yield last
        last = found
    if last is not None:
        yield last


def _title(row: Row, layouts: Layouts) -> str:
    """The first level that the row names and nothing else: 一、产出指标."""
    filled = row.grid.filled(row.number)
    return level_title(row.grid.text(row.number, filled[0]), layouts) if len(filled) == 1 else ""


def _goes_on(row: Row, above: Row) -> bool:
    """Is everything but the labels merged down from the row above: one indicator whose name takes two rows?"""
    if row.header is not above.header:
        return False
    roles = [role for role in ("target", "value", "actual", "weight", "score") if above.cell(role).shown]
    merged = [place for role in roles if (place := above.place(role)) and row.grid.area(*place)[2] >= row.number]
    return len(roles) >= 3 and len(merged) == len(roles)


def _rows(section: Section, blocks: list[Block], layouts: Layouts) -> Iterator[IndicatorRow]:
    levels = _Levels()
    previous: Row | None = None
    for block in blocks:
        for number in block.rows:
            row = Row(section.grid, block.header, number)
            if _is_heading_again(row):
                continue
            if previous is not None and _goes_on(row, previous):
                yield IndicatorRow(row, "", "", "")
                continue
            levels.update(row)
            if title := _title(row, layouts):
                levels.level1, levels.level2 = title, ""
                continue
            level1, level2, name = _name(row, levels)
            own = row.cell("name").shown
            if not name and _has_values(row) and row.cell("weight").shown:
                previous = row
                yield IndicatorRow(row, level1, level2, "")  # a row with everything but its name is told, not lost
                continue
            if not name or (_is_placeholder(name) and not _holds_data(row) and not is_struck_out(row, name)):
                continue
            if not own and not _holds_data(row):
                continue
            if not own and not (row.cell("level1").shown or row.cell("level2").shown) and not _has_values(row):
                continue
            previous = row
            yield IndicatorRow(row, level1, level2, name)


def _has_values(row: Row) -> bool:
    """More than a weight and a score: a subtotal line has only those."""
    return any(set(row.cell(role).shown) - _NOTHING for role in ("target", "value", "area", "actual", "answer", "interim"))
