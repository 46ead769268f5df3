"""The same batch on a Dask cluster of the loopback: one, two, four workers, and what a task costs in itself."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed.batches import bureau
from benchmarks.speed.measure import ROOT, Table, python, ratio

_OPTIONS = ("--host", "127.0.0.1", "--no-dashboard")


def tables(quick: bool) -> list[Table]:
    heads = ("工作进程", "用时", "每份", "与本机两个进程之比", "一个空任务")
    if not importlib.util.find_spec("distributed"):
        return [Table("Dask 集群（本机回环）", heads, (), "没有安装 jxreport[cluster]，未测。")]
    reports, empty = (8, 50) if quick else (24, 300)
    with bureau(reports) as (folder, output):
        local = python("jxreport", "report", folder, "-o", output, "--jobs", "2", "-q").wall
        rows = [("本机两个进程，不经集群", f"{local:.1f} s", f"{local / reports:.2f} s", "1.00", "—")]
        for workers in (1, 2, 4):
            with _cluster(workers) as address:
                where = output.with_name(f"output{workers}")
                wall = python("jxreport", "report", folder, "-o", where, "--scheduler", address, "-q").wall
                each = _empty(address, empty)
            rows.append(
                (
                    str(workers),
                    f"{wall:.1f} s",
                    f"{wall / reports:.2f} s",
                    ratio(wall, local),
                    f"{each * 1000:.1f} ms",
                )
            )
    note = f"{reports} 份工作簿。调度器和全部工作进程都在这两个核上，四个进程不会比两个快；看的是经集群多花多少。"
    return [Table("Dask 集群（本机回环）", heads, tuple(rows), note)]


def nothing(task: int) -> int:
    """A task that does nothing."""
    return task


def _empty(address: str, tasks: int) -> float:
    """Seconds of an empty task through the whole machinery (a child process on the worker, both ways over the wire)."""
    from jxreport.batch.cluster import Cluster
    from jxreport.batch.limits import Limits

    with Cluster(address, Limits()) as cluster:
        list(cluster.stream(nothing, range(4)))
        start = time.perf_counter()
        answered = sum(1 for _ in cluster.stream(nothing, range(tasks)))
        return (time.perf_counter() - start) / answered


@contextlib.contextmanager
def _cluster(workers: int) -> Iterator[str]:
    """A scheduler with so many workers of one thread each; its address."""
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as running:
        found = _start(
            running, ("scheduler", *_OPTIONS, "--port", "0", "--no-show"), r"Scheduler at:\s+(tcp://\S+)"
        )
        address = found[1]
        for number in range(workers):
            place = ("--local-directory", str(Path(scratch) / str(number)))
            _start(
                running,
                ("worker", address, *_OPTIONS, "--nthreads", "1", "--no-nanny", *place),
                "Registered to:",
            )
        yield address


def _start(running: contextlib.ExitStack, words: tuple[str, ...], until: str) -> re.Match[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    running.callback(process.wait)
    running.callback(process.kill)
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(until, line.decode()):
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return found
    raise RuntimeError(f"dask {words[0]} did not start")
