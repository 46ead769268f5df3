"""What is asked for an indicator."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jxreport.forms.asks import SEE_FACTS, AskKind, asks, fact_named, needs_person, tier_help
from jxreport.model.submission import FactItem, Form, Indicator, Kind
from jxreport.model.values import Op, Target
from jxreport.number import parse_number
from jxreport.rules.api import Need, NeedKind
from jxreport.score.inputs import match_inputs
from tests.forms.factory import indicator, needs_of, profile

Row = tuple[AskKind, str, str, tuple[str, ...]]
TIERS = ("达成年度指标", "未达成年度指标且效果较差")


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            indicator(1, "预算控制率", rule="0计10分"),
            [(AskKind.FACT, "本年追加预算", "万元", ()), (AskKind.FACT, "年初预算", "万元", ())],
        ),
        (indicator(1, "基本支出控制率", rule="10分"), [(AskKind.NUMBER, "实际支出总额", "万元", ())]),
        (
            indicator(1, "工作透明", rule="2分"),
            [(AskKind.TICK, "工作透明", "", ()), (AskKind.COUNT, "被通报", "次", ())],
        ),
        (
            indicator(1, "制度健全性", rule="20分"),
            [(AskKind.CHOICE, "制度", "", ("健全", "基本健全", "不健全"))],
        ),
        (indicator(1, "别的", rule="酌情扣分"), [(AskKind.TEXT, "完成情况说明", "", ())]),
        (
            indicator(1, "数量", target=Target(op=Op.GE, value=parse_number("3"), unit="件")),
            [(AskKind.NUMBER, "实际完成值", "件", ())],
        ),
        (indicator(1, "定性", target=Target(op=Op.QUALITATIVE)), [(AskKind.CHOICE, "完成档次", "", TIERS)]),
    ],
)
def test_asks_follow_rule_or_norm(item: Indicator, expected: list[Row]) -> None:
    asked = asks(item, needs_of(None, item), profile())
    assert [(ask.kind, ask.question, ask.unit, ask.options) for ask in asked] == expected


def test_help_of_the_rule_comes_before_the_general_one() -> None:
    item = indicator(1, "满意率", rule="90%以上10分")
    assert asks(item, needs_of(None, item), profile())[0].help == "问卷结果"
    fact = indicator(1, "预算控制率", rule="0计10分")
    assert asks(fact, needs_of(None, fact), profile())[0].help == SEE_FACTS


@pytest.mark.parametrize(
    ("operand", "row"),
    [
        ("年初预算", "年初预算数"),
        ("年初预算数", "年初预算数"),
        (" 上年结转 ", "上年结转"),
        ("年初预算总额", "年初预算数"),
        ("实际支出总额", None),
        ("预算安排总额", None),
    ],
)
def test_operands_that_stand_in_the_finance_data(operand: str, row: str | None) -> None:
    assert fact_named(operand) == row


@pytest.mark.parametrize(
    ("item", "person"),
    [
        (indicator(1, "别的", rule="酌情扣分"), True),
        (indicator(1, "定性", target=Target(op=Op.QUALITATIVE)), True),
        (indicator(1, "工作透明", rule="2分"), False),
        (indicator(1, "数量", target=Target(op=Op.GE, value=parse_number("3"))), False),
    ],
)
def test_when_a_person_scores(item: Indicator, person: bool) -> None:
    assert needs_person(item, needs_of(None, item)) is person


def test_tier_help_states_the_bands() -> None:
    first, second = tier_help(profile()).split("；")
    assert first == "达成年度指标：分值的80%—100%"
    assert second == "未达成年度指标且效果较差：分值的0%—80%（不含80%）"


@pytest.mark.parametrize("operand", ["年初预算", "年初预算数", "全年预算总额", "上年结转数", "年末结余"])
def test_scoring_finds_what_is_not_asked_again(operand: str) -> None:
    """The form may leave out a question only where scoring looks the datum up itself."""
    need = Need(kind=NeedKind.OPERAND, key="x", label=operand)
    datum = FactItem(name=fact_named(operand) or "", value=Decimal("7.5"), unit="万元")
    form = Form(kind=Kind.DEPARTMENT, form="T1+A1", name="某某办公室", facts=(datum,))
    found = match_inputs(indicator(1, "控制率", rule="10分"), form, (need,)).inputs
    assert found.vars == ((operand, Decimal("7.5")),)
