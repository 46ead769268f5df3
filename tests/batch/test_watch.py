"""``watch``: takes what lies still, survives what is bad, ends cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jxreport.batch import Locked, Summary
from jxreport.batch.watch import PATIENCE, Watcher
from jxreport.config import Config, ConfigError
from tests.conftest import ROOT


class Runs:
    """Stands in for the batch: remembers what it was run over, raises what it is told to."""

    def __init__(self) -> None:
        self.over: list[list[str]] = []
        self.trouble: Exception | None = None

    def __call__(self, paths: list[Path], config: Config) -> Summary:
        self.over.append(sorted(path.name for path in paths))
        if self.trouble is not None:
            raise self.trouble
        done: Any = object()
        return done  # type: ignore[no-any-return]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    runs = Runs()
    monkeypatch.setattr("jxreport.batch.watch.run", runs)
    return runs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def watcher(folder: Path, said: list[str] | None = None) -> Watcher:
    lines: list[str] = said if said is not None else []
    return Watcher(folder, Config(output=folder / "output"), tell=lines.append, made=lambda summary: None)


def steps(watcher: Watcher, times: int) -> None:
    for _ in range(times):
        watcher.step()


def grow(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(b"x")


def test_a_workbook_is_taken_once_it_lies_still(folder: Path, runs: Runs) -> None:
    mine = watcher(folder)
    (folder / "a.xlsx").write_bytes(b"1")
    mine.step()
    grow(folder / "a.xlsx")
    mine.step()
    assert runs.over == []
    steps(mine, 5)
    assert runs.over == [["a.xlsx"]]


def test_a_change_a_new_one_and_a_removal_are_noticed(folder: Path, runs: Runs) -> None:
    mine = watcher(folder)
    (folder / "a.xlsx").write_bytes(b"1")
    steps(mine, 3)
    (folder / "b.xlsx").write_bytes(b"1")
    steps(mine, 3)
    os.utime(folder / "a.xlsx", ns=(1, 1))
    steps(mine, 3)
    (folder / "a.xlsx").unlink()
    steps(mine, 3)
    assert runs.over == [["a.xlsx"], ["a.xlsx", "b.xlsx"], ["a.xlsx", "b.xlsx"], ["b.xlsx"]]


def test_what_is_no_workbook_is_passed_over(folder: Path, runs: Runs) -> None:
    (folder / "output" / "甲局").mkdir(parents=True)
    for name in ("~$a.xlsx", "说明.docx", ".a.xlsx", "output/甲局/绩效自评报告.xlsx", "退回修改_a.xlsx"):
        (folder / name).write_bytes(b"1")
    steps(watcher(folder), 4)
    assert runs.over == []


def test_others_wait_for_one_that_is_on_its_way_but_not_for_ever(folder: Path, runs: Runs) -> None:
    mine = watcher(folder)
    (folder / "a.xlsx").write_bytes(b"1")
    for _ in range(PATIENCE):
        grow(folder / "b.xlsx")
        mine.step()
    assert runs.over == []
    grow(folder / "b.xlsx")
    mine.step()
    assert runs.over == [["a.xlsx"]]
    steps(mine, 2)
    assert runs.over == [["a.xlsx"], ["a.xlsx", "b.xlsx"]]


@pytest.mark.parametrize(
    ("trouble", "said"),
    [(Locked("甲"), "另一次运行"), (ConfigError("输出文件夹不能写入。"), "输出文件夹不能写入。")],
)
def test_a_passing_trouble_is_told_once_and_tried_again(
    folder: Path, runs: Runs, trouble: Exception, said: str
) -> None:
    lines: list[str] = []
    mine = watcher(folder, lines)
    (folder / "a.xlsx").write_bytes(b"1")
    runs.trouble = trouble
    steps(mine, 4)
    assert len(lines) == 1
    assert said in lines[0]
    runs.trouble = None
    steps(mine, 3)
    assert len(runs.over) == 4


def test_an_internal_error_does_not_end_it(folder: Path, runs: Runs) -> None:
    lines: list[str] = []
    mine = watcher(folder, lines)
    (folder / "a.xlsx").write_bytes(b"1")
    runs.trouble = RuntimeError("boom")
    steps(mine, 4)
    assert len(runs.over) == 1
    (log,) = (folder / "output" / ".jxreport").iterdir()
    assert str(log) in lines[0]
    assert "RuntimeError: boom" in log.read_text(encoding="utf-8")
    runs.trouble = None
    (folder / "b.xlsx").write_bytes(b"1")
    steps(mine, 3)
    assert runs.over[-1] == ["a.xlsx", "b.xlsx"]


def test_a_share_that_goes_away_comes_back(folder: Path, runs: Runs) -> None:
    lines: list[str] = []
    mine = watcher(folder, lines)
    (folder / "a.xlsx").write_bytes(b"1")
    steps(mine, 2)
    away = folder.rename(folder.with_name("away"))
    steps(mine, 3)
    assert len(lines) == 1
    away.rename(folder)
    grow(folder / "a.xlsx")
    steps(mine, 3)
    assert runs.over == [["a.xlsx"], ["a.xlsx"]]


def test_once_looks_twice(folder: Path, runs: Runs) -> None:
    (folder / "a.xlsx").write_bytes(b"1")
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        (folder / "b.xlsx").write_bytes(b"1")  # arrives in between

    assert watcher(folder).once(3, sleep) == 0
    assert (slept, runs.over) == ([3], [])


def started(*arguments: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "jxreport", "watch", str(folder), *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip


def waited(condition: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_a_bad_workbook_comes_back_marked_and_ctrl_c_ends_with_130(folder: Path, tmp_path: Path) -> None:
    """The whole program: survives a bad file, goes on, and is interrupted."""
    out = tmp_path / "out"
    process = started("-o", str(out), "--interval", "0.2", folder=folder)
    try:
        (folder / "坏.xlsx").write_bytes(b"not a workbook")
        assert waited((out / "退回修改" / "退回修改_坏.xlsx").is_file)
        (folder / "又一个.xlsx").write_bytes(b"not a workbook either")
        assert waited((out / "退回修改" / "退回修改_又一个.xlsx").is_file)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "已中断" in said
    assert not list(out.rglob("*.part"))


def test_once_from_the_command_line(folder: Path, tmp_path: Path) -> None:
    (folder / "坏.xlsx").write_bytes(b"not a workbook")
    process = started("-o", str(tmp_path / "out"), "--interval", "0.1", "--once", folder=folder)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "退回修改_坏.xlsx" in out
