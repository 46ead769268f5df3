"""``explain``: one scoring sentence in words, or JSON lines in and out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import IO, Any

from jxreport.config import ConfigError
from jxreport.number import parse_number

Record = Mapping[str, Any]

EXIT_BAD_LINE = 2
STATUSES = {
    "scored": "可以计分",
    "ask": "填报所需内容、回答问题后可以计分",
    "manual": "需要人工评分",
    "invalid": "读不懂，不能计分",
}


def stream(lines: IO[bytes], out: IO[bytes]) -> int:
    """Answer JSON lines one by one, in order, each as soon as it is read; blank lines are passed over.

    A line that is no JSON object is answered as invalid, and the exit code is 2 in the end.
    """
    from jxreport.rules.explain import explain_record

    code = 0
    for line in lines:
        if not line.strip():
            continue
        record = _record(line)
        if record is None:
            code = EXIT_BAD_LINE
        answer = explain_record(record) if record is not None else _unreadable()
        out.write(_dumped(answer).encode("utf-8") + b"\n")
        out.flush()
    return code


def records(sentence: str, weight: str | None, values: Sequence[str]) -> list[Record]:
    """The answers for one sentence: without an input, or one for each value given on the command line."""
    record: dict[str, Any] = {"id": None, "rule": sentence, "weight": _number(weight, "--weight")}
    inputs = [{"input": {"value": _number(value, "--value")}} for value in values]
    from jxreport.rules.explain import explain_record

    return [explain_record({**record, **given}) for given in inputs or [{}]]


def json_lines(answers: Sequence[Record]) -> Iterator[str]:
    return (_dumped(answer) for answer in answers)


def text_lines(answers: Sequence[Record]) -> Iterator[str]:
    """The reading once, then what is needed and wrong, then each score."""
    first = answers[0]
    yield f"读法：{first['reading'] or '——'}"
    yield f"状态：{STATUSES.get(first['status'], first['status'])}"
    for need in first["needs"]:
        options = f"（{'／'.join(need['options'])}）" if need.get("options") else ""
        unit = f"，单位：{need['unit']}" if need.get("unit") else ""
        yield f"需填报：{need['label']}{options}{unit}"
    for issue in first["issues"]:
        yield f"注意 {issue['code']}：{issue['text']}"
    for answer in answers:
        if answer["score"] is not None:
            yield f"得分：{answer['score']}"
        for question in answer["questions"]:
            yield f"请确认：{question['text']}"
            for reading in question.get("readings", ()):
                points = f"（得 {reading['score']} 分）" if reading.get("score") is not None else ""
                yield f"  · {reading['label']}{points}"


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line.decode("utf-8-sig"), parse_float=Decimal)
    except ValueError:
        return None
    return record if isinstance(record, dict) and isinstance(record.get("rule"), str) else None


def _unreadable() -> Record:
    text = "这一行不是带有 rule 的 JSON 对象"
    return {
        "id": None,
        "status": "invalid",
        "score": None,
        "reading": None,
        "kind": None,
        "needs": [],
        "issues": [{"code": "JSON", "text": text, "start": 0, "end": 0}],
        "questions": [],
    }


def _number(text: str | None, option: str) -> Decimal | None:
    if text is None:
        return None
    number = parse_number(text.strip().removesuffix("%").removesuffix("％"))
    if number is None:
        raise ConfigError(f"{option} 的值“{text}”不是数。")
    return number


def _dumped(answer: Record) -> str:
    return json.dumps(answer, ensure_ascii=False, default=str)
