"""Units of measure: the usual spelling, and whether two numbers may be compared.

The table is short on purpose: a unit that is not in it compares only with itself. What clashes is told
to the user, never guessed away.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

# Units that measure the same thing, each with its factor to the first of its line.
_FAMILIES: tuple[dict[str, str], ...] = (
    {"万元": "1", "元": "0.0001", "亿元": "10000", "千元": "0.1", "百万元": "100"},
    {"%": "1", "‰": "0.1"},
    {"公里": "1", "千米": "1", "km": "1", "米": "0.001", "m": "0.001"},
    {"平方米": "1", "m2": "1", "平米": "1", "万平方米": "10000"},
    {"吨": "1", "t": "1", "公斤": "0.001", "千克": "0.001", "kg": "0.001"},
    {"人": "1", "名": "1", "万人": "10000"},
    {"人次": "1", "万人次": "10000"},
    {"次": "1", "万次": "10000"},
    {"天": "1", "日": "1"},
    {"月": "1", "个月": "1"},
)

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
_SEPARATORS = re.compile(r"[*·、.．]|每")


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

    A missing unit on either side is taken as the other's.

    >>> factor_between("元", "万元"), factor_between("件", "万元")
    (Decimal('0.0001'), None)
    """
    here, there = fold_unit(actual), fold_unit(target)
    if not here or not there or here == there:
        return Decimal(1)
    for family in _FAMILIES:
        if here in family and there in family:
            return Decimal(family[here]) / Decimal(family[there])
    return None
