"""The measurement of the rule engine, checked with engines whose answers are known beforehand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks import rules as bench

RULES = [
    {
        "id": "t1",
        "kind": "band",
        "weight": 5,
        "rule": "90%以上得5分，否则不得分",
        "cases": [{"input": {"value": 95}, "score": 5}, {"input": {"value": 80}, "score": 0}],
        "must_ask": [{"input": {"value": -1}, "why": "负值"}],
    },
    {"id": "t2", "kind": "unscorable", "weight": 3, "rule": "酌情扣分", "cases": []},
]


def answer(status: str, score: str | None = None, *, issues: tuple[object, ...] = ()) -> dict[str, object]:
    return {"status": status, "score": score, "issues": list(issues), "questions": []}


NOTE = {"code": "JX400", "text": "提示", "start": 0, "end": 1}


@pytest.mark.parametrize(
    ("expected", "given", "mark"),
    [
        ("5", answer("scored", "5.00"), "right"),
        ("5", answer("scored", "5.005"), "right"),
        ("5", answer("scored", "5.006"), "wrong"),
        ("5", answer("scored", "4", issues=(NOTE,)), "noted"),
        ("5", answer("ask", "5"), "asked"),
        ("5", answer("manual"), "asked"),
        (None, answer("scored", "5"), "wrong"),
        (None, answer("scored", "5", issues=(NOTE,)), "right"),
        (None, answer("ask"), "right"),
    ],
)
def test_judge(expected: str | None, given: dict[str, object], mark: str) -> None:
    assert bench.judge(None if expected is None else Decimal(expected), given).value == mark


def marks(engine: bench.Engine) -> list[str]:
    return [result.mark.value for result in bench.run(RULES, engine)]


def test_every_case_and_must_ask_is_put_to_the_engine() -> None:
    seen: list[object] = []

    def engine(record: bench.Record) -> bench.Record:
        seen.append((record["id"], record["weight"], record["input"]))
        return answer("ask")

    assert marks(engine) == ["asked", "asked", "right", "right"]
    assert seen == [
        ("t1", 5, {"value": 95}),
        ("t1", 5, {"value": 80}),
        ("t1", 5, {"value": -1}),
        ("t2", 3, {}),
    ]


def test_an_engine_that_always_answers_is_silently_wrong() -> None:
    assert marks(lambda record: answer("scored", "5")) == ["right", "wrong", "wrong", "wrong"]


def test_an_engine_that_raises_is_a_result() -> None:
    def engine(record: bench.Record) -> bench.Record:
        raise KeyError(record["id"])

    assert marks(engine) == ["crashed"] * 4


def test_shares_per_family_and_in_all() -> None:
    results = bench.run(RULES, lambda record: answer("scored", "5"))
    rows = [(kind, count, marks[bench.Mark.WRONG]) for kind, count, marks in bench.shares(results)]
    assert rows == [("band", 3, 2), ("unscorable", 1, 1), ("合计", 4, 3)]
    assert bench.whole_rules(results) == (0, 2)


@pytest.mark.parametrize(("status", "code"), [("ask", 0), ("scored", 1)])
def test_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str], status: str, code: int) -> None:
    path = tmp_path / "rules.jsonl"
    path.write_text(
        "\n".join(json.dumps(rule, ensure_ascii=False) for rule in RULES) + "\n", encoding="utf-8"
    )
    assert bench.main([str(path), "--show", "wrong"], engine=lambda record: answer(status, "5")) == code
    output = capsys.readouterr().out
    assert "整句全部正确" in output
    assert ("[wrong] t1" in output) is bool(code)


def test_only_the_named_rules_are_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rules.jsonl"
    path.write_text("\n".join(json.dumps(rule) for rule in RULES), encoding="utf-8")
    assert bench.main([str(path), "--ids", "t2"], engine=lambda record: answer("manual")) == 0
    assert "整句全部正确：1/1" in capsys.readouterr().out
