"""Batch: the one place that joins the stages, for one workbook or for hundreds.

What: :func:`run` takes folders and settings and leaves reports in the output folder, one verdict per file.
:func:`run_one` does the same from bytes to bytes, without a path.

Flow: ``inputs`` finds workbooks and takes a stable copy of their bytes → ``steps`` hands them to worker
processes (``pool``, ``isolate`` or ``cluster``) that run ``unit``: read, pair, score, print → ``deliver`` writes what
changed, by way of ``write`` and the ``manifest`` → ``returned`` marks the workbooks with errors → ``overview`` sums up.
``blanks`` is behind ``init``, ``explaining`` behind ``explain``, ``verifying`` behind ``verify``, ``watch``, ``schedule`` and
``mail`` behind the commands of those names.

Why: no workbook may take others down, so every step runs in a process with limits and comes back as a value
or a :class:`Failure`; a file stands whole or not at all; the same input gives the same bytes, so a rerun does
only what changed; two runs never write one folder (``lock``).
"""

from __future__ import annotations

from jxreport.batch.changes import Change
from jxreport.batch.lock import Locked
from jxreport.batch.outcome import Progress, Silent, Summary
from jxreport.batch.runner import run, work_settings
from jxreport.batch.unit import Artefacts, Settings, run_one

__all__ = [
    "Artefacts",
    "Change",
    "Locked",
    "Progress",
    "Settings",
    "Silent",
    "Summary",
    "run",
    "run_one",
    "work_settings",
]
