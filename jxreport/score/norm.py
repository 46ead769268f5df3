"""Indicators with a sign and a number and no sentence: the profile's norm (10号 art. 16, NORMS 1.4).

Met gives the full weight; missed gives the share done. Reverse indicators (≤, <) follow the profile's
reverse rule. Nothing is ever deducted for overshoot by itself: a deduction is the unit's own entry.
"""

from __future__ import annotations

from decimal import Decimal

from jxreport.checks.labels import is_satisfaction
from jxreport.checks.percent import percent_unclear
from jxreport.checks.units import fold_unit, in_target_unit, size_unclear
from jxreport.model.profile import Band, Profile, ReverseRule
from jxreport.model.result import IndicatorScore, Status, TraceStep
from jxreport.model.submission import Indicator
from jxreport.model.values import Op
from jxreport.number import HUNDRED, ONE, ZERO, half_up, plain
from jxreport.score import steps

_REVERSE = (Op.LE, Op.LT)


def score_quantity(indicator: Indicator, weight: Decimal, profile: Profile) -> IndicatorScore:
    """Score by sign and number. UNSCORED where target or actual is no comparable number (checks say why)."""
    target, actual = indicator.target, indicator.actual
    unscored = IndicatorScore(indicator=indicator, weight=weight, status=Status.UNSCORED, kind="norm")
    if target.op in (None, Op.QUALITATIVE) or target.value is None or target.value < 0:
        return unscored
    if actual is None or actual.value is None or percent_unclear(indicator) or size_unclear(indicator):
        return unscored
    value = in_target_unit(indicator)
    if value is None:
        return unscored
    trace = [
        steps.cell("指标值", _target_text(indicator), target.source),
        steps.cell("实际完成值", actual.text or plain(actual.value), actual.source),
    ]
    if target.op_inferred:
        trace.append(steps.convention(f"目标表没有印出符号，按指标的含义取“{target.op.value}”"))
    if value != actual.value:
        unit = fold_unit(target.unit)
        trace.append(steps.arithmetic(f"单位换算：{plain(actual.value)}{actual.unit} = {plain(value)}{unit}"))
    counted = value
    if value < 0:
        counted = ZERO
        trace.append(steps.convention("实际完成值为负数，按0计算"))
    if _by_bands(indicator, profile):
        return _banded(indicator, weight, counted, profile, trace)
    return _proportional(indicator, weight, counted, profile, trace)


def _target_text(indicator: Indicator) -> str:
    target = indicator.target
    if target.text:
        return target.text
    sign = target.op.value if target.op else ""
    return f"{sign}{plain(target.value) if target.value is not None else ''}{target.unit}"


def _by_bands(indicator: Indicator, profile: Profile) -> bool:
    return (
        bool(profile.satisfaction_bands)
        and fold_unit(indicator.target.unit) == "%"
        and is_satisfaction(indicator.level1, indicator.level2, indicator.name)
    )


def band_of(bands: tuple[Band, ...], value: Decimal) -> Band:
    """The half-open band that holds `value`; bands run from high to low and end at 0."""
    return next(band for band in bands if value >= band.low or band is bands[-1])


def _banded(
    indicator: Indicator, weight: Decimal, value: Decimal, profile: Profile, trace: list[TraceStep]
) -> IndicatorScore:
    band = band_of(profile.satisfaction_bands, value)
    share = band.share if band.share is not None else ZERO
    raw = weight * share / HUNDRED
    clause = f"满意度分档计分：{band.label}，记分值的{plain(share)}%"
    trace.append(steps.clause(clause, profile.source("satisfaction")))
    trace.append(steps.arithmetic(f"{plain(weight)} × {plain(share)}% = {steps.shown(raw)}"))
    return _finish(indicator, weight, value, raw, clause, "satisfaction", trace)


def _proportional(
    indicator: Indicator, weight: Decimal, value: Decimal, profile: Profile, trace: list[TraceStep]
) -> IndicatorScore:
    op, wanted = indicator.target.op, indicator.target.value
    assert op is not None
    assert wanted is not None
    reverse = op in _REVERSE or (op is Op.EQ and wanted == 0)  # nothing may happen: = 0 works like ≤ 0
    met = value <= wanted if reverse else value >= wanted
    if reverse:
        clause, norm = _reverse_clause(profile, wanted), profile.source("norm.reverse" if wanted else "norm")
        share, whole, sum_text = _reverse_share(value, wanted, profile.reverse)
    else:
        clause, norm = "完成值达到指标值记满分，未达到的按完成值与指标值的比例记分", profile.source("norm")
        share, whole, sum_text = value, wanted, f"{plain(value)} ÷ {plain(wanted)}"
    trace.append(steps.clause(f"指标值{op.value}{plain(wanted)}：{clause}", norm))
    if met and value == wanted and op in (Op.GT, Op.LT):
        trace.append(steps.convention(f"完成值恰为指标值，“{op.value}”按“{'≤' if reverse else '≥'}”处理"))
    if met:
        raw = weight
        sign = "=" if value == wanted else ("<" if reverse else ">")
        line = f"{plain(value)} {sign} {plain(wanted)}，已完成，记{plain(weight)}分"
        trace.append(steps.arithmetic(line))
    elif profile.pass_mark is not None and share * HUNDRED < profile.pass_mark * whole:
        raw = ZERO
        mark = f"完成比例{steps.shown(share * HUNDRED / whole)}%，低于{plain(profile.pass_mark)}%，不得分"
        trace.append(steps.clause(mark, profile.source("norm.pass_mark")))
    else:
        raw = weight * share / whole  # multiplied first: a quotient cut short could miss a rounding tie
        trace.append(steps.arithmetic(f"{plain(weight)} × {sum_text} = {steps.shown(raw)}"))
    return _finish(indicator, weight, value, raw, clause, _norm_name(op), trace, profile=profile)


def _reverse_clause(profile: Profile, wanted: Decimal) -> str:
    if wanted == 0:
        return "完成值为0记满分，超过0不得分"
    if profile.reverse is ReverseRule.LINEAR:
        return "完成值不超过指标值记满分，超过的按超出比例扣分，超出一倍不得分"
    return "完成值不超过指标值记满分，超过的按指标值与完成值的比例记分"


def _reverse_share(value: Decimal, wanted: Decimal, rule: ReverseRule) -> tuple[Decimal, Decimal, str]:
    """Share of the weight for a missed reverse target as numerator and denominator, with its arithmetic."""
    if rule is ReverseRule.INVERSE:
        return wanted, value if value else ONE, f"{plain(wanted)} ÷ {plain(value)}"
    if wanted == 0 or value >= 2 * wanted:
        return ZERO, ONE, "0（超出一倍及以上）"
    line = f"（1 − （{plain(value)} − {plain(wanted)}） ÷ {plain(wanted)}）"
    return 2 * wanted - value, wanted, line


def _norm_name(op: Op) -> str:
    if op in _REVERSE:
        return "le"
    return "eq" if op is Op.EQ else "ge"


def _overshoot(indicator: Indicator, value: Decimal, profile: Profile | None) -> bool:
    """Is the actual so far above the target that the cause must be told (10号 art. 16)?"""
    wanted = indicator.target.value
    if profile is None or indicator.target.op in _REVERSE or not wanted:
        return False
    return value * HUNDRED >= profile.overshoot * wanted


def _finish(
    indicator: Indicator,
    weight: Decimal,
    value: Decimal,
    raw: Decimal,
    clause: str,
    norm: str,
    trace: list[TraceStep],
    profile: Profile | None = None,
) -> IndicatorScore:
    score = half_up(raw)
    trace.append(steps.rounding(score))
    wanted = indicator.target.value
    forward = indicator.target.op not in _REVERSE and bool(wanted)
    return IndicatorScore(
        indicator=indicator,
        weight=weight,
        status=Status.SCORED,
        score=score,
        raw=raw,
        value=value,
        completion=value * HUNDRED / wanted if forward and wanted else None,
        kind="norm",
        reading=clause,
        trace=tuple(trace),
        missed=raw < weight,
        overshoot=_overshoot(indicator, value, profile),
        norm=norm,
    )
