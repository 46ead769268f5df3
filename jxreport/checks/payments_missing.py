"""E01 for the schedule: payments that the plan lets expect and nobody has entered. A blank is not 0."""

from __future__ import annotations

from collections.abc import Iterator

from jxreport.finding import Finding, warning
from jxreport.model.submission import Checkpoint, Form


def check(form: Form, month: int) -> Iterator[Finding]:
    """All payments missing (JX609), or one that is due by the report's checkpoint in `month` (JX608).

    Silent for a form whose actuals are missing altogether: that is told already.
    """
    is_owed = form.is_handed_in or any(indicator.outlooks for indicator in form.indicators)
    if not is_owed or not any(_has_plan(at) for at in form.checkpoints):
        return
    if all(_is_blank(at) for at in form.checkpoints):
        place = next((at.paid.source for at in form.checkpoints if at.paid is not None), form.source)
        yield warning("JX609", place, waiting=True, form=form.name)
        return
    for at in form.checkpoints:
        if at.month <= month and _is_blank(at):
            place = at.paid.source if at.paid is not None else form.source
            yield warning("JX608", place, waiting=True, form=form.name, label=at.label)


def _has_plan(at: Checkpoint) -> bool:
    return at.plan is not None and not at.plan.is_blank


def _is_blank(at: Checkpoint) -> bool:
    return at.paid is None or at.paid.is_blank
