"""E15: a score made by hand differs from the computed one. Both are shown, with the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jxreport.checks.labels import fold
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation, IndicatorScore, TraceStep
from jxreport.number import HUNDRED, ZERO, fixed, half_up, plain


def check_indicator(score: IndicatorScore, profile: Profile) -> Iterator[Finding]:
    stated = score.indicator.stated_score
    if stated is None or stated.value is None or score.score is None or score.weight is None:
        return
    if half_up(stated.value) == score.score:
        return
    name = score.indicator.name
    # A form that has put the share itself into 单项指标得分 multiplies by the share twice.
    if half_up(stated.value) == half_up(score.score * score.weight / HUNDRED):
        facts: dict[str, Any] = {
            "name": name,
            "stated": fixed(stated.value),
            "score": score.score,
            "weight": plain(score.weight),
        }
        yield warning("JX333", stated.source, **facts)
        return
    yield warning(
        "JX332",
        stated.source,
        name=name,
        stated=fixed(stated.value),
        score=score.score,
        arithmetic=_arithmetic(score.trace),
    )


def check(evaluation: Evaluation, profile: Profile) -> Iterator[Finding]:
    """Execution score, printed rate, total and grade against ours."""
    form, execution = evaluation.form, evaluation.execution
    row = form.budget.total if form.budget is not None else None
    if execution is not None and form.budget is not None and row is not None:
        stated = form.budget.stated_score
        if stated is not None and _differs(stated.value, execution.score):
            facts: dict[str, Any] = {
                "form": form.name,
                "stated": plain(stated.value or ZERO),
                "score": execution.score,
            }
            yield warning("JX334", stated.source, **facts, arithmetic=_arithmetic(execution.trace))
        rate = row.stated_rate
        printed = rate.value if rate is not None else None
        if rate is not None and printed is not None and not _same_rate(printed, execution.rate):
            facts = {
                "form": form.name,
                "stated": plain(printed),
                "rate": fixed(execution.rate or ZERO),
            }
            yield warning("JX337", rate.source, **facts)
    total = form.stated_total
    yield from _printed_sum(evaluation)
    if total is not None and _differs(total.value, evaluation.total):
        facts = {
            "form": form.name,
            "stated": plain(total.value or ZERO),
            "total": evaluation.total,
        }
        yield warning("JX335", total.source, **facts)
    grade = form.stated_grade
    if (
        grade is not None
        and not grade.is_blank
        and evaluation.grade
        and fold(grade.text or (grade.value or ""))
        not in (
            fold(evaluation.grade),
            fold(evaluation.grade + "秀"),
        )
    ):
        facts = {
            "form": form.name,
            "stated": grade.text or grade.value,
            "grade": evaluation.grade,
        }
        yield warning("JX336", grade.source, **facts)


def _printed_sum(evaluation: Evaluation) -> Iterator[Finding]:
    """The printed total against the printed scores, whoever is right about them."""
    form, budget = evaluation.form, evaluation.form.budget
    total = form.stated_total
    rows = [ind.stated_score for ind in form.indicators if not ind.is_part]
    own = budget.stated_score if budget is not None else None
    scores = [cell.value for cell in (*rows, own) if cell is not None and cell.value is not None]
    complete = bool(rows) and all(cell is not None and cell.value is not None for cell in rows)
    if total is None or total.value is None or not complete:
        return
    added, indicators = sum(scores, ZERO), sum((c.value for c in rows if c is not None and c.value), ZERO)
    if half_up(total.value) not in (half_up(added), half_up(indicators)):
        facts: dict[str, Any] = {"form": form.name, "stated": plain(total.value), "sum": plain(added)}
        yield warning("JX358", total.source, **facts)


def _differs(stated: Decimal | None, ours: Decimal | None) -> bool:
    return stated is not None and ours is not None and half_up(stated) != ours


def _same_rate(stated: Decimal, ours: Decimal | None) -> bool:
    """Forms print rates with fewer decimals too, or as a fraction (0.958)."""
    return ours is None or any(
        abs(printed - ours) <= Decimal("0.5") for printed in (stated, stated * HUNDRED)
    )


def _arithmetic(trace: tuple[TraceStep, ...]) -> str:
    lines = [step.text for step in trace if step.kind in ("arithmetic", "clause")]
    return lines[-1] if lines else "见评分依据"
