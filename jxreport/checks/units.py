"""Units of measure: the usual spelling, and whether two numbers may be compared.

The table is short on purpose: a unit that is not in it compares only with itself. What clashes is told
to the user, never guessed away.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from jxreport.model.submission import Indicator

# Units that measure the same thing, each with its factor to a common base. Multipliers (万, 亿 …) may stand
# before any unit and are read apart.
_FAMILIES: tuple[dict[str, str], ...] = (
    {"元": "1", "千元": "1000"},
    {"%": "10", "‰": "1"},
    {"公里": "1000", "千米": "1000", "km": "1000", "里": "500", "米": "1", "m": "1", "延米": "1",
     "厘米": "0.01", "cm": "0.01", "毫米": "0.001", "mm": "0.001"},
    # A third of a square metre, so that 亩 (10000/15 平方米) is a whole number too.
    {"平方公里": "3000000", "平方千米": "3000000", "km2": "3000000", "公顷": "30000", "hm2": "30000", "亩": "2000",
     "平方米": "3", "平米": "3", "m2": "3"},
    {"立方米": "1", "立方": "1", "m3": "1", "升": "0.001", "l": "0.001"},
    {"吨": "1000", "t": "1000", "公斤": "1", "千克": "1", "kg": "1", "斤": "0.5", "克": "0.001", "g": "0.001"},
    {"年": "12", "季度": "3", "月": "1", "个月": "1"},
    {"周": "604800", "天": "86400", "日": "86400", "小时": "3600", "h": "3600", "分钟": "60", "min": "60", "秒": "1", "s": "1"},
    {"tb": "1048576", "t": "1048576", "gb": "1024", "g": "1024", "mb": "1", "m": "1"},
    {"千瓦时": "1", "kwh": "1", "度": "1"},
    {"人": "1", "名": "1", "位": "1"},
    {"次": "1", "次数": "1"},
    {"场": "1", "场次": "1"},
    {"批": "1", "批次": "1"},
    {"期": "1", "期次": "1"},
    {"工作日": "1", "个工作日": "1"},
    {"工作时": "1", "个工作时": "1"},
)  # fmt: skip
_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_NOTHING = frozenset("/-—")

# Spellings that mean another one: forms print the explanation of a unit in place of the unit.
_ALIASES = {
    "百分比": "%",
    "百分号": "%",
    "%百分比": "%",
    "百分之": "%",
    "千分比": "‰",
}
# A name of what is counted, put where the unit belongs.
_COUNTED = {
    "件数": "件",
    "人数": "人",
    "次数": "次",
    "天数": "天",
    "户数": "户",
    "个数": "个",
    "份数": "份",
    "人次数": "人次",
}
_BRACKETS = re.compile(r"[()（）\[\]【】]")
_SEPARATORS = re.compile(r"(?:[*·、.．/]|每)+")


def fold_unit(unit: str) -> str:
    """The usual spelling of a unit: `%(百分比)` → %, 件数 → 件, 元/人*月 → 元/人/月.

    >>> fold_unit(" %(百分比)"), fold_unit("件数"), fold_unit("元/人、天")
    ('%', '件', '元/人/天')
    """
    text = _BRACKETS.sub("", unicodedata.normalize("NFKC", unit).replace(" ", "").strip()).lower()
    return (_ALIASES | _COUNTED).get(text, _SEPARATORS.sub("/", text))


def is_usual(unit: str) -> bool:
    """Is the unit printed the way it should be: no stray spaces, no 件数 for 件?

    >>> is_usual("%(百分比)"), is_usual(" %"), is_usual("件数")
    (True, False, False)
    """
    return not re.search(r"\s", unit) and unit not in _COUNTED


def factor_between(actual: str, target: str) -> Decimal | None:
    """What to multiply the actual with to bring it to the target's unit; None where they do not compare.

    A missing unit on either side is taken as the other's. Compound units (元/人/月) compare part by part.

    >>> factor_between("元", "万元"), factor_between("件", "万元"), factor_between("元/平方米", "万元/m2")
    (Decimal('0.0001'), None, Decimal('0.0001'))
    """
    ratio = ratio_between(actual, target)
    return None if ratio is None else Decimal(ratio.numerator) / Decimal(ratio.denominator)


def ratio_between(actual: str, target: str) -> Fraction | None:
    """The same, exact: an amount times the numerator, then divided by the denominator, loses nothing."""
    here, there = fold_unit(actual), fold_unit(target)
    if not set(here) - _NOTHING or not set(there) - _NOTHING or here == there:
        return Fraction(1)
    mine, theirs = here.split("/"), there.split("/")
    if len(mine) != len(theirs):
        return None
    factor = _simple(mine[0], theirs[0])
    left = theirs[1:]
    for part in mine[1:]:  # 元/月/人 is 元/人/月
        fits = [(other, ratio) for other in left if (ratio := _simple(part, other)) is not None]
        if not fits or factor is None:
            return None
        other, ratio = fits[0]
        left.remove(other)
        factor /= ratio
    return factor


def converted(value: Decimal, actual: str, target: str) -> Decimal | None:
    """`value` of the unit `actual` in the unit `target`; None where the two do not compare.

    >>> converted(Decimal(15), "亩", "公顷"), converted(Decimal(8120000), "尾", "万尾")
    (Decimal('1'), Decimal('812'))
    """
    ratio = ratio_between(actual, target)
    if ratio is None:
        return None
    return value * ratio.numerator / ratio.denominator


def in_target_unit(indicator: Indicator) -> Decimal | None:
    """The actual in the unit of the target; None where it is no number or the units do not compare.

    Nothing is nothing in any unit: 0件 is 0起.
    """
    target, actual = indicator.target, indicator.actual
    if actual is None or actual.value is None:
        return None
    if actual.value == 0 and target.value == 0:
        return actual.value
    return converted(actual.value, actual.unit, target.unit)


def size_unclear(indicator: Indicator) -> bool:
    """A bare 8120000 against 800万尾, or a bare 850000 against 90万元: of which unit it is decides everything.

    True where the bare number is about as many times the other as the unit's multiplier says.
    """
    target, actual = indicator.target, indicator.actual
    if actual is None or not actual.value or not target.value or bool(actual.unit) == bool(target.unit):
        return False
    times = multiplier(actual.unit or target.unit)
    bare, counted = (target.value, actual.value) if actual.unit else (actual.value, target.value)
    return times >= 1000 and bare / counted * 10 >= times


def multiplier(unit: str) -> int:
    """The multiplier that a unit begins with: 万尾 → 10000, 亿元 → 100000000, 千米 → 1."""
    return _split_multiplier(fold_unit(unit))[0]


def _split_multiplier(unit: str) -> tuple[int, str]:
    if any(unit in family for family in _FAMILIES):
        return 1, unit
    found = max((word for word in _MULTIPLIERS if unit.startswith(word)), key=len, default="")
    return (_MULTIPLIERS[found], unit[len(found) :]) if found else (1, unit)


def _simple(here: str, there: str) -> Fraction | None:
    """The factor between two units without a stroke."""
    (times, mine), (per, theirs) = _split_multiplier(here), _split_multiplier(there)
    mine, theirs = _COUNTED.get(mine, mine), _COUNTED.get(theirs, theirs)
    if mine == theirs:
        return Fraction(times, per)
    for family in _FAMILIES:
        if mine in family and theirs in family:
            return Fraction(family[mine]) / Fraction(family[theirs]) * times / per
    return None
