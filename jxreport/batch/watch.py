"""``watch``: a workbook dropped into a folder becomes a report. Polling, so that network shares work as well.

A workbook is taken when its size and time are the same in two polls. Every run is over all workbooks of the
folder (pairs and 汇总 need them); the manifest sees to it that only what changed is made.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from jxreport.batch.inputs import find_workbooks
from jxreport.batch.lock import Locked
from jxreport.batch.log import RunLog
from jxreport.batch.outcome import EXIT_OK, Summary
from jxreport.batch.runner import STATE_FOLDER, run
from jxreport.config import Config, ConfigError

PATIENCE = 10  # polls for which a workbook that keeps changing holds up the others

Stamp = tuple[int, int]  # size, time of the last change


@dataclass(slots=True)
class Folder:
    """What is known of the watched folder. `polled` are the stamps of the last poll, `done` those of the last run."""

    path: Path
    output: Path
    polled: dict[Path, Stamp] = field(default_factory=dict)
    done: dict[Path, Stamp] = field(default_factory=dict)
    restless: dict[Path, int] = field(default_factory=dict)

    def poll(self) -> dict[Path, Stamp] | None:
        """The workbooks to run over now, or None where nothing is new or something is still on its way."""
        found = self._stamps()
        restless = {
            path: self.restless.get(path, 0) + 1 for path in found if found[path] != self.polled.get(path)
        }
        self.polled, self.restless = found, restless
        if any(polls <= PATIENCE for polls in restless.values()):
            return None
        still = {path: stamp for path, stamp in found.items() if path not in restless}
        return still if still and still != self.done else None

    def _stamps(self) -> dict[Path, Stamp]:
        """Size and time of every workbook; one that is gone in between is not there."""
        stamps: dict[Path, Stamp] = {}
        for path in find_workbooks((self.path,), self.output)[0]:
            try:
                status = path.stat()
            except OSError:
                continue
            stamps[path] = (status.st_size, status.st_mtime_ns)
        return stamps


class Watcher:
    """Polls and runs until interrupted. `tell` hears one line at a time, `made` each finished run."""

    def __init__(
        self, folder: Path, config: Config, *, tell: Callable[[str], None], made: Callable[[Summary], None]
    ) -> None:
        self.config, self.tell, self.made = config, tell, made
        self.folder = Folder(path=folder, output=config.output)
        self._said = ""

    def watch(self, interval: float, sleep: Callable[[float], None] = time.sleep) -> None:
        """Never returns; KeyboardInterrupt ends it, after which every file written is whole."""
        while True:
            self.step()
            sleep(interval)

    def once(self, interval: float, sleep: Callable[[float], None] = time.sleep) -> int:
        """Two polls and, where anything lies still, one run; its exit code."""
        self.folder.poll()
        sleep(interval)
        summary = self.step()
        return summary.exit_code if summary is not None else EXIT_OK

    def step(self) -> Summary | None:
        """One poll, and a run if there is something for it. Whatever goes wrong is told; the next poll comes."""
        if not self.folder.path.is_dir():
            self._say(f"{self.folder.path} 现在打不开（网络盘断开？），恢复后继续。")
            return None
        ready = self.folder.poll()
        if ready is None:
            return None
        try:
            summary = run(list(ready), self.config)
        except Locked:
            self._say("另一次运行正在写这个输出文件夹，等它结束后处理。")
        except ConfigError as problem:
            self._say(str(problem))
        except Exception:  # a watcher nobody looks at must not die of one folder's content
            log = RunLog(self.config.output / STATE_FOLDER)
            log.add("watch", traceback.format_exc())
            self._say(f"程序内部出错，这次没有完成，有新的变化时再试。请把日志文件交给维护人员：{log.path}")
            self.folder.done = ready
        else:
            self.folder.done, self._said = ready, ""
            self.made(summary)
            return summary
        return None

    def _say(self, text: str) -> None:
        """The same trouble is told once, not with every poll."""
        if text != self._said:
            self._said = text
            self.tell(text)
