"""运行监控 before year end: the rows of the fill-in workbook's sheets, and those of 136号's own form (M3)."""

from __future__ import annotations

import re

from jxreport.finding import Finding, warning
from jxreport.model.submission import Outlook
from jxreport.model.values import Sourced
from jxreport.read.content import OutlookRow
from jxreport.read.header import Column
from jxreport.read.headings import checkpoint_month
from jxreport.read.layouts import Layouts, fold, label_key
from jxreport.read.row import Row
from jxreport.read.sections import Block, Section
from jxreport.read.values import Heading, read_actual, read_target
from jxreport.read.values.direction import About

_PERIOD = re.compile(r"[-—–~至](\d{1,2})月")
_NOTHING = frozenset("-—–/\\ 　\n")


def read_outlooks(
    section: Section, block: Block, year: int | None, layouts: Layouts, findings: list[Finding]
) -> list[OutlookRow]:
    """The rows of a sheet 运行监控; blank ones too, so that what lacks can be pointed at."""
    found = []
    for number in block.rows:
        row = Row(section.grid, block.header, number)
        name, label = row.cell("name").shown, row.cell("checkpoint").shown
        month = checkpoint_month(label)
        if not name:
            continue
        if month is None:
            findings.append(warning("JX639", row.source("checkpoint"), waiting=True, name=name, text=label))
            continue
        found.append(
            OutlookRow(
                code=row.seen("code").shown,
                project=row.seen("project").shown,
                ordinal=_ordinal(row),
                name=name,
                outlook=_outlook(row, label, month, year, layouts),
                source=row.source("name"),
            )
        )
    return found


def _outlook(row: Row, label: str, month: int, year: int | None, layouts: Layouts) -> Outlook:
    target = read_target(
        Heading(value=row.cell("target")), About("", "", row.cell("name").shown), year, layouts, row.source("target")
    )
    return Outlook(
        label=fold(label).removeprefix("截至"),
        month=month,
        actual=read_actual(row.cell("actual"), target, year, layouts, row.source("actual")),
        expected=row.to_fill("expected"),
        likelihood=row.to_fill("likelihood"),
        cause=row.to_fill("cause"),
        explanation=row.to_fill("explanation"),
        measure=row.to_fill("measure"),
        source=row.source("name"),
    )


def _ordinal(row: Row) -> int:
    text = row.cell("ordinal").shown
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def of_monitoring_row(row: Row, layouts: Layouts) -> tuple[Outlook, ...]:
    """The outlook that a row of a monitoring form holds (its actual is the indicator's); () in other forms."""
    columns = [column for column in row.header.columns if column.role in ("interim", "expected_year", "likelihood")]
    if not columns:
        return ()
    months = [int(found[1]) for column in columns if (found := _PERIOD.search(fold(column.heading)))]
    month = months[0] if months and 1 <= months[0] <= 12 else 0
    return (
        Outlook(
            label=f"{month}月底" if month else "",
            month=month,
            expected=row.to_fill("expected_year"),
            likelihood=_ticked_chance(row, layouts) or row.to_fill("likelihood"),
            cause=_ticked_causes(row, layouts),
            explanation=row.to_fill("reason"),
            measure=row.to_fill("measure"),
            source=row.source("name"),
        ),
    )


def is_chance(column: Column, layouts: Layouts) -> bool:
    """Is this one of the columns 确定能 · 有可能 · 完全不可能?"""
    return label_key(column.heading) in layouts.words["chances"]


def _ticked(row: Row, layouts: Layouts, *, chances: bool) -> Sourced[str] | None:
    """The headings of the ticked columns in one text; the first column's place while nothing is ticked."""
    columns = [column for column in row.header.all("cause") if is_chance(column, layouts) is chances]
    if not columns:
        return None
    ticked = [column for column in columns if set(row.in_column(column)[0].shown) - _NOTHING]
    text = "、".join(re.sub(r"\s", "", column.heading) for column in ticked)
    return Sourced(value=text, text=text, source=row.in_column((ticked or columns)[0])[1])


def _ticked_chance(row: Row, layouts: Layouts) -> Sourced[str] | None:
    return _ticked(row, layouts, chances=True)


def _ticked_causes(row: Row, layouts: Layouts) -> Sourced[str] | None:
    return _ticked(row, layouts, chances=False)
