"""Verification of one PDF or of a folder of them: find, check in processes of their own, sum up.

The PDFs may come from anybody. Each is checked in a worker with a limit of time and memory, so that no
file takes the others down.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from jxreport.batch.executor import Failure, Reason, in_order
from jxreport.batch.limits import Limits
from jxreport.batch.overview import NAMES as OVERVIEW
from jxreport.batch.pool import Pool
from jxreport.finding import Source, error

if TYPE_CHECKING:
    from jxreport.batch.outcome import Progress
    from jxreport.verify.check import Verdict

T = TypeVar("T")

SCHEMA = "jxreport/verify/1"
LIMITS = Limits()

EXIT_OK, EXIT_INCONSISTENT, EXIT_UNCHECKED = 0, 1, 3

_WHY = {
    Reason.TIMEOUT: f"核验用时超过{LIMITS.seconds}秒，已停止",
    Reason.MEMORY: f"核验所占内存超过{LIMITS.megabytes}MB，已停止",
    Reason.ERROR: "内嵌数据不合常理，复算不能完成",
}
_DIED = "核验进程意外中断"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The verdicts in the order of the files; `details` are failures for the log."""

    verdicts: tuple[Verdict, ...]
    details: tuple[tuple[str, str], ...] = ()

    def count(self) -> Counter[str]:
        return Counter(verdict.outcome.value for verdict in self.verdicts)

    @property
    def exit_code(self) -> int:
        """3 a file could not be checked; else 1 one is not consistent; else 0."""
        counts = self.count()
        if counts["unchecked"]:
            return EXIT_UNCHECKED
        return EXIT_INCONSISTENT if counts["inconsistent"] else EXIT_OK

    def json(self) -> bytes:
        """The verdicts as UTF-8 text (schema jxreport/verify/1)."""
        from jxreport.render.json import dumps

        reports = [_object(verdict) for verdict in self.verdicts]
        counts = self.count()
        names = ("consistent", "inconsistent", "unchecked")
        return dumps(
            {"schema": SCHEMA, "counts": {name: counts[name] for name in names}, "reports": reports}
        ).encode("utf-8", "replace")


def find_reports(paths: Iterable[Path]) -> tuple[tuple[Path, str], ...]:
    """(path, name) of the PDFs that `paths` name: files as they are, folders searched through.

    The name is the path below the folder, because all reports are called alike. 汇总.pdf is no report.
    """
    found: dict[Path, str] = {}
    for path in paths:
        if not path.is_dir():
            found.setdefault(path, path.name)
            continue
        for root, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                if name.lower().endswith(".pdf") and not name.startswith(".") and name not in OVERVIEW:
                    below = Path(root, name)
                    found.setdefault(below, below.relative_to(path).as_posix())
    return tuple(found.items())


def verify(
    reports: Sequence[tuple[Path, str]], *, templates: Path | None, jobs: int, progress: Progress
) -> Verification:
    """Check `reports` (path, name); `jobs` 0 means one worker per core."""
    progress.phase("核验", len(reports))
    workers = min(jobs or os.cpu_count() or 1, len(reports))
    tasks = [(str(path), name, templates) for path, name in reports]
    with Pool(workers, LIMITS) as pool:
        answers = in_order(_told(pool.stream(_checked, tasks), reports, progress))
    verdicts, details = [], []
    for (_, name), answer in zip(reports, answers, strict=True):
        if isinstance(answer, Failure):
            details.append((name, answer.detail))
            answer = _stopped(name, answer.reason)
        verdicts.append(answer)
    return Verification(verdicts=tuple(verdicts), details=tuple(details))


def _told(
    answers: Iterator[tuple[int, T]], reports: Sequence[tuple[Path, str]], progress: Progress
) -> Iterator[tuple[int, T]]:
    for number, answer in answers:
        progress.step(reports[number][1])
        yield number, answer


def _checked(task: tuple[str, str, Path | None]) -> Verdict:
    """One file, in a worker."""
    from jxreport.verify.check import unchecked, verify_pdf
    from jxreport.verify.pdf import MAX_BYTES

    path, name, templates = Path(task[0]), task[1], task[2]
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as problem:
        return unchecked(name, error("JX760", Source(name), why=problem.strerror or "读取出错"))
    return verify_pdf(name, data, templates)


def _stopped(name: str, reason: Reason) -> Verdict:
    from jxreport.verify.check import unchecked

    return unchecked(name, error("JX767", Source(name), why=_WHY.get(reason, _DIED)))


def scores(verdict: Verdict) -> list[dict[str, Any]]:
    """Name, total and grade of each evaluation, as recomputed."""
    return [
        {key: evaluation[key] for key in ("kind", "code", "name", "total", "grade")}
        for unit in verdict.result.get("units", ())
        for evaluation in unit["evaluations"]
    ]


def _object(verdict: Verdict) -> dict[str, Any]:
    from jxreport.render.json import finding_object

    units = verdict.result.get("units") or [{}]
    return {
        "file": verdict.file,
        "outcome": verdict.outcome.value,
        "unit": units[0].get("unit"),
        "year": units[0].get("year"),
        "profile": verdict.result.get("profile"),
        "as_of": verdict.result.get("as_of"),
        "program": verdict.program or None,
        "scores": scores(verdict),
        "findings": [finding_object(finding) for finding in verdict.findings],
    }
