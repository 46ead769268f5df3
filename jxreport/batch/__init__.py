"""Batch: joins the stages. ``run_one`` is bytes to bytes; ``run`` reads inputs, executes and writes."""

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
