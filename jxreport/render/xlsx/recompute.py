"""Recomputes a formula in Decimal before it is shipped.

A workbook is recalculated the moment somebody opens it; a formula that then showed anything but the
engine's score would contradict the PDF. So each score formula is worked out here first, over the values
of its input cells. The language is what our own writers produce; anything else counts as not computable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_FLOOR, Decimal, DivisionByZero, InvalidOperation

from jxreport.number import half_up

Result = Decimal | str | bool | None  # None is a blank cell

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<ref>'(?:[^']|'')+'!\$[A-Z]+\$\d+) | (?P<number>\d+(?:\.\d+)?) | (?P<text>"(?:[^"]|"")*")
    | (?P<name>[A-Z]+(?=\()) | (?P<sign><=|>=|<>|[-+*/&=<>(),])
    )""",
    re.VERBOSE,
)
_COMPARE: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


class NotComputable(Exception):
    """The formula is not in the language of this module."""


class _Wrong(Exception):
    """An error value of the sheet (#VALUE!, #DIV/0!); IFERROR catches it."""


def recompute(formula: str, cells: Mapping[str, Result]) -> Result:
    """The value of `formula` (without '='); `cells` gives the value behind each reference.

    Raises NotComputable for unknown syntax, functions or references, and where the result is an error.
    """
    try:
        node = _Parser(formula).whole()
        return node(cells)
    except _Wrong as error:
        raise NotComputable("error value") from error
    except (RecursionError, InvalidOperation) as error:
        raise NotComputable(str(error)) from error


_Node = Callable[[Mapping[str, Result]], Result]


class _Parser:
    """Recursive descent; every rule returns a function from cells to a value, so that IF stays lazy."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0

    def whole(self) -> _Node:
        node = self._comparison()
        if self._at != len(self._tokens):
            raise NotComputable(f"unexpected {self._peek()}")
        return node

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _take(self, *wanted: str) -> str:
        token = self._peek()
        if token not in wanted or not token:
            return ""
        self._at += 1
        return token

    def _expect(self, wanted: str) -> None:
        if not self._take(wanted):
            raise NotComputable(f"{wanted} expected")

    def _comparison(self) -> _Node:
        left = self._chain(self._sum, "&")
        while sign := self._take(*_COMPARE):
            left = _compare(sign, left, self._chain(self._sum, "&"))
        return left

    def _sum(self) -> _Node:
        return self._chain(self._product, "+", "-")

    def _product(self) -> _Node:
        return self._chain(self._unary, "*", "/")

    def _chain(self, inner: Callable[[], _Node], *signs: str) -> _Node:
        left = inner()
        while sign := self._take(*signs):
            left = _operate(sign, left, inner())
        return left

    def _unary(self) -> _Node:
        if self._take("-"):
            inner = self._unary()
            return lambda cells: -_number(inner(cells))
        self._take("+")
        return self._primary()

    def _primary(self) -> _Node:
        if self._take("("):
            node = self._comparison()
            self._expect(")")
            return node
        if self._at >= len(self._tokens):
            raise NotComputable("formula ends early")
        kind, token = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return lambda cells: Decimal(token)
        if kind == "text":
            return lambda cells: token[1:-1].replace('""', '"')
        if kind == "ref":
            return lambda cells: _cell(cells, token)
        if kind == "name":
            return self._call(token)
        raise NotComputable(f"unexpected {token}")

    def _call(self, name: str) -> _Node:
        function = _FUNCTIONS.get(name)
        if function is None:
            raise NotComputable(f"unknown function {name}")
        self._expect("(")
        arguments = [self._comparison()]
        while self._take(","):
            arguments.append(self._comparison())
        self._expect(")")
        return lambda cells: function(arguments, cells)


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotComputable(f"unreadable at {at}")
        found.append((str(match.lastgroup), match.group(str(match.lastgroup))))
        at = match.end()
    return found


def _cell(cells: Mapping[str, Result], reference: str) -> Result:
    if reference not in cells:
        raise NotComputable(f"unknown cell {reference}")
    return cells[reference]


def _number(value: Result) -> Decimal:
    if value is None:
        return Decimal(0)
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, str):
        raise _Wrong
    return value


def _operate(sign: str, left: _Node, right: _Node) -> _Node:
    def run(cells: Mapping[str, Result]) -> Result:
        if sign == "&":
            raise NotComputable("text is not joined in scores")
        a, b = _number(left(cells)), _number(right(cells))
        try:
            return {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__}[sign](b)
        except (DivisionByZero, InvalidOperation) as error:
            raise _Wrong from error

    return run


def _compare(sign: str, left: _Node, right: _Node) -> _Node:
    def run(cells: Mapping[str, Result]) -> Result:
        a, b = left(cells), right(cells)
        if isinstance(a, str) or isinstance(b, str):
            a, b = "" if a is None else a, "" if b is None else b
            if not (isinstance(a, str) and isinstance(b, str)):
                return _COMPARE[sign](1 if isinstance(a, str) else -1)  # a text is above every number
            return _COMPARE[sign]((a > b) - (a < b))
        x, y = _number(a), _number(b)
        return _COMPARE[sign]((x > y) - (x < y))

    return run


_Arguments = list[_Node]


def _if(nodes: _Arguments, cells: Mapping[str, Result]) -> Result:
    if _number(nodes[0](cells)):
        return nodes[1](cells)
    return nodes[2](cells) if len(nodes) > 2 else False


def _iferror(nodes: _Arguments, cells: Mapping[str, Result]) -> Result:
    try:
        return nodes[0](cells)
    except _Wrong:
        return nodes[1](cells)


def _numbers(nodes: _Arguments, cells: Mapping[str, Result]) -> list[Decimal]:
    return [_number(node(cells)) for node in nodes]


_FUNCTIONS: dict[str, Callable[[_Arguments, Mapping[str, Result]], Result]] = {
    "IF": _if,
    "IFERROR": _iferror,
    "AND": lambda nodes, cells: all(map(bool, _numbers(nodes, cells))),
    "OR": lambda nodes, cells: any(map(bool, _numbers(nodes, cells))),
    "NOT": lambda nodes, cells: not _number(nodes[0](cells)),
    "MIN": lambda nodes, cells: min(_numbers(nodes, cells)),
    "MAX": lambda nodes, cells: max(_numbers(nodes, cells)),
    "SUM": lambda nodes, cells: sum(_numbers(nodes, cells), Decimal(0)),
    "ABS": lambda nodes, cells: abs(_number(nodes[0](cells))),
    "INT": lambda nodes, cells: _number(nodes[0](cells)).to_integral_value(ROUND_FLOOR),
    "ROUND": lambda nodes, cells: half_up(_number(nodes[0](cells)), int(_number(nodes[1](cells)))),
    "ROUNDUP": lambda nodes, cells: _round_up(*_numbers(nodes, cells)),
    "N": lambda nodes, cells: Decimal(0) if isinstance(v := nodes[0](cells), str) else _number(v),
    "TRIM": lambda nodes, cells: " ".join(str(nodes[0](cells) or "").split()),
}


def _round_up(number: Decimal, places: Decimal) -> Decimal:
    """Away from zero."""
    return number.quantize(Decimal(1).scaleb(-int(places)), "ROUND_UP")
