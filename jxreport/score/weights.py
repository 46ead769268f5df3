"""分值 of the indicators: as the forms state them, else a proposal (建议分值) that is marked as such.

Order: a column of the forms, points written inside the texts (总分20分), the profile's split. What the
forms state is never changed; a proposal only fills what they leave open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from jxreport.checks.labels import group_of
from jxreport.checks.sentences import is_execution_row, points_in_text
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.submission import Form, Indicator, Kind, WeightOrigin
from jxreport.model.values import Sourced
from jxreport.number import HUNDRED, ZERO, half_up, plain


def with_weights(form: Form, profile: Profile) -> tuple[Form, tuple[Finding, ...]]:
    """`form` with every indicator weighted where that is possible, and what had to be proposed.

    A form without any points that is no project target table (the transfer-payment form, a monitoring
    form) stays as it is: there is nothing to score and nothing to propose.
    """
    if form.kind is Kind.MONITORING or _is_complete(form):
        return form, ()
    if any(_stated(indicator) is not None for indicator in form.indicators):
        return form, ()  # some are stated: the gaps are the form's defect (check E06), not ours to fill
    if not form.form.startswith("T2"):
        return form, ((warning("JX502", form.source, form=form.name),) if form.indicators else ())
    texts = {ind.ordinal: points for ind in form.indicators if (points := points_in_text(ind)) is not None}
    proposal = _proposal(form, profile, texts)
    if not proposal:
        return form, (warning("JX503", form.source, waiting=True, form=form.name),)
    rows = tuple(_weighted(ind, texts, proposal) for ind in form.indicators)
    names = "、".join(
        f"{ind.name}{plain(proposal[ind.ordinal])}分" for ind in form.indicators if ind.ordinal in proposal
    )
    source = profile.source("weights")
    found = warning("JX501", form.source, waiting=True, form=form.name, names=names, norm=source)
    return replace(form, indicators=rows), (found,)


def execution_weight(form: Form, profile: Profile) -> Decimal | None:
    """The points of budget execution: as stated; else what is missing to 100 where that is the profile's.

    A table whose indicators already carry 100 points (the founding department table) has no separate
    points for execution: None.
    """
    if form.kind is Kind.MONITORING:
        return None
    if form.budget is not None and form.budget.weight is not None and form.budget.weight.value is not None:
        return form.budget.weight.value
    if any(is_execution_row(ind) for ind in form.indicators):
        return None  # the points stand in that row, and count once
    stated = [_stated(ind) for ind in form.indicators]
    known = [points for points in stated if points is not None]
    if len(known) != len(stated) or not known:
        return None
    rest = HUNDRED - sum(known, ZERO)
    return rest if rest == profile.weights.execution else None


def _stated(indicator: Indicator) -> Decimal | None:
    return indicator.weight.value if indicator.weight is not None else None


def _is_complete(form: Form) -> bool:
    return bool(form.indicators) and all(_stated(ind) is not None for ind in form.indicators)


def _weighted(
    indicator: Indicator, texts: Mapping[int, Decimal], proposal: Mapping[int, Decimal]
) -> Indicator:
    points = texts.get(indicator.ordinal)
    origin = WeightOrigin.TEXT if points is not None else WeightOrigin.PROFILE
    value = points if points is not None else proposal.get(indicator.ordinal)
    if value is None:
        return indicator
    weight = Sourced(value=value, text=plain(value), source=indicator.source)
    return replace(indicator, weight=weight, weight_origin=origin)


def _proposal(form: Form, profile: Profile, texts: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Points by ordinal for the rows whose texts give none. Empty when no split fits the table."""
    open_rows = [ind for ind in form.indicators if ind.ordinal not in texts and not is_execution_row(ind)]
    if any(not group_of(ind.level1) for ind in open_rows):
        return {}
    shares = _group_shares(form, profile, open_rows)
    spent = sum(texts.values(), ZERO)
    total = HUNDRED - profile.weights.execution - spent
    if not shares or total <= 0:
        return {}
    scale = total / sum(shares.values(), ZERO)
    result: dict[int, Decimal] = {}
    left = total
    for number, (group, share) in enumerate(shares.items(), 1):
        rows = [ind for ind in open_rows if group_of(ind.level1) == group]
        points = left if number == len(shares) else half_up(share * scale)
        left -= points
        result |= _split(points, rows)
    return result


def _group_shares(form: Form, profile: Profile, rows: list[Indicator]) -> dict[str, Decimal]:
    """The profile's points of the groups that still need some; empty where table and profile do not match."""
    groups = {group_of(ind.level1) for ind in form.indicators}
    split = profile.weights.groups
    if "成本指标" not in groups and profile.weights.without_cost:
        split = profile.weights.without_cost
    needed = {group_of(ind.level1) for ind in rows}
    if groups != {group_of(name) for name, _ in split}:
        return {}  # a missing dimension's points are not ours to hand out
    return {group_of(name): points for name, points in split if group_of(name) in needed}


def _split(points: Decimal, rows: list[Indicator]) -> dict[int, Decimal]:
    """Equal parts with two decimals; the last row takes what rounding leaves."""
    part = half_up(points / len(rows))
    result = {ind.ordinal: part for ind in rows[:-1]}
    result[rows[-1].ordinal] = points - part * (len(rows) - 1)
    return result
