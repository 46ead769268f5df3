"""What the rules need, and the open points that are printed before any value is known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jxreport.forms.questions import open_points, rule_needs
from jxreport.model.submission import Form, Indicator, Kind
from jxreport.model.values import Op, Target
from tests.forms.factory import indicator


def _form(item: Indicator) -> Form:
    return Form(kind=Kind.DEPARTMENT, form="T1", name="某某办公室", indicators=(item,))


@pytest.mark.parametrize(
    ("item", "kinds"),
    [
        (indicator(1, "申报", rule="申报比率90%以上7分；70%以上4分；60%以下不计分。", weight=7), ["value"]),
        (
            indicator(
                1, "控制率", rule="=0计10分；大于0不得分", description="控制率=（本年追加预算/年初预算）*100%"
            ),
            ["operand", "operand"],
        ),
        (indicator(1, "健全性", rule="健全20分，基本健全15分，不健全不得分。", weight=20), ["tier"]),
        (indicator(1, "纪律", rule="每发现1处扣0.5分，扣完为止"), ["count"]),
        (indicator(1, "工作", rule="酌情扣分"), []),
        (indicator(1, "满意率", weight=None, target=Target(op=Op.GE, value=Decimal(90), unit="%")), []),
    ],
)
def test_needs_come_from_the_rule(item: Indicator, kinds: list[str]) -> None:
    assert [need.kind.value for need in rule_needs(_form(item), item)] == kinds


def test_schedule_rule_without_points_asks_for_its_reading() -> None:
    item = indicator(9, "支出进度率", rule="按照四个季度比率评价，达不到进度相应扣分")
    (point,) = open_points([_form(item)])
    assert (point.ordinal, point.key, point.sentence) == (9, "schedule", item.rule.text if item.rule else "")
    assert len(point.readings) >= 2


@pytest.mark.parametrize(
    "item",
    [
        indicator(1, "申报", rule="申报比率90%以上7分；70%以上4分；60%以下不计分。", weight=7),
        indicator(1, "健全性", rule="健全20分，基本健全15分，不健全不得分。", weight=20),
        indicator(1, "满意率", weight=None, target=Target(op=Op.GE, value=Decimal(90), unit="%")),
    ],
)
def test_gaps_and_clear_sentences_are_not_asked_beforehand(item: Indicator) -> None:
    assert open_points([_form(item)]) == ()
