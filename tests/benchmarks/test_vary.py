"""Rewriting worked sentences: each rewrite does what its name says, and a changed score is seen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import vary
from benchmarks.rules import Record

RULE = {
    "id": "v1",
    "kind": "band",
    "weight": 5,
    "rule": "①≥95%得5分;80%-90%得3.5分。",
    "cases": [{"input": {"value": 96}, "score": 5}],
}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("全角", "①≥９５％得５分；８０％-９０％得３.５分。"),
        ("≤写作≦", "①≧95%得5分;80%-90%得3.5分。"),
        ("百分之", "①≥百分之95得5分;80%-90%得3.5分。"),
        ("得写作计", "①≥95%计5分;80%-90%得3.5分。"),
        ("换行", "①≥95%得5分;\n80%-90%得3.5分。"),
        ("①写作(1)", "(1)≥95%得5分;80%-90%得3.5分。"),
    ],
)
def test_spelling(name: str, text: str) -> None:
    assert vary.SPELLINGS[name](RULE["rule"]).replace("计3.5", "得3.5") == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("丢末位数字", "①≥9%得5分;80%-90%得3.5分。"),
        ("丢首位数字", "①≥5%得5分;80%-90%得3.5分。"),
        ("≥误作2", "①295%得5分;80%-90%得3.5分。"),
        ("丢连接号", "①≥95%得5分;80%90%得3.5分。"),
        ("丢端点", "①≥95%得5分;80%-得3.5分。"),
        ("丢分值", "①≥95%得分;80%-90%得3.5分。"),
        ("小数点误作句号", "①≥95%得5分;80%-90%得3。5分。"),
    ],
)
def test_damage(name: str, text: str) -> None:
    assert vary.DAMAGE[name](RULE["rule"]) == text


def full_marks(record: Record) -> Record:
    return {"status": "scored", "score": "5", "issues": [], "questions": []}


def naive(record: Record) -> Record:
    return full_marks(record) | {"score": "5" if "≥95%" in str(record["rule"]) else "0"}


@pytest.mark.parametrize(("engine", "code"), [(full_marks, 0), (naive, 1)])
def test_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: vary.Engine, code: int
) -> None:
    path = tmp_path / "rules.jsonl"
    path.write_text(json.dumps(RULE), encoding="utf-8")
    assert vary.main([str(path), "--show"], engine=engine) == code
    assert ("[wrong] v1" in capsys.readouterr().out) is bool(code)
