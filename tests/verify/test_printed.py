"""The printed text: nothing can be changed, left out or added unseen; line and page ends do not matter."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from jxreport.finding import codes
from jxreport.report import build_document
from jxreport.score import score_submission
from jxreport.verify.evidence import NAME, unpack
from jxreport.verify.expected import expected_text
from jxreport.verify.pdf import open_pdf
from jxreport.verify.printed import Expected, Piece, differences
from tests.test_purity import PACKAGE, imports
from tests.verify.reports import report

PIECES = (
    "一、综合评价结论",
    "自评得分97.80分，评价等级为“优”。",
    "1|数量指标|10|9.85|完成",
    "2|质量指标|20|19.11|完成",
    "总分|100|97.80",
)
EXPECTED = Expected(
    pieces=tuple(Piece(tuple(text.split("|"))) for text in PIECES),
    loose=("产出指标97.80%",),
    known=("序号指标分值得分说明", "附件1"),
    repeated=("产出指标（续）",),
    footer="(?:—[0-9]+—)?",
)
PAGES = (
    "附件1\n一、综合评价结论\n自评得分97.80分，评价\n产出指标 97.80%\n— 1 —",
    "等级为“优”。\n序号 指标 分值 得分 说明\n1 数量指标 10 9.85 完\n成\n— 2 —",
    "序号 指标 分值 得分 说明\n产出指标（续）2 质量指标 20 19.11 完成\n总分 100 97.80\n— 3 —",
)


def said(pages: tuple[str, ...], *, strict: bool = True) -> list[tuple[str, str]]:
    return codes(tuple(differences(pages, EXPECTED, "报告.pdf", strict=strict)))


def changed(old: str, new: str) -> tuple[str, ...]:
    assert sum(page.count(old) for page in PAGES) == 1
    return tuple(page.replace(old, new) for page in PAGES)


def test_line_and_page_ends_heads_and_charts_do_not_matter() -> None:
    assert said(PAGES) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("9.85", "9.95", [("JX776", "第2页")]),
        ("9.85", "10.00", [("JX776", "第2页")]),
        ("19.11", "91.11", [("JX776", "第3页")]),
        ("总分 100 97.80", "总分 100 99.80", [("JX776", "第3页")]),
        ("得分97.80分", "得分99.80分", [("JX776", "第1页")]),
        ("“优”", "“良”", [("JX776", "第2页")]),
        ("总分 100 97.80", "", [("JX777", "第3页前后")]),
        ("总分 100 97.80", "总分 100 97.80\n99.80", [("JX778", "第3页")]),
        ("附件1", "附件1\n改为优", [("JX778", "第1页")]),
        ("一、综合评价结论", "二、综合评价结论", [("JX777", "第1页前后"), ("JX778", "第1页")]),
    ],
)
def test_every_change_is_seen_where_it_is(old: str, new: str, found: list[tuple[str, str]]) -> None:
    assert said(changed(old, new)) == found


def test_a_changed_chart_is_missing_as_it_was() -> None:
    pages = (*PAGES[:2], PAGES[2].replace("— 3", "社会效益 88.00%\n— 3"))
    expected = replace(EXPECTED, loose=(*EXPECTED.loose, "社会效益88.00%"))
    assert list(differences(pages, expected, "报告.pdf", strict=True)) == []
    pages = (*PAGES[:2], PAGES[2].replace("— 3", "社会效益 98.00%\n— 3"))
    found = tuple(differences(pages, expected, "报告.pdf", strict=True))
    assert codes(found) == [("JX777", "第1页前后"), ("JX778", "第3页")]


def test_with_own_templates_only_numbers_count() -> None:
    assert said(changed("综合评价结论", "总的评价"), strict=False) == [("JX794", "")]
    assert said(changed("9.85", "9.95"), strict=False) == [("JX776", "第2页")]
    assert said(changed("附件1", "附件1\n本局自印"), strict=False) == [("JX794", "")]


def test_two_equal_rows_are_two() -> None:
    twice = replace(EXPECTED, pieces=(*EXPECTED.pieces, EXPECTED.pieces[-1]))
    pages = (*PAGES[:2], PAGES[2].replace("总分 100 97.80", "总分 100 97.80\n总分 100 97.80"))
    assert list(differences(pages, twice, "报告.pdf", strict=True)) == []
    assert [f.code for f in differences(PAGES, twice, "报告.pdf", strict=True)] == ["JX777"]


def test_a_row_cut_by_a_page_goes_on_below_the_repeated_head() -> None:
    expected = replace(
        EXPECTED, pieces=(Piece(("1", "指标", "很长很长的偏差原因说明", "9.85", "改进措施")),), loose=()
    )
    pages = ("1指标很长很长的9.85改进— 1 —", "序号指标分值得分说明偏差原因说明措施— 2 —")
    assert list(differences(pages, expected, "报告.pdf", strict=True)) == []
    pages = (pages[0].replace("9.85", "9.95"), pages[1])
    assert any(differences(pages, expected, "报告.pdf", strict=True))


def test_no_digit_of_a_real_report_can_be_changed_unseen() -> None:
    """Except page numbers and the numbers of annexes in their heads."""
    opened = open_pdf("报告.pdf", report())
    content = unpack(opened.files[NAME]).content
    expected = expected_text(
        build_document(score_submission(content.submission, content.profile), date=content.date)
    )
    pages = [page[: page.rindex("—", 0, -1)].replace("附件", "件") for page in opened.pages]
    expected = replace(expected, known=tuple(text.replace("附件", "件") for text in expected.known))
    places = [(n, at) for n, page in enumerate(pages) for at, char in enumerate(page) if char.isdigit()]
    rows = [place for place in places if not pages[place[0]][: place[1]].endswith("件")]
    for n, at in random.Random(7).sample(rows, 300):
        digit = str((int(pages[n][at]) + 3) % 10)
        spoiled = [*pages[:n], pages[n][:at] + digit + pages[n][at + 1 :], *pages[n + 1 :]]
        assert any(differences(spoiled, expected, "报告.pdf", strict=True)), pages[n][at - 20 : at + 5]


@pytest.mark.parametrize("name", ["printed", "compare"])
def test_the_comparison_knows_no_library(name: str) -> None:
    foreign = {module.split(".")[0] for module in imports(PACKAGE / "verify" / f"{name}.py")}
    assert foreign <= {
        "__future__",
        "collections",
        "dataclasses",
        "typing",
        "re",
        "bisect",
        "itertools",
        "jxreport",
    }
