"""E06: 分值 missing or not above 0 on a row of a table that otherwise has points."""

from __future__ import annotations

from collections.abc import Iterator

from jxreport.checks.sentences import is_execution_row
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.submission import Form, Kind
from jxreport.number import ZERO


def check(form: Form, profile: Profile) -> Iterator[Finding]:
    weighted = [ind for ind in form.indicators if ind.weight is not None and ind.weight.value is not None]
    if form.kind is Kind.MONITORING or not weighted:
        return
    for indicator in form.indicators:
        weight = indicator.weight
        if indicator.not_applicable is not None and (weight is None or weight.is_blank):
            continue  # struck out, points and all
        if indicator.is_part:
            continue
        if is_execution_row(indicator) and (weight is None or weight.value is None):
            continue
        if weight is None or weight.value is None or weight.value <= ZERO:
            place = weight.source if weight is not None else indicator.source
            text = weight.text if weight is not None and weight.text else "空白"
            yield warning("JX226", place, waiting=True, name=indicator.name, text=text)
