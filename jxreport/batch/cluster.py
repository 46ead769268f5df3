"""The same work on an existing Dask cluster (``--scheduler tcp://host:port``, extra ``jxreport[cluster]``).

Workbooks and reports go over the wire as bytes; no shared file system is needed. A machine whose program,
libraries, templates or fonts differ from ours would print another report and is refused. The user's own
templates travel with the task. On each machine a task runs in a child process within the usual limits; when
the machine itself goes, the scheduler gives its tasks to another.

Dask speaks without a password: run it on a network that only trusted machines can reach, or with ``tls://``.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import queue
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from jxreport.batch.executor import Failure, Reason
from jxreport.batch.identity import Identity, identity
from jxreport.batch.isolate import Child
from jxreport.batch.limits import Limits
from jxreport.batch.unit import with_templates
from jxreport.config import ConfigError

Task = TypeVar("Task")
Value = TypeVar("Value")

_CONNECT_SECONDS = 15
_LOOK_SECONDS = 5
_LONELY_LOOKS = 12  # a minute without any worker, and the rest is given up

Bundle = tuple[tuple[str, bytes], ...]  # a folder of templates: names and contents


@dataclass(frozen=True, slots=True, kw_only=True)
class Luggage:
    """What a task needs to know on another machine, besides itself."""

    identity: Identity
    limits: Limits
    templates: Bundle | None


class Cluster:
    """An executor on a Dask cluster. Raises ConfigError where it cannot be reached or does not fit."""

    _identity = staticmethod(identity)

    def __init__(self, address: str, limits: Limits, templates: Path | None = None) -> None:
        try:
            from distributed import Client
        except ImportError as problem:
            raise ConfigError("要在集群上处理，请先安装：pip install 'jxreport[cluster]'。") from problem
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong there is told below
        self._address = address
        bundle = _bundle(templates) if templates is not None else None
        self._luggage = Luggage(identity=self._identity(), limits=limits, templates=bundle)
        try:
            self._client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as problem:  # a timeout is an OSError
            raise ConfigError(f"连不上集群的调度器 {address}。请确认它已启动、地址和端口正确。") from problem
        try:
            self._check_workers()
        except BaseException:
            self._client.close()
            raise

    def stream(
        self, function: Callable[[Task], Value], tasks: Sequence[Task]
    ) -> Iterator[tuple[int, Value | Failure]]:
        done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        numbers = {}
        for number, task in enumerate(tasks):
            future = self._client.submit(_carry_out, function, task, self._luggage, pure=False)
            numbers[future] = number
            future.add_done_callback(done.put)
        lonely = 0
        while numbers:
            try:
                future = done.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                lonely = 0 if self._client.scheduler_info()["workers"] else lonely + 1
                if lonely < _LONELY_LOOKS:
                    continue
                for number in numbers.values():
                    yield number, Failure(Reason.DIED, "no worker is left")
                return
            yield numbers.pop(future), _answer(future)

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(Exception):  # a scheduler that has gone must not hide what went before
            self._client.close()

    def _check_workers(self) -> None:
        """Every worker must have our program, templates and fonts; at least one must be there."""
        try:
            self._client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        except TimeoutError as problem:
            raise ConfigError(
                f"集群 {self._address} 上没有工作进程。请在各台机器上启动：dask worker {self._address}"
            ) from problem
        answers: Mapping[str, Any] = self._client.run(identity, on_error="return")
        for worker, answer in answers.items():
            if not isinstance(answer, Identity):
                raise ConfigError(
                    f"集群中的 {worker} 不能用：上面没有安装与本机相同的 jxreport（{type(answer).__name__}）。"
                )
            if different := self._luggage.identity.differences(answer):
                raise ConfigError(
                    f"集群中的 {worker} 与本机不一致：{'、'.join(different)}不同，会印出不同的报告。"
                    "请在各台机器上安装相同的 jxreport 和字体包。"
                )


def _answer(future: Any) -> Any:
    from distributed import KilledWorker

    try:
        return future.result()
    except KilledWorker as death:  # it took several workers with it, one after the other
        return Failure(Reason.DIED, str(death))
    except Exception as problem:
        return Failure(Reason.ERROR, repr(problem))
    finally:
        future.release()


def _carry_out(function: Callable[[Any], Any], task: Any, luggage: Luggage) -> Any:
    """A task on a worker, in a child process of its own; two at a time need two children."""
    if different := luggage.identity.differences(identity()):  # a machine that came later
        return Failure(Reason.UNFIT, "、".join(different))
    if luggage.templates is not None:
        task = with_templates(task, _unpacked(luggage.templates))
    child = _borrow(luggage.limits)
    answer = child.run(function, task)
    if child.is_alive:
        _idle.put((luggage.limits, child))
    return answer


_idle: queue.SimpleQueue[tuple[Limits, Child]] = queue.SimpleQueue()
_unpacking = threading.Lock()


def _borrow(limits: Limits) -> Child:
    """A child that waits for work, else a new one."""
    with contextlib.suppress(queue.Empty):
        while True:
            known, child = _idle.get_nowait()
            if known == limits and child.is_alive:
                return child
            child.close()
    return Child(limits)


def _bundle(folder: Path) -> Bundle:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files)


def _unpacked(bundle: Bundle) -> Path:
    with _unpacking:
        return _unpack(bundle)


@cache
def _unpack(bundle: Bundle) -> Path:
    """The user's templates as a folder on this machine, made once for the life of the worker."""
    mark = hashlib.sha256(repr(bundle).encode()).hexdigest()[:8]
    folder = Path(tempfile.mkdtemp(prefix=f"jxreport-{mark}-"))
    for name, data in bundle:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
