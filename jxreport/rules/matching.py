"""Inputs matched to needs by name: containment after normalising, one partner each, else a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jxreport.rules.api import Inputs, Need, NeedKind
from jxreport.rules.names import best, opposite, plain_name
from jxreport.rules.nodes import Event
from jxreport.rules.vocabulary import COUNTERS, TIME_UNITS

Answer = Decimal | bool | str


@dataclass(slots=True)
class Matched:
    """`answers` by need key; `unmatched` input names that fit nothing or more than one thing."""

    answers: dict[str, Answer] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)


def match_inputs(
    inputs: Inputs, needs: Sequence[Need], scopes: dict[str, str], alternatives: frozenset[str] = frozenset(),
    missed: Mapping[str, Event] | None = None,
) -> Matched:
    """Assign every input to a need. `scopes` gives the whole condition behind a need's key, for matching."""
    found = Matched()
    _numbers(inputs, needs, found, alternatives)
    _levels(inputs, needs, found)
    _checks(inputs, needs, scopes, found)
    _events(inputs, needs, scopes, found)
    _vars(inputs, needs, found, missed or {})
    _group(inputs, needs, found)
    return found


def _group(inputs: Inputs, needs: Sequence[Need], found: Matched) -> None:
    """The class of unit, by its own words."""
    if not inputs.group:
        return
    classes = _of(needs, NeedKind.GROUP)
    index = best(inputs.group, classes[0].options) if len(classes) == 1 else None
    if index is None:
        found.unmatched.append(inputs.group)
    else:
        found.answers[classes[0].key] = classes[0].options[index]


def _of(needs: Iterable[Need], *kinds: NeedKind) -> list[Need]:
    return [n for n in needs if n.kind in kinds]


_SHORT = re.compile(r"少|缺|差|不足|减|低|超(?![期时])|高于|增加|多|偏离")


def _amount(needs: Sequence[Need]) -> Need | None:
    """The one count that a plain number can only mean (how many were found, how many days late): not a shortfall."""
    counts = _of(needs, NeedKind.COUNT)
    if len(counts) == 1 and re.search(r"任[何意]?[一1]?项|未达到|达不到|不达标", counts[0].label):
        return None
    if len(counts) != 1 or _of(needs, NeedKind.OPERAND, NeedKind.TIER) or _SHORT.search(counts[0].label):
        return None
    return counts[0]


_ACTUAL = re.compile(r"实际|完成|已")
_PLANNED = re.compile(r"目标|计划|任务|指标值|应当?|预算|要求")


def _pair(inputs: Inputs, needs: Sequence[Need], found: Matched) -> bool:
    """实际完成值/目标值×分值 with a value and a target: the two operands are those two numbers."""
    named = _of(needs, NeedKind.OPERAND)
    if inputs.target is None or inputs.value is None or len(named) != 2 or len(needs) != 2:
        return False
    planned = [n for n in named if _PLANNED.search(n.label) and not re.search(r"实际", n.label)]
    if len(planned) != 1:
        return False
    actual = next(n for n in named if n is not planned[0])
    if not _ACTUAL.search(actual.label):
        return False
    found.answers[actual.key], found.answers[planned[0].key] = inputs.value, inputs.target
    return True


_MISSED_AIM = re.compile(r"未(?!超)|没有?|不(?!超|高于|大于)|超出|突破|否则|其他")
_AIMED = re.compile(r"完成|达到|实现|达标|以内|不超|未超")


def _reached(inputs: Inputs, needs: Sequence[Need], found: Matched) -> bool:
    """成本控制在预算以内得10分,超出不得分, with a number, a target and its sign: which of the two tiers it is."""
    tiers = _of(needs, NeedKind.TIER)
    value, target = inputs.value, inputs.target
    if len(needs) != 1 or not tiers or len(tiers[0].options) != 2 or value is None or target is None:
        return False
    aims = [option for option in tiers[0].options if _AIMED.search(option) and not _MISSED_AIM.search(option)]
    if len(aims) != 1:
        return False
    first = aims[0]
    within = bool(re.search(r"以内|不超|未超", first))
    op = inputs.op or ("≤" if within else "≥")
    if op not in ("≥", "≤", "=", ">", "<") or within and op in ("≥", ">"):
        return False
    held = {
        "≥": value >= target,
        ">": value > target,
        "≤": value <= target,
        "<": value < target,
        "=": value == target,
    }[op]
    other = next(option for option in tiers[0].options if option != first)
    found.answers[tiers[0].key] = first if held else other
    return True


def _numbers(inputs: Inputs, needs: Sequence[Need], found: Matched, alternatives: frozenset[str]) -> None:
    if inputs.value is not None:
        values = _of(needs, NeedKind.VALUE)
        if values:
            found.answers[values[0].key] = inputs.value
        elif len(_of(needs, NeedKind.OPERAND)) == 1 and not _of(needs, NeedKind.COUNT):
            found.answers[_of(needs, NeedKind.OPERAND)[0].key] = inputs.value
        elif _pair(inputs, needs, found):
            return
        elif "value" in alternatives:
            found.answers["value"] = inputs.value
        elif inputs.target is None and _amount(needs) is not None:
            found.answers[_amount(needs).key] = inputs.value  # type: ignore[union-attr]
        elif inputs.target is not None and _reached(inputs, needs, found):
            return
        else:
            found.unmatched.append("value")
    if inputs.target is not None:
        found.answers["target"] = inputs.target


def _levels(inputs: Inputs, needs: Sequence[Need], found: Matched) -> None:
    tiers = _of(needs, NeedKind.TIER)
    for level in inputs.levels:
        hits = [
            (tier, tier.options[i])
            for tier in tiers
            for i in [best(level, tier.options, around=False)]
            if i is not None
        ]
        exact = [(t, label) for t, label in hits if plain_name(label) == plain_name(level)]
        chosen = exact if len(exact) == 1 else hits
        if len(chosen) == 1 and chosen[0][0].key not in found.answers:
            found.answers[chosen[0][0].key] = chosen[0][1]
            continue
        ticks = _of(needs, NeedKind.TICK)
        index = best(level, [n.label for n in ticks])
        if not chosen and index is not None:
            found.answers[ticks[index].key] = True
            continue
        other = opposite(level, [n.label for n in ticks])
        if not chosen and other is not None:
            found.answers[ticks[other].key] = False
            continue
        found.unmatched.append(level)


def _checks(inputs: Inputs, needs: Sequence[Need], scopes: dict[str, str], found: Matched) -> None:
    ticks = _of(needs, NeedKind.TICK)
    labels = [n.label for n in ticks]
    wide = [scopes.get(n.key, n.label) for n in ticks]
    rows = [(tier, label) for tier in _of(needs, NeedKind.TIER) for label in tier.options]
    chosen: dict[str, list[str]] = {}
    refused: dict[str, list[str]] = {}
    for name, holds in inputs.checks:
        index = best(name, labels, wide)
        if index is not None and ticks[index].key not in found.answers:
            found.answers[ticks[index].key] = holds
            continue
        index = opposite(name, labels)
        if index is not None and ticks[index].key not in found.answers:
            found.answers[ticks[index].key] = not holds
            continue
        row = best(name, [label for _, label in rows])
        if row is not None:
            (chosen if holds else refused).setdefault(rows[row][0].key, []).append(rows[row][1])
            continue
        counted = _of(needs, NeedKind.COUNT)
        index = best(name, [n.label for n in counted], [scopes.get(n.key, n.label) for n in counted])
        whole = index is not None and len(plain_name(name)) * 5 >= len(plain_name(counted[index].label)) * 3
        if (
            index is not None
            and (not holds and whole or counted[index].options)
            and counted[index].key not in found.answers
        ):
            found.answers[counted[index].key] = Decimal(1 if holds else 0)
            continue
        found.unmatched.append(name)
    _ticked_tiers(_of(needs, NeedKind.TIER), chosen, refused, found)


def _ticked_tiers(
    tiers: list[Need], chosen: dict[str, list[str]], refused: dict[str, list[str]], found: Matched
) -> None:
    """A tier given by ticks: the one that holds; of two tiers the other one where the first does not."""
    for tier in tiers:
        if tier.key in found.answers:
            continue
        yes, no = chosen.get(tier.key, []), refused.get(tier.key, [])
        left = [label for label in tier.options if label not in no]
        if len(yes) == 1:
            found.answers[tier.key] = yes[0]
        elif not yes and no and len(left) == 1 and len(tier.options) == 2:
            found.answers[tier.key] = left[0]


_BEYOND = re.compile(r"(?:超过|超出|超)的?部分")  # a bare number of events is all of them, not those beyond a limit


def _events(inputs: Inputs, needs: Sequence[Need], scopes: dict[str, str], found: Matched) -> None:
    counts = _of(needs, NeedKind.COUNT)
    for name, number in inputs.events:
        if not name:
            open_counts = [n for n in counts if n.key not in found.answers]
            numbers = [
                n
                for n in needs
                if n.kind is NeedKind.VALUE and n.help == "" and n.unit in COUNTERS | TIME_UNITS
            ]
            if len(open_counts) == 1 and not _BEYOND.match(open_counts[0].label):
                found.answers[open_counts[0].key] = number
            elif not counts and len(numbers) == 1 and "value" not in found.answers:
                found.answers[numbers[0].key] = number
            else:
                found.unmatched.append("events")
            continue
        index = best(name, [n.label for n in counts], [scopes.get(n.key, n.label) for n in counts])
        if index is not None and counts[index].key not in found.answers:
            found.answers[counts[index].key] = number
            continue
        ticks = _of(needs, NeedKind.TICK)
        index = best(name, [n.label for n in ticks], [scopes.get(n.key, n.label) for n in ticks])
        if index is not None and number in (0, 1) and ticks[index].key not in found.answers:
            found.answers[ticks[index].key] = number == 1
            continue
        found.unmatched.append(name)


def _vars(inputs: Inputs, needs: Sequence[Need], found: Matched, missed: Mapping[str, Event]) -> None:
    named = [
        n for n in _of(needs, NeedKind.OPERAND, NeedKind.VALUE, NeedKind.TARGET) if n.key not in found.answers
    ]
    for name, number in inputs.vars:
        index = best(name, [n.label for n in named])
        if index is not None and named[index].key not in found.answers:
            found.answers[named[index].key] = number
            continue
        counts = _of(needs, NeedKind.COUNT)
        index = best(name, [n.label for n in counts])
        if index is not None and counts[index].key not in found.answers:
            event = missed.get(counts[index].key)
            if event is None or _SHORT.search(name):
                found.answers[counts[index].key] = number
                continue
            if event.required is not None:  # the number itself: what is missing is counted
                found.answers[counts[index].key] = max(Decimal(0), event.distance(number, event.required))
                continue
        found.unmatched.append(name)
