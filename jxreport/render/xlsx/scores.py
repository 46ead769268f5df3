"""The formula of one indicator's score: from its rule tree, from the profile's norm, or an entered score."""

from __future__ import annotations

from decimal import Decimal

from jxreport.checks.units import ratio_between
from jxreport.model.profile import Profile
from jxreport.model.result import Execution, IndicatorScore, Status, UnitResult
from jxreport.number import HUNDRED, half_up
from jxreport.render.xlsx.data import DataBook
from jxreport.render.xlsx.live import Live, quoted_text
from jxreport.render.xlsx.norms import execution_points, norm_formula
from jxreport.render.xlsx.pace import pace_formula
from jxreport.render.xlsx.plan import Key
from jxreport.render.xlsx.recompute import NotComputable, recompute
from jxreport.report.text import PENDING
from jxreport.rules import excel, needs


def score_formula(item: IndicatorScore, data: DataBook, tail: Key, result: UnitResult) -> Live | None:
    """Score of `item`, rounded to 2 decimals; `tail` is (evaluation index, ordinal).

    None where there is no score, or where it does not follow from inputs: then the cell holds the number.
    """
    if item.score is None or item.status is not Status.SCORED:
        return None
    text = _undeducted(item, data, tail, result)
    if text is None:
        return None
    # a rule's own formula knows what to do without an answer
    guard = data.present(text) if item.rule is None or item.norm in ("manual", "tier") else ""
    deduction = data.ref(("deduction", *tail))
    if deduction is not None:
        text = f"MAX(0,{text}-ROUND(MAX(N({deduction}),0),2))"
    return Live(text, item.score, guard, PENDING) if _gives(text, item.score, data) else None


def _gives(text: str, score: Decimal, data: DataBook) -> bool:
    """Does the formula, worked out over its input cells, give the engine's score?"""
    try:
        return recompute(text, data.cells) == score
    except NotComputable:
        return False


def single_formula(item: IndicatorScore, data: DataBook, tail: Key, result: UnitResult) -> Live | None:
    """单项指标得分: the unrounded points as a share of the weight, on the scale of 100, two decimals.

    None where the points before rounding have no formula of their own.
    """
    weight = data.ref(("weight", *tail))
    if item.raw is None or not item.weight or weight is None or item.status is not Status.SCORED:
        return None
    if item.norm in ("manual", "tier"):
        points = data.ref(("manual", *tail)) or data.ref(("stated", *tail))
    else:
        points = _plain_points(item, data, tail, result.profile, weight)
    if points is None:
        return None
    value = half_up(min(item.raw, item.weight) * HUNDRED / item.weight)
    text = f"ROUND(MIN({points},{weight})*100/{weight},2)"
    return Live(text, value, data.present(text, f"{weight}<>0")) if _gives(text, value, data) else None


def _undeducted(item: IndicatorScore, data: DataBook, tail: Key, result: UnitResult) -> str | None:
    """The formula before 扣减分数, by what the score rests on."""
    if item.norm in ("manual", "tier"):
        given = data.ref(("manual", *tail)) or data.ref(("stated", *tail))
        return f"ROUND({given},2)" if given else None
    if item.rule is not None:
        refs = {need.key: data.ref(("need", *tail, need.key)) or '""' for need in needs(item.rule)}
        return excel(item.rule, refs, item.choices)
    weight = data.ref(("weight", *tail))
    if weight is None:
        return None
    if item.norm == "deadline":
        return _by_deadline(data, tail, weight)
    if item.norm == "execution":
        return _execution(result.evaluations[int(tail[0])].execution, data, tail, result.profile, weight)
    if item.kind == "schedule":
        return pace_formula(item.reading, result, int(tail[0]), data, weight)
    return _by_norm(item, data, tail, result.profile, weight)


def _by_deadline(data: DataBook, tail: Key, weight: str) -> str | None:
    """Dates stand as YYYY-MM-DD, which compare like days; a late one has the score a person entered."""
    due, done = (data.ref((what, *tail)) for what in ("due", "done"))
    if due is None or done is None:
        return None
    given = data.ref(("manual", *tail)) or data.ref(("stated", *tail))
    late = f"ROUND({given},2)" if given else quoted_text(PENDING)
    return f"IF({done}<={due},ROUND({weight},2),{late})"


def _execution(
    execution: Execution | None, data: DataBook, tail: Key, profile: Profile, weight: str
) -> str | None:
    """预算执行率 printed as an indicator: the money block's amounts, the row's own points."""
    executed, adjusted = (data.ref(("exec", tail[0], what)) for what in ("executed", "adjusted"))
    if execution is None or executed is None or adjusted is None:
        return None
    return execution_points(profile, executed, adjusted, weight)


def _by_norm(item: IndicatorScore, data: DataBook, tail: Key, profile: Profile, weight: str) -> str | None:
    actual = data.ref(("value", *tail))
    if actual is not None and item.norm == "yesno":
        reached = item.indicator.target.text.strip()
        return f"IF(TRIM({actual})={quoted_text(reached)},ROUND({weight},2),0)"
    text = _plain_points(item, data, tail, profile, weight)
    return f"ROUND({text},2)" if text else None


def _plain_points(
    item: IndicatorScore, data: DataBook, tail: Key, profile: Profile, weight: str
) -> str | None:
    """Points by sign and number, before rounding."""
    target, actual = (data.ref((what, *tail)) for what in ("target", "value"))
    if target is None or actual is None:
        return None
    return norm_formula(item.norm, profile, target, _in_target_unit(item, actual), weight)


def _in_target_unit(item: IndicatorScore, actual: str) -> str:
    """The actual as an expression in the unit of the target (万元 against 元)."""
    indicator = item.indicator
    unit = indicator.actual.unit if indicator.actual else ""
    ratio = ratio_between(unit, indicator.target.unit) or 1
    times = "" if ratio.numerator == 1 else f"*{ratio.numerator}"
    return f"{actual}{times}" + ("" if ratio.denominator == 1 else f"/{ratio.denominator}")
