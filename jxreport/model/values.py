"""Values that know their cell (来源), operators and money units."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Generic, TypeVar

from jxreport.finding import NOWHERE, Source

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced(Generic[T]):
    """A value read from a cell: `value` is what was understood (None: not understood or empty),
    `text` is what the cell shows (trimmed), `source` is where it stands."""

    value: T | None = None
    text: str = ""
    source: Source = NOWHERE

    @property
    def is_blank(self) -> bool:
        """The cell shows nothing, or only a dash that stands for nothing."""
        return self.text.strip("-—–/ 　") == "" and self.value in (None, "")


class Op(Enum):
    """符号 of a target. The value is the text used in the JSON."""

    GE = "≥"
    GT = ">"
    EQ = "="
    LT = "<"
    LE = "≤"
    QUALITATIVE = "定性"


class MoneyUnit(Enum):
    """Unit of an amount. The engine keeps money in 万元; `factor` converts the printed number."""

    YUAN = "元"
    WAN = "万元"
    YI = "亿元"

    @property
    def factor(self) -> Decimal:
        return {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """指标值: operator, value, unit; `text` is what the form shows.

    `op` is None where the form leaves the sign open and nothing implies it; `op_inferred` says that
    it was not printed but follows from the sentence, the unit or the name. For 定性 the value is None.
    `date` is a deadline as YYYY-MM-DD (value None, op ≤): done in time or not, never a ratio.
    `words` are the words of a 定性 target alone, where sign and unit cells stand around them (无 | 合规 | 无).
    """

    text: str = ""
    op: Op | None = None
    value: Decimal | None = None
    unit: str = ""
    date: str = ""
    words: str = ""
    op_inferred: bool = False
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual:
    """实际完成值. Rates are in percent units (95 for 95 %), whatever the cell's number format.

    `date` is a date of completion as YYYY-MM-DD (value None); a month stands for its last day.
    """

    text: str = ""
    value: Decimal | None = None
    unit: str = ""
    date: str = ""
    source: Source = NOWHERE

    @property
    def is_blank(self) -> bool:
        return self.value is None and self.text.strip("-—–/ 　") == ""
