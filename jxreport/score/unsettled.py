"""What a sentence leaves open: spending pace, missing answers, questions of reading, a person's points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from jxreport.checks.percent import percent_unclear
from jxreport.checks.places import to_fill
from jxreport.checks.tier_band import person_score
from jxreport.finding import Finding, Source, warning
from jxreport.model.result import IndicatorScore, Question, Status
from jxreport.model.submission import Answer, FactItem, Form, Indicator
from jxreport.model.values import Actual, Sourced
from jxreport.number import ZERO, half_up, plain
from jxreport.rules.api import Need, NeedKind, Outcome, RuleQuestion
from jxreport.score import pace, steps
from jxreport.score.answers import take
from jxreport.score.inputs import fact_for
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
    """Where the scoring sentence stands, else the target."""
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
            steps.convention(task.chosen.told(label)),
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
        place = to_fill(task.indicator, manual)
        found = warning("JX520", place, waiting=True, name=task.indicator.name, choice=label)
        return replace(base, findings=(*base.findings, found))
    return _ask(base, (question,), task)


def left_open(base: IndicatorScore, outcome: Outcome, task: Task) -> IndicatorScore:
    """Not scored by the rule: what is missing, what is asked, or what a person has to decide."""
    indicator = task.indicator
    if outcome.missing:
        return replace(base, findings=(*base.findings, *_missing(task, outcome.missing, base.findings)))
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
    place = to_fill(indicator, indicator.manual_score)
    found = warning("JX505", place, waiting=True, **facts)
    return replace(base, status=Status.MANUAL, findings=(*base.findings, found))


def _missing(task: Task, needs: tuple[Need, ...], told: tuple[Finding, ...]) -> Iterator[Finding]:
    """What was answered in a way that cannot be used (JX515, each), and what was not answered (JX506, in one).

    A cell of which something is `told` already, or whose percent is unclear (JX346), is not told again.
    """
    indicator, answers = task.indicator, list(task.indicator.answers)
    known = {finding.source for finding in told if finding.waiting}
    if indicator.actual is not None and percent_unclear(indicator):
        known.add(indicator.actual.source)
    blank: list[tuple[Need, _Stated | None]] = []
    for need in needs:
        stated = _stated(need, answers, task, alone=len(needs) == 1)
        if stated is None or not stated.text.strip(_NOTHING):
            blank.append((need, stated))
            continue
        if stated.source in known:
            continue
        facts = {"name": indicator.name, "label": need.asked, "text": stated.text, "wanted": _wanted(need)}
        yield warning("JX515", stated.source, waiting=True, **facts)
    if blank:
        labels = "、".join(need.asked for need, _ in blank)
        places = [stated.source for _, stated in blank if stated is not None]
        place = places[0] if places else to_fill(indicator)
        yield warning("JX506", place, waiting=True, name=indicator.name, labels=labels)


_NOTHING = "-—–/ 　"  # a dash stands for nothing
_Stated = Answer | FactItem | Actual


def _stated(need: Need, answers: list[Answer], task: Task, alone: bool) -> _Stated | None:
    """Where the forms answer `need`: a filled cell first, else the blank one that is meant for it."""
    places = (take(answers, need), fact_for(need, task.form), task.indicator.actual if alone else None)
    stated = [place for place in places if place is not None]
    filled = [place for place in stated if place.text.strip(_NOTHING)]
    facts = [place for place in stated if isinstance(place, FactItem)]
    return next(iter((*filled, *facts, *stated)), None)


def _wanted(need: Need) -> str:
    """What an answer has to look like, in words."""
    if need.kind is NeedKind.TICK:
        return "“是”或“否”"
    if need.kind is NeedKind.COUNT:
        return "发生的数量，为不小于0的整数"
    options = "”“".join(need.options)
    return f"下列之一：“{options}”" if options else "百分数（95%填95）" if need.unit == "%" else "数字"


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
