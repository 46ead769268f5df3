"""A report that somebody has changed: every place is named; an untouched one is consistent."""

from __future__ import annotations

import io
import json
import re

import pikepdf
import pytest

from jxreport.finding import Source, codes
from jxreport.messages import message
from jxreport.verify import evidence
from jxreport.verify.check import Outcome, Verdict, verify_pdf
from jxreport.verify.compare import differences
from tests.conftest import SampleRun
from tests.verify import reports
from tests.verify.reports import EVIDENCE, RESULT, WORKBOOK, in_part, once, report, with_digit, with_file

FILE = "报告.pdf"


def verdict(data: bytes) -> Verdict:
    return verify_pdf(FILE, data)


def told(found: Verdict) -> str:
    return "\n".join(message(finding).text for finding in found.findings)


def test_an_untouched_report_is_consistent() -> None:
    found = verdict(report())
    assert codes(found.findings) == []
    assert found.outcome is Outcome.CONSISTENT
    assert found.result == reports.result(report())


def test_the_sample_is_consistent(sample_run: SampleRun) -> None:
    found = verdict((sample_run.folder / "绩效自评报告.pdf").read_bytes())
    assert codes(found.findings) == []
    assert found.outcome is Outcome.CONSISTENT


def test_saving_it_with_another_program_changes_nothing() -> None:
    with pikepdf.open(io.BytesIO(report())) as pdf:
        again = reports.saved(pdf, linearize=True)
    assert verdict(again).outcome is Outcome.CONSISTENT


def test_a_changed_digit_in_an_embedded_score() -> None:
    found = verdict(with_file(report(), RESULT, once('"total": "65.12"', '"total": "85.12"')))
    assert found.outcome is Outcome.INCONSISTENT
    assert codes(found.findings) == [("JX770", RESULT), ("JX771", RESULT)]
    assert "单位“示例单位”，评价“项目1”，总分：内嵌结果为“85.12”，由内嵌数据复算为“65.12”" in told(found)


def test_every_number_of_the_result_is_compared() -> None:
    """The scores, rates, amounts, targets and actuals: change each, and it is named."""
    whole = reports.result(report())
    evaluation = whole["units"][0]["evaluations"][0]
    before = json.dumps(whole, ensure_ascii=False)
    for holder in (evaluation, evaluation["budget"], *evaluation["schedule"], *evaluation["indicators"]):
        for key, value in holder.items():
            if not isinstance(value, str) or not re.fullmatch(r"-?\d+(\.\d+)?", value):
                continue
            holder[key] = value[:-1] + str((int(value[-1]) + 1) % 10)
            found = tuple(differences(whole, json.loads(before), Source(), same_program=True))
            assert [finding.code for finding in found] == ["JX771"], key
            holder[key] = value


def test_a_changed_digit_in_an_embedded_input() -> None:
    """Both the digest and, because the score follows from it, the score tell."""
    paid = '"value": "312.50"'
    data = with_file(report(), EVIDENCE, once(paid, paid.replace("312", "812")))
    found = verdict(data)
    assert found.outcome is Outcome.INCONSISTENT
    seen = {code for code, _ in codes(found.findings)}
    assert {"JX771", "JX773", "JX775", "JX776"} <= seen
    assert "预算执行，得分：内嵌结果为“3.80”，由内嵌数据复算为“9.88”" in told(found)


def test_an_input_changed_with_its_digest_is_still_seen() -> None:
    """Somebody who computes the digests anew cannot make the scores follow."""

    def change(data: bytes) -> bytes:
        whole = json.loads(once('"value": "312.50"', '"value": "812.50"')(data))
        whole["digest"] = evidence.sha256(evidence._compact(whole["content"]))
        return json.dumps(whole, ensure_ascii=False).encode()

    seen = [code for code, _ in codes(verdict(with_file(report(), EVIDENCE, change)).findings)]
    assert "JX773" not in seen
    assert {"JX771", "JX775", "JX776"} <= set(seen)


def test_a_changed_cached_score_in_the_embedded_workbook() -> None:
    data = with_file(
        report(), WORKBOOK, in_part("xl/worksheets/sheet1.xml", r"<v>65\.12</v>", "<v>95.12</v>")
    )
    found = verdict(data)
    assert found.outcome is Outcome.INCONSISTENT
    assert [code for code, _ in codes(found.findings)] == ["JX770", "JX775"]
    assert "单元格的数值为“95.12”，应为“65.12”" in told(found)
    assert re.fullmatch(rf"{WORKBOOK}·.+![A-Z]+\d+", codes(found.findings)[1][1])


def test_a_changed_formula_in_the_embedded_workbook() -> None:
    data = with_file(report(), WORKBOOK, in_part("xl/worksheets/sheet1.xml", r"<f>(?=[^<]*SUM)", "<f>20+"))
    found = verdict(data)
    assert "JX775" in [code for code, _ in codes(found.findings)]
    assert "单元格的公式为“=20+" in told(found)


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize(
    ("wanted", "new"), [("65.12", "95.12"), ("57.29", "57.79"), ("39.50", "39.60"), ("3.80", "8.80")]
)
def test_a_changed_digit_on_a_page(wanted: str, new: str, last: bool) -> None:
    """Totals, scores of indicators and of execution, where they first and where they last stand alone."""
    found = verdict(with_digit(report(), wanted, new, last=last))
    assert found.outcome is Outcome.INCONSISTENT
    assert [code for code, _ in codes(found.findings)] == ["JX776"]
    assert f"印出的是“{new}" in told(found)
    assert f"应为“{wanted}" in told(found)
    assert re.fullmatch(r"第\d+页", found.findings[0].source.sheet)


def test_a_changed_grade_on_a_page() -> None:
    found = verdict(with_digit(report(), "等级：差", "等级：中"))
    assert [code for code, _ in codes(found.findings)] == ["JX776"]
    assert "应为“差”" in told(found)


def test_a_number_laid_over_a_page() -> None:
    found = verdict(reports.with_overlay(report(), "95.12"))
    assert codes(found.findings) == [("JX778", "第1页")]
    assert "95.12" in told(found)


def test_a_note_or_picture_on_a_page_is_mentioned() -> None:
    found = verdict(reports.with_annotation(report()))
    assert codes(found.findings) == [("JX792", "第2页")]
    assert found.outcome is Outcome.CONSISTENT


@pytest.mark.parametrize("name", [RESULT, WORKBOOK])
def test_a_missing_file_is_named(name: str) -> None:
    found = verdict(reports.without_file(report(), name))
    assert found.outcome is Outcome.INCONSISTENT
    assert "JX779" in [code for code, _ in codes(found.findings)]
    assert f"“{name}”缺失" in told(found)


def test_a_milder_profile_under_the_same_name_is_named() -> None:
    """Grades from 50 up called excellent: the numbers follow, but the profile is not ours."""

    def change(data: bytes) -> bytes:
        whole = json.loads(data)
        whole["content"]["profile"]["grades"][0]["low"] = "50"
        return json.dumps(whole, ensure_ascii=False).encode()

    found = verdict(with_file(report(), EVIDENCE, change))
    assert "JX774" in [code for code, _ in codes(found.findings)]
    assert "在“grades”处不同" in told(found)


def test_a_profile_we_do_not_have_is_a_remark() -> None:
    found = verdict(reports.report(name="某局-2020"))
    assert codes(found.findings) == [("JX791", "")]
    assert found.outcome is Outcome.CONSISTENT


def test_a_report_of_another_version_is_compared_by_its_numbers() -> None:
    data = with_file(report(), EVIDENCE, once('"program": "', '"program": "9.'))
    assert [code for code, _ in codes(verdict(data).findings)] == ["JX790"]
    worse = with_file(
        with_digit(data, "65.12", "95.12"), RESULT, once('"total": "65.12"', '"total": "95.12"')
    )
    seen = [code for code, _ in codes(verdict(worse).findings)]
    assert {"JX770", "JX771", "JX776", "JX790"} <= set(seen)
