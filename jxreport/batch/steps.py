"""The steps of one run: read, pair, make, write each unit as it is ready, mark what goes back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, replace
from pathlib import Path
from typing import TypeVar

from jxreport.batch.deliver import NO_UNIT, Delivery, places
from jxreport.batch.executor import Executor, Failure, Reason
from jxreport.batch.identity import folder_digest, identity
from jxreport.batch.inputs import Workbook, snapshot
from jxreport.batch.limits import Limits
from jxreport.batch.log import RunLog
from jxreport.batch.manifest import RunRecord, digest
from jxreport.batch.outcome import Progress, Summary
from jxreport.batch.overview import LEAST_UNITS, STEM, make_overview, overview_task
from jxreport.batch.returned import returned_copy
from jxreport.batch.unit import Artefacts, Settings, UnitTask, make_unit, once, read_one, unit_tasks
from jxreport.finding import Finding, Source, error

T = TypeVar("T")
V = TypeVar("V")

UNCHANGED = "未变化"

# units by (place, key), what became of them, findings of no unit
_Made = tuple[tuple[tuple[str, str], ...], tuple[Artefacts, ...], tuple[Finding, ...]]


class Run:
    """One run; each step takes what the one before has made.

    `workers` gives the executor, started only when there is something to do. `delivery` is None where nothing
    is to be written. `overview` asks for 汇总 even of a single unit.
    """

    def __init__(
        self,
        settings: Settings,
        delivery: Delivery | None,
        workers: Callable[[], Executor],
        progress: Progress,
        log: RunLog,
        limits: Limits,
        *,
        overview: bool = False,
    ) -> None:
        self.settings, self.delivery, self.workers = settings, delivery, workers
        self.overview = overview
        self.progress, self.log, self.limits = progress, log, limits
        self.failed = False
        self._made_from = _settings_key(settings) if delivery is not None else ""

    def summary(self, files: Sequence[Path], notes: tuple[Finding, ...]) -> Summary:
        """Do it all. What is wrong with a file is a finding; nothing of it is raised."""
        workbooks, unread = snapshot(files)
        inputs = [(book.name, hashlib.sha256(book.data).hexdigest()) for book in workbooks]
        whole = digest(self._made_from, inputs)
        kept = self._as_before(whole)
        made_of, units, found = kept or self._made(workbooks)
        loose = once((*notes, *unread, *found))
        if self.delivery is not None:
            loose = (*loose, *self._return(self.delivery, workbooks, units, loose))
            if self.overview or len(units) >= LEAST_UNITS:
                loose = (*loose, *self._overview(self.delivery, units, loose, as_before=kept is not None))
            is_whole = not self.failed and self.delivery.is_complete
            run = RunRecord(key=whole if is_whole else "", units=made_of, loose=found)
            self.delivery.manifest.finish(run)
        return self._summary(units, loose)

    def _summary(self, units: tuple[Artefacts, ...], loose: tuple[Finding, ...]) -> Summary:
        delivery = self.delivery
        return Summary(
            units=units,
            findings=once((*loose, *(finding for unit in units for finding in unit.findings))),
            loose=loose,
            profile=self.settings.profile,
            as_of=self.settings.as_of,
            written=tuple(delivery.written) if delivery else (),
            unchanged=tuple(delivery.unchanged) if delivery else (),
            returned=tuple(delivery.returned) if delivery else (),
            changes=tuple(delivery.changes) if delivery else (),
            log=self.log.path if self.failed else None,
        )

    def _as_before(self, whole: str) -> _Made | None:
        """The units of the last run, where it read the very same and all it made still stands."""
        if self.delivery is None or (run := self.delivery.manifest.run) is None or run.key != whole:
            return None
        units = [self.delivery.standing(place, key) for place, key in run.units]
        there = tuple(unit for unit in units if unit is not None)
        if len(there) < len(units):
            return None
        self.progress.phase(UNCHANGED, len(there))
        for (place, _), unit in zip(run.units, there, strict=True):
            self.delivery.keep(place)
            self.progress.step(unit.unit or NO_UNIT)
        return run.units, there, run.loose

    def _made(self, workbooks: Sequence[Workbook]) -> _Made:
        """Read, pair and make."""
        names = [book.name for book in workbooks]
        reading = [(book.name, book.data, self.settings.templates) for book in workbooks]
        contents, broken = self._files(read_one, reading, names, "读取")
        tasks, loose = unit_tasks(contents, self.settings)
        homes, doubles = places([task.submission for task in tasks], [_files_of(task) for task in tasks])
        keys = [self._key(task, home) for task, home in zip(tasks, homes, strict=True)]
        units, problems = self._units(tasks, homes, keys)
        return tuple(zip(homes, keys, strict=True)), units, (*broken, *loose, *doubles, *problems)

    def _units(
        self, tasks: Sequence[UnitTask], homes: Sequence[str], keys: Sequence[str]
    ) -> tuple[tuple[Artefacts, ...], tuple[Finding, ...]]:
        """Every unit's artefacts, written as soon as made, and what could not be written."""
        stage = "生成报告" if self.settings.render else "计分"
        self.progress.phase(stage, len(tasks))
        units: dict[int, Artefacts] = {}
        problems: dict[int, tuple[Finding, ...]] = {}
        pending = []
        for number, task in enumerate(tasks):
            kept = self.delivery.standing(homes[number], keys[number]) if self.delivery else None
            if self.delivery is None or kept is None:
                pending.append(number)
                continue
            units[number] = kept
            self.delivery.keep(homes[number])
            self.progress.step(f"{task.submission.unit or NO_UNIT}（{UNCHANGED}）")
        for index, answer in self._answers(make_unit, [tasks[number] for number in pending]):
            number = pending[index]
            task = tasks[number]
            unit = self._without_artefacts(task, answer, stage) if isinstance(answer, Failure) else answer
            if self.delivery is not None:
                problems[number] = self.delivery.store(homes[number], keys[number], unit)
            units[number] = replace(unit, files=())
            self.progress.step(task.submission.unit or NO_UNIT)
        if self.delivery is not None:
            self.delivery.in_order(homes)
        numbers = range(len(tasks))
        said = tuple(finding for number in numbers for finding in problems.get(number, ()))
        return tuple(units[number] for number in numbers), said

    def _key(self, task: UnitTask, home: str) -> str:
        """All that a unit's files depend on: settings, workbooks, and what other workbooks made be said of them."""
        if self.delivery is None:
            return ""
        sources = [(source.file, source.sha256) for source in task.submission.sources]
        return digest(self._made_from, home, sources, task.findings)

    def _without_artefacts(self, task: UnitTask, failure: Failure, stage: str) -> Artefacts:
        sources = tuple(source.file for source in task.submission.sources)
        said = self._failure(failure, Source(file=sources[0] if sources else ""), stage)
        return Artefacts(
            unit=task.submission.unit,
            year=task.submission.year,
            sources=sources,
            findings=once((*task.findings, said)),
        )

    def _return(
        self,
        delivery: Delivery,
        workbooks: Sequence[Workbook],
        units: Sequence[Artefacts],
        loose: tuple[Finding, ...],
    ) -> tuple[Finding, ...]:
        """退回修改_… for every workbook with errors."""
        tasks = delivery.to_return(workbooks, units, loose)
        if not tasks:
            return ()
        stage = "标注退回修改的工作簿"
        self.progress.phase(stage, len(tasks))
        found: list[Finding] = []
        for number, answer in self._answers(returned_copy, tasks):
            task = tasks[number]
            if isinstance(answer, Failure):
                found.append(self._failure(answer, Source(file=task.name), stage))
            else:
                found += delivery.give_back(task, answer[1])
            self.progress.step(task.name)
        return tuple(found)

    def _overview(
        self,
        delivery: Delivery,
        units: tuple[Artefacts, ...],
        loose: tuple[Finding, ...],
        *,
        as_before: bool,
    ) -> tuple[Finding, ...]:
        """汇总, unless it stands from the last run and that had the very same outcome."""
        if as_before and delivery.keep_overview():
            return ()
        self.progress.phase(STEM, 1)
        task = overview_task(
            self._summary(units, loose),
            date=self.settings.date,
            templates=self.settings.templates,
            compared=bool(delivery.manifest.before),
        )
        found: list[Finding] = []
        for _, answer in self._answers(make_overview, [task]):
            if isinstance(answer, Failure):
                found.append(self._failure(answer, Source(file=STEM), STEM))
            else:
                found += (*answer.findings, *delivery.store_overview(answer.files))
            self.progress.step(STEM)
        return tuple(found)

    def _files(
        self, function: Callable[[T], V], tasks: Sequence[T], names: Sequence[str], stage: str
    ) -> tuple[tuple[V, ...], tuple[Finding, ...]]:
        """`function` over the files, in their order; those it failed on become findings."""
        values: dict[int, V] = {}
        findings: dict[int, Finding] = {}
        for number, answer in self._answers(function, tasks):
            if isinstance(answer, Failure):
                findings[number] = self._failure(answer, Source(file=names[number]), stage)
            else:
                values[number] = answer
            self.progress.step(names[number])
        return tuple(values[n] for n in sorted(values)), tuple(findings[n] for n in sorted(findings))

    def _answers(self, function: Callable[[T], V], tasks: Sequence[T]) -> Iterator[tuple[int, V | Failure]]:
        return self.workers().stream(function, tasks) if tasks else iter(())

    def _failure(self, failure: Failure, source: Source, stage: str) -> Finding:
        self.failed = True
        self.log.add(f"{stage} {source.file}（{failure.reason.value}）", failure.detail)
        match failure.reason:
            case Reason.TIMEOUT:
                return error("JX805", source, stage=stage, seconds=self.limits.seconds)
            case Reason.MEMORY:
                return error("JX810", source, stage=stage, limit=self.limits.megabytes)
            case Reason.DIED:
                return error("JX806", source, stage=stage)
            case Reason.UNFIT:
                return error("JX811", source, stage=stage, what=failure.detail)
            case Reason.ERROR:
                return error("JX804", source, stage=stage, log=self.log.path)


def _files_of(task: UnitTask) -> str:
    return "、".join(source.file for source in task.submission.sources)


def _settings_key(settings: Settings) -> str:
    """The settings and the installation, without the workbooks."""
    readings = [(choice.sentence, choice.question, choice.choice) for choice in settings.readings]
    own = folder_digest(settings.templates) if settings.templates is not None else ""
    return digest(astuple(identity()), own, repr(settings.profile), settings.units, settings.as_of, settings.date, readings)
