"""Numbers with sign and unit: ≧100%, 004 >= 20次, 不少于12种, 95%以上, 200余人, 1亿元."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from jxreport.model.values import MoneyUnit, Op
from jxreport.number import parse_number
from jxreport.read.grid import GridCell
from jxreport.read.layouts import Layouts, fold

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+"
_UNIT = r"[^\d\s<>=≥≤,，;；。！!?？\"“”]{0,14}"
_POWERS = (("km2", "平方公里"), ("hm2", "公顷"), ("m2", "平方米"), ("m3", "立方米"))
_LIST_CODE = re.compile(r"^\d{3}(?=[<>=≥≤≧≦])")
_MONEY = re.compile(rf"^(?P<number>{_NUMBER})(?P<unit>亿元|万元|元|亿|万)?(?:整|人民币)?$")


class Near(Enum):
    """On which side of the printed number the true one lies."""

    OVER = "over"
    UNDER = "under"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what stands around it. Percentages are in percent units; `unit` is then %.

    `op` is None without a sign. `near` says that the true number is not the printed one: over (200余),
    under (近90%) or about (约50, 60%左右). `verb` is the action or change before it (新增, 下降).
    """

    value: Decimal
    unit: str = ""
    op: Op | None = None
    near: Near | None = None
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money as printed, with the unit in the cell (None: the form's unit holds)."""

    value: Decimal
    unit: MoneyUnit | None = None


class Words:
    """The word tables of values.toml, longest first, ready for matching."""

    def __init__(self, layouts: Layouts) -> None:
        data = layouts.values
        self.signs = _pairs(data["signs"])
        self.before = _pairs(data["before"])
        self.after = _pairs(data["after"])
        self.lead = _longest_first(data["words"]["lead"])
        self.near_before = [(word, Near.ABOUT) for word in _longest_first(data["words"]["about"])]
        self.near_before += [(word, Near.UNDER) for word in _longest_first(data["words"]["under"])]
        self.near_after = [(fold(word), Near.OVER) for word in data["words"]["after_over"]]
        self.near_after += [(fold(word), Near.ABOUT) for word in data["words"]["after_about"]]
        self.rising, self.falling = frozenset(data["words"]["rising"]), frozenset(data["words"]["falling"])
        self.verbs = _longest_first((*self.rising, *self.falling, *data["words"]["actions"]))
        self.tail = _longest_first(data["words"]["tail"])
        self.basis = _longest_first(data["words"]["basis"])
        self.percent = frozenset(fold(word) for word in data["units"]["percent"])
        self.permille = frozenset(fold(word) for word in data["units"]["permille"])


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted((fold(word) for word in words), key=len, reverse=True)


def _pairs(table: dict[str, list[str]]) -> list[tuple[str, Op]]:
    pairs = [(fold(word), Op(sign)) for sign, words in table.items() for word in words]
    return sorted(pairs, key=lambda pair: len(pair[0]), reverse=True)


_WORDS: dict[int, Words] = {}


def words_of(layouts: Layouts) -> Words:
    """The tables of `layouts`, prepared once."""
    found = _WORDS.get(id(layouts.values))
    if found is None:
        found = _WORDS[id(layouts.values)] = Words(layouts)
    return found


def read_sign(text: str, layouts: Layouts) -> Op | None:
    """The comparison in a sign cell: >=, 004 >=, ≧, ═, 大于等于; None for any other text."""
    body = _LIST_CODE.sub("", fold(text))
    words = words_of(layouts)
    for table in (words.signs, words.before, words.after):
        for word, op in table:
            if body == word:
                return op
    return None


def canonical_unit(text: str, layouts: Layouts) -> str:
    """The unit without spaces; every spelling of per cent is %."""
    body = fold(text)
    words = words_of(layouts)
    if body in words.percent:
        return "%"
    return "‰" if body in words.permille else body


@dataclass(frozen=True, slots=True)
class _Lead:
    """What stood before the number, and the rest of the text."""

    rest: str
    op: Op | None = None
    near: Near | None = None
    verb: str = ""


def _strip_lead(body: str, words: Words) -> _Lead:
    """Drop list codes, signs, worded comparisons, actions and approximations in front, word by word."""
    lead = _Lead(_LIST_CODE.sub("", body))
    while lead.rest and not re.match(_NUMBER, lead.rest):
        shorter = _strip_word(lead, words)
        if shorter is None:
            break
        lead = shorter
    return lead


def _strip_word(lead: _Lead, words: Words) -> _Lead | None:
    """`lead` without its first known word, None where it begins with none."""
    rest = lead.rest
    for word, sign in (*words.signs, *words.before) if lead.op is None else ():
        if rest.startswith(word):
            return replace(lead, rest=rest[len(word) :], op=sign)
    for word, near in words.near_before if lead.near is None else ():
        if rest.startswith(word):
            return replace(lead, rest=rest[len(word) :], near=near)
    for word in words.verbs if not lead.verb else ():
        if rest.startswith(word):
            return replace(lead, rest=rest[len(word) :], verb=word)
    for word in (*words.lead, *words.basis):
        if rest.startswith(word) and len(rest) > len(word):
            return replace(lead, rest=rest[len(word) :])
    return None


def _strip_tail(unit: str, words: Words) -> tuple[str, Op | None, Near | None]:
    """Take 以上, 以内, 余, 左右 off the unit; (unit, sign, side of the true number)."""
    op: Op | None = None
    done = next((word for word in words.tail if unit.endswith(word)), "")
    unit = unit.removesuffix(done) or unit
    for word, sign in words.after:
        if unit.endswith(word):
            unit, op = unit[: -len(word)], sign
            break
    for word, near in words.near_after:
        if unit.startswith(word) or unit.endswith(word):
            return unit.removeprefix(word).removesuffix(word), op, near
    return unit, op, None


def read_amount(text: str, layouts: Layouts) -> Amount | None:
    """The amount that the whole text is, None for anything else.

    A multiplier stays in the unit (1亿元 → 1, 亿元): numbers are kept as printed.
    """
    words = words_of(layouts)
    body = fold(text).rstrip("。;,")
    for power, unit in _POWERS:  # NFKC makes m2 of ㎡: the digit is no number
        body = re.sub(rf"(?<![A-Za-z]){power}(?!\d)", unit, body)
    lead = _strip_lead(body, words)
    match = re.fullmatch(rf"(?P<number>{_NUMBER})(?P<unit>{_UNIT})", lead.rest)
    if not match:
        return None
    value = parse_number(match["number"] if match["number"][0] != "." else f"0{match['number']}")
    if value is None:
        return None
    unit, after, near = _strip_tail(match["unit"], words)
    if re.match("年[^年内以]", unit) and 1990 <= value <= 2100:
        return None  # 2022年三季度 is a time, not 2022 of something
    if (lead.op and after and lead.op is not after) or (lead.near and near and lead.near is not near):
        return None
    return Amount(value, canonical_unit(unit, layouts), lead.op or after, lead.near or near, lead.verb)


def number_as_shown(cell: GridCell, layouts: Layouts) -> Amount:
    """The stored number with the sign and the unit that its number format prints: 10 shown as ≥10件.

    The format may also scale (1200000 shown as 120.0万元): then what is shown is what was meant.
    """
    stored = cell.number if cell.number is not None else Decimal(0)
    shown = read_amount(cell.shown, layouts)
    if shown is None:
        return Amount(stored, "%" if cell.percent else "")
    rounding = Decimal(1).scaleb(int(shown.value.as_tuple().exponent))
    value = stored if abs(shown.value - stored) <= rounding else shown.value
    return Amount(value, shown.unit, shown.op)


def read_number(cell: GridCell) -> Decimal | None:
    """A plain number of a number column; percentages in percent units. None where it is none."""
    if cell.number is not None:
        return cell.number
    text = fold(cell.shown)
    return parse_number(text.removesuffix("%").removesuffix("分"))


def read_money(cell: GridCell) -> Money | None:
    """An amount of money as printed: 38.75万元, ￥1,200.00, 150万. None where it is none."""
    match = _MONEY.match(re.sub(r"^[¥￥]", "", fold(cell.shown)))
    printed = (match["unit"] or "") if match else ""
    unit = {"亿": "亿元", "万": "万元"}.get(printed, printed)
    value = cell.number if cell.number is not None and not cell.percent else None
    if value is None and match:
        value = parse_number(match["number"])
    return None if value is None else Money(value, MoneyUnit(unit) if unit else None)
