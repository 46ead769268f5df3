"""Targets with their actuals: by unit and year, else by project code and indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jxreport.finding import Finding, error, warning
from jxreport.model.submission import Form, SourceFile, Submission
from jxreport.read.content import Deviation, Payments, WorkbookContent
from jxreport.read.duplicates import (
    unique_choices,
    unique_deviations,
    unique_forms,
    unique_outlooks,
    unique_payments,
    unique_texts,
)
from jxreport.read.joining import join_forms
from jxreport.read.layouts import fold
from jxreport.read.owners import by_owner
from jxreport.read.schedule import add_schedule
from jxreport.read.watching import add_outlooks


def pair(contents: Sequence[WorkbookContent]) -> tuple[tuple[Submission, ...], tuple[Finding, ...]]:
    """One submission per unit and year, in the order of the workbooks; findings of reading included."""
    findings: list[Finding] = [f for content in contents for f in content.findings]
    submissions = []
    for group in _groups([part for content in contents for part in by_owner(content)], findings):
        submissions.append(_submission(group, findings))
    return tuple(s for s in submissions if s.forms or s.narrative), tuple(findings)


def _key(content: WorkbookContent) -> tuple[str, int | None]:
    return fold(content.unit), content.year


def _groups(contents: Sequence[WorkbookContent], findings: list[Finding]) -> list[list[WorkbookContent]]:
    """Workbooks of the same unit and year; a leftover without partner joins by project code and indicators."""
    groups: list[list[WorkbookContent]] = []
    for content in contents:
        if content.is_empty and not content.narrative and not content.readings:
            continue
        home = next((g for g in groups if content.unit and _key(g[0]) == _key(content)), None)
        if home is None:
            groups.append([content])
        else:
            home.append(content)
    return _join_leftovers(groups, findings)


def _told_apart(home: list[WorkbookContent], guests: list[WorkbookContent], findings: list[Finding]) -> None:
    """Workbooks of two unit names are joined by their projects: perhaps one file of another unit."""
    host = next((c for c in home if c.unit), None)
    for guest in guests:
        if host and guest.unit and fold(guest.unit) != fold(host.unit):
            findings.append(
                warning(
                    "JX130", guest.unit_source, waiting=True,
                    here=guest.unit, there=host.unit, place=str(host.unit_source),
                )
            )


def _join_leftovers(groups: list[list[WorkbookContent]], findings: list[Finding]) -> list[list[WorkbookContent]]:
    """Groups with targets only and groups with actuals only are matched by what their forms are about."""
    lonely = [g for g in groups if not any(c.targets or c.complete for c in g)]
    kept = [g for g in groups if g not in lonely]
    for group in lonely:
        if not any(c.actuals for c in group):
            _join_rows(kept, group, findings)
            continue
        fits = [g for g in kept if not any(c.actuals for c in g) and _same_projects(g, group)]
        if len(fits) == 1:
            _told_apart(fits[0], group, findings)
            fits[0].extend(group)
        else:
            kept.append(group)
    return kept


def _join_rows(
    kept: list[list[WorkbookContent]], group: list[WorkbookContent], findings: list[Finding]
) -> None:
    """Workbooks with rows of projects only (资金支出进度表) go where these projects are; else that is told."""
    rows: list[Payments | Deviation] = [row for c in group for row in c.payments]
    rows += [row for c in group for row in c.deviations]
    years = {c.year for c in group if c.year}
    fits = [
        home
        for home in kept
        if len(years | {c.year for c in home if c.year}) <= 1
        and any(_is_row_of(row, form) for row in rows for c in home for form in (*c.targets, *c.complete))
    ]
    if len(fits) == 1:
        _told_apart(fits[0], group, findings)
        fits[0].extend(group)
        return
    kept.append(group)
    if rows:
        names = "、".join(dict.fromkeys(row.project or row.code for row in rows))
        findings.append(warning("JX135", rows[0].source, waiting=True, projects=names))


def _is_row_of(row: Payments | Deviation, form: Form) -> bool:
    if row.code and form.code:
        return fold(row.code) == fold(form.code)
    return bool(row.project) and fold(row.project) == fold(form.name)


def _same_projects(targets: list[WorkbookContent], actuals: list[WorkbookContent]) -> bool:
    wanted = [form for c in targets for form in c.targets]
    given = [form for c in actuals for form in c.actuals]
    years = {c.year for c in (*targets, *actuals) if c.year}
    return len(years) <= 1 and any(_is_partner(t, a) for t in wanted for a in given)


def _names(form: Form) -> set[str]:
    return {fold(indicator.name) for indicator in form.indicators}


def _is_partner(target: Form, actual: Form) -> bool:
    """The same project: by code, else by name, else by most of the indicator names."""
    if (target.form == "T1") != (actual.form == "A1"):
        return False
    if target.code and actual.code:
        return fold(target.code) == fold(actual.code)
    if target.form == "T2" and fold(target.name) == fold(actual.name):
        return True
    shared, names = _names(target) & _names(actual), _names(target)
    return bool(names) and len(shared) * 2 > len(names)


def _submission(group: list[WorkbookContent], findings: list[Finding]) -> Submission:
    targets = unique_forms([form for c in group for form in c.targets], findings)
    actuals = unique_forms([form for c in group for form in c.actuals], findings)
    forms = [_joined(target, _take_partner(target, actuals), findings) for target in targets]
    forms.extend(unique_forms([form for c in group for form in c.complete], findings))
    for actual in actuals:
        forms.extend(_without_target(actual, findings))
    payments = unique_payments([p for c in group for p in c.payments], findings)
    deviations = unique_deviations([d for c in group for d in c.deviations], findings)
    outlooks = unique_outlooks([row for c in group for row in c.outlooks], findings)
    return Submission(
        unit=next((c.unit for c in group if c.unit), ""),
        year=next((c.year for c in group if c.year), None),
        forms=add_outlooks(add_schedule(forms, payments, deviations, findings), outlooks, findings),
        sources=tuple(SourceFile(file=c.name, sha256=c.sha256) for c in group),
        narrative=unique_texts([c.narrative for c in group]),
        readings=tuple(unique_choices([r for c in group for r in c.readings], findings)),
        sample=any(c.sample for c in group),
    )


def _take_partner(target: Form, actuals: list[Form]) -> Form | None:
    """The actuals form that belongs to this target form; it is taken off the list."""
    if target.form == "T1":
        partner = next((form for form in actuals if form.form == "A1"), None)
    else:
        partner = next((form for form in actuals if form.form == "A2" and _is_partner(target, form)), None)
    if partner is not None:
        actuals.remove(partner)
    return partner


def _joined(target: Form, partner: Form | None, findings: list[Finding]) -> Form:
    if partner is None:
        findings.append(error("JX300", target.source, form=target.name, blank="A1" if target.form == "T1" else "A2"))
        return target
    return join_forms(target, partner, findings)


def _without_target(actual: Form, findings: list[Finding]) -> list[Form]:
    """An A2 says its own targets and can stand alone, unchecked; an A1 cannot."""
    if actual.form == "A2":
        findings.append(warning("JX308", actual.source, form=actual.name))
        return [replace(actual, form="M1")]
    findings.append(error("JX301", actual.source, form=actual.name))
    return []
