"""Total and grade: the printed column adds up, open rows keep the total open, nothing is redistributed silently."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from jxreport.finding import codes
from jxreport.model.result import Execution, IndicatorScore, Status
from jxreport.model.submission import Kind
from jxreport.score.totals import Totals, add_up, grade_of
from tests.builders import form, indicator, profile


def row(
    weight: object, score: object, level1: str = "产出指标", raw: object = None, **more: Any
) -> IndicatorScore:
    value = None if score is None else Decimal(str(score))
    ind = indicator(weight=weight, level1=level1)
    defaults = {
        "status": Status.UNSCORED if value is None else Status.SCORED,
        "score": value,
        "raw": value if raw is None else Decimal(str(raw)),
    }
    return IndicatorScore(indicator=ind, weight=Decimal(str(weight)), **defaults | more)


def total(*rows: IndicatorScore, execution: Execution | None = None, **more: Any) -> Totals:
    chosen = more.pop("profile", profile())
    return add_up(form(**more), rows, execution, chosen)


def test_the_sum_of_rounded_scores_and_execution() -> None:
    execution = Execution(weight=Decimal(10), score=Decimal("9.99"))
    made = total(row(60, "59.44"), row(30, "27.5"), execution=execution)
    assert (made.total, made.full, made.grade) == (Decimal("96.93"), 100, "优")


def test_an_open_row_keeps_the_total_open() -> None:
    made = total(row(60, 55), row(40, None))
    assert (made.total, made.grade) == (None, "")
    assert (made.full, made.scored, made.scored_full) == (100, 55, 60)


def test_a_part_without_points_does_not_count() -> None:
    part = replace(row(0, None), indicator=replace(indicator(weight=None), is_part=True), weight=None)
    made = total(row(60, 55), part, row(40, 40))
    assert (made.total, made.full) == (95, 100)


def test_an_open_execution_keeps_the_total_open() -> None:
    assert total(row(90, 90), execution=Execution(weight=Decimal(10))).total is None


def test_execution_without_points_does_not_count() -> None:
    assert total(row(100, 90), execution=Execution(rate=Decimal(50))).total == 90


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        ("90.00", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60.00", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_grades_include_their_lower_bound(points: str, grade: str) -> None:
    assert grade_of(Decimal(points), Decimal(100), profile()) == grade


def test_a_total_of_other_than_hundred_is_graded_as_a_share() -> None:
    assert grade_of(Decimal(81), Decimal(90), profile()) == "优"


def test_the_lines_are_rounded_before_they_are_added() -> None:
    made = total(row(50, "3.33", raw="3.334"), row(50, "3.33", raw="3.334"))
    assert made.total == Decimal("6.66")
    assert codes(made.findings) == [("JX513", "表!A1")]


class TestNotApplicable:
    def out(self, weight: object, level1: str) -> IndicatorScore:
        ind = indicator(weight=weight, level1=level1)
        return IndicatorScore(indicator=ind, weight=Decimal(str(weight)), status=Status.NOT_APPLICABLE)

    def test_the_rest_is_rescaled_and_the_rule_printed(self) -> None:
        made = total(row(60, 54), row(30, 27), self.out(10, "满意度指标"))
        assert (made.total, made.full) == (Decimal("90.00"), 100)
        assert "81 ÷ 90 × 100" in made.rescaling.replace("81.00", "81")

    def test_satisfactions_points_go_to_benefit_where_the_profile_says_so(self) -> None:
        made = total(
            row(60, 60), row(30, 15, "效益指标"), self.out(10, "满意度指标"), profile=profile("mof-2021-101")
        )
        assert (made.total, made.full) == (Decimal("80.00"), 100)
        assert "调整至效益指标" in made.rescaling

    def test_without_it_nothing_is_rescaled(self) -> None:
        assert total(row(100, 90)).rescaling == ""


def test_a_form_without_points_has_no_total() -> None:
    unweighted = IndicatorScore(indicator=indicator(weight=None), weight=None, status=Status.UNSCORED)
    assert total(unweighted).full is None
    assert total(row(100, 100), kind=Kind.MONITORING).total is None
