"""Which workbooks a run reads, and a stable copy of their bytes.

Nothing is parsed here. A file is read once into memory between two equal ``stat`` results, so that a
half-copied workbook is never taken for a whole one.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jxreport.batch.trouble import why
from jxreport.finding import Finding, Source, error, note, warning

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xls", ".xlt", ".et", ".ett", ".ods", ".xlsb"})
OTHER_DOCUMENTS = frozenset(
    {".csv", ".tsv", ".htm", ".html", ".mht", ".doc", ".docx", ".wps", ".pdf", ".zip", ".rar", ".7z", ".tmp"}
)
RETURNED_PREFIX = "退回修改_"
REPORT_STEM = "绩效自评报告"
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


def find_workbooks(
    paths: Iterable[Path], output: Path | None = None
) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """Workbooks named by `paths` (files as they are, folders searched through), in the order of their names.

    What lies in `output`, temporary files and other documents are left out, the latter with a note.
    """
    found: dict[Path, None] = {}
    notes: list[Finding] = []
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        for candidate in _walk(path, output.resolve() if output else None):
            reason = _why_not(candidate)
            if reason is None:
                found[candidate] = None
            elif reason:
                notes.append(note("JX801", Source(file=candidate.name), why=reason))
    return tuple(found), tuple(notes)


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


def _walk(folder: Path, output: Path | None) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        here = Path(root)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (here / name).resolve() != output
        )
        yield from (here / name for name in sorted(files))


def _why_not(path: Path) -> str | None:
    """Why a file in a folder is not read: None if it is, "" where no word is owed."""
    name, suffix = path.name, path.suffix.lower()
    if name.startswith("~$"):
        return "这是 Excel 或 WPS 打开工作簿时留下的临时文件"
    if name.startswith("."):
        return ""
    if suffix in OTHER_DOCUMENTS:
        return "正在复制或下载的临时文件" if suffix == ".tmp" else "它不是工作簿"
    if suffix not in WORKBOOK_SUFFIXES:
        return ""
    if name.startswith(RETURNED_PREFIX) or path.stem == REPORT_STEM:
        return "它是本程序生成的结果，不是填报的工作簿"
    return None


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
