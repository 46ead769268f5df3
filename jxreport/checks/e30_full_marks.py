"""E30: every row exactly full and not one piece of evidence named."""

from __future__ import annotations

from collections.abc import Iterator

from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation, Status
from jxreport.number import half_up


def check(evaluation: Evaluation, profile: Profile) -> Iterator[Finding]:
    rows = [row for row in evaluation.indicators if row.status is not Status.NOT_APPLICABLE]
    if not rows or any(
        row.indicator.evidence is not None and not row.indicator.evidence.is_blank for row in rows
    ):
        return
    if all(
        row.score is not None and row.weight is not None and row.score == half_up(row.weight) for row in rows
    ):
        form = evaluation.form
        yield warning("JX341", form.source, form=form.name, count=len(rows))
