"""How time and memory grow with indicators, projects and the length of a text; each size in a fresh process."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.speed.measure import ROOT, Table
from benchmarks.speed.workload import Size, submission

INDICATORS = tuple((f"{n} 项指标", Size(projects=1, indicators=n), n) for n in (10, 100, 1000, 5000))
PROJECTS = tuple((f"{n} 个项目", Size(projects=n, indicators=14), n) for n in (1, 10, 40))
TEXTS = tuple((f"一格 {n} 字", Size(projects=1, indicators=14, text=n), n) for n in (800, 8000))
STAGES = ("读取", "计分", "XLSX", "PDF")


def tables(quick: bool) -> list[Table]:
    groups = (("指标数", INDICATORS), ("项目数", PROJECTS), ("一格的字数", TEXTS))
    return [_table(title, cases[:-1] if quick else cases) for title, cases in groups]


def _table(title: str, cases: tuple[tuple[str, Size, int], ...]) -> Table:
    rows = []
    for name, size, count in cases:
        seen = _measured(size)
        times = [f"{seen[stage]:.2f} s（{1000 * seen[stage] / count:.1f}）" for stage in STAGES]
        rows.append((name, *times, f"{seen['页']}", f"{seen['内存']:.0f} MB", seen["提示"]))
    heads = ("规模", *(f"{stage}（毫秒/单位）" for stage in STAGES), "页数", "内存峰值", "超出上限的提示")
    return Table(f"随规模增长：{title}", heads, tuple(rows))


def _measured(size: Size) -> dict[str, Any]:
    """The stages of one submission of that size, in a process of its own."""
    words = [
        sys.executable,
        "-m",
        "benchmarks.speed.growth",
        *map(str, (size.projects, size.indicators, size.text)),
    ]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


def main(projects: int, indicators: int, text: int) -> None:
    """Print the figures of one size as JSON."""
    import io

    import pypdf

    from benchmarks.speed.stages import DATE
    from jxreport.batch.unit import Settings, load_printer, read_one, unit_tasks
    from jxreport.profiles import load_profile
    from jxreport.render.pdf import render_pdf
    from jxreport.render.xlsx import render_xlsx
    from jxreport.report import build_document
    from jxreport.score import score_submission

    load_printer()
    book = submission(1, Size(projects, indicators, text))
    settings = Settings(profile=load_profile(), date=DATE)
    seen: dict[str, Any] = {}

    def timed(stage: str, step: Callable[[], Any]) -> Any:
        start = time.process_time()
        value = step()
        seen[stage] = time.process_time() - start
        return value

    (task, *_), _ = timed("读取", lambda: unit_tasks([read_one((*book, None))], settings))
    result = timed("计分", lambda: score_submission(task.submission, settings.profile))
    document = build_document(result, date=DATE)
    timed("XLSX", lambda: render_xlsx(document))
    pdf, findings = timed("PDF", lambda: render_pdf(document))
    seen["页"] = len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
    seen["内存"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seen["提示"] = "、".join(
        sorted({found.code for found in (*task.findings, *findings)} & {"JX704", "JX707"})
    )
    sys.stdout.write(json.dumps(seen) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
