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


@pytest.mark.parametrize(
    ("sentence", "weight", "key"),
    [
        ("100%计满分，每低于5%扣2分，扣完为止", 8, "partial"),
        ("有下列情形之一的，扣2分：超范围支出、虚列支出、截留挪用。", 10, "anyof:有超范围支出、虚列支出、截留挪用情形之一"),
        ("第一次发现扣1分，第二次扣2分，第三次及以上不得分", 6, "ladder:count:发现次数"),
        ("发现问题3处以上的，每处扣1分，扣完为止", 10, "from:问题处数"),
        ("领导重视2分，机构健全4分，经费保障4分；缺一项不得分", 10, "all"),
        ("按要求公示得3分，未公示扣3分", 3, "either:未公示"),
    ],
)
def test_open_points_are_listed_before_any_value_is_known(sentence: str, weight: int, key: str) -> None:
    item = indicator(1, "指标", rule=sentence, weight=weight)
    (point,) = open_points([_form(item)])
    assert point.key == key
    assert len(point.readings) >= 2
    assert not any(digit in point.question for digit in ("相差", "同时有3种"))


def test_what_depends_on_the_value_is_asked_with_the_value() -> None:
    sentence = "完成指标值的，记全部分值；完成值高于指标值较多的，按照偏离度适度调减分值；未完成的，按完成值与指标值的比例记分"
    assert open_points([_form(indicator(1, "指标", rule=sentence, weight=10))]) == ()


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("每发现1处扣0.5分", "发现几处"),
        ("发生一次扣1分", "发生几次"),
        ("水质反弹的，每个断面扣3分", "水质反弹的,几个断面"),
        ("每少10人次扣0.5分", "少多少人次"),
        ("每月未召开例会的扣1分", "几个月未召开例会"),
        ("第一次扣1分，第二次扣2分", "发生次数"),
    ],
)
def test_counts_are_asked_as_questions(sentence: str, question: str) -> None:
    item = indicator(1, "指标", rule=sentence, weight=10)
    assert [need.asked for need in rule_needs(_form(item), item)] == [question]
