"""The log of a run: written only when the program itself failed, for whoever maintains it."""

from __future__ import annotations

import contextlib
import platform
from pathlib import Path

from jxreport import __version__

LOG_NAME = "jxreport-出错日志.txt"


class RunLog:
    """Collects tracebacks in one file, made with the first of them; a log that cannot be written is no error."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / LOG_NAME
        self._started = False

    def add(self, what: str, detail: str) -> None:
        mode = "a" if self._started else "w"
        head = (
            ""
            if self._started
            else f"jxreport {__version__}，Python {platform.python_version()}，{platform.platform()}\n"
        )
        self._started = True
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open(mode, encoding="utf-8") as stream:
                stream.write(f"{head}\n== {what}\n{detail}\n")
