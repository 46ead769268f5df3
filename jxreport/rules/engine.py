"""Rule + inputs → outcome: matching, exploration of the open points, rounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product

from jxreport.number import half_up, plain
from jxreport.rules.api import Inputs, Issue, Need, Outcome, Reading, RuleQuestion, Verdict
from jxreport.rules.evaluation import ByHand, Evaluation, Unanswered
from jxreport.rules.input_doubts import doubtful_input
from jxreport.rules.limits import against_weight, within_limits
from jxreport.rules.matching import Answer, Matched, match_inputs
from jxreport.rules.named_states import settle_states
from jxreport.rules.names import best
from jxreport.rules.nodes import Human
from jxreport.rules.parser import Rule
from jxreport.rules.ticked_lists import count_from_ticks
from jxreport.rules.tree import unique
from jxreport.rules.wanted import all_needs, alternatives, missed_counts, rule_needs, scopes

MAX_COMBINATIONS = 64
_EXACT = 15  # decimals


def evaluate_rule(rule: Rule, inputs: Inputs, choices: tuple[tuple[str, str], ...] = ()) -> Outcome:
    """Score one rule. Asks only where readings differ for these inputs (RULES 7)."""
    if isinstance(rule.body, Human):
        return Outcome(verdict=Verdict.MANUAL, issues=rule.issues, trace=(("clause", rule.body.why),))
    needs = all_needs(rule)
    matched = match_inputs(inputs, needs, scopes(rule), alternatives(rule, inputs), missed_counts(rule))
    count_from_ticks(rule, inputs, matched)
    settle_states(rule, inputs, matched)
    effect = _effects(rule, matched)
    if effect is not None:
        return effect
    if matched.unmatched:
        names = "、".join(matched.unmatched)
        question = RuleQuestion(key="unmatched", text=f"填报的“{names}”与评分标准里的哪一项对应不明确")
        return Outcome(
            verdict=Verdict.ASK,
            questions=(question,),
            issues=rule.issues,
            missing=_open(rule, matched.answers),
        )
    doubt = doubtful_input(rule, inputs, matched.answers, needs)
    if doubt is not None:
        return Outcome(verdict=Verdict.ASK, questions=(doubt,), issues=rule.issues)
    answers, computed = _defined(rule, matched.answers)
    outcome = _explore(rule, answers, dict(choices))
    return replace(outcome, trace=(*computed, *outcome.trace)) if computed else outcome


def _open(rule: Rule, answers: Mapping[str, Answer]) -> tuple[Need, ...]:
    return tuple(n for n in rule_needs(rule) if n.key not in answers)


def _effects(rule: Rule, matched: Matched) -> Outcome | None:
    """A table-level effect (一票否决) that is reported is never turned into points."""
    for name in list(matched.unmatched):
        if rule.effects and best(name, rule.effects) is not None:
            text = f"“{name}”触发“{rule.effects[0]}”，作用于整个考核，不能折成本项得分，请人工处理"
            issue = Issue(code="JX412", text=text, start=0, end=len(rule.text))
            return Outcome(verdict=Verdict.MANUAL, issues=(*rule.issues, issue), trace=(("clause", text),))
    return None


def _defined(rule: Rule, answers: dict[str, Answer]) -> tuple[dict[str, Answer], list[tuple[str, str]]]:
    """The ratio computed from its operands, where all of them are known and it was not given itself; with its trace."""
    if rule.definition is None or "value" in answers:
        return answers, []
    run = Evaluation(answers=answers, readings={})
    try:
        value = rule.definition.compute(run)
    except (Unanswered, ByHand):
        return answers, []
    return {**answers, "value": value}, run.trace


def _explore(rule: Rule, answers: Mapping[str, Answer], fixed: dict[str, str]) -> Outcome:
    first = _run(rule, answers, fixed)
    if first.missing:
        return Outcome(verdict=Verdict.ASK, missing=_missing(rule, first, answers), issues=rule.issues)
    open_points = {k: v for k, v in first.asked.items() if k not in fixed or fixed[k] not in v[1]}
    if not open_points:
        return _outcome(rule, first)
    scores = _combinations(rule, answers, fixed, open_points)
    if scores is None or len(set(scores.values())) > 1:
        return _question(rule, first, fixed, answers, open_points)
    return _outcome(rule, first)


class _Run(Evaluation):
    """An evaluation with its result."""

    __slots__ = ("by_hand", "raw", "score")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]
        self.raw: Decimal | None = None
        self.score: Decimal | None = None
        self.by_hand = ""


def _run(rule: Rule, answers: Mapping[str, Answer], readings: dict[str, str]) -> _Run:
    run = _Run(answers=answers, readings=readings, weight=rule.weight, op=rule.context.op)
    try:
        raw = against_weight(rule, rule.body.evaluate(run), run)
        run.raw = within_limits(rule, raw, run)
        run.score = half_up(half_up(run.raw, _EXACT))  # a quotient cut off at 28 digits must not miss a tie
    except Unanswered as lack:
        if lack.need not in run.missing:
            run.missing.append(lack.need)
    except ByHand as hand:
        run.by_hand = hand.why
    return run


def _combinations(
    rule: Rule,
    answers: Mapping[str, Answer],
    fixed: dict[str, str],
    open_points: dict[str, tuple[str, tuple[str, ...]]],
) -> dict[tuple[str, ...], Decimal | None] | None:
    """Score under every combination of readings; None where there are too many. New questions count as different."""
    scores: dict[tuple[str, ...], Decimal | None] = {}
    keys = list(open_points)
    size = 1
    for _, labels in open_points.values():
        size *= len(labels)
    if size > MAX_COMBINATIONS:
        return None
    for labels in product(*(open_points[k][1] for k in keys)):
        run = _run(rule, answers, {**fixed, **dict(zip(keys, labels, strict=True))})
        if set(run.asked) - set(keys) - set(fixed):
            return None
        scores[labels] = run.score
    return scores


def _question(
    rule: Rule,
    first: _Run,
    fixed: dict[str, str],
    answers: Mapping[str, Answer],
    open_points: dict[str, tuple[str, tuple[str, ...]]],
) -> Outcome:
    questions = []
    for key, (text, labels) in open_points.items():
        readings = []
        for label in labels:
            run = _run(rule, answers, {**fixed, key: label})
            others = set(run.asked) - {key} - set(fixed)
            readings.append(
                Reading(label=label, score=None if others and len(open_points) > 1 else run.score)
            )
        if len(open_points) > 1 or len({r.score for r in readings}) > 1:
            questions.append(RuleQuestion(key=key, text=text, readings=tuple(readings)))
    return Outcome(
        verdict=Verdict.ASK,
        questions=tuple(questions),
        issues=(*rule.issues, *first.issues),
        trace=tuple(first.trace),
        value=first.value,
    )


def _missing(rule: Rule, run: _Run, answers: Mapping[str, Answer]) -> tuple[Need, ...]:
    lacking = list(run.missing)
    if rule.definition is not None and any(n.key == "value" for n in lacking):
        at = next(i for i, n in enumerate(lacking) if n.key == "value")
        lacking[at : at + 1] = [n for n in rule.definition.needs() if n.key not in answers]
    return unique(lacking)


def _outcome(rule: Rule, run: _Run) -> Outcome:
    issues = (*rule.issues, *run.issues)
    if rule.effects and run.score == 0:
        text = f"“{rule.effects[0]}”作用于整个考核，不在本项折算，请人工处理"
        issues = (*issues, Issue(code="JX412", text=text, start=0, end=len(rule.text)))
    if run.by_hand:
        return Outcome(
            verdict=Verdict.MANUAL,
            trace=(*run.trace, ("clause", run.by_hand)),
            issues=issues,
            value=run.value,
        )
    assert run.raw is not None
    assert run.score is not None
    trace = list(run.trace)
    if run.score != run.raw:
        trace.append(("rounding", f"四舍五入保留两位小数：{plain(run.score)}分"))
    return Outcome(
        verdict=Verdict.SCORED,
        score=run.score,
        raw=run.raw,
        value=run.value,
        trace=tuple(trace),
        issues=issues,
    )


__all__ = ["evaluate_rule"]
