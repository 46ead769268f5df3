"""Numbers with sign and unit: ≧100%, 004 >= 20次, 不少于12种, 95%以上, 200余人, 1亿元."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from jxreport.model.values import MoneyUnit, Op
from jxreport.number import parse_number
from jxreport.read.grid import GridCell
from jxreport.read.layouts import Layouts, fold

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+"
_UNIT = r"[^\d\s<>=≥≤,，;；。！!?？\"“”]{0,14}"
_LIST_CODE = re.compile(r"^\d{3}(?=[<>=≥≤≧≦])")
_MONEY = re.compile(rf"^(?P<number>{_NUMBER})(?P<unit>亿元|万元|元|亿|万)?(?:整|人民币)?$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what stands around it. Percentages are in percent units; `unit` is then %.

    `op` is None without a sign. `approximate` marks 200余, 约50.
    """

    value: Decimal
    unit: str = ""
    op: Op | None = None
    approximate: bool = False


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
        self.lead = sorted((fold(word) for word in data["words"]["lead"]), key=len, reverse=True)
        self.approximate = [fold(word) for word in data["words"]["approximate"]]
        self.percent = frozenset(fold(word) for word in data["units"]["percent"])
        self.permille = frozenset(fold(word) for word in data["units"]["permille"])


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


def _strip_lead(body: str, words: Words) -> tuple[str, Op | None, bool]:
    """Drop list codes, signs and worded comparisons in front; (rest, sign, approximate)."""
    op: Op | None = None
    approximate = False
    body = _LIST_CODE.sub("", body)
    changed = True
    while changed and body and not re.match(_NUMBER, body):
        changed = False
        for table in (words.signs, words.before):
            for word, sign in table:
                if op is None and body.startswith(word):
                    body, op, changed = body[len(word) :], sign, True
                    break
            if changed:
                break
        if not changed:
            for word in words.lead:
                if body.startswith(word) and len(body) > len(word):
                    approximate = approximate or word in ("约", "大约", "近", "约为")
                    body, changed = body[len(word) :], True
                    break
    return body, op, approximate


def _strip_tail(unit: str, words: Words) -> tuple[str, Op | None, bool]:
    """Take 以上, 以内, 余, 左右 off the unit; (unit, sign, approximate)."""
    op: Op | None = None
    approximate = False
    for word, sign in words.after:
        if unit.endswith(word):
            unit, op = unit[: -len(word)], sign
            break
    for word in words.approximate:
        if unit.startswith(word) or unit.endswith(word):
            unit, approximate = unit.removeprefix(word).removesuffix(word), True
            break
    return unit, op, approximate


def read_amount(text: str, layouts: Layouts) -> Amount | None:
    """The amount that the whole text is, None for anything else.

    A multiplier stays in the unit (1亿元 → 1, 亿元): numbers are kept as printed.
    """
    words = words_of(layouts)
    body, op, near = _strip_lead(fold(text), words)
    match = re.fullmatch(rf"(?P<number>{_NUMBER})(?P<unit>{_UNIT})", body)
    if not match:
        return None
    value = parse_number(match["number"] if match["number"][0] != "." else f"0{match['number']}")
    if value is None:
        return None
    unit, after, about = _strip_tail(match["unit"], words)
    if op is None or after is None or op is after:
        return Amount(value, canonical_unit(unit, layouts), op or after, near or about)
    return None


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
