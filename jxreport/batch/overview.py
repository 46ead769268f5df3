"""汇总.xlsx and 汇总.pdf in the output folder, made at the end of a run over several units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jxreport.batch.changes import Change
from jxreport.batch.outcome import Summary
from jxreport.finding import Finding, JxError
from jxreport.model.overview import ChangeRow, Overview

STEM = "汇总"
NAMES = (f"{STEM}.xlsx", f"{STEM}.pdf")
LEAST_UNITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewTask:
    """An overview to be printed."""

    overview: Overview
    templates: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewFiles:
    """Names and bytes, and what was found while rendering."""

    files: tuple[tuple[str, bytes], ...]
    findings: tuple[Finding, ...]


def overview_task(summary: Summary, *, date: str, templates: Path | None, compared: bool) -> OverviewTask:
    """The overview of a run; `compared` says whether there was a finished run before to compare with."""
    from jxreport.report.overview import build_overview

    overview = build_overview(
        summary.result(),
        profile=summary.profile.title,
        grades=[band.label for band in summary.profile.grades],
        date=date,
        changes=list(_rows(summary.changes)) if compared else None,
    )
    return OverviewTask(overview=overview, templates=templates)


def make_overview(task: OverviewTask) -> OverviewFiles:
    """Print it. Raises what a library raises; the executor turns that into a finding of its own."""
    from jxreport.render.overview_pdf import render_overview_pdf
    from jxreport.render.overview_xlsx import render_overview_xlsx
    from jxreport.report.overview import build_editions

    book, on_sheets = render_overview_xlsx(task.overview)
    try:
        pages, on_pages = render_overview_pdf(build_editions(task.overview), templates=task.templates)
    except JxError as problem:
        return OverviewFiles(files=(), findings=(problem.finding, *problem.others))
    return OverviewFiles(
        files=tuple(zip(NAMES, (book, pages), strict=True)), findings=(*on_sheets, *on_pages)
    )


def _rows(changes: Iterable[Change]) -> Iterable[ChangeRow]:
    for change in changes:
        yield ChangeRow(
            unit=change.unit,
            year="" if change.year is None else str(change.year),
            evaluation=change.evaluation,
            item=change.item,
            before=change.before,
            after=change.after,
        )
