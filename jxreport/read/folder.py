"""Which files of a folder are workbooks to read, and why the others are not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from jxreport.finding import Finding, Source, note

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xls", ".xlt", ".et", ".ett", ".ods", ".xlsb"})
OTHER_DOCUMENTS = frozenset(
    {".csv", ".tsv", ".htm", ".html", ".mht", ".doc", ".docx", ".wps", ".pdf", ".zip", ".rar", ".7z", ".tmp"}
)
RETURNED_PREFIX = "退回修改_"
REPORT_STEM = "绩效自评报告"


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
    if name.startswith(("~$", ".~")):
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
