"""Spoiled workbooks through the whole program: each gets a verdict in words, none a traceback, a hang or a death.

`FUZZ` is how many (100; `make fuzz` takes more), `SEED` which. A failure names the number of its workbook:
`tests.batch.mutants.mutant(SEED, number)` is it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache

import pytest

from jxreport.batch import Settings, run_one, work_settings
from jxreport.batch.executor import Failure
from jxreport.batch.limits import Limits
from jxreport.batch.pool import Pool
from jxreport.batch.unit import load_printer
from jxreport.config import Config
from jxreport.messages import message
from jxreport.render.json import dumps
from tests.batch.mutants import mutant

FUZZ = int(os.environ.get("FUZZ", "100"))
SEED = int(os.environ.get("SEED", "1"))
PRINTED = 20  # one in so many is printed, not only scored


@cache
def settings() -> Settings:
    return work_settings(Config(date="2023年1月15日"))


def attempt(number: int) -> int:
    """How many findings the workbook of this number gets; runs in a worker."""
    chosen = replace(settings(), render=number % PRINTED == 0)
    units = run_one((mutant(SEED, number),), chosen)
    for unit in units:
        for finding in unit.findings:
            words = message(finding)
            assert words.text
            assert words.fix
        if unit.result:
            dumps(unit.result)
    return sum(len(unit.findings) for unit in units)


@pytest.mark.timeout(120 + FUZZ)
def test_every_spoiled_workbook_gets_a_verdict() -> None:
    with Pool(2, Limits(seconds=60), load_printer) as pool:
        answers = dict(pool.stream(attempt, range(FUZZ)))
    failed = {number: answer for number, answer in sorted(answers.items()) if isinstance(answer, Failure)}
    assert not failed, "\n".join(
        f"{number}: {failure.reason} {failure.detail}" for number, failure in failed.items()
    )
    assert len(answers) == FUZZ
    assert sum(1 for findings in answers.values() if findings) > FUZZ * 0.9, (
        "hardly a spoiled one passes unseen"
    )


def test_the_same_number_is_the_same_workbook() -> None:
    assert mutant(1, 5) == mutant(1, 5)
    assert len({mutant(1, number)[1] for number in range(20)}) > 18
