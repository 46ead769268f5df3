"""E20: cumulative payments that fall, or that at year end are not 全年执行数."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jxreport.checks.grading import graded
from jxreport.finding import Finding
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation
from jxreport.number import grouped

_YEAR_END = 12
_TAIL = Decimal("0.01")


def check(evaluation: Evaluation, profile: Profile) -> Iterator[Finding]:
    form = evaluation.form
    paid = [point for point in evaluation.schedule if point.paid is not None]
    for before, point in itertools.pairwise(paid):
        assert before.paid is not None
        assert point.paid is not None
        assert point.checkpoint.paid is not None
        if point.paid < before.paid:
            facts: dict[str, Any] = {
                "form": form.name,
                "label": point.checkpoint.label,
                "paid": grouped(point.paid),
                "before_label": before.checkpoint.label,
                "before": grouped(before.paid),
            }
            yield from graded(profile, "E20", "error", "JX605", point.checkpoint.paid.source, **facts)
    executed = evaluation.execution.executed if evaluation.execution is not None else None
    if not paid or executed is None:
        return
    last = paid[-1]
    if last.checkpoint.month != _YEAR_END or last.paid is None or last.checkpoint.paid is None:
        return
    if abs(last.paid - executed) > _TAIL:
        facts = {
            "form": form.name,
            "label": last.checkpoint.label,
            "paid": grouped(last.paid),
        }
        yield from graded(
            profile, "E20", "error", "JX606", last.checkpoint.paid.source, **facts, executed=grouped(executed)
        )
