"""One workbook's grids to WorkbookContent: every sheet read by what it shows."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace

from jxreport.finding import Finding, Source, error, note, warning
from jxreport.model.submission import Form, Indicator, ReadingChoice, TextBlock
from jxreport.model.values import Sourced
from jxreport.read.agreement import disagreements
from jxreport.read.content import Deviation, OutlookRow, Payments, WorkbookContent
from jxreport.read.execution import drop_table_total, lift_execution
from jxreport.read.flat import named, split_list
from jxreport.read.forms import Context, annex_answers, form_code, read_form
from jxreport.read.grid import Grid
from jxreport.read.head import Head, bare_unit, read_head, year_in
from jxreport.read.layouts import Layouts, fold, label_key
from jxreport.read.narrative import is_text_part, read_narrative
from jxreport.read.outlooks import read_outlooks
from jxreport.read.payments import read_deviations, read_payments
from jxreport.read.readings import read_choices
from jxreport.read.sections import Section, cut


@dataclass(slots=True)
class _Gathering:
    """Parts of the workbook while its sheets are read."""

    targets: list[Form] = field(default_factory=list)
    actuals: list[Form] = field(default_factory=list)
    complete: list[Form] = field(default_factory=list)
    declared: list[Form] = field(default_factory=list)
    payments: list[Payments] = field(default_factory=list)
    deviations: list[Deviation] = field(default_factory=list)
    empty: list[tuple[Form, Context]] = field(default_factory=list)  # forms without a single indicator
    outlooks: list[OutlookRow] = field(default_factory=list)
    readings: list[ReadingChoice] = field(default_factory=list)
    narrative: list[TextBlock] = field(default_factory=list)
    heads: list[tuple[str, Head]] = field(default_factory=list)
    owner: str = ""  # the unit named last by a department's form
    owners: dict[Source, tuple[str, int | None]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_workbook_grids(name: str, data: bytes, grids: tuple[Grid, ...], layouts: Layouts) -> WorkbookContent:
    """Everything the visible sheets hold; a sheet that is no table and no text is passed over."""
    parts = _Gathering()
    for grid in grids:
        if grid.hidden:
            if grid.rows:
                parts.findings.append(note("JX112", Source(name, grid.sheet)))
            continue
        _read_sheet(grid, layouts, parts)
    _settle_empty(parts)
    forms = _declarations(parts)
    named, year = _unit(parts), _year(parts, name)
    unit = bare_unit(named.text) if named else ""
    filed = (*parts.targets, *parts.actuals, *forms)
    owners = (parts.owners.get(form.source, ("", None)) for form in filed)
    return WorkbookContent(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        unit=unit,
        unit_source=named.source if named else Source(name),
        year=year,
        owners=tuple((owner or unit, when or year) for owner, when in owners),
        targets=tuple(parts.targets),
        actuals=tuple(parts.actuals),
        complete=tuple(forms),
        payments=tuple(parts.payments),
        deviations=tuple(parts.deviations),
        outlooks=tuple(parts.outlooks),
        readings=tuple(parts.readings),
        narrative=tuple(parts.narrative),
        sample=any(_is_sample(grid, layouts) for grid in grids if not grid.hidden),
        findings=(*parts.findings, *_summary(name, parts)),
    )


def _read_sheet(grid: Grid, layouts: Layouts, parts: _Gathering) -> None:
    sections = cut(grid, layouts)
    if not any(section.blocks for section in sections):
        if is_text_part(grid, layouts):
            parts.narrative.extend(read_narrative(grid, layouts))
            parts.heads.append(("narrative", _text_head(grid)))
            return
        _unclear(sections[0], parts)
        if _is_instructions(grid, layouts):
            parts.heads.append(("notes", read_head(sections[0], layouts)))
        elif not sections[0].unclear and _looks_tabular(grid):
            parts.findings.append(warning("JX115", Source(grid.file, grid.sheet), sheet=grid.sheet))
        return
    _cell_findings(grid, parts)
    for section in sections:
        _read_section(section, layouts, parts)


def _text_head(grid: Grid) -> Head:
    head = Head()
    if grid.filled(1):
        column = grid.filled(1)[0]
        head.year, head.year_source = year_in(grid.text(1, column)), grid.source(1, column)
    return head


def _is_instructions(grid: Grid, layouts: Layouts) -> bool:
    first = next((grid.text(row, grid.filled(row)[0]) for row in range(1, grid.rows + 1) if grid.filled(row)), "")
    return label_key(first) in layouts.words["instructions"]


def _looks_tabular(grid: Grid) -> bool:
    """Five rows with at least four filled cells: a table, whatever its words."""
    return sum(len(grid.filled(row)) >= 4 for row in range(1, grid.rows + 1)) >= 5


def _unclear(section: Section, parts: _Gathering) -> None:
    """Rows of heading words outside every table that was read."""
    read = {row for block in section.blocks for row in block.rows}
    for odd in section.unclear:
        if odd.row in read:
            continue
        source = section.grid.source(odd.row, section.grid.filled(odd.row)[0])
        seen, missing = "、".join(odd.seen), "、".join(odd.missing) or "（无）"
        parts.findings.append(error("JX111", source, sheet=section.grid.sheet, seen=seen, missing=missing))


def _read_section(section: Section, layouts: Layouts, parts: _Gathering) -> None:
    head = read_head(section, layouts)
    context = Context(section, head, layouts)
    for block in section.of("payments"):
        parts.payments.extend(read_payments(section, block, head.money_unit, context.findings))
    for block in section.of("deviations"):
        parts.deviations.extend(read_deviations(section, block, context.findings))
    for block in section.of("outlooks"):
        parts.outlooks.extend(read_outlooks(section, block, head.year, layouts, context.findings))
    for block in section.of("readings"):
        parts.readings.extend(read_choices(section, block))
    code = form_code(context)
    if code and (of_list := split_list(section))[0][1]:
        for part, fields in of_list:
            _read_of_list(part, fields, context, parts)
    elif code and _is_example(head, layouts):
        parts.findings.append(note("JX134", context.source, sheet=section.grid.sheet))
        return
    elif code:
        form = lift_execution(read_form(context, code), layouts)
        form = drop_table_total(form, context.findings)
        if not form.indicators and not _has_amounts(form):
            parts.empty.append((form, context))
            return
        _file(form, context, parts)
    elif section.of("money"):
        parts.findings.append(warning("JX115", context.source, sheet=section.grid.sheet))
    _unclear(section, parts)
    parts.heads.append((code, head))
    parts.findings.extend(sorted(context.findings, key=_row))


def _read_of_list(part: Section, fields: dict[str, Sourced[str]], context: Context, parts: _Gathering) -> None:
    """One project out of a long list; its form stands where its first row stands."""
    own = Context(part, named(read_head(part, context.layouts), fields), context.layouts)
    form = read_form(own, form_code(own))
    first = next((ind.source for ind in form.indicators), own.source)
    _file(replace(form, source=first), own, parts)
    context.findings.extend(own.findings)
    parts.heads.append((form.form, own.head))


def _has_amounts(form: Form) -> bool:
    rows = form.budget.rows if form.budget else ()
    return any(cell and cell.value is not None for row in rows for cell in (row.initial, row.adjusted, row.executed))


def _settle_empty(parts: _Gathering) -> None:
    """A table without a row is a left-over sheet beside filled ones; alone it is the form, and wrong."""
    filled = parts.targets or parts.actuals or parts.complete or parts.declared or parts.payments
    for form, context in parts.empty:
        if filled:
            parts.findings.append(note("JX133", form.source, sheet=form.sheet))
            continue
        _file(form, context, parts)
        parts.heads.append((form.form, context.head))
        parts.findings.extend(context.findings)


def _is_example(head: Head, layouts: Layouts) -> bool:
    """Does the form say that it only shows how to fill it in?"""
    words = tuple(layouts.words["example"])
    return any(label_key(re.sub(r"[()（）\[\]【】]", "", text)).startswith(words) for text in (head.text("project"), *head.titles))


def _row(found: Finding) -> int:
    digits = "".join(c for c in found.source.cell if c.isdigit())
    return int(digits) if digits else 0


def _owner(form: Form, head: Head, parts: _Gathering) -> str:
    """Whose form it is. Project forms beside a department's form are the department's."""
    if form.form in ("T1", "A1", "M2") and head.unit:
        parts.owner = head.unit
    if parts.owner or form.form in ("T2", "A2"):
        return parts.owner
    return head.unit


def _file(form: Form, context: Context, parts: _Gathering) -> None:
    parts.owners[form.source] = (_owner(form, context.head, parts), context.head.year)
    if form.form in ("T1", "T2"):
        parts.targets.append(form)
    elif form.form in ("A1", "A2"):
        extra = annex_answers(context, form)
        parts.actuals.append(replace(form, indicators=_with_annex(form.indicators, extra)) if extra else form)
    elif form.form == "D":
        parts.declared.append(form)
    else:
        parts.complete.append(form)


def _with_annex(rows: tuple[Indicator, ...], extra: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Answers of the annex go to the row with the same ordinal, verified by its name."""
    by_ordinal = {ind.ordinal: ind for ind in extra}
    joined = []
    for row in rows:
        more = by_ordinal.get(row.ordinal)
        if more is None or fold(more.name) != fold(row.name):
            more = next((ind for ind in extra if fold(ind.name) == fold(row.name)), None)
        joined.append(
            replace(row, answers=(*row.answers, *more.answers), evidence=row.evidence or more.evidence,
                    not_applicable=row.not_applicable or more.not_applicable)
            if more
            else row
        )
    return tuple(joined)


def _declarations(parts: _Gathering) -> list[Form]:
    """A declaration of targets beside a self-evaluation repeats it and is left out; alone it is a form.

    Of several declarations of one project the one with points is taken.
    """
    if parts.complete or parts.actuals:
        for form in parts.declared:
            parts.findings.append(note("JX117", form.source, sheet=form.sheet))
        return parts.complete
    best: dict[str, Form] = {}
    for form in parts.declared:
        known = best.get(fold(form.name))
        if known is None or _weighted(form) > _weighted(known):
            best[fold(form.name)] = form
    for form in best.values():
        parts.findings.append(warning("JX210", form.source, form=form.name))
    return [replace(form, form="M1") for form in best.values()]


def _weighted(form: Form) -> int:
    return sum(ind.weight is not None for ind in form.indicators)


def _cell_findings(grid: Grid, parts: _Gathering) -> None:
    """Error cells, formulas without a result, hidden rows that hold something."""
    computed = [(row, column) for row, column, cell in grid.all_filled() if cell.computed]
    if computed:
        parts.findings.append(note("JX128", grid.source(*computed[0]), count=len(computed)))
    for row, column, cell in grid.all_filled():
        if cell.error:
            parts.findings.append(error("JX113", grid.source(row, column), word=cell.error))
        elif cell.due:
            parts.findings.append(error("JX132", grid.source(row, column), stored=cell.shown, due=cell.due))
        elif cell.pending:
            parts.findings.append(error("JX114", grid.source(row, column)))
    hidden = sorted(row for row in grid.hidden_rows if not grid.is_blank(row))
    if hidden:
        parts.findings.append(
            warning("JX116", grid.source(hidden[0], 1), rows="、".join(str(row) for row in hidden[:10]), count=len(hidden))
        )


def _unit(parts: _Gathering) -> Sourced[str] | None:
    """The unit: from department forms first, then from any form's head."""
    for wanted in (("T1", "A1", "M2"), None):
        for code, head in parts.heads:
            if (wanted is None or code in wanted) and head.unit:
                return head.named
    return None


def _year(parts: _Gathering, name: str) -> int | None:
    for code, head in parts.heads:
        if code and head.year:
            return head.year
    return next((head.year for _, head in parts.heads if head.year), None) or year_in(name)


def _is_sample(grid: Grid, layouts: Layouts) -> bool:
    words = tuple(layouts.words["sample"])
    return any(
        fold(cell.shown).startswith(words) for row, _, cell in grid.all_filled() if row <= 10 and len(cell.shown) < 80
    )


def _summary(name: str, parts: _Gathering) -> list[Finding]:
    """What the workbook as a whole lacks: any table at all, its unit, its year."""
    source = Source(name)
    found: list[Finding] = []
    anything = parts.targets or parts.actuals or parts.complete or parts.declared or parts.payments or parts.outlooks
    if not anything and not any(f.code == "JX111" for f in parts.findings):
        return [error("JX121", source)]
    found.extend(disagreements(parts.heads))
    if anything and not _unit(parts):
        found.append(warning("JX122", source))
    if anything and _year(parts, name) is None:
        found.append(warning("JX118", source))
    return found
