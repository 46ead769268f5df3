"""Arithmetic written in text: numbers, operands with noun-phrase names, + - × ÷ and brackets.

An operand whose name says that it is a rate (率, 比例, 比重) is entered in percent units and used as a share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Union

from jxreport.number import plain
from jxreport.rules.api import Need, NeedKind
from jxreport.rules.evaluation import ByHand, Evaluation
from jxreport.rules.tree import Cells
from jxreport.rules.vocabulary import NUM

RATE_NAME = re.compile(r"(?:率|比例|比重|百分比|占比|比值|进度|的比|完成度|程度)$")
WEIGHT_NAME = re.compile(
    r"^(?:该|本|此|各)?(?:项|指标|单项|三级指标)*(?:的)?(?:指标|标准|权重|总|满|对应|相应|基本|设定)?(?:分值|分数|总分|满分|权重分|权重|标准分|基本分|基准分|分)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A number; `weight` = it stands for the row's points (该指标分值)."""

    value: Decimal
    weight: bool = False
    percent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A named number. `key` "value" where it is the rule's only measure."""

    name: str
    key: str
    rate: bool = False
    unit: str = ""

    @property
    def is_completion(self) -> bool:
        """完成率 may be given as value and target."""
        return (
            self.rate
            and self.key == "value"
            and re.search(r"(?:完成|达成|实现)(?:率|比例|度|程度|情况|进度)$", self.name) is not None
        )

    @property
    def need(self) -> Need:
        kind = NeedKind.VALUE if self.key == "value" else NeedKind.OPERAND
        hint = "按百分数填写，95%填95" if self.rate else ""
        return Need(kind=kind, key=self.key, label=self.name, unit="%" if self.rate else self.unit, help=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Binary:
    op: str  # + - × ÷ min max
    left: Expression
    right: Expression


Expression = Union[Constant, Operand, Binary]  # noqa: UP007 - names a class defined below


_NO_NAME = re.compile(
    r"^(?:[上下内外]的?按|以[上下内]|否则|按(?!时|期|规)|每(?!年|月)|得分|计分|不(?!良|合格)|未(?=完成的|达到|达)|低于|高于|超过|大于|小于|若|如果|当(?!年|月|期|地)|则|即)|扣完|满分|不得分"
)


class NotArithmetic(Exception):
    """The text is no expression. Never leaves the parser."""


_RANK = {"+": 1, "-": 1, "×": 2, "÷": 2}
_OPERATOR = re.compile(r"[-+×÷/)]|(?:后再?|再)?(?:乘以|除以)|乘(?=分值|权重|该项|该指标|指标分|本项|\d)")
_SPOKEN = re.compile(r"(?:后再?|再)?(?:乘以|除以)|乘(?=分值|权重|该项|该指标|指标分|本项|\d)")
_SIGNS = {"乘以": "×", "乘": "×", "除以": "÷", "/": "÷"}


@dataclass(slots=True)
class _Reader:
    text: str
    weight: Decimal | None
    at: int = 0
    glued: dict[str, Decimal] | None = None  # instance numbers glued to a noun (项目数1×0.1)

    def peek_op(self) -> str:
        match = _OPERATOR.match(self.text, self.at)
        if not match:
            return ""
        sign = match[0].lstrip("后再")
        return _SIGNS.get(sign, sign)

    def take_op(self) -> None:
        match = _OPERATOR.match(self.text, self.at)
        assert match
        self.at = match.end()

    def expression(self, rank: int = 1) -> Expression:
        left = self.operand()
        while True:
            op = self.peek_op()
            if op not in _RANK or _RANK[op] < rank:
                return left
            self.take_op()
            right = self.expression(_RANK[op] + 1)
            left = Binary(op=op, left=left, right=right)

    def operand(self) -> Expression:
        if self.at < len(self.text) and self.text[self.at] == "|":
            return self.distance()
        if self.at < len(self.text) and self.text[self.at] == "(":
            self.at += 1
            inner = self.expression()
            if self.at >= len(self.text) or self.text[self.at] != ")":
                raise NotArithmetic(self.text)
            self.at += 1
            return inner
        choice = re.compile(r"(min|max)\(", re.IGNORECASE).match(self.text, self.at)
        if choice:
            return self.choice(choice[1].lower(), choice.end())
        number = re.compile(rf"({NUM})(%)?(分(?![值数之]))?(?=$|[-+×÷/)=,|]|(?:后再?|再)?(?:乘以|除以))").match(
            self.text, self.at
        )
        if number:
            self.at = number.end()
            value = Decimal(number[1])
            return Constant(value=value / 100 if number[2] else value, percent=bool(number[2]))
        return self.name()

    def distance(self) -> Expression:
        """|偏差率|: the larger of the number and its opposite."""
        self.at += 1
        inner = self.expression()
        if self.text[self.at : self.at + 1] != "|":
            raise NotArithmetic(self.text)
        self.at += 1
        return Binary(op="max", left=inner, right=Binary(op="-", left=Constant(value=Decimal(0)), right=inner))

    def choice(self, op: str, at: int) -> Expression:
        """min(A/B,1): the smallest (or largest) of several."""
        self.at = at
        made = self.expression()
        if self.text[self.at : self.at + 1] != ",":
            raise NotArithmetic(self.text)
        while self.text[self.at : self.at + 1] == ",":
            self.at += 1
            made = Binary(op=op, left=made, right=self.expression())
        if self.text[self.at : self.at + 1] != ")":
            raise NotArithmetic(self.text)
        self.at += 1
        return made

    def name(self) -> Expression:
        start, depth = self.at, 0
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "(" and self.at > start:
                depth += 1
            elif char == ")" and depth:
                depth -= 1
            elif depth == 0 and (char in "+-×÷/()=,|" or _SPOKEN.match(self.text, self.at)):
                break
            self.at += 1
        name = self.text[start : self.at].strip("“”\"'的")
        refused = _NO_NAME.match(name) and not WEIGHT_NAME.match(name)
        if not name or depth or refused or not re.search(r"[\u4e00-\u9fffA-Za-z]", name):
            raise NotArithmetic(self.text)
        return self._named(name)

    def _named(self, name: str) -> Expression:
        if WEIGHT_NAME.match(name):
            if self.weight is None:
                raise NotArithmetic("分值")
            return Constant(value=self.weight, weight=True)
        name = re.sub(r"\((?:%|百分比|百分数)\)$", "", name)
        glued = re.search(rf"(?<=[\u4e00-\u9fff])({NUM})(?:%|个|项|次|家|户|件)?$", name)
        if glued and self.glued is not None:
            name = name[: glued.start()]
            self.glued[name] = Decimal(glued[1])
        elif re.search(r"\d", re.sub(r"(?:19|20)\d{2}年度?|\d+月[底末]?|[A-Za-z]+\d+", "", name)):
            raise NotArithmetic(name)
        return Operand(name=name, key=f"var:{name}", rate=bool(RATE_NAME.search(name)))


def parse_expression(
    text: str, weight: Decimal | None, glued: dict[str, Decimal] | None = None
) -> Expression:
    """Read a whole text as an expression; NotArithmetic where it is none."""
    reader = _Reader(text, weight, glued=glued)
    tree = reader.expression()
    if reader.at != len(text):
        raise NotArithmetic(text)
    return tree


def operands(expr: Expression) -> Iterator[Operand]:
    if isinstance(expr, Operand):
        yield expr
    elif isinstance(expr, Binary):
        yield from operands(expr.left)
        yield from operands(expr.right)


def binaries(expr: Expression) -> Iterator[Binary]:
    """Every operation of the expression, the outermost first."""
    if isinstance(expr, Binary):
        yield expr
        yield from binaries(expr.left)
        yield from binaries(expr.right)


def constants(expr: Expression) -> Iterator[Constant]:
    if isinstance(expr, Constant):
        yield expr
    elif isinstance(expr, Binary):
        yield from constants(expr.left)
        yield from constants(expr.right)


def rekey(expr: Expression, keys: dict[str, Operand]) -> Expression:
    """The same expression with operands replaced by name."""
    if isinstance(expr, Operand):
        return keys.get(expr.name, expr)
    if isinstance(expr, Binary):
        return Binary(op=expr.op, left=rekey(expr.left, keys), right=rekey(expr.right, keys))
    return expr


def compute(expr: Expression, run: Evaluation) -> Decimal:
    """The value; Unanswered where an operand is missing, ByHand where a divisor is 0."""
    if isinstance(expr, Constant):
        return expr.value
    if isinstance(expr, Operand):
        value = run.number(expr.need)
        if expr.key == "value":
            target = run.answers.get("target")
            if expr.is_completion and isinstance(target, Decimal) and target != 0:
                value = value / target * 100
            run.value = value
        return value / 100 if expr.rate else value
    left, right = compute(expr.left, run), compute(expr.right, run)
    if expr.op == "÷":
        if right == 0:
            raise ByHand(f"“{expression_words(expr.right)}”为0，不能作除数")
        return left / right
    if expr.op in ("min", "max"):
        return min(left, right) if expr.op == "min" else max(left, right)
    return left + right if expr.op == "+" else left - right if expr.op == "-" else left * right


def expression_words(expr: Expression, rank: int = 0) -> str:
    """The expression in the canonical spelling, which reads back to the same tree."""
    if isinstance(expr, Constant):
        return "分值" if expr.weight else plain(expr.value * 100) + "%" if expr.percent else plain(expr.value)
    if isinstance(expr, Operand):
        return expr.name
    if expr.op in ("min", "max"):
        return f"{expr.op}({expression_words(expr.left)},{expression_words(expr.right)})"
    own = _RANK[expr.op]
    text = f"{expression_words(expr.left, own)}{'/' if expr.op == '÷' else expr.op}{expression_words(expr.right, own + 1)}"
    return f"({text})" if own < rank else text


def expression_excel(expr: Expression, cells: Cells) -> str:
    if isinstance(expr, Constant):
        return plain(expr.value)
    if isinstance(expr, Operand):
        ref = cells.ref(expr.need)
        return f"({ref}/100)" if expr.rate else ref
    if expr.op in ("min", "max"):
        return f"{expr.op.upper()}({expression_excel(expr.left, cells)},{expression_excel(expr.right, cells)})"
    op = {"×": "*", "÷": "/"}.get(expr.op, expr.op)
    return f"({expression_excel(expr.left, cells)}{op}{expression_excel(expr.right, cells)})"
