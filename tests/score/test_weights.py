"""Points: as stated, as written in the texts, else proposed and marked; nothing is redistributed (NORMS 1.3)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from jxreport.checks.sentences import points_in_text, sentence_of
from jxreport.finding import codes
from jxreport.model.submission import Form, Kind, WeightOrigin
from jxreport.model.values import Target
from jxreport.score.weights import execution_weight, with_weights
from tests.builders import budget, form, fund, indicator, num, profile, ruled

HEBEI = profile("hebei-2020")


def open_row(level1: str = "产出指标", **more: Any) -> Any:
    return indicator(level1=level1, weight=None, weight_origin=None, **more)


def points(made: Form) -> list[Decimal | None]:
    return [ind.weight.value if ind.weight else None for ind in made.indicators]


def test_stated_points_stay_as_they_are() -> None:
    made = form(indicator(weight=60), indicator(weight=30))
    assert with_weights(made, HEBEI) == (made, ())


def test_the_profiles_split_is_a_proposal_and_marked() -> None:
    levels = ["产出指标", "产出指标", "产出指标", "效果指标", "满意度指标"]
    made, found = with_weights(form(*[open_row(level) for level in levels]), HEBEI)
    assert points(made) == [Decimal("16.67"), Decimal("16.67"), Decimal("16.66"), 30, 10]
    assert {ind.weight_origin for ind in made.indicators} == {WeightOrigin.PROFILE}
    assert codes(found) == [("JX501", "表!A1")]
    assert found[0].waiting


def test_points_in_the_texts_are_kept_and_the_rest_is_split() -> None:
    made, found = with_weights(
        form(
            open_row(description="是否规范，总分20分"),
            open_row(description="制度健全性20分"),
            open_row(),
            open_row("效果指标"),
            open_row("效果指标"),
            open_row("满意度指标"),
        ),
        HEBEI,
    )
    assert points(made)[:2] == [20, 20]
    assert sum(p or 0 for p in points(made)) == 90
    assert [ind.weight_origin for ind in made.indicators[:3]] == [
        WeightOrigin.TEXT,
        WeightOrigin.TEXT,
        WeightOrigin.PROFILE,
    ]
    assert [code for code, _ in codes(found)] == ["JX501"]


def test_a_missing_dimension_is_not_made_up_for() -> None:
    made, found = with_weights(form(open_row(), open_row("效果指标")), HEBEI)
    assert points(made) == [None, None]
    assert codes(found) == [("JX503", "表!A1")]


def test_only_project_targets_get_a_proposal() -> None:
    made, found = with_weights(form(open_row(), form="M1"), HEBEI)
    assert points(made) == [None]
    assert codes(found) == [("JX502", "表!A1")]
    assert with_weights(form(open_row(), kind=Kind.MONITORING), HEBEI)[1] == ()


def test_a_single_missing_weight_is_not_filled() -> None:
    made, found = with_weights(form(indicator(weight=60), open_row()), HEBEI)
    assert (points(made), found) == ([60, None], ())


@pytest.mark.parametrize(
    ("weights", "stated", "expected"),
    [
        ([60, 30], None, 10),
        ([60, 40], None, None),
        ([60, 30], 10, 10),
        ([60, 20], None, None),
        ([60, 20], 20, 20),
    ],
)
def test_the_points_of_execution(weights: list[int], stated: object, expected: object) -> None:
    money = budget(fund(adjusted=1), weight=None if stated is None else num(stated))
    made = form(*[indicator(weight=w) for w in weights], budget=money)
    assert execution_weight(made, HEBEI) == expected


@pytest.mark.parametrize(
    ("description", "sentence", "expected"),
    [
        ("商务接待支出制度健全性20分", "健全20分，基本健全15分人，无制度0分。", 20),
        ("商务接待支出管理是否规范，总分20分", "手续完备20分，不完备不得分", 20),
        ("", "制度健全15分，基本健全10分，不健全不得分。", 15),
        ("反映及时性", "", None),
        ("5分钟内响应", "", None),
    ],
)
def test_points_written_in_the_texts(description: str, sentence: str, expected: object) -> None:
    ind = ruled(sentence) if sentence else open_row()
    assert points_in_text(replace(ind, description=description)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "反映办公用房专项资金分配、支出的及时性，减少资金滞留、挪用等。",
        "按照预算批复、法律法规规定的用途合理使用",
        "充分发挥部分职能，接警后5分钟到场",
        "尽力做到接待对象多数满意",
    ],
)
def test_a_criterion_is_no_scoring_sentence(text: str) -> None:
    assert sentence_of(replace(open_row(), target=Target(text=text))) == ""


@pytest.mark.parametrize(
    "text",
    [
        "制度健全20分，不健全不得分。",
        "预算资金按照四个季度比率评价，达不到进度相应扣分",
        "完成率×权重",
        "达标得满分",
    ],
)
def test_a_sentence_behind_the_words_of_the_target(text: str) -> None:
    assert sentence_of(replace(open_row(), target=Target(text=text))) == text
