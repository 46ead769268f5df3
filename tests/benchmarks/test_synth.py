"""Written sentences are reproducible, keep the corpus's form and stay within the weight."""

from __future__ import annotations

import json

import pytest

from benchmarks import synth


def test_a_seed_gives_the_same_sentences_and_another_seed_others() -> None:
    assert synth.write(3, 60) == synth.write(3, 60)
    assert [line["rule"] for line in synth.write(3, 60)] != [line["rule"] for line in synth.write(4, 60)]


def test_scores_lie_between_zero_and_the_weight() -> None:
    lines = synth.write(5, 400)
    assert all(0 <= case["score"] <= line["weight"] for line in lines for case in line["cases"])
    assert all(line["cases"] for line in lines)


def test_every_family_is_written() -> None:
    kinds = {line["kind"] for line in synth.write(1, 200)}
    assert kinds >= {"band", "linear_deduct", "linear_proportional", "band_text", "formula", "mixed"}


def test_noise_surrounds_the_sentence_without_touching_the_scores() -> None:
    noisy = synth.write(2, 40, noise=1.0)
    assert any(line["rule"].startswith(synth.LEADS) for line in noisy)
    assert any(line["rule"].endswith(synth.TAILS) for line in noisy)


def test_the_command_prints_one_sentence_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert synth.main(["--seed", "9", "--count", "5"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["id"] for line in printed] == [f"s9-{n:04d}" for n in range(5)]
