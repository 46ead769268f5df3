"""One child process for tasks, one after the other, for places where no pool can be: a cluster's workers.

The parent and ``python -m jxreport.batch.isolate`` exchange pickles over pipes, each with its length before it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from typing import IO, Any, TypeVar

from jxreport.batch.executor import Failure, Reason, verdict_on_exit
from jxreport.batch.limits import Limits, confine, limited

Task = TypeVar("Task")
Value = TypeVar("Value")

_LENGTH = struct.Struct(">Q")


class Child:
    """A process that runs tasks within limits. Not to be used by two threads at once."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process = subprocess.Popen(
            [sys.executable, "-m", "jxreport.batch.isolate"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )
        self._tell(limits)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def run(self, function: Callable[[Task], Value], task: Task) -> Value | Failure:
        """The value, or why there is none. After a timeout or a death the child is gone."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self._process.kill()

        watch = threading.Timer(self._limits.seconds, end)
        watch.start()
        try:
            self._tell((function, task))
            found, value = _receive(self._process.stdout)
        except OSError:  # died before it took the task
            found, value = False, None
        finally:
            watch.cancel()
        if found:
            return value
        self._process.kill()
        code = self._process.wait()
        return Failure(Reason.TIMEOUT) if late.is_set() else verdict_on_exit(code)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def _tell(self, message: object) -> None:
        assert self._process.stdin is not None
        _send(self._process.stdin, message)


def _send(stream: IO[bytes], message: object) -> None:
    data = pickle.dumps(message)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def _receive(stream: IO[bytes] | None) -> tuple[bool, Any]:
    """(True, message), or (False, None) where the other side has gone."""
    assert stream is not None
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return False, None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return (True, pickle.loads(data)) if len(data) == length else (False, None)


def serve() -> None:
    """Answer tasks from stdin until it ends. What a library prints goes to stderr, not among the answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    there, limits = _receive(sys.stdin.buffer)
    if not there:
        return
    confine(limits)
    with contextlib.suppress(BrokenPipeError):  # nobody waits for the answer any more
        while True:
            there, message = _receive(sys.stdin.buffer)
            if not there:
                return
            function, task = message
            _send(answers, _answer(function, task, limits))


def _answer(function: Callable[[Any], Any], task: Any, limits: Limits) -> Any:
    try:
        return limited(function, limits, task)
    except Exception:  # every task gets an answer, whatever a library throws
        return Failure(Reason.ERROR, traceback.format_exc())


if __name__ == "__main__":
    serve()
