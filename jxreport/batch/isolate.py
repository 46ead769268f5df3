"""One child process for tasks, one after the other: for a few workbooks, and inside a cluster's workers.

The parent and :func:`serve` in the child exchange pickles over pipes, each with its length before it.
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
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import IO, Any, TypeVar

from jxreport.batch.executor import (
    TASKS_PER_WORKER,
    Failure,
    Reason,
    interrupts_held,
    quiet_streams,
    verdict_on_exit,
)
from jxreport.batch.limits import Limits, confine, limited, loaded

Task = TypeVar("Task")
Value = TypeVar("Value")

_LENGTH = struct.Struct(">Q")


_START_SECONDS = 120  # to load the libraries, on the slowest machine


class Isolated:
    """One after the other in a single child process; the next task of a dead child goes to a new one.

    `prepare` is called in the child before its first task, to load what is slow to load.
    """

    def __init__(self, limits: Limits | None = None, prepare: Callable[[], None] | None = None) -> None:
        self._limits, self._prepare = limits or Limits(), prepare
        self._child: Child | None = Child(self._limits, prepare)  # loads while the caller goes on

    def stream(
        self, function: Callable[[Task], Value], tasks: Sequence[Task]
    ) -> Iterator[tuple[int, Value | Failure]]:
        for number, task in enumerate(tasks):
            if self._child is None or not self._child.is_alive or self._child.tasks >= TASKS_PER_WORKER:
                self._end()
                self._child = Child(self._limits, self._prepare)
            yield number, self._child.run(function, task)

    def __enter__(self) -> Isolated:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        if self._child is not None:
            self._child.close()
            self._child = None


class Child:
    """A process that runs tasks within limits. Not to be used by two threads at once."""

    def __init__(self, limits: Limits, prepare: Callable[[], None] | None = None) -> None:
        self._limits = limits
        self._is_ready = False
        self.tasks = 0
        with interrupts_held():
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", "from jxreport.batch.isolate import serve; serve()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": _search_path()},
            )
        with contextlib.suppress(OSError):  # dead already: the first task will tell
            self._tell((limits, prepare))

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def run(self, function: Callable[[Task], Value], task: Task) -> Value | Failure:
        """The value, or why there is none. After a timeout or a death the child is gone."""
        self.tasks += 1
        if not self._is_ready:
            self._is_ready, _ = self._within(_START_SECONDS, None)
        found, value = self._within(self._limits.seconds, (function, task))
        if found:
            return value
        return Failure(Reason.TIMEOUT) if value else verdict_on_exit(self._process.wait())

    def _within(self, seconds: float, message: object) -> tuple[bool, Any]:
        """(True, the answer to `message`), or (False, was it too late): the child is then gone."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self._process.kill()

        watch = threading.Timer(seconds, end)
        watch.start()
        try:
            if message is not None:
                self._tell(message)
            found, value = _receive(self._process.stdout)
        except OSError:  # died before it took the task
            found, value = False, None
        finally:
            watch.cancel()
        if not found:
            self._process.kill()
            self._process.wait()
        return found, value if found else late.is_set()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # what a dead child did not take is of no use any more
                    stream.close()

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


def _search_path() -> str:
    """Where the parent finds its modules; the current folder, which may be a stranger's, is not among them."""
    return os.pathsep.join(path for path in sys.path if path)


def serve() -> None:
    """Answer tasks from stdin until it ends; the first answer says that everything is loaded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    there, start = _receive(sys.stdin.buffer)
    if not there:
        return
    limits, prepare = start
    quiet_streams()
    confine(limits)
    loaded(prepare)
    _send(answers, True)
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
