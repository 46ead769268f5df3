"""Score formulas in a sentence: 得分=A/B×分值, 执行率*该指标分值, 60分乘以完成投资占年度计划的比."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from jxreport.number import half_up, plain
from jxreport.rules.expression import (
    Binary,
    Constant,
    Expression,
    NotArithmetic,
    constants,
    operands,
    parse_expression,
    rekey,
)
from jxreport.rules.expression import Operand as Operand
from jxreport.rules.interval import Interval, find_interval
from jxreport.rules.pieces import MARK
from jxreport.rules.vocabulary import NUM


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFormula:
    """One formula: its span, name, expression, the interval it is stated for, and numbers printed as an instance."""

    start: int
    end: int
    name: str
    expr: Expression
    interval: Interval | None = None
    instance: str = ""


_PRODUCT = re.compile(r"^(?P<a>[^,;。\d]{2,30}?)(?:与|和)(?P<b>[^,;。]{1,12}?)(?:的)?(?:乘积|积|相乘)")
_ARITHMETIC = re.compile(r"[×÷=]|乘|除以|(?<!不)计分|(?<!不)得分|计算|折算|比值|赋分")  # a slash alone may join two nouns
_OPERATOR = re.compile(
    r"乘积|相乘|×|÷|乘以|乘(?=分值|权重|该项|该指标|指标分|本项|\d)|除以|(?<=[\u4e00-\u9fff)])(?<!分)/(?=[\u4e00-\u9fff(])"
)
_SCORE_NAME = re.compile(r"(?:得分|分值|分数|计分|评分|[SsFf][\u4e00-\u9fff]?|加分|扣分|最终得分|分)$")
_TAIL = re.compile(
    r"(?:的)?(?:来)?(?:计算|确定|折算|得出|进行|核定|换算|作为|为|即为)?(?:该项|本项|最终|实际|该指标)?(?:得分值?|计分|记分|分数|分值|加分|赋分|给分|计算)?$"
)
_HEAD = re.compile(
    r"^(?:则|应|即|并|实际)?(?:得分|分值|计分)?(?:按照?|依照|以(?![上下内外])|用|根据|按实际|为)?"
    r"(?:(?:以?下列?|该|此|如下)?公式:?)?"
)


def find_formulas(text: str, weight: Decimal | None) -> tuple[tuple[FoundFormula, ...], bool]:
    """(formulas, unreadable?): unreadable where multiplication stands in the text but gives no expression."""
    found: list[FoundFormula] = []
    for match in re.finditer(r"[^;。]+", text):
        segment = match[0]
        if not _OPERATOR.search(segment) or not found and not _ARITHMETIC.search(segment):
            continue
        if found and _says_zero(segment, found[-1].expr, weight):
            found[-1] = replace(found[-1], end=match.end())
            continue
        made = _segment(segment, match.start(), weight)
        if made is None:
            return tuple(found), True
        if made is not _DEFINITION:
            found.append(made)
    return tuple(found), False


_ZERO_CASE = re.compile(
    rf"^(?:其中[:,]?)?(?:若|如果?|当)?(?P<ratio>[^<>≤≥=,;]+?)(?:>|≥|大于或?等于|大于|超过)(?P<n>{NUM})(?P<u>%)?(?:的|时)*,"
    r"(?:则|该项|此项|本项|该指标|本指标)*(?:得?0分|不得分|得分为0分?)$"
)


def _says_zero(segment: str, expr: Expression, weight: Decimal | None) -> bool:
    """若A/B>0.1,此项得0分 behind (1-10×A/B)×分值: says only what the formula gives anyway."""
    match = _ZERO_CASE.match(segment)
    if match is None:
        return False
    try:
        ratio = parse_expression(match["ratio"], weight)
    except NotArithmetic:
        return False
    if not isinstance(ratio, Binary) or ratio.op != "÷" or not isinstance(ratio.left, Operand) or not isinstance(ratio.right, Operand):
        return False
    limit = Decimal(match["n"]) / (100 if match["u"] else 1)
    above, below = ratio.left.name, ratio.right.name

    def at(share: Decimal, whole: int) -> Decimal | None:
        return _instance(expr, {above: share * whole, below: Decimal(whole)})

    first, same, far = at(limit, 1), at(limit, 7), at(limit * 2, 1)
    return first is not None and far is not None and first == same == 0 and far < 0


_DEFINITION = FoundFormula(start=0, end=0, name="", expr=Constant(value=Decimal(0)))


def _segment(segment: str, offset: int, weight: Decimal | None) -> FoundFormula | None:
    pieces = [(m.start(), m[0]) for m in re.finditer(r"[^,:]+", _shield(segment))]
    chosen = [(start, segment[start : start + len(part)]) for start, part in pieces if _OPERATOR.search(part)]
    equations = [c for c in chosen if "=" in c[1]]
    score = [c for c in equations if _SCORE_NAME.search(c[1].split("=")[0].strip("()“”"))]
    if score:
        if len(score) > 1:
            return None
        start, part = score[0]
    elif equations and all(
        re.search(r"[×]100%?\)?$", part) or "%" not in part and re.search(r"[率比度]$", part.split("=")[0])
        for _, part in equations
    ):
        return _DEFINITION
    elif len(chosen) == 1:
        start, part = chosen[0]
    else:
        return None
    return _formula(segment, offset, start, part, weight)


def _shield(segment: str) -> str:
    """Commas inside brackets hidden."""
    out, depth = [], 0
    for char in segment:
        depth += char == "("
        depth -= char == ")" and depth > 0
        out.append("口" if depth and char in ",:" else char)
    return "".join(out)


def _formula(segment: str, offset: int, start: int, part: str, weight: Decimal | None) -> FoundFormula | None:
    part = part.rstrip(" ")  # a remark behind it is read elsewhere
    start, part = start + len(part) - len(part.lstrip(" ")), part.lstrip(" ")
    marked = MARK.sub("", part)
    start, part = start + len(part) - len(marked), marked
    end = start + len(part)
    inner = re.search(r"\((?P<f>[^()]*(?:×|÷|/|乘以)[^()]*)\)$", part)
    if (
        inner is not None
        and not re.search(r"[×÷/=]", part[: inner.start()])
        and "=" not in inner["f"]
        and re.search(r"计算|得分|计分|比例", part)
    ):
        return _formula(segment, offset, start + inner.start("f"), inner["f"], weight)
    body = part.lstrip("(") if part.count("(") > part.count(")") else part
    start += len(part) - len(body)
    name, expression, result = "得分", body, None
    if "=" in body:
        sides = body.split("=")
        name = sides[0]
        if len(sides) == 3 and re.fullmatch(rf"{NUM}分?", sides[2]):
            result = Decimal(sides[2].rstrip("分"))
        elif len(sides) != 2:
            return None
        elif _OPERATOR.search(sides[0]) and re.fullmatch(r"(?:该项|本项|指标|最终|实际)?(?:得分|分值|分数)", sides[1]):
            sides.reverse()  # 完成率×分值=得分
            name = sides[0]
        expression = sides[1]
    else:
        condition = re.match(
            r"^(?P<cond>(?:否则|未|不|(?:[^×÷/=(]|\(不?含\))*\d)(?:[^×÷/=(]|\(不?含\)){0,12}?)的?,?(?:则)?(?:按照?|(?<![乘除])以(?![上下内外]))(?P<rest>.+)$",
            expression,
        )
        if condition is not None:
            start += condition.start("rest")
            expression = condition["rest"]
        head = _HEAD.match(expression)
        expression = expression[head.end() if head else 0 :]
    name = re.sub(r"^(?:否则|超[过出]的?|未达到的?|未完成的?|不足的?|低于的?|其余的?|即|则|此时)+,?(?=得分$)", "", name)
    expression = re.sub(
        r"(?P<r>[^()+×÷/=-]{2,30}(?:率|比例|百分比|比重|度))\((?:完成率)?(?:超过|大于|高于|超出|达到或超过)100%的?(?:,)?(?:均|一律)?[以按]100%(?:计算|计|算)?\)",
        r"min(\g<r>,100%)", expression,
    )  # fmt: skip
    taken = re.search(r"(?:来)?(?:进行)?扣(?:减|除)?分(?:值|数)?$", expression)
    if taken and "=" not in body:
        name, expression = "扣分", expression[: taken.start()]
    remark = re.search(r"\((?:完成)?(?:百分比|比例|率)?(?:保留|取)整数?\)$", expression)
    if remark:
        return None
    tail = _TAIL.search(expression)
    spoken = re.search(r"(?:计算|确定|折算|换算|得出|核定)(?:该项|本项|最终|实际|该指标)?(?:得分|计分|分数|分值)?$", expression)
    made = None
    if spoken and spoken.start():
        made = _expression(expression[: spoken.start()].rstrip("来进行的").strip("“”"), weight, result)
    made = made or _expression(expression.strip("“”"), weight, result)
    if made is None and result is None and tail and tail.start():
        made = _expression(expression[: tail.start()].strip("“”"), weight, None)
    if made is None:
        made = _share_of_full(expression, weight)
    if made is None:
        return None
    expr, instance = made
    before = segment[:start]
    interval = None
    lead = before.rstrip(",:")
    if re.search(r"\d", lead) and not re.search(r"(?:[得计记赋给](?:满分|\d+(?:\.\d+)?分)|不得分|不计分)$", lead):
        last = re.sub(r"的?,?(?:则)?(?:按照?|以)$", "", re.split(r"[,:]", lead)[-1])
        lead = lead[: lead.rindex(last) + len(last)]
        interval_found = find_interval(last)
        numbers = {plain(c.value) for c in constants(expr)}
        if (
            interval_found is not None
            and interval_found.stated_compare
            and lead.endswith(last)
            and interval_found.unit == "%"
        ):
            interval = interval_found.interval
            lead_start = offset + start - (len(before) - len(lead)) - len(last)
            if interval_found.after.strip("的者时"):
                return None
            return FoundFormula(
                start=lead_start, end=offset + end, name=name, expr=expr, interval=interval, instance=instance
            )
        rest = re.sub(r"(?:19|20)\d{2}年?", "", lead)
        scored = re.search(r"[得计扣加记]\d", lead)
        if "=" in part and not scored and all(plain(Decimal(n)) in numbers for n in re.findall(NUM, rest)):
            return FoundFormula(start=offset, end=offset + end, name=name, expr=expr, instance=instance)
    if "=" in part and re.search(r"乘以|比重|加分|得分|计分", before) and not re.search(r"\d", before):
        return FoundFormula(start=offset, end=offset + end, name=name, expr=expr, instance=instance)
    return FoundFormula(start=offset + start, end=offset + end, name=name, expr=expr, instance=instance)


_OF_SHARE = re.compile(
    r"^(?P<ratio>.*[)\u4e00-\u9fff]/[(\u4e00-\u9fff].*?)(?:×100%)?\)?(?:的?(?:比例|比值|百分比|比))?"
    r"(?:进行)?(?:折算|计算)?(?:得分|计分|记分|赋分|给分)$"
)


def _share_of_full(text: str, weight: Decimal | None) -> tuple[Expression, str] | None:
    """按(A/B)的比例计分: so much of the row's points."""
    match = _OF_SHARE.match(text)
    if match is None or weight is None or re.search(r"[+×-]", match["ratio"]):
        return None
    ratio = match["ratio"] + ")" * (match["ratio"].count("(") - match["ratio"].count(")"))
    try:
        expr = parse_expression(ratio, weight)
    except NotArithmetic:
        return None
    if not isinstance(expr, Binary) or expr.op != "÷" or any(True for _ in constants(expr)):
        return None
    return Binary(op="×", left=expr, right=Constant(value=weight, weight=True)), ""


def _expression(text: str, weight: Decimal | None, result: Decimal | None) -> tuple[Expression, str] | None:
    glued: dict[str, Decimal] = {}
    if "乘积" in text or "相乘" in text:
        product = _spoken(text, weight)
        return None if product is None else (product, "")
    try:
        expr = parse_expression(text, weight, glued if result is not None else None)
    except NotArithmetic:
        spoken = _spoken(text, weight)
        return None if spoken is None else (spoken, "")
    if not list(operands(expr)):
        return None
    if result is not None:
        value = _instance(expr, glued)
        if value is None or half_up(value, 4) != half_up(result, 4):
            return None
        return expr, "、".join(f"{k}{plain(v)}" for k, v in glued.items())
    if not _dimension(expr):
        return None
    return expr, ""


def _dimension(expr: Expression) -> bool:
    """A score needs points in it: a constant or the weight must be a factor or a term."""
    if isinstance(expr, Constant):
        return True
    if isinstance(expr, Binary):
        return _dimension(expr.left) or _dimension(expr.right)
    return False


def _spoken(text: str, weight: Decimal | None) -> Expression | None:
    """进度按照60分乘以完成投资占年度计划的比, 比值乘以10, 执行率与分值的乘积."""
    product = _PRODUCT.match(text)
    if product is not None:
        try:
            return parse_expression(f"{product['a']}×{product['b']}", weight)
        except NotArithmetic:
            return None
    match = re.fullmatch(
        rf"(?P<lead>[^\d×]{{0,12}}?(?:按照?|以|为))?(?P<n>{NUM})分?(?:乘以|×)(?P<name>[^\d×÷=]{{2,40}}?(?:的?比例?|率|比重|百分比|比值))",
        text,
    )
    if match is None:
        return None
    rate = Operand(name=match["name"], key=f"var:{match['name']}", rate=True)
    return Binary(op="×", left=Constant(value=Decimal(match["n"])), right=rate)


def _instance(expr: Expression, values: dict[str, Decimal]) -> Decimal | None:
    """The value with the instance numbers put in; None where one is missing."""
    if isinstance(expr, Constant):
        return expr.value
    if isinstance(expr, Binary):
        left, right = _instance(expr.left, values), _instance(expr.right, values)
        if left is None or right is None or (expr.op == "÷" and right == 0):
            return None
        if expr.op in ("min", "max"):
            return min(left, right) if expr.op == "min" else max(left, right)
        return {"+": left + right, "-": left - right, "×": left * right}.get(
            expr.op, left / right if right else None
        )
    return values.get(expr.name)


__all__ = ["FoundFormula", "find_formulas", "rekey"]
