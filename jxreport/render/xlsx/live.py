"""A live formula with the value the engine computed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MAX_LENGTH = 8000  # Excel allows 8,192 characters in a formula
MAX_ARGUMENTS = 200  # and 255 arguments in a call


@dataclass(frozen=True, slots=True)
class Live:
    """A formula without its equals sign, in the engine's units (percent units for rates).

    `guard` is the condition under which it is defined, `otherwise` what is shown where it is not.
    `value` is the engine's value: the cached value of the cell.
    """

    text: str
    value: Decimal | str
    guard: str = ""
    otherwise: str = "—"

    def formula(self, scale: int = 1) -> str | None:
        """The formula for a cell that stores the value divided by `scale`; None when too long for Excel."""
        text = self.text if scale == 1 else f"({self.text})/{scale}"
        if self.guard:
            text = f"IF({self.guard},{text},{quoted_text(self.otherwise)})"
        return f"={text}" if len(text) < MAX_LENGTH else None


def quoted_text(text: str) -> str:
    """A text literal inside a formula."""
    escaped = text.replace('"', '""')
    return f'"{escaped}"'


def call(name: str, arguments: tuple[str, ...]) -> str:
    """``NAME(a,b,…)`` for a function of any number of arguments, nested where there are too many.

    >>> call("SUM", ("A1", "A2"))
    'SUM(A1,A2)'
    """
    while len(arguments) > MAX_ARGUMENTS:
        chunks = [arguments[i : i + MAX_ARGUMENTS] for i in range(0, len(arguments), MAX_ARGUMENTS)]
        arguments = tuple(f"{name}({','.join(chunk)})" for chunk in chunks)
        name = "SUM"  # sums and counts of parts are added
    return f"{name}({','.join(arguments)})"
