"""Taking the time: processor seconds in this process, wall seconds and memory of others; tables of results."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

Value = TypeVar("Value")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the results: a title, column heads, rows of texts, and what to see in it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def __str__(self) -> str:
        lines = ["", f"### {self.title}", "", _line(self.heads), _line(["---"] * len(self.heads))]
        lines += [_line(row) for row in self.rows]
        return "\n".join([*lines, *(["", self.note] if self.note else [])])


def cpu(
    function: Callable[[], Value], *, rounds: int = 3, before: Callable[[], object] | None = None
) -> tuple[float, Value]:
    """The least processor seconds of `rounds` runs, and what the last gave. Neither the garbage of others is counted
    nor `before`, which is called ahead of each run."""
    best = float("inf")
    for _ in range(rounds):
        if before is not None:
            before()
        gc.collect()
        start = time.process_time()
        value = function()
        best = min(best, time.process_time() - start)
    return best, value


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished process: seconds on the wall and of processor time (with its children), peak memory in MB."""

    wall: float
    cpu: float
    peak: float


def process(
    command: Sequence[str | Path], *, rounds: int = 1, folder: Path = ROOT, **environment: str
) -> Ran:
    """Run `command` and wait; the median of `rounds` by wall time. A failure (exit code above 3) is raised."""
    runs = [_once(command, folder, environment) for _ in range(rounds)]
    middle = statistics.median_low([run.wall for run in runs])
    return next(run for run in runs if run.wall == middle)


def python(*arguments: str | Path, rounds: int = 1, folder: Path = ROOT) -> Ran:
    """`python -m …` with this interpreter and this checkout."""
    return process([sys.executable, "-m", *arguments], rounds=rounds, folder=folder, PYTHONPATH=str(ROOT))


def _once(command: Sequence[str | Path], folder: Path, environment: dict[str, str]) -> Ran:
    start = time.perf_counter()
    child = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert child.stderr is not None
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if not 0 <= child.returncode <= 3:
        raise RuntimeError(f"{command[:4]} → {child.returncode}: {said[-500:].decode(errors='replace')}")
    return Ran(
        wall=time.perf_counter() - start, cpu=usage.ru_utime + usage.ru_stime, peak=usage.ru_maxrss / 1024
    )


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def ratio(part: float, whole: float) -> str:
    return f"{part / whole:.2f}" if whole else "—"


def _line(cells: Sequence[Any]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
