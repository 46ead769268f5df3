"""A target form and its actuals form become one: T1 with A1, T2 with A2."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from jxreport.finding import Finding, error, warning
from jxreport.model.submission import Budget, FactItem, Form, FundRow, Goal, Indicator, WeightOrigin
from jxreport.model.values import MoneyUnit, Sourced
from jxreport.read.layouts import fold


def join_forms(target: Form, actual: Form, findings: list[Finding]) -> Form:
    """`target` filled with what `actual` states. What does not fit together is told, never bent."""
    indicators = _join_indicators(target, actual, findings)
    return replace(
        target,
        form=f"{target.form}+{actual.form}",
        budget=actual.budget or target.budget or _budget_from_facts(actual, findings),
        goals=_join_goals(target.goals, actual.goals),
        indicators=indicators,
        facts=actual.facts,
        problems=actual.problems,
        contact=actual.contact,
        phone=actual.phone,
        implementer=actual.implementer or target.implementer,
        supervisor=actual.supervisor or target.supervisor,
        stated_total=actual.stated_total,
        stated_grade=actual.stated_grade,
    )


def _join_indicators(target: Form, actual: Form, findings: list[Finding]) -> tuple[Indicator, ...]:
    left = list(actual.indicators)
    joined = []
    for indicator in target.indicators:
        partner = _partner(indicator, left)
        if partner is None:
            findings.append(error("JX302", indicator.source, name=indicator.name, sheet=actual.sheet))
            joined.append(indicator)
            continue
        left.remove(partner)
        joined.append(_join(target, indicator, partner, findings))
    for stray in left:
        findings.append(warning("JX307", stray.source, name=stray.name, sheet=target.sheet))
    return tuple(joined)


def _partner(indicator: Indicator, rows: list[Indicator]) -> Indicator | None:
    """The row of the same name; where a name occurs twice the ordinal decides."""
    same = [row for row in rows if fold(row.name) == fold(indicator.name)]
    return next((row for row in same if row.ordinal == indicator.ordinal), same[0] if same else None)


def _join(target: Form, indicator: Indicator, row: Indicator, findings: list[Finding]) -> Indicator:
    _compare_targets(indicator, row, findings)
    from_targets = indicator.weight is not None
    if target.form == "T1" and row.weight and not from_targets:
        findings.append(warning("JX309", indicator.target.source, name=indicator.name, theirs=row.weight.text))
    return replace(
        indicator,
        weight=indicator.weight or row.weight,
        weight_origin=indicator.weight_origin if from_targets else WeightOrigin.ACTUALS if row.weight else None,
        actual=row.actual,
        completion=row.completion,
        answers=row.answers,
        not_applicable=row.not_applicable,
        manual_score=row.manual_score,
        deduction=row.deduction,
        stated_score=row.stated_score,
        reason=row.reason,
        measure=row.measure,
        evidence=row.evidence,
    )


def _compare_targets(indicator: Indicator, row: Indicator, findings: list[Finding]) -> None:
    """A target or a weight that differs from the target table is not ours to choose: the table holds."""
    mine, theirs = indicator.target, row.target
    if mine.value is not None and theirs.value is not None and (mine.value, mine.op) != (theirs.value, theirs.op):
        findings.append(
            warning("JX306", theirs.source, name=indicator.name, what="指标值", theirs=theirs.text, ours=mine.text)
        )
    if indicator.weight and row.weight and indicator.weight.value != row.weight.value:
        findings.append(
            warning(
                "JX306", row.weight.source, name=indicator.name, what="分值",
                theirs=row.weight.text, ours=indicator.weight.text,
            )
        )


def _join_goals(targets: tuple[Goal, ...], actuals: tuple[Goal, ...]) -> tuple[Goal, ...]:
    """Goals of the target form with the actual texts: by text, else by place."""
    if not targets:
        return actuals
    left = list(actuals)
    joined = []
    for index, goal in enumerate(targets):
        partner = next((g for g in left if fold(g.expected.text) == fold(goal.expected.text)), None)
        if partner is None and len(actuals) == len(targets) and actuals[index] in left:
            partner = actuals[index]
        if partner is not None:
            left.remove(partner)
            goal = replace(goal, actual=partner.actual, rate=partner.rate)
        joined.append(goal)
    return tuple(joined)


_BUDGET_FACTS = {"initial": "年初预算数", "adjusted": "全年预算数", "executed": "全年执行数"}


def _budget_from_facts(actual: Form, findings: list[Finding]) -> Budget | None:
    """The department's budget from its basic finance data, in 万元."""
    facts = {fact.name: fact for fact in actual.facts}
    amounts = {
        role: _in_wan(facts[name], findings) for role, name in _BUDGET_FACTS.items() if name in facts and facts[name].text
    }
    if not amounts:
        return None
    source = next(iter(amounts.values())).source
    fund = FundRow(label="部门整体支出", is_total=True, source=source, **amounts)
    return Budget(
        rows=(fund,),
        source=source,
        reason=_text(facts.get("预算执行偏差原因")),
        adjustment_reason=_text(facts.get("预算调整原因")),
    )


def _text(fact: FactItem | None) -> Sourced[str] | None:
    return Sourced(value=fact.text, text=fact.text, source=fact.source) if fact else None


def _in_wan(fact: FactItem, findings: list[Finding]) -> Sourced[Decimal]:
    units = {unit.value: unit for unit in MoneyUnit}
    if fact.value and fold(fact.unit) not in units:
        findings.append(warning("JX124", fact.source))
    unit = units.get(fold(fact.unit), MoneyUnit.WAN)
    value = fact.value * unit.factor if fact.value is not None else None
    return Sourced(value=value, text=fact.text, source=fact.source)
