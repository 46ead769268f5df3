"""Indicators of one table row each: targets (T1, T2), self-evaluations (M1, M2, A2), monitoring (M3)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from jxreport.finding import Finding, error, note
from jxreport.model.submission import Indicator, WeightOrigin
from jxreport.model.values import Actual, Sourced, Target
from jxreport.read.areas import shared_column, with_areas
from jxreport.read.grid import GridCell
from jxreport.read.layouts import Layouts, fold
from jxreport.read.outlooks import is_chance, of_monitoring_row
from jxreport.read.row import Row
from jxreport.read.rows import IndicatorRow, is_struck_out
from jxreport.read.tiers import single, with_tiers
from jxreport.read.values import Heading, read_actual, read_number, read_target
from jxreport.read.values.direction import About

_SCORING = re.compile(r"\d\s*分|不得分|得满分|计满分|扣完为止|扣\d|不计分|得分")
_GENERAL = re.compile(
    r"比例|完成率|[BbAa][/÷][AaBb]|(?:完成|实际)(?:完成)?值?[/÷](?:年度|年初)?(?:指标|目标|预期|计划)(?:指标|目标)?值?"
)
_NOTHING = frozenset("-—–/\\ 　\n")


def is_general(text: str) -> bool:
    """Does the text only say that points follow the share done (按完成比例赋分, B/A*分值)?

    Such a column repeats the norm; it is no rule of its own for the row.
    """
    body = fold(text).replace("100%", "")
    return bool(_GENERAL.search(body)) and not re.search(r"\d", body)


def is_sentence(text: str) -> bool:
    """Does the text say how points are given (…8分, 不得分, 扣完为止)?"""
    return bool(_SCORING.search(fold(text)))


def number_to_fill(row: Row, role: str, findings: list[Finding]) -> Sourced[Decimal] | None:
    """A number cell that keeps its place while it is empty; None where the table has no such column."""
    if row.header.column(role) is None:
        return None
    return number_in(row, role, findings) or Sourced(text=row.cell(role).shown, source=row.source(role))


def number_in(row: Row, role: str, findings: list[Finding]) -> Sourced[Decimal] | None:
    """A number cell: None where it is empty or a dash; a text in it is a finding, never a number."""
    cell = row.cell(role)
    if not set(cell.shown) - _NOTHING:
        return None
    value = read_number(cell)
    source = row.source(role)
    if value is None and not cell.error:
        column = row.header.column(role)
        findings.append(error("JX303", source, column=column.heading if column else role, text=cell.shown[:40]))
    return Sourced(value=value, text=cell.shown, source=source)


def target_cells(row: Row) -> Heading:
    """The cells that hold the target of a row: one for all, or sign, value and unit apart."""
    shared = single(row)
    if shared is not None:
        return Heading(value=shared.cell)
    column = shared_column(row)
    if column is not None:
        return Heading(value=row.grid.cell(row.number, column))
    split = row.header.column("value") is not None
    role = "value" if split else "target"
    if row.cell("adjusted_target").shown:
        role = "adjusted_target"
    return Heading(
        value=row.cell(role) if split else row.whole(role),
        sign=row.cell("symbol"),
        unit=row.cell("unit"),
        kind=row.cell("kind"),
        split=split,
    )


def _target_source(row: Row) -> str:
    for role in ("adjusted_target", "value", "target"):
        if row.cell(role).shown:
            return role
    return "unit" if row.cell("unit").shown and row.header.column("value") else (
        "value" if row.header.column("value") else "target"
    )


def read_row_target(found: IndicatorRow, year: int | None, layouts: Layouts) -> Target:
    """The target of an indicator row; `year` completes dates without one."""
    row = found.row
    about = About(found.level1, found.level2, found.name)
    return read_target(target_cells(row), about, year, layouts, row.source(_target_source(row)))


def _base(found: IndicatorRow, ordinal: int, target: Target) -> Indicator:
    row = found.row
    return Indicator(
        ordinal=ordinal,
        level1=found.level1,
        level2=found.level2,
        name=found.name,
        target=target,
        description=row.cell("description").shown,
        basis=row.cell("basis").shown,
        source=row.source("name"),
    )


def points_row(found: IndicatorRow, ordinal: int, findings: list[Finding]) -> Indicator:
    """A row of T1: the value behind the sign is the maximum points, the unit cell the scoring sentence."""
    row = found.row
    weight = number_in(row, "value", findings)
    return replace(
        _base(found, ordinal, Target(source=row.source("value"))),
        rule=row.text("unit"),
        weight=weight,
        weight_origin=WeightOrigin.TARGETS if weight else None,
    )


def target_row(
    found: IndicatorRow, ordinal: int, year: int | None, layouts: Layouts, findings: list[Finding]
) -> Indicator:
    """A row of T2 or of a declaration: sign, value, unit; a description, or a sentence in the unit cell."""
    row = found.row
    target = read_row_target(found, year, layouts)
    sentence = row.shown_text("rule") or row.text("unit")
    rule = sentence if sentence and is_sentence(sentence.text) else None
    if target.value is None and not target.date and row.header.column("value"):
        text = row.cell("unit").shown or target.text
        target = replace(target, text=text, unit="", source=row.source("unit"))
    elif rule and row.header.column("value"):
        target = replace(target, unit="")
    weight = number_in(row, "weight", findings) if row.header.column("weight") else None
    made = replace(
        _base(found, ordinal, target),
        rule=rule,
        weight=weight,
        weight_origin=WeightOrigin.TARGETS if weight else None,
    )
    return with_areas(with_tiers(made, row), row)


def self_row(
    found: IndicatorRow, ordinal: int, year: int | None, layouts: Layouts, findings: list[Finding]
) -> Indicator:
    """A row of a self-evaluation: target, actual, points, hand-made score, reason."""
    row = found.row
    target = read_row_target(found, year, layouts)
    if row.header.column("description") and row.header.column("value") and target.value is None:
        target = _described(row, target)
    rule = row.shown_text("rule") or (row.text("unit") if is_sentence(row.cell("unit").shown) else None)
    if rule and is_general(rule.text):
        if not any(known.code == "JX209" for known in findings):
            findings.append(note("JX209", rule.source, sentence=rule.text[:60]))
        rule = None
    weight = number_in(row, "weight", findings)
    made = replace(
        _base(found, ordinal, target),
        rule=rule,
        weight=weight,
        weight_origin=WeightOrigin.ACTUALS if weight else None,
        actual=_actual(row, found.name, target, year, layouts),
        completion=row.cell("completion").shown or row.cell("expected_year").shown,
        stated_score=number_in(row, "score", findings),
        manual_score=number_to_fill(row, "manual", findings),
        deduction=number_in(row, "deduction", findings),
        reason=_reason(row, layouts),
        measure=row.to_fill("measure"),
        evidence=row.text("evidence"),
        not_applicable=_not_applicable(row, layouts),
        outlooks=of_monitoring_row(row, layouts),
    )
    return with_areas(with_tiers(made, row), row)


def _reason(row: Row, layouts: Layouts) -> Sourced[str] | None:
    """The reason as written; a monitoring form's ticked causes stand before it."""
    reason, causes = row.text("reason"), _causes(row, layouts)
    if reason is None or causes is None:
        return reason or causes or row.to_fill("reason")
    text = f"{causes.text}：{reason.text}"
    return Sourced(value=text, text=text, source=reason.source)


def _causes(row: Row, layouts: Layouts) -> Sourced[str] | None:
    """The cause columns of a monitoring form in one text: 经费保障：…；其他：…"""
    found = [(column.heading, *row.in_column(column)) for column in row.header.all("cause") if not is_chance(column, layouts)]
    filled = [(heading, cell.shown, source) for heading, cell, source in found if set(cell.shown) - _NOTHING]
    if not filled:
        return None
    text = "；".join(f"{heading}：{shown}" if len(shown) > 1 else heading for heading, shown, _ in filled)
    return Sourced(value=text, text=text, source=filled[0][2])


def _described(row: Row, target: Target) -> Target:
    """In the Hebei form a qualitative target stands in 单位（文字描述）."""
    text = row.cell("unit").shown
    return replace(target, text=text or target.text, unit="") if text and not row.cell("value").shown else target


def _actual(row: Row, name: str, target: Target, year: int | None, layouts: Layouts) -> Actual | None:
    role = "actual" if row.header.column("actual") else "interim"
    if row.header.column(role) is None:
        return None
    cell = row.whole(role)
    if cell.error or cell.pending:
        return Actual(text=cell.text, source=row.source(role))
    own = row.cell("actual_unit").shown
    if own and not own.startswith("/") and cell.shown and fold(cell.shown)[-1:].isdigit():
        cell = GridCell(value=f"{cell.shown}{own}", text=f"{cell.shown}{own}")
    return read_actual(cell, target, year, layouts, row.source(role), name)


def _not_applicable(row: Row, layouts: Layouts) -> Sourced[str] | None:
    """不适用 in the actual; the unit's statement is the reason given (empty text: none given).

    A template row struck out with / is not applicable by the stroke itself.
    """
    words = layouts.values["words"]["not_applicable"]
    if is_struck_out(row, row.cell("name").shown):
        return row.text("name")
    if fold(row.cell("actual").shown) not in words:
        return None
    reason = row.text("reason")
    return reason or Sourced(text="", source=row.source("actual"))


