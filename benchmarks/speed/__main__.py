"""Take the time of everything: python -m benchmarks.speed [PART…] [--quick] [--write]"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.speed import batches, changes, cluster, cold, growth, rivals, stages
from benchmarks.speed.measure import ROOT, Table

# what starts other processes comes first: a child is charged with the memory of the process it was started from
PARTS: dict[str, Callable[[bool], list[Table]]] = {
    "batch": batches.tables,
    "cold": cold.tables,
    "growth": growth.tables,
    "cluster": cluster.tables,
    "stages": stages.tables,
    "changes": changes.tables,
    "rivals": rivals.tables,
}
RESULTS = ROOT / "benchmarks" / "RESULTS.md"


def main(argv: Sequence[str] | None = None) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="benchmarks.speed", description="速度、内存和规模的测量")
    parser.add_argument("parts", nargs="*", metavar="部分", help="、".join(PARTS) + "；不写就是全部")
    parser.add_argument("--quick", action="store_true", help="小规模走一遍，只看能不能跑")
    parser.add_argument("--write", action="store_true", help=f"结果写入 {RESULTS.relative_to(ROOT)}")
    parser.add_argument(
        "--most", type=int, default=1000, metavar="N", help="批量只测到 N 份（1000 份约半小时）"
    )
    options = parser.parse_args(argv)
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"没有这些部分：{'、'.join(sorted(unknown))}")
    lines = [_head(quick=options.quick)]
    sys.stdout.write(lines[0] + "\n")
    for name in options.parts or PARTS:
        part = partial(batches.tables, most=options.most) if name == "batch" else PARTS[name]
        for table in part(options.quick):
            lines.append(str(table))
            sys.stdout.write(lines[-1] + "\n")
            sys.stdout.flush()
    if options.write:
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def _head(*, quick: bool) -> str:
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    scale = "小规模试跑，数字不作数。" if quick else "看比值，不看秒数：机器不同、忙闲不同，秒数就不同。"
    return (
        "# 速度测量结果\n\n"
        f"{today}，{_machine()}，Python {platform.python_version()}，WeasyPrint {_weasyprint()}。{scale}\n"
        "由 `python -m benchmarks.speed` 测得，每张表里的数出自同一次运行；怎样读见 [README.md](README.md)。"
    )


def _machine() -> str:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in _lines(Path("/proc/cpuinfo"))
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = next(
        (int(line.split()[1]) for line in _lines(Path("/proc/meminfo")) if line.startswith("MemTotal")), 0
    )
    return f"{os.cpu_count()} 核 {model}，{memory / 1024 / 1024:.0f} GB 内存，{platform.system()}"


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


def _weasyprint() -> str:
    from importlib.metadata import version

    return version("weasyprint")


if __name__ == "__main__":
    sys.exit(main())
