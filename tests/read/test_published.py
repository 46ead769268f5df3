"""Published tables and the sample, where their transcriptions lie beside the checkout."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks.read_tables import Tally, fold, measure
from jxreport.finding import Severity
from jxreport.read import read_path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
TABLES = SHARED / "data" / "tables_dev"
BUILDER = SHARED / "tools" / "build_workbooks.py"
FOUNDING = SHARED / "data" / "chengde_2020.json"

VARIANTS = ("repeat_header", "blank", "order", "formulas_nocache", "nomerge", "fullwidth")  # the benchmark runs all


def _builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_workbooks", BUILDER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not BUILDER.exists(), reason="the published tables are not beside the checkout")
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_row_and_cell_of_the_published_tables(variant: str, tmp_path: Path) -> None:
    builder = _builder()
    tally = Tally()
    folder = tmp_path / variant
    folder.mkdir()
    for source in sorted(TABLES.glob("*.json")):
        table = json.loads(source.read_text(encoding="utf-8"))
        path = folder / f"{table['id']}.xlsx"
        builder.build(table, variant, str(path))
        measure(path, table, tally)
    assert tally.wrong == []
    assert (tally.found, tally.extra) == (tally.rows, 0)


@pytest.mark.skipif(not FOUNDING.exists(), reason="the founding document is not beside the checkout")
def test_the_sample_is_read_as_published() -> None:
    result = read_path(ROOT / "sample_workbooks")
    assert [f for f in result.findings if f.severity is Severity.ERROR] == []
    (unit,) = result.submissions
    wanted: dict[str, Any] = json.loads(FOUNDING.read_text(encoding="utf-8"))
    assert (unit.unit, unit.year, unit.sample) == (wanted["department"], wanted["year"], True)
    department, *projects = unit.forms
    assert [
        (i.level1, i.level2, i.name, i.description, i.weight and i.weight.text, i.rule and i.rule.text, i.basis)
        for i in department.indicators
    ] == [
        tuple(
            row[key].strip()
            for key in ("一级指标", "二级指标", "三级指标", "绩效指标描述", "值", "单位（文字描述）", "指标值确定依据")
        )
        for row in wanted["indicators"]
    ]
    for form, given in zip(projects, wanted["projects"], strict=True):
        assert (form.code, form.name, form.form) == (given["项目编码"], given["项目名称"], "T2+A2")
        plan = {c.label: c.plan.text for c in form.checkpoints if c.plan}
        assert plan == given["资金支出计划（累计进度%）"]
        assert [g.expected.text for g in form.goals] == [text.strip() for text in given["绩效目标"]]
        assert [(i.name, fold(i.target.text)) for i in form.indicators] == [
            (row["三级指标"].strip(), _target(row)) for row in given["indicators"]
        ]


def _target(row: dict[str, str]) -> str:
    sign = "" if row["符号"] == "文字描述" else row["符号"]
    return fold(f"{sign}{row['值']}{row['单位（文字描述）']}")
