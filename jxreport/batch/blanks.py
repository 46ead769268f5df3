"""``init``: the workbook to fill, made from a target table, or the blank official forms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jxreport.batch.inputs import find_workbooks, snapshot
from jxreport.batch.names import clean_name
from jxreport.batch.outcome import EXIT_FAILED, EXIT_OK
from jxreport.batch.runner import work_settings
from jxreport.batch.trouble import why
from jxreport.batch.unit import Settings, read_one, unit_tasks
from jxreport.batch.write import write_atomically
from jxreport.config import Config, ConfigError
from jxreport.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The workbooks written, and what was found in the target tables."""

    written: tuple[Path, ...]
    findings: tuple[Finding, ...]
    exit_code: int


def make(
    targets: Path | None, output: Path, config: Config, *, forms: tuple[str, ...] = (), force: bool = False
) -> Made:
    """Write 完成情况填报表 for each unit in `targets` (a workbook or folder), or the blank forms for None.

    `forms` (M1, T2 …) says which blank forms, none of them all.

    Raises ConfigError when a workbook of that name is there already and `force` is not set: it may hold
    the unit's answers.
    """
    settings = work_settings(config)
    findings: tuple[Finding, ...] = ()
    if targets is None:
        from jxreport.forms import blank_forms

        books = blank_forms(settings.profile, forms, settings.templates)
    else:
        books, findings = _filled_from(targets, settings)
    _refuse_to_overwrite([output / name for name, _ in books if not force])
    written = tuple(_write(output, name, data) for name, data in books)
    failed = not written or any(finding.is_error for finding in findings)
    return Made(written=written, findings=findings, exit_code=EXIT_FAILED if failed else EXIT_OK)


def _filled_from(
    targets: Path, settings: Settings
) -> tuple[tuple[tuple[str, bytes], ...], tuple[Finding, ...]]:
    from jxreport.forms import fill_in

    files, notes = find_workbooks((targets,))
    if not files:
        raise ConfigError(f"在 {targets} 里没有找到绩效目标工作簿（.xlsx、.xls、.et、.ods）。")
    workbooks, unread = snapshot(files)
    contents = [read_one((book.name, book.data, settings.templates)) for book in workbooks]
    tasks, loose = unit_tasks(contents, settings)
    books = []
    for task in tasks:
        if task.submission.forms:
            year = f"_{task.submission.year}年" if task.submission.year else ""
            name = f"{clean_name(task.submission.unit, '未注明单位')}{year}_完成情况.xlsx"
            books.append((name, fill_in(task.submission, settings.profile)))
    reading = tuple(finding for content in contents for finding in content.findings)
    errors = tuple(finding for finding in (*reading, *loose) if finding.is_error)
    return tuple(books), tuple(dict.fromkeys((*notes, *unread, *errors)))


def _refuse_to_overwrite(paths: list[Path]) -> None:
    there = [path for path in paths if path.exists()]
    if there:
        names = "、".join(str(path) for path in there)
        raise ConfigError(f"已有 {names}，里面可能有填好的内容，没有覆盖。换一个文件夹（-o），或加 -f 覆盖。")


def _write(output: Path, name: str, data: bytes) -> Path:
    try:
        return write_atomically(output, name, data)
    except OSError as problem:
        raise ConfigError(f"写不进 {output / name}：{why(problem)}。") from problem
