"""Reading: files → grids → forms → submissions, with findings for all that is wrong or unclear.

What: ``jxreport.read(path)`` is :func:`read_path`. The result is plain model values; no library type leaves here.

Flow: bytes pass ``gate`` before any library sees them → ``formats`` makes a ``grid`` of each sheet → ``sections``
cuts sheets where a new form begins → ``header`` finds header rows by their words and gives every column a role
(``layouts``: templates/layouts) → ``indicators``, ``money``, ``goals``, ``plan``, ``payments``, ``answers``, ``narrative`` read the
blocks, ``values`` the single cells → ``forms`` makes model forms → ``owners`` splits files of many units →
``pairing`` brings targets and actuals together (``joining``), by unit and year, else by project and indicators.

Why: a sheet is recognised by its header words and shape, never by its name or place, because every office
renames and moves things. Every value keeps file, sheet and cell. What two readings could explain is a question,
what none explains a finding; nothing is filled in.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from jxreport.finding import Finding, Source, error
from jxreport.model.submission import Submission
from jxreport.read.content import ReadResult, WorkbookContent
from jxreport.read.folder import find_workbooks

__all__ = ["ReadResult", "WorkbookContent", "find_workbooks", "pair", "read_path", "read_workbook"]


def read_workbook(name: str, data: bytes, *, templates: Path | None = None) -> WorkbookContent:
    """Read one workbook from its bytes. `name` is the bare file name. Never raises for a bad file."""
    from jxreport.read.layouts import load_layouts
    from jxreport.read.sheets import read_workbook_grids
    from jxreport.read.workbook import read_grids

    grids, findings = read_grids(name, data)
    if not grids:
        digest = hashlib.sha256(data).hexdigest()
        return WorkbookContent(name=name, sha256=digest, findings=findings)
    content = read_workbook_grids(name, data, grids, load_layouts(templates))
    return replace(content, findings=(*findings, *content.findings))


def pair(contents: Sequence[WorkbookContent]) -> tuple[tuple[Submission, ...], tuple[Finding, ...]]:
    """Join targets with actuals: one submission per unit and year. Findings of reading come along."""
    from jxreport.read.pairing import pair as join

    return join(contents)


def read_path(path: str | Path, *, templates: Path | None = None) -> ReadResult:
    """Read a workbook, or all workbooks of a folder, and pair them."""
    where = Path(path)
    if not where.exists():
        return ReadResult((), (error("JX126", Source(where.name)),))
    files, notes = find_workbooks((where,))
    if not files:
        return ReadResult((), (*notes, error("JX127", Source(where.name))))
    contents = [read_workbook(file.name, file.read_bytes(), templates=templates) for file in files]
    submissions, findings = pair(contents)
    return ReadResult(submissions, (*notes, *findings))


class _Callable(ModuleType):
    """``jxreport.read(path)``: the package may be called as the function it is named after."""

    def __call__(self, *args: Any, **options: Any) -> ReadResult:
        return read_path(*args, **options)


sys.modules[__name__].__class__ = _Callable
