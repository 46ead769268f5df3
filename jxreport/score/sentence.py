"""Indicators with a scoring sentence: the rule is read, fed with the form's answers, and evaluated.

A score comes only from the rule, from a reading the unit has chosen, or from a person where the sentence
itself leaves the points to one. Whatever is open stays open, with a finding that says what to do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jxreport.checks.percent import percent_unclear
from jxreport.finding import Finding, warning
from jxreport.model.result import IndicatorScore, Status, TraceStep
from jxreport.model.submission import Form, Indicator
from jxreport.number import half_up, plain
from jxreport.rules import evaluate, lint, needs, parse, sentence
from jxreport.rules.api import Context, Inputs, Outcome, Verdict
from jxreport.score import pace, steps
from jxreport.score.inputs import Matched, match_inputs
from jxreport.score.readings import Chosen
from jxreport.score.unsettled import Task, by_schedule, left_open, rule_place

_MOST_ROUNDS = 10  # a settled question may open the next one; no sentence nests deeper


def score_sentence(task: Task) -> IndicatorScore:
    """Score by the row's sentence (see the module)."""
    rule = parse(task.sentence, task.weight, context_of(task.indicator, task.form))
    matched = match_inputs(task.indicator, task.form, needs(rule))
    if percent_unclear(task.indicator):
        matched = Matched(values=[(n, v) for n, v in matched.values if n.kind.value != "value"])
    inputs = _with_target(matched.inputs, task)
    outcome, choices = _settle(rule, inputs, task.chosen)
    base = IndicatorScore(
        indicator=task.indicator,
        weight=task.weight,
        status=Status.UNSCORED,
        value=outcome.value,
        kind=str(rule.kind),
        reading=sentence(rule),
        trace=(*matched.trace, *_trace(task, outcome, choices)),
        findings=(*_lint(rule, outcome, task), *matched.findings),
        rule=rule,
        inputs=inputs,
        choices=choices,
    )
    if outcome.verdict is Verdict.SCORED and outcome.score is not None:
        return _scored(base, outcome, task)
    if pace.is_schedule_rule(task.sentence, task.indicator.name):
        return by_schedule(base, task)
    return left_open(base, outcome, task)


def context_of(indicator: Indicator, form: Form) -> Context:
    """What stands around the sentence. In T1 sign and number are the row's points, not a target."""
    target = indicator.target
    numeric = target.value is not None and not form.form.startswith("T1")
    return Context(
        indicator=indicator.name,
        description=indicator.description,
        op=target.op.value if numeric and target.op is not None else "",
        target=target.value if numeric else None,
        unit=target.unit if numeric else "",
    )


def _with_target(inputs: Inputs, task: Task) -> Inputs:
    context = context_of(task.indicator, task.form)
    return replace(
        inputs, target=inputs.target if inputs.target is not None else context.target, op=context.op
    )


def _settle(rule: Any, inputs: Inputs, chosen: Chosen) -> tuple[Outcome, tuple[tuple[str, str], ...]]:
    """Evaluate, answer what is asked from the stored choices, evaluate again until nothing more is settled."""
    choices: tuple[tuple[str, str], ...] = ()
    outcome = evaluate(rule, inputs, choices)
    for _ in range(_MOST_ROUNDS):
        new = tuple((q.key, label) for q in outcome.questions if (label := chosen.answer(q)) is not None)
        more = tuple(pair for pair in new if pair not in choices)
        if not more:
            break
        choices += more
        outcome = evaluate(rule, inputs, choices)
    return outcome, choices


def _trace(task: Task, outcome: Outcome, choices: tuple[tuple[str, str], ...]) -> tuple[TraceStep, ...]:
    where = task.indicator.rule.source if task.indicator.rule is not None else task.indicator.target.source
    lines = [steps.cell("评分标准", task.sentence.strip(), where)]
    if outcome.verdict is not Verdict.ASK:  # an open point is explored under one reading: not our arithmetic
        lines += [TraceStep(kind=kind, text=text) for kind, text in outcome.trace]
    lines += [steps.convention(task.chosen.told(label)) for _, label in choices]
    return tuple(lines)


def _lint(rule: Any, outcome: Outcome, task: Task) -> tuple[Finding, ...]:
    """Defects and conventions of the sentence, each once, at the cell of the sentence."""
    where = rule_place(task.indicator)
    found: dict[tuple[str, str], Finding] = {}
    for issue in (*lint(rule), *rule.issues, *outcome.issues):
        facts: dict[str, Any] = {
            "name": task.indicator.name,
            "text": issue.text,
            "suggestion": issue.suggestion,
        }
        found.setdefault((issue.code, issue.text), warning(issue.code, where, **facts))
    return tuple(found.values())


def _scored(base: IndicatorScore, outcome: Outcome, task: Task) -> IndicatorScore:
    score = outcome.score
    assert score is not None
    findings = list(base.findings)
    facts: dict[str, Any] = {"name": task.indicator.name, "score": score, "weight": plain(task.weight)}
    if score > task.weight:
        findings.append(warning("JX517", rule_place(task.indicator), waiting=True, **facts))
    manual = task.indicator.manual_score
    if manual is not None and manual.value is not None and half_up(manual.value) != score:
        findings.append(warning("JX518", manual.source, **facts, manual=plain(manual.value)))
    trace = base.trace
    if not any(step.kind == "rounding" for step in trace):
        trace = (*trace, steps.rounding(score))
    return replace(
        base,
        status=Status.SCORED,
        score=score,
        raw=outcome.raw if outcome.raw is not None else score,
        trace=trace,
        missed=score < task.weight,
        findings=tuple(findings),
    )
