"""How a number looks in its cell: the part of Excel's number formats that official tables use."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from jxreport.number import grouped, half_up, plain

_QUOTED = re.compile(r'"([^"]*)"')
_NOISE = re.compile(r"\[[^\]]*\]|_.|\*.")
_DIGITS = re.compile(r"[#0?][#0?,.]*|\.[#0?]+")
_MOVED_POINT = re.compile(r"[#0][!\\]\.([#0]+)")  # a literal point among the digits
_THOUSANDS = re.compile(r"[#0](,+)(?![#0,.?])")
_DATE_TOKEN = re.compile(r"yyyy|yy|mm|m|dd|d", re.IGNORECASE)


def _bare(code: str) -> str:
    """The format's first section without colours, conditions, padding and quoted words."""
    return _NOISE.sub("", _QUOTED.sub("", code.replace("\\", ""))).split(";")[0]


def is_percent(code: str) -> bool:
    """Does this number format show the value times 100 with a percent sign?"""
    return "%" in _bare(code)


def scale_of(code: str) -> Decimal:
    """What a number format divides by: #,##0.00, by a thousand, 0!.0, by ten thousand (万元), others by 1.

    >>> scale_of('0!.0,"万元"'), scale_of("#,##0.00"), scale_of("0!.0000")
    (Decimal('10000'), Decimal('1'), Decimal('10000'))
    """
    bare = _NOISE.sub("", _QUOTED.sub("", code)).split(";")[0]
    moved = _MOVED_POINT.search(bare)
    thousands = _THOUSANDS.search(bare)
    scale = Decimal(1000) ** len(thousands[1]) if thousands else Decimal(1)
    return scale * 10 ** len(moved[1]) if moved else scale


def _section(value: Decimal, code: str) -> tuple[str, bool]:
    """The section of the format for this value, and whether the sign is left to us."""
    sections = code.split(";")
    if value < 0 and len(sections) > 1 and sections[1].strip():
        return sections[1], False
    if value == 0 and len(sections) > 2 and sections[2].strip():
        return sections[2], False
    return sections[0], value < 0


def _digits(value: Decimal, pattern: str) -> str:
    """The digits of a non-negative value by a pattern such as #,##0.00."""
    whole, _, part = pattern.partition(".")
    places = len(re.sub(r"[^#0?]", "", part))
    optional = len(part) - len(part.rstrip("#?"))
    text = grouped(value, places) if "," in whole else format(half_up(value, places), "f")
    if optional and "." in text:
        kept = len(text) - optional
        text = text[:kept] + text[kept:].rstrip("0")
        text = text.rstrip(".")
    least = len(re.sub(r"[^0]", "", whole))
    head, dot, tail = text.partition(".")
    return head.zfill(least) + dot + tail


def _with_point(match: re.Match[str]) -> str:
    return match[0].replace("!", "").replace("\\", "")


def number_text(value: Decimal, code: str) -> str:
    """The text of a number under a number format; formats we do not know show the plain number."""
    if code in ("", "@") or "general" in code.lower():
        return plain(value)
    section, minus = _section(value, code)
    percent = is_percent(section)
    scale = scale_of(section)
    if scale != 1:
        section = _THOUSANDS.sub(lambda match: match[0].rstrip(","), _MOVED_POINT.sub(_with_point, section))
    literal = _NOISE.sub("", section.replace("\\", "").replace("!", ""))
    bare = _QUOTED.sub("", literal)
    if "/" in bare or re.search(r"[eE][+-]", bare):
        return plain(value)
    amount = abs(value) * 100 if percent else abs(value) / scale
    if not re.search(r"[0#]", bare):
        words = _QUOTED.sub(r"\1", literal).replace("?", "").strip()
        return words if words in ("-", "—", "——", "–") else plain(value)
    text = _DIGITS.sub(lambda match: _digits(amount, match.group()), literal, count=1)
    text = _QUOTED.sub(r"\1", text).strip()
    return f"-{text}" if minus else text


def date_text(value: datetime.date | datetime.time, code: str) -> str:
    """The text of a date. Without a known pattern the ISO form."""
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    bare = _NOISE.sub("", code.replace("\\", "")).split(";")[0]
    template = _QUOTED.sub(r"\1", bare)
    if not re.search(r"[yY]", template) and "月" not in template:
        return value.strftime("%Y-%m-%d")
    template = re.split(r"[hH]", template)[0].strip()
    fields = {"yyyy": f"{value.year}", "yy": f"{value.year % 100:02}", "mm": f"{value.month:02}",
              "m": f"{value.month}", "dd": f"{value.day:02}", "d": f"{value.day}"}
    return _DATE_TOKEN.sub(lambda match: fields[match.group().lower()], template).strip("@ ")


def clean_text(text: str) -> str:
    """Cell text as read: escapes decoded, line ends made one, invisible controls dropped."""
    text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match.group(1), 16)), text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return "".join(c for c in text if c in "\n\t" or (ord(c) >= 32 and c not in _INVISIBLE))


_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x7f")

