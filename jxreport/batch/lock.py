"""One run at a time per output folder. The lock is freed by the system when its holder dies."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from types import TracebackType
from typing import IO


class Locked(Exception):
    """Another run holds the output folder; `holder` says which, as far as is known."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


class RunLock:
    """``with RunLock(folder / "lock"):`` holds the file's advisory lock; raises Locked at once if taken."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: IO[str] | None = None

    def __enter__(self) -> RunLock:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        stream = self._path.open("a+", encoding="utf-8")
        try:
            _take(stream)
        except OSError:
            stream.seek(0)
            holder = stream.read().strip()
            stream.close()
            raise Locked(holder) from None
        stream.truncate(0)
        stream.write(f"进程 {os.getpid()}，主机 {socket.gethostname()}")
        stream.flush()
        self._stream = stream
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.truncate(0)
            self._stream.close()


if sys.platform == "win32":
    import msvcrt

    def _take(stream: IO[str]) -> None:
        # Far beyond the text, which stays readable to whoever wants to know the holder.
        stream.seek(1_000_000)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(stream: IO[str]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
