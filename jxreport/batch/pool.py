"""Several worker processes on this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import TimeoutError as TaskTimeout
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, TypeVar

from jxreport.batch.executor import (
    TASKS_PER_WORKER,
    Executor,
    Failure,
    Reason,
    interrupts_held,
    quiet_streams,
    verdict_on_exit,
)
from jxreport.batch.isolate import Isolated
from jxreport.batch.limits import Limits, confine, limited, loaded

Task = TypeVar("Task")
Value = TypeVar("Value")

_TASKS_WORTH_WORKERS = 4
_POOLS = 4  # that break before the rest is given up


class Pool:
    """Worker processes, started fresh (not forked: Pango and thread state do not survive a fork).

    `prepare` is called once in each worker before its first task, to load what is slow to load.
    """

    def __init__(
        self, workers: int, limits: Limits | None = None, prepare: Callable[[], None] | None = None
    ) -> None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._workers, self._limits, self._prepare = workers, limits or Limits(), prepare
        self._pool = self._fresh()

    def _fresh(self) -> Any:
        from pebble import ProcessPool

        return ProcessPool(
            max_workers=self._workers,
            max_tasks=TASKS_PER_WORKER,
            initializer=_begin,
            initargs=[self._limits, self._prepare],
            context=multiprocessing.get_context("spawn"),
        )

    def stream(
        self, function: Callable[[Task], Value], tasks: Sequence[Task]
    ) -> Iterator[tuple[int, Value | Failure]]:
        """A worker killed while it starts belongs to no task, and Pebble gives up: a fresh pool takes what is left."""
        left = dict(enumerate(tasks))
        for _ in range(_POOLS):
            for number, answer in self._stream(function, left):
                if answer is not None:
                    left.pop(number)
                    yield number, answer
            if not left:
                return
            self._pool.stop()
            self._pool.join()
            self._pool = self._fresh()
        for number in left:
            yield number, Failure(Reason.DIED, "worker after worker died while starting")

    def _stream(
        self, function: Callable[[Task], Value], tasks: Mapping[int, Task]
    ) -> Iterator[tuple[int, Value | Failure | None]]:
        """The answers; None for a task that a broken pool has not taken up."""
        _start_resource_tracker()
        with interrupts_held():  # the pool's threads and workers start with the first task
            numbers: dict[Any, int] = {
                self._pool.schedule(
                    limited, args=[function, self._limits, task], timeout=self._limits.seconds
                ): number
                for number, task in tasks.items()
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
    """The executor for `tasks` workbooks: more than one worker pays off only from a handful on.

    `jobs` is the number of workers wished for; 0 means one per core.
    """
    workers = jobs or os.cpu_count() or 1
    few = tasks <= _TASKS_WORTH_WORKERS if jobs == 0 else tasks <= 1
    return Isolated(limits, prepare) if workers == 1 or few else Pool(min(workers, tasks), limits, prepare)


def _answer(future: Any) -> Any:
    from pebble import ProcessExpired

    try:
        return future.result()
    except TaskTimeout:
        return Failure(Reason.TIMEOUT)
    except BrokenProcessPool:
        return None
    except ProcessExpired as death:
        return verdict_on_exit(death.exitcode)
    except Exception as problem:
        return Failure(Reason.ERROR, str(getattr(problem, "traceback", "")) or repr(problem))


def _start_resource_tracker() -> None:
    """Multiprocessing's own helper lets interrupts in again when it starts; so it starts before."""
    if os.name != "nt":
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()


def _begin(limits: Limits, prepare: Callable[[], None] | None) -> None:
    """A worker's first step. Windows has no mask to inherit: there interrupts are ignored from here on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    quiet_streams()
    confine(limits)
    loaded(prepare)
