"""Each command from nothing: a fresh process, median of some."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.speed.measure import Ran, Table, process, python
from benchmarks.speed.stages import usual

# `watch` runs until it is stopped, and starts as `report` does
_MAIL = """[mail]
host = "localhost"
sender = "bureau@example.org"
"""
_RULE = "100%计满分，每低于5%扣2分，扣完为止"


def tables(quick: bool) -> list[Table]:
    rounds = 3 if quick else 7
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (book, data), *_ = usual()
        single = folder / book
        single.write_bytes(data)
        made = folder / "一"
        (folder / "jxreport.toml").write_text(_MAIL, "utf-8")
        commands: tuple[tuple[str, tuple[str | Path, ...], str], ...] = (
            ("--help", ("jxreport", "--help"), "≤ 0.15 s"),
            ("explain（一句）", ("jxreport", "explain", _RULE, "--weight", "10", "--value", "90"), ""),
            ("check（一份工作簿）", ("jxreport", "check", single), "≤ 1.5 s"),
            ("score --json（一份工作簿）", ("jxreport", "score", single, "--json"), ""),
            ("doctor", ("jxreport", "doctor"), ""),
            ("report（一份工作簿）", ("jxreport", "report", single, "-o", made, "--force"), ""),
            ("verify（一份报告）", ("jxreport", "verify", made), ""),
            ("send --dry-run（一份报告）", ("jxreport", "send", folder, "-o", made, "--dry-run"), ""),
            ("init（八张空白表）", ("jxreport", "init", "-o", folder / "空白表", "--force"), ""),
            ("schedule", ("jxreport", "schedule", folder, "--kind", "cron"), ""),
            ("completion", ("jxreport", "completion", "bash"), ""),
        )
        taken = [(name, python(*words, rounds=rounds, folder=folder), goal) for name, words, goal in commands]
        make = ("make", "-s", "report", f"OUT={folder / '样例'}", "ARGS=--force")
        taken.append(("make report（样例，已安装）", process(make, rounds=min(rounds, 3)), "≤ 6 s"))
        nothing = python("this", rounds=rounds)
    rows = [(name, *_cells(ran), goal) for name, ran, goal in taken]
    rows.append(("（空的 Python 进程）", *_cells(nothing), ""))
    heads = ("命令", "用时", "处理器时间", "内存峰值", "目标")
    return [Table("冷启动：每次一个新进程", heads, tuple(rows), f"每条取 {rounds} 次的中位数。")]


def _cells(ran: Ran) -> tuple[str, str, str]:
    return f"{ran.wall:.2f} s", f"{ran.cpu:.2f} s", f"{ran.peak:.0f} MB"
