"""A bureau's folder: batches with one and two workers, a second run without changes, the memory of a worker."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.speed.measure import ROOT, Ran, Table, python, ratio
from benchmarks.speed.stages import DATE
from benchmarks.speed.workload import submission
from jxreport.batch.limits import Limits, limited
from jxreport.batch.unit import Settings, load_printer, make_unit, read_one, unit_tasks
from jxreport.profiles import load_profile

SIZES = ((10, (1, 2)), (100, (1, 2)), (1000, (1, 2)))
QUICK = ((10, (1, 2)),)
_STEADY = 20  # reports until a worker's memory is steady


def tables(quick: bool, most: int = 1000) -> list[Table]:
    """Both tables; of batches only those up to `most` workbooks."""
    sizes = tuple(size for size in (QUICK if quick else SIZES) if size[0] <= most)
    return [_batches(sizes), _memory(40 if quick else 100)]


def _batches(sizes: tuple[tuple[int, tuple[int, ...]], ...]) -> Table:
    rows = []
    for count, workers in sizes:
        one = 0.0
        for jobs in workers:
            with bureau(count) as (folder, output):
                first = _run(folder, output, jobs)
                again = _run(folder, output, jobs)
                size = sum(path.stat().st_size for path in output.rglob("*.pdf")) / count / 1024
            one = one or first.wall
            rows.append(
                (
                    f"{count}",
                    f"{jobs}",
                    f"{first.wall:.1f} s",
                    f"{first.wall / count:.2f} s",
                    ratio(one, first.wall) if len(workers) > 1 else "—",
                    f"{first.peak:.0f} MB",
                    f"{100 * again.wall / first.wall:.1f}%",
                    f"{size:.0f} KB",
                )
            )
    heads = ("工作簿", "工作进程", "用时", "每份", "快几倍", "最大的进程", "无变化再运行", "每份 PDF")
    note = (
        "目标：两个进程 ≥ 1.8 倍，工作进程 ≤ 300 MB，无变化再运行 ≤ 1%。"
        "工作簿由 benchmarks/speed/workload.py 按固定种子生成，各不相同。"
    )
    return Table("批量", heads, tuple(rows), note)


def _memory(reports: int) -> Table:
    """The memory of one worker over many different reports; in a process of its own."""
    words = [sys.executable, "-m", "benchmarks.speed.batches", str(reports)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    seen: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    each = seen.pop("each")
    rows = tuple((number, f"{size:.0f} MB") for number, size in seen.items())
    grown = seen[str(reports)] - seen[str(_STEADY)]
    note = f"第 {_STEADY} 份以后增长 {grown:.0f} MB；每份 {each:.2f} s 处理器时间。"
    return Table("一个工作进程的内存，随生成的份数", ("份数", "占用内存"), rows, note)


def main(reports: int) -> None:
    """Make so many reports one after the other and print this process's memory on the way, as JSON."""
    load_printer()
    settings = Settings(profile=load_profile(), date=DATE)
    marks = sorted({1, 5, _STEADY, reports // 4, reports // 2, reports})
    seen: dict[str, float] = {}
    start = time.process_time()
    for number in range(1, reports + 1):
        tasks, _ = unit_tasks([read_one((*submission(number), None))], settings)
        for task in tasks:
            limited(make_unit, Limits(), task)
        if number in marks:
            seen[str(number)] = _resident()
    seen["each"] = (time.process_time() - start) / reports
    sys.stdout.write(json.dumps(seen) + "\n")


def _resident() -> float:
    """Resident memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1024 / 1024


@contextmanager
def bureau(count: int) -> Iterator[tuple[Path, Path]]:
    root = Path(tempfile.mkdtemp(prefix="jxreport-"))
    folder = root / "报送"
    folder.mkdir()
    for number in range(count):
        name, data = submission(number)
        (folder / name).write_bytes(data)
    try:
        yield folder, root / "output"
    finally:
        shutil.rmtree(root)


def _run(folder: Path, output: Path, jobs: int) -> Ran:
    return python("jxreport", "report", folder, "-o", output, "--jobs", str(jobs), "-q")


if __name__ == "__main__":
    main(int(sys.argv[1]))
