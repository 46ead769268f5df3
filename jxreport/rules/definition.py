"""Ratio definitions in descriptions: 预算控制率=（本年追加预算/年初预算）*100%, X占Y的比例, A与B的比率.

A printed formula that lacks its inner brackets is repaired only where one repair is sane: exactly one division
inside an outer bracket, a sum on each side that shares its terms (NORMS 2.4, row 8). The repair is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.api import Need, NeedKind
from jxreport.rules.evaluation import Evaluation
from jxreport.rules.expression import (
    Binary,
    Expression,
    NotArithmetic,
    Operand,
    binaries,
    compute,
    constants,
    expression_words,
    operands,
    parse_expression,
)
from jxreport.rules.normalise import normalised


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """How the measure is computed: `expr` is a plain ratio; the measure is expr × 100 (percent units)."""

    name: str
    expr: Expression
    repaired: str = ""  # the text as printed, where brackets had to be added
    percent: bool = True

    def needs(self) -> tuple[Need, ...]:
        seen: dict[str, Need] = {}
        for operand in operands(self.expr):
            seen.setdefault(
                operand.key,
                Need(kind=NeedKind.OPERAND, key=operand.key, label=operand.name, unit=operand.unit),
            )
        return tuple(seen.values())

    def compute(self, run: Evaluation) -> Decimal:
        value = compute(self.expr, run) * (100 if self.percent else 1)
        run.say(
            "arithmetic",
            f"{self.name or '比率'} = {self.words()} = {plain(value.quantize(Decimal('1E-6')))}{'%' if self.percent else ''}",
        )
        return value

    def words(self) -> str:
        return expression_words(self.expr) + ("×100%" if self.percent else "")


def in_unit(definition: Definition, unit: str) -> Definition:
    """在职人员控制率=在职人员数/编制数 beside a rule in percent: the quotient in percent units."""
    divides = any(e.op == "÷" for e in binaries(definition.expr))
    if definition.percent or unit != "%" or not divides:
        return definition
    return replace(definition, percent=True)


_EQUATION = re.compile(
    r"(?:^|[,;。:])(?P<name>[^,;。:=<>≤≥()]{0,30}(?:率|比例|比重|比|度|占比|百分比|数|额))=(?P<expr>[^;。=]+)"
)
_BARE = re.compile(r"^\(?(?P<expr>\(?[^=,;。]+/[^=,;。]+\)?)×100%?\)?$")
_SHARE = re.compile(
    r"(?:^|[,;。:指是])(?P<a>[^,;。:=的占]{2,30}?)占(?P<b>[^,;。:=占]{2,30}?)的?(?P<n>比例|比重|比率|百分比|比值|比)(?:$|[,;。])"
)
_RATIO = re.compile(
    r"(?:^|[,;。:])(?:指|是指|是|即)?(?P<a>[^,;。:=]{2,30}?)(?:与|和|同)(?P<b>[^,;。:=]{2,30}?)的(?:比率|比例|比值|百分比|比)(?:$|[,;。])"
)
_HUNDRED = re.compile(r"×100%?$")


def _ratio(text: str) -> tuple[Expression, bool, bool] | None:
    """(expression, percent?, repaired?) of a printed formula, or None."""
    bare, times = _HUNDRED.subn("", text)
    body, repaired = _balance(bare)
    if body is None:
        return None
    try:
        expr = parse_expression(body, None)
    except NotArithmetic:
        return None
    if any(True for _ in constants(expr)) and not isinstance(expr, Binary):
        return None
    fixed = _inner_brackets(body, expr)
    if fixed is not None:
        return fixed, bool(times), True
    return expr, bool(times), repaired


def _balance(body: str) -> tuple[str | None, bool]:
    """Brackets closed where exactly one is missing at an end; None where that is not the only repair."""
    opens, closes = body.count("("), body.count(")")
    if opens == closes:
        return body, False
    if opens == closes + 1 and body.startswith("(") and body.count("/") == 1:
        left, right = body.split("/")
        if left.count("(") == left.count(")") + 1 and right.count("(") == right.count(")"):
            return f"{left})/{right}", True
    if closes == opens + 1 and body.endswith(")") and body.count("/") == 1:
        left, right = body.split("/")
        if left.count("(") == left.count(")"):
            return f"{left}/({right}", True
    return None, False


def _terms(expr: Expression) -> list[str]:
    if isinstance(expr, Binary) and expr.op in "+-":
        return _terms(expr.left) + _terms(expr.right)
    return [expression_words(expr)]


def _inner_brackets(body: str, expr: Expression) -> Expression | None:
    """(a+b+c-d/a+b+c): the division binds only its neighbours as printed; the sums on its two sides share
    terms, so the single sane reading is (a+b+c-d)/(a+b+c)."""
    inner = body[1:-1] if body.startswith("(") and body.endswith(")") else body
    if inner.count("/") != 1 or "(" in inner or not re.search(r"[-+]", inner):
        return None
    left, right = inner.split("/")
    if not re.search(r"[-+]", left) and not re.search(r"[-+]", right):
        return None
    try:
        top, bottom = parse_expression(left, None), parse_expression(right, None)
    except NotArithmetic:
        return None
    if isinstance(bottom, Binary) and len(set(_terms(top)) & set(_terms(bottom))) < 1:
        return None
    if not isinstance(bottom, Binary):
        if bottom == Operand(name=_terms(top)[-1], key=f"var:{_terms(top)[-1]}") or _terms(bottom)[
            0
        ] in _terms(top):
            return Binary(op="÷", left=top, right=bottom)
        return None
    return Binary(op="÷", left=top, right=bottom)


def find_definition(text: str, indicator: str = "", measure: str = "") -> Definition | None:
    """The definition of the measure in a description or a rule; None where there is none, or more than one."""
    norm = normalised(text).text.replace("[", "(").replace("]", ")")
    found: list[Definition] = []
    for match in _EQUATION.finditer(norm):
        if re.search(r"得分|分值|分数", match["name"]):
            continue
        ratio = _ratio(
            match["expr"].split(",")[0]
            if "(" not in match["expr"].split(",")[0] or "," not in match["expr"]
            else match["expr"]
        )
        if ratio and any(True for _ in operands(ratio[0])) and isinstance(ratio[0], Binary):
            found.append(
                Definition(
                    name=match["name"].strip("“”"),
                    expr=ratio[0],
                    percent=ratio[1],
                    repaired=match["expr"] if ratio[2] else "",
                )
            )
    if not found:
        bare = _BARE.match(norm.strip("。;,"))
        if bare:
            ratio = _ratio(norm.strip("。;,"))
            if ratio and isinstance(ratio[0], Binary):
                found.append(
                    Definition(name=indicator, expr=ratio[0], percent=True, repaired=norm if ratio[2] else "")
                )
    if not found:
        found.extend(_spoken(norm, indicator))
    if len(found) > 1 and measure:
        found = [d for d in found if d.name and (d.name in measure or measure in d.name)]
    return found[0] if len(found) == 1 else None


def _spoken(norm: str, indicator: str) -> list[Definition]:
    for pattern in (_SHARE, _RATIO):
        matches = list(pattern.finditer(norm))
        if len(matches) == 1:
            names = [re.sub(r"^(?:指|是指|即|为)", "", matches[0][k].strip("“”")) for k in ("a", "b")]
            if all(re.fullmatch(r"[\u4e00-\u9fffA-Za-z()“”、]{2,30}", n) for n in names):
                a, b = (Operand(name=n, key=f"var:{n}") for n in names)
                return [Definition(name=indicator, expr=Binary(op="÷", left=a, right=b))]
    return []
