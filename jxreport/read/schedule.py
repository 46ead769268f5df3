"""Payments of A3 joined to the plan of each project, with causes and measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from jxreport.finding import Finding, warning
from jxreport.model.submission import Budget, Checkpoint, Form, FundRow, Kind
from jxreport.model.values import Sourced
from jxreport.read.content import Deviation, Payments
from jxreport.read.layouts import fold


def add_schedule(
    forms: list[Form], payments: Sequence[Payments], deviations: Sequence[Deviation], findings: list[Finding]
) -> tuple[Form, ...]:
    """The project forms with payments, causes and budgets of A3; rows of unknown projects are told."""
    used: set[int] = set()
    done = []
    for form in forms:
        row = None
        if form.kind is Kind.PROJECT:
            row = next((p for i, p in enumerate(payments) if i not in used and _same(form, p.code, p.project)), None)
        if row is not None:
            used.add(next(i for i, p in enumerate(payments) if p is row))
            own = [d for d in deviations if _same(form, d.code, d.project)]
            form = _with_payments(form, row, own, findings)
        done.append(form)
    for i, row in enumerate(payments):
        if i not in used and any(amount.text for _, _, amount in row.paid):
            findings.append(warning("JX310", row.source, project=row.project or row.code))
    return tuple(done)


def _same(form: Form, code: str, project: str) -> bool:
    if form.code and code:
        return fold(form.code) == fold(code)
    return fold(form.name) == fold(project)


def _with_payments(form: Form, row: Payments, own: list[Deviation], findings: list[Finding]) -> Form:
    paid = {month: (label, amount) for month, label, amount in row.paid}
    causes = {deviation.month: deviation for deviation in own}
    months = {checkpoint.month for checkpoint in form.checkpoints}
    checkpoints = [*form.checkpoints]
    for month, (label, _) in paid.items():
        if month not in months:
            checkpoints.append(Checkpoint(label=fold(label).removeprefix("截至"), month=month))
    done = tuple(_filled(checkpoint, paid, causes) for checkpoint in sorted(checkpoints, key=lambda c: c.month))
    return replace(form, checkpoints=done, budget=_budget(form, row, findings))


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
        budget = form.budget or Budget(source=row.source)
        return replace(budget, rows=(fund, *budget.rows))
    total = form.budget.total
    stated = total.adjusted.value if total.adjusted else None
    if row.adjusted and row.adjusted.value is not None and stated is not None and row.adjusted.value != stated:
        findings.append(
            warning("JX312", row.adjusted.source, project=form.name, here=row.adjusted.text, there=total.adjusted.text)  # type: ignore[union-attr]
        )
    fixed = replace(
        total,
        initial=total.initial or (row.initial if row.initial and row.initial.value is not None else None),
        adjusted=total.adjusted or row.adjusted,
    )
    return replace(form.budget, rows=tuple(fixed if r is total else r for r in form.budget.rows))
