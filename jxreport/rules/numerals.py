"""Chinese numerals (一 … 万亿) as exact decimals."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}

def chinese_number(text: str) -> Decimal | None:
    """The value of a Chinese numeral, or None where the characters do not form one.

    >>> chinese_number('一百零五'), chinese_number('十'), chinese_number('三点五')
    (Decimal('105'), Decimal('10'), Decimal('3.5'))
    """
    whole, dot, fraction = text.partition("点")
    if not whole or (dot and not fraction):
        return None
    value = _integer(whole)
    if value is None:
        return None
    if not dot:
        return Decimal(value)
    if any(c not in DIGITS for c in fraction):
        return None
    return Decimal(f"{value}." + "".join(str(DIGITS[c]) for c in fraction))


def _integer(text: str) -> int | None:
    total = section = digit = 0
    pending = False
    for char in text:
        if char in DIGITS:
            if pending and digit != 0:
                return None  # 三五: two digits side by side are a guess (三至五?), not a number
            digit, pending = DIGITS[char], True
        elif char in _SMALL:
            section += (digit if pending else 1) * _SMALL[char]
            digit, pending = 0, False
        elif char in _LARGE:
            section += digit
            if section == 0:
                return None
            total += section * _LARGE[char]
            section, digit, pending = 0, 0, False
        else:
            return None
    return total + section + digit
