"""Indicators with sign and number: the norm's three cases, its rival conventions, its edges (NORMS 1.4)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxreport.model.profile import ReverseRule
from jxreport.model.result import IndicatorScore, Status
from jxreport.model.values import Target
from jxreport.score.deadline import score_deadline
from jxreport.score.norm import score_quantity
from tests.builders import Actual, actual, indicator, num, profile, target


def score(wanted: str, done: object, weight: object = 10, unit: str = "%", **more: Any) -> IndicatorScore:
    chosen = more.pop("profile", profile())
    ind = indicator(wanted, done, weight, unit, **more)
    return score_quantity(ind, Decimal(str(weight)), chosen)


@pytest.mark.parametrize(
    ("wanted", "done", "expected"),
    [
        ("≥90", 90, "10.00"),
        ("≥90", 95, "10.00"),
        ("≥90", 85, "9.44"),
        ("≥90", 0, "0.00"),
        (">90", 90, "10.00"),
        (">90", 45, "5.00"),
        ("=100", 100, "10.00"),
        ("=100", 130, "10.00"),
        ("=100", 98, "9.80"),
        ("=0", 0, "10.00"),
        ("=0", 1, "0.00"),
        ("=0", -1, "10.00"),
        ("≥0", 0, "10.00"),
        ("≤100", 100, "10.00"),
        ("≤100", 50, "10.00"),
        ("≤100", 110, "9.00"),
        ("≤100", 150, "5.00"),
        ("≤100", 200, "0.00"),
        ("≤100", 250, "0.00"),
        ("<100", 100, "10.00"),
        ("≤0", 0, "10.00"),
        ("≤0", 1, "0.00"),
        ("≤0", -3, "10.00"),
    ],
)
def test_the_norm(wanted: str, done: object, expected: str) -> None:
    assert score(wanted, done).score == Decimal(expected)


@pytest.mark.parametrize(("done", "expected"), [(110, "9.09"), (150, "6.67"), (200, "5.00"), (100, "10.00")])
def test_the_inverse_convention(done: object, expected: str) -> None:
    assert score("≤100", done, profile=profile(reverse=ReverseRule.INVERSE)).score == Decimal(expected)


def test_weights_with_decimals() -> None:
    assert score("≥100", 50, weight="22.5").score == Decimal("11.25")


def test_half_up_at_the_tie() -> None:
    assert score("≥1000", "267.5", unit="次").score == Decimal("2.68")
    assert score("≥36", "0.02", weight=9, unit="次").score == Decimal("0.01")


def test_a_negative_actual_counts_as_zero() -> None:
    assert score("≥5", -3).score == Decimal("0.00")
    assert any("按0计算" in step.text for step in score("≥5", -3).trace)


@pytest.mark.parametrize(
    ("wanted", "done", "over"),
    [
        ("≥100", 120, True),
        ("≥100", "119.99", False),
        ("≤100", 20, False),
        ("=100", 130, True),
        ("≥0", 30, False),
    ],
)
def test_far_above_the_target_is_flagged_and_never_deducted(wanted: str, done: object, over: bool) -> None:
    scored = score(wanted, done)
    assert (scored.overshoot, scored.score) == (over, Decimal("10.00"))


def test_completion_of_forward_indicators() -> None:
    assert score("≥90", 45).completion == Decimal(50)
    assert score("≤90", 45).completion is None


class TestUnits:
    def test_converted_to_the_targets_unit(self) -> None:
        scored = score("≤30", actual(280000, unit="元"), unit="万元")
        assert (scored.score, scored.value) == (Decimal("10.00"), Decimal(28))
        assert any("单位换算" in step.text for step in scored.trace)

    def test_units_that_do_not_compare(self) -> None:
        assert score("≥3", actual(3, unit="次"), unit="人").status is Status.UNSCORED

    def test_a_missing_unit_is_the_targets(self) -> None:
        assert score("≥95", actual(95, unit="")).score == Decimal("10.00")


@pytest.mark.parametrize(
    "changes",
    [
        {"actual": None},
        {"actual": actual(text="达标")},
        {"actual": actual("0.88", unit="")},
        {"target": Target(text="90%", value=Decimal(90), unit="%")},
        {"target": target("≥-5")},
        {"target": target("较好")},
    ],
)
def test_nothing_is_scored_on_a_guess(changes: dict[str, Any]) -> None:
    scored = score_quantity(replace(indicator(), **changes), Decimal(10), profile())
    assert (scored.status, scored.score) == (Status.UNSCORED, None)


class TestBandedProfile:
    profile = profile("mof-2021-101")

    @pytest.mark.parametrize(
        ("wanted", "done", "expected"),
        [("≥100", 60, "6.00"), ("≥100", "59.99", "0.00"), ("≤100", 140, "6.00"), ("≤100", "140.01", "0.00")],
    )
    def test_the_pass_mark(self, wanted: str, done: object, expected: str) -> None:
        assert score(wanted, done, profile=self.profile).score == Decimal(expected)

    @pytest.mark.parametrize(
        ("done", "expected"),
        [("90", "10.00"), ("89.99", "8.00"), ("80", "8.00"), ("60", "5.00"), ("59.9", "0.00"), ("0", "0.00")],
    )
    def test_satisfaction_by_bands(self, done: str, expected: str) -> None:
        scored = score("≥95", done, level1="满意度指标", profile=self.profile)
        assert (scored.score, scored.norm) == (Decimal(expected), "satisfaction")


def test_the_trace_leads_from_the_cell_to_the_rounded_score() -> None:
    scored = score("≥90", 85)
    assert [step.kind for step in scored.trace] == ["cell", "cell", "clause", "arithmetic", "rounding"]
    assert scored.trace[1].text == "实际完成值“85%”（工作簿.xlsx：表!F5）"
    assert "财预〔2020〕10号第十六条" in scored.trace[2].text
    assert scored.trace[3].text == "10 × 85 ÷ 90 = 9.444444…"
    assert scored.trace[4].text == "四舍五入保留两位小数：9.44分"


def test_an_inferred_sign_is_in_the_trace() -> None:
    scored = score_quantity(indicator(target=target("≥90", inferred=True)), Decimal(10), profile())
    assert any(step.kind == "convention" and "≥" in step.text for step in scored.trace)


_PLAIN = st.decimals(min_value=0, max_value=100000, places=2)


@given(_PLAIN, _PLAIN, _PLAIN, st.sampled_from("≥≤=><"))
def test_scores_stay_in_range_and_follow_the_direction(
    wanted: Decimal, one: Decimal, other: Decimal, op: str
) -> None:
    low, high = sorted((one, other))
    first, second = (score(f"{op}{wanted}", done, unit="次").score for done in (low, high))
    assert first is not None
    assert second is not None
    assert 0 <= first <= 10
    assert 0 <= second <= 10
    if wanted == 0 and op == "=":
        assert first >= second
    else:
        assert first >= second if op in "≤<" else first <= second


class TestDeadline:
    def row(self, done: str, **more: Any) -> IndicatorScore:
        ind = indicator(
            target=Target(text="2020年11月底前", date="2020-11-30"),
            done=Actual(text=done, date=done),
            **more,
        )
        return score_deadline(ind, Decimal(8), profile())

    def test_in_time_is_full(self) -> None:
        assert self.row("2020-11-30").score == Decimal("8.00")

    def test_late_waits_for_a_person(self) -> None:
        assert (self.row("2020-12-01").status, self.row("2020-12-01").score) == (Status.MANUAL, None)
        assert self.row("2020-12-01", manual_score=num(5)).score == Decimal("5.00")
        assert self.row("2020-12-01", manual_score=num(8)).score is None

    def test_no_date_no_score(self) -> None:
        assert self.row("").status is Status.UNSCORED
