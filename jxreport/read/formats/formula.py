"""Formulas without a stored result: computed where they are plain arithmetic over the sheet's cells.

Only + − × ÷, brackets, percent, SUM, AVERAGE, PRODUCT, ROUND, MIN, MAX and IF with one comparison over numbers and references of the
same sheet. Anything else stays pending, and the reader reports the cell.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, DivisionByZero, InvalidOperation

from jxreport.number import clean, half_up
from jxreport.read.formats.shown import is_percent, number_text, scale_of
from jxreport.read.grid import EMPTY, GridCell

Place = tuple[int, int]
_MOST_CHECKED = 3000  # formulas of a sheet whose stored results are checked
_TOLERANCE = Decimal("0.000001")
_CONSTANT = re.compile(r"(\d+(?:\.\d+)?)\s*(%|[^\s\d%()*/+\-:,!$A-Za-z]{0,6})")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<name>[A-Z]+)(?=\()|"
    r"(?P<ref>\$?[A-Z]{1,3}\$?\d{1,7})|(?P<sign><=|>=|<>|[-+*/(),:%<>=]))",
    re.IGNORECASE | re.ASCII,
)


_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip


class NotPlain(Exception):
    """The formula is not plain arithmetic, or rests on a cell that is no number."""


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    body = text.strip().removeprefix("=").rstrip()
    while at < len(body):
        match = _TOKEN.match(body, at)
        if not match or match.lastgroup is None:
            raise NotPlain(text)
        found.append((match.lastgroup, match[match.lastgroup].upper().replace("$", "")))
        at = match.end()
    return found


def _place(ref: str) -> Place:
    match = re.fullmatch(r"([A-Z]+)(\d+)", ref)
    if not match:
        raise NotPlain(ref)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


class _Reader:
    """Recursive descent over the tokens; `look` gives the number of a cell (None for an empty one)."""

    def __init__(self, text: str, look: Callable[[Place], Decimal | None]) -> None:
        self.tokens = _tokens(text)
        self.at = 0
        self.look = look

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, expected: str = "") -> tuple[str, str]:
        if self.at >= len(self.tokens) or (expected and self.peek() != expected):
            raise NotPlain(self.peek())
        self.at += 1
        return self.tokens[self.at - 1]

    def whole(self) -> Decimal:
        value = self.total()
        if self.at != len(self.tokens):
            raise NotPlain(self.peek())
        return value

    def total(self) -> Decimal:
        value = self.product()
        while self.peek() in ("+", "-"):
            sign = self.take()[1]
            other = self.product()
            value = value + other if sign == "+" else value - other
        return value

    def product(self) -> Decimal:
        value = self.factor()
        while self.peek() in ("*", "/"):
            sign = self.take()[1]
            other = self.factor()
            value = value * other if sign == "*" else value / other
        return value

    def factor(self) -> Decimal:
        if self.peek() in ("+", "-"):
            return self.factor() if self.take()[1] == "+" else -self.factor()
        value = self.atom()
        while self.peek() == "%":
            self.take()
            value = value / 100
        return value

    def atom(self) -> Decimal:
        kind, text = self.take()
        if kind == "number":
            return Decimal(text)
        if kind == "ref":
            return self.look(_place(text)) or Decimal(0)
        if kind == "name":
            return self.call(text)
        if text == "(":
            value = self.total()
            self.take(")")
            return value
        raise NotPlain(text)

    def call(self, name: str) -> Decimal:
        self.take("(")
        if name == "IF":
            return self.choice()
        arguments = [self.argument()]
        while self.peek() == ",":
            self.take()
            arguments.append(self.argument())
        self.take(")")
        flat = [number for group in arguments for number in group]
        return _apply(name, flat)

    def choice(self) -> Decimal:
        """IF(A1>=B1,10,5): both results must be numbers."""
        left, sign = self.total(), self.take()[1]
        right = self.total()
        if sign not in _COMPARE:
            raise NotPlain(sign)
        self.take(",")
        yes = self.total()
        self.take(",")
        no = self.total()
        self.take(")")
        return yes if _COMPARE[sign](left, right) else no

    def argument(self) -> list[Decimal]:
        """The numbers of one argument: a range, or a single expression."""
        rest = self.tokens[self.at : self.at + 3]
        if len(rest) == 3 and rest[0][0] == "ref" and rest[1][1] == ":" and rest[2][0] == "ref":
            self.at += 3
            (r1, c1), (r2, c2) = _place(rest[0][1]), _place(rest[2][1])
            if (r2 - r1 + 1) * (c2 - c1 + 1) > 10_000:
                raise NotPlain("range")
            seen = (self.look((r, c)) for r in range(r1, r2 + 1) for c in range(c1, c2 + 1))
            return [number for number in seen if number is not None]
        return [self.total()]


def _apply(name: str, numbers: list[Decimal]) -> Decimal:
    if name == "SUM":
        return sum(numbers, Decimal(0))
    if name == "AVERAGE" and numbers:
        return sum(numbers, Decimal(0)) / len(numbers)
    if name in ("MIN", "MAX") and numbers:
        return min(numbers) if name == "MIN" else max(numbers)
    if name == "PRODUCT" and numbers:
        value = Decimal(1)
        for number in numbers:
            value *= number
        return value
    if name == "ROUND" and len(numbers) == 2:
        return half_up(numbers[0], int(numbers[1]))
    raise NotPlain(name)


def _resolve(cells: dict[Place, GridCell], texts: dict[Place, str], codes: dict[Place, str]) -> None:
    """Put the results of plain formulas into the pending cells of `cells`; others stay pending."""
    open_now: set[Place] = set()

    def look(place: Place) -> Decimal | None:
        cell = cells.get(place, EMPTY)
        if cell.pending:
            compute(place)
            cell = cells[place]
        if cell.pending or cell.error:
            raise NotPlain(str(place))
        return cell.value if isinstance(cell.value, Decimal) else None

    def compute(place: Place) -> None:
        if place in open_now or place not in texts or len(open_now) > 200:
            return
        open_now.add(place)
        try:
            value = clean(float(_Reader(texts[place], look).whole()))
        except (NotPlain, InvalidOperation, DivisionByZero, OverflowError, ValueError):
            return
        finally:
            open_now.discard(place)
        code = codes.get(place, "")
        cells[place] = replace(
            cells[place],
            value=value,
            text=number_text(value, code),
            percent=is_percent(code),
            scale=scale_of(code),
            pending=False,
            computed=True,
        )

    for place in [place for place, cell in cells.items() if cell.pending]:
        if cells[place].pending:
            compute(place)


def typed_constant(text: str) -> GridCell | None:
    """The cell for a formula that is only a constant: `=100%` typed as a target means the text.

    The sign belongs to what the official wrote, so the text keeps it; the number is kept beside it.
    """
    body = text.strip().removeprefix("=").strip()
    match = _CONSTANT.fullmatch(body)
    if not match:
        return None
    number = Decimal(match[1]) if not match[2] or match[2] == "%" else None
    shown = f"={body}"
    if number is None:
        return GridCell(value=shown, text=shown, formula=True)
    percent = match[2] == "%"
    return GridCell(value=number / 100 if percent else number, text=shown, percent=percent, formula=True)


def apply_formulas(
    cells: dict[Place, GridCell], texts: dict[Place, str], codes: dict[Place, str], pending: set[Place]
) -> None:
    """Mark formula cells, keep typed constants as texts, compute plain formulas without a result."""
    for place, text in texts.items():
        constant = typed_constant(text)
        if constant:
            cells[place] = constant
        elif place in pending and place not in cells:
            cells[place] = GridCell(formula=True, pending=True)
        elif place in cells:
            cells[place] = replace(cells[place], formula=True)
    _resolve(cells, texts, codes)
    if len(texts) <= _MOST_CHECKED:
        _compare(cells, texts, codes)


def _compare(cells: dict[Place, GridCell], texts: dict[Place, str], codes: dict[Place, str]) -> None:
    """Mark plain formulas whose stored result is not what they give: 0 written by a program, or a stale one."""

    def look(place: Place) -> Decimal | None:
        cell = cells.get(place, EMPTY)
        if cell.pending or cell.error or (cell.shown and not isinstance(cell.value, Decimal)):
            raise NotPlain(str(place))  # what Excel makes of a text depends on the place
        return cell.value if isinstance(cell.value, Decimal) else None

    for place, text in texts.items():
        cell = cells.get(place, EMPTY)
        if not text or cell.computed or not isinstance(cell.value, Decimal) or cell.text.startswith("="):
            continue
        try:
            value = clean(float(_Reader(text, look).whole()))
        except (NotPlain, InvalidOperation, DivisionByZero, OverflowError, ValueError):
            continue
        code = codes.get(place, "")
        if abs(value - cell.value) > abs(value) * _TOLERANCE and number_text(value, code) != number_text(cell.value, code):
            cells[place] = replace(cell, due=number_text(value, code))
