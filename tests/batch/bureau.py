"""A bureau for the tests: one small workbook per unit, and reports that cost nothing to print."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jxreport.batch import steps
from jxreport.batch.inputs import REPORT_STEM
from jxreport.batch.unit import RESULT_NAME, Artefacts, UnitTask, make_unit
from jxreport.config import Config
from jxreport.render.json import dumps
from tests.read.books import book, self_evaluation

FILES = (RESULT_NAME, f"{REPORT_STEM}.pdf", f"{REPORT_STEM}.xlsx")


def workbook(name: str, *, length: int = 310) -> bytes:
    """A unit's self-evaluation of one project; `length` of 300 kilometres are the target."""
    rows = (
        ("", "产出指标", "数量指标", "养护里程", "≥300公里", f"{length}公里", 50, "", ""),
        ("", "效益指标", "社会效益指标", "事故", "0起", 0, 30, "", ""),
        ("", "满意度指标", "服务对象满意度指标", "满意度", (0.9, "0%"), "92%", 10, "", ""),
        ("总分", "", "", "", "", "", 100, "", ""),
    )
    return book({"自评表": self_evaluation(*rows, unit=name)})


def settle(folder: Path, *names: str, **changes: Any) -> None:
    """Put the units' workbooks into the folder; `changes` go into each."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.xlsx").write_bytes(workbook(name, **changes))


def config(root: Path, **changes: Any) -> Config:
    """Settings for a run from anywhere into `root`/output."""
    return Config(**{"output": root / "output", "date": "2023年1月15日", "jobs": 1, **changes})


def make_quickly(task: UnitTask) -> Artefacts:
    """The unit's real scores in files that take no time to print, and depend on unit and date."""
    unit = make_unit(replace(task, settings=replace(task.settings, render=False)))
    said = f"{task.settings.date} {unit.unit} ".encode() * 2000
    data = dumps(unit.result).encode("utf-8")
    return replace(unit, files=((FILES[0], data), (FILES[2], b"xlsx " + said), (FILES[1], b"pdf " + said)))


def plain_printing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Quick reports and no overview; the list fills with the units that were printed."""
    printed: list[str] = []

    def made(task: UnitTask) -> Artefacts:
        printed.append(task.submission.unit)
        return make_quickly(task)

    monkeypatch.setattr(steps, "make_unit", made)
    monkeypatch.setattr(steps, "LEAST_UNITS", 1000)
    return printed


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the results by its place, without the run's own state."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.relative_to(folder).parts[0] != ".jxreport"
    }
