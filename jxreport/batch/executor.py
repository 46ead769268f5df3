"""Where the work is done: in this process, or in a pool of workers that no bad file can take down.

Both take a function and its inputs and give one answer per input, in order: its value or a
:class:`Failure`. A worker that hangs or is killed costs its own task only.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as TaskTimeout
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Any, Protocol, TypeVar

Task = TypeVar("Task")
Value = TypeVar("Value")

TASK_SECONDS = 120
_TASKS_PER_WORKER = 20  # WeasyPrint keeps memory; fresh workers give it back


class Reason(Enum):
    ERROR = "error"  # the program failed
    TIMEOUT = "timeout"
    DIED = "died"  # the worker was killed


@dataclass(frozen=True, slots=True)
class Failure:
    """A task without an answer; `detail` is for the log, not for users."""

    reason: Reason
    detail: str = ""


class Executor(Protocol):
    """Runs `function` over `tasks`; `done` is called with the number of each task as it ends."""

    def map(
        self, function: Callable[[Task], Value], tasks: Iterable[Task], done: Callable[[int], None]
    ) -> list[Value | Failure]: ...

    def __enter__(self) -> Executor: ...

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Serial:
    """One after the other in this process; for a department's own few workbooks."""

    def map(
        self, function: Callable[[Task], Value], tasks: Iterable[Task], done: Callable[[int], None]
    ) -> list[Value | Failure]:
        answers: list[Value | Failure] = []
        for number, task in enumerate(tasks):
            try:
                answers.append(function(task))
            except Exception:  # every file gets a verdict, whatever a library throws
                answers.append(Failure(Reason.ERROR, traceback.format_exc()))
            done(number)
        return answers

    def __enter__(self) -> Serial:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class Pool:
    """Worker processes, started fresh (not forked: Pango and thread state do not survive a fork)."""

    def __init__(self, workers: int, seconds: int = TASK_SECONDS) -> None:
        from pebble import ProcessPool

        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._seconds = seconds
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=_TASKS_PER_WORKER,
            initializer=_leave_interrupts_to_the_parent,
            context=multiprocessing.get_context("spawn"),
        )

    def map(
        self, function: Callable[[Task], Value], tasks: Iterable[Task], done: Callable[[int], None]
    ) -> list[Value | Failure]:
        with _interrupts_held():  # the pool's threads and workers start with the first task
            futures = [self._pool.schedule(function, args=[task], timeout=self._seconds) for task in tasks]
        answers: list[Value | Failure] = []
        for number, future in enumerate(futures):
            answers.append(_answer(future))
            done(number)
        return answers

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if problem is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()


def executor(jobs: int, tasks: int) -> Executor:
    """The executor for `tasks` workbooks: starting workers pays off only from a handful on.

    `jobs` is the number of workers wished for; 0 means one per core.
    """
    workers = jobs or os.cpu_count() or 1
    few = tasks <= _TASKS_WORTH_WORKERS if jobs == 0 else tasks <= 1
    return Serial() if workers == 1 or few else Pool(min(workers, tasks))


_TASKS_WORTH_WORKERS = 4


def _answer(future: Any) -> Any:
    from pebble import ProcessExpired

    try:
        return future.result()
    except TaskTimeout:
        return Failure(Reason.TIMEOUT)
    except ProcessExpired as death:
        return Failure(Reason.DIED, f"exit code {death.exitcode}")
    except Exception as problem:
        return Failure(Reason.ERROR, str(getattr(problem, "traceback", "")) or repr(problem))


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C is the parent's to answer: threads and processes started here never receive it.

    A worker that got it while still importing would print a traceback of its own.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # lets interrupts in again when it starts; so it starts before
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_interrupts_to_the_parent() -> None:
    """The same for Windows, as soon as the worker runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
