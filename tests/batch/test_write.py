"""Whole old or whole new files; one run at a time."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jxreport.batch import lock, run
from jxreport.batch.lock import Locked, RunLock
from jxreport.batch.write import OutsideOutput, sweep, write_atomically
from jxreport.config import Config, ConfigError


def test_folders_are_made_and_old_files_replaced(tmp_path: Path) -> None:
    assert write_atomically(tmp_path, "某局/2020/a.pdf", b"old") == tmp_path / "某局/2020/a.pdf"
    write_atomically(tmp_path, "某局/2020/a.pdf", b"new")
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "某局/2020").iterdir()] == [
        ("a.pdf", b"new")
    ]


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    write_atomically(tmp_path, "a.pdf", b"old")

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if failing == "fsync" else (Path, "replace")), full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(tmp_path, "a.pdf", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.pdf", b"old")]


@pytest.mark.parametrize("place", ["../a.pdf", "/tmp/a.pdf", "x/../../a.pdf"])
def test_nothing_leaves_the_output_folder(tmp_path: Path, place: str) -> None:
    with pytest.raises(OutsideOutput):
        write_atomically(tmp_path / "output", place, b"")


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / "某局").mkdir()
    (tmp_path / "某局" / ".jxreport-123.part").write_bytes(b"half")
    (tmp_path / "某局" / "a.part").write_bytes(b"the user's own")
    sweep(tmp_path)
    assert [path.name for path in (tmp_path / "某局").iterdir()] == ["a.part"]


def test_the_lock_is_exclusive_and_names_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "state" / "lock"
    with RunLock(path), pytest.raises(Locked, match=str(os.getpid())), RunLock(path):
        pass
    with RunLock(path):
        pass


def test_a_share_without_locks_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(stream: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "_take", refuse)
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "a.xlsx").write_bytes(b"")
    with pytest.raises(ConfigError, match="不支持文件锁"):
        run([tmp_path / "books"], Config(output=tmp_path / "output"))


def test_a_killed_holder_frees_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom jxreport.batch.lock import RunLock\n"
        "with RunLock(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Locked), RunLock(path):
            pass
        holder.kill()
        holder.wait()
        with RunLock(path):
            pass
