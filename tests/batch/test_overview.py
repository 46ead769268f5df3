"""汇总 at the end of a run: when it is made, when it stands, that its trouble is told."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from jxreport.batch import Summary, run
from jxreport.batch.overview import OverviewFiles, OverviewTask
from jxreport.batch.unit import RESULT_NAME, Artefacts, UnitTask, make_unit
from jxreport.config import load
from jxreport.finding import Finding, error
from tests.conftest import SAMPLE

UNIT = "承德高新区党政办公室"
OTHER = "承德高新区财政局"
NAMES = ["汇总.pdf", "汇总.xlsx"]


def without_printing(task: UnitTask) -> Artefacts:
    """The unit's scores, and its result alone for a report: printing is not what is tested here."""
    made = make_unit(replace(task, settings=replace(task.settings, render=False)))
    return replace(made, files=((RESULT_NAME, json.dumps(made.result).encode()),))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jxreport.batch.steps.make_unit", without_printing)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with the sample's unit."""
    folder = tmp_path / "in"
    folder.mkdir()
    for path in SAMPLE.glob("*.xlsx"):
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def bureau(office: Path) -> Path:
    """A folder with two units: the sample's, and one that is its copy under another name."""
    for path in list(office.glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = cell.value.replace(UNIT, OTHER)
        book.save(office / path.name.replace(UNIT, OTHER))
    return office


def report(folder: Path, **options: bool) -> Summary:
    config = load({"output": str(folder.parent / "out"), "jobs": "1"}, beside=SAMPLE, environment={}).config
    return run([folder], config, **options)


def overview(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder.parent / "out").glob("汇总.*"))}


def test_two_units_are_summed_up_once_and_for_the_same_outcome_not_again(bureau: Path) -> None:
    summary = report(bureau)
    first = overview(bureau)
    assert list(first) == NAMES
    assert [path.name for path in summary.written][-2:] == ["汇总.xlsx", "汇总.pdf"]
    book = openpyxl.load_workbook(bureau.parent / "out" / "汇总.xlsx", data_only=True)
    assert {row[1].value for row in book["部门整体排名"].iter_rows(min_row=5)} == {OTHER, UNIT}
    assert "得分变化" not in book.sheetnames

    again = report(bureau)
    assert overview(bureau) == first
    assert [path.name for path in again.unchanged][-2:] == ["汇总.xlsx", "汇总.pdf"]

    (bureau.parent / "out" / "汇总.pdf").unlink()
    report(bureau)
    assert list(overview(bureau)) == NAMES


def test_what_changed_since_the_last_run_is_listed(office: Path) -> None:
    report(office, overview=True)
    (path,) = office.glob("*完成情况.xlsx")
    book = openpyxl.load_workbook(path)
    book["承德高新区管委会办公用房租赁及运行项目经费"]["H21"] = 80  # 办公用房综合利用率
    book.save(path)
    report(office, overview=True)
    sheet = openpyxl.load_workbook(office.parent / "out" / "汇总.xlsx", data_only=True)["得分变化"]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert {row[0] for row in rows} == {UNIT}
    assert [row[3] for row in rows if row[3] != "等级"] == ["办公用房综合利用率", "总分"]
    assert all(round(row[5] - row[4] - row[6], 9) == 0 and row[6] < 0 for row in rows if row[3] != "等级")


def test_one_unit_is_summed_up_when_asked(office: Path) -> None:
    report(office)
    assert overview(office) == {}
    report(office, overview=True)
    assert list(overview(office)) == NAMES


def test_trouble_with_the_overview_leaves_the_reports(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(task: OverviewTask) -> OverviewFiles:
        raise RuntimeError("boom")

    monkeypatch.setattr("jxreport.batch.steps.make_overview", broken)
    summary = report(office, overview=True)
    assert overview(office) == {}
    assert [f.source.file for f in summary.findings if f.code == "JX804"] == ["汇总"]
    assert len(summary.written) == 1
    assert summary.exit_code == 3


def test_findings_of_the_overview_are_the_run_s(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: Finding = error("JX701", detail="某样式")
    monkeypatch.setattr(
        "jxreport.batch.steps.make_overview",
        lambda task: OverviewFiles(files=(("汇总.xlsx", b"x"), ("汇总.pdf", b"y")), findings=(told,)),
    )
    summary = report(office, overview=True)
    assert told in summary.findings
    assert overview(office) == {"汇总.pdf": b"y", "汇总.xlsx": b"x"}
