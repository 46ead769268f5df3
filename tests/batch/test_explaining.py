"""`explain`: one sentence in words; JSON lines in, JSON lines out, in order."""

from __future__ import annotations

import io
import json

import pytest

from jxreport.batch.explaining import json_lines, records, stream, text, text_stream
from jxreport.config import ConfigError

RULE = "90%以上得5分，80%以上得3分，否则不得分"


def answers(*lines: str) -> tuple[int, list[dict[str, object]]]:
    out = io.BytesIO()
    code = stream(io.BytesIO("\n".join(lines).encode("utf-8")), out)
    return code, [json.loads(line) for line in out.getvalue().decode("utf-8").splitlines()]


def line(ident: str, **more: object) -> str:
    return json.dumps({"id": ident, "rule": RULE, "weight": 5, **more}, ensure_ascii=False)


def test_lines_are_answered_in_order() -> None:
    given = [line("a", input={"value": 95}), "", line("b", input={"value": 79.9}), line("c")]
    code, said = answers(*given)
    assert code == 0
    assert [(entry["id"], entry["status"]) for entry in said] == [
        ("a", "scored"),
        ("b", "scored"),
        ("c", "ask"),
    ]
    assert [float(str(entry["score"])) if entry["score"] is not None else None for entry in said] == [
        5,
        0,
        None,
    ]
    assert set(said[0]) == {"id", "status", "score", "reading", "kind", "needs", "issues", "questions"}


@pytest.mark.parametrize("bad", ["garbage", "[]", '{"name": "x"}', "\udcff"])
def test_a_bad_line_is_answered_and_does_not_stop_the_rest(bad: str) -> None:
    out = io.BytesIO()
    code = stream(io.BytesIO(bad.encode("utf-8", "surrogateescape") + b"\n" + line("a").encode()), out)
    said = [json.loads(entry) for entry in out.getvalue().splitlines()]
    assert code == 2
    assert [(entry["id"], entry["status"]) for entry in said] == [(None, "invalid"), ("a", "ask")]


def test_numbers_reach_the_engine_exactly() -> None:
    """89.99999999999999999 is below 90 although its nearest float is 90."""
    exact = line("a", input={"value": 0}).replace('"value": 0', '"value": 89.99999999999999999')
    _, said = answers(exact)
    assert float(str(said[0]["score"])) == 3


def test_one_sentence_in_words() -> None:
    said = text(RULE, "5", ["95", "85%"])
    assert said.startswith(f"评分标准：{RULE}")
    assert "  95% → 5分" in said
    assert "  85% → 3分" in said


def test_plain_sentences_line_by_line() -> None:
    said = list(text_stream(io.BytesIO(f"{RULE}\n\n落实不好的酌情扣分\n".encode())))
    assert [entry.splitlines()[0] for entry in said] == [f"评分标准：{RULE}", "评分标准：落实不好的酌情扣分"]


def test_the_id_of_a_bad_record_is_echoed() -> None:
    code, said = answers('{"id": 3}', '{"id": 6, "rule": 5}')
    assert code == 2
    assert [entry["id"] for entry in said] == [3, 6]


@pytest.mark.parametrize("wild", ["1e400", "-1e400", "NaN", "Infinity", "1e30"])
def test_a_wild_number_spoils_its_own_line_only(wild: str) -> None:
    bad = line("a", input={"value": 0}).replace('"value": 0', f'"value": {wild}')
    code, said = answers(bad, line("b", input={"value": 95}))
    assert code == 0
    assert [(entry["id"], entry["status"]) for entry in said] == [("a", "invalid"), ("b", "scored")]


def test_one_sentence_as_json() -> None:
    (only,) = json_lines(records(RULE, None, []))
    assert json.loads(only)["kind"] == "bands"


@pytest.mark.parametrize(("weight", "values"), [("五", []), (None, ["1e5"]), (None, ["很多"])])
def test_what_is_no_number_is_refused(weight: str | None, values: list[str]) -> None:
    with pytest.raises(ConfigError, match="不是数"):
        records(RULE, weight, values)
