"""What the command line shows: findings, results, progress. Results go to stdout, all else to stderr."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from io import TextIOWrapper
from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

import click

from jxreport.finding import Finding, Severity

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from jxreport.batch import Artefacts, Summary
    from jxreport.batch.verifying import Verification
    from jxreport.verify.check import Verdict

WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
MANY = 20  # units from which a run is told in sums; the lists stand in 汇总.xlsx and in each report
LONG = 12  # findings from which the errors are told once more at the end
LEAST_TO_FORESEE = 3  # files done before an end is foretold
NO_PLACE = "（整个文件）"
VERDICTS = {"consistent": ("一致", "green"), "inconsistent": ("不一致", "red"), "unchecked": ("未核验", "yellow")}


class Console:
    """`verbosity`: -1 quiet (errors and the last line), 0 normal (no notes), 1 everything."""

    def __init__(self, verbosity: int = 0, colour: bool | None = None) -> None:
        self.verbosity = verbosity
        self.colour = colour

    def say(self, text: str = "", **style: Any) -> None:
        """A line on stderr."""
        click.echo(click.style(text, **style) if style else text, err=True, color=self.colour)

    def out(self, text: str, **style: Any) -> None:
        """A line of result on stdout."""
        click.echo(click.style(text, **style) if style else text, color=self.colour)

    def progress(self) -> Silent | Lines | Bars:
        if self.verbosity < 0:
            return Silent()
        return Bars(self.colour) if animated() else Lines(self)

    def findings(self, findings: Iterable[Finding], *, err: bool = True) -> None:
        """Findings by file and sheet in their order; notes only with -v, warnings not with -q."""
        from jxreport.messages import message

        limit = {-1: 0, 0: 1}.get(self.verbosity, 2)
        shown = [finding for finding in findings if RANKS[finding.severity] <= limit]
        write = self.say if err else self.out
        for file, in_file in groupby(by_place(shown), key=lambda finding: finding.source.file):
            write(file or "（全部材料）", bold=True)
            for sheet, in_sheet in groupby(in_file, key=lambda finding: finding.source.sheet):
                write(f"  {sheet or NO_PLACE}")
                for finding in in_sheet:
                    words = message(finding)
                    mark = f"{WORDS[finding.severity]} {finding.code}"
                    cell = f"{finding.source.cell} " if finding.source.cell else ""
                    write(f"    {cell}{mark}", fg=COLOURS[finding.severity])
                    write(f"      {words.text}")
                    write(f"      → {words.fix}")

    def outcome(self, summary: Summary) -> None:
        """The findings and, of a few units, the scores; of many units only what keeps a file from being made.

        With -v everything is listed however many there are.
        """
        many = len(summary.units) > MANY and self.verbosity == 0
        findings = [finding for finding in summary.findings if finding.is_error or not many]
        self.findings(findings)
        if self.verbosity >= 0 and not many:
            self._scores(summary.units)
        if self.verbosity >= 0:
            self._errors_again(findings)
        if many:
            self.say(f"共 {len(summary.units)} 份，警告和得分不逐条列出：见 汇总.xlsx 和各报告，或加 -v。")

    def _errors_again(self, findings: Sequence[Finding]) -> None:
        """The errors once more, in short, where a long list has them somewhere in its middle."""
        from jxreport.messages import title_of

        errors = [finding for finding in findings if finding.is_error]
        if not errors or len(findings) < LONG:
            return
        self.say("要改的：", bold=True)
        for finding in errors[:LONG]:
            self.say(f"  {str(finding.source) or NO_PLACE}　{title_of(finding.code)}（{finding.code}）", fg="red")
        if len(errors) > LONG:
            self.say(f"  还有 {len(errors) - LONG} 处")

    def _scores(self, units: Iterable[Artefacts]) -> None:
        """One line per evaluation, so that the outcome is seen without opening the report."""
        for unit in units:
            year = f"{unit.year}年度" if unit.year else ""
            self.say(f"{unit.unit or '（未注明单位）'} {year}".rstrip(), bold=True)
            for name, total, grade in unit.scores:
                points = f"{total} 分" if total else unit.not_scored or "还不能得出总分"
                self.say(f"  {name}：{points}{f'，{grade}' if grade else ''}")

    def verdicts(self, done: Verification) -> None:
        """A line per report, what is wrong with it below; the sum comes last."""
        for verdict in done.verdicts:
            word, colour = VERDICTS[verdict.outcome.value]
            if self.verbosity >= 0 or verdict.outcome.value != "consistent":
                self.out(f"[{word}] {verdict.file}{_told(verdict)}", fg=colour)
            self.findings(verdict.findings, err=False)
        counts = done.count()
        parts = [f"{word} {counts[name]} 份" for name, (word, _) in VERDICTS.items() if counts[name]]
        colour = {0: "green", 1: "red", 3: "yellow"}[done.exit_code]
        self.say(f"核验 {len(done.verdicts)} 份：{'，'.join(parts)}。", fg=colour)

    def last_line(self, summary: Summary) -> None:
        """The most important line comes last."""
        counts = Counter(finding.severity for finding in summary.findings)
        parts = [f"{len(summary.units)} 份材料"]
        if summary.written:
            parts.append(f"生成 {len(summary.written)} 个文件")
        if summary.unchanged:
            same = len({path.parent for path in summary.unchanged})
            parts.append(f"{same} 份未变化（没有重新生成，要重新生成请加 --force）")
        if summary.returned:
            parts.append(f"退回修改 {len(summary.returned)} 个工作簿")
        parts += [f"{WORDS[severity]} {counts[severity]} 条" for severity in Severity if counts[severity]]
        if summary.waiting:
            parts.append(f"{summary.waiting} 处待人工填报或确认")
        code = summary.exit_code
        head = {0: "完成", 1: "已完成，但有事项待处理", 3: "部分材料有错误，其余已完成"}[code]
        colour = {0: "green", 1: "yellow", 3: "red"}[code]
        self.say(f"{head}：{'，'.join(parts)}。", fg=colour)
        if counts[Severity.NOTE] and self.verbosity == 0:
            self.say("（加 -v 可以看到全部提示。）")
        if summary.log is not None:
            self.say(f"程序出错的详情在日志里：{summary.log}")


class Silent:
    """Progress that nobody sees."""

    def phase(self, name: str, total: int) -> None:
        return None

    def step(self, label: str) -> None:
        return None

    def close(self) -> None:
        return None


class Lines(Silent):
    """Plain lines, for logs and pipes."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._total = self._done = 0
        self._name = ""

    def phase(self, name: str, total: int) -> None:
        self._name, self._total, self._done = name, total, 0

    def step(self, label: str) -> None:
        """A line for every item of a short list; of a long one, for every twentieth part and the last."""
        self._done += 1
        part = self._total // MANY + 1
        if self._done % part == 0 or self._done == self._total:
            self._console.say(f"{self._name} {self._done}/{self._total}：{label}")


class Bars(Silent):
    """A progress bar on a terminal; it disappears when the work is done."""

    def __init__(self, colour: bool | None) -> None:
        self._colour = colour
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def phase(self, name: str, total: int) -> None:
        from rich.console import Console as Terminal
        from rich.progress import BarColumn, Progress, TextColumn
        from rich.table import Column

        if self._bar is None:
            terminal = Terminal(stderr=True, no_color=self._colour is False)
            told = TextColumn("{task.fields[told]}", table_column=Column(no_wrap=True))
            label = TextColumn("{task.fields[label]}", table_column=Column(no_wrap=True, overflow="ellipsis"))
            self._bar = Progress(
                TextColumn("{task.description}"), BarColumn(20), told, label, console=terminal, transient=True
            )
            self._bar.start()
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(name, total=total, label="", told=f"0/{total}")

    def step(self, label: str) -> None:
        if self._bar is None or self._task is None:
            return
        self._bar.update(self._task, advance=1)
        task = self._bar.tasks[0]
        self._bar.update(self._task, label=label, told=_standing(int(task.completed), int(task.total or 0), task.elapsed))

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _standing(done: int, total: int, elapsed: float | None) -> str:
    """12/60 余48 预计15:42结束: as long as what is left takes as long a file as what is done."""
    left = total - done
    if not left or not elapsed or done < LEAST_TO_FORESEE:
        return f"{done}/{total}" + (f" 余{left}" if left else "")
    end = datetime.now().astimezone() + timedelta(seconds=elapsed / done * left)
    return f"{done}/{total} 余{left} 预计{end:%H:%M:%S}结束"


def _told(verdict: Verdict) -> str:
    """Unit, year and recomputed totals of a report that could be checked."""
    units = verdict.result.get("units")
    if not units:
        return ""
    year = f" {units[0]['year']}年度" if units[0]["year"] else ""
    evaluations = units[0]["evaluations"]
    points = (f"{one['total']} 分" if one["total"] else "总分待确认" for one in evaluations)
    totals = [f"{one['name'] or ''} {told}".strip() for one, told in zip(evaluations, points, strict=True)]
    if any(one.get("not_scored") for one in evaluations):
        totals = ["绩效运行监控，不评定得分"]
    return f"　{units[0]['unit'] or '（未注明单位）'}{year}：{'，'.join(totals)}"


def speak_chinese(*streams: TextIO) -> None:
    """Make the streams fit for Chinese: no character may end the program.

    A code page without Chinese (437, 1252, …) gives way to UTF-8; in one with Chinese (936) a rare character
    that it lacks becomes a question mark.
    """
    for stream in streams:
        if not isinstance(stream, TextIOWrapper):  # somebody's own stream takes any text
            continue
        try:
            "绩效自评≥".encode(stream.encoding)
        except (UnicodeEncodeError, LookupError):
            stream.reconfigure(encoding="utf-8")
        stream.reconfigure(errors="replace")


def animated() -> bool:
    """Whether a bar may move: only on a terminal that can."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def colour_choice(no_color: bool) -> bool | None:
    """False where colour was declined (flag, NO_COLOR, a dumb terminal), else Click decides by the stream."""
    declined = no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return False if declined else None


def by_place(findings: Sequence[Finding]) -> list[Finding]:
    """Files and sheets in the order in which they first occur; what is said of a whole file comes first."""
    places: dict[tuple[str, ...], int] = {}
    for finding in findings:
        places.setdefault((finding.source.file,), len(places))
        places.setdefault((finding.source.file, finding.source.sheet), len(places))

    def order(finding: Finding) -> tuple[int, int]:
        file, sheet = finding.source.file, finding.source.sheet
        return places[(file,)], places[(file, sheet)] if sheet else -1

    return sorted(findings, key=order)
