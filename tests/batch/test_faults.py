"""The n-th write, sync or rename fails: whole old or whole new files, a word about it, and a rerun mends all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jxreport.batch import run, steps, write
from jxreport.batch.trouble import why
from jxreport.batch.unit import read_one
from jxreport.batch.write import TEMPORARY_PREFIX, write_together
from jxreport.config import ConfigError
from tests.batch.bureau import FILES, config, contents, plain_printing, settle
from tests.conftest import ROOT

UNITS = ("甲中心", "乙中心")


class Fault:
    """Fails one call of os.fsync, os.replace (as Path.replace uses it) or a file's write, the n-th of all."""

    def __init__(self, patch: pytest.MonkeyPatch, number: int, code: int) -> None:
        self.calls, self.number, self.code = 0, number, code
        patch.setattr(os, "fsync", self._before(os.fsync))
        patch.setattr(os, "replace", self._before(os.replace))
        patch.setattr(write.Path, "open", self._opened(Path.open))

    def count(self) -> None:
        self.calls += 1
        if self.calls == self.number:
            raise OSError(self.code, os.strerror(self.code))

    def _before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any) -> Any:
            self.count()
            return function(*given)

        return counted

    def _opened(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def opened(path: Path, mode: str = "r", **given: Any) -> Any:
            stream = original(path, mode, **given)
            if "output" in path.parts and mode in ("wb", "a+b", "w", "a"):
                stream = _Failing(stream, self)
            return stream

        return opened


class _Failing:
    """A stream whose write counts as a call that may fail, after half of it has reached the disk."""

    def __init__(self, stream: Any, fault: Fault) -> None:
        self._stream, self._fault = stream, fault

    def __enter__(self) -> _Failing:
        return self

    def __exit__(self, *given: object) -> None:
        self._stream.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, data: Any) -> int:
        try:
            self._fault.count()
        except OSError:
            self._stream.write(data[: len(data) // 2])
            self._stream.flush()
            raise
        return int(self._stream.write(data))


@pytest.fixture
def books(tmp_path: Path) -> Path:
    settle(tmp_path / "books", *UNITS)
    (tmp_path / "books" / "坏.xlsx").write_bytes(b"not a workbook")
    return tmp_path / "books"


def undisturbed(books: Path, date: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    output = books.parent / f"undisturbed {date}" / "output"
    plain_printing(monkeypatch)
    run([books], config(books.parent, output=output, date=date))
    return contents(output)


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_each_write_may_fail(books: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    old = undisturbed(books, "2023年1月1日", monkeypatch)
    new = undisturbed(books, "2023年1月2日", monkeypatch)
    number = 0
    failed = 0
    while True:
        number += 1
        root = books.parent / str(number)
        settings = {"output": root / "output"}
        run([books], config(root, date="2023年1月1日", **settings))
        with monkeypatch.context() as patch:
            fault = Fault(patch, number, code)
            summary = run([books], config(root, date="2023年1月2日", **settings))
        now = contents(root / "output")
        assert set(now) == set(old)
        for place, data in now.items():
            assert data in (old[place], new[place]), f"call {number}: {place} is neither old nor new"
        told = [finding for finding in summary.findings if finding.code == "JX807"]
        left = {place for place, data in now.items() if data != new[place]}
        assert told or not left, f"call {number}: {left} is not told"
        failed += bool(told)
        run([books], config(root, date="2023年1月2日", **settings))
        assert contents(root / "output") == new
        if fault.calls < number:
            break
    assert number > 20
    assert failed >= 2 * 3 * 3, "every write, sync and rename of every report is told"


def test_a_full_disk_leaves_all_old_files_of_the_unit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second of three files does not fit: the first is not replaced either."""
    write_together(tmp_path, [(name, b"old") for name in FILES])
    calls: Iterator[int] = iter(range(100))
    real = os.fsync

    def full(handle: int) -> None:
        if next(calls) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    outcomes = write_together(tmp_path, [(name, b"new") for name in FILES])
    assert [problem is not None and why(problem) for _, problem in outcomes] == ["磁盘已满"] * 3
    assert contents(tmp_path) == dict.fromkeys(FILES, b"old")


def test_a_trouble_that_stops_all_files_is_told_once(books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain_printing(monkeypatch)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    summary = run([books], config(books.parent))
    told = [finding for finding in summary.findings if finding.code == "JX807"]
    assert [finding.fact("why") for finding in told] == ["磁盘已满"] * 3, "two units and a marked copy"
    assert summary.exit_code == 3
    assert contents(books.parent / "output") == {}


def test_an_output_folder_that_cannot_be_used(books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (books.parent / "output").write_bytes(b"a file")
    with pytest.raises(ConfigError, match=r"output 不能写入：.*请换一个"):
        run([books], config(books.parent))


CRASH = """
import os, sys
from pathlib import Path
from jxreport.batch.deliver import Delivery
from jxreport.batch.manifest import load
from jxreport.batch.unit import Artefacts
output, number, text = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3].encode()
calls = 0
def before(function):
    def counted(*given):
        global calls
        calls += 1
        if calls == number:
            os.kill(os.getpid(), 9)
        return function(*given)
    return counted
os.fsync, os.replace = before(os.fsync), before(os.replace)
delivery = Delivery(output, load(output / ".jxreport"))
files = tuple((name, name.encode() + text) for name in ("result.json", "a.pdf", "a.xlsx"))
unit = Artefacts(unit="某局", year=2020, sources=("a.xlsx",), files=files, result={"units": []})
assert delivery.store("某局/2020", text.decode(), unit) == ()
"""


def test_death_before_each_sync_and_rename(tmp_path: Path) -> None:
    """The manifest never claims what is not there; files are whole old or whole new."""
    from jxreport.batch.manifest import load

    def deliver(number: int, text: str) -> int:
        arguments = [sys.executable, "-c", CRASH, str(tmp_path), str(number), text]
        return subprocess.run(arguments, cwd=ROOT, check=False).returncode

    assert deliver(0, "old") == 0
    number = 1
    while deliver(number, "new") == -9:
        record = load(tmp_path / ".jxreport").units["某局/2020"]
        files = {place: data for place, data in contents(tmp_path).items() if TEMPORARY_PREFIX not in place}
        assert len(files) == 3
        assert {data[-3:] for data in files.values()} <= {b"old", b"new"}
        if record.key == "new":
            assert record.stands_in(tmp_path)
        number += 1
    assert number > 8
    assert load(tmp_path / ".jxreport").units["某局/2020"].stands_in(tmp_path)


@pytest.mark.isolated
def test_a_department_s_single_workbook_is_held_to_the_memory_limit(
    books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few workbooks too are read in a process of their own: it dies, the run goes on and names the workbook."""
    monkeypatch.setattr(steps, "read_one", greedy)
    summary = run([books], config(books.parent, memory=1024, jobs=0))
    told = [finding.source.file for finding in summary.findings if finding.code == "JX810"]
    assert told == ["甲中心.xlsx"]
    assert [unit.unit for unit in summary.units] == ["乙中心"]
    assert summary.exit_code == 3


def greedy(workbook: tuple[str, bytes, Path | None]) -> object:
    """Reads a workbook; the one of 甲中心 takes all the memory there is. Runs in a worker."""
    if workbook[0].startswith("甲"):
        return bytearray(64 * 1024**3)
    return read_one(workbook)
