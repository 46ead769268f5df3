"""A sheet cut into forms: blocks with their header and body rows, and the free rows between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jxreport.read.grid import Grid
from jxreport.read.header import Header, Unclear, header_at, is_row_of, unclear_at
from jxreport.read.headings import checkpoint_month
from jxreport.read.layouts import Layouts, fold, head_field, label_key

_SECTION = re.compile(r"^(?:附[:：]|附件|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])")
_IDENTITY = ("project", "code", "unit", "implementer", "supervisor")


@dataclass(frozen=True, slots=True)
class Block:
    """A header and the rows under it. `total` is the row of the sum, if the block ends with one."""

    header: Header
    rows: tuple[int, ...]
    total: int | None = None


@dataclass(slots=True)
class Section:
    """One form's stretch of a sheet: its blocks, and its free rows (head, notes, signatures)."""

    grid: Grid
    blocks: list[Block] = field(default_factory=list)
    free: list[int] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)

    def of(self, block: str) -> list[Block]:
        return [b for b in self.blocks if b.header.block == block]


def is_word(text: str, group: str, layouts: Layouts) -> bool:
    """Is the text, or the text before its colon, one of the words of this group?"""
    words = layouts.words[group]
    if label_key(text) in words:
        return True
    head, colon, _ = fold(text).partition(":")
    return bool(colon) and label_key(head) in words


def _is_tail(grid: Grid, row: int, layouts: Layouts) -> bool:
    """A note, signature or conclusion line below a table."""
    column = grid.filled(row)[0]
    text = fold(grid.text(row, column))
    if is_word(text, "tail", layouts):
        return True
    return bool(re.match(r"^(?:备?注|说明|填表说明)(?:[:：]|\d|[(（]\d)", text))


def head_label(text: str, layouts: Layouts) -> str:
    """The head field that a label names (项目名称：… → project), "" for any other text."""
    found = head_field(label_key(text), layouts)
    if found:
        return found
    head, colon, _ = fold(text).partition(":")
    return head_field(label_key(head), layouts) if colon else ""


def _is_identity(grid: Grid, row: int, layouts: Layouts, *, blank: bool = False) -> bool:
    """A line such as 项目编码 | … | 项目名称 | … that tells whose form it is; `blank` for an empty row."""
    if grid.is_blank(row):
        return blank
    return head_label(grid.text(row, grid.filled(row)[0]), layouts) in _IDENTITY


def is_plan_row(grid: Grid, row: int) -> bool:
    """The row of checkpoint labels in the head of a project target table: 资金支出计划 | 3月底 | 6月底 | …

    Two months in a row may be a deadline and its actual; three, or a heading that says so, make a plan.
    """
    filled = grid.filled(row)
    months = sum(checkpoint_month(grid.text(row, c)) is not None for c in filled)
    named = any(word in fold(grid.text(row, filled[0])) for word in ("支出计划", "累计进度")) if filled else False
    return months >= 3 or (months >= 1 and named)


def _is_section_title(grid: Grid, row: int) -> bool:
    filled = grid.filled(row)
    return len(filled) <= 2 and bool(_SECTION.match(fold(grid.text(row, filled[0]))))


def _is_title(grid: Grid, row: int) -> bool:
    """One short text alone in its row: a title, a subtitle, a year."""
    filled = grid.filled(row)
    return len(filled) == 1 and len(grid.text(row, filled[0])) <= 60


def is_total(grid: Grid, header: Header, row: int, layouts: Layouts) -> bool:
    """Does the row begin with 总分, 合计 … left of the values?"""
    limit = min((c.left for c in header.columns if c.role in ("weight", "score", "actual", "target")), default=99)
    return any(label_key(grid.text(row, c)) in layouts.words["total"] for c in grid.filled(row) if c < limit)


def _body(grid: Grid, header: Header, end: int, layouts: Layouts) -> tuple[list[int], int | None, int]:
    """(rows, total row, first row after the block) for the rows under a header, before row `end`."""
    rows: list[int] = []
    for row in range(header.bottom + 1, end):
        if grid.is_blank(row):
            continue
        if header.block == "indicators" and is_total(grid, header, row, layouts):
            if _goes_on(grid, header, row + 1, end, layouts):
                continue  # a subtotal between groups
            return rows, row, row + 1
        if _ends(grid, header, row, layouts):
            if _is_aside(grid, row, layouts) and _goes_on(grid, header, row + 1, end, layouts):
                continue  # a note between the rows
            return rows, _late_total(grid, header, row, end, layouts), row
        if header.block == "money" and not _is_fund_row(grid, header, row, layouts):
            return rows, None, row
        rows.append(row)
    return rows, None, end


def level_title(text: str, layouts: Layouts) -> str:
    """The first level that a line of its own names (一、产出指标（50分） → 产出指标（50分）), "" for any other."""
    bare = re.sub(r"^[(（]?[一二三四五六七八九十\d]+[)）、.．]+", "", text.strip())
    return bare if label_key(re.sub(r"\d+(?:\.\d+)?分", "", bare)) in layouts.words["level_titles"] else ""


def _is_aside(grid: Grid, row: int, layouts: Layouts) -> bool:
    """A note, or a line that names the next first level, in a row of its own."""
    if len(grid.filled(row)) != 1 or _is_identity(grid, row, layouts):
        return False
    return _is_tail(grid, row, layouts)


def _goes_on(grid: Grid, header: Header, row: int, end: int, layouts: Layouts) -> bool:
    """Are there rows of the block below a sum: a name with something beside it, before the block's end?"""
    told = [c for c in header.columns if c.role in ("target", "value", "area", "actual", "tier")]
    name = header.column("name")
    for below in range(row, end):
        if grid.is_blank(below) or is_total(grid, header, below, layouts):
            continue
        if name is None or _ends(grid, header, below, layouts):
            return False
        return bool(grid.first_in(below, name.left, name.right)) and any(grid.first_in(below, c.left, c.right) for c in told)
    return False


def _late_total(grid: Grid, header: Header, row: int, end: int, layouts: Layouts) -> int | None:
    """The row 总分 below a note (其他需要说明事项) that stands between it and the indicators."""
    score = header.column("score")
    for below in range(row, min(end, row + 4)):
        if header.block != "indicators" or score is None or _is_identity(grid, below, layouts, blank=False):
            return None
        if not grid.is_blank(below) and is_total(grid, header, below, layouts):
            return below if grid.first_in(below, score.left, score.right) else None
    return None


def _ends(grid: Grid, header: Header, row: int, layouts: Layouts) -> bool:
    """Is this row no longer of the block: a note, a section title, the head of another form?"""
    filled = grid.filled(row)
    alone = len(filled) == 1 and header.block == "indicators" and level_title(grid.text(row, filled[0]), layouts)
    if _is_tail(grid, row, layouts) or (_is_section_title(grid, row) and not alone) or is_plan_row(grid, row):
        return True
    if header.block == "money" and head_label(grid.text(row, filled[0]), layouts) in ("total", "grade"):
        return True
    return header.block not in ("payments", "deviations", "outlooks") and _is_identity(grid, row, layouts)


def _is_fund_row(grid: Grid, header: Header, row: int, layouts: Layouts) -> bool:
    """A row of the money block has a label left of the amounts, or an amount."""
    amounts = [c for c in header.columns if c.role not in ("label", "reason", "rule")]
    first = min(c.left for c in amounts)
    places = [at for c in amounts if (at := grid.first_in(row, c.left, c.right))]
    held = bool(places)
    labelled = [c for c in grid.filled(row) if c < first]
    if held and labelled and all(_is_words(grid.text(row, at)) for at in places):
        return _names_funds(label_key(grid.text(row, labelled[-1])), layouts)
    if held or not labelled or len(labelled) < len(grid.filled(row)):
        return held
    return _names_funds(label_key(grid.text(row, labelled[-1])), layouts)


def _names_funds(label: str, layouts: Layouts) -> bool:
    """Is the label one of a row of funds, and not of how they are managed (资金管理情况)?"""
    if label.endswith(("情况", "管理")) and label not in layouts.words["fund_total"]:
        return False
    return label in layouts.words["fund_total"] or any(word in label for word in layouts.words["fund"])


def _is_words(text: str) -> bool:
    """No amount, no dash, nothing with a digit: 情况说明, 符合规定."""
    return bool(re.search(r"[\u4e00-\u9fff]", text)) and not re.search(r"\d", fold(text))


def _trim_titles(grid: Grid, rows: list[int], header: Header) -> list[int]:
    """Titles printed again above a repeated header are no rows of the block."""
    names = [c for c in header.columns if c.role in ("name", "target", "value", "actual", "weight", "score", "question")]
    kept = list(rows)
    while kept and _is_title(grid, kept[-1]) and not any(grid.first_in(kept[-1], c.left, c.right) for c in names):
        kept.pop()
    return kept


def _headers(grid: Grid, layouts: Layouts) -> tuple[list[Header], list[Unclear]]:
    found: list[Header] = []
    unclear: list[Unclear] = []
    within: Header | None = None  # the table of indicators whose rows go on
    row = 1
    while row <= grid.rows:
        if grid.is_blank(row):
            row += 1
            continue
        header = header_at(grid, row, layouts)
        if header and within and is_row_of(grid, header, within, layouts):
            header = None
        if header:
            found.append(header)
            within = header if header.block == "indicators" else None
            row = header.bottom
        else:
            if odd := unclear_at(grid, row, layouts):
                unclear.append(odd)
            if within and (_ends(grid, within, row, layouts) or is_total(grid, within, row, layouts)):
                within = None
        row += 1
    return found, unclear


def cut(grid: Grid, layouts: Layouts) -> list[Section]:
    """The sections of a sheet, one per form, in order; a sheet without any table is one section."""
    headers, unclear = _headers(grid, layouts)
    section = Section(grid, unclear=unclear)
    sections = [section]
    row = 1
    upcoming = iter([*headers, None])
    header = next(upcoming)
    while row <= grid.rows:
        if header and row == header.top:
            following = next(upcoming)
            end = following.top if following else grid.rows + 1
            rows, total, row = _body(grid, header, end, layouts)
            if following and row == end and following.block == header.block:
                rows = _trim_titles(grid, rows, header)
            section.blocks.append(Block(header, tuple(rows), total))
            header = following
            continue
        if not grid.is_blank(row):
            if section.of("indicators") and _is_identity(grid, row, layouts):
                section = _next_section(grid, section, row)
                sections.append(section)
            section.free.append(row)
        row += 1
    return sections


def _next_section(grid: Grid, section: Section, row: int) -> Section:
    """A new form begins; the titles right above its first line belong to it."""
    fresh = Section(grid)
    while section.free and section.free[-1] == row - 1 - len(fresh.free) and _is_title(grid, section.free[-1]):
        last = max((b.rows[-1] for b in section.blocks if b.rows), default=0)
        if section.free[-1] <= last:
            break
        fresh.free.insert(0, section.free.pop())
    return fresh
