"""Batch: joins the stages. ``run_one`` is bytes to bytes; ``run`` reads inputs, executes and writes."""

from __future__ import annotations

from jxreport.batch.lock import Locked
from jxreport.batch.runner import Progress, Silent, Summary, run, work_settings
from jxreport.batch.unit import Artefacts, Settings, run_one

__all__ = [
    "Artefacts",
    "Locked",
    "Progress",
    "Settings",
    "Silent",
    "Summary",
    "run",
    "run_one",
    "work_settings",
]
