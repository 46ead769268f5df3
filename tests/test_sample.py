"""The committed sample workbooks are what their script builds, and the targets are the published text."""

from __future__ import annotations

import importlib.util
import json
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from jxreport.model.result import Status, UnitResult
from jxreport.number import fixed
from jxreport.profiles import load_profile
from jxreport.read import read_path
from jxreport.score import score_submission

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "sample_workbooks"
PUBLISHED = ROOT.parent / "shared" / "data" / "chengde_2020.json"
COLUMNS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "description": "绩效指标描述",
    "sign": "符号",
    "value": "值",
    "unit": "单位（文字描述）",
    "basis": "指标值确定依据",
}

needs_published = pytest.mark.skipif(not PUBLISHED.exists(), reason="the published text is not at hand")


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sample_build", SAMPLE / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook; the packed bytes depend on the zlib at hand."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_committed_workbooks_are_what_the_script_builds(build: ModuleType) -> None:
    built = dict(build.workbooks())
    assert sorted(built) == sorted(path.name for path in SAMPLE.glob("*.xlsx"))
    for name, data in built.items():
        assert _parts((SAMPLE / name).read_bytes()) == _parts(data), f"{name}: run sample_workbooks/build.py"


@needs_published
def test_indicators_are_transcribed_exactly(build: ModuleType) -> None:
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    targets = build.unit_targets()
    tables = [(targets.rows, published["indicators"])]
    tables += [
        (project.rows, raw["indicators"])
        for project, raw in zip(targets.projects, published["projects"], strict=True)
    ]
    for rows, printed in tables:
        ours = [{label: getattr(row, field) for field, label in COLUMNS.items()} for row in rows]
        assert ours == printed


@needs_published
def test_project_heads_are_transcribed_exactly(build: ModuleType) -> None:
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    targets = build.unit_targets()
    assert (targets.unit, targets.year, targets.title) == tuple(
        published[key] for key in ("department", "year", "document")
    )
    for project, raw in zip(targets.projects, published["projects"], strict=True):
        assert (project.code, project.name, project.template, project.purpose) == (
            raw["项目编码"],
            raw["项目名称"],
            raw["项目绩效模板"],
            raw["资金用途"],
        )
        assert dict(project.plan) == raw["资金支出计划（累计进度%）"]
        assert list(project.goals) == raw["绩效目标"]


@needs_published
def test_text_part_is_transcribed_exactly(build: ModuleType) -> None:
    """All lines of the document that do not belong to a table, in order and to the space."""
    purposes = {line for project in build.unit_targets().projects for line in project.purpose.split("\n")}
    document = PUBLISHED.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    prose = [line for line in document if line.strip() and "\t" not in line[:2] and line not in purposes]
    assert list(build.unit_targets().paragraphs) == prose


@pytest.fixture(scope="module")
def result() -> UnitResult:
    submissions, findings = read_path(SAMPLE)
    assert not [finding for finding in findings if finding.is_error or finding.waiting]
    return score_submission(submissions[0], load_profile("hebei-2020"))


def test_sample_is_complete(result: UnitResult) -> None:
    """Nothing waits for a person, every indicator has its score."""
    assert result.submission.sample
    assert [finding for finding in result.findings if finding.is_error or finding.waiting] == []
    assert [evaluation.grade for evaluation in result.evaluations] == ["优", "优", "良", "优"]
    scores = [score for evaluation in result.evaluations for score in evaluation.indicators]
    assert {score.status for score in scores} == {Status.SCORED}
    assert len(scores) == 12 + 17


def test_sample_shows_every_kind_of_result(result: UnitResult) -> None:
    department, offices, reception, legal = result.evaluations
    assert [point.light for point in offices.schedule] == ["绿"] * 4
    assert [point.light for point in reception.schedule] == ["绿", "红", "黄", "黄"]
    assert [(point.deviation or 0) > 0 for point in legal.schedule] == [True, True, True, False]
    assert any(score.missed and score.indicator.measure for score in offices.indicators)
    assert any(score.overshoot and score.indicator.reason for score in legal.indicators)
    assert any(score.kind == "manual" for score in department.indicators)
    assert result.submission.readings


def test_execution_is_scored_from_the_unrounded_rate(result: UnitResult) -> None:
    scored = [
        fixed(evaluation.execution.score) for evaluation in result.evaluations[1:] if evaluation.execution
    ]
    assert scored == ["9.85", "6.90", "9.99"]


def test_budget_figures_agree(result: UnitResult) -> None:
    """The department's budget is its projects and its basic expenditure; payments end at the execution."""
    department, *projects = result.evaluations
    facts = {fact.name: fact.value for fact in department.form.facts}
    budgets = [row for project in projects if project.form.budget and (row := project.form.budget.total)]
    initial = [row.initial.value for row in budgets if row.initial]
    assert initial == [2519, 60, 76]
    assert facts["年初预算数"] == sum(initial) + Decimal("486.40")
    assert facts["全年预算数"] == facts["年初预算数"] + facts["本年追加预算"] + facts["上年结转"]
    assert facts["年末结余"] == facts["全年预算数"] - facts["全年执行数"]
    executed = [row.executed.value for row in budgets if row.executed]
    assert facts["全年执行数"] == sum(executed) + Decimal("536.20")
    assert executed == [project.form.checkpoints[-1].paid.value for project in projects]
