"""The whole group of processes dies at random moments: no half file, and the rerun is as if nothing had been.

`KILLS` is the number of moments, `SEED` where they come from; `KILL_PROGRAM=jxreport` prints real reports
(`make kill-test`), otherwise they are made quickly so that most moments fall among the writing.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from random import Random

import pytest

from jxreport.batch.write import TEMPORARY_PREFIX
from tests.batch.bureau import contents, settle
from tests.conftest import ROOT

UNITS = tuple(f"{name}中心" for name in "甲乙丙丁戊己庚辛")
DATES = ("2023-01-01", "2023-01-02")
KILLS = int(os.environ.get("KILLS", "10"))
SEED = int(os.environ.get("SEED", "1"))
PROGRAM = os.environ.get("KILL_PROGRAM", "tests.batch.quick_report")
OVERVIEW = "汇总"  # tells what changed since the last run, and so depends on the runs before


@pytest.fixture
def books(tmp_path: Path) -> Path:
    settle(tmp_path / "books", *UNITS)
    (tmp_path / "books" / "坏.xlsx").write_bytes(b"not a workbook")
    return tmp_path / "books"


def start(books: Path, output: Path, date: str) -> subprocess.Popen[bytes]:
    """`jxreport report` with two workers, in a process group of its own."""
    arguments = ["report", str(books), "-o", str(output), "--date", date, "--jobs", "2"]
    return subprocess.Popen(
        [sys.executable, "-m", PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=books,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def finished(books: Path, output: Path, date: str) -> dict[str, bytes]:
    """A run that nobody disturbs: everything it made."""
    _, said = (run := start(books, output, date)).communicate(timeout=120)
    assert run.returncode == 3, said.decode()  # the workbook that is none
    return reports(output)


def reports(output: Path) -> dict[str, bytes]:
    """The units' files and the marked copies, by place."""
    return {place: data for place, data in contents(output).items() if not place.startswith(OVERVIEW)}


def whole_or_nothing(output: Path, versions: list[dict[str, bytes]]) -> None:
    """Every visible file is one of the versions that whole runs make; an overview opens."""
    for path in output.glob(f"{OVERVIEW}*"):
        data = path.read_bytes()
        assert data.rstrip().endswith(b"%%EOF") if path.suffix == ".pdf" else zipfile.is_zipfile(path)
    for place, data in reports(output).items():
        if not Path(place).name.startswith(TEMPORARY_PREFIX):
            assert data in [version.get(place) for version in versions], f"{place} is half a file"


@pytest.mark.timeout(300 + 30 * KILLS)
def test_killed_at_any_moment(books: Path, tmp_path: Path) -> None:
    began = time.monotonic()
    versions = [finished(books, tmp_path / date, date) for date in DATES]
    length = (time.monotonic() - began) / len(DATES)
    assert len(versions[0]) == 3 * len(UNITS) + 1
    output, random = tmp_path / "output", Random(SEED)
    cut_off = 0  # the runs that death met at work
    for number in range(KILLS):
        run = start(books, output, DATES[number % 2])
        try:
            run.wait(random.uniform(0, length))
        except subprocess.TimeoutExpired:
            cut_off += 1
        with contextlib.suppress(ProcessLookupError):  # it had ended before
            os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        whole_or_nothing(output, versions)
        if number % 10 == 9:
            assert finished(books, output, DATES[0]) == versions[0]
    assert cut_off, "every run had ended before it was to be killed"
    assert finished(books, output, DATES[1]) == versions[1]


def test_interrupted_it_leaves_whole_files_and_says_so(books: Path, tmp_path: Path) -> None:
    """Ctrl-C as soon as the first report is there."""
    output = tmp_path / "output"
    run = start(books, output, DATES[0])
    while not list(output.rglob("绩效自评报告.pdf")):
        assert run.poll() is None
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130
    assert "已中断" in said.decode()
    assert b"Traceback" not in said
    made = reports(output)
    assert not [place for place in made if TEMPORARY_PREFIX in place]
    whole = finished(books, output, DATES[0])
    assert made.items() <= whole.items()
    assert len(made) < len(whole)
