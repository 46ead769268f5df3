"""Rule + inputs → outcome: matching, exploration of the open points, floor, cap and rounding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product

from jxreport.number import half_up, plain
from jxreport.rules.api import Inputs, Issue, Need, NeedKind, Outcome, Reading, RuleQuestion, Verdict
from jxreport.rules.evaluation import ByHand, Evaluation, Unanswered
from jxreport.rules.expression import operands
from jxreport.rules.matching import Answer, Matched, best, match_inputs, plain_name
from jxreport.rules.nodes import Event, Formula, Gate, Human, HumanGate, Items, Scale, Total
from jxreport.rules.parser import Rule
from jxreport.rules.tree import CountIn, Node, unique
from jxreport.rules.vocabulary import TIME_UNITS

AS_WRITTEN, SCALED = "按文字所写的分数", "按分值比例折算"
OVER, CAPPED = "可以超过分值", "以分值为限"
MAX_COMBINATIONS = 64
_EXACT = 15  # decimals


def rule_needs(rule: Rule) -> tuple[Need, ...]:
    """What must be asked to score the rule. Where a definition gives the ratio, its operands are asked instead."""
    needs = list(rule.body.needs())
    if rule.definition is not None:
        value = next((n for n in needs if n.key == "value" and n.kind is NeedKind.VALUE), None)
        if value is not None:
            at = needs.index(value)
            needs[at : at + 1] = rule.definition.needs()
    return _told_apart(unique(needs))


def _told_apart(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """No two questions of a rule are printed alike: those that would be name their options."""
    labels = [need.label for need in needs]
    return tuple(
        replace(need, label=f"{need.label}（{'／'.join(need.options)}）") if labels.count(need.label) > 1 and need.options else need
        for need in needs
    )


def _all_needs(rule: Rule) -> tuple[Need, ...]:
    """Everything that can be answered: the value itself as well as the operands behind it."""
    needs = list(rule.body.needs())
    if rule.definition is not None:
        needs.extend(rule.definition.needs())
    return unique(needs)


def _nodes(node: object) -> Iterator[object]:
    yield node
    for name in ("parts", "body"):
        inner = getattr(node, name, None)
        if isinstance(inner, tuple):
            for part in inner:
                yield from _nodes(part)
        elif inner is not None:
            yield from _nodes(inner)
    if isinstance(node, Gate | HumanGate):
        yield node.cond


def _scopes(rule: Rule) -> dict[str, str]:
    scopes: dict[str, str] = {}
    for node in _nodes(rule.body):
        counted = node.counted if isinstance(node, Event | CountIn) else None
        if counted is not None:
            scopes[counted.need.key] = counted.scope or counted.text
    return scopes


def _alternatives(rule: Rule) -> frozenset[str]:
    """Keys that may be answered in place of a need: the actual number instead of the shortfall."""
    required = [
        n for n in _nodes(rule.body) if isinstance(n, Event) and (n.required is not None or n.against_target)
    ]
    return frozenset(["value"]) if len(required) == 1 else frozenset()


def _takes_target(rule: Rule, needs: tuple[Need, ...]) -> bool:
    """Does some part of the rule use a target given beside the value?"""
    measures = [getattr(n, "measure", None) for n in _nodes(rule.body)]
    tiers = len(needs) == 1 and needs[0].kind is NeedKind.TIER
    shortfall = any(isinstance(n, Event) and n.against_target for n in _nodes(rule.body))
    pair = len(needs) == 2 and all(n.kind is NeedKind.OPERAND for n in needs)
    return (
        tiers
        or pair
        or shortfall
        or any(n.kind is NeedKind.TARGET for n in needs)
        or any(m.takes_target for m in measures if m is not None)
    )


def _doubtful(
    rule: Rule, inputs: Inputs, answers: Mapping[str, Answer], needs: tuple[Need, ...]
) -> RuleQuestion | None:
    """Answers that cannot be meant: half an event, fewer than none, a reverse indicator scored by completion."""
    for need in needs:
        answer = answers.get(need.key)
        if need.kind is NeedKind.COUNT and isinstance(answer, Decimal):
            whole = (
                answer == answer.to_integral_value()
                or need.unit in TIME_UNITS
                or need.unit in ("万元", "元", "亿元")
            )
            if answer < 0 or not whole:
                return RuleQuestion(
                    key="input", text=f"“{need.label}”填的是{plain(answer)}，应当是不小于0的整数"
                )
            if answer is inputs.value and "%" in rule.normalised:
                return RuleQuestion(
                    key="input", text=f"填报的{plain(answer)}是比率还是“{need.label}”的数量不明确"
                )
    if answers.get("value") is inputs.value and inputs.value is not None and inputs.value < 0 and _alternatives(rule):
        return RuleQuestion(key="input", text=f"实际完成值填的是{plain(inputs.value)}，不应小于0")
    if inputs.value is not None and _alternatives(rule) and any(n.kind is NeedKind.VALUE for n in needs):
        return RuleQuestion(key="input", text=f"填报的{plain(inputs.value)}对应评分标准里的哪一个数不明确")
    formulas = [n for n in _nodes(rule.body) if isinstance(n, Formula)]
    completions = [o for n in formulas for o in operands(n.expr) if o.is_completion]
    scales = [n for n in _nodes(rule.body) if isinstance(n, Scale)]
    unused = inputs.target is not None and not (completions or _takes_target(rule, needs))
    if unused and inputs.target is not None and plain(inputs.target) not in rule.normalised:
        return RuleQuestion(
                key="target", text=f"评分标准没有提到目标值，填报的目标值{plain(inputs.target)}怎样使用不明确"
            )
    shares = [n for n in _nodes(rule.body) if getattr(getattr(n, "measure", None), "target_stated", False)]
    if inputs.op in ("≤", "<") and (scales or shares or completions and inputs.target is not None):
        return RuleQuestion(key="reverse", text="反向指标（≤）按完成比例得分，完成比例怎样计算没有写明")
    return None


def evaluate_rule(rule: Rule, inputs: Inputs, choices: tuple[tuple[str, str], ...] = ()) -> Outcome:
    """Score one rule. Asks only where readings differ for these inputs (RULES 7)."""
    if isinstance(rule.body, Human):
        return Outcome(verdict=Verdict.MANUAL, issues=rule.issues, trace=(("clause", rule.body.why),))
    needs = _all_needs(rule)
    matched = match_inputs(inputs, needs, _scopes(rule), _alternatives(rule))
    _list_ticks(rule, inputs, matched)
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
    doubt = _doubtful(rule, inputs, matched.answers, needs)
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


def _list_ticks(rule: Rule, inputs: Inputs, matched: Matched) -> None:
    """每缺一项扣分 / 每符合一项得分 answered by ticks on the listed things: the missing or the fulfilled are counted."""
    counts = [n for n in rule.body.needs() if n.kind is NeedKind.COUNT and n.key not in matched.answers]
    names = [name for name, _ in inputs.checks]
    if len(counts) != 1 or not names:
        return
    lacking = re.search(r"缺|少|漏|未|不", counts[0].label.split("每")[-1])
    if lacking is None and not re.search(
        r"符合|具备|满足|达到|做到|完成|每.{0,2}[项个条点]$", counts[0].label
    ):
        return
    ticks = {plain_name(name): holds for name, holds in inputs.checks}
    for listed in _lists(rule, _scopes(rule).get(counts[0].key, counts[0].label)):
        partners = {name: [item for item in listed if name in item] for name in ticks}
        if len(listed) == len(ticks) and all(len(p) == 1 for p in partners.values()):
            matched.answers[counts[0].key] = Decimal(
                sum(1 for holds in ticks.values() if holds != bool(lacking))
            )
            for name in names:
                if name in matched.unmatched:
                    matched.unmatched.remove(name)
            return


def _lists(rule: Rule, scope: str) -> Iterator[list[str]]:
    """Lists of things that the counted clause may speak of: its own, the text before it, the description."""
    own = re.split(r"每|,(?=[^、]*$)", scope)[0]
    before = (
        rule.normalised.split(scope.split("每")[0] or scope)[0]
        if scope.split("每")[0]
        else rule.normalised.split("每")[0]
    )
    for text in (own, before, rule.context.description):
        for separators in (r"、", r"[、;,。]|和|及", r"[;,。]|[①-⑳]|\(\d\)"):
            items = [plain_name(item) for item in re.split(separators, text)]
            items = [item for item in items if len(item) > 1]
            if len(items) > 1:
                yield items


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
        raw = _mismatch(rule, rule.body.evaluate(run), run)
        run.raw = _clamp(rule, raw, run)
        run.score = half_up(half_up(run.raw, _EXACT))  # a quotient cut off at 28 digits must not miss a tie
    except Unanswered as lack:
        if lack.need not in run.missing:
            run.missing.append(lack.need)
    except ByHand as hand:
        run.by_hand = hand.why
    return run


def _mismatch(rule: Rule, score: Decimal, run: Evaluation) -> Decimal:
    """Points in the text that do not add to the row's weight: as written, or scaled?"""
    if rule.weight is None or rule.full is None or rule.full == rule.weight or rule.full == 0:
        return score
    text = f"文字里的满分是{plain(rule.full)}分，而本指标的分值是{plain(rule.weight)}分"
    if run.choose("weight", text, (AS_WRITTEN, SCALED)) == SCALED:
        return score * rule.weight / rule.full
    return score


def _clamp(rule: Rule, score: Decimal, run: Evaluation) -> Decimal:
    if score < 0 and not rule.negative and not run.negative:
        if not rule.floor_stated:
            run.note(Issue(code="JX406", text="扣分超过分值，文字没有写“扣完为止”，按0分计"))
        run.say("clause" if rule.floor_stated else "convention", "扣完为止，0分")
        score = Decimal(0)
    if rule.floor is not None and score < rule.floor:
        run.say("clause", f"最低{plain(rule.floor)}分")
        score = rule.floor
    if rule.cap is not None and score > rule.cap:
        run.say("clause", f"最高{plain(rule.cap)}分")
        score = rule.cap
    if rule.weight is not None and score > rule.weight:
        score = _over(rule, score, run)
    return score


def _over(rule: Rule, score: Decimal, run: Evaluation) -> Decimal:
    """More than the weight: allowed where a stated, limited bonus leads there; asked where nothing is said."""
    assert rule.weight is not None
    if rule.capped:
        run.say("clause", f"以分值{plain(rule.weight)}分为限")
        return rule.weight
    if rule.bonus and (rule.over or bonus_is_limited(rule.body)):
        run.say("convention", f"加分后{plain(score)}分，超过分值{plain(rule.weight)}分，是文字允许的加分")
        return score
    text = f"算得{plain(score)}分，超过分值{plain(rule.weight)}分，文字没有写明是否封顶"
    if rule.bonus or rule.full is None:
        return score if run.choose("over", text, (CAPPED, OVER)) == OVER else rule.weight
    run.note(Issue(code="JX411", text=text + "，按分值封顶"))
    run.say("convention", f"以分值{plain(rule.weight)}分为限")
    return rule.weight


def bonus_is_limited(node: Node) -> bool:
    """Does every part that adds points state its own limit?"""
    from jxreport.rules.nodes import Bands, Step

    ok = True
    for inner in _nodes(node):
        if isinstance(inner, Items) and any(
            p.points > 0 and not getattr(p, "award", False) for p in inner.parts
        ):
            ok = ok and (
                inner.limit is not None
                or all(
                    getattr(p, "limit", None) is not None or not isinstance(p, Event)
                    for p in inner.parts
                    if p.points > 0
                )
            )
        if isinstance(inner, Step) and inner.points > 0:
            ok = ok and inner.limit is not None
        if isinstance(inner, Bands | Total):
            continue
    return ok


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


__all__ = ["evaluate_rule", "rule_needs"]
