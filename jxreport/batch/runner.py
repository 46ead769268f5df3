"""A run: find workbooks, read, pair, score, print, write; one verdict per file, whatever happens."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jxreport import resources
from jxreport.batch.deliver import Delivery
from jxreport.batch.diary import Diary
from jxreport.batch.executor import Executor
from jxreport.batch.inputs import find_workbooks
from jxreport.batch.limits import Limits
from jxreport.batch.lock import RunLock
from jxreport.batch.log import RunLog
from jxreport.batch.manifest import load
from jxreport.batch.outcome import Progress, Silent, Summary
from jxreport.batch.pool import executor
from jxreport.batch.steps import Run
from jxreport.batch.trouble import why
from jxreport.batch.unit import Settings, load_printer, load_reader
from jxreport.batch.write import sweep
from jxreport.config import Config, ConfigError
from jxreport.finding import JxError
from jxreport.messages import message
from jxreport.model.profile import Profile
from jxreport.model.submission import ReadingChoice
from jxreport.suggestion import did_you_mean

STATE_FOLDER = ".jxreport"


def run(
    paths: Sequence[Path],
    config: Config,
    *,
    write: bool = True,
    force: bool = False,
    overview: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Process the workbooks named by `paths`; with `write`, put reports into `config.output`.

    What stands there already and was made from the same is not made again, unless with `force`. 汇总 is made
    of two units or more, with `overview` of one as well.
    Raises ConfigError when there is nothing to do or a setting cannot be used, Locked when another run
    holds the output folder. Everything that is wrong with a file is a finding of the summary.
    """
    progress = progress or Silent()
    resources.use_fonts(config.fonts)
    output = config.output if write else None
    files, notes = find_workbooks(paths, output)
    if not files:
        places = "、".join("当前文件夹" if path == Path() else str(path) for path in paths)
        raise ConfigError(
            f"在 {places} 里没有找到工作簿（.xlsx、.xls、.et、.ods）。请写明工作簿或它所在的文件夹，例如：jxreport report 待填报"
        )
    settings = work_settings(config, render=write)
    log = RunLog(output / STATE_FOLDER if output else Path(tempfile.gettempdir()))
    limits = Limits(seconds=config.timeout, megabytes=config.memory)
    with contextlib.ExitStack() as held:
        delivery = diary = None
        if output is not None:
            _claim(output, held)
            delivery = Delivery(output, load(output / STATE_FOLDER), force=force)
            progress = diary = held.enter_context(Diary(output / STATE_FOLDER, progress))
        progress.phase("读取", len(files))

        @cache
        def workers() -> Executor:
            return held.enter_context(_workers(config, len(files), limits, settings))

        if delivery is None or force or delivery.manifest.run is None:
            workers()  # there will be work: the libraries load while the workbooks are looked at
        job = Run(settings, delivery, workers, progress, log, limits, overview=overview)
        summary = job.summary(files, notes)
        if diary is not None:
            diary.finish(summary)
        return summary


def work_settings(config: Config, *, render: bool = True) -> Settings:
    """The settings of one unit of work; raises ConfigError for an unknown profile, outline or checkpoint."""
    from jxreport.profiles import adapted, load_profile

    try:
        profile = load_profile(config.profile, config.templates)
        if config.templates is not None:
            _load_own(config.templates)
    except JxError as problem:
        words = message(problem.finding)
        raise ConfigError(f"{words.text}{words.fix}") from problem
    profile = adapted(profile, outline=config.outline, checkpoints=config.checkpoints)
    if config.outline or config.templates is not None:  # what ships fits together
        _check_outline(profile, config.templates)
    labels = [checkpoint.label for checkpoint in profile.checkpoints]
    if config.as_of and config.as_of not in labels:
        raise ConfigError(f"口径 {profile.name} 没有时点“{config.as_of}”，可用的有：{'、'.join(labels)}。")
    return Settings(
        profile=profile,
        as_of=config.as_of,
        date=config.date,
        readings=_readings(config),
        units=config.units,
        templates=config.templates,
        render=render,
    )


def _load_own(templates: Path) -> None:
    """A mistake in the user's own files is told now, not with every workbook."""
    from jxreport.read.layouts import load_layouts
    from jxreport.render.look import tokens

    tokens(templates)
    load_layouts(templates)


def _readings(config: Config) -> tuple[ReadingChoice, ...]:
    """The readings chosen in the settings; the rules are loaded only where there are any."""
    if not config.readings:
        return ()
    from jxreport.rules import normalise

    return tuple(
        ReadingChoice(sentence=normalise(sentence), question=question, choice=choice)
        for sentence, question, choice in config.readings
    )


def _check_outline(profile: Profile, templates: Path | None) -> None:
    from jxreport.outline_files import outline_names

    known = outline_names(templates)
    if profile.outline not in known:
        hint = did_you_mean(profile.outline, known)
        raise ConfigError(f"没有报告大纲“{profile.outline}”。{hint}可用的大纲：{'、'.join(known)}。")


def _claim(output: Path, held: contextlib.ExitStack) -> None:
    """Take the output folder for this run, and clear what a killed run left."""
    try:
        held.enter_context(RunLock(output / STATE_FOLDER / "lock"))
    except OSError as problem:
        raise ConfigError(f"输出文件夹 {output} 不能写入：{why(problem)}。请换一个：-o 文件夹。") from problem
    sweep(output)


def _workers(config: Config, files: int, limits: Limits, settings: Settings) -> Executor:
    """A cluster where one is named, else this machine."""
    prepare = load_printer if settings.render else load_reader
    if config.scheduler:
        from jxreport.batch.cluster import Cluster

        return Cluster(config.scheduler, limits, settings.templates)
    return executor(config.jobs, files, limits, prepare)
