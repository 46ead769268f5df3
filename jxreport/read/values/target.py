"""指标值 and 实际完成值: from one cell, or from sign, value and unit in three."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from jxreport.checks.units import ratio_between
from jxreport.finding import Source
from jxreport.model.values import Actual, Op, Target
from jxreport.read.grid import EMPTY, GridCell
from jxreport.read.layouts import Layouts, fold, label_key
from jxreport.read.values.amount import (
    Amount,
    Near,
    canonical_unit,
    number_as_shown,
    read_amount,
    read_sign,
    words_of,
)
from jxreport.read.values.dates import read_date
from jxreport.read.values.direction import About, infer

_SIGNED = re.compile(r"[<>=≥≤≧≦]")
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
    if _SIGNED.match(fold(cells.value.shown)) and re.search(r"[向性]", cells.sign.shown):
        return "".join((cells.value.shown, cells.unit.text)).strip()  # 正向 | ≥8座: the sign says more
    return "".join(part.text if part is cells.unit else part.shown for part in (cells.sign, cells.value, cells.unit)).strip()


def _amount(cells: Heading, name: str, layouts: Layouts) -> Amount | None:
    """The number of the value cell, with the unit column's unit where the cell has none."""
    cell = cells.value
    amount: Amount | None
    if isinstance(cell.value, Decimal) and not cell.shown.startswith("="):
        amount = number_as_shown(cell, layouts)
    else:
        amount = read_amount(cell.shown, layouts) or read_amount(without_name(cell.shown, name), layouts)
    if amount is None:
        return None
    unit = _printed_unit(cells.unit, layouts)
    if not unit or amount.unit not in ("", "万", "亿", fold(unit)):
        return amount
    if amount.unit and not fold(unit).startswith(amount.unit):
        unit = amount.unit + unit  # 1亿 | 元
    return replace(amount, unit=unit)


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
    date = "" if _is_duration(about, layouts) else read_date(cells.value, year) or _split_date(cells, about, year)
    if date:
        return Target(text=text, op=Op.LE, date=date, op_inferred=printed is None, source=source)
    amount = _amount(cells, about.name, layouts)
    if amount is None or not _is_definite(amount, printed, about, layouts):
        return Target(text=text, op=Op.QUALITATIVE, words=cells.value.shown if cells.split else "", source=source)
    named_op, named_unit = _named(about, layouts)
    unit = amount.unit or named_unit
    sign = printed or amount.op
    if sign is None and named_op is None:
        sign = _worded_direction(cells.sign if cells.split else cells.kind, layouts)
    fall = Op.GE if amount.verb in words_of(layouts).falling else None  # 下降5% is reached by falling so far
    return Target(
        text=text,
        op=sign or named_op or fall or infer(about, amount.value, unit, layouts),
        value=amount.value,
        unit=unit,
        op_inferred=sign is None,
        source=source,
    )


def _is_duration(about: About, layouts: Layouts) -> bool:
    """建设工期 ≤12月: months that something takes, no month of the calendar."""
    return any(word in fold(about.name) for word in layouts.direction["duration"]["names"])


def _split_date(cells: Heading, about: About, year: int | None) -> str | None:
    """A year or a month split over two cells: ≤ | 12 | 月, = | 2022 | 年."""
    unit, number = fold(cells.unit.shown), cells.value.number
    text = fold(cells.value.shown)
    if not cells.split or number is None and not text.isdigit():
        return None
    number = number if number is not None else Decimal(text)
    is_year = unit in ("年", "年底", "年末") and 1990 <= number <= 2100
    is_month = unit in ("月", "月份", "月底", "月末") and 1 <= number <= 12 and _is_moment(about)
    if number != number.to_integral_value() or not (is_year or is_month):
        return None
    return read_date(GridCell(text=f"{int(number)}{unit}"), year)


def _is_moment(about: About) -> bool:
    """Is the row about when something is done?"""
    return bool(re.search(r"时间|时限|期限|时点|日期|及时|完成|开工|竣工|完工", fold(about.name))) or "时效" in about.level2


def _is_definite(amount: Amount, printed: Op | None, about: About, layouts: Layouts) -> bool:
    """Does the number say what is to be reached? 15%左右 does not, nor does a rise of what should be low
    (经费 增长3%): a limit or an aim, only a sign could tell."""
    if amount.near in (Near.ABOUT, Near.UNDER):
        return False
    if printed or amount.op or amount.verb not in words_of(layouts).rising:
        return True
    return infer(about, amount.value, amount.unit, layouts) is not Op.LE


def _worded_direction(kind: GridCell, layouts: Layouts) -> Op | None:
    key = label_key(kind.shown)
    words = layouts.values["words"]
    if key in words["reverse"]:
        return Op.LE
    return Op.GE if key in words["forward"] else None


def without_name(text: str, name: str) -> str:
    """The text without words of the indicator's own name before the number: 合格率98% → 98%.

    >>> without_name("合格率达98%", "工程验收合格率"), without_name("不合格率2%", "合格率")
    ('达98%', '不合格率2%')
    """
    body = fold(text)
    before = re.match(r"[^\d<>=≥≤+.-]*", body)
    longest = len(before[0]) if before else 0
    own = fold(name)
    length = next((n for n in range(longest, 1, -1) if body[:n] in own), 0)
    return body[length:].lstrip(":：为")


def read_actual(
    cell: GridCell, target: Target, year: int | None, layouts: Layouts, source: Source, name: str = ""
) -> Actual:
    """The actual of one row. The value of ≥266米 or 15%及其以下 is the bound itself."""
    text = cell.shown
    if _word(cell, "elsewhere", layouts):
        return Actual(source=source)
    moment = _bare_moment(cell, target, year)
    if moment:
        return Actual(text=text, date=moment, source=source)
    if isinstance(cell.value, Decimal) and not cell.shown.startswith("=") and not target.date:
        number = number_as_shown(cell, layouts)
        return Actual(text=text, value=number.value, unit=number.unit, source=source)
    amount = read_amount(text, layouts)
    if amount is None or not _comparable(amount, target, layouts):
        amount = read_amount(without_name(text, name), layouts) or amount
    same_unit = amount is not None and target.value is not None and amount.unit == target.unit != ""
    date = None if same_unit else read_date(cell, year)
    if date:
        return Actual(text=text, date=date, source=source)
    if amount is None or target.date or not _comparable(amount, target, layouts):
        return Actual(text=text, source=source)
    unit = amount.unit
    if unit in ("万", "亿"):  # 24亿 against a target in 元 or 亿元
        unit = unit + re.sub(r"^[万亿]", "", target.unit)
    return Actual(text=text, value=amount.value, unit=unit, source=source)


def _bare_moment(cell: GridCell, target: Target, year: int | None) -> str | None:
    """A bare 11 against ≤ | 12 | 月, a bare 2022 against = | 2022 | 年."""
    unit = re.search(r"\d(年|月)(?:底|末|份)?$", fold(target.text))
    text = fold(cell.shown)
    if not target.date or unit is None or not text.isdigit() or not int(text):
        return None
    fits = 1990 <= int(text) <= 2100 if unit[1] == "年" else int(text) <= 12
    return read_date(GridCell(text=f"{text}{unit[1]}"), year) if fits else None


_UPWARD, _DOWNWARD = (Op.GE, Op.GT), (Op.LE, Op.LT)


def _comparable(amount: Amount, target: Target, layouts: Layouts) -> bool:
    """Can the printed number be compared as if it were the true one?

    It says another action or change than the target (下降 for 增长), a bound on the wrong side (≤90% for a
    target of ≥90%), a bound short of the target, or only a number near to the true one: the true one decides.
    """
    words = words_of(layouts)
    wanted = read_amount(target.text, layouts)
    verb = wanted.verb if wanted else ""
    changes = words.rising | words.falling
    if amount.verb != verb and (amount.verb in changes or verb in words.falling or (amount.verb and verb)):
        return False
    if target.value is None:
        return amount.near is None
    upward = target.op not in _DOWNWARD and not (target.op is Op.EQ and target.value == 0)
    if amount.op in (_DOWNWARD if upward else _UPWARD):
        return False
    ratio = ratio_between(amount.unit, target.unit)
    if ratio is None or (amount.near is None and amount.op in (None, Op.EQ)):
        return amount.near is None
    reached = amount.value * ratio.numerator / ratio.denominator
    met = reached >= target.value if upward else reached <= target.value
    return met and amount.near in (None, Near.OVER if upward else Near.UNDER)
