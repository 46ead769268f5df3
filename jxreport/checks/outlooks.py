"""Before year end a project owes an outlook for every indicator (136号): none is made up, what lacks waits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from jxreport.checks.labels import fold
from jxreport.finding import NOWHERE, Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import IndicatorScore
from jxreport.model.submission import Form, Kind, Outlook
from jxreport.model.values import Sourced

_SEPARATORS = re.compile(r"[、；;，,/\s]+")


def of_form(form: Form, rows: Sequence[IndicatorScore], label: str, month: int) -> Iterator[Finding]:
    """Nothing at all has been filled in for the checkpoint (JX630): told once, not row by row."""
    if form.kind is Kind.DEPARTMENT or not rows or any(is_filled(row.outlook) for row in rows):
        return
    place = next((row.outlook.source for row in rows if row.outlook is not None), form.source)
    yield warning("JX630", place, waiting=True, form=form.name, label=label, month=month)


def check(
    form: Form, rows: Sequence[IndicatorScore], label: str, profile: Profile
) -> tuple[tuple[Finding, ...], ...]:
    """What each of `rows` lacks, where the form has an outlook at all."""
    if form.kind is Kind.DEPARTMENT or not any(is_filled(row.outlook) for row in rows):
        return ((),) * len(rows)
    return tuple(() if row.indicator.is_part else tuple(_of_row(row, label, profile)) for row in rows)


def is_filled(outlook: Outlook | None) -> bool:
    """Does the outlook say anything?"""
    if outlook is None:
        return False
    texts = (outlook.expected, outlook.likelihood, outlook.cause, outlook.explanation, outlook.measure)
    actual = outlook.actual is not None and bool(outlook.actual.text)
    return actual or any(not _blank(text) for text in texts)


def _of_row(row: IndicatorScore, label: str, profile: Profile) -> Iterator[Finding]:
    outlook, indicator = row.outlook, row.indicator
    facts: dict[str, Any] = {"name": indicator.name, "label": label}
    if outlook is None:
        yield warning("JX631", indicator.source, waiting=True, **facts)
        return
    place = outlook.source if outlook.source != NOWHERE else indicator.source
    if indicator.actual is None or not indicator.actual.text:
        where = indicator.actual.source if indicator.actual is not None else place
        yield warning("JX631", where, waiting=True, **facts)
    if _blank(outlook.expected):
        yield warning("JX632", _at(outlook.expected, place), waiting=True, **facts)
    yield from _of_likelihood(outlook, place, facts, profile)


def _of_likelihood(
    outlook: Outlook, place: Any, facts: dict[str, Any], profile: Profile
) -> Iterator[Finding]:
    chances = profile.likelihoods
    words, at = "、".join(chances.words), _at(outlook.likelihood, place)
    if outlook.likelihood is None or _blank(outlook.likelihood):
        yield warning("JX633", at, waiting=True, **facts, words=words)
        return
    said = likelihood_of(outlook, profile)
    if not said:
        text = outlook.likelihood.text
        yield warning("JX634", at, waiting=True, **facts, words=words, text=text)
        return
    if said not in chances.cause_required:
        return
    causes = "、".join(profile.lights.causes)
    if _blank(outlook.cause):
        beside = _at(outlook.cause, place)
        yield warning("JX635", beside, waiting=True, **facts, chance=said, causes=causes)
    elif outlook.cause is not None and not causes_of(outlook, profile):
        text = outlook.cause.text
        yield warning("JX636", outlook.cause.source, waiting=True, **facts, text=text, causes=causes)
    if _blank(outlook.explanation):
        yield warning("JX637", _at(outlook.explanation, place), waiting=True, **facts, chance=said)


def likelihood_of(outlook: Outlook, profile: Profile) -> str:
    """The profile's word that the unit has chosen, "" for none of them."""
    if outlook.likelihood is None:
        return ""
    said = fold(outlook.likelihood.text)
    return next((word for word in profile.likelihoods.words if fold(word) == said), "")


def causes_of(outlook: Outlook, profile: Profile) -> tuple[str, ...]:
    """The profile's cause words among those given (经费保障；人员保障); () where one of them is unknown."""
    if outlook.cause is None:
        return ()
    given = [part for part in _SEPARATORS.split(outlook.cause.text) if fold(part)]
    known = {fold(cause): cause for cause in profile.lights.causes}
    found = [known.get(fold(part), "") for part in given]
    return tuple(found) if all(found) else ()


def _blank(text: Sourced[str] | None) -> bool:
    return text is None or text.is_blank


def _at(text: Sourced[str] | None, place: Any) -> Any:
    return text.source if text is not None and text.source != NOWHERE else place
