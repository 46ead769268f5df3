"""What one task may use: wall-clock time, processor time, memory, file size; no core dumps.

The wall clock is watched from outside (the parent kills the worker), the rest by the operating system.
Where it has no such limits (Windows), the wall clock and the reading gate remain.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

Task = TypeVar("Task")
Value = TypeVar("Value")

OUT_OF_MEMORY = 77  # exit code of a worker that ran into its memory limit

_MEGABYTE = 1024 * 1024
_LARGEST_FILE = 64 * _MEGABYTE  # a worker writes no results; this only stops a runaway library


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one task. `seconds` of wall clock, and of processor time; `megabytes` of address space.

    Reading and printing the sample takes 0.53 GB of address space, of which 0.27 GB are in use, a table of
    5 000 rows some 1.4 GB: libraries and fonts are mapped, not loaded, so the limit must be roomy.
    """

    seconds: int = 120
    megabytes: int = 2048


def confine(limits: Limits) -> None:
    """Set the limits that hold for a worker's whole life."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, size in (
        (resource.RLIMIT_AS, limits.megabytes * _MEGABYTE),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # stricter already, or not to be had (macOS)
            resource.setrlimit(kind, (size, size))


def limited(function: Callable[[Task], Value], limits: Limits, task: Task) -> Value:
    """`function` of `task` in a worker. Too much processor time, and the system ends the worker.

    Out of memory the worker leaves at once: what the libraries hold then is not to be trusted.
    """
    _allow_processor_time(limits.seconds)
    try:
        return function(task)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    finally:
        give_back()


def loaded(prepare: Callable[[], None] | None) -> None:
    """Load what is slow to load, once a worker. The garbage collector need not go through it after every task.

    What cannot be loaded is the task's to report: there it becomes a finding.
    """
    with contextlib.suppress(Exception):
        if prepare is not None:
            prepare()
    gc.freeze()
    _trim()  # found now: after a task there may be no room left to look for it


def give_back() -> None:
    """Return freed memory to the system: after a large report a worker would else keep its pages for good."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """The C library's malloc_trim; None where it has none (musl, macOS, Windows)."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None


def _allow_processor_time(seconds: int) -> None:
    """From now on so many seconds more; the system counts the whole life of the process."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(time.process_time()) + seconds + 1
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))
