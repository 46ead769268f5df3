"""Headings of one row for one kind of block: what each may mean, how deep the header is, where its columns begin."""

from __future__ import annotations

import re

from jxreport.read.grid import Grid
from jxreport.read.layouts import Layouts, fold, label_key
from jxreport.read.values.amount import read_number

MANY = ("cause", "tier", "area")  # roles that several columns may have
PATTERN = 90  # rank of a heading told by a pattern, below all words of the table
_PERIOD = re.compile(r"^(?:\d{4}年度?)?(?:\d{1,2}[-—–~至]\d{1,2}月份?)?(?=\D)")
_CHECKPOINT = re.compile(r"(?:截至|截止)?(?:\d{4}年)?(\d{1,2})月(?:底|末|份)?")
_FIRST = re.compile(r"[\s(（:：]")  # *分值 数量(20)、质量(10)…: the first word is the heading, the rest advice
_LONGEST = 14  # of a heading told by a pattern


def checkpoint_month(text: str) -> int | None:
    """The month of a checkpoint label: 3月底, 截至10月底 → 3, 10; None for any other text.

    >>> checkpoint_month("截至10月底"), checkpoint_month("三月")
    (10, None)
    """
    match = _CHECKPOINT.fullmatch(fold(text))
    return int(match[1]) if match and 1 <= int(match[1]) <= 12 else None





def has_numbers(grid: Grid, row: int) -> bool:
    """A row with numbers, typed as texts or not, is no header: it states values."""
    return any(read_number(grid.cell(row, c)) is not None for c in grid.filled(row))


class HeadingReader:
    """Reads the headings at one row for one block."""

    def __init__(self, grid: Grid, row: int, block: str, layouts: Layouts) -> None:
        self.grid = grid
        self.row = row
        self.block = block
        self.layouts = layouts
        self.headings = layouts.headings[block]
        self.groups = layouts.groups.get(block, {})

    def candidates(self, text: str) -> tuple[tuple[str, int], ...]:
        """Roles that a heading can mean, each with its rank; () for an unknown heading."""
        key = label_key(text)
        first = label_key(_FIRST.split(text.strip().lstrip("*＊"), maxsplit=1)[0])
        for form in (key, _PERIOD.sub("", key), first, key.removeprefix("绩效"), key.removeprefix("指标")):
            if form in self.headings:
                return self.headings[form]
        if len(key) > _LONGEST:
            return ()
        bare = _PERIOD.sub("", key)
        for role, pattern in self.layouts.patterns.get(self.block, ()):
            if pattern.search(bare):
                return ((role, PATTERN),)
        return ()

    def is_heading(self, text: str) -> bool:
        if self.block == "money" and label_key(text) in self.layouts.words["whole"]:
            return True
        return bool(self.candidates(text)) or checkpoint_month(text) is not None

    def known(self, row: int) -> list[int]:
        return [c for c in self.grid.filled(row) if self.candidates(self.grid.text(row, c))]

    def listed(self) -> int:
        """How many headings of this row are words of the table, patterns left out."""
        ranks = [min(rank for _, rank in self.candidates(self.grid.text(self.row, c))) for c in self.known(self.row)]
        return sum(rank < PATTERN for rank in ranks)

    def may_be_header(self) -> bool:
        """Two known headings, one of them a word of the table (patterns alone also fit sentences)."""
        return len(self.known(self.row)) >= 2 and self.listed() >= 1

    def depth(self) -> int:
        """2 when the next row holds the second half of the headings, else 1."""
        below = self.grid.filled(self.row + 1)
        if len(below) >= 2 and self._reaches_down() and not has_numbers(self.grid, self.row + 1):
            return 2
        known = [self.is_heading(self.grid.text(self.row + 1, c)) for c in below]
        if len(below) < 2 or not all(k or self._group_over(c) in MANY for k, c in zip(known, below, strict=True)):
            return 1
        for column in below:
            above = self.grid.text(self.row, column)
            if above and label_key(above) not in self.groups:
                return 1
        return 2

    def _reaches_down(self) -> bool:
        """Are headings of this row merged with the row below? Then that row belongs to the header."""
        return sum(self.grid.area(self.row, c)[2] == self.row + 1 for c in self.known(self.row)) >= 3

    def spans(self, depth: int) -> list[tuple[int, str, str]]:
        """(first column, heading, role of its group or "") for every heading cell."""
        lower = self.grid.filled(self.row + 1) if depth == 2 else []
        found: list[tuple[int, str, str]] = [
            (c, self.grid.text(self.row + 1, c), self._group_over(c)) for c in lower
        ]
        for column in self.grid.filled(self.row):
            text = self.grid.text(self.row, column)
            if column not in lower and not (depth == 2 and self._has_child(column, lower)):
                found.append((column, text, ""))
        return sorted(found)

    def _group_over(self, column: int) -> str:
        """The role of the group heading above a lower heading: its merge, or the nearest to the left."""
        for left in range(column, 0, -1):
            text = self.grid.text(self.row, left)
            if text:
                return self.groups.get(label_key(text), "")
        return ""

    def _has_child(self, column: int, lower: list[int]) -> bool:
        top, left, bottom, right = self.grid.area(self.row, column)
        named = label_key(self.grid.text(self.row, column)) in self.groups
        return (named or (right > left and top == bottom)) and any(left <= c <= right for c in lower)
