"""指标值 and 实际完成值: from one cell, or from sign, value and unit in three."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from jxreport.finding import Source
from jxreport.model.values import Actual, Op, Target
from jxreport.read.grid import EMPTY, GridCell
from jxreport.read.layouts import Layouts, fold, label_key
from jxreport.read.values.amount import Amount, canonical_unit, number_as_shown, read_amount, read_sign
from jxreport.read.values.dates import read_date
from jxreport.read.values.direction import About, infer

_NAMED_UNIT = re.compile(r"[(（]([^()（）\d]{1,8})[)）]$")
_NAMED_SIGN = re.compile(r"([≥≤<>＜＞]=?)\*{1,3}([^\s()（）*]{0,10})")


@dataclass(frozen=True, slots=True)
class Heading:
    """The cells of one target: `sign` and `unit` are empty where one cell holds all."""

    value: GridCell
    sign: GridCell = EMPTY
    unit: GridCell = EMPTY
    kind: GridCell = EMPTY
    split: bool = False


def _word(cell: GridCell, group: str, layouts: Layouts) -> bool:
    return fold(cell.shown) in {fold(word) for word in layouts.values["words"][group]}


def shown_target(cells: Heading) -> str:
    """The target as printed: sign, value and unit in one text."""
    if not cells.split:
        return cells.value.shown
    return "".join(part.text if part is cells.unit else part.shown for part in (cells.sign, cells.value, cells.unit)).strip()


def _amount(cells: Heading, layouts: Layouts) -> Amount | None:
    """The number of the value cell, with the unit column's unit where the cell has none."""
    cell = cells.value
    amount: Amount | None
    if isinstance(cell.value, Decimal) and not cell.shown.startswith("="):
        amount = number_as_shown(cell, layouts)
    else:
        amount = read_amount(cell.shown, layouts)
    if amount is None:
        return None
    unit = _printed_unit(cells.unit, layouts)
    if not unit or amount.unit not in ("", "万", "亿", fold(unit)):
        return amount
    if amount.unit and not fold(unit).startswith(amount.unit):
        unit = amount.unit + unit  # 1亿 | 元
    return Amount(amount.value, unit, amount.op, amount.approximate)


def _printed_unit(cell: GridCell, layouts: Layouts) -> str:
    """The unit in its usual spelling; stray spaces stay, so that the check of spelling sees them."""
    return cell.text if re.search(r"\s", cell.text) and cell.shown else canonical_unit(cell.text, layouts)


def _named(about: About, layouts: Layouts) -> tuple[Op | None, str]:
    """Sign and unit written inside the indicator's name: 保存率(≥**%), 培训人数(人)."""
    sign = _NAMED_SIGN.search(fold(about.name))
    if sign:
        return read_sign(sign[1], layouts), canonical_unit(sign[2], layouts)
    unit = _NAMED_UNIT.search(fold(about.name))
    return None, canonical_unit(unit[1], layouts) if unit and _is_unit(unit[1]) else ""


def _is_unit(text: str) -> bool:
    return bool(re.fullmatch(r"%|‰|万?元|亿元|[个人次户项件台套份吨亩米家名篇场期种条座处辆株]|人次|公里|平方米|万人|小时|天|公顷", text))


def read_target(cells: Heading, about: About, year: int | None, layouts: Layouts, source: Source) -> Target:
    """The target of one row. Never guesses: what is no number and no date is 定性, nothing stays empty."""
    text = shown_target(cells)
    if not fold(cells.value.shown) and not _word(cells.sign, "qualitative", layouts):
        return Target(text=text, unit=canonical_unit(cells.unit.shown, layouts), source=source)
    printed = read_sign(cells.sign.shown, layouts) if cells.split else None
    if _word(cells.sign, "qualitative", layouts):
        return Target(text=text, op=Op.QUALITATIVE, words=cells.value.shown, source=source)
    date = read_date(cells.value, year)
    if date:
        return Target(text=text, op=Op.LE, date=date, op_inferred=printed is None, source=source)
    amount = _amount(cells, layouts)
    if amount is None:
        return Target(text=text, op=Op.QUALITATIVE, words=cells.value.shown if cells.split else "", source=source)
    op = printed or amount.op
    named_op, named_unit = _named(about, layouts)
    unit = amount.unit or named_unit
    if op is None and named_op is None and not cells.split:
        op = _worded_direction(cells.kind, layouts)
    inferred = op is None
    return Target(
        text=text,
        op=op or named_op or infer(about, amount.value, unit, layouts),
        value=amount.value,
        unit=unit,
        op_inferred=inferred,
        source=source,
    )


def _worded_direction(kind: GridCell, layouts: Layouts) -> Op | None:
    key = label_key(kind.shown)
    words = layouts.values["words"]
    if key in words["reverse"]:
        return Op.LE
    return Op.GE if key in words["forward"] else None


def read_actual(cell: GridCell, target: Target, year: int | None, layouts: Layouts, source: Source) -> Actual:
    """The actual of one row. The value of ≥266米 or 15%及其以下 is the bound itself."""
    text = cell.shown
    if _word(cell, "elsewhere", layouts):
        return Actual(source=source)
    if isinstance(cell.value, Decimal) and not cell.shown.startswith("=") and not target.date:
        number = number_as_shown(cell, layouts)
        return Actual(text=text, value=number.value, unit=number.unit, source=source)
    date = read_date(cell, year)
    if date:
        return Actual(text=text, date=date, source=source)
    amount = read_amount(text, layouts)
    if amount is None or target.date:
        return Actual(text=text, source=source)
    unit = amount.unit
    if unit in ("万", "亿"):  # 24亿 against a target in 元 or 亿元
        unit = unit + re.sub(r"^[万亿]", "", target.unit)
    return Actual(text=text, value=amount.value, unit=unit, source=source)
