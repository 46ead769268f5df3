"""Words of the report: numbers as prose prints them, lists that read well with 1 and with 30 entries.

Units and rounding follow NORMS 6: amounts in 万元 and rates with two decimals, differences of rates in
百分点, scores with two decimals. Nothing here decides anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from jxreport.number import fixed, half_up, plain

MISSING = "〔未填写〕"
PENDING = "待确认"
NOTHING = "—"

_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_REFERENCE = re.compile("\x02([^\x1f]*)\x1f([^\x03]*)\x03")
_DIGITS = "零一二三四五六七八九"


def money(amount: Decimal | None) -> str:
    """An amount in prose: 2519.00万元."""
    return f"{fixed(amount)}万元" if amount is not None else MISSING


def percent(rate: Decimal | None) -> str:
    """A rate in prose: 98.47%. The value is in percent units."""
    return f"{fixed(rate)}%" if rate is not None else NOTHING


def marks(score: Decimal | None) -> str:
    """A score in prose: 9.85分."""
    return f"{fixed(score)}分" if score is not None else PENDING


def full_marks(weight: Decimal | None) -> str:
    """A maximum of points: whole numbers stay whole (10分, 22.5分)."""
    return f"{plain(weight)}分" if weight is not None else PENDING


def points(difference: Decimal) -> str:
    """The size of a difference of rates: 1.53个百分点."""
    return f"{fixed(abs(difference))}个百分点"


def is_zero(number: Decimal) -> bool:
    """Zero as printed: what rounds to 0.00 must not be called a difference."""
    return half_up(number) == 0


def compared(difference: Decimal, yardstick: str) -> str:
    """How a rate stands to its yardstick: 与计划进度一致, 高于计划进度3.20个百分点."""
    if is_zero(difference):
        return f"与{yardstick}一致"
    return f"{'高于' if difference > 0 else '低于'}{yardstick}{points(difference)}"


def listed(items: Sequence[str], *, limit: int = 6, measure: str = "项") -> str:
    """Join names: 甲; 甲和乙; 甲、乙和丙; beyond `limit` 甲、乙、丙等30项
    (等 alone where `measure` is empty, because the number has just been said).

    >>> listed(["甲", "乙", "丙"]), listed(list("甲乙丙丁"), limit=2)
    ('甲、乙和丙', '甲、乙等4项')
    """
    if len(items) > limit:
        return f"{'、'.join(items[:limit])}等{f'{len(items)}{measure}' if measure else ''}"
    if len(items) < 2:
        return "".join(items)
    return f"{'、'.join(items[:-1])}和{items[-1]}"


def ems(text: str) -> float:
    """Width in full-width characters: ASCII counts half."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def numeral(number: int) -> str:
    """A Chinese numeral for headings, 1–99: 一, 十, 十二, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def ordinal(level: int, number: int) -> str:
    """层次序数 of GB/T 9704: 一、 →（一）→ 1. →（1）."""
    if level == 1:
        return f"{numeral(number)}、"
    if level == 2:
        return f"（{numeral(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"


def numbered(ordinal: str, text: str) -> str:
    """A number and what it counts; a space where a digit follows (8. 9号线, not 8.9号线)."""
    return f"{ordinal}{spacing(ordinal, text)}{text}"


def spacing(ordinal: str, text: str) -> str:
    """The space that keeps the number of a heading (1.) apart from a text that begins with a digit."""
    return " " if ordinal.endswith(".") and text[:1].isdigit() else ""


def sentence(text: str) -> str:
    """A text closed by exactly one full stop, so that it can stand inside a paragraph."""
    trimmed = " ".join(text.split()).rstrip("。；;，,.、 ")
    return f"{trimmed}。" if trimmed else ""


def clause(text: str) -> str:
    """A text without its closing mark, to be followed by more."""
    return sentence(text).rstrip("。")


def refer(annex: str, words: str) -> str:
    """`words` with {} for the number of an annex (附件4), by the annex's name in the outline.

    Numbers are known when the outline is: the mark is replaced by :func:`resolved`. Its control characters
    occur in no workbook text.
    """
    return f"\x02{annex}\x1f{words}\x03"


def resolved(text: str, numbers: Mapping[str, int]) -> str:
    """References with their numbers; words about an annex that this report does not have are left out."""

    def numbered(found: re.Match[str]) -> str:
        annex, words = found.groups()
        return words.format(f"附件{numbers[annex]}") if annex in numbers else ""

    return _REFERENCE.sub(numbered, text)


def signs(text: str) -> str:
    """Signs of comparison as print has them: >= typed on a keyboard is ≥."""
    return text.replace(">=", "≥").replace("<=", "≤")


def full_width(text: str) -> str:
    """Punctuation as Chinese text prints it, for sentences the engine wrote; thousands separators stay."""
    wide = text.translate({ord(";"): "；", ord("("): "（", ord(")"): "）"})
    return _COMMA.sub("，", wide)
