"""The engine on the corpus: never a wrong number in silence, and nine inputs in ten right."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import rules, synth, vary

CORPUS = rules.load(Path(__file__).parent.parent / "data" / "rules_heldout.jsonl")
ENGINE = rules.shipped_engine()
BROKEN = (rules.Mark.WRONG, rules.Mark.CRASHED)


def broken(results: list[rules.Result]) -> list[tuple[str, str, object]]:
    return [(result.ident, result.rule, result.given) for result in results if result.mark in BROKEN]


def right(results: list[rules.Result]) -> float:
    return sum(result.mark is rules.Mark.RIGHT for result in results) / len(results)


def test_corpus() -> None:
    results = rules.run(CORPUS, ENGINE)
    assert broken(results) == []
    assert right(results) >= 0.9


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_sentences_written_by_chance(seed: int) -> None:
    results = rules.run(synth.write(seed, 220, noise=0.4), ENGINE)
    assert broken(results) == []
    assert right(results) >= 0.95


@pytest.mark.parametrize("spelling", vary.SPELLINGS)
def test_a_change_of_spelling_never_changes_a_score_in_silence(spelling: str) -> None:
    measured = vary.measure(CORPUS, ENGINE, {spelling: vary.SPELLINGS[spelling]})
    assert broken([result for results in measured.values() for result in results]) == []
