"""Qualitative rows: a tier and a person's score inside its band, edges rounded (NORMS 1.5)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from jxreport.checks.tier_band import band_for
from jxreport.model.result import IndicatorScore, Status
from jxreport.score.tiers import score_quality
from tests.builders import actual, indicator, num, profile


def score(word: str, given: object, weight: object = 7, **more: Any) -> IndicatorScore:
    chosen = more.pop("profile", profile())
    ind = indicator("合规使用资金", actual(text=word), weight, **more)
    if given is not None:
        ind = replace(ind, manual_score=num(given, "H5"))
    return score_quality(ind, Decimal(str(weight)), chosen)


def test_the_bands_edges_are_rounded() -> None:
    bands = [str(band_for(tier, Decimal(7))) for tier in profile().tiers]
    assert bands == ["5.60 ≤ 得分 ≤ 7.00", "4.20 ≤ 得分 < 5.60", "0.00 ≤ 得分 < 4.20"]


@pytest.mark.parametrize(
    ("word", "given", "scored"),
    [
        ("达成年度指标", "5.60", True),
        ("达成年度指标", "5.59", False),
        ("达成年度指标", "7.01", False),
        ("部分达成", "5.59", True),
        ("部分达成", "5.60", False),
        ("未达成", "4.20", False),
        ("较好", "6", False),
        ("达成年度指标", None, False),
    ],
)
def test_tier_and_score_must_agree(word: str, given: object, scored: bool) -> None:
    result = score(word, given)
    if scored:
        assert (result.status, result.score) == (Status.SCORED, Decimal(str(given)))
    else:
        assert (result.status, result.score) == (Status.MANUAL, None)


def test_words_that_repeat_the_target_say_that_it_is_reached() -> None:
    result = score("合规使用资金", 7)
    assert result.score == Decimal("7.00")
    assert any(step.kind == "convention" for step in result.trace)


def test_a_hand_made_score_is_a_persons_score() -> None:
    assert score("达成年度指标", None, stated_score=num("6.5")).score == Decimal("6.50")


def test_the_persons_cell_is_in_the_trace() -> None:
    trace = score("达成年度指标", "6.5").trace
    assert any("人工评分“6.5”（工作簿.xlsx：表!H5）" in step.text for step in trace)


@pytest.mark.parametrize(("word", "expected"), [("是", "7.00"), ("否", "0.00")])
def test_yes_or_no_is_full_or_zero_under_the_banded_profile(word: str, expected: str) -> None:
    ind = indicator("是", actual(text=word), 7)
    assert score_quality(ind, Decimal(7), profile("mof-2021-101")).score == Decimal(expected)
    assert score_quality(ind, Decimal(7), profile()).score is None or word == "是"
