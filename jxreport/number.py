"""The one owner of numbers: Decimal in, Decimal out, half-up rounding at named places.

No float passes this module. Excel stores doubles and shows fifteen digits; the number an official
sees is the fifteen-digit value, and that is what :func:`clean` returns.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)

_ASCII_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_TINY = Decimal("1e-9")
# No amount, count or code is larger; beyond, two-decimal arithmetic would leave the 28 digits of the context.
_LARGEST = Decimal("1e21")


def clean(value: float | Decimal) -> Decimal:
    """Return the number the user saw in the cell.

    A float is taken at fifteen significant digits (274.65999999999997 → 274.66) and anything
    smaller than 1e-9 is noise (→ 0). Raises ValueError for NaN, infinities and what is beyond 10²¹, TypeError
    for bool.

    >>> clean(274.65999999999997)
    Decimal('274.66')
    >>> clean(14.999999999999998)
    Decimal('15')
    """
    if isinstance(value, bool):
        raise TypeError("a truth value is not a number")
    if isinstance(value, int | Decimal):
        exact = Decimal(value)
        if not exact.is_finite() or abs(exact) > _LARGEST:
            raise ValueError("not a number to reckon with")
        return exact
    if not math.isfinite(value) or abs(value) > _LARGEST:
        raise ValueError("not a number to reckon with")
    number = Decimal(format(value, ".15g"))
    return normal(number) if abs(number) >= _TINY else ZERO


def normal(number: Decimal) -> Decimal:
    """Drop trailing zeros without falling into exponent notation (1E+2 → 100)."""
    if number == 0:
        return ZERO
    number = number.normalize()
    exponent = number.as_tuple().exponent
    return number.quantize(ONE) if isinstance(exponent, int) and exponent > 0 else number


def parse_number(text: str) -> Decimal | None:
    """Read a plain number out of a whole text, or None: full-width digits, signs and commas allowed.

    Only ASCII digits after NFKC count; units, percent signs, 〇 and what is beyond 10²¹ make it None (the
    caller decides).

    >>> parse_number(' １,２34.50 ')
    Decimal('1234.50')
    >>> parse_number('12分') is None
    True
    """
    folded = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    if not _ASCII_NUMBER.fullmatch(folded):
        return None
    number = Decimal(folded.replace(",", ""))
    return number if abs(number) <= _LARGEST else None


def half_up(number: Decimal, places: int = 2) -> Decimal:
    """Round half up (四舍五入), away from zero, to `places` decimals.

    >>> half_up(Decimal('2.675'))
    Decimal('2.68')
    """
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return rounded if rounded != 0 else abs(rounded)


def plain(number: Decimal) -> str:
    """Shortest decimal text without exponent: 10.00 → '10', 0.50 → '0.5'. For JSON and sentences.

    >>> plain(Decimal('10.00')), plain(Decimal('1E+3')), plain(Decimal('0.50'))
    ('10', '1000', '0.5')
    """
    return format(normal(number), "f")


def fixed(number: Decimal, places: int = 2) -> str:
    """Text with exactly `places` decimals, rounded half up: 8.5 → '8.50'. For printed tables."""
    return format(half_up(number, places), "f")


def grouped(number: Decimal, places: int = 2) -> str:
    """Text with thousands separators, as in money columns: 11122.3 → '11,122.30'."""
    return format(half_up(number, places), ",f")


def at_least(part: Decimal, whole: Decimal, percent: Decimal) -> bool:
    """Is part/whole ≥ percent, without dividing (137.70 of 153.00 is exactly 90 %)."""
    return part * HUNDRED >= percent * whole
