"""The worked sentences of the shared yardstick: mostly right, never silently wrong, no bare number where it asks."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jxreport.rules.explain import explain_record

FILE = Path(__file__).parents[3] / "shared" / "data" / "rules_dev.jsonl"
CARRIED = ("id", "rule", "weight", "indicator", "description")


def records() -> list[dict[str, Any]]:
    if not FILE.exists():
        pytest.skip("the yardstick is not beside this checkout")
    return labelled(FILE)


def labelled(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def answer(record: dict[str, Any], given: Any) -> dict[str, Any]:
    return explain_record({**{key: record.get(key) for key in CARRIED}, "input": given})


def scored_right(records: list[dict[str, Any]]) -> float:
    """The share of cases that are scored; a score must be the labelled one."""
    right = total = 0
    for record in records:
        for case in record["cases"]:
            result = answer(record, case["input"])
            total += 1
            if result["status"] == "scored":
                assert abs(Decimal(result["score"]) - Decimal(str(case["score"]))) < Decimal("0.005"), (record["id"], case, result)
                right += 1
    return right / total


def check_open_inputs(records: list[dict[str, Any]]) -> None:
    for record in records:
        for case in record.get("must_ask") or []:
            result = answer(record, case["input"])
            assert result["status"] != "scored" or result["issues"], (record["id"], case)


def test_worked_cases() -> None:
    assert scored_right(records()) >= 0.9


def test_open_inputs_get_no_bare_number() -> None:
    check_open_inputs(records())


def test_lists_events_tiers_and_gates() -> None:
    """Sentences of words and counts, written and labelled by hand before the reader knew them."""
    lists = labelled(Path(__file__).parents[1] / "data" / "rules_lists.jsonl")
    check_open_inputs(lists)
    assert scored_right(lists) >= 0.95
