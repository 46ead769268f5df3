"""Every worked example of docs/rules.md comes out of the engine as the page says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jxreport.messages import rules as wording
from jxreport.rules.explain import explain_record

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"
TEXT = PAGE.read_text(encoding="utf-8")
COLUMNS = ["评分标准", "分值", "填报", "得分"]
NUMBERS = {"实际值": "value", "目标值": "target", "次数": "events"}
STATUS = {"询问": ("ask",), "人工": ("manual", "invalid")}


def rows() -> Iterator[tuple[str, str, str, str]]:
    """(sentence, weight, input, result) of every table that has these columns."""
    places: list[int] = []
    for line in TEXT.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if set(COLUMNS) <= set(cells):
            places = [cells.index(column) for column in COLUMNS]
        elif not cells:
            places = []
        elif places and not set(line) <= set("|-: "):
            sentence, weight, given, result = (cells[place] for place in places)
            yield sentence, weight, given, result


def parse(given: str) -> dict[str, Any]:
    """An input as the page writes it: 实际值 90 / 目标值 95 / 类别 山区 / 次数 3 / 档次 良好 / 勾选 a=是；b=否 / 数据 a=1；b=2."""
    found: dict[str, Any] = {}
    kind = ""
    for part in re.split("；", given):
        head, _, rest = part.partition(" ")
        if rest:
            kind = head
        else:
            rest = head
        if kind in NUMBERS:
            found[NUMBERS[kind]] = json.loads(rest)
        elif kind == "类别":
            found["group"] = rest
        elif kind == "档次":
            found["level"] = rest
        else:
            name, _, value = rest.partition("=")
            box = found.setdefault("checks" if kind == "勾选" else "vars", {})
            box[name] = value == "是" if kind == "勾选" else json.loads(value)
    return found


EXAMPLES = list(rows())


@pytest.mark.parametrize(("sentence", "weight", "given", "result"), EXAMPLES, ids=lambda cell: str(cell)[:20])
def test_example(sentence: str, weight: str, given: str, result: str) -> None:
    answer = explain_record({"id": "doc", "rule": sentence, "weight": weight, "input": parse(given)})
    if result in STATUS:
        assert answer["status"] in STATUS[result]
    else:
        score, _, remark = result.partition("，")
        assert (answer["status"], float(answer["score"])) == ("scored", float(score))
        assert bool(answer["issues"]) or not remark


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) >= 30


def test_every_code_of_the_range_is_listed() -> None:
    assert set(re.findall(r"JX4\d\d", TEXT)) == set(wording.CODES)
