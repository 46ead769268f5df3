"""`explain`: one sentence for people, JSON lines for programs (DESIGN 10; inputs by RULES 10)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from jxreport.number import clean, plain
from jxreport.rules import evaluate, lint, needs, parse, sentence
from jxreport.rules.api import Context, Inputs, Issue, Need, NeedKind, Outcome, RuleQuestion, Verdict
from jxreport.rules.conditions import ValueIn
from jxreport.rules.lint import walk
from jxreport.rules.nodes import Bands, Gate, Interp, Scale, Step
from jxreport.rules.parser import Rule

_OPS = {">=": "≥", "<=": "≤", "≧": "≥", "≦": "≤", "＞": ">", "＜": "<", "＝": "="}
_KEYS = frozenset(["value", "target", "op", "weight", "level", "levels", "events", "checks", "vars", "group"])


MAX_DIGITS = 15  # what a cell can hold; a larger exponent is a slip, and would not fit the arithmetic


class BadInput(ValueError):
    """The record's input is not of the agreed shape. Never leaves this module."""


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise BadInput(str(value))
    try:
        number = clean(value) if not isinstance(value, str) else Decimal(value)
    except (InvalidOperation, ValueError, OverflowError) as problem:
        raise BadInput(str(value)) from problem
    if not number.is_finite() or abs(number.adjusted()) > MAX_DIGITS:
        raise BadInput(str(value))
    return number


def _pairs(value: object) -> tuple[tuple[str, Decimal], ...]:
    if not isinstance(value, dict):
        raise BadInput(str(value))
    return tuple((str(name), _number(number)) for name, number in value.items())


def read_inputs(given: dict[str, Any]) -> Inputs:
    """Inputs of RULES 10. BadInput where a field has the wrong shape."""
    checks = given.get("checks") or {}
    if not isinstance(checks, dict) or not all(isinstance(v, bool) for v in checks.values()):
        raise BadInput("checks")
    levels = given.get("levels") or ([given["level"]] if given.get("level") is not None else [])
    if not isinstance(levels, list) or not all(isinstance(v, str) for v in levels):
        raise BadInput("levels")
    events = given.get("events")
    op = str(given.get("op") or "")
    return Inputs(
        value=None if given.get("value") is None else _number(given["value"]),
        target=None if given.get("target") is None else _number(given["target"]),
        op=_OPS.get(op, op), levels=tuple(levels), checks=tuple(checks.items()),
        events=() if events is None else _pairs(events) if isinstance(events, dict) else (("", _number(events)),),
        vars=() if given.get("vars") is None else _pairs(given["vars"]), group=str(given.get("group") or ""),
    )  # fmt: skip


def _need(need: Need) -> dict[str, Any]:
    return {
        "kind": need.kind.value,
        "key": need.key,
        "label": need.label,
        "unit": need.unit,
        "options": list(need.options),
        "help": need.help,
    }


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "code": issue.code,
        "text": issue.text,
        "start": issue.start,
        "end": issue.end,
        "suggestion": issue.suggestion,
    }


def _question(question: RuleQuestion) -> dict[str, Any]:
    readings = [
        {"label": r.label, "score": None if r.score is None else plain(r.score)} for r in question.readings
    ]
    return {"key": question.key, "text": question.text, "readings": readings}


def _invalid(record: dict[str, Any], why: str) -> dict[str, Any]:
    issue = {"code": "JX400", "text": why, "start": 0, "end": 0, "suggestion": ""}
    return {
        "id": record.get("id"),
        "status": "invalid",
        "score": None,
        "reading": "",
        "kind": "",
        "needs": [],
        "issues": [issue],
        "questions": [],
    }


def explain_record(record: dict[str, Any]) -> dict[str, Any]:
    """One line of `explain --json`: the rule read, and scored where the record has an input."""
    text = record.get("rule")
    if not isinstance(text, str) or not text.strip():
        return _invalid(record, "没有评分标准")
    given = record.get("input")
    if given is not None and not isinstance(given, dict):
        return _invalid(record, "输入的格式不对")
    try:
        stated = record.get("weight") if record.get("weight") is not None else (given or {}).get("weight")
        weight = None if stated is None else _number(stated)
        inputs = read_inputs(given) if given is not None else None
    except BadInput as problem:
        return _invalid(record, f"输入的格式不对：{problem}")
    context = Context(
        indicator=str(record.get("indicator") or ""),
        description=str(record.get("description") or ""),
        op=str((given or {}).get("op") or ""),
    )
    rule = parse(text, weight, context)
    issues = lint(rule)
    if inputs is None or given is None:
        status = "manual" if rule.kind == "human" else "ask"
        outcome = Outcome(verdict=Verdict(status), missing=needs(rule))
    elif set(given) - _KEYS:
        extra = "、".join(sorted(set(given) - _KEYS))
        question = RuleQuestion(key="unmatched", text=f"填报的“{extra}”与评分标准里的哪一项对应不明确")
        outcome = Outcome(
            verdict=Verdict.MANUAL if rule.kind == "human" else Verdict.ASK, questions=(question,)
        )
    else:
        outcome = evaluate(rule, inputs)
    wanted = needs(rule) if inputs is None else outcome.missing or needs(rule)
    listed = (
        list(outcome.issues) + [i for i in issues if i not in outcome.issues]
        if inputs is None
        else list(outcome.issues)
    )
    return {
        "id": record.get("id"), "status": outcome.verdict.value, "score": None if outcome.score is None else plain(outcome.score),
        "reading": sentence(rule), "kind": rule.kind, "needs": [_need(n) for n in wanted],
        "issues": [_issue(i) for i in listed], "questions": [_question(q) for q in outcome.questions],
    }  # fmt: skip


def interesting_values(rule: Rule) -> tuple[Decimal, ...]:
    """Values worth showing: every bound and anchor of the rule, and a little to each side of it."""
    edges: set[Decimal] = set()
    for node in walk(rule.body):
        if isinstance(node, Bands) and node.measure.counted is None:
            edges.update(b for row in node.rows for b in (row.interval.lo, row.interval.hi) if b is not None)
        elif isinstance(node, Step) and node.anchor is not None:
            sign = -1 if node.side == "below" else 1
            edges.update({node.anchor, node.anchor + sign * node.size, node.anchor + 3 * sign * node.size})
        elif isinstance(node, Scale):
            edges.update({node.full_at, node.full_at / 2, Decimal(0)})
        elif isinstance(node, Interp):
            edges.update({node.low[0], node.high[0], (node.low[0] + node.high[0]) / 2})
        elif isinstance(node, Gate) and isinstance(node.cond, ValueIn):
            edges.update(b for b in (node.cond.interval.lo, node.cond.interval.hi) if b is not None)
    near = {edge + shift for edge in edges for shift in (Decimal(-1), Decimal(0), Decimal(1))}
    return tuple(sorted(near))


def score_table(rule: Rule, values: Sequence[Decimal] = ()) -> tuple[tuple[str, str], ...]:
    """(value, what it gives) for the values asked about or the interesting ones; () where one number is not enough."""
    asked = needs(rule)
    numbers = [n for n in asked if n.kind is NeedKind.VALUE]
    if len(asked) != 1 or len(numbers) != 1:
        return ()
    rows = []
    for value in values or interesting_values(rule):
        outcome = evaluate(rule, Inputs(value=value))
        rows.append((plain(value) + numbers[0].unit, _result(outcome)))
    return tuple(rows)


def _result(outcome: Outcome) -> str:
    if outcome.score is not None:
        notes = "".join(f"（{issue.text}）" for issue in outcome.issues[:1])
        return f"{plain(outcome.score)}分{notes}"
    if outcome.questions:
        question = outcome.questions[0]
        readings = "；".join(f"{r.label}：{plain(r.score)}分" for r in question.readings if r.score is not None)
        return f"需要确认：{question.text}" + (f"（{readings}）" if readings else "")
    return "需要人工评分"


def explain_text(
    text: str, weight: Decimal | None = None, context: Context | None = None, values: Sequence[Decimal] = ()
) -> str:
    """The sentence explained to a person: reading, what will be asked, value → score, defects with better wording."""
    rule = parse(text, weight, context or Context())
    lines = [f"评分标准：{text.strip()}", f"我理解为：{sentence(rule)}"]
    asked = needs(rule)
    if asked:
        lines.append("需要填报：" + "；".join(_asked(need) for need in asked))
    table = score_table(rule, values)
    if table:
        lines.append("计分举例：")
        lines.extend(f"  {value} → {result}" for value, result in table)
    issues = lint(rule)
    if issues:
        lines.append("请注意：")
        lines.extend(f"  {i.code} {i.text}" + (f" → {i.suggestion}" if i.suggestion else "") for i in issues)
    return "\n".join(lines)


def _asked(need: Need) -> str:
    unit = f"（{need.unit}）" if need.unit else ""
    options = f"［{' / '.join(need.options)}］" if need.options else ""
    return f"{need.asked}{unit}{options}"
