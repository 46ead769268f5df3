"""Answers and basic data matched to what a rule needs: by the printed question, nothing looser."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from jxreport.finding import codes
from jxreport.model.submission import Answer
from jxreport.rules.api import Inputs, Need, NeedKind
from jxreport.score.answers import usable
from jxreport.score.inputs import match_inputs
from tests.builders import actual, at, fact, form, ruled, target

ADDED = Need(kind=NeedKind.OPERAND, key="var:本年追加预算", label="本年追加预算")
INITIAL = Need(kind=NeedKind.OPERAND, key="var:年初预算", label="年初预算")
VALUE = Need(kind=NeedKind.VALUE, key="value", label="申报比率", unit="%")
COUNT = Need(kind=NeedKind.COUNT, key="count:通报", label="被通报", unit="次")
TICK = Need(kind=NeedKind.TICK, key="check:透明", label="工作透明", options=("是", "否"))
TIER = Need(kind=NeedKind.TIER, key="tier:健全", label="符合哪一档", options=("健全", "不健全", "无"))


def matched(
    needs: list[Need], facts: tuple[Any, ...] = (), answers: dict[str, Any] | None = None, **more: Any
) -> Any:
    ind = ruled("某标准", answers=answers, **more)
    return match_inputs(ind, form(ind, facts=facts), needs)


def test_each_kind_goes_to_its_place() -> None:
    given = {"申报比率": 95, "被通报": 1, "工作透明": True, "符合哪一档": "基本健全"}
    needs = [VALUE, COUNT, TICK, replace(TIER, options=("健全", "基本健全"))]
    assert matched(needs, answers=given).inputs == Inputs(
        value=Decimal(95),
        events=(("被通报", Decimal(1)),),
        checks=(("工作透明", True),),
        levels=("基本健全",),
    )


def test_operands_come_from_the_basic_data_by_name() -> None:
    found = matched([ADDED, INITIAL], facts=(fact("本年追加预算", "38.5"), fact("年初预算", 1000)))
    assert found.inputs.vars == (("本年追加预算", Decimal("38.5")), ("年初预算", Decimal(1000)))
    assert found.trace[0].text == "本年追加预算“38.5万元”（工作簿.xlsx：表!C8）"


def test_amounts_in_yuan_and_wan_agree_before_they_are_divided() -> None:
    in_yuan = replace(fact("本年追加预算", 385000), unit="元")
    found = matched([ADDED, INITIAL], facts=(in_yuan, fact("年初预算", 1000)))
    assert found.inputs.vars[0] == ("本年追加预算", Decimal("38.5"))


def test_one_unit_throughout_needs_no_conversion() -> None:
    yuan = (replace(fact("本年追加预算", 385000), unit="元"), replace(fact("年初预算", 10000000), unit="元"))
    assert matched([ADDED, INITIAL], facts=yuan).inputs.vars[0] == ("本年追加预算", Decimal(385000))


class TestUnitsOfTheActual:
    need = replace(VALUE, label="实际完成值", unit="")

    def test_brought_to_the_targets_unit(self) -> None:
        found = matched([self.need], target=target("≤30", unit="万元"), actual=actual(280000, unit="元"))
        assert found.inputs.value == 28

    def test_a_clash_gives_nothing(self) -> None:
        found = matched([self.need], target=target("≥30", unit="个"), actual=actual(80, unit="%"))
        assert found.values == []
        assert codes(tuple(found.findings)) == [("JX345", "表!F5")]

    def test_a_target_beside_the_sentence_is_no_second_question(self) -> None:
        goal = Need(kind=NeedKind.TARGET, key="target", label="目标值")
        found = matched([self.need, goal], target=target("≥100", unit="个"), actual=actual(80, unit="个"))
        assert found.inputs.value == 80


def test_two_places_that_disagree_give_nothing() -> None:
    found = matched([ADDED], facts=(fact("本年追加预算", 38),), answers={"本年追加预算": 40})
    assert found.inputs.vars == ()
    assert codes(tuple(found.findings)) == [("JX514", "表!I5")]


def test_a_near_miss_of_the_question_does_not_count() -> None:
    assert matched([VALUE], answers={"申报率": 95}).values == []
    assert matched([VALUE], answers={" 申报比率（%）".replace("（%）", ""): 95}).inputs.value == 95


def test_the_actual_feeds_a_rule_that_needs_one_thing() -> None:
    assert matched([TIER], actual=actual(text="不健全")).inputs.levels == ("不健全",)
    assert matched([VALUE], actual=actual(95)).inputs.value == 95
    assert matched([VALUE, COUNT], actual=actual(95)).values == []


def test_questions_of_one_label_are_answered_in_order() -> None:
    first = replace(TIER, key="tier:a", options=("完全符合", "基本符合"))
    second = replace(TIER, key="tier:b", options=("完备", "基本完备"))
    answers = tuple(
        Answer(question="符合哪一档", value=word, text=word, source=at(f"I{row}"))
        for row, word in ((5, "基本符合"), (6, "完备"))
    )
    ind = ruled("某标准", answers={})
    found = match_inputs(replace(ind, answers=answers), form(ind), [first, second])
    assert found.inputs.levels == ("基本符合", "完备")


@pytest.mark.parametrize(
    ("need", "value", "text", "expected"),
    [
        (COUNT, Decimal(2), "2", Decimal(2)),
        (COUNT, Decimal("1.5"), "1.5", None),
        (COUNT, Decimal(-1), "-1", None),
        (COUNT, "两次", "两次", None),
        (VALUE, Decimal("97.5"), "97.5%", Decimal("97.5")),
        (VALUE, True, "是", None),
        (TICK, True, "是", True),
        (TICK, "√", "√", True),
        (TICK, "否", "否", False),
        (TICK, "大概", "大概", None),
        (TIER, "健全", "健全", "健全"),
        (TIER, "不 健全", "不 健全", "不健全"),
        (TIER, "很健全", "很健全", None),
        (TIER, False, "无", "无"),
        (TIER, None, "", None),
    ],
)
def test_only_what_fits_the_question_is_used(need: Need, value: Any, text: str, expected: Any) -> None:
    assert usable(need, value, text) == expected
    assert type(usable(need, value, text)) is type(expected)


class TestOtherWordings:
    """A question worded otherwise counts only where it can mean one need."""

    first = replace(TIER, key="tier:a", options=("完全符合规定", "基本符合规定"))
    second = replace(TIER, key="tier:b", options=("手续完备", "基本完备"))

    def test_a_tiers_own_word_names_its_set(self) -> None:
        found = matched(
            [self.first, self.second], answers={"支出合规情况": "基本符合规定", "拨付手续": "手续完备"}
        )
        assert found.inputs.levels == ("基本符合规定", "手续完备")

    def test_a_short_form_of_one_tier(self) -> None:
        long = replace(TIER, options=("会计核算管理制度健全", "不健全", "无"))
        assert matched([long], answers={"档次": "健全"}).inputs.levels == ("会计核算管理制度健全",)

    def test_a_word_that_fits_two_sets_fits_none(self) -> None:
        other = replace(self.first, key="tier:c")
        assert matched([self.first, other], answers={"档次": "完全符合规定"}).values == []

    def test_a_part_of_the_counted_event(self) -> None:
        long = replace(COUNT, label="财务手续不规范,1次")
        assert matched([long], answers={"财务手续不规范": 2}).inputs.events == (
            ("财务手续不规范,1次", Decimal(2)),
        )
        two = [long, replace(long, key="count:b", label="报销手续不规范,1次")]
        assert matched(two, answers={"手续不规范": 2}).values == []

    def test_the_indicators_own_name_over_its_value(self) -> None:
        need = replace(VALUE, label="实际完成值")
        assert matched([need], answers={"某指标": 92}, name="某指标").inputs.value == 92
        assert matched([need], answers={"别的指标": 92}, name="某指标").values == []

    def test_a_datum_with_or_without_its_suffix(self) -> None:
        assert matched([INITIAL], facts=(fact("年初预算数", 1000),)).inputs.vars == (
            ("年初预算", Decimal(1000)),
        )
        assert matched([INITIAL], facts=(fact("全年预算数", 1000),)).values == []
