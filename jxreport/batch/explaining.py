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
        if record is None or not isinstance(record.get("rule"), str):
            code = EXIT_BAD_LINE
            answer = _unreadable(record)
        else:
            answer = explain_record(record)
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
    """Answers as JSON, one a line."""
    return (_dumped(answer) for answer in answers)


def text(sentence: str, weight: str | None, values: Sequence[str]) -> str:
    """One sentence explained to a person: reading, what is asked, value → score, defects with better wording."""
    from jxreport.rules.explain import explain_text

    numbers = [_number(value, "--value") for value in values]
    return explain_text(sentence, _number(weight, "--weight"), values=[n for n in numbers if n is not None])


def text_stream(lines: IO[bytes]) -> Iterator[str]:
    """A plain sentence a line, each explained; blank lines are passed over."""
    for line in lines:
        sentence = _decoded(line).strip()
        if sentence:
            yield text(sentence, None, ()) + "\n"


def _decoded(line: bytes) -> str:
    """UTF-8, or what a Chinese Windows pipes (GB 18030); what is neither keeps its readable part."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("utf-8", errors="replace")


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line.decode("utf-8-sig"), parse_float=Decimal)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _unreadable(record: Record | None) -> Record:
    text = "这一行不是带有 rule 的 JSON 对象"
    return {
        "id": None if record is None else record.get("id"),
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
