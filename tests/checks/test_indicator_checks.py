"""Checks that look at one scored row. Each case: the row, the score it got, the findings expected."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from jxreport.checks import (
    deadline,
    e01_required,
    e02_number,
    e03_unit,
    e04_target_text,
    e07_stated_range,
    e08_reason,
    e09_overshoot,
    e10_tier_score,
    e15_stated,
    e16_execution_reason,
    e26_names,
    e27_satisfaction,
    e28_unit_spelling,
    e29_operator,
    percent,
    values,
)
from jxreport.finding import Finding, Severity, codes
from jxreport.messages import message
from jxreport.model.result import IndicatorScore, Status, TraceStep
from jxreport.model.submission import Indicator
from jxreport.model.values import Actual, Op, Target
from tests.builders import actual, at, indicator, num, profile, ruled, target, words


def row(ind: Indicator, score: object = None, **more: Any) -> IndicatorScore:
    """The row as scored: SCORED with `score`, else UNSCORED."""
    value = None if score is None else Decimal(str(score))
    status = Status.UNSCORED if value is None else Status.SCORED
    weight = ind.weight.value if ind.weight is not None else None
    return IndicatorScore(**{"indicator": ind, "weight": weight, "status": status, "score": value} | more)


def told(findings: object) -> list[tuple[str, str]]:
    """The findings as tuples; every one of them must have its wording."""
    found: tuple[Finding, ...] = tuple(findings)  # type: ignore[arg-type]
    for one in found:
        assert message(one).text
    return codes(found)


TIER = indicator(
    "资金使用合规",
    actual(text="达成年度指标"),
    weight=7,
    completion="按制度执行",
    manual_score=num("6.50", "H5"),
)


class TestE01Required:
    @pytest.mark.parametrize(
        ("ind", "expected"),
        [
            (indicator(done=None), [("JX320", "表!A5")]),
            (indicator(done=actual(text="——")), [("JX320", "表!F5")]),
            (indicator(name=" "), [("JX220", "表!A5")]),
            (indicator(target=Target(source=at("E5"))), [("JX221", "表!E5")]),
            (ruled("按时完成得10分"), []),
        ],
    )
    def test_what_is_empty(self, ind: Indicator, expected: list[tuple[str, str]]) -> None:
        assert told(e01_required.check(row(ind), profile())) == expected

    def test_zero_counts_as_filled(self) -> None:
        assert told(e01_required.check(row(indicator(done=0)), profile())) == []


class TestE02Number:
    @pytest.mark.parametrize("text", ["达标", "完成", "已完成", "按时"])
    def test_a_word_where_a_number_belongs(self, text: str) -> None:
        found = tuple(e02_number.check(row(indicator("≤30", actual(text=text), unit="万元")), profile()))
        assert told(found) == [("JX321", "表!F5")]
        assert "万元" in message(found[0]).fix
        assert found[0].severity is Severity.ERROR

    def test_without_points_nothing_hangs_on_it_and_a_profile_may_let_it_wait(self) -> None:
        ind = indicator("≤30", actual(text="达标"), unit="万元")
        (found,) = e02_number.check(row(replace(ind, weight=None)), profile())
        assert (found.severity, found.waiting) == (Severity.WARNING, False)
        (found,) = e02_number.check(row(ind), profile(severities=(("E02", "waiting"),)))
        assert (found.severity, found.waiting) == (Severity.WARNING, True)

    def test_a_row_said_not_to_apply_is_told_as_such(self) -> None:
        stated = replace(indicator(done=actual(text="不适用")), not_applicable=words("", "F5"))
        assert told(e02_number.check(row(stated), profile())) == []

    @pytest.mark.parametrize("done", [actual(0), actual(95), actual(text="—"), None])
    def test_numbers_and_blanks_are_not_its_business(self, done: Any) -> None:
        assert told(e02_number.check(row(indicator(done=done)), profile())) == []

    def test_qualitative_rows_hold_words(self) -> None:
        assert told(e02_number.check(row(TIER), profile())) == []


def test_e03_a_quantity_needs_its_unit() -> None:
    assert told(e03_unit.check(row(indicator("≥12", unit="")), profile())) == [("JX222", "表!E5")]
    assert told(e03_unit.check(row(indicator("≥12", unit="次")), profile())) == []
    assert told(e03_unit.check(row(TIER), profile())) == []


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("≥**人", True),
        ("≥*%", True),
        ("≥__次", True),
        ("≥530元/人*月", False),
        ("≥90%", False),
        ("=12*", True),
    ],
)
def test_e04_placeholders_left_in_a_target(text: str, bad: bool) -> None:
    ind = indicator(target=Target(text=text, source=at("E5")))
    assert told(e04_target_text.check(row(ind), profile())) == ([("JX223", "表!E5")] if bad else [])


@pytest.mark.parametrize(("stated", "bad"), [("10.01", True), ("-1", True), ("10", False), ("0", False)])
def test_e07_a_hand_made_score_out_of_range(stated: str, bad: bool) -> None:
    ind = indicator(stated_score=num(stated, "H5"))
    assert told(e07_stated_range.check(row(ind, 10), profile())) == ([("JX322", "表!H5")] if bad else [])


class TestE08Reason:
    def test_one_hundredth_lost_needs_a_cause(self) -> None:
        found = tuple(e08_reason.check(row(indicator(), "9.99"), profile()))
        assert told(found) == [("JX323", "表!F5")]
        assert found[0].waiting
        assert found[0].severity is Severity.WARNING

    def test_a_blank_cell_is_no_cause(self) -> None:
        ind = indicator(reason=replace(words("", "J5"), value=None))
        assert told(e08_reason.check(row(ind, 9), profile())) == [("JX323", "表!J5")]

    @pytest.mark.parametrize(("score", "reason"), [(9, words("雨季停工")), (10, None), (None, None)])
    def test_a_cause_or_nothing_lost(self, score: Any, reason: Any) -> None:
        assert told(e08_reason.check(row(indicator(reason=reason), score), profile())) == []


class TestE09Overshoot:
    def test_a_cause_is_demanded(self) -> None:
        scored = row(indicator(done=120), 10, overshoot=True, completion=Decimal("133.33"))
        assert told(e09_overshoot.check(scored, profile())) == [("JX324", "表!F5")]

    def test_the_profile_says_how_hard(self) -> None:
        scored = row(indicator(done=120), 10, overshoot=True)
        strict = profile(overshoot_severity="error")
        assert [f.waiting for f in e09_overshoot.check(scored, strict)] == [True]
        assert [f.waiting for f in e09_overshoot.check(scored, profile())] == [False]

    def test_told_or_not_far_above(self) -> None:
        told_why = row(indicator(reason=words("上级追加任务")), 10, overshoot=True)
        assert told(e09_overshoot.check(told_why, profile())) == []
        assert told(e09_overshoot.check(row(indicator(), 10), profile())) == []


class TestE10E11Tiers:
    @pytest.mark.parametrize(
        ("word", "score", "ok"),
        [
            ("达成年度指标", "5.60", True),
            ("达成年度指标", "7", True),
            ("达成年度指标", "5.59", False),
            ("部分达成年度指标并具有一定效果", "4.20", True),
            ("部分达成年度指标并具有一定效果", "5.60", False),
            ("部分达成", "5.59", True),
            ("未达成年度指标且效果较差", "0", True),
            ("未达成", "4.20", False),
            ("未达成", "4.19", True),
        ],
    )
    def test_the_score_lies_in_the_tiers_band(self, word: str, score: str, ok: bool) -> None:
        ind = replace(TIER, actual=actual(text=word), manual_score=num(score, "H5"))
        assert told(e10_tier_score.check(row(ind), profile())) == ([] if ok else [("JX325", "表!H5")])

    def test_a_word_that_is_no_tier(self) -> None:
        ind = replace(TIER, actual=actual(text="较好"))
        assert told(e10_tier_score.check(row(ind), profile())) == [("JX326", "表!F5")]

    def test_a_tier_alone_never_gives_a_score(self) -> None:
        ind = replace(TIER, manual_score=None)
        assert told(e10_tier_score.check(row(ind), profile())) == [("JX327", "表!F5")]

    def test_a_description_is_required(self) -> None:
        ind = replace(TIER, completion="")
        assert told(e10_tier_score.check(row(ind, "6.50"), profile())) == [("JX328", "表!F5")]
        assert told(e10_tier_score.check(row(ind, "6.50"), profile(severities=(("定性说明", "off"),)))) == []
        assert [f.waiting for f in e10_tier_score.check(row(ind, "6.50"), profile("hebei-2020"))] == [True]


class TestE15Stated:
    def test_both_numbers_and_the_arithmetic(self) -> None:
        trace = (TraceStep(kind="arithmetic", text="10 × 85 ÷ 90 = 9.444444…"),)
        scored = row(indicator(done=85, stated_score=num(10, "H5")), "9.44", trace=trace)
        found = tuple(e15_stated.check_indicator(scored, profile()))
        assert told(found) == [("JX332", "表!H5")]
        assert "10.00" in message(found[0]).text
        assert "9.44" in message(found[0]).text
        assert "85 ÷ 90" in message(found[0]).text

    def test_the_same_number_in_another_spelling(self) -> None:
        assert (
            told(e15_stated.check_indicator(row(indicator(stated_score=num("9.440")), "9.44"), profile()))
            == []
        )

    def test_a_share_multiplied_twice(self) -> None:
        scored = row(indicator(weight=25, stated_score=num("6.25", "H5")), 25)
        assert told(e15_stated.check_indicator(scored, profile())) == [("JX333", "表!H5")]


def test_e18_an_empty_cost_row_with_points() -> None:
    cost = indicator(done=None, level2="成本指标", stated_score=num(6, "H5"))
    assert told(e16_execution_reason.check_indicator(row(cost), profile())) == [("JX340", "表!H5")]
    modest = replace(cost, stated_score=num(5))
    assert told(e16_execution_reason.check_indicator(row(modest), profile())) == []
    other = replace(cost, level2="数量指标")
    assert told(e16_execution_reason.check_indicator(row(other), profile())) == []


@pytest.mark.parametrize(
    ("name", "description", "expected"),
    [
        ("服务对象满意度指标", "让行政机关满意", ["JX230"]),
        ("服务对象满意度", "测评结果", []),
        ("支出制度健全性", "支出制度健全性20分", ["JX231"]),
        ("办公用房运行费用支出及时性", "反映办公用房办公用房运行费用支出及时性情况", ["JX231"]),
        ("签订率", "已签订协议占全年协议的比率", []),
        ("培训次数", "全年组织培训次数，以签到册为准", []),
    ],
)
def test_e26_names_that_say_nothing(name: str, description: str, expected: list[str]) -> None:
    ind = indicator(name=name, description=description, level2="服务对象满意度指标")
    assert [code for code, _ in told(e26_names.check(row(ind), profile()))] == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("=100", ["JX232"]),
        ("≥100", ["JX232"]),
        ("≥90", []),
        ("尽力做到接待对象多数满意", ["JX232"]),
        ("90%以上满意", []),
    ],
)
def test_e27_satisfaction_that_cannot_be_measured(wanted: str, expected: list[str]) -> None:
    ind = indicator(wanted, level1="满意度指标")
    assert [code for code, _ in told(e27_satisfaction.check(row(ind), profile()))] == expected


def test_e27_other_rows_may_ask_for_everything() -> None:
    assert told(e27_satisfaction.check(row(indicator("=100")), profile())) == []


@pytest.mark.parametrize(
    ("unit", "usual"),
    [("件数", "件"), (" %", "%"), ("% ", "%"), ("%", None), ("%(百分比)", None), ("元/人·月", None)],
)
def test_e28_malformed_units(unit: str, usual: str | None) -> None:
    found = tuple(e28_unit_spelling.check(row(indicator("≥3", unit=unit)), profile()))
    assert told(found) == ([("JX233", "表!E5")] if usual else [])
    assert [f.fact("usual") for f in found] == ([usual] if usual else [])


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        (">=90.00 %", "%", [" %"]),
        (">=3.00件数", "件", ["件数"]),
        ("≥ 95 %", "%", []),
        ("≥90%", "%", []),
        ("90", "%", []),
    ],
)
def test_e28_looks_at_what_is_printed(text: str, unit: str, expected: list[str]) -> None:
    ind = indicator(target=Target(text=text, op=Op.GE, value=Decimal(90), unit=unit, source=at("E5")))
    assert [f.fact("unit") for f in e28_unit_spelling.check(row(ind), profile())] == expected


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ("2021-12-30", []),
        ("2022-01-02", [("JX352", "表!A5")]),
        ("", [("JX351", "表!F5")]),
    ],
)
def test_a_deadline_needs_a_date(done: str, expected: list[tuple[str, str]]) -> None:
    ind = indicator(
        target=Target(text="2021年12月31日前", op=Op.LE, date="2021-12-31"),
        done=Actual(text=done or "按时", date=done, source=at("F5")),
    )
    status = Status.SCORED if not expected else Status.MANUAL
    assert told(deadline.check(row(ind, status=status), profile())) == expected


class TestE29Operator:
    def test_no_sign(self) -> None:
        ind = indicator(target=Target(text="90%", value=Decimal(90), unit="%", source=at("E5")))
        assert told(e29_operator.check(row(ind), profile())) == [("JX234", "表!E5")]

    def test_an_inferred_sign_is_said(self) -> None:
        ind = indicator(target=target("≥90", inferred=True))
        assert told(e29_operator.check(row(ind), profile())) == [("JX236", "表!E5")]

    @pytest.mark.parametrize(
        ("wanted", "name", "bad"),
        [
            ("≥100", "制度执行率", True),
            (">100", "合格率", True),
            ("=100", "合格率", False),
            ("≤100", "支出率", False),
            ("≥100", "增长率", False),
            ("≥90", "合格率", False),
        ],
    )
    def test_a_sign_against_its_value(self, wanted: str, name: str, bad: bool) -> None:
        ind = indicator(wanted, name=name)
        assert told(e29_operator.check(row(ind), profile())) == ([("JX235", "表!E5")] if bad else [])


@pytest.mark.parametrize(
    ("wanted", "done", "bad"),
    [
        ("≥90", actual("0.88", unit=""), True),
        ("≥90", actual("0.88", unit="%"), False),
        ("≥90", actual("88", unit=""), False),
        ("≥90", actual("0", unit=""), False),
        ("≤0.5", actual("0.3", unit=""), False),
    ],
)
def test_a_fraction_or_a_percentage(wanted: str, done: Any, bad: bool) -> None:
    assert told(percent.check(row(indicator(wanted, done)), profile())) == (
        [("JX346", "表!F5")] if bad else []
    )


@pytest.mark.parametrize(
    ("name", "wanted", "done", "code"),
    [
        ("合格率", "≥0.9", actual(88, unit="%"), "JX356"),
        ("合格率", "≥0.9", actual(88, unit=""), "JX356"),
        ("合格率", "≥90", actual("0.95", unit=""), "JX346"),
        ("合格率(%)", "≥90", actual("0.95", unit=""), "JX346"),
        ("合格率", "≥0.9", actual("0.95", unit=""), None),
        ("合格率", "≥90", actual(88, unit="%"), None),
        ("培训场次", "≥3", actual("0.5", unit=""), None),
        ("培训场次", "≥1", actual(3, unit=""), None),
        ("治愈率", "≥0.9", actual(1, unit=""), None),
    ],
)
def test_a_share_of_something_called_a_rate(name: str, wanted: str, done: Any, code: str | None) -> None:
    ind = replace(indicator(wanted, done, unit=""), name=name)
    assert [c for c, _ in told(percent.check(row(ind), profile()))] == ([code] if code else [])
    assert percent.percent_unclear(ind) == (code is not None)


class TestValues:
    @pytest.mark.parametrize(
        ("ind", "expected"),
        [
            (indicator(done=-1), ["JX342"]),
            (indicator("≥-5", 3), ["JX243"]),
            (indicator(done=924, level1="满意度指标"), ["JX353"]),
            (indicator(done=100, level1="满意度指标"), []),
            (indicator(done=924), []),
            (indicator("≥3", actual(5, unit="次"), unit="人"), ["JX345"]),
            (indicator("≥3", actual(5, unit="名"), unit="人"), []),
            (indicator(deduction=num(11)), ["JX344"]),
            (indicator(deduction=num(-1)), ["JX344"]),
            (indicator(deduction=num(0)), []),
        ],
    )
    def test_what_cannot_be_used_as_it_stands(self, ind: Indicator, expected: list[str]) -> None:
        assert [code for code, _ in told(values.check(row(ind), profile()))] == expected

    def test_a_deduction_without_overshoot_is_noted(self) -> None:
        ind = indicator(deduction=num(1))
        assert [code for code, _ in told(values.check(row(ind, 9), profile()))] == ["JX343"]
        assert told(values.check(row(ind, 9, overshoot=True), profile())) == []


def test_a_scoring_sentence_is_no_numeric_target() -> None:
    """In the department table the number behind <= is the row's points: no numeric check may touch it."""
    ind = ruled(
        "健全10分，不健全6分", target=Target(text="<=7.00", op=Op.LE, value=Decimal(7), source=at("E5"))
    )
    for check in (
        e02_number.check,
        e03_unit.check,
        e28_unit_spelling.check,
        e29_operator.check,
        values.check,
    ):
        assert told(check(row(ind), profile())) == []
