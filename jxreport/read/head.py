"""The head of a form: labels and their values, titles, the year."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jxreport.finding import NOWHERE, Source
from jxreport.model.values import Sourced
from jxreport.read.layouts import Layouts, fold, label_key
from jxreport.read.sections import Section, head_label, is_word

_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_ONLY_YEAR = re.compile(r"[(（]?(?:19|20)\d{2}年度?[)）]?(?:$|(?=(?:金额)?单位|填报|制表))")
_CODE_PREFIX = re.compile(r"^(?:[\[【(（]\d+[\]】)）]|\d{3,}[-—_ ])")
_MONEY_WORDS = ("万元", "元", "亿元")


@dataclass(slots=True)
class Head:
    """Fields of the head by name, titles in order, the year where one is printed."""

    fields: dict[str, Sourced[str]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    year: int | None = None
    year_source: Source = NOWHERE
    money_unit: str = ""

    def text(self, name: str) -> str:
        found = self.fields.get(name)
        return found.text if found else ""

    @property
    def named(self) -> Sourced[str] | None:
        """Whose form it is: the unit named, else the implementing unit, else the department above."""
        for name in ("unit", "implementer", "supervisor"):
            if self.text(name):
                return self.fields[name]
        return None

    @property
    def unit(self) -> str:
        return bare_unit(self.named.text) if self.named else ""


def bare_unit(text: str) -> str:
    """A unit's name without the code some systems print before it: [155]濉溪县民政局."""
    return _CODE_PREFIX.sub("", text.strip()).strip()


def year_in(text: str) -> int | None:
    """The year a text names (2024年度), None where it names none."""
    match = _YEAR.search(fold(text))
    return int(match[1]) if match else None


def _pairs(section: Section, row: int, layouts: Layouts) -> list[tuple[str, str, Source]]:
    """(field, value, place) for the labels of one row; the value follows in the cell or to the right."""
    grid = section.grid
    found: list[tuple[str, str, Source]] = []
    filled = grid.filled(row)
    for index, column in enumerate(filled):
        text = grid.text(row, column)
        name = head_label(text, layouts)
        if not name:
            continue
        inside = _inside(text, layouts)
        if inside:
            found.extend((field, value, grid.source(row, column)) for field, value in inside)
            continue
        following = filled[index + 1] if index + 1 < len(filled) else None
        value = grid.text(row, following) if following else ""
        heads = is_heading_word(value, layouts) and name != "grade"  # 优 heads a column of tiers too
        if following and not head_label(value, layouts) and not heads:
            found.append((name, value, grid.source(row, following)))
    return found


def is_heading_word(text: str, layouts: Layouts) -> bool:
    """任务名称 | 完成情况: what follows a label is its value, unless it heads a column itself."""
    key = label_key(text)
    return any(key in layouts.headings[block] for block in ("indicators", "money", "goals"))


def _inside(text: str, layouts: Layouts) -> list[tuple[str, str]]:
    """(field, value) pairs that one cell holds after colons: 填报人：王某　联系电话：…"""
    found: list[tuple[str, list[str]]] = []
    for part in text.replace("：", ":").split():
        label, colon, after = part.partition(":")
        name = head_label(label, layouts) if colon else ""
        if name or (colon and is_word(part, "tail", layouts)):
            found.append((name, [after] if after else []))
        elif found:
            found[-1][1].append(part)
    if len(found) < 2:
        label, colon, after = text.replace("：", ":").partition(":")
        return [(head_label(label, layouts), after.strip())] if colon and after.strip() else []
    return [(name, " ".join(values)) for name, values in found if name and values]


def read_head(section: Section, layouts: Layouts) -> Head:
    """Read the free rows of a section. The first value of a field holds."""
    head = Head()
    places: list[Source] = []
    first = section.blocks[0].header.top if section.blocks else 10**9
    for row in section.free:
        pairs = _pairs(section, row, layouts)
        for name, value, source in pairs:
            _take(head, name, value, source)
        filled = section.grid.filled(row)
        for column in filled if pairs and row < first else ():
            text = section.grid.text(row, column)
            _take_year(head, year_in(text) if _ONLY_YEAR.match(fold(text)) else None, section.grid.source(row, column))
        if row < first and not pairs and len(filled) <= 2:
            head.titles.extend(section.grid.text(row, column) for column in filled)
            places.extend(section.grid.source(row, column) for column in filled)
    for text, place in zip(head.titles, places, strict=True):
        if len(text) <= 60:
            _take_year(head, year_in(text), place)
        unit = re.search(r"(?:金额)?单位[:：](亿元|万元|元)", fold(text))
        head.money_unit = head.money_unit or (unit[1] if unit else "")
    return head


def _take(head: Head, name: str, value: str, source: Source) -> None:
    """One labelled value of the head."""
    money = re.match(r"(?:人民币)?(亿元|万元|元)(?:$|[、,/])", fold(value))
    if name in ("unit", "money_unit") and money:
        head.money_unit = head.money_unit or money[1]
    elif name == "year":
        _take_year(head, year_in(value) or year_in(f"{value}年"), source)
    else:
        head.fields.setdefault(name, Sourced(value=value, text=value, source=source))


def _take_year(head: Head, year: int | None, source: Source) -> None:
    if head.year is None and year is not None:
        head.year, head.year_source = year, source
