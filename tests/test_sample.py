"""The committed sample workbooks are what their script builds, and the targets are the published text."""

from __future__ import annotations

import importlib.util
import json
import zipfile
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

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
