"""Budget execution (NORMS 1.6): 全年执行数 ÷ 全年预算数 of the row 年度资金总额, times the weight, capped.

The score comes from the unrounded rate: 75.96 of 76 is 9.99, not 10.00. Where the rate printed with two
decimals would give another score, a note says so.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from jxreport.finding import NOWHERE, Finding, Source, note, warning
from jxreport.model.profile import ExecutionRule, Profile
from jxreport.model.result import Execution, TraceStep
from jxreport.model.submission import Form, FundRow
from jxreport.model.values import Sourced
from jxreport.number import HUNDRED, ONE, ZERO, fixed, grouped, half_up, plain
from jxreport.score import steps
from jxreport.score.norm import band_of


def execution_rate(adjusted: Decimal | None, executed: Decimal | None) -> Decimal | None:
    """执行率 in percent, unrounded; None where an amount is missing or negative, or the budget is 0."""
    if adjusted is None or executed is None or adjusted <= 0 or executed < 0:
        return None
    return executed * HUNDRED / adjusted


def score_execution(form: Form, weight: Decimal | None, profile: Profile) -> Execution | None:
    """Execution of `form`. `weight` None: shown, not scored.

    Without a money block it is None, or, where it has points, open: its points are never left out.
    """
    row = form.budget.total if form.budget else None
    if form.budget is None or row is None:
        return Execution(weight=weight) if weight is not None else None
    adjusted, executed = _value(row.adjusted), _value(row.executed)
    rate = execution_rate(adjusted, executed)
    if rate is None and adjusted == 0 and profile.zero_budget_full and executed == 0:
        rate = HUNDRED
    findings: list[Finding] = []
    trace = _cells(row)
    printed = _printed_rate(row)
    if printed is not None and weight is not None and _may_score(printed, profile):
        findings.append(note("JX542", _place(row.stated_rate, row), form=form.name, rate=plain(printed)))
        trace.append(steps.cell("执行率", f"{plain(printed)}%", _place(row.stated_rate, row)))
        shown, lines = _score(printed, weight * printed / HUNDRED, weight, profile)
        return Execution(
            rate=printed,
            weight=weight,
            score=shown,
            stated_score=_value(form.budget.stated_score),
            trace=(*trace, *lines),
            findings=tuple(findings),
        )
    score: Decimal | None = None
    if adjusted == 0 and executed is not None and rate is None:
        findings.append(warning("JX540", _place(row.adjusted, row), form=form.name))
        trace.append(steps.convention("全年预算数为0，执行率无法计算，执行率得分记0分"))
        score = half_up(ZERO) if weight is not None else None
    elif rate is not None and adjusted is not None and executed is not None:
        trace.append(_rate_line(adjusted, executed, rate))
        if weight is not None and _may_score(rate, profile):
            score, lines = _score(rate, _exact(weight, adjusted, executed, rate), weight, profile)
            trace += lines
            findings += _printed_rate_note(rate, weight, score, row, profile)
    return Execution(
        initial=_value(row.initial),
        adjusted=adjusted,
        executed=executed,
        rate=rate,
        weight=weight,
        score=score,
        stated_score=_value(form.budget.stated_score),
        trace=tuple(trace),
        findings=tuple(findings),
    )


def _value(sourced: Sourced[Decimal] | None) -> Decimal | None:
    return sourced.value if sourced is not None else None


def _printed_rate(row: FundRow) -> Decimal | None:
    """The rate printed in a form that states no amounts at all; a fraction such as 0.76 could mean two rates."""
    amounts = (_value(row.initial), _value(row.adjusted), _value(row.executed))
    rate = _value(row.stated_rate)
    return rate if rate is not None and rate > ONE and amounts == (None, None, None) else None


def _place(sourced: Sourced[Decimal] | None, row: FundRow) -> Source:
    return sourced.source if sourced is not None and sourced.source != NOWHERE else row.source


def _may_score(rate: Decimal, profile: Profile) -> bool:
    """A rate outside 0–100 % means that one of the two amounts is wrong (check E12)."""
    return rate >= 0 and (rate <= HUNDRED or profile.over_execution_allowed)


def _cells(row: FundRow) -> list[TraceStep]:
    pairs = (("全年预算数", row.adjusted), ("全年执行数", row.executed))
    return [
        steps.cell(name, f"{value.text or plain(value.value)}", value.source)
        for name, value in pairs
        if value is not None and value.value is not None
    ]


def _rate_line(adjusted: Decimal, executed: Decimal, rate: Decimal) -> TraceStep:
    if adjusted == 0:
        return steps.convention("全年预算数与全年执行数均为0，按口径执行率记100%")
    ratio = f"{grouped(executed)} ÷ {grouped(adjusted)}"
    return steps.arithmetic(f"预算执行率 = {ratio} × 100% = {steps.shown(rate)}%")


def _exact(weight: Decimal, adjusted: Decimal, executed: Decimal, rate: Decimal) -> Decimal:
    """Weight × rate, multiplied before it is divided: a rate cut short could miss a rounding tie."""
    return weight * executed / adjusted if adjusted else weight * rate / HUNDRED


def _score(
    rate: Decimal, exact: Decimal, weight: Decimal, profile: Profile
) -> tuple[Decimal, list[TraceStep]]:
    used = half_up(rate) if profile.execution_from_printed_rate else rate
    source = profile.source("execution")
    lines: list[TraceStep] = []
    if used > HUNDRED:
        lines.append(steps.convention("执行率超过100%，按100%计"))
        used = HUNDRED
    if profile.execution is ExecutionRule.BANDED:
        band = band_of(profile.execution_bands, used)
        share = band.share if band.share is not None else ZERO
        raw = weight * share / HUNDRED
        lines.append(steps.clause(f"预算执行率分档计分：{band.label}，记分值的{plain(share)}%", source))
        lines.append(steps.arithmetic(f"{plain(weight)} × {plain(share)}% = {steps.shown(raw)}"))
    else:
        raw = exact if used == rate else weight * used / HUNDRED
        which = "印出的执行率" if profile.execution_from_printed_rate else "未取整的执行率"
        lines.append(
            steps.clause(f"得分 = 执行率 × {plain(weight)}分，用{which}计算，最高{plain(weight)}分", source)
        )
        lines.append(steps.arithmetic(f"{plain(weight)} × {steps.shown(used)}% = {steps.shown(raw)}"))
    score = half_up(raw)
    lines.append(steps.rounding(score))
    return score, lines


def _printed_rate_note(
    rate: Decimal, weight: Decimal, score: Decimal, row: FundRow, profile: Profile
) -> list[Finding]:
    """The deployed systems round the rate first; say so where that would print another score."""
    if profile.execution is ExecutionRule.BANDED or rate > HUNDRED:
        return []
    other = half_up(weight * half_up(rate) / HUNDRED)
    if profile.execution_from_printed_rate:
        other = half_up(weight * rate / HUNDRED)  # only for the note
    if other == score:
        return []
    facts: dict[str, Any] = {"rate": fixed(rate), "score": score, "other": other}
    return [note("JX541", row.source, **facts)]
