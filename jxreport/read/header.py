"""Header rows: found by their words, one row deep or two, and every column given its role."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from jxreport.read.grid import Grid
from jxreport.read.layouts import Family, Layouts, fold, label_key
from jxreport.read.values.amount import read_number

_PERIOD = re.compile(r"^(?:\d{4}年度?)?(?:\d{1,2}[-—–~至]\d{1,2}月份?)?(?=\D)")
_CHECKPOINT = re.compile(r"(?:截至|截止)?(?:\d{4}年)?(\d{1,2})月(?:底|末|份)?")
_SIGN = re.compile(r"[<>=≥≤≧≦＜＞＝═﹦]|大于|小于|等于|不少于|不超过|不低于")
_PATTERN = 90  # rank of a heading told by a pattern, below all words of the table
_LONGEST = 14  # of a heading told by a pattern
_LONGEST_CELL = 40  # of any cell in a header row, brackets left out
_WEAK = 100_000  # added for 绩效指标, mostly the label left of the whole block
_LEAST = {"indicators": 3}
_AMOUNTS = ("initial", "adjusted", "arrived", "executed")
_ANYWHERE = ("ordinal", "row_unit", "row_project", "row_code")  # stand in lists of any kind
_OF_ROW = ("weight", "score")
_FAR = 1000  # added for points left of the names
_MANY = ("cause", "tier", "area")  # roles that several columns may have


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block: its role, the sheet columns it spans, the heading as printed."""

    role: str
    left: int
    right: int
    heading: str


@dataclass(frozen=True, slots=True)
class Header:
    """A recognised header: rows `top`–`bottom`, the family, the columns by role."""

    block: str
    family: Family
    top: int
    bottom: int
    columns: tuple[Column, ...]

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(column.role for column in self.columns)

    def column(self, role: str) -> Column | None:
        return next((column for column in self.columns if column.role == role), None)

    def all(self, role: str) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role == role)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row that looks like a header of `block` but fits no family."""

    block: str
    row: int
    seen: tuple[str, ...]
    missing: tuple[str, ...]


def checkpoint_month(text: str) -> int | None:
    """The month of a checkpoint label: 3月底, 截至10月底 → 3, 10; None for any other text.

    >>> checkpoint_month("截至10月底"), checkpoint_month("三月")
    (10, None)
    """
    match = _CHECKPOINT.fullmatch(fold(text))
    return int(match[1]) if match and 1 <= int(match[1]) <= 12 else None


class _Reader:
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
        for form in (key, _PERIOD.sub("", key)):
            if form in self.headings:
                return self.headings[form]
        if len(key) > _LONGEST:
            return ()
        bare = _PERIOD.sub("", key)
        for role, pattern in self.layouts.patterns.get(self.block, ()):
            if pattern.search(bare):
                return ((role, _PATTERN),)
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
        return sum(rank < _PATTERN for rank in ranks)

    def may_be_header(self) -> bool:
        """Two known headings, one of them a word of the table (patterns alone also fit sentences)."""
        return len(self.known(self.row)) >= 2 and self.listed() >= 1

    def depth(self) -> int:
        """2 when the next row holds the second half of the headings, else 1."""
        below = self.grid.filled(self.row + 1)
        if len(below) >= 2 and self._reaches_down() and not _has_numbers(self.grid, self.row + 1):
            return 2
        known = [self.is_heading(self.grid.text(self.row + 1, c)) for c in below]
        if len(below) < 2 or not all(k or self._group_over(c) in _MANY for k, c in zip(known, below, strict=True)):
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


def _assign(reader: _Reader, spans: list[tuple[int, str, str]]) -> dict[int, str]:
    """One role a column, the surest words first; a role is given once (causes excepted)."""
    offers: list[tuple[int, int, str]] = []
    keys = Counter(label_key(text) for _, text, _ in spans)
    for column, text, group in spans:
        own = reader.candidates(text)
        if (group == "target" and not own) or (keys[label_key(text)] > 1 and any(role == "target" for role, _ in own)):
            own = (("area", 0),)  # 指标值 over 甲县 | 乙县, or the heading printed once for each
        if group in _AMOUNTS:  # 预算数 over 总额 | 其中：财政拨款: the whole counts, its parts do not
            own = ((group, -1),) if label_key(text) in reader.layouts.words["whole"] else ()
        weak = label_key(text) in reader.layouts.words["label_column"]
        # Left of the levels it is the label of the block, right of them it heads the names.
        offers += [(rank + (_WEAK - column if weak else 0), column, role) for role, rank in own]
        if group and not own and (group in _MANY or checkpoint_month(text) is not None):
            offers.append((0, column, group))
    names = [(rank, column) for rank, column, role in offers if role == "name"]
    at = min(names)[1] if names else 0
    # 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值: the points of a row stand right of its name.
    offers = [(rank + (_FAR if role in _OF_ROW and column < at else 0), column, role) for rank, column, role in offers]
    roles: dict[int, str] = {}
    for _, column, role in sorted(offers):
        if column not in roles and (role in _MANY or role == "paid" or role not in roles.values()):
            roles[column] = role
    return roles


def _settle(reader: _Reader, spans: list[tuple[int, str, str]], roles: dict[int, str], bottom: int) -> None:
    """指标性质 and 指标值 mean different things in different tables: the cells below decide."""
    heading = {column: text for column, text, _ in spans}
    for column, role in list(roles.items()):
        if role in ("kind", "symbol") and {"kind", "symbol"} <= {r for r, _ in reader.candidates(heading[column])}:
            below = (reader.grid.text(r, column) for r in range(bottom + 1, min(bottom + 200, reader.grid.rows) + 1))
            signed = any(_SIGN.search(text) for text in below if len(text) <= 12)
            roles[column] = "symbol" if (signed and "symbol" not in roles.values()) or (role == "symbol" and signed) else "kind"
    present = set(roles.values())
    if not present & {"actual", "interim"}:
        for column, role in roles.items():
            if role == "completion" and any(r == "actual" for r, _ in reader.candidates(heading[column])):
                roles[column] = "actual"
                break
    if "value" in present and not present & {"symbol", "target"} and not _unit_beside(spans, roles):
        roles.update({column: "target" for column, role in roles.items() if role == "value"})
    if "symbol" in present and "value" not in present:
        for column, role in roles.items():
            if role == "target" and any(r == "value" for r, _ in reader.candidates(heading[column])):
                roles[column] = "value"
                return


def _unit_beside(spans: list[tuple[int, str, str]], roles: dict[int, str]) -> bool:
    """Does the column of units stand right of the values, as the second half of the target?"""
    order = [roles.get(column, "") for column, _, _ in spans]
    return "unit" in order and order[order.index("unit") - 1] == "value"


def _columns(reader: _Reader, spans: list[tuple[int, str, str]], roles: dict[int, str]) -> tuple[Column, ...]:
    starts = [column for column, _, _ in spans]
    found = []
    for index, (column, text, _) in enumerate(spans):
        right = starts[index + 1] - 1 if index + 1 < len(starts) else max(reader.grid.columns, column)
        if column in roles:
            found.append(Column(roles[column], column, right, text))
    return tuple(found)


def _split_levels(reader: _Reader, columns: tuple[Column, ...], bottom: int) -> tuple[Column, ...]:
    """One heading over two columns of levels (指标类别 over 产出 | 数量指标): the second column is level 2."""
    first = next((column for column in columns if column.role == "level1"), None)
    if first is None or first.right == first.left or any(column.role == "level2" for column in columns):
        return columns
    grid = reader.grid
    rows = range(bottom + 1, min(bottom + 30, grid.rows) + 1)
    if not any(grid.text(row, first.left) and grid.first_in(row, first.left + 1, first.right) for row in rows):
        return columns
    halves = (
        Column("level1", first.left, first.left, first.heading),
        Column("level2", first.left + 1, first.right, first.heading),
    )
    at = columns.index(first)
    return (*columns[:at], *halves, *columns[at + 1 :])


def _without_label(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A name column left of the levels is the label 绩效指标 that stands beside the whole block."""
    levels = [column.left for column in columns if column.role in ("level1", "level2")]
    return tuple(c for c in columns if c.role != "name" or not levels or c.left > min(levels))


def _read(reader: _Reader, families: Iterable[Family]) -> Header | None:
    depth = reader.depth()
    spans = reader.spans(depth)
    roles = _assign(reader, spans)
    if len(roles) < _LEAST.get(reader.block, 2):
        return None
    bottom = reader.row + depth - 1
    _settle(reader, spans, roles, bottom)
    columns = _split_levels(reader, _columns(reader, spans, roles), bottom)
    columns = _without_label(columns)
    present = frozenset(column.role for column in columns)
    if sum(column.role == "tier" for column in columns) > 1:
        present |= {"target"}  # 优、良、中、差 stand for the target
    if sum(column.role == "area" for column in columns) > 1 and not present & {"target", "value"}:
        present |= {"target"}  # one column of targets for each county
    family = next((f for f in families if f.block == reader.block and f.fits(present)), None)
    return Header(reader.block, family, reader.row, bottom, columns) if family else None


def header_at(grid: Grid, row: int, layouts: Layouts) -> Header | None:
    """The header that begins in this row, None where there is none. The block with most columns wins."""
    filled = grid.filled(row)
    if len(filled) < 2 or _has_numbers(grid, row) or any(len(label_key(grid.text(row, c))) > _LONGEST_CELL for c in filled):
        return None
    best: Header | None = None
    for block in layouts.headings:
        reader = _Reader(grid, row, block, layouts)
        if not reader.may_be_header():
            continue
        found = _read(reader, layouts.families)
        if found and (best is None or len(found.columns) > len(best.columns)):
            best = found
    return best


def is_row_of(grid: Grid, found: Header, above: Header, layouts: Layouts) -> bool:
    """Is a seeming header inside the table `above` one of its rows, worded like headings?

    A header printed again repeats its words. Any other header there has words of the table in most of its
    cells; a row of indicators has at most a few (预算支出 | 预算执行率 | 符合预算).
    """
    filled = grid.filled(found.top)
    if {label_key(c.heading) for c in above.columns} <= {label_key(grid.text(found.top, c)) for c in filled}:
        return False
    return _Reader(grid, found.top, found.block, layouts).listed() * 2 < len(filled)


def _has_numbers(grid: Grid, row: int) -> bool:
    """A row with numbers, typed as texts or not, is no header: it states values."""
    return any(read_number(grid.cell(row, c)) is not None for c in grid.filled(row))


def is_heading(grid: Grid, row: int, column: int, block: str, layouts: Layouts) -> bool:
    """Does this cell hold a heading that a table of this kind may have?"""
    return _Reader(grid, row, block, layouts).is_heading(grid.text(row, column))


def unclear_at(grid: Grid, row: int, layouts: Layouts) -> Unclear | None:
    """A row with at least three words of the indicator block that makes no known table."""
    reader = _Reader(grid, row, "indicators", layouts)
    known = reader.known(row)
    telling = [c for c in known if any(role not in _ANYWHERE for role, _ in reader.candidates(grid.text(row, c)))]
    if len(telling) < 3 or _has_numbers(grid, row):
        return None
    depth = reader.depth()
    present = frozenset(_assign(reader, reader.spans(depth)).values())
    nearest = min(
        (f.missing(present) for f in layouts.families if f.block == "indicators"), key=len, default=()
    )
    seen = tuple(grid.text(row, c) for c in known)
    return Unclear("indicators", row, seen, tuple(layouts.names.get(role, role) for role in nearest))
