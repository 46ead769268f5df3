"""The rows of 运行监控 joined to the indicators of the project forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from jxreport.finding import Finding, warning
from jxreport.model.submission import Form, Indicator, Kind, Outlook
from jxreport.read.content import OutlookRow
from jxreport.read.layouts import fold
from jxreport.read.schedule import is_project


def add_outlooks(
    forms: Sequence[Form], rows: Sequence[OutlookRow], findings: list[Finding]
) -> tuple[Form, ...]:
    """The project forms with their outlooks; a row that fits no indicator is told."""
    used: set[int] = set()
    done = []
    for form in forms:
        own = [row for row in rows if form.kind is Kind.PROJECT and is_project(form, row.code, row.project)]
        if own:
            indicators = tuple(_with_rows(ind, form, own, used) for ind in form.indicators)
            form = replace(form, indicators=indicators)
        done.append(form)
    for row in rows:
        if id(row) not in used and not _is_blank(row.outlook):
            facts: dict[str, Any] = {"project": row.project or row.code, "name": row.name}
            findings.append(warning("JX638", row.source, waiting=True, **facts))
    return tuple(done)


def _with_rows(indicator: Indicator, form: Form, rows: Sequence[OutlookRow], used: set[int]) -> Indicator:
    """The indicator with its rows: by name; where a name occurs twice in the form the ordinal decides."""
    named = [row for row in rows if fold(row.name) == fold(indicator.name)]
    twins = sum(fold(other.name) == fold(indicator.name) for other in form.indicators)
    own = [row for row in named if twins == 1 or row.ordinal == indicator.ordinal]
    used.update(id(row) for row in own)
    outlooks = sorted((row.outlook for row in own), key=lambda outlook: outlook.month)
    return replace(indicator, outlooks=tuple(outlooks)) if outlooks else indicator


def _is_blank(outlook: Outlook) -> bool:
    texts = (outlook.expected, outlook.likelihood, outlook.cause, outlook.explanation, outlook.measure)
    return not any(text is not None and not text.is_blank for text in texts) and not (
        outlook.actual is not None and outlook.actual.text
    )
