"""Measure the reading of scoring sentences against a file of hand-worked examples.

    python -m benchmarks.rules FILE [--show right|asked|wrong|noted|crashed]… [--ids h001,h002…]

Every case and every must_ask input of FILE (JSON lines: id, rule, weight, kind, cases, must_ask) goes through
the engine as one `explain` record. A wrong number given without a word is the failure that counts: the exit
code is 1 when there is one, or when the engine raised.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from pathlib import Path
from typing import Any

Record = Mapping[str, Any]
Engine = Callable[[Record], Record]

TOLERANCE = Decimal("0.005")
CARRIED = ("id", "rule", "weight", "indicator", "description")


class Mark(Enum):
    """How one answer compares with the worked one; the value is the word of --show."""

    RIGHT = "right"
    ASKED = "asked"  # no number although the example has one
    WRONG = "wrong"  # another number, or a number where none may stand, without a word
    NOTED = "noted"  # another number, but with a question or an issue beside it
    CRASHED = "crashed"  # the engine raised


WORDS = (*(mark.value for mark in Mark), "ask")
COLUMNS = (Mark.RIGHT, Mark.ASKED, Mark.WRONG, Mark.NOTED, Mark.CRASHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One worked input, the engine's answer and the mark it earned."""

    ident: str
    kind: str
    rule: str
    given: Any
    expected: Decimal | None  # None: a careful reader gives no bare number
    why: str
    mark: Mark
    answer: Record
    error: str = ""


def load(path: Path) -> list[dict[str, Any]]:
    """The worked sentences of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def number(value: Any) -> Decimal | None:
    """The score of an answer as a Decimal; None when there is none."""
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def judge(expected: Decimal | None, answer: Record) -> Mark:
    """Compare one answer with the worked score (None: the input must not get a bare number)."""
    score = number(answer.get("score")) if answer.get("status") == "scored" else None
    spoken = bool(answer.get("questions") or answer.get("issues"))
    if expected is None:
        return Mark.RIGHT if score is None or spoken else Mark.WRONG
    if score is None:
        return Mark.ASKED
    if abs(score - expected) <= TOLERANCE:
        return Mark.RIGHT
    return Mark.NOTED if spoken else Mark.WRONG


def worked(rule: Record) -> Iterable[tuple[Any, Decimal | None, str]]:
    """(input, expected score or None, reason) of a rule; a rule with neither is asked with no input."""
    cases, open_inputs = rule.get("cases") or (), rule.get("must_ask") or ()
    for case in cases:
        yield case["input"], Decimal(str(case["score"])), case.get("why", "")
    for case in open_inputs:
        yield case["input"], None, case.get("why", "")
    if not cases and not open_inputs:
        yield {}, None, "整句须由人判定"


def run_rule(rule: Record, engine: Engine) -> Iterable[Result]:
    """Put every worked input of one rule to the engine."""
    for given, expected, why in worked(rule):
        record = {key: rule.get(key) for key in CARRIED} | {"input": given}
        answer: Record = {}
        error = ""
        try:
            answer = engine(record)
            mark = judge(expected, answer)
        except Exception as problem:  # an engine that raises is a result of the measurement
            mark, error = Mark.CRASHED, f"{type(problem).__name__}: {problem}"
        yield Result(
            ident=str(rule.get("id", "")),
            kind=str(rule.get("kind") or "?"),
            rule=str(rule.get("rule", "")),
            given=given,
            expected=expected,
            why=why,
            mark=mark,
            answer=answer,
            error=error,
        )


def run(rules: Sequence[Record], engine: Engine) -> list[Result]:
    """All results, in the order of the file."""
    return [result for rule in rules for result in run_rule(rule, engine)]


def percent(part: int, whole: int) -> str:
    """A share with one decimal, or a dash where there is nothing to share."""
    return f"{100 * part / whole:.1f}%" if whole else "—"


def shares(results: Sequence[Result]) -> list[tuple[str, int, Counter[Mark]]]:
    """(family, number of inputs, marks) per family in order of size, then all."""
    families: dict[str, list[Result]] = {}
    for result in results:
        families.setdefault(result.kind, []).append(result)
    ordered = sorted(families.items(), key=lambda item: (-len(item[1]), item[0]))
    rows = [(kind, len(own), Counter(result.mark for result in own)) for kind, own in ordered]
    rows.append(("合计", len(results), Counter(result.mark for result in results)))
    return rows


def whole_rules(results: Sequence[Result]) -> tuple[int, int]:
    """(rules with every input right, all rules)."""
    good: dict[str, bool] = {}
    for result in results:
        good[result.ident] = good.get(result.ident, True) and result.mark is Mark.RIGHT
    return sum(good.values()), len(good)


def table(results: Sequence[Result], seconds: float) -> str:
    """The measurement as text: one line per family, the total, and the speed."""
    titles = ("正确", "未给分", "静默错误", "有提示的错误", "异常")
    lines = ["family                inputs  " + "  ".join(titles)]
    for kind, count, marks in shares(results):
        cells = "  ".join(f"{percent(marks[mark], count):>6} ({marks[mark]})" for mark in COLUMNS)
        lines.append(f"{kind:<22}{count:>5}  {cells}")
    good, total = whole_rules(results)
    lines.append(f"整句全部正确：{good}/{total}（{percent(good, total)}）")
    if seconds > 0:
        lines.append(f"速度：{total / seconds:.0f} 句/秒，{len(results) / seconds:.0f} 次计分/秒")
    return "\n".join(lines)


def detail(result: Result) -> str:
    """One result at length, for --show."""
    answer = result.answer
    said = [f"问：{question}" for question in answer.get("questions") or ()]
    said += [f"提示：{issue.get('code')} {issue.get('text')}" for issue in answer.get("issues") or ()]
    expected = "须询问" if result.expected is None else str(result.expected)
    head = (
        f"[{result.mark.value}] {result.ident} {result.kind} {json.dumps(result.given, ensure_ascii=False)}"
    )
    lines = [head, f"  句：{result.rule}", f"  应得：{expected}（{result.why}）"]
    lines.append(
        f"  实得：{answer.get('status')} {answer.get('score')} 读法：{answer.get('reading')} {result.error}"
    )
    return "\n".join(lines + [f"  {text}" for text in said])


def shipped_engine() -> Engine:
    """The engine of the installed program."""
    from jxreport.rules.explain import explain_record

    return explain_record


def main(argv: Sequence[str] | None = None, engine: Engine | None = None) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="benchmarks.rules", description="评分标准读法的测量")
    parser.add_argument("file", type=Path)
    parser.add_argument("--show", action="append", default=[], choices=WORDS)
    parser.add_argument("--ids", default="", help="只测这些编号，逗号分隔")
    options = parser.parse_args(argv)
    wanted = {ident for ident in options.ids.split(",") if ident}
    rules = [rule for rule in load(options.file) if not wanted or rule["id"] in wanted]
    chosen = engine if engine is not None else shipped_engine()
    started = time.perf_counter()
    results = run(rules, chosen)
    seconds = time.perf_counter() - started
    shown = {"asked" if word == "ask" else word for word in options.show}
    details = [detail(result) for result in results if result.mark.value in shown]
    sys.stdout.write("\n".join([*details, table(results, seconds)]) + "\n")
    return 1 if any(result.mark in (Mark.WRONG, Mark.CRASHED) for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
