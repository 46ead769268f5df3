"""A run: find workbooks, read, pair, score, print, write; one verdict per file, whatever happens."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from jxreport.batch.deliver import NO_UNIT, Delivery
from jxreport.batch.executor import TASK_SECONDS, Executor, Failure, Reason, executor
from jxreport.batch.inputs import Workbook, find_workbooks, snapshot
from jxreport.batch.lock import RunLock
from jxreport.batch.log import RunLog
from jxreport.batch.returned import returned_copy
from jxreport.batch.unit import Artefacts, Settings, UnitTask, make_unit, once, read_one, unit_tasks
from jxreport.batch.write import sweep
from jxreport.config import Config, ConfigError
from jxreport.finding import Finding, JxError, Severity, Source, error
from jxreport.messages import message
from jxreport.model.profile import Profile
from jxreport.model.submission import ReadingChoice

STATE_FOLDER = ".jxreport"

EXIT_OK, EXIT_WAITING, EXIT_FAILED = 0, 1, 3

T = TypeVar("T")
V = TypeVar("V")


class Progress(Protocol):
    """Told what a run is doing; how it is shown is the command line's business."""

    def phase(self, name: str, total: int) -> None: ...

    def step(self, label: str) -> None: ...


class Silent:
    """For callers that show nothing."""

    def phase(self, name: str, total: int) -> None:
        return None

    def step(self, label: str) -> None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run did. `findings` are all of them, `loose` those that belong to no unit."""

    units: tuple[Artefacts, ...]
    findings: tuple[Finding, ...]
    loose: tuple[Finding, ...]
    profile: Profile
    as_of: str
    written: tuple[Path, ...] = field(default=())
    returned: tuple[Path, ...] = field(default=())
    log: Path | None = None

    @property
    def waiting(self) -> int:
        return sum(unit.waiting for unit in self.units)

    @property
    def exit_code(self) -> int:
        if any(finding.is_error for finding in self.findings):
            return EXIT_FAILED
        if self.waiting or any(finding.waiting for finding in self.loose):
            return EXIT_WAITING
        return EXIT_OK

    def result(self) -> dict[str, Any]:
        """The result object (schema jxreport/result/1) over all units and unread files."""
        from jxreport.render.json import result_object

        parts = [unit.result for unit in self.units if unit.result]
        as_of = self.as_of or next((part["as_of"] for part in parts if part["as_of"]), "")
        unread = tuple(finding for finding in self.loose if finding.severity is not Severity.NOTE)
        whole = result_object((), unread=unread, profile=self.profile, as_of=as_of)
        whole["units"] = [*(entry for part in parts for entry in part["units"]), *whole["units"]]
        return whole

    def json(self) -> bytes:
        """The result object as UTF-8 text."""
        from jxreport.render.json import dumps

        return dumps(self.result()).encode("utf-8")


def run(
    paths: Sequence[Path], config: Config, *, write: bool = True, progress: Progress | None = None
) -> Summary:
    """Process the workbooks named by `paths`; with `write`, put reports into `config.output`.

    Raises ConfigError when there is nothing to do or a setting cannot be used, Locked when another run
    holds the output folder. Everything that is wrong with a file is a finding of the summary.
    """
    progress = progress or Silent()
    output = config.output if write else None
    files, notes = find_workbooks(paths, output)
    if not files:
        places = "、".join(str(path) for path in paths)
        raise ConfigError(f"在 {places} 里没有找到工作簿（.xlsx、.xls、.et、.ods）。")
    progress.phase("读取", len(files))
    settings = work_settings(config, render=write)
    log = RunLog(output / STATE_FOLDER if output else Path(tempfile.gettempdir()))
    with contextlib.ExitStack() as held:
        if output is not None:
            _claim(output, held)
        pool = held.enter_context(executor(config.jobs, len(files)))
        return _Run(settings, output, pool, progress, log).summary(files, notes)


def work_settings(config: Config, *, render: bool = True) -> Settings:
    """The settings of one unit of work; raises ConfigError for an unknown profile or checkpoint."""
    from jxreport.profiles import load_profile
    from jxreport.rules import normalise

    try:
        profile = load_profile(config.profile, config.templates)
    except JxError as problem:
        words = message(problem.finding)
        raise ConfigError(f"{words.text}{words.fix}") from problem
    labels = [checkpoint.label for checkpoint in profile.checkpoints]
    if config.as_of and config.as_of not in labels:
        raise ConfigError(f"口径 {profile.name} 没有时点“{config.as_of}”，可用的有：{'、'.join(labels)}。")
    readings = tuple(
        ReadingChoice(sentence=normalise(sentence), question=question, choice=choice)
        for sentence, question, choice in config.readings
    )
    return Settings(
        profile=profile,
        as_of=config.as_of,
        date=config.date,
        readings=readings,
        templates=config.templates,
        render=render,
    )


def _claim(output: Path, held: contextlib.ExitStack) -> None:
    """Take the output folder for this run, and clear what a killed run left."""
    try:
        held.enter_context(RunLock(output / STATE_FOLDER / "lock"))
    except OSError as problem:
        raise ConfigError(
            f"输出文件夹 {output} 不能写入：{problem.strerror}。请换一个：-o 文件夹。"
        ) from problem
    sweep(output)


class _Run:
    """The steps of one run; each takes what the one before has made."""

    def __init__(
        self, settings: Settings, output: Path | None, pool: Executor, progress: Progress, log: RunLog
    ) -> None:
        self.settings, self.output, self.pool, self.progress, self.log = settings, output, pool, progress, log
        self.failed = False

    def summary(self, files: Sequence[Path], notes: tuple[Finding, ...]) -> Summary:
        workbooks, unread = snapshot(files)
        names = [book.name for book in workbooks]
        reading = [(book.name, book.data, self.settings.templates) for book in workbooks]
        contents, broken = self._files(read_one, reading, names, "读取")
        tasks, loose = unit_tasks(contents, self.settings)
        units = self._units(tasks)
        loose = once((*notes, *unread, *broken, *loose))
        delivery = Delivery(self.output) if self.output is not None else None
        if delivery is not None:
            loose = (*loose, *delivery.reports(units), *self._return(delivery, workbooks, units, loose))
        return Summary(
            units=units,
            findings=once((*loose, *(finding for unit in units for finding in unit.findings))),
            loose=loose,
            profile=self.settings.profile,
            as_of=self.settings.as_of,
            written=tuple(delivery.written) if delivery else (),
            returned=tuple(delivery.returned) if delivery else (),
            log=self.log.path if self.failed else None,
        )

    def _units(self, tasks: Sequence[UnitTask]) -> tuple[Artefacts, ...]:
        """Every unit's artefacts; one whose making failed has none, and says so."""
        stage = "生成报告" if self.settings.render else "计分"
        self.progress.phase(stage, len(tasks))
        names = [task.submission.unit or NO_UNIT for task in tasks]
        answers = self.pool.map(make_unit, tasks, lambda number: self.progress.step(names[number]))
        return tuple(
            self._without_artefacts(task, answer, stage) if isinstance(answer, Failure) else answer
            for task, answer in zip(tasks, answers, strict=True)
        )

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
        copies, broken = self._files(returned_copy, tasks, [task.name for task in tasks], stage)
        return (*broken, *delivery.returns(copies))

    def _files(
        self, function: Callable[[T], V], tasks: Sequence[T], names: Sequence[str], stage: str
    ) -> tuple[tuple[V, ...], tuple[Finding, ...]]:
        """`function` over the files; those it failed on become findings."""
        answers = self.pool.map(function, tasks, lambda number: self.progress.step(names[number]))
        values, findings = [], []
        for name, answer in zip(names, answers, strict=True):
            if isinstance(answer, Failure):
                findings.append(self._failure(answer, Source(file=name), stage))
            else:
                values.append(answer)
        return tuple(values), tuple(findings)

    def _failure(self, failure: Failure, source: Source, stage: str) -> Finding:
        self.failed = True
        self.log.add(f"{stage} {source.file}（{failure.reason.value}）", failure.detail)
        match failure.reason:
            case Reason.TIMEOUT:
                return error("JX805", source, stage=stage, seconds=TASK_SECONDS)
            case Reason.DIED:
                return error("JX806", source, stage=stage)
            case Reason.ERROR:
                return error("JX804", source, stage=stage, log=self.log.path)
