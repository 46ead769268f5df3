"""One indicator: by its sentence, by its tier, by the norm, or as the line of budget execution."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from jxreport.checks.sentences import is_execution_row, sentence_of
from jxreport.finding import warning
from jxreport.model.profile import Profile
from jxreport.model.result import Execution, IndicatorScore, Status
from jxreport.model.submission import Form, Indicator, Kind, ReadingChoice
from jxreport.model.values import Op
from jxreport.number import ZERO, half_up, plain
from jxreport.score import steps
from jxreport.score.deadline import score_deadline
from jxreport.score.execution import score_execution
from jxreport.score.norm import score_quantity
from jxreport.score.pace import PaceBasis
from jxreport.score.readings import chosen_for
from jxreport.score.sentence import score_sentence
from jxreport.score.tiers import score_quality
from jxreport.score.unsettled import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What an indicator is scored in: its form, the profile, chosen readings, the schedule."""

    form: Form
    profile: Profile
    readings: tuple[ReadingChoice, ...]
    basis: PaceBasis | None


def score_indicator(indicator: Indicator, around: Surroundings) -> IndicatorScore:
    """Score one row. Anything but SCORED or NOT_APPLICABLE waits for a person; checks say for what."""
    weight = indicator.weight.value if indicator.weight is not None else None
    if indicator.not_applicable is not None:
        return _not_applicable(indicator, weight)
    if weight is None or weight <= ZERO or around.form.kind is Kind.MONITORING:
        return IndicatorScore(indicator=indicator, weight=weight, status=Status.UNSCORED)
    sentence = sentence_of(indicator)
    if sentence:
        chosen = chosen_for(sentence, around.readings, around.profile.readings)
        score = score_sentence(
            Task(
                indicator=indicator,
                form=around.form,
                sentence=sentence,
                weight=weight,
                chosen=chosen,
                basis=around.basis,
            )
        )
    elif is_execution_row(indicator):
        score = _execution_row(indicator, weight, around)
    elif indicator.target.date:
        score = score_deadline(indicator, weight, around.profile)
    elif indicator.target.op is Op.QUALITATIVE:
        score = score_quality(indicator, weight, around.profile)
    else:
        score = score_quantity(indicator, weight, around.profile)
    return _deducted(score)


def _not_applicable(indicator: Indicator, weight: Decimal | None) -> IndicatorScore:
    """Left out only with the unit's own statement."""
    statement = indicator.not_applicable
    assert statement is not None
    if statement.is_blank:
        found = warning("JX509", statement.source, waiting=True, name=indicator.name)
        return IndicatorScore(indicator=indicator, weight=weight, status=Status.UNSCORED, findings=(found,))
    line = steps.cell("不适用说明", statement.text or (statement.value or ""), statement.source)
    return IndicatorScore(indicator=indicator, weight=weight, status=Status.NOT_APPLICABLE, trace=(line,))


def _execution_row(indicator: Indicator, weight: Decimal, around: Surroundings) -> IndicatorScore:
    """Some forms print 预算执行率 as the last indicator; its number is the money block's."""
    execution: Execution | None = score_execution(around.form, weight, around.profile)
    if execution is None or execution.score is None:
        return IndicatorScore(
            indicator=indicator,
            weight=weight,
            status=Status.UNSCORED,
            kind="execution",
            trace=execution.trace if execution is not None else (),
            findings=(warning("JX519", indicator.source, waiting=True, name=indicator.name),),
        )
    return IndicatorScore(
        indicator=indicator,
        weight=weight,
        status=Status.SCORED,
        score=execution.score,
        raw=execution.score,
        value=execution.rate,
        completion=execution.rate,
        kind="execution",
        norm="execution",
        reading=f"预算执行率 × {plain(weight)}分",
        trace=execution.trace,
        missed=execution.score < weight,
    )


def _deducted(score: IndicatorScore) -> IndicatorScore:
    """扣减分数 as the unit entered it: printed score = max(0, score − deduction)."""
    deduction = score.indicator.deduction
    if score.score is None or deduction is None or not deduction.value or deduction.value < ZERO:
        return score
    left = max(ZERO, score.score - half_up(deduction.value))
    lines = (
        steps.cell("扣减分数", deduction.text or plain(deduction.value), deduction.source),
        steps.arithmetic(f"{score.score} − {half_up(deduction.value)} = {left}（最低0分）"),
    )
    return replace(score, score=half_up(left), trace=(*score.trace, *lines))
