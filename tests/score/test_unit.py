"""A whole submission: every form, every finding once, and nothing left open without saying so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

import jxreport
from jxreport.finding import Finding, codes
from jxreport.messages import message
from jxreport.model.result import Status, UnitResult
from jxreport.model.submission import Kind, ReadingChoice
from jxreport.model.values import Op, Target
from jxreport.rules import normalise
from jxreport.score import pace, score_submission
from tests.builders import (
    actual,
    at,
    budget,
    checkpoints,
    form,
    fund,
    indicator,
    num,
    profile,
    ruled,
    submission,
    words,
)

DEFAULT = profile()
CAUSE: dict[str, Any] = {"reason": words("雨季停工", "J5")}


def project(*rows: Any, **more: Any) -> Any:
    defaults: dict[str, Any] = {
        "budget": budget(fund(initial=100, adjusted=100, executed=98), weight=num(10)),
        "checkpoints": checkpoints([25, 50, 75, 100], [25, 50, 75, 98]),
    }
    made = rows or (
        indicator(weight=50, evidence=words("台账")),
        indicator("≥80", 60, 30, level1="效益指标", name="覆盖率", description="覆盖户数占比", **CAUSE),
        indicator("≥90", 92, 10, level1="满意度指标", name="群众满意度", description="问卷测评"),
    )
    return form(*made, **defaults | more)


def score(*forms: Any, **more: Any) -> UnitResult:
    result = score_submission(submission(*forms, **more), DEFAULT)
    for found in result.findings:
        if not found.code.startswith("JX4"):  # the sentences' own findings are worded with the rules
            assert message(found).text
    return result


def test_a_sound_project_is_scored_without_a_word() -> None:
    result = score(project())
    evaluation = result.evaluations[0]
    assert [row.score for row in evaluation.indicators] == [50, Decimal("22.50"), 10]
    assert evaluation.execution is not None
    assert evaluation.execution.score == Decimal("9.80")
    assert (evaluation.total, evaluation.full, evaluation.grade) == (Decimal("92.30"), 100, "优")
    assert result.findings == ()
    assert not result.is_failed


def test_the_package_is_a_function_too() -> None:
    assert jxreport.score(submission(project()), DEFAULT) == score(project())


@pytest.mark.parametrize(
    ("changes", "expected", "failed"),
    [
        ({"reason": None}, ["JX323"], False),
        ({"actual": actual(text="达标")}, ["JX321"], True),
        ({"actual": None}, ["JX320"], False),
        ({"weight": num(31)}, ["JX224"], True),
        ({"weight": None}, ["JX226"], False),
        ({"not_applicable": words("")}, ["JX509"], False),
        ({"not_applicable": words("本年无此任务")}, [], False),
    ],
)
def test_one_defect_gives_its_findings_and_no_others(
    changes: dict[str, Any], expected: list[str], failed: bool
) -> None:
    base = indicator("≥80", 60, 30, level1="效益指标", name="覆盖率", description="占比", **CAUSE)
    second = replace(base, **changes)
    rows = (
        indicator(weight=50, evidence=words("台账")),
        second,
        indicator("≥90", 92, 10, level1="满意度指标", name="群众满意度", description="问卷测评"),
    )
    result = score(project(*rows))
    assert [code for code, _ in codes(result.findings)] == expected
    assert result.is_failed is failed


def test_points_that_do_not_add_up_give_no_total() -> None:
    rows = project().indicators
    made = project(*(replace(row, weight=num(31)) if row.level1 == "效益指标" else row for row in rows))
    evaluation = score(made).evaluations[0]
    assert (evaluation.total, evaluation.grade, evaluation.full) == (None, "", 101)
    assert all(row.score is not None for row in evaluation.indicators)


def test_targets_without_actuals_ask_nothing_more() -> None:
    """That the form is missing is told by the reader, once."""
    rows = [replace(row, actual=None, weight=None) for row in project().indicators]
    result = score(project(*rows, form="T2", budget=None, checkpoints=checkpoints([25, 50, 75, 100])))
    assert result.findings == ()
    assert (result.evaluations[0].total, result.evaluations[0].full) == (None, 100)


def test_a_project_without_any_money_waits_for_it() -> None:
    result = score(project(budget=None, checkpoints=()))
    evaluation = result.evaluations[0]
    assert [f.code for f in result.findings] == ["JX350", "JX350"]
    assert (evaluation.total, evaluation.full) == (None, 100)


def test_a_bad_project_does_not_stop_the_others() -> None:
    bad = project(checkpoints=checkpoints([50, 25, 75, 100], [25, 50, 75, 98]), name="乙项目")
    result = score(project(), bad)
    assert [e.total for e in result.evaluations] == [Decimal("92.30"), Decimal("92.30")]
    assert [f.code for f in result.evaluations[0].findings] == []
    assert [f.code for f in result.evaluations[1].findings if f.is_error] == ["JX601"]


def test_behind_the_plan_needs_cause_and_explanation() -> None:
    behind = project(checkpoints=checkpoints([25, 50, 75, 100], [25, 30, 75, 98]))
    assert codes(score(behind).findings) == [("JX620", "表!C12"), ("JX622", "表!C12")]
    told = project(
        checkpoints=checkpoints(
            [25, 50, 75, 100], [25, 30, 75, 98], cause=words("经费保障"), explanation=words("资金下达较晚")
        )
    )
    assert score(told).findings == ()
    other = project(
        checkpoints=checkpoints(
            [25, 50, 75, 100], [25, 30, 75, 98], cause=words("天气", "D20"), explanation=words("雨")
        )
    )
    assert codes(score(other).findings) == [("JX621", "表!D20")]


def test_year_end_payments_are_the_executed_amount() -> None:
    result = score(project(checkpoints=checkpoints([25, 50, 75, 100], [25, 50, 75, 97])))
    assert codes(result.findings) == [("JX606", "表!E12")]
    assert result.is_failed
    negative = score(project(checkpoints=checkpoints([0, 50, 75, 100], [-5, 50, 75, 98])))
    assert codes(negative.findings) == [("JX607", "表!B12")]
    falling = score(project(checkpoints=checkpoints([25, 50, 75, 100], [25, 72, 70, 98])))
    assert [code for code, _ in codes(falling.findings)] == ["JX605"]


class TestPaceOfTheDepartment:
    SENTENCE = "预算资金按照四个季度比率评价，达不到进度相应扣分"

    def row(self, plan: list[Any], paid: list[Any]) -> Any:
        ind = ruled(self.SENTENCE, 100, name="支出进度率", **CAUSE)
        question = ReadingChoice(sentence=normalise(self.SENTENCE), question=pace.KEY, choice=pace.BY_MEAN)
        whole = form(ind, kind=Kind.DEPARTMENT, form="T1+A1")
        money = budget(fund(adjusted=100, executed=98))
        part = project(checkpoints=checkpoints(plan, paid), budget=money)
        made = submission(whole, part, readings=(question,))
        return score_submission(made, DEFAULT).evaluations[0].indicators[0]

    def test_a_sound_schedule_is_scored(self) -> None:
        assert self.row([25, 50, 75, 100], [25, 40, 75, 98]).score == Decimal("94.50")

    @pytest.mark.parametrize(
        ("plan", "paid"),
        [
            ([25, 20, 75, 100], [25, 40, 75, 98]),
            ([25, 50, 75, 99], [25, 40, 75, 98]),
            ([25, 50, 75, 120], [25, 40, 75, 98]),
            ([25, 50, 75, 100], [25, 40, 30, 98]),
            ([25, 50, 75, 100], [-5, 40, 75, 98]),
            ([25, 50, 75, 100], [25, 40, 75, 97]),
            ([25, 50, 75, 100], [25, None, 75, 98]),
            ([None, None, None, None], [25, 40, 75, 98]),
        ],
    )
    def test_numbers_known_to_be_wrong_give_no_score(self, plan: list[Any], paid: list[Any]) -> None:
        found = self.row(plan, paid)
        assert (found.score, [f.code for f in found.findings if f.waiting]) == (None, ["JX520"])


class TestExecutionChecks:
    def found(self, **amounts: Any) -> list[str]:
        made = project(budget=budget(fund(**amounts), weight=num(10)), checkpoints=())
        return [f.code for f in score(made).findings]

    def test_more_than_the_budget_waits(self) -> None:
        made = project(budget=budget(fund(adjusted=100, executed=101), weight=num(10)), checkpoints=())
        result = score(made)
        assert [f.code for f in result.findings] == ["JX329"]
        assert result.findings[0].waiting
        assert result.evaluations[0].total is None

    def test_missing_and_negative_amounts(self) -> None:
        assert self.found(adjusted=100) == ["JX350"]
        assert self.found(adjusted=100, executed=-1) == ["JX349"]

    def test_low_execution_and_changes_need_a_word(self) -> None:
        assert self.found(initial=90, adjusted=100, executed=80) == ["JX338", "JX339"]

    @pytest.mark.parametrize(
        ("reason", "adjustment", "left"),
        [
            ("疫情", None, []),  # one column for both
            ("疫情", "", ["JX339"]),
            ("", "追加", ["JX338"]),
            ("疫情", "追加", []),
        ],
    )
    def test_each_reason_answers_its_own_question(self, reason: str, adjustment: str | None, left: list[str]) -> None:
        made = budget(fund(initial=90, adjusted=100, executed=80), weight=num(10))
        made = replace(made, reason=words(reason, "H5"), adjustment_reason=None if adjustment is None else words(adjustment, "H6"))
        assert [f.code for f in score(project(budget=made, checkpoints=())).findings] == left

    def test_a_zero_budget(self) -> None:
        assert self.found(initial=0, adjusted=0, executed=0) == ["JX540"]


class TestHandMade:
    def test_total_grade_and_execution_are_compared(self) -> None:
        made = project(
            budget=budget(
                fund(initial=100, adjusted=100, executed=98, stated_rate=num(95, "F3")),
                weight=num(10),
                stated_score=num(10, "G3"),
            ),
            stated_total=num(95, "H20"),
            stated_grade=words("良", "I20"),
        )
        assert codes(score(made).findings) == [
            ("JX334", "表!G3"),
            ("JX337", "表!F3"),
            ("JX335", "表!H20"),
            ("JX336", "表!I20"),
        ]

    def test_the_same_by_hand_is_no_finding(self) -> None:
        made = project(
            budget=budget(
                fund(initial=100, adjusted=100, executed=98, stated_rate=num("0.98")),
                weight=num(10),
                stated_score=num("9.8"),
            ),
            stated_total=num("92.3"),
            stated_grade=words("优秀"),
        )
        assert score(made).findings == ()


def test_full_marks_everywhere_without_evidence() -> None:
    rows = (
        indicator(weight=60),
        indicator(weight=30, level1="效益指标", name="覆盖率", description="占比"),
        indicator(weight=10, level1="满意度指标", name="群众满意度", description="问卷"),
    )
    bare = project(*rows, budget=None, checkpoints=())
    assert [code for code, _ in codes(score(bare).findings)] == ["JX341"]


def test_execution_as_the_last_indicator_row_counts_once() -> None:
    rows = (
        indicator(weight=50, evidence=words("台账")),
        indicator(weight=30, level1="效益指标", name="覆盖率", description="占比"),
        indicator(weight=10, level1="满意度指标", name="群众满意度", description="问卷"),
        ruled("", 10, name="预算执行率", rule=None, level1="预算执行率", level2="", **CAUSE),
    )
    made = project(*rows, budget=budget(fund(initial=76, adjusted=76, executed="75.96")), checkpoints=())
    evaluation = score(made).evaluations[0]
    assert evaluation.indicators[3].score == Decimal("9.99")
    assert evaluation.total == Decimal("99.99")


def test_the_execution_row_without_amounts_waits() -> None:
    row = ruled("", 10, name="预算执行率", rule=None, level1="预算执行率", level2="")
    result = score(project(indicator(weight=90), row, budget=None, checkpoints=()))
    assert "JX519" in [f.code for f in result.evaluations[0].indicators[1].findings]


def test_a_row_that_no_check_explains_still_says_that_it_is_open() -> None:
    bare = indicator(target=Target(text="≥", op=Op.GE, source=at("E5")), weight=90)
    row = score(project(bare, checkpoints=())).evaluations[0].indicators[0]
    assert [f.code for f in row.findings if f.waiting] == ["JX510"]


def test_the_department_reads_its_projects_schedules() -> None:
    sentence = "预算资金按照四个季度比率评价，达不到进度相应扣分"
    department = form(
        ruled(sentence, 100, name="支出进度率", evidence=words("国库报表"), **CAUSE),
        kind=Kind.DEPARTMENT,
        form="T1+A1",
        name="某部门",
    )
    chosen = ReadingChoice(sentence=sentence, question=pace.TEXT, choice=pace.BY_RATE)
    result = score_submission(submission(department, project(), readings=(chosen,)), DEFAULT)
    row = result.evaluations[0].indicators[0]
    assert (row.status, row.score) == (Status.SCORED, Decimal("98.00"))
    assert any("1个预算项目" in step.text for step in row.trace)


def test_a_choice_for_a_sentence_that_is_gone_is_told() -> None:
    gone = ReadingChoice(sentence="旧的评分标准扣1分", question="q", choice="甲")
    assert [code for code, _ in codes(score(project(), readings=(gone,)).findings)] == ["JX512"]


def test_every_open_row_says_what_it_waits_for() -> None:
    rows = (
        indicator("≥90", None, 20, name="甲", description="甲事"),
        indicator("≥90", actual("0.9", unit=""), 20, name="乙", description="乙事"),
        indicator("合规", actual(text="尚可"), 20, name="丙", description="丙事"),
        ruled("视情况酌情扣分", 20, name="丁"),
        indicator(
            "≥5", actual(5, unit="次"), 10, unit="人", level1="效益指标", name="戊", description="戊事"
        ),
        indicator("≥-5", 3, 10, level1="满意度指标", name="己", description="己事"),
    )
    result = score(project(*rows, budget=None, checkpoints=()))
    assert [row.score for row in result.evaluations[0].indicators] == [None] * 6
    for row in result.evaluations[0].indicators:
        assert any(f.waiting for f in row.findings), row.indicator.name


def _counts(findings: tuple[Finding, ...]) -> int:
    return max((findings.count(f) for f in findings), default=0)


def test_findings_of_the_parts_are_the_units_once_each() -> None:
    result = score(project(indicator("≥90", None, 90), checkpoints=()))
    evaluation = result.evaluations[0]
    assert set(evaluation.findings) <= set(result.findings)
    for row in evaluation.indicators:
        assert set(row.findings) <= set(evaluation.findings)
    assert _counts(result.findings) == 1
