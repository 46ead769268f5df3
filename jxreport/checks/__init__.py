"""Checks of the documents (NORMS 7, E01–E30): one small file each, generators over model and scores.

A check knows nothing about output: it yields findings. INDICATOR_CHECKS see one scored row, FORM_CHECKS
the form as handed in (weights filled), EVALUATION_CHECKS the scored form, SUBMISSION_CHECKS the whole.
E22 and E23 are found by the lint of the scoring sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jxreport.checks import (
    codes,
    deadline,
    e01_required,
    e02_number,
    e03_unit,
    e04_target_text,
    e05_sums,
    e06_weight,
    e07_stated_range,
    e08_reason,
    e09_overshoot,
    e10_tier_score,
    e12_execution_rate,
    e13_fund_rows,
    e15_stated,
    e16_execution_reason,
    e19_plan,
    e20_payments,
    e21_dimensions,
    e24_narrative_counts,
    e25_duplicates,
    e26_names,
    e27_satisfaction,
    e28_unit_spelling,
    e29_operator,
    e30_full_marks,
    light_causes,
    money_unit,
    percent,
    values,
)
from jxreport.finding import Finding
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation, IndicatorScore
from jxreport.model.submission import Form, Submission

INDICATOR_CHECKS: tuple[Callable[[IndicatorScore, Profile], Iterator[Finding]], ...] = (
    e01_required.check,
    e02_number.check,
    e03_unit.check,
    e04_target_text.check,
    e07_stated_range.check,
    e08_reason.check,
    e09_overshoot.check,
    e10_tier_score.check,
    e15_stated.check_indicator,
    e16_execution_reason.check_indicator,
    e26_names.check,
    e27_satisfaction.check,
    e28_unit_spelling.check,
    e29_operator.check,
    percent.check,
    values.check,
    deadline.check,
)

FORM_CHECKS: tuple[Callable[[Form, Profile], Iterator[Finding]], ...] = (
    e05_sums.check,
    e06_weight.check,
    e13_fund_rows.check,
    e19_plan.check,
    e21_dimensions.check,
    e25_duplicates.check,
    codes.check,
    money_unit.check,
)

EVALUATION_CHECKS: tuple[Callable[[Evaluation, Profile], Iterator[Finding]], ...] = (
    e12_execution_rate.check,
    e15_stated.check,
    e16_execution_reason.check,
    e20_payments.check,
    e30_full_marks.check,
    light_causes.check,
)

SUBMISSION_CHECKS: tuple[Callable[[Submission, Profile], Iterator[Finding]], ...] = (
    e24_narrative_counts.check,
)
