"""Rows with a scoring sentence: scored by the rule, a chosen reading or a person, else open with a finding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from jxreport.finding import NOWHERE
from jxreport.messages import message
from jxreport.model.result import IndicatorScore, Status
from jxreport.model.submission import Kind, ReadingChoice
from jxreport.model.values import Op, Target
from jxreport.score import pace, score_submission
from jxreport.score.sentence import context_of
from tests.builders import actual, at, budget, checkpoints, fact, form, fund, num, profile, ruled, submission

BANDS = "申报比率90%以上7分；70%以上4分；60%以下不计分。"
STEP = "100%计满分，每低于10%扣1分，扣完为止"
PACE = "预算资金按照四个季度比率评价，达不到进度相应扣分"
OPEN = "视情况酌情扣分"


def scored(ind: Any, readings: tuple[ReadingChoice, ...] = (), **more: Any) -> IndicatorScore:
    made = form(ind, **{"kind": Kind.DEPARTMENT, "form": "T1+A1"} | more)
    result = score_submission(submission(made, readings=readings), profile("hebei-2020"))
    return result.evaluations[0].indicators[0]


def waiting(row: IndicatorScore) -> list[str]:
    return [f.code for f in row.findings if f.waiting]


def choice(sentence: str, question: str, label: str) -> ReadingChoice:
    return ReadingChoice(sentence=sentence, question=question, choice=label, source=NOWHERE)


def test_a_value_inside_the_bands_is_scored() -> None:
    row = scored(ruled(BANDS, 7, {"申报比率": 95}))
    assert (row.status, row.score) == (Status.SCORED, Decimal("7.00"))
    assert row.trace[0].text == "申报比率“95”（工作簿.xlsx：表!I5）"
    assert row.trace[-1].kind == "rounding"


def test_operands_of_the_definition_come_from_the_basic_data() -> None:
    row = scored(
        ruled(
            "预算控制率=0，计10分，0-10%（含），计8分，10-20%（含）计5分；大于20%不得分。",
            10,
            name="预算控制率",
            description="预算控制率=（本年追加预算/年初预算）*100%",
        ),
        facts=(fact("本年追加预算", "38.5"), fact("年初预算", 1000)),
    )
    assert (row.score, row.value) == (Decimal("8.00"), Decimal("3.85"))


def test_a_chosen_reading_names_the_cell_where_it_was_chosen() -> None:
    where = at("E4", "口径确认")
    picked = ReadingChoice(sentence=STEP, question="partial", choice="不足一档的部分不计", source=where)
    row = scored(ruled(STEP, 8, {"实际完成值": 95}), (picked,))
    assert row.score == Decimal("8.00")
    assert f"口径确认：不足一档的部分不计（{where}）" in [step.text for step in row.trace]


def test_missing_answers_are_asked_for_and_never_zero() -> None:
    row = scored(ruled(BANDS, 7))
    assert (row.status, row.score, waiting(row)) == (Status.UNSCORED, None, ["JX506"])


@pytest.mark.parametrize(
    ("sentence", "answers", "wanted"),
    [
        ("制度健全10分，基本健全6分，不健全不得分。", {"符合哪一档": "还可以"}, "基本健全"),
        ("工作透明5分；办结率较好5分。", {"工作透明": "大致", "办结率较好": True}, "“是”或“否”"),
        (BANDS, {"申报比率": "达标"}, "95%填95"),
    ],
)
def test_an_answer_that_is_none_of_the_choices_is_told_at_its_own_cell(
    sentence: str, answers: dict[str, Any], wanted: str
) -> None:
    row = scored(ruled(sentence, 10, answers))
    told = [f for f in row.findings if f.waiting]
    assert [(f.code, f.source.cell) for f in told] == [("JX515", "I5")]
    assert wanted in message(told[0]).fix
    assert row.score is None


def test_a_blank_datum_is_asked_for_at_its_own_cell() -> None:
    row = scored(
        ruled(
            "预算控制率=0，计10分，0-10%（含），计8分，大于10%不得分。",
            10,
            name="预算控制率",
            description="预算控制率=（本年追加预算/年初预算）*100%",
        ),
        facts=(replace(fact("本年追加预算", 1, "C9"), value=None, text=""), fact("年初预算", 1000)),
    )
    assert [(f.code, f.source.cell) for f in row.findings if f.waiting] == [("JX506", "C9")]


class TestOpenPoints:
    def test_a_value_in_the_gap_is_asked(self) -> None:
        row = scored(ruled(BANDS, 7, {"申报比率": 65}))
        assert (row.status, row.score, waiting(row)) == (Status.ASK, None, ["JX504"])
        assert {score for _, score in row.questions[0].options} >= {Decimal(0), Decimal(4)}

    def test_the_chosen_reading_settles_it(self) -> None:
        asked = scored(ruled(STEP, 8, {"实际完成值": 96}, name="完成率")).questions[0]
        for question in (asked.key, asked.text):
            for label, score in asked.options:
                row = scored(
                    ruled(STEP, 8, {"实际完成值": 96}, name="完成率"), (choice(STEP, question, label),)
                )
                assert (row.status, row.score) == (Status.SCORED, score)
                assert row.choices == ((asked.key, label),)

    def test_the_choice_is_kept_under_the_sentence_whatever_its_punctuation(self) -> None:
        asked = scored(ruled(STEP, 8, {"实际完成值": 96}, name="完成率")).questions[0]
        other = STEP.replace("，", ", ")
        row = scored(
            ruled(STEP, 8, {"实际完成值": 96}, name="完成率"),
            (choice(other, asked.key, asked.options[0][0]),),
        )
        assert row.status is Status.SCORED

    def test_a_label_that_is_not_offered_is_told(self) -> None:
        asked = scored(ruled(STEP, 8, {"实际完成值": 96}, name="完成率")).questions[0]
        row = scored(ruled(STEP, 8, {"实际完成值": 96}, name="完成率"), (choice(STEP, asked.key, "随便"),))
        assert (row.score, waiting(row)) == (None, ["JX504", "JX511"])

    @pytest.mark.parametrize(("given", "score"), [("7.6", Decimal("7.60")), ("6.9", None), ("8.1", None)])
    def test_a_persons_score_must_lie_between_the_readings(self, given: str, score: Decimal | None) -> None:
        row = scored(ruled(STEP, 8, {"实际完成值": 96}, name="完成率", manual_score=num(given, "K5")))
        assert row.score == score
        assert ("JX508" in waiting(row)) is (score is None)


class TestByHand:
    def test_discretion_waits_for_a_person(self) -> None:
        row = scored(ruled(OPEN, 10))
        assert (row.status, row.score, waiting(row)) == (Status.MANUAL, None, ["JX505"])

    def test_a_sentence_that_lost_its_number_is_not_read_into(self) -> None:
        row = scored(ruled("每少1户扣_分", 10, {"实际完成值": 3}))
        assert (row.score, waiting(row)) == (None, ["JX505"])

    @pytest.mark.parametrize(("given", "score"), [("8.5", Decimal("8.50")), ("10.5", None)])
    def test_a_persons_score_inside_the_points(self, given: str, score: Decimal | None) -> None:
        row = scored(ruled(OPEN, 10, manual_score=num(given, "K5")))
        assert row.score == score
        if score is not None:
            assert any("人工评分“8.5”（工作簿.xlsx：表!K5）" in step.text for step in row.trace)

    def test_a_persons_score_never_overrides_a_rule_that_scores(self) -> None:
        row = scored(ruled(BANDS, 7, {"申报比率": 95}, manual_score=num(5, "K5")))
        assert row.score == Decimal("7.00")
        assert [f.code for f in row.findings if f.code == "JX518"] == ["JX518"]


class TestPace:
    money = budget(fund(adjusted=100))
    plan = checkpoints([25, 50, 75, 100], [20, 50, 75, 98])

    def row(self, *readings: ReadingChoice, **more: Any) -> IndicatorScore:
        ind = ruled(PACE, 10, name="支出进度率", **more)
        return scored(ind, readings, budget=self.money, checkpoints=self.plan)

    def test_nothing_is_chosen_for_the_unit(self) -> None:
        row = self.row()
        assert (row.status, row.score) == (Status.ASK, None)
        assert [label for label, _ in row.questions[0].options] == list(pace.READINGS)

    @pytest.mark.parametrize(
        ("label", "expected"), [(pace.BY_RATE, "9.80"), (pace.BY_MEAN, "9.45"), (pace.BY_POINT, "5.00")]
    )
    def test_a_chosen_reading_scores(self, label: str, expected: str) -> None:
        row = self.row(choice(PACE, pace.TEXT, label))
        assert (row.status, row.score) == (Status.SCORED, Decimal(expected))
        assert any(label in step.text for step in row.trace)

    def test_a_chosen_reading_without_a_schedule_waits(self) -> None:
        row = scored(ruled(PACE, 10, name="支出进度率"), (choice(PACE, pace.TEXT, pace.BY_RATE),))
        assert (row.score, waiting(row)) == (None, ["JX520"])

    def test_or_a_persons_score(self) -> None:
        assert self.row(manual_score=num(9)).score == Decimal("9.00")


def test_in_the_department_table_the_sign_is_no_target() -> None:
    ind = ruled(BANDS, 7, target=Target(text="<=7.00", op=Op.LE, value=Decimal(7), unit=""))
    assert context_of(ind, form(ind, form="T1+A1")).target is None
    assert context_of(ind, form(ind, form="M1")).op == "≤"


def test_the_project_forms_actual_feeds_the_sentence() -> None:
    row = scored(
        ruled("制度健全20分，基本健全15分，不健全不得分。", 20, actual=actual(text="基本健全")),
        kind=Kind.PROJECT,
        form="T2+A2",
    )
    assert row.score == Decimal("15.00")
