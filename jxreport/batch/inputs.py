"""Which workbooks a run reads, and a stable copy of their bytes.

Nothing is parsed here. A file is read once into memory between two equal ``stat`` results, so that a
half-copied workbook is never taken for a whole one.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jxreport.batch.trouble import why
from jxreport.finding import Finding, Source, error, warning
from jxreport.read.folder import REPORT_STEM, RETURNED_PREFIX, find_workbooks

__all__ = ["MAX_BYTES", "REPORT_STEM", "RETURNED_PREFIX", "Workbook", "find_workbooks", "snapshot"]

MAX_BYTES = 64 * 1024 * 1024
_TRIES = 5
_PAUSE = 0.2  # seconds between two tries at a file that is still being written
_FRESH = 2.0  # a file changed less than this many seconds ago is looked at twice,
_GLANCE = 0.01  # this far apart at least
_ZIP_TAIL = 22 + 65_535  # the end record and the longest comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A workbook's bytes and the name by which findings call it (with folders only where names clash)."""

    name: str
    path: Path
    data: bytes


def snapshot(paths: Iterable[Path]) -> tuple[tuple[Workbook, ...], tuple[Finding, ...]]:
    """The bytes of each file, or the finding that says why it could not be had."""
    workbooks: list[Workbook] = []
    findings: list[Finding] = []
    for path, name in _names(tuple(paths)):
        source = Source(file=name)
        try:
            data = _stable_bytes(path)
        except PermissionError:
            findings.append(error("JX803", source, why="文件正在被其他程序打开，或没有读取权限"))
        except OSError as problem:
            findings.append(error("JX803", source, why=why(problem)))
        except _TooLarge as problem:
            limit = MAX_BYTES // (1024 * 1024)
            findings.append(error("JX809", source, size=problem.size // (1024 * 1024) + 1, limit=limit))
        else:
            if data is None:
                findings.append(warning("JX802", source, waiting=True))
            else:
                workbooks.append(Workbook(name=name, path=path, data=data))
    return tuple(workbooks), tuple(findings)


class _TooLarge(Exception):
    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def _names(paths: tuple[Path, ...]) -> Iterator[tuple[Path, str]]:
    """Bare file names; where two are equal, the folder is put before them."""
    times = Counter(path.name for path in paths)
    for path in paths:
        yield path, path.name if times[path.name] == 1 else path.as_posix()


def _stable_bytes(path: Path) -> bytes | None:
    """The content between two equal stats; None while somebody keeps writing.

    A package that has just been changed and has no end yet is still being copied, even if for a moment
    nothing moves (a network share hands over in pieces).
    """
    before = _stamp(path)
    for attempt in range(_TRIES):
        if before[1] > MAX_BYTES:
            raise _TooLarge(before[1])
        data = path.read_bytes()
        is_fresh = time.time() - before[0] / 1e9 < _FRESH
        if is_fresh:
            time.sleep(_GLANCE)
        if _stamp(path) == before and len(data) == before[1] and not (is_fresh and _has_no_end(data)):
            return data
        if attempt + 1 < _TRIES:
            time.sleep(_PAUSE)
            before = _stamp(path)
    return None


def _has_no_end(data: bytes) -> bool:
    """Does a ZIP package (.xlsx, .ods) lack the directory that its writer puts last?"""
    return data.startswith(b"PK\x03\x04") and b"PK\x05\x06" not in data[-_ZIP_TAIL:]


def _stamp(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size, status.st_ino
