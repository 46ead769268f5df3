"""The founding department's year: complete, scored to the end, and every known defect of its tables found."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from jxreport.model.result import Status, UnitResult
from jxreport.read import read_path
from jxreport.score import score_submission
from tests.builders import profile

SAMPLE = Path(__file__).resolve().parents[2] / "sample_workbooks"


@lru_cache
def sample() -> UnitResult:
    (submission,) = read_path(SAMPLE).submissions
    return score_submission(submission, profile("hebei-2020"))


def test_nothing_waits_and_nothing_stops() -> None:
    assert [(f.code, f.facts) for f in sample().findings if f.waiting or f.is_error] == []


def test_twelve_and_seventeen_indicators_are_scored() -> None:
    rows = [[row.status for row in e.indicators] for e in sample().evaluations]
    assert [len(statuses) for statuses in rows] == [12, 5, 6, 6]
    assert {status for statuses in rows for status in statuses} == {Status.SCORED}


def test_every_printed_column_adds_up_to_a_hundred_points() -> None:
    for evaluation in sample().evaluations:
        scores = [row.score or Decimal(0) for row in evaluation.indicators]
        execution = evaluation.execution
        if execution is not None and execution.score is not None:
            scores.append(execution.score)
        assert (evaluation.total, evaluation.full) == (sum(scores), 100)
        assert evaluation.grade


def test_the_department_table_has_no_separate_points_for_execution() -> None:
    department = sample().evaluations[0]
    assert department.execution is not None
    assert department.execution.rate is not None
    assert department.execution.score is None


def test_every_score_leads_back_to_a_cell_and_ends_in_a_rounded_number() -> None:
    for evaluation in sample().evaluations:
        for row in evaluation.indicators:
            kinds = [step.kind for step in row.trace]
            assert "cell" in kinds, row.indicator.name
            assert kinds[-1] == "rounding", row.indicator.name
            assert row.reading, row.indicator.name


@pytest.mark.parametrize(
    ("code", "about"),
    [
        ("JX228", ["绩效目标3→2", "效果指标3→1", "产出指标1→3", "绩效目标3→2", "绩效指标3→6"]),
        ("JX229", ["履职效益"]),
        ("JX239", ["商务接待制度健全性"]),
        ("JX230", ["服务对象满意度指标"]),
        ("JX231", ["办公用房运行费用支出及时性", "商务接待支出制度健全性"]),
        ("JX232", ["服务对象满意度", "接待对象满意度"]),
        ("JX235", ["商务接待制度执行率"]),
        ("JX403", ["绩效目标申报", "预算控制率", "专项资金管理", "社会公众或服务对象满意度"]),
        ("JX405", ["社会公众或服务对象满意度"]),
        ("JX407", ["履职效益"]),
    ],
)
def test_the_known_defects_are_found_and_none_invented(code: str, about: list[str]) -> None:
    found = [dict(f.facts) for f in sample().findings if f.code == code]
    told = [f"{f['word']}{f['promised']}→{f['actual']}" if code == "JX228" else f["name"] for f in found]
    assert told == about


def test_malformed_units() -> None:
    assert sorted({f.fact("unit") for f in sample().findings if f.code == "JX233"}) == [" %", "件数"]


def test_one_project_on_plan_one_behind_one_ahead() -> None:
    lights = ["".join(point.light for point in e.schedule) for e in sample().evaluations[1:]]
    assert lights[0] == "绿绿绿绿"
    assert "红" in lights[1]
    assert lights[2] == "绿绿绿绿"
    ahead = sample().evaluations[3].schedule[1]
    assert ahead.plan == 0
    assert ahead.pace is None
    assert ahead.deviation is not None
    assert ahead.deviation > 0
