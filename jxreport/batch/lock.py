"""One run at a time per output folder.

The lock is the system's advisory lock on ``.jxreport/lock``, not the file's being there: it ends with its holder,
however that ends, so a lock cannot go stale and nobody ever has to delete the file. What is written in it only
tells who holds it. Where a network share offers no locks the folder is refused (an OSError), not trusted.
"""

from __future__ import annotations

import errno
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


_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)  # which of them depends on the system


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
        except OSError as problem:
            stream.seek(0)
            holder = stream.read().strip()
            stream.close()
            if problem.errno not in _TAKEN:
                raise
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
