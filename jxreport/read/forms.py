"""Sections to forms: which form a section is, and its parts put together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from jxreport.finding import Finding, Source, error, note
from jxreport.model.submission import Budget, Form, Goal, Indicator, Kind
from jxreport.model.values import Sourced
from jxreport.number import HUNDRED, ZERO, parse_number
from jxreport.read.answers import answered_indicators, read_facts
from jxreport.read.areas import tell_areas
from jxreport.read.goals import block_goals, listed_goals
from jxreport.read.head import Head, bare_unit
from jxreport.read.indicators import is_sentence, points_row, self_row, target_row
from jxreport.read.layouts import Layouts, fold, label_key
from jxreport.read.money import budget_in_head, read_budget, tell_unread_money
from jxreport.read.plan import read_plan
from jxreport.read.row import Row
from jxreport.read.rows import IndicatorRow, indicator_rows
from jxreport.read.sections import Block, Section, is_word
from jxreport.read.tiers import tell_tiers
from jxreport.read.values import read_number
from jxreport.read.weights import drop_shared, fill_weights, mark_parts, points_in


@dataclass(slots=True)
class Context:
    """What is known while one section is read; `findings` collects as it goes."""

    section: Section
    head: Head
    layouts: Layouts
    findings: list[Finding] = field(default_factory=list)

    @property
    def source(self) -> Source:
        grid = self.section.grid
        first = self.section.blocks[0].header if self.section.blocks else None
        return grid.source(first.top, first.columns[0].left) if first else Source(grid.file, grid.sheet)

    @property
    def title(self) -> str:
        return fold("".join(self.head.titles))

    def titled(self, group: str) -> bool:
        return any(word in self.title for word in self.layouts.words[group])


def _family(section: Section) -> str:
    blocks = section.of("indicators")
    return blocks[0].header.family.form if blocks else ""


def form_code(context: Context) -> str:
    """T1, T2, A1, A2, D (targets only), M1, M2, M3, or "" for a section without indicators."""
    section = context.section
    code = _family(section)
    if code == "T":
        return _target_form(context)
    if code == "M":
        if context.titled("monitoring"):
            return "M3"
        return "M2" if _is_department(context) else "M1"
    if (
        code == "A2"
        and not context.head.text("code")
        and not section.of("goals")
        and context.titled("monitoring")
    ):
        return "M3"
    return code


def _is_department(context: Context) -> bool:
    """A department's form: its title says so, or its head names a unit and no project."""
    if context.head.text("project"):
        return False
    return context.titled("department") or bool(context.head.text("unit"))


def _target_form(context: Context) -> str:
    """T1 and T2 have the same columns: project lines and title decide, else the shape of the values."""
    head = context.head
    if head.text("code") or head.text("project"):
        return "T2"
    if context.titled("department"):
        return "T1"
    rows = [found.row for found in _rows(context)]
    values = [read_number(row.cell("value")) for row in rows]
    total = sum((value for value in values if value is not None), ZERO)
    sentences = sum(is_sentence(row.cell("unit").shown) for row in rows)
    return "T1" if total == HUNDRED and sentences * 2 > len(rows) else "T2"


def _rows(context: Context) -> list[IndicatorRow]:
    blocks = [b for b in context.section.of("indicators") if b.header.family.form != "A1"]
    return list(indicator_rows(context.section, blocks, context.layouts))


def _targets(context: Context, code: str) -> tuple[Indicator, ...]:
    year, rows = context.head.year, _rows(context)
    if code == "T1":
        return tuple(points_row(row, ordinal, context.findings) for ordinal, row in enumerate(rows, 1))
    found = tuple(
        target_row(row, ordinal, year, context.layouts, context.findings) for ordinal, row in enumerate(rows, 1)
    )
    tell_tiers([row.row for row in rows], found, context.findings)
    tell_areas([row.row for row in rows], found, context.findings)
    return found


def _self_rows(context: Context) -> tuple[Indicator, ...]:
    year, rows = context.head.year, _rows(context)
    indicators = tuple(
        self_row(row, ordinal, year, context.layouts, context.findings) for ordinal, row in enumerate(rows, 1)
    )
    _tell_adjusted(rows, context)
    indicators = drop_shared(rows, indicators, context.findings)
    tell_tiers([row.row for row in rows], indicators, context.findings)
    tell_areas([row.row for row in rows], indicators, context.findings)
    points: list[tuple[Decimal, list[int]]] = []
    for block in context.section.of("indicators"):
        ordinals = [number for number, row in enumerate(rows, 1) if row.row.header is block.header]
        given = _points_above(context, block)
        if given is not None:
            points.append((given, ordinals))
        elif points:  # the header printed again after a page break
            points[-1][1].extend(ordinals)
    return fill_weights(mark_parts(indicators, context.layouts), points, context.findings, context.source)


def _tell_adjusted(rows: list[IndicatorRow], context: Context) -> None:
    """Targets that were changed in the year stand in a column of their own and hold."""
    changed = [found for found in rows if found.row.cell("adjusted_target").shown]
    if changed:
        names, source = "、".join(found.name for found in changed), changed[0].row.source("adjusted_target")
        context.findings.append(note("JX247", source, count=len(changed), names=names))


def _points_above(context: Context, block: Block) -> Decimal | None:
    """Points printed in a line above a block of indicators: 年度绩效目标1（80分）."""
    grid = context.section.grid
    for row in range(block.header.top - 1, max(0, block.header.top - 4), -1):
        text = grid.text(row, grid.filled(row)[0]) if grid.filled(row) else ""
        points = points_in(text)
        if points is not None and ("目标" in text or "指标" in text):
            return points
    return None


def _answers(context: Context) -> tuple[Indicator, ...]:
    found: list[Indicator] = []
    for block in context.section.of("indicators"):
        if block.header.family.form == "A1":
            found += answered_indicators(context.section, block, context.layouts, context.findings)
    return tuple(found)


def _goals(context: Context) -> tuple[Goal, ...]:
    goals: list[Goal] = []
    for block in context.section.of("goals"):
        goals += block_goals(context.section, block, context.findings)
    return tuple(goals or listed_goals(context.section))


def _budget(context: Context, code: str) -> Budget | None:
    """The money of the form. Of a second money table (use beside source of funds) the total comes along."""
    section, unit = context.section, context.head.money_unit
    found = [
        read_budget(section.grid, block, unit, context.layouts, context.findings, at_year_end=code != "M3")
        for block in section.of("money")
    ]
    if found:
        others = tuple(budget.total for budget in found[1:] if budget.total)
        return replace(found[0], rows=(*found[0].rows, *others))
    budget = budget_in_head(section, unit, context.layouts, context.findings)
    if budget is None and code in ("M1", "M2", "M3", "A2"):
        tell_unread_money(section, context.layouts, context.findings)
    return budget


def _total(context: Context) -> tuple[Sourced[Decimal] | None, Sourced[str] | None]:
    """The printed total and grade: the last row of the block, else the head of the form."""
    for block in context.section.of("indicators"):
        if block.total is not None:
            found = _total_row(context, block)
            if found[0]:
                return found
    text = context.head.fields.get("total")
    number = parse_number(text.text.removesuffix("分")) if text else None
    grade = context.head.fields.get("grade")
    return (
        Sourced(value=number, text=text.text, source=text.source) if text and number is not None else None
    ), grade


def _total_row(context: Context, block: Block) -> tuple[Sourced[Decimal] | None, Sourced[str] | None]:
    grid, row = context.section.grid, Row(context.section.grid, block.header, block.total or 0)
    cell = row.cell("score")
    value = read_number(cell)
    score = Sourced(value=value, text=cell.shown, source=row.source("score")) if value is not None else None
    grades = context.layouts.words["grades"]
    for column in grid.filled(row.number):
        text = grid.text(row.number, column)
        if label_key(text) in grades:
            return score, Sourced(value=text, text=text, source=grid.source(row.number, column))
    return score, None


def _problems(context: Context) -> Sourced[str] | None:
    """The text under the heading 存在问题、原因及下一步整改措施."""
    grid, free = context.section.grid, context.section.free
    for row in free:
        column = grid.filled(row)[0]
        key = label_key(grid.text(row, column).lstrip("一二三四五六七八九十、"))
        if key not in context.layouts.words["problems"]:
            continue
        for below in (row, row + 1):
            for at in grid.filled(below) if below <= grid.rows else []:
                if (below, at) != (row, column) and not is_word(
                    grid.text(below, at), "tail", context.layouts
                ):
                    text = grid.text(below, at)
                    return Sourced(value=text, text=text, source=grid.source(below, at))
    return None


_KINDS = {"T1": Kind.DEPARTMENT, "A1": Kind.DEPARTMENT, "M2": Kind.DEPARTMENT, "M3": Kind.MONITORING}


def read_form(context: Context, code: str) -> Form:
    """The section as a Form; `form` keeps the code of what was read (T1 … M3, D)."""
    head, grid = context.head, context.section.grid
    if code in ("T1", "T2", "D"):
        indicators = _targets(context, code)
    elif code == "A1":
        indicators = _answers(context)
    else:
        indicators = _self_rows(context)
    if not indicators:
        context.findings.append(error("JX200", context.source))
    total, grade = _total(context) if code not in ("T1", "T2", "D") else (None, None)
    facts = tuple(
        fact
        for block in context.section.of("facts")
        for fact in read_facts(context.section, block, context.layouts, context.findings)
    )
    return Form(
        kind=_KINDS.get(code, Kind.PROJECT),
        form=code,
        name=head.text("project") or (head.unit if code in _KINDS else "") or grid.sheet,
        code=head.text("code"),
        sheet=grid.sheet,
        purpose=head.text("purpose"),
        supervisor=bare_unit(head.text("supervisor")),
        implementer=bare_unit(head.text("implementer")),
        budget=_budget(context, code),
        checkpoints=read_plan(context.section, context.findings),
        goals=_goals(context),
        indicators=indicators,
        facts=facts,
        problems=_problems(context),
        contact=head.text("contact"),
        phone=head.text("phone"),
        stated_total=total,
        stated_grade=grade,
        source=context.source,
    )


def annex_answers(context: Context, form: Form) -> tuple[Indicator, ...]:
    """The extra answers printed below an A2 (附：评分所需数据), by ordinal of its rows."""
    return _answers(context) if form.form == "A2" else ()
