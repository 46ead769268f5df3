"""Budget execution (NORMS 1.6, 6): unrounded rate, cap, bands, zero budgets, the 0.01 of the printed rate."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from jxreport.finding import codes
from jxreport.model.result import Execution
from jxreport.score.execution import score_execution
from tests.builders import budget, form, fund, num, profile


def execution(adjusted: object, executed: object, weight: object = 10, **more: Any) -> Execution:
    chosen = more.pop("profile", profile())
    made = form(budget=budget(fund(initial=adjusted, adjusted=adjusted, executed=executed), **more))
    result = score_execution(made, None if weight is None else Decimal(str(weight)), chosen)
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("adjusted", "executed", "expected"),
    [
        (2519, "2480.55", "9.85"),
        (76, "75.96", "9.99"),
        (1000, "984.45", "9.84"),
        (100, 100, "10.00"),
        (100, 0, "0.00"),
    ],
)
def test_the_score_comes_from_the_unrounded_rate(adjusted: object, executed: object, expected: str) -> None:
    assert execution(adjusted, executed).score == Decimal(expected)


@pytest.mark.parametrize(
    ("adjusted", "executed", "other"), [(76, "75.96", "10.00"), (1000, "984.45", "9.85")]
)
def test_the_printed_rate_first_would_give_another_score(
    adjusted: object, executed: object, other: str
) -> None:
    unrounded = execution(adjusted, executed)
    assert codes(unrounded.findings) == [("JX541", "表!A3")]
    assert unrounded.findings[0].fact("other") == other
    assert execution(adjusted, executed, profile=profile(execution_from_printed_rate=True)).score == Decimal(
        other
    )


def test_a_tie_that_a_cut_rate_would_miss() -> None:
    assert execution(36, "0.02", weight=9).score == Decimal("0.01")


@pytest.mark.parametrize(
    ("executed", "expected"),
    [("100", "10.00"), ("99.99", "7.00"), ("80", "7.00"), ("79.99", "5.00"), ("60", "5.00"), ("59", "0.00")],
)
def test_banded(executed: str, expected: str) -> None:
    assert execution(100, executed, profile=profile("mof-2021-101")).score == Decimal(expected)


class TestAboveHundred:
    def test_is_not_scored(self) -> None:
        over = execution(76, 80)
        assert over.score is None
        assert over.rate is not None

    def test_is_capped_where_the_profile_allows_it(self) -> None:
        assert execution(76, 80, profile=profile(over_execution_allowed=True)).score == Decimal("10.00")


class TestZeroBudget:
    def test_scores_zero_with_a_warning(self) -> None:
        zero = execution(0, 0)
        assert (zero.rate, zero.score) == (None, Decimal("0.00"))
        assert codes(zero.findings) == [("JX540", "表!C3")]

    def test_or_full_where_the_profile_says_so(self) -> None:
        assert execution(0, 0, profile=profile(zero_budget_full=True)).score == Decimal("10.00")


def test_a_missing_amount_is_not_zero() -> None:
    missing = execution(100, None)
    assert (missing.rate, missing.score) == (None, None)


@pytest.mark.parametrize(("printed", "expected"), [("76", "7.60"), ("0.76", None), ("101", None)])
def test_a_printed_rate_without_any_amount(printed: str, expected: str | None) -> None:
    made = form(budget=budget(fund(stated_rate=num(printed, "F3"))))
    result = score_execution(made, Decimal(10), profile())
    assert result is not None
    assert result.score == (Decimal(expected) if expected else None)
    assert codes(result.findings) == ([("JX542", "表!F3")] if expected else [])


def test_without_points_the_rate_is_shown_only() -> None:
    shown = execution(100, 50, weight=None)
    assert (shown.rate, shown.score) == (Decimal(50), None)


def test_the_trace_says_which_cells() -> None:
    texts = [step.text for step in execution(76, "75.96", stated_score=num(10)).trace]
    assert texts[0] == "全年预算数“76”（工作簿.xlsx：表!C3）"
    assert "75.96 ÷ 76.00 × 100% = 99.947368…%" in texts[2]
    assert texts[-1] == "四舍五入保留两位小数：9.99分"
