"""运行日志.txt: what a run did, line by line with the time, beside the outputs' state; that of the last run is kept.

For the morning after: every file as it was done, every finding, every file written, and how it ended. A log
that cannot be written (disk full) is no reason to stop.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import IO

from jxreport import __version__
from jxreport.batch.outcome import Progress, Summary
from jxreport.finding import Finding, Severity
from jxreport.messages import message

NAME, BEFORE = "运行日志.txt", "运行日志.上一次.txt"

_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
_ENDS = {0: "完成", 1: "完成，有事项待人工处理", 3: "完成，部分材料有错误"}


class Diary:
    """A Progress that writes down what it hears and passes it on. Lines are on the disk as they come."""

    def __init__(self, folder: Path, heard_by: Progress) -> None:
        self.path = folder / NAME
        self._next = heard_by
        self._stream: IO[str] | None = None
        self._name, self._total, self._done = "", 0, 0

    def __enter__(self) -> Diary:
        with contextlib.suppress(OSError):
            if self.path.exists():
                self.path.replace(self.path.with_name(BEFORE))
            self._stream = self.path.open("w", encoding="utf-8", buffering=1)
        self.say(f"jxreport {__version__} 开始")
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: object) -> None:
        if problem is not None:
            self.say("已中断" if isinstance(problem, KeyboardInterrupt) else f"没有完成：{problem!r}")
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.close()

    def phase(self, name: str, total: int) -> None:
        self._name, self._total, self._done = name, total, 0
        self.say(f"{name}（共{total}份）")
        self._next.phase(name, total)

    def step(self, label: str) -> None:
        self._done += 1
        self.say(f"{self._name} {self._done}/{self._total}：{label}")
        self._next.step(label)

    def finish(self, summary: Summary) -> None:
        """What came of it: findings, files, scores, the exit code."""
        self._findings(summary.findings)
        for what, paths in (("写入", summary.written), ("未变化", summary.unchanged), ("退回", summary.returned)):
            for path in paths:
                self.say(f"{what} {path}")
        self.say(f"{_ENDS[summary.exit_code]}（退出码 {summary.exit_code}）")

    def say(self, text: str) -> None:
        if self._stream is not None:
            now = datetime.now().astimezone()
            with contextlib.suppress(OSError, UnicodeError):
                self._stream.write(f"{now:%Y-%m-%d %H:%M:%S} {text}\n")

    def _findings(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            words = message(finding)
            place = str(finding.source).strip("：") or "（全部材料）"
            self.say(f"{_WORDS[finding.severity]} {finding.code} {place} {words.text} → {words.fix}")
