"""Many units, or many years, in one workbook: one content for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jxreport.finding import note
from jxreport.model.submission import Form
from jxreport.read.content import Deviation, OutlookRow, Payments, WorkbookContent
from jxreport.read.layouts import fold

Owner = tuple[str, int | None]


def by_owner(content: WorkbookContent) -> list[WorkbookContent]:
    """The content split by unit and year of its forms; the content itself where there is only one."""
    distinct = list(dict.fromkeys((fold(unit), year) for unit, year in content.owners))
    if len(distinct) < 2:
        return [content]
    return [_part(content, owner, first=owner == distinct[0]) for owner in distinct]


def officially_named(content: WorkbookContent, names: Sequence[tuple[str, str]]) -> WorkbookContent:
    """The content under its unit's official name where `names` (as written, official) has one; JX139 says so."""
    official = {fold(written): name for written, name in names}
    if not official:
        return content
    name = official.get(fold(content.unit), content.unit)
    told = () if name == content.unit else (note("JX139", content.unit_source, written=content.unit, name=name),)
    return replace(
        content,
        unit=name,
        owners=tuple((official.get(fold(unit), unit), year) for unit, year in content.owners),
        findings=(*content.findings, *told),
    )


def _part(content: WorkbookContent, owner: Owner, *, first: bool) -> WorkbookContent:
    owners = [(fold(unit), year) for unit, year in content.owners]
    targets, actuals = len(content.targets), len(content.actuals)
    mine = _Mine(owners, owner)
    part = replace(
        content,
        unit=next(unit for unit, year in content.owners if (fold(unit), year) == owner),
        year=owner[1],
        owners=tuple(o for o in content.owners if (fold(o[0]), o[1]) == owner),
        targets=mine.of(content.targets, 0),
        actuals=mine.of(content.actuals, targets),
        complete=mine.of(content.complete, targets + actuals),
        narrative=content.narrative if first else (),
    )
    forms = (*part.targets, *part.actuals, *part.complete)
    others = (*content.targets, *content.actuals, *content.complete)
    return replace(
        part,
        payments=tuple(row for row in content.payments if _is_of(row, forms) or (first and not _is_of(row, others))),
        deviations=tuple(
            row for row in content.deviations if _is_of(row, forms) or (first and not _is_of(row, others))
        ),
        outlooks=tuple(row for row in content.outlooks if _is_of(row, forms) or (first and not _is_of(row, others))),
    )


class _Mine:
    """Picks the forms of one owner out of a stretch of the owners' list."""

    def __init__(self, owners: Sequence[Owner], owner: Owner) -> None:
        self.owners, self.owner = owners, owner

    def of(self, forms: tuple[Form, ...], start: int) -> tuple[Form, ...]:
        return tuple(form for i, form in enumerate(forms, start) if self.owners[i] == self.owner)


def _is_of(row: Payments | Deviation | OutlookRow, forms: Sequence[Form]) -> bool:
    return any(
        fold(form.code) == fold(row.code) if form.code and row.code else fold(form.name) == fold(row.project)
        for form in forms
    )
