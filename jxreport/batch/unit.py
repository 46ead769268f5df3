"""The unit of work: workbooks' bytes in, reports' bytes out. No path, no clock, no global state.

Heavy libraries are imported where they are used, so that reading alone never loads WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jxreport.batch.inputs import REPORT_STEM
from jxreport.finding import Finding, JxError
from jxreport.model.profile import Profile
from jxreport.model.result import Status, UnitResult
from jxreport.model.submission import ReadingChoice, Submission

if TYPE_CHECKING:
    from jxreport.read import WorkbookContent
    from jxreport.report.outlines import Outline
    from jxreport.verify.evidence import Content

RESULT_NAME = "result.json"
_NEEDS_A_PERSON = frozenset({Status.ASK, Status.MANUAL, Status.UNSCORED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one unit of work needs to know. `render` False: read and score only; `units` are (name as
    written, official name)."""

    profile: Profile
    as_of: str = ""
    date: str = ""
    readings: tuple[ReadingChoice, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    templates: Path | None = None
    render: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTask:
    """A submission to score and print, with the findings made while reading its workbooks."""

    submission: Submission
    findings: tuple[Finding, ...]
    settings: Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefacts:
    """What became of one unit's year: files by name, all findings, the result object, rows that wait."""

    unit: str
    year: int | None
    sources: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...] = ()
    findings: tuple[Finding, ...] = ()
    result: dict[str, Any] = field(default_factory=dict)
    scores: tuple[tuple[str, str, str], ...] = ()  # name, total, grade; "" where there is none yet
    waiting: int = 0

    @property
    def is_failed(self) -> bool:
        return any(finding.is_error for finding in self.findings)

    @property
    def not_scored(self) -> str:
        """In short why the unit has no totals: 截至6月底运行监控，不计分; "" at year end."""
        entries = self.result.get("units", ())
        monitored = any(part.get("not_scored") for entry in entries for part in entry["evaluations"])
        return f"截至{self.result['as_of']}运行监控，不计分" if monitored else ""


def run_one(workbooks: tuple[tuple[str, bytes], ...], settings: Settings) -> tuple[Artefacts, ...]:
    """Read, pair, score and print the workbooks (name, bytes); one answer per unit and year.

    Findings that belong to no unit come as a last entry without a unit name and without files.
    """
    contents = tuple(read_one((*workbook, settings.templates)) for workbook in workbooks)
    tasks, loose = unit_tasks(contents, settings)
    made = tuple(make_unit(task) for task in tasks)
    if not loose:
        return made
    files = tuple(dict.fromkeys(finding.source.file for finding in loose))
    return (*made, Artefacts(unit="", year=None, sources=files, findings=loose))


def read_one(workbook: tuple[str, bytes, Path | None]) -> WorkbookContent:
    """Read one workbook, given by name, bytes and the user's own templates."""
    from jxreport.read import read_workbook

    name, data, templates = workbook
    return read_workbook(name, data, templates=templates)


def unit_tasks(
    contents: Sequence[WorkbookContent], settings: Settings
) -> tuple[tuple[UnitTask, ...], tuple[Finding, ...]]:
    """The tasks of the units found in `contents`, and the findings that belong to none of them."""
    from jxreport.read import pair
    from jxreport.read.owners import officially_named

    contents = [officially_named(content, settings.units) for content in contents]
    submissions, pairing = pair(contents)
    findings = once((*(finding for content in contents for finding in content.findings), *pairing))
    tasks, used = [], set()
    for submission in submissions:
        files = {source.file for source in submission.sources}
        used |= files
        own = tuple(finding for finding in findings if finding.source.file in files)
        tasks.append(UnitTask(submission=submission, findings=own, settings=settings))
    return tuple(tasks), tuple(finding for finding in findings if finding.source.file not in used)


def make_unit(task: UnitTask) -> Artefacts:
    """Score one submission and, unless only that was asked for, print it.

    Raises what a library raises; the executor turns that into a finding of this unit alone.
    """
    from jxreport.render.json import dumps, result_object
    from jxreport.score import score_submission
    from jxreport.score.monitoring import due

    settings, submission = task.settings, task.submission
    result = score_submission(
        submission, settings.profile, as_of=settings.as_of or None, readings=settings.readings
    )
    result = replace(result, findings=once((*due(task.findings, result), *result.findings)))
    data = result_object([result])
    files: tuple[tuple[str, bytes], ...] = ()
    rendering: tuple[Finding, ...] = ()
    if settings.render and result.evaluations:
        files, rendering = _printed(result, dumps(data).encode("utf-8"), task)
    return Artefacts(
        unit=submission.unit,
        year=submission.year,
        sources=tuple(source.file for source in submission.sources),
        files=files,
        findings=once((*result.findings, *rendering)),
        result=data,
        scores=_scores(data),
        waiting=rows_waiting(result),
    )


def rows_waiting(result: UnitResult) -> int:
    """How many things wait for a person: rows without a score, and findings that ask for an answer.

    A row is counted once, however many findings it has. Before year end no score is waited for.
    """
    rows = {
        (number, score.indicator.ordinal): set(score.findings)
        for number, evaluation in enumerate(result.evaluations)
        for score in evaluation.indicators
    }
    unscored = {
        (number, score.indicator.ordinal)
        for number, evaluation in enumerate(result.evaluations)
        for score in evaluation.indicators
        if score.status in _NEEDS_A_PERSON and score.weight is not None and not evaluation.not_scored
    }
    asking = {finding for finding in result.findings if finding.waiting}
    asked = {row for row, findings in rows.items() if findings & asking}
    elsewhere = asking - {finding for row in unscored | asked for finding in rows[row]}
    return len(unscored | asked) + len(elsewhere)


def with_templates(task: Any, folder: Path) -> Any:
    """The same task with the user's templates in another place; for tasks that go to another machine."""
    match task:
        case UnitTask():
            return replace(task, settings=replace(task.settings, templates=folder))
        case (str() as name, bytes() as data, Path()):
            return name, data, folder
    return replace(task, templates=folder) if hasattr(task, "templates") else task


def load_reader() -> None:
    """Import what reading needs, once a worker."""
    import openpyxl  # noqa: F401
    import pandas  # noqa: F401

    from jxreport.read import pairing, sheets  # noqa: F401


def load_printer() -> None:
    """Import what a whole report needs, once a worker."""
    load_reader()
    from jxreport.render import fonts

    with suppress(JxError):  # a missing library is told with every report
        fonts.load_engine()
    import xlsxwriter  # noqa: F401

    from jxreport.render import pdf, xlsx  # noqa: F401


def once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without repetitions, in their order."""
    return tuple(dict.fromkeys(findings))


def _printed(
    result: UnitResult, data: bytes, task: UnitTask
) -> tuple[tuple[tuple[str, bytes], ...], tuple[Finding, ...]]:
    from jxreport.outline_files import load_outline
    from jxreport.render.pdf import render_pdf
    from jxreport.render.xlsx import render_xlsx
    from jxreport.report import build_document, outline_name
    from jxreport.verify import evidence

    settings = task.settings
    try:
        outline = load_outline(outline_name(result), settings.templates)
        document = build_document(result, date=settings.date, outline=outline)
        workbook, on_sheets = render_xlsx(document)
        files = ((RESULT_NAME, data), (f"{REPORT_STEM}.xlsx", workbook))
        proof = (evidence.NAME, evidence.pack(_content(task, outline), files))
        pdf, on_pages = render_pdf(document, attachments=(*files, proof), templates=settings.templates)
    except JxError as problem:  # a report is whole or does not exist
        return (), (problem.finding, *problem.others)
    return (*files, (f"{REPORT_STEM}.pdf", pdf)), (*on_sheets, *on_pages)


def _content(task: UnitTask, outline: Outline | None) -> Content:
    """Everything the report is a function of, for whoever receives it to compute it anew."""
    from jxreport.verify.evidence import Content

    settings = task.settings
    return Content(
        submission=task.submission,
        profile=settings.profile,
        as_of=settings.as_of,
        date=settings.date,
        readings=settings.readings,
        findings=task.findings,
        outline=outline,
        templates=settings.templates is not None and (settings.templates / "report").exists(),
    )


def _scores(data: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (evaluation["name"] or "", evaluation["total"] or "", evaluation["grade"] or "")
        for unit in data["units"]
        for evaluation in unit["evaluations"]
    )
