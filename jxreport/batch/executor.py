"""Where the work is done: in this process, or in a pool of workers that no bad file can take down.

An executor takes a function and its inputs and gives one answer per input, each as soon as it is there:
its value or a :class:`Failure`. A worker that hangs, is killed or runs out of memory costs its own task only.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError as TaskTimeout
from concurrent.futures import as_completed
from dataclasses import dataclass
from enum import Enum
from types import FrameType, TracebackType
from typing import Any, Protocol, TypeVar

from jxreport.batch.limits import OUT_OF_MEMORY, Limits, confine, limited

Task = TypeVar("Task")
Value = TypeVar("Value")

_TASKS_PER_WORKER = 50  # long-lived workers keep memory; fresh ones give it back
_TASKS_WORTH_WORKERS = 4


class Reason(Enum):
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


class Serial:
    """One after the other in this process; for a department's own few workbooks."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def stream(
        self, function: Callable[[Task], Value], tasks: Sequence[Task]
    ) -> Iterator[tuple[int, Value | Failure]]:
        for number, task in enumerate(tasks):
            yield number, self._answer(function, task)

    def _answer(self, function: Callable[[Task], Value], task: Task) -> Value | Failure:
        try:
            with _alarm(self._limits.seconds):
                return function(task)
        except _TooLate:
            return Failure(Reason.TIMEOUT)
        except MemoryError:
            return Failure(Reason.MEMORY)
        except Exception:  # every file gets a verdict, whatever a library throws
            return Failure(Reason.ERROR, traceback.format_exc())

    def __enter__(self) -> Serial:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class Pool:
    """Worker processes, started fresh (not forked: Pango and thread state do not survive a fork).

    `prepare` is called once in each worker before its first task, to load what is slow to load.
    """

    def __init__(
        self, workers: int, limits: Limits | None = None, prepare: Callable[[], None] | None = None
    ) -> None:
        from pebble import ProcessPool

        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._limits = limits or Limits()
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=_TASKS_PER_WORKER,
            initializer=_begin,
            initargs=[self._limits, prepare],
            context=multiprocessing.get_context("spawn"),
        )

    def stream(
        self, function: Callable[[Task], Value], tasks: Sequence[Task]
    ) -> Iterator[tuple[int, Value | Failure]]:
        with _interrupts_held():  # the pool's threads and workers start with the first task
            numbers: dict[Any, int] = {
                self._pool.schedule(
                    limited, args=[function, self._limits, task], timeout=self._limits.seconds
                ): number
                for number, task in enumerate(tasks)
            }
        for future in as_completed(list(numbers)):
            # forgotten once answered: hundreds of finished reports must not pile up in memory
            yield numbers.pop(future), _answer(future)

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


def executor(
    jobs: int, tasks: int, limits: Limits | None = None, prepare: Callable[[], None] | None = None
) -> Executor:
    """The executor for `tasks` workbooks: starting workers pays off only from a handful on.

    `jobs` is the number of workers wished for; 0 means one per core.
    """
    workers = jobs or os.cpu_count() or 1
    few = tasks <= _TASKS_WORTH_WORKERS if jobs == 0 else tasks <= 1
    return Serial(limits) if workers == 1 or few else Pool(min(workers, tasks), limits, prepare)


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


def _answer(future: Any) -> Any:
    from pebble import ProcessExpired

    try:
        return future.result()
    except TaskTimeout:
        return Failure(Reason.TIMEOUT)
    except ProcessExpired as death:
        return verdict_on_exit(death.exitcode)
    except Exception as problem:
        return Failure(Reason.ERROR, str(getattr(problem, "traceback", "")) or repr(problem))


class _TooLate(BaseException):
    """The alarm of :func:`_alarm`; no library's ``except Exception`` may swallow it."""


@contextlib.contextmanager
def _alarm(seconds: int) -> Iterator[None]:
    """Raise _TooLate after so many seconds, where signals can do that (main thread, not Windows)."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise _TooLate

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


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


def _begin(limits: Limits, prepare: Callable[[], None] | None) -> None:
    """A worker's first step. Windows has no mask to inherit: there interrupts are ignored from here on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine(limits)
    if prepare is not None:
        # what cannot be loaded is the task's to report: there it becomes a finding
        with contextlib.suppress(Exception):
            prepare()
