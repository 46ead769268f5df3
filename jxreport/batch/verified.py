"""The bureau's 汇总 from verified reports: only what is consistent counts, the rest is listed as not received."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jxreport.batch.executor import Failure, in_order
from jxreport.batch.limits import Limits
from jxreport.batch.overview import STEM, OverviewTask, make_overview
from jxreport.batch.pool import Pool
from jxreport.batch.trouble import why
from jxreport.batch.write import write_together
from jxreport.finding import Finding, Source, error

if TYPE_CHECKING:
    from jxreport.batch.verifying import Verification
    from jxreport.verify.check import Verdict


def overview_of(done: Verification, templates: Path | None) -> OverviewTask:
    """The overview of the consistent reports in `done`; the others stand in it as files with errors."""
    from jxreport.render.json import result_object
    from jxreport.report.overview import build_overview

    good = [verdict for verdict in done.verdicts if verdict.result and verdict.outcome.value == "consistent"]
    errors = [
        finding
        for verdict in done.verdicts
        if verdict.outcome.value != "consistent"
        for finding in verdict.findings
        if finding.is_error
    ]
    whole = result_object((), unread=errors, as_of=_only([verdict.result["as_of"] for verdict in good]))
    whole["units"] = [*(unit for verdict in good for unit in verdict.result["units"]), *whole["units"]]
    overview = build_overview(whole, profile=_profiles(good), grades=_grades(good))
    return OverviewTask(overview=overview, templates=templates)


def write_overview(
    done: Verification, folder: Path, templates: Path | None, limits: Limits
) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """Write 汇总.xlsx and 汇总.pdf to `folder`: what was written, and what went wrong.

    Printed in a process with limits, for the texts are other people's.
    """
    with Pool(1, limits) as pool:
        (made,) = in_order(pool.stream(make_overview, [overview_of(done, templates)]))
    if isinstance(made, Failure):
        return (), (error("JX767", Source(f"{STEM}.pdf"), why="汇总没有做成"),)
    outcomes = write_together(folder, made.files)
    troubles = tuple(
        error("JX807", Source(path.name), path=path, why=why(problem))
        for path, problem in outcomes
        if problem is not None
    )
    return tuple(path for path, problem in outcomes if problem is None), (*made.findings, *troubles)


def _only(labels: Sequence[str | None]) -> str:
    """The one that all have; "" where they differ."""
    return labels[0] or "" if labels and len(set(labels)) == 1 else ""


def _profiles(verdicts: Sequence[Verdict]) -> str:
    titles = (f"{v.profile.title} {v.profile.version}" for v in verdicts if v.profile is not None)
    return "；".join(dict.fromkeys(titles))


def _grades(verdicts: Sequence[Verdict]) -> list[str]:
    """Grade labels from the best down, of all profiles in use."""
    labels = (band.label for v in verdicts if v.profile is not None for band in v.profile.grades)
    return list(dict.fromkeys(labels))
