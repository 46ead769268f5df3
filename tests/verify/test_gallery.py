"""Reports of extreme units agree with their own evidence: cut labels, torn rows, texts below their table."""

from __future__ import annotations

from functools import cache

import pytest

from jxreport import resources
from jxreport.verify.check import Outcome, verify_pdf
from tests.gallery.__main__ import made
from tests.verify.reports import embedded, once, with_file

pytestmark = pytest.mark.skipif(resources.font_dir() is None, reason="no font pack: run make setup")


@cache
def report(name: str) -> bytes:
    return dict(made(name).files)["绩效自评报告.pdf"]


@pytest.mark.parametrize("name", ["one", "missed", "long", "midyear", "silent"])
def test_an_untouched_report_is_consistent(name: str) -> None:
    verdict = verify_pdf("报告.pdf", report(name))
    assert [(found.code, found.facts) for found in verdict.findings if found.is_error] == []
    assert verdict.outcome is Outcome.CONSISTENT


def test_a_changed_score_of_a_long_report_is_caught() -> None:
    data = report("missed")
    assert '"score": "8.42"' in embedded(data, "result.json").decode()
    changed = with_file(data, "result.json", once('"score": "8.42"', '"score": "9.42"'))
    assert verify_pdf("报告.pdf", changed).outcome is Outcome.INCONSISTENT
