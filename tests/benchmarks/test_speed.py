"""The speed benchmark: the same workbooks every time, the same content in the minimal page; figures are not tested."""

from __future__ import annotations

import re
import sys

import pytest

from benchmarks.speed import __main__ as command
from benchmarks.speed.measure import Table, cpu, process
from benchmarks.speed.stages import minimal
from benchmarks.speed.workload import Size, submission
from jxreport.batch.unit import Settings, read_one, unit_tasks
from jxreport.model.result import Status
from jxreport.profiles import load_profile
from jxreport.score import score_submission


def scored(size: Size):
    settings = Settings(profile=load_profile())
    tasks, loose = unit_tasks([read_one((*submission(5, size), None))], settings)
    assert loose == ()
    return [score_submission(task.submission, settings.profile) for task in tasks]


def test_a_number_always_gives_the_same_workbook():
    assert submission(7) == submission(7)
    assert len({submission(number) for number in range(30)}) == 30
    assert submission(7, seed=2) != submission(7)


@pytest.mark.parametrize("size", [Size(projects=3, indicators=9), Size(projects=1, indicators=40, text=900)])
def test_the_workbooks_are_read_and_scored_whole(size):
    (result,) = scored(size)
    assert len(result.evaluations) == size.projects
    for evaluation in result.evaluations:
        assert len(evaluation.indicators) == size.indicators
        assert {row.status for row in evaluation.indicators} == {Status.SCORED}
        assert evaluation.total is not None


def test_the_minimal_page_has_the_same_text():
    page = '<html><body><div class="annex wide" id="a"><table class="x"><col style="width: 9%"/><tr><td id="b">甲&amp;乙</td></tr></table></div></body></html>'
    lean = minimal(page)
    assert re.sub("<[^>]*>", "", lean) == re.sub("<[^>]*>", "", page)
    assert re.findall(r'(\w+)="([^"]*)"', lean) == [("class", "wide"), ("style", "width: 9%")]


def test_a_table_is_printed_as_markdown():
    lines = str(Table("甲", ("名", "数"), (("乙", "1"),), "注")).split("\n")
    assert lines == ["", "### 甲", "", "| 名 | 数 |", "| --- | --- |", "| 乙 | 1 |", "", "注"]


def test_a_failing_command_is_no_measurement():
    assert process([sys.executable, "-c", "raise SystemExit(3)"]).wall > 0
    with pytest.raises(RuntimeError, match="9"):
        process([sys.executable, "-c", "raise SystemExit(9)"])


def test_time_is_taken_of_the_best_round():
    rounds = []
    seconds, value = cpu(lambda: rounds.append(1) or len(rounds), rounds=3)
    assert value == 3
    assert seconds >= 0


def test_an_unknown_part_is_refused(capsys):
    with pytest.raises(SystemExit):
        command.main(["没有"])
    assert "没有" in capsys.readouterr().err


def test_what_comes_before_a_run_is_called_each_time():
    called = []
    _, value = cpu(lambda: called.append("run") or len(called), rounds=2, before=lambda: called.append("before"))
    assert called == ["before", "run"] * 2
    assert value == 4
