"""What a sentence leaves open: spending pace, missing answers, questions of reading, a person's points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from jxreport.checks.tier_band import person_score
from jxreport.finding import Source, warning
from jxreport.model.result import IndicatorScore, Question, Status
from jxreport.model.submission import Form, Indicator
from jxreport.model.values import Sourced
from jxreport.number import ZERO, half_up, plain
from jxreport.rules.api import Outcome, RuleQuestion
from jxreport.score import pace, steps
from jxreport.score.readings import Chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One row to score: its sentence, what is known, and the schedule it may speak of."""

    indicator: Indicator
    form: Form
    sentence: str
    weight: Decimal
    chosen: Chosen
    basis: pace.PaceBasis | None


def rule_place(indicator: Indicator) -> Source:
    return indicator.rule.source if indicator.rule is not None else indicator.target.source


def by_schedule(base: IndicatorScore, task: Task) -> IndicatorScore:
    """支出进度 without a deduction rule: a chosen reading, a person's score, or the question."""
    question = pace.question_for(task.basis, task.weight)
    label = task.chosen.answer(question)
    outcome = pace.apply(label, task.basis, task.weight) if label is not None else None
    if label is not None and outcome is not None and task.basis is not None:
        raw, lines = outcome
        score = pace.settled(raw)
        trace = (
            *base.trace,
            steps.number(f"支出进度取自{task.basis.whose}"),
            steps.convention(f"口径确认：{label}"),
            *(steps.arithmetic(line) for line in lines),
            steps.rounding(score),
        )
        return replace(
            base,
            status=Status.SCORED,
            score=score,
            raw=raw,
            kind="schedule",
            reading=label,
            trace=trace,
            missed=score < task.weight,
            rule=None,
            inputs=None,
            choices=((pace.KEY, label),),
        )
    manual = task.indicator.manual_score
    if manual is not None and manual.value is not None:
        return _by_person(base, manual, task, ())
    if label is not None:
        found = warning("JX520", task.indicator.source, waiting=True, name=task.indicator.name, choice=label)
        return replace(base, findings=(*base.findings, found))
    return _ask(base, (question,), task)


def left_open(base: IndicatorScore, outcome: Outcome, task: Task) -> IndicatorScore:
    """Not scored by the rule: what is missing, what is asked, or what a person has to decide."""
    indicator = task.indicator
    if outcome.missing:
        labels = "、".join(need.label for need in outcome.missing)
        place = _answer_place(indicator)
        found = warning("JX506", place, waiting=True, name=indicator.name, labels=labels)
        return replace(base, findings=(*base.findings, found))
    if outcome.questions:
        manual = indicator.manual_score
        if manual is not None and manual.value is not None:
            return _by_person(base, manual, task, outcome.questions)
        return _ask(base, outcome.questions, task)
    given = person_score(indicator)
    if given is not None:
        return _by_person(base, given, task, ())
    why = next((text for kind, text in reversed(outcome.trace) if kind == "clause"), "分数由人评定")
    facts: dict[str, Any] = {"name": indicator.name, "why": why, "weight": plain(task.weight)}
    place = indicator.manual_score.source if indicator.manual_score is not None else indicator.source
    found = warning("JX505", place, waiting=True, **facts)
    return replace(base, status=Status.MANUAL, findings=(*base.findings, found))


def _answer_place(indicator: Indicator) -> Source:
    """The first answer that is still blank, else the indicator itself."""
    blank = [answer.source for answer in indicator.answers if answer.value is None]
    return blank[0] if blank else indicator.source


def _ask(base: IndicatorScore, questions: tuple[RuleQuestion, ...], task: Task) -> IndicatorScore:
    indicator = task.indicator
    asked = tuple(
        Question(key=q.key, text=q.text, options=tuple((r.label, r.score) for r in q.readings))
        for q in questions
    )
    findings = list(base.findings)
    for question in asked:
        options = "；".join(
            label if score is None else f"{label}（得{plain(score)}分）" for label, score in question.options
        )
        facts: dict[str, Any] = {
            "name": indicator.name,
            "question": question.text,
            "options": options or "无",
        }
        findings.append(warning("JX504", rule_place(indicator), waiting=True, **facts))
    findings += task.chosen.unknown(questions, indicator.name)
    return replace(base, status=Status.ASK, questions=asked, findings=tuple(findings))


def _by_person(
    base: IndicatorScore, given: Sourced[Decimal], task: Task, questions: tuple[RuleQuestion, ...]
) -> IndicatorScore:
    """A person's score, inside what the sentence allows: 0 to the points, a stated range, the open readings."""
    assert given.value is not None
    low, high = _allowed(base.rule, questions, task.weight)
    score = half_up(given.value)
    if not low <= score <= high:
        facts: dict[str, Any] = {
            "name": task.indicator.name,
            "score": plain(given.value),
            "low": plain(low),
            "high": plain(high),
        }
        found = warning("JX508", given.source, waiting=True, **facts)
        return replace(base, status=Status.MANUAL, findings=(*base.findings, found))
    trace = (
        *base.trace,
        steps.cell("人工评分", given.text or plain(given.value), given.source),
        steps.convention(f"评分标准没有给出唯一的分数，由填报单位在{plain(low)}—{plain(high)}分内评定"),
        steps.rounding(score),
    )
    return replace(
        base,
        status=Status.SCORED,
        score=score,
        raw=given.value,
        kind="manual",
        norm="manual",
        trace=trace,
        missed=score < task.weight,
    )


def _allowed(rule: Any, questions: tuple[RuleQuestion, ...], weight: Decimal) -> tuple[Decimal, Decimal]:
    readings = [reading.score for question in questions for reading in question.readings]
    scores = [score for score in readings if score is not None]
    if scores and len(scores) == len(readings):
        return min(scores), max(scores)
    low, high = getattr(rule.body, "low", None), getattr(rule.body, "high", None)
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        return low, min(high, weight)
    return ZERO, weight
