"""The corpus of worked sentences keeps its form: a broken line would silently shrink the measurement."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from benchmarks.rules import load

CORPUS = load(Path(__file__).parent.parent / "data" / "rules_heldout.jsonl")
FIELDS = {
    "id", "indicator", "description", "weight", "rule", "kind", "source", "conventions", "cases", "must_ask",
}  # fmt: skip
INPUTS = {"value", "target", "op", "weight", "level", "levels", "events", "checks", "vars", "group"}
CONVENTIONS = {"yishang_incl", "pp", "implicit_zero", "over_weight", "interp"}


@pytest.mark.parametrize("rule", CORPUS, ids=lambda rule: str(rule["id"]))
def test_form(rule: dict[str, Any]) -> None:
    assert set(rule) == FIELDS
    assert rule["source"] in ("public", "own")
    assert set(rule["conventions"]) <= CONVENTIONS
    assert rule["cases"] or rule["must_ask"]
    inputs = [case["input"] for case in (*rule["cases"], *rule["must_ask"])]
    assert all(set(given) <= INPUTS and given for given in inputs)
    assert len({str(given) for given in inputs}) == len(inputs)


def test_ids_are_in_order_and_sentences_differ() -> None:
    assert [rule["id"] for rule in CORPUS] == [f"h{number:03d}" for number in range(1, len(CORPUS) + 1)]
    assert len({(rule["rule"], rule["description"]) for rule in CORPUS}) == len(CORPUS)


def test_scores_stay_between_zero_and_the_weight_unless_the_sentence_says_otherwise() -> None:
    outside = [
        rule["id"]
        for rule in CORPUS
        for case in rule["cases"]
        if not 0 <= Decimal(str(case["score"])) <= Decimal(str(rule["weight"])) and "负分" not in rule["rule"]
    ]
    assert outside == []


def test_families_that_matter_are_present_in_strength() -> None:
    kinds = [rule["kind"] for rule in CORPUS]
    assert (
        min(kinds.count(kind) for kind in ("band", "linear_deduct", "linear_proportional", "band_text")) >= 15
    )
    assert kinds.count("damaged") >= 15
