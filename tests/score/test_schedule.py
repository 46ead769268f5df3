"""Spending against the declared plan: lights, deviation, forecast, readings of pace sentences (NORMS 4.5)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from jxreport.finding import codes
from jxreport.messages import message
from jxreport.model.result import SchedulePoint
from jxreport.model.values import Sourced
from jxreport.score import pace
from jxreport.score.forecast import forecast
from jxreport.score.schedule import as_of_label, compare
from tests.builders import at, budget, checkpoints, form, fund, profile, submission


def points(
    plan: list[Any], paid: list[Any], total: object = 100, month: int = 12
) -> tuple[SchedulePoint, ...]:
    made = form(budget=budget(fund(adjusted=total)), checkpoints=checkpoints(plan, paid))
    return compare(made, profile(), month)[0]


def lights(plan: list[Any], paid: list[Any], **more: Any) -> str:
    return "".join(point.light or "–" for point in points(plan, paid, **more))


@pytest.mark.parametrize(
    ("plan", "paid", "expected"),
    [
        ([0, 0, 75, 100], [0, 0, 75, 100], "绿绿绿绿"),
        ([25, 50, 75, 100], [25, 50, 75, 100], "绿绿绿绿"),
        ([25, 50, 75, 100], [20, 40, 60, 80], "绿绿绿绿"),
        ([25, 50, 75, 100], ["19.99", 30, "44.99", "59.99"], "黄黄红红"),
        ([0, 10, 60, 100], [5, 20, 90, 100], "绿绿绿绿"),
        ([25, 50, 75, 100], [25], "绿–––"),
    ],
)
def test_lights_follow_the_plan_not_the_calendar(plan: list[Any], paid: list[Any], expected: str) -> None:
    assert lights(plan, paid) == expected


def test_deviation_in_points_and_pace_where_it_is_defined() -> None:
    first, _, third, _ = points([0, 10, 60, 100], [5, 10, 45, 100])
    assert (first.pace, first.deviation) == (None, Decimal(5))
    assert (third.pace, third.deviation) == (Decimal(75), Decimal(-15))
    assert [round(p.time_pace, 2) for p in points([0, 0, 0, 100], [])] == [25, 50, Decimal("83.33"), 100]


def test_payments_after_the_checkpoint_are_not_looked_at() -> None:
    assert lights([25, 50, 75, 100], [25, 50, 10, 10], month=6) == "绿绿––"


def test_without_a_budget_there_is_no_pace() -> None:
    made = form(checkpoints=checkpoints([25, 50, 75, 100], [10]))
    compared, findings = compare(made, profile(), 3)
    assert [point.light for point in compared] == ["", "", "", ""]
    assert codes(findings) == [("JX610", "表!A1")]


def test_the_initial_budget_stands_in_and_is_named() -> None:
    made = form(budget=budget(fund(initial=100)), checkpoints=checkpoints([25, 50, 75, 100], [10]))
    compared, findings = compare(made, profile(), 3)
    assert compared[0].actual == Decimal(10)
    assert codes(findings) == [("JX611", "表!A1")]


@pytest.mark.parametrize(
    ("paid", "month", "expected"),
    [
        ([25, 50, 75, 100], 12, []),
        ([25, 50], 6, []),
        ([0, 50], 6, []),
        ([25, None, 75, 100], 12, [("JX608", "表!A1")]),
        ([25, 50, 75], 12, [("JX608", "表!A1")]),
        ([], 12, [("JX609", "表!A1")]),
    ],
)
def test_payments_that_nobody_entered(paid: list[Any], month: int, expected: list[Any]) -> None:
    made = form(budget=budget(fund(adjusted=100)), checkpoints=checkpoints([25, 50, 75, 100], paid))
    found = compare(made, profile(), month)[1]
    assert codes(found) == expected
    assert all(one.waiting and message(one).text for one in found)


def test_a_blank_payment_is_named_by_its_cell() -> None:
    made = checkpoints([25, 50, 75, 100], [25, 50, 75, 100])
    blank = replace(made[2], paid=Sourced(text="", source=at("D12")))
    found = compare(form(checkpoints=(*made[:2], blank, made[3])), profile(), 12)[1]
    assert ("JX608", "表!D12") in codes(found)


def test_without_any_actuals_missing_payments_are_not_told_again() -> None:
    made = form(form="T2", checkpoints=checkpoints([25, 50, 75, 100], []))
    assert compare(made, profile(), 12)[1] == ()


class TestAsOf:
    def label(self, paid: list[Any], wanted: str | None = None) -> tuple[str, int]:
        made = submission(form(checkpoints=checkpoints([25, 50, 75, 100], paid)))
        return as_of_label(made, profile(), wanted)

    def test_the_latest_checkpoint_with_payments(self) -> None:
        assert self.label([1, 2, 3]) == ("10月底", 10)
        assert self.label([1, 2, 3, 4]) == ("12月底", 12)

    def test_the_year_end_without_payments(self) -> None:
        assert self.label([]) == ("12月底", 12)

    @pytest.mark.parametrize("wanted", ["6月底", "6", "6月"])
    def test_as_asked(self, wanted: str) -> None:
        assert self.label([1, 2, 3, 4], wanted) == ("6月底", 6)


class TestForecast:
    def test_range_and_monthly_need(self) -> None:
        made = forecast(points([25, 50, 75, 100], [20, 30]), Decimal(100))
        assert made is not None
        assert made.at == "6月底"
        assert made.rate == Decimal(60)
        assert (made.low, made.high) == (Decimal(50), Decimal(80))
        assert made.monthly_needed is not None
        assert round(made.monthly_needed, 2) == Decimal("11.67")

    def test_a_plan_that_is_still_zero(self) -> None:
        made = forecast(points([0, 10, 60, 100], [0]), Decimal(100))
        assert made is not None
        assert (made.rate, made.low, made.high) == (100, 100, 100)

    def test_nothing_to_foresee_at_year_end(self) -> None:
        assert forecast(points([25, 50, 75, 100], [25, 50, 75, 90]), Decimal(100)) is None
        assert forecast(points([25, 50, 75, 100], []), Decimal(100)) is None

    def test_ahead_of_the_plan_stops_at_hundred(self) -> None:
        made = forecast(points([25, 50, 75, 100], [40, 90]), Decimal(100))
        assert made is not None
        assert (made.rate, made.high) == (100, 100)


SENTENCE = "预算资金按照四个季度比率评价，达不到进度相应扣分"


class TestPaceSentences:
    @pytest.mark.parametrize(
        ("sentence", "name", "expected"),
        [
            (SENTENCE, "支出进度率", True),
            ("达不到支出进度的酌情扣分", "预算执行", True),
            ("每低于计划进度1个百分点扣0.5分", "支出进度率", False),
            ("按完成比例得分", "任务完成率", False),
        ],
    )
    def test_which_sentences_leave_the_deduction_open(self, sentence: str, name: str, expected: bool) -> None:
        assert pace.is_schedule_rule(sentence, name) is expected

    def test_readings_with_the_score_each_gives(self) -> None:
        basis = pace.PaceBasis(points=points([25, 50, 75, 100], [25, 40, 75, 98]), whose="本项目", month=12)
        question = pace.question_for(basis, Decimal(10))
        assert [(r.label, r.score) for r in question.readings] == [
            (pace.BY_RATE, Decimal("9.80")),
            (pace.BY_MEAN, Decimal("9.45")),
            (pace.BY_POINT, Decimal("5.00")),
        ]

    @pytest.mark.parametrize(
        ("plan", "paid", "month"),
        [
            ([25, 50, 75, 100], [25, 40, None, 98], 12),
            ([25, 50, 75, 100], [25, 40, 75], 12),
            ([25, None, 75, 100], [25, 40, 75, 98], 12),
        ],
        ids=["payment in between", "latest payment", "plan"],
    )
    def test_no_reading_scores_over_a_gap(self, plan: list[Any], paid: list[Any], month: int) -> None:
        basis = pace.PaceBasis(points=points(plan, paid), whose="本项目", month=month)
        assert [r.score for r in pace.question_for(basis, Decimal(10)).readings] == [None, None, None]

    def test_only_what_is_due_is_looked_at(self) -> None:
        basis = pace.PaceBasis(points=points([25, 50, 75, 100], [25, 50]), whose="本项目", month=6)
        assert [r.score for r in pace.question_for(basis, Decimal(10)).readings] == [10, 10, 10]

    def test_before_any_payment_the_readings_have_no_score(self) -> None:
        assert [r.score for r in pace.question_for(None, Decimal(10)).readings] == [None, None, None]

    def test_the_department_is_the_sum_of_its_projects(self) -> None:
        one = (points([25, 50, 75, 100], [25, 50, 75, 100]), Decimal(100))
        two = (points([0, 0, 75, 100], [0, 0, 30, 300], total=300), Decimal(300))
        basis = pace.department_basis((), [one, two], 12)
        assert basis is not None
        assert [(p.plan, p.paid) for p in basis.points] == [
            (Decimal("6.25"), 25),
            (Decimal("12.5"), 50),
            (75, 105),
            (100, 400),
        ]
        assert "2个预算项目" in basis.whose

    def test_a_project_without_a_schedule_leaves_the_department_open(self) -> None:
        one = (points([25, 50, 75, 100], [25, 50, 75, 100]), Decimal(100))
        assert pace.department_basis((), [one, ((), Decimal(50))], 12) is None
        assert pace.department_basis((), [(one[0], None)], 12) is None
