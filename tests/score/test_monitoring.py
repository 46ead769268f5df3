"""Before year end: progress and outlook, no score, no total, no grade; what lacks is asked for, never made up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from jxreport.finding import Source, error
from jxreport.model.result import Evaluation, Status, UnitResult
from jxreport.model.submission import Form, Kind, Outlook, Submission
from jxreport.model.values import Actual, Sourced
from jxreport.profiles import load_profile
from jxreport.score import score_submission
from jxreport.score.monitoring import due
from tests.report import factory

PROFILE = load_profile("hebei-2020")
SURE, MAYBE, NEVER = PROFILE.likelihoods.words


def text(words: str, cell: str = "X1") -> Sourced[str]:
    return Sourced(value=words, text=words, source=Source("a.xlsx", "运行监控（6月底）", cell))


def outlook(likelihood: str = SURE, *, month: int = 6, **more: Sourced[str]) -> Outlook:
    return Outlook(
        label=f"{month}月底",
        month=month,
        actual=Actual(
            text="84%", value=Decimal(84), unit="%", source=Source("a.xlsx", "运行监控（6月底）", "G4")
        ),
        expected=text("88%", "H4"),
        likelihood=text(likelihood, "I4"),
        **more,
    )


def project() -> Form:
    made = factory.project(paid=("0", "12.00", None, None))
    return replace(
        made.form,
        indicators=tuple(item.indicator for item in made.indicators),
        checkpoints=tuple(point.checkpoint for point in made.schedule),
    )


def submission(*outlooks: Outlook, form: str = "T2+A2") -> Submission:
    """A founding project in June; every indicator carries `outlooks`."""
    base = project()
    rows = tuple(replace(indicator, outlooks=outlooks) for indicator in base.indicators)
    return Submission(unit="某局", year=2020, forms=(replace(base, form=form, indicators=rows),))


def scored(given: Submission, as_of: str | None = "6月底") -> tuple[UnitResult, Evaluation]:
    result = score_submission(given, PROFILE, as_of=as_of)
    return result, result.evaluations[0]


def codes(result: UnitResult, prefix: str = "JX63") -> set[str]:
    return {finding.code for finding in result.findings if finding.code.startswith(prefix)}


def test_nothing_is_scored_and_the_reason_is_told() -> None:
    result, evaluation = scored(submission(outlook()))
    assert (result.as_of, evaluation.total, evaluation.full, evaluation.grade) == ("6月底", None, None, "")
    assert {row.status for row in evaluation.indicators} == {Status.UNSCORED}
    assert {row.score for row in evaluation.indicators} == {None}
    assert evaluation.execution is None or evaluation.execution.score is None
    assert evaluation.not_scored.startswith("截至6月底为绩效运行监控")
    assert "12月底自评" in evaluation.not_scored


def test_at_year_end_the_outlook_changes_nothing() -> None:
    with_outlook, plain = scored(submission(outlook()), "12月底"), scored(submission(), "12月底")
    assert [row.score for row in with_outlook[1].indicators] == [row.score for row in plain[1].indicators]
    assert with_outlook[1].not_scored == ""
    assert codes(with_outlook[0]) == set()


def test_what_is_stated_for_the_whole_year_is_not_shown_as_of_june() -> None:
    """A workbook filled at year end, looked at as of June: its 实际完成值 are not June's."""
    result, evaluation = scored(submission())
    assert all(row.indicator.actual is None and row.indicator.reason is None for row in evaluation.indicators)
    assert [goal.actual for goal in evaluation.form.goals] == [None] * len(evaluation.form.goals)
    assert evaluation.execution is None or evaluation.execution.executed is None
    assert codes(result) == {"JX630"}


def test_only_the_outlook_of_the_checkpoint_counts() -> None:
    result, evaluation = scored(submission(outlook(month=3), outlook(MAYBE, month=10)))
    assert {row.outlook for row in evaluation.indicators} == {None}
    assert codes(result) == {"JX630"}


def test_the_outlook_is_shown_as_it_was_given() -> None:
    result, evaluation = scored(submission(outlook()))
    row = evaluation.indicators[0]
    assert row.indicator.actual is not None
    assert row.indicator.actual.text == "84%"
    assert row.outlook is not None
    assert codes(result) == set()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (outlook(""), {"JX633"}),
        (outlook("应该能"), {"JX634"}),
        (outlook(MAYBE), {"JX635", "JX637"}),
        (outlook(NEVER, cause=text("天气"), explanation=text("暴雨")), {"JX636"}),
        (outlook(MAYBE, cause=text("经费保障、人员保障"), explanation=text("资金晚到")), set()),
        (replace(outlook(), expected=text("")), {"JX632"}),
        (replace(outlook(), actual=None), {"JX631"}),
    ],
)
def test_what_lacks_waits_for_a_person(given: Outlook, expected: set[str]) -> None:
    result, _ = scored(submission(given))
    assert codes(result) == expected
    assert all(finding.waiting for finding in result.findings if finding.code in expected)


def test_the_place_of_what_lacks_is_the_cell_to_fill() -> None:
    result, _ = scored(submission(outlook("")))
    assert {finding.source.cell for finding in result.findings if finding.code == "JX633"} == {"I4"}


def test_whether_a_cause_is_owed_is_the_profile_s_to_say() -> None:
    lenient = replace(PROFILE, likelihoods=replace(PROFILE.likelihoods, cause_required=(NEVER,)))
    result = score_submission(submission(outlook(MAYBE)), lenient, as_of="6月底")
    assert codes(result) == set()


def test_scoring_questions_are_not_waited_for_yet() -> None:
    result, _ = scored(submission(outlook()))
    assert not [f for f in result.findings if f.code.startswith(("JX4", "JX5")) and f.waiting]


def test_targets_without_year_end_actuals_are_no_error_in_june() -> None:
    missing = error("JX300", Source("a.xlsx"), form="x", blank="A2")
    june, december = (scored(submission(outlook(), form="T2"), at)[0] for at in ("6月底", "12月底"))
    assert due([missing], june) == ()
    assert due([missing], december) == (missing,)


def test_the_latest_checkpoint_with_payments_is_the_default() -> None:
    assert scored(submission(outlook()), None)[0].as_of == "6月底"


def test_a_checkpoint_has_the_profile_s_name_however_the_plan_spells_it() -> None:
    given = submission(outlook(month=12))
    form = given.forms[0]
    points = tuple(replace(p, label=p.label.replace("底", "末")) for p in form.checkpoints)
    spelled = replace(given, forms=(replace(form, checkpoints=points),))
    assert scored(spelled, "12月末")[0].as_of == "12月底"
    assert scored(spelled, None)[0].as_of == "6月底"


def test_a_monitoring_form_alone_stands_at_its_own_period() -> None:
    base = project()
    rows = tuple(
        replace(ind, weight=None, outlooks=(replace(outlook(month=7), actual=None),))
        for ind in base.indicators
    )
    form: Form = replace(base, kind=Kind.MONITORING, form="M3", checkpoints=(), indicators=rows)
    result, evaluation = scored(Submission(unit="某局", year=2020, forms=(form,)), None)
    assert result.as_of == "7月底"
    assert evaluation.not_scored
    assert evaluation.indicators[0].indicator.actual == form.indicators[0].actual
