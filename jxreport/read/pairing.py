"""Targets with their actuals: by unit and year, else by project code and indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jxreport.finding import Finding, Source, error, warning
from jxreport.model.submission import Form, Kind, SourceFile, Submission
from jxreport.read.content import WorkbookContent
from jxreport.read.joining import join_forms
from jxreport.read.layouts import fold
from jxreport.read.owners import by_owner
from jxreport.read.schedule import add_schedule


def pair(contents: Sequence[WorkbookContent]) -> tuple[tuple[Submission, ...], tuple[Finding, ...]]:
    """One submission per unit and year, in the order of the workbooks; findings of reading included."""
    findings: list[Finding] = [f for content in contents for f in content.findings]
    submissions = []
    for group in _groups([part for content in contents for part in by_owner(content)]):
        submissions.append(_submission(group, findings))
    return tuple(s for s in submissions if s.forms or s.narrative), tuple(findings)


def _key(content: WorkbookContent) -> tuple[str, int | None]:
    return fold(content.unit), content.year


def _groups(contents: Sequence[WorkbookContent]) -> list[list[WorkbookContent]]:
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
    return _join_leftovers(groups)


def _join_leftovers(groups: list[list[WorkbookContent]]) -> list[list[WorkbookContent]]:
    """Groups with targets only and groups with actuals only are matched by what their forms are about."""
    lonely = [g for g in groups if not any(c.targets or c.complete for c in g)]
    kept = [g for g in groups if g not in lonely]
    for group in lonely:
        fits = [g for g in kept if not any(c.actuals for c in g) and _same_projects(g, group)]
        if len(fits) == 1:
            fits[0].extend(group)
        else:
            kept.append(group)
    return kept


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
    actuals = [form for content in group for form in content.actuals]
    forms: list[Form] = []
    for content in group:
        for target in content.targets:
            partner = _take_partner(target, actuals)
            forms.append(_joined(target, partner, findings))
        forms.extend(content.complete)
    for actual in actuals:
        forms.extend(_without_target(actual, findings))
    payments = [p for c in group for p in c.payments]
    deviations = [d for c in group for d in c.deviations]
    first = group[0]
    return Submission(
        unit=next((c.unit for c in group if c.unit), ""),
        year=next((c.year for c in group if c.year), None),
        forms=add_schedule(_unique(forms, findings), payments, deviations, findings),
        sources=tuple(SourceFile(file=c.name, sha256=c.sha256) for c in group),
        narrative=tuple(block for c in group for block in c.narrative),
        readings=tuple(r for c in group for r in c.readings),
        sample=any(c.sample for c in group) or first.sample,
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
    """An A2 says its own targets and can stand alone; an A1 cannot."""
    if actual.form == "A2":
        return [replace(actual, form="M1")]
    findings.append(error("JX301", actual.source, form=actual.name))
    return []


def _unique(forms: list[Form], findings: list[Finding]) -> list[Form]:
    """A form handed in twice is kept once, and told."""
    seen: dict[tuple[str, ...], Form] = {}
    kept = []
    for form in forms:
        key = (form.kind.value, fold(form.code) or fold(form.name), *sorted(_names(form)))
        if form.kind is Kind.DEPARTMENT:
            key = (form.kind.value, form.form[:1], *sorted(_names(form)))
        if key in seen:
            other = seen[key].source
            findings.append(warning("JX123", form.source, form=form.name, other=str(Source(other.file, other.sheet))))
            continue
        seen[key] = form
        kept.append(form)
    return kept
