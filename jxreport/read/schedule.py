"""Payments of A3 joined to the plan of each project, with causes and measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from jxreport.finding import Finding, error, note, warning
from jxreport.model.submission import Budget, Checkpoint, Form, FundRow, Kind
from jxreport.model.values import Sourced
from jxreport.read.content import Deviation, Payments
from jxreport.read.layouts import fold


def add_schedule(
    forms: list[Form], payments: Sequence[Payments], deviations: Sequence[Deviation], findings: list[Finding]
) -> tuple[Form, ...]:
    """The project forms with payments, causes and budgets of A3; rows of unknown projects are told."""
    rows = _rows_of(forms, payments, findings)
    used: set[int] = set()
    done = []
    for form in forms:
        row = rows.get(id(form))
        own = [d for d in deviations if _is_about(form, row, d)] if form.kind is Kind.PROJECT else []
        used.update(id(d) for d in own)
        done.append(_with_payments(form, row, own, findings) if row is not None or own else form)
    for deviation in deviations:
        if id(deviation) not in used:
            findings.append(warning("JX315", deviation.source, project=deviation.project or deviation.code))
    return tuple(done)


def _rows_of(forms: list[Form], payments: Sequence[Payments], findings: list[Finding]) -> dict[int, Payments]:
    """The row of payments of each project form (by id): by code, then by a name that fits one form only."""
    projects = [form for form in forms if form.kind is Kind.PROJECT]
    found: dict[int, Payments] = {}
    left: list[Payments] = []
    for row in payments:
        form = next((f for f in projects if id(f) not in found and is_project(f, row.code, row.project)), None)
        if form is None:
            left.append(row)
        else:
            found[id(form)] = row
    for row in left:
        named = [f for f in projects if fold(f.name) == fold(row.project)]
        if len(named) == 1 and id(named[0]) not in found:
            found[id(named[0])] = row
            facts: dict[str, Any] = {"project": row.project, "here": row.code, "there": named[0].code}
            findings.append(warning("JX348", row.source, **facts))
        elif any(amount.text for _, _, amount in row.paid):
            findings.append(warning("JX310", row.source, project=row.project or row.code))
    return found


def is_project(form: Form, code: str, project: str) -> bool:
    """Is this the project's form: by code, where both have one, else by name."""
    if form.code and code:
        return fold(form.code) == fold(code)
    return fold(form.name) == fold(project)


def _is_about(form: Form, row: Payments | None, deviation: Deviation) -> bool:
    """Is the row of 偏差说明 about this project? A wrong code repeated from the table above counts as there."""
    if is_project(form, deviation.code, deviation.project):
        return True
    return row is not None and fold(row.code) == fold(deviation.code) and fold(row.project) == fold(deviation.project)


def _with_payments(form: Form, row: Payments | None, own: list[Deviation], findings: list[Finding]) -> Form:
    paid = {month: (label, amount) for month, label, amount in row.paid} if row else {}
    months = {checkpoint.month for checkpoint in form.checkpoints}
    checkpoints = [*form.checkpoints]
    for month, (label, _) in paid.items():
        if month not in months:
            checkpoints.append(Checkpoint(label=fold(label).removeprefix("截至"), month=month))
    checkpoints.sort(key=lambda c: c.month)
    causes = {deviation.month: deviation for deviation in own}
    for deviation in own:
        if deviation.month not in {c.month for c in checkpoints}:
            labels = "、".join(c.label for c in checkpoints) or "（没有支出计划）"
            facts: dict[str, Any] = {"text": deviation.label, "project": form.name, "labels": labels}
            findings.append(error("JX319", deviation.source, **facts))
    done = tuple(_filled(checkpoint, paid, causes) for checkpoint in checkpoints)
    return replace(form, checkpoints=done, budget=_budget(form, row, findings) if row else form.budget)


def _filled(
    checkpoint: Checkpoint, paid: dict[int, tuple[str, Sourced[Decimal]]], causes: dict[int, Deviation]
) -> Checkpoint:
    amount = paid[checkpoint.month][1] if checkpoint.month in paid else None
    why = causes.get(checkpoint.month)
    return replace(
        checkpoint,
        paid=amount,
        cause=why.cause if why else None,
        explanation=why.explanation if why else None,
        measure=why.measure if why else None,
    )


def _budget(form: Form, row: Payments, findings: list[Finding]) -> Budget | None:
    """The form's own money block, completed with the initial budget of A3; else A3's budgets alone."""
    if form.budget is None or form.budget.total is None:
        if row.adjusted is None or row.adjusted.value is None:
            return form.budget
        fund = FundRow(label="预算数", initial=row.initial, adjusted=row.adjusted, is_total=True, source=row.source)
        _tell_source(form, row.adjusted, findings)
        budget = form.budget or Budget(source=row.source)
        return replace(budget, rows=(fund, *budget.rows))
    total = form.budget.total
    stated, listed = _given(total.adjusted), _given(row.adjusted)
    if listed and listed.value is not None and stated is None:
        _tell_source(form, listed, findings)
    elif listed and stated and stated.value is not None and listed.value not in (None, stated.value):
        facts: dict[str, Any] = {"project": form.name, "here": listed.text, "there": stated.text}
        findings.append(warning("JX312", listed.source, **facts))
    fixed = replace(
        total,
        initial=_given(total.initial) or _given(row.initial) or total.initial,
        adjusted=stated or listed or total.adjusted,
    )
    return replace(form.budget, rows=tuple(fixed if r is total else r for r in form.budget.rows))


def _given(amount: Sourced[Decimal] | None) -> Sourced[Decimal] | None:
    return amount if amount is not None and not amount.is_blank else None


def _tell_source(form: Form, adjusted: Sourced[Decimal], findings: list[Finding]) -> None:
    """A form without any actuals is told as such; that its budget comes from elsewhere matters to nobody."""
    if not form.is_handed_in:
        return
    findings.append(note("JX314", adjusted.source, form=form.name, amount=adjusted.text))
