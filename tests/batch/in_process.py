"""The executor of most tests: no worker processes, so that functions can be replaced and nothing is loaded anew."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import TypeVar

from jxreport.batch.executor import Failure, Reason
from jxreport.batch.limits import Limits
from jxreport.batch.pool import executor

Task = TypeVar("Task")
Value = TypeVar("Value")


class InProcess:
    """One after the other; without limits, and only errors become answers."""

    def stream(
        self, function: Callable[[Task], Value], tasks: Sequence[Task]
    ) -> Iterator[tuple[int, Value | Failure]]:
        for number, task in enumerate(tasks):
            yield number, self.answer(function, task)

    def answer(self, function: Callable[[Task], Value], task: Task) -> Value | Failure:
        try:
            return function(task)
        except Exception:
            return Failure(Reason.ERROR, traceback.format_exc())

    def __enter__(self) -> InProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def in_process(jobs: int, tasks: int, limits: Limits, prepare: Callable[[], None]) -> InProcess | object:
    """In place of `executor`: workers only where several are asked for."""
    return executor(jobs, tasks, limits, prepare) if jobs > 1 else InProcess()
