"""Where the work is done: always in worker processes, so that no bad file can take the run down.

An executor takes a function and its inputs and gives one answer per input, each as soon as it is there:
its value or a :class:`Failure`. A worker that hangs, is killed or runs out of memory costs its own task only.
One worker (:mod:`isolate`), several (:mod:`pool`) and a cluster's (:mod:`cluster`) answer alike.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Protocol, TypeVar

from jxreport.batch.limits import OUT_OF_MEMORY

Task = TypeVar("Task")
Value = TypeVar("Value")

TASKS_PER_WORKER = 50  # long-lived workers keep memory; fresh ones give it back


class Reason(Enum):
    """Why a task has no result."""

    ERROR = "error"  # the program failed
    TIMEOUT = "timeout"
    MEMORY = "memory"
    DIED = "died"  # the worker was killed
    UNFIT = "unfit"  # a machine of the cluster that would print another report


@dataclass(frozen=True, slots=True)
class Failure:
    """A task without an answer; `detail` is for the log, not for users."""

    reason: Reason
    detail: str = ""


class Executor(Protocol):
    """Runs `function` over `tasks`: (number of the task, its answer), in the order in which they end."""

    def stream(
        self, function: Callable[[Task], Value], tasks: Sequence[Task]
    ) -> Iterator[tuple[int, Value | Failure]]: ...

    def __enter__(self) -> Executor: ...

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def in_order(answers: Iterable[tuple[int, Value | Failure]]) -> list[Value | Failure]:
    """The answers of a stream in the order of the tasks."""
    return [answer for _, answer in sorted(answers, key=lambda pair: pair[0])]


def verdict_on_exit(code: int) -> Failure:
    """What a worker's exit code says: its own word on memory, the system's on processor time."""
    if code == OUT_OF_MEMORY:
        return Failure(Reason.MEMORY)
    if code == -getattr(signal, "SIGXCPU", 0):
        return Failure(Reason.TIMEOUT)
    return Failure(Reason.DIED, f"exit code {code}")


@contextlib.contextmanager
def interrupts_held() -> Iterator[None]:
    """Ctrl-C is the parent's to answer: threads and processes started here never receive it.

    A worker that got it while still importing would print a traceback of its own.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def quiet_streams() -> None:
    """In a worker: what libraries print reaches neither the results on stdout nor the user's terminal."""
    sys.stdout.flush()
    sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
