"""完成情况填报表 for a submission's targets, and the blank forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from jxreport.forms.asks import asks, needs_person
from jxreport.forms.book import Book
from jxreport.forms.department import A1_TITLE, AskedIndicator, write_department
from jxreport.forms.entries import Entries
from jxreport.forms.monitoring import M3_TITLE, write_monitoring
from jxreport.forms.national import M1_TITLE, write_national
from jxreport.forms.notes import NOTES_TITLE, write_notes
from jxreport.forms.official import load_preprinted
from jxreport.forms.outlooks import write_outlooks
from jxreport.forms.payments import A3_TITLE, PaymentRow, write_payments
from jxreport.forms.project import A2_TITLE, write_project
from jxreport.forms.questions import open_points, rule_needs
from jxreport.forms.readings import write_readings
from jxreport.forms.targets import (
    T1_TITLE,
    T2_TITLE,
    ProjectTargets,
    write_department_targets,
    write_project_targets,
)
from jxreport.forms.whole import M2_TITLE, write_whole
from jxreport.model.profile import Profile
from jxreport.model.submission import Form, Indicator, Kind, Submission
from jxreport.rules.api import Need

NeedsOf = Callable[[Form, Indicator], Sequence[Need]]


def fill_in(
    submission: Submission,
    profile: Profile,
    *,
    entries: Entries | None = None,
    mark: str = "",
    needs_of: NeedsOf = rule_needs,
) -> bytes:
    """The workbook a unit fills, made from its targets: exactly what the rules need is asked.

    `entries` puts values into the input cells; `mark` (示例数据 …) is shown on every sheet. The same
    arguments give the same bytes.
    """
    entries = entries or Entries()
    unit, year = submission.unit, submission.year
    book = Book(title=NOTES_TITLE, subject=f"{unit}{f'　{year}年度' if year else ''}", mark=mark)
    write_notes(book, profile, unit=unit, year=year)
    for form in submission.forms:
        write = write_department if form.kind is Kind.DEPARTMENT else write_project
        asked = _asked(form, profile, needs_of)
        write(book, form, asked, unit=unit, year=year, entries=entries)
    projects = [form for form in submission.forms if form.kind is not Kind.DEPARTMENT]
    if projects:
        rows = [PaymentRow(code=form.code, name=form.name) for form in projects]
        causes = profile.lights.causes
        checkpoints = _checkpoints(projects, profile)
        write_payments(book, rows, checkpoints, causes, unit=unit, year=year, entries=entries)
        for label in _before_year_end(projects, profile):
            write_outlooks(book, projects, label, profile, unit=unit, year=year, entries=entries)
    write_readings(book, open_points(submission.forms), entries=entries)
    return book.close()


def blank_forms(
    profile: Profile, wanted: Sequence[str] = (), templates: Path | None = None
) -> tuple[tuple[str, bytes], ...]:
    """The blank official forms as (file name, bytes): those whose codes are `wanted`, all for none."""
    words = load_preprinted(templates)
    checkpoints = [checkpoint.label for checkpoint in profile.checkpoints]
    causes, entries = profile.lights.causes, Entries()
    note = words.notes
    writers: dict[str, tuple[str, Callable[[Book], None]]] = {
        "M1": (M1_TITLE, lambda book: write_national(book, profile, words)),
        "M2": (M2_TITLE, lambda book: write_whole(book, profile, words)),
        "M3": (M3_TITLE, lambda book: write_monitoring(book, profile, words)),
        "T1": (T1_TITLE, lambda book: write_department_targets(book, notes=note["T1"])),
        "T2": (T2_TITLE, lambda book: write_project_targets(book, ProjectTargets(), checkpoints, note["T2"])),
        "A1": (A1_TITLE, lambda book: write_department(book, None, (), entries=entries, notes=note["A1"])),
        "A2": (A2_TITLE, lambda book: write_project(book, None, (), entries=entries, notes=note["A2"])),
        "A3": (
            A3_TITLE,
            lambda book: write_payments(book, (), checkpoints, causes, entries=entries, notes=note["A3"]),
        ),
    }
    return tuple(_blank(code, *writers[code]) for code in (wanted or writers))


def _blank(code: str, title: str, write: Callable[[Book], None]) -> tuple[str, bytes]:
    book = Book(title=title, subject=f"空白表 {code}")
    write(book)
    return f"{title}.xlsx", book.close()


def _asked(form: Form, profile: Profile, needs_of: NeedsOf) -> tuple[AskedIndicator, ...]:
    def one(indicator: Indicator) -> AskedIndicator:
        needs = tuple(needs_of(form, indicator))
        return AskedIndicator(
            indicator=indicator,
            asks=asks(indicator, needs, profile, facts=form.kind is Kind.DEPARTMENT),
            by_person=needs_person(indicator, needs),
        )

    return tuple(one(indicator) for indicator in form.indicators)


def _before_year_end(projects: Sequence[Form], profile: Profile) -> list[str]:
    """The checkpoints at which the projects are monitored; at the profile's last one they are scored."""
    return [label for month, label in _by_month(projects, profile) if month < profile.checkpoints[-1].month]


def _checkpoints(projects: Sequence[Form], profile: Profile) -> list[str]:
    return [label for _, label in _by_month(projects, profile)]


def _by_month(projects: Sequence[Form], profile: Profile) -> list[tuple[int, str]]:
    """The checkpoints of the units' own plans in order of month, else the profile's."""
    found = {point.month: point.label for form in projects for point in form.checkpoints}
    declared = {point.month: point.label for point in profile.checkpoints}
    return sorted((found or declared).items())
