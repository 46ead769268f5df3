"""`explain`: the contract of the JSON record, and the words for people."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest

from jxreport.rules import parse
from jxreport.rules.explain import explain_record, explain_text, score_table

RULE = "100%以下计满分，每超出1%扣1分，扣完为止"


def test_record_has_exactly_the_agreed_fields() -> None:
    answer = explain_record({"id": "a", "rule": RULE, "weight": 10, "input": {"value": 103}})
    assert list(answer) == ["id", "status", "score", "reading", "kind", "needs", "issues", "questions"]
    assert (answer["id"], answer["status"], answer["score"], answer["kind"]) == ("a", "scored", "7", "sum")
    assert isinstance(answer["reading"], str)


def test_without_input_the_rule_is_only_read() -> None:
    answer = explain_record({"id": 1, "rule": RULE, "weight": "10"})
    assert (answer["status"], answer["score"]) == ("ask", None)
    assert [(n["kind"], n["unit"]) for n in answer["needs"]] == [("value", "%")]
    assert explain_record({"rule": "酌情扣分", "weight": 5})["status"] == "manual"


def test_floats_are_taken_as_shown() -> None:
    answer = explain_record({"rule": "得分=执行率×分值", "weight": 10, "input": {"value": 274.65999999999997}})
    assert answer["score"] == "10"
    assert explain_record({"rule": "得分=执行率×分值", "weight": 10, "input": {"value": 84.45}})["score"] == "8.45"


def test_weight_may_stand_in_the_input() -> None:
    assert explain_record({"rule": RULE, "weight": None, "input": {"value": 103, "weight": 10}})["score"] == "7"


@pytest.mark.parametrize(
    "record",
    [
        {"id": 1},
        {"id": 1, "rule": ""},
        {"id": 1, "rule": RULE, "weight": "十分"},
        {"id": 1, "rule": RULE, "weight": 10, "input": {"value": "九十"}},
        {"id": 1, "rule": RULE, "weight": 10, "input": {"value": True}},
        {"id": 1, "rule": RULE, "weight": 10, "input": {"checks": {"甲": "是"}}},
        {"id": 1, "rule": RULE, "weight": 10, "input": [1]},
    ],
)
def test_malformed_records_are_invalid(record: dict[str, Any]) -> None:
    answer = explain_record(record)
    assert (answer["id"], answer["status"], answer["score"]) == (1, "invalid", None)
    assert [i["code"] for i in answer["issues"]] == ["JX400"]


def test_a_question_offers_the_score_of_each_reading() -> None:
    answer = explain_record({"rule": "100%计满分，每低于10%扣1分", "weight": 8, "input": {"value": 95}})
    assert answer["status"] == "ask"
    assert [(r["label"], r["score"]) for r in answer["questions"][0]["readings"]] == [
        ("不足一档的部分按比例折算", "7.5"),
        ("不足一档的部分不计", "8"),
        ("不足一档按一档计", "7"),
    ]


def test_text_for_people_shows_reading_needs_and_interesting_points() -> None:
    text = explain_text("满意度90%以上5分；80%以上4分；60%以下不得分", Decimal(5))
    assert "我理解为：满意度≥90%得5分" in text
    assert "需要填报：满意度（%）" in text
    assert "  90% → 5分" in text
    assert "  61% → 需要确认" in text
    assert "请注意：" in text


def test_no_table_where_one_number_is_not_enough() -> None:
    assert score_table(parse("健全5分，不健全不得分", Decimal(5))) == ()


def test_a_thousand_cached_sentences_a_second() -> None:
    records = [{"id": n, "rule": RULE, "weight": 10, "input": {"value": n % 120}} for n in range(500)]
    explain_record(records[0])
    begin = time.perf_counter()
    for record in records:
        explain_record(record)
    assert len(records) / (time.perf_counter() - begin) > 1000
