"""Total and grade (NORMS 1.7, 6.23): the printed column adds up, and nothing is redistributed silently."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jxreport.checks.labels import group_of
from jxreport.finding import Finding, note
from jxreport.model.profile import Profile
from jxreport.model.result import Execution, IndicatorScore, Status
from jxreport.model.submission import Form, Kind
from jxreport.number import HUNDRED, ZERO, half_up, plain
from jxreport.score.norm import band_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """`total` and `grade` are open (None, "") while anything that counts has no score."""

    total: Decimal | None
    full: Decimal | None
    scored: Decimal | None
    scored_full: Decimal | None
    grade: str
    rescaling: str
    findings: tuple[Finding, ...]


def add_up(
    form: Form,
    rows: tuple[IndicatorScore, ...],
    execution: Execution | None,
    profile: Profile,
    *,
    adds_up: bool = True,
) -> Totals:
    """Sum of the rounded scores over everything that counts.

    Without `adds_up` (the points of the table are wrong, E05) a total would mean nothing, so none is given.
    """
    counting = [row for row in rows if row.status is not Status.NOT_APPLICABLE and not row.indicator.is_part]
    lines = [(row.weight, row.score, row.raw) for row in counting]
    if execution is not None and execution.weight is not None:
        lines.append((execution.weight, execution.score, execution.score))
    weights = [weight for weight, _, _ in lines if weight is not None]
    if form.kind is Kind.MONITORING or not weights or not counting:
        return Totals(
            total=None, full=None, scored=None, scored_full=None, grade="", rescaling="", findings=()
        )
    has_score = [(weight, score) for weight, score, _ in lines if weight is not None and score is not None]
    scored = half_up(sum((score for _, score in has_score), ZERO))
    scored_full = sum((weight for weight, _ in has_score), ZERO)
    full = sum(weights, ZERO)
    if len(has_score) != len(lines) or not adds_up:
        return Totals(
            total=None, full=full, scored=scored, scored_full=scored_full, grade="", rescaling="", findings=()
        )
    total, full, rescaling = _rescaled(rows, scored, full, profile)
    return Totals(
        total=total,
        full=full,
        scored=scored,
        scored_full=scored_full,
        grade=grade_of(total, full, profile),
        rescaling=rescaling,
        findings=_unrounded(form, [raw for _, _, raw in lines], scored),
    )


def grade_of(total: Decimal, full: Decimal, profile: Profile) -> str:
    """The grade of `total` out of `full`; bands are points of 100, lower bound included."""
    return band_of(profile.grades, total if full == HUNDRED else total * HUNDRED / full).label


def _rescaled(
    rows: tuple[IndicatorScore, ...], scored: Decimal, full: Decimal, profile: Profile
) -> tuple[Decimal, Decimal, str]:
    """Total, full mark and the rule used, where rows were left out as not applicable."""
    out = [row for row in rows if row.status is Status.NOT_APPLICABLE and row.weight]
    left_out = sum((row.weight for row in out if row.weight), ZERO)
    if not left_out:
        return scored, full, ""
    names = "、".join(row.indicator.name for row in out)
    whole = full + left_out
    head = f"不适用的指标（{names}，共{plain(left_out)}分）按填报单位的说明不计入；"
    benefit = _to_benefit(rows, out, left_out, profile)
    if benefit is not None:
        share, points = benefit
        total = half_up(scored + share * left_out / points)
        rule = (
            f"满意度的{plain(left_out)}分调整至效益指标：{scored} + {share} × {plain(left_out)} ÷ {plain(points)}"
            f" = {total}"
        )
        return total, whole, head + rule
    total = half_up(scored * whole / full)
    rule = f"其余指标得分按原满分折算：{scored} ÷ {plain(full)} × {plain(whole)} = {total}"
    return total, whole, head + rule


def _to_benefit(
    rows: tuple[IndicatorScore, ...], out: list[IndicatorScore], left_out: Decimal, profile: Profile
) -> tuple[Decimal, Decimal] | None:
    """Score and points of the benefit rows, where the profile moves satisfaction's points to them."""
    if profile.not_applicable != "benefit" or {group_of(row.indicator.level1) for row in out} != {
        "满意度指标"
    }:
        return None
    group = [
        row
        for row in rows
        if group_of(row.indicator.level1) == "效益指标" and row.status is not Status.NOT_APPLICABLE
    ]
    points = sum((row.weight for row in group if row.weight), ZERO)
    return (sum((row.score for row in group if row.score), ZERO), points) if points else None


def _unrounded(form: Form, raws: list[Decimal | None], scored: Decimal) -> tuple[Finding, ...]:
    """Say what the total would be without rounding the lines first; the printed total stays."""
    exact = half_up(sum((raw for raw in raws if raw is not None), ZERO), 4)
    if half_up(exact) == scored or any(raw is None for raw in raws):
        return ()
    return (note("JX513", form.source, form=form.name, total=scored, exact=plain(exact)),)
