"""Spoiled workbooks through the whole program: each gets a verdict in words, none a traceback, a hang or a death.

`FUZZ` is how many (200; `make fuzz` takes more), `SEED` which. A failure names the number of its workbook:
`tests.batch.mutants.mutant(SEED, number)` is it. All are read, checked and scored and their report is composed;
printing costs a hundred times as much and is done for one in `SHEETS` (XLSX) and one in `PAGES` (PDF too).
"""

from __future__ import annotations

import os
import time
import traceback
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from jxreport.batch import Artefacts, Settings, work_settings
from jxreport.batch.executor import Failure
from jxreport.batch.limits import Limits
from jxreport.batch.pool import Pool
from jxreport.batch.unit import UnitTask, load_printer, make_unit, read_one, unit_tasks
from jxreport.config import Config
from jxreport.finding import Finding
from jxreport.messages import message
from jxreport.render.json import dumps, result_object
from tests.batch.mutants import mutant

FUZZ = int(os.environ.get("FUZZ", "200"))
SEED = int(os.environ.get("SEED", "1"))
SHEETS, PAGES = 20, 100
SECONDS = 30  # of processor time a workbook may take; the sample's report takes six
BATCH = 10  # workbooks a task: a worker is replaced after so many tasks, and starting one takes seconds

Outcome = tuple[str, int]  # how far the workbook came, findings


@cache
def settings() -> Settings:
    return work_settings(Config(date="2023年1月15日"))


def attempts(numbers: range) -> tuple[Outcome, ...]:
    """Runs in a worker. An error names the workbook."""
    outcomes = []
    for number in numbers:
        try:
            began = time.process_time()
            outcomes.append(attempt(number))
            took = time.process_time() - began
            assert took < SECONDS, f"{took:.0f} seconds"
        except Exception:
            raise AssertionError(f"workbook {number}: {traceback.format_exc()}") from None
    return tuple(outcomes)


def attempt(number: int) -> Outcome:
    """What becomes of the workbook of this number."""
    name, data = mutant(SEED, number)
    as_of = "6月底" if number % 3 == 1 else ""  # now and then as monitoring before year end
    tasks, loose = unit_tasks((read_one((name, data, None)),), replace(settings(), as_of=as_of))
    units = [composed(task, number) for task in tasks]
    found = [*loose, *(finding for unit in units for finding in unit.findings)]
    for finding in found:
        said(finding)
    rows = [
        row
        for unit in units
        for entry in unit.result["units"]
        for evaluation in entry["evaluations"]
        for row in evaluation["indicators"]
    ]
    reached = "scored" if any(row["score"] for row in rows) else "read" if rows else "refused"
    return reached, len(found)


def composed(task: UnitTask, number: int) -> Artefacts:
    """The unit's artefacts; printed as far as this number is worth it."""
    from jxreport.render.xlsx import render_xlsx
    from jxreport.report import build_document
    from jxreport.score import score_submission

    if number % PAGES == 0:
        return make_unit(task)
    result = score_submission(task.submission, task.settings.profile, as_of=task.settings.as_of or None)
    made = result_object([result])
    assert dumps(made)
    found = (*task.findings, *result.findings)
    if result.evaluations:
        document = build_document(result, date="2023年1月15日")
        if number % SHEETS == 0:
            _, on_sheets = render_xlsx(document)
            found = (*found, *on_sheets)
    unit = Artefacts(unit=task.submission.unit, year=task.submission.year, sources=())
    return replace(unit, findings=found, result=made)


def said(finding: Finding) -> None:
    words = message(finding)
    assert words.text
    assert words.fix


@pytest.mark.timeout(120 + FUZZ)
def test_every_spoiled_workbook_gets_a_verdict() -> None:
    batches = [range(first, min(first + BATCH, FUZZ)) for first in range(0, FUZZ, BATCH)]
    outcomes: list[Outcome] = []
    failed: list[str] = []
    with Pool(2, Limits(seconds=SECONDS * BATCH), load_printer) as pool:
        for number, answer in pool.stream(attempts, batches):
            if isinstance(answer, Failure):
                failed.append(f"{batches[number]}: {answer.reason} {answer.detail}")
            else:
                outcomes += answer
    assert not failed, "\n".join(failed)
    assert len(outcomes) == FUZZ
    reached = Counter(how_far for how_far, _ in outcomes)
    print(f"{FUZZ} workbooks of seed {SEED}: {dict(sorted(reached.items()))}")  # noqa: T201
    assert reached["scored"] > FUZZ * 0.1, "many get past the gate and to the scores"
    assert reached["scored"] + reached["read"] > FUZZ * 0.25
    assert reached["refused"] > FUZZ * 0.2
    assert sum(1 for _, findings in outcomes if findings) > FUZZ * 0.9, "hardly a spoiled one passes unseen"


def test_the_same_number_is_the_same_workbook() -> None:
    assert mutant(1, 5) == mutant(1, 5)
    assert len({mutant(1, number)[1] for number in range(20)}) > 18
