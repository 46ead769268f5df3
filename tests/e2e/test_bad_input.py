"""What units hand in when they are in a hurry: one finding at the cell, no number that rests on it, the
others made all the same."""

from __future__ import annotations

import io
import os
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jxreport.batch import Summary, run
from jxreport.config import load
from jxreport.messages import message
from tests.conftest import SAMPLE
from tests.e2e.workbooks import (
    ACTUALS,
    DEPARTMENT,
    DEPARTMENT_TARGETS,
    LEGAL,
    OFFICES,
    PAYMENTS,
    READINGS,
    RECEPTION,
    TARGETS,
    At,
    Book,
    Cell,
    Place,
    checked,
    copied,
    deviation,
    money,
    paid,
    plan,
    question,
    result,
    spoilt,
    told,
    totals,
    without,
    written,
)

ALL = ["97.75", "97.17", "89.40", "96.49"]
OPEN_DEPARTMENT = [None, *ALL[1:]]
OPEN_OFFICES = [ALL[0], None, *ALL[2:]]
PACE_ROW = ("JX520", question("完成情况说明", "人工评分"))  # 支出进度率 rests on the schedule of all projects
USE = result(OFFICES, "办公用房综合利用率")
RULED = result(OFFICES, "办公用房管理规范性")
SATISFIED = Cell(DEPARTMENT, ("社会公众或服务对象满意度",), "填报值")


@dataclass(frozen=True)
class Case:
    """Cells that are overwritten, and what comes of it."""

    name: str
    exit: int
    totals: list[str | None]
    found: list[tuple[str, Place]]  # beyond what is found in the sample as it is
    targets: dict[Place, Any] = field(default_factory=dict)
    actuals: dict[Place, Any] = field(default_factory=dict)


def schedule(name: str, code: str, place: Place, value: object, exit: int = 3, **more: Any) -> Case:
    """A schedule that contradicts itself or has a gap: no score may rest on it."""
    side = "actuals" if place.sheet == PAYMENTS else "targets"
    found = [PACE_ROW, (code, place), *more.get("found", [])]
    return Case(name, exit, OPEN_DEPARTMENT, found, **{side: {place: value}})


CASES = [
    # a cell that is empty or does not hold what it should
    Case("an empty actual", 1, OPEN_OFFICES, [("JX320", USE)], actuals={USE: None}),
    Case("a dash for an actual", 1, OPEN_OFFICES, [("JX320", USE)], actuals={USE: "——"}),
    Case("words for a number", 3, OPEN_OFFICES, [("JX321", USE)], actuals={USE: "达标"}),
    Case("an error value", 3, OPEN_OFFICES, [("JX113", USE), ("JX321", USE)], actuals={USE: "#DIV/0!"}),
    Case("a date for a rate", 3, OPEN_OFFICES, [("JX321", USE)], actuals={USE: "2020年5月1日"}),
    Case("a negative actual", 0, [ALL[0], "68.00", *ALL[2:]], [("JX342", USE)], actuals={USE: -5}),
    Case("a share for a percentage", 1, OPEN_OFFICES, [("JX346", USE)], actuals={USE: 0.875}),
    Case("a percentage as text", 0, ALL, [], actuals={USE: "８７.５ %"}),
    Case(
        "another unit of measure",
        1,
        [*ALL[:3], None],
        [("JX345", result(LEGAL, "按合同约定期限定期组织律师事务所签订常年法律服务协议件数"))],
        actuals={result(LEGAL, "按合同约定期限定期组织律师事务所签订常年法律服务协议件数"): "4个"},
    ),
    Case(
        "not applicable, without a word why",
        1,
        OPEN_OFFICES,
        [("JX509", USE)],
        actuals={USE: "不适用", result(OFFICES, "办公用房综合利用率", "偏差原因分析"): None},
    ),
    Case("an impossible satisfaction", 1, ALL, [("JX353", SATISFIED)], actuals={SATISFIED: 924}),
    # answers
    Case("an answer missing", 1, OPEN_DEPARTMENT, [("JX506", SATISFIED)], actuals={SATISFIED: None}),
    Case(
        "words for a number in an answer",
        3,
        OPEN_DEPARTMENT,
        [("JX303", SATISFIED), ("JX515", SATISFIED)],
        actuals={SATISFIED: "达标"},
    ),
    Case(
        "a question not answered",
        1,
        OPEN_DEPARTMENT,
        [("JX506", question("工作透明"))],
        actuals={question("工作透明"): None},
    ),
    Case(
        "neither yes nor no",
        1,
        OPEN_DEPARTMENT,
        [("JX515", question("工作透明"))],
        actuals={question("工作透明"): "基本"},
    ),
    Case(
        "none of the tiers offered",
        1,
        OPEN_DEPARTMENT,
        [("JX515", Cell(DEPARTMENT, ("管理制度的健全性",), "填报值"))],
        actuals={Cell(DEPARTMENT, ("管理制度的健全性",), "填报值"): "很健全"},
    ),
    Case(
        "a value in a gap of the sentence",
        1,
        OPEN_DEPARTMENT,
        [("JX504", At(DEPARTMENT_TARGETS, "G19"))],
        actuals={SATISFIED: 75},
    ),
    Case(
        "a reading nobody offered",
        1,
        OPEN_DEPARTMENT,
        [("JX504", At(DEPARTMENT_TARGETS, "G16")), ("JX511", Cell(READINGS, ("支出进度率",), "选择的读法"))],
        actuals={Cell(READINGS, ("支出进度率",), "选择的读法"): "随便"},
    ),
    Case(
        "a person's score beyond the points",
        1,
        OPEN_DEPARTMENT,
        [
            (
                "JX508",
                Cell(
                    DEPARTMENT,
                    (
                        "履职效益",
                        "非税收入管理符合8分，不符合规定扣除相应分值；资金管理合规6分，被审计、纪检、财政处罚扣4分",
                    ),
                    "人工评分",
                ),
            )
        ],
        actuals={
            Cell(
                DEPARTMENT,
                (
                    "履职效益",
                    "非税收入管理符合8分，不符合规定扣除相应分值；资金管理合规6分，被审计、纪检、财政处罚扣4分",
                ),
                "人工评分",
            ): 9
        },
    ),
    # tiers of the profile
    Case("a tier missing", 1, OPEN_OFFICES, [("JX320", RULED)], actuals={RULED: None}),
    Case("a word that is no tier", 1, OPEN_OFFICES, [("JX326", RULED)], actuals={RULED: "优秀"}),
    Case(
        "a score outside the tier",
        1,
        OPEN_OFFICES,
        [("JX325", result(OFFICES, "办公用房管理规范性", "人工评分"))],
        actuals={result(OFFICES, "办公用房管理规范性", "人工评分"): 5},
    ),
    # points
    Case(
        "points of a project that do not add up",
        3,
        OPEN_OFFICES,
        [("JX224", result(OFFICES, "办公用房管理规范性", "权重占比(%)"))],
        actuals={result(OFFICES, "办公用房综合利用率", "权重占比(%)"): 31},
    ),
    Case(
        "points of nothing",
        1,
        OPEN_OFFICES,
        [("JX226", At(OFFICES, "C12"))],
        actuals={result(OFFICES, "办公用房管理规范性", "权重占比(%)"): None},
    ),
    # the spending schedule
    schedule("a plan that falls", "JX601", plan(OFFICES, "10月底"), 40),
    schedule("a plan that ends early", "JX603", plan(OFFICES, "12月底"), 95),
    schedule("a plan with a gap", "JX604", plan(OFFICES, "6月底"), None),
    schedule("words in a plan", "JX202", plan(OFFICES, "6月底"), "过半"),
    schedule("a payment missing", "JX608", paid(OFFICES, "10月底"), None, exit=1),
    schedule("a negative payment", "JX607", paid(RECEPTION, "3月底"), -10),
    schedule("payments that are not 全年执行数", "JX606", paid(OFFICES, "12月底"), 2500),
    schedule("payments that fall", "JX605", paid(LEGAL, "6月底"), 15),
    Case(
        "a plan above 100 %",
        3,
        OPEN_DEPARTMENT,
        [PACE_ROW, ("JX602", plan(OFFICES, "12月底")), ("JX603", plan(OFFICES, "12月底"))],
        targets={plan(OFFICES, "12月底"): 120},
    ),
    # money
    Case(
        "more spent than there was",
        3,
        [None, None, *ALL[2:]],
        [("JX329", money(OFFICES, "资金执行情况")), ("JX606", paid(OFFICES, "12月底")), PACE_ROW],
        actuals={
            money(OFFICES, "资金执行情况"): 2700,
            Cell(OFFICES, ("其中：财政资金",), "资金执行情况"): 2700,
        },
    ),
    # causes
    Case(
        "points lost without a cause",
        1,
        ALL,
        [("JX323", result(OFFICES, "办公用房综合利用率", "偏差原因分析"))],
        actuals={result(OFFICES, "办公用房综合利用率", "偏差原因分析"): None},
    ),
    Case(
        "a red light without a word",
        1,
        ALL,
        [("JX622", deviation(RECEPTION, "6月底", "偏差原因类别"))],
        actuals={deviation(RECEPTION, "6月底", "原因说明"): None},
    ),
    Case(
        "a cause that is not in the list",
        1,
        ALL,
        [("JX621", deviation(RECEPTION, "6月底", "偏差原因类别"))],
        actuals={deviation(RECEPTION, "6月底", "偏差原因类别"): "疫情"},
    ),
    # what was approved stays
    Case(
        "a target changed in the actuals",
        0,
        ALL,
        [("JX306", At(OFFICES, "F21"))],
        actuals={At(OFFICES, "F21"): 80},
    ),
]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Counter[tuple[str, str, str]]:
    """What is found in the sample as it is."""
    return Counter(told(checked(copied(tmp_path_factory.mktemp("sound") / "sample")).findings))


def new(summary: Summary, known: Counter[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return sorted((Counter(told(summary.findings)) - known).elements())


@lru_cache
def sound(name: str) -> Book:
    """A workbook of the sample, to look places up in; not to be changed."""
    return openpyxl.load_workbook(SAMPLE / name)


def places(case: Case) -> list[tuple[str, str, str]]:
    """Where the case's findings stand, by the labels of the sound workbooks."""
    found = []
    for code, where in case.found:
        in_targets = where in case.targets or where.sheet == DEPARTMENT_TARGETS
        found.append((code, where.sheet, where.address(sound(TARGETS if in_targets else ACTUALS))))
    return sorted(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_bad_cell(case: Case, tmp_path: Path, known: Counter[tuple[str, str, str]]) -> None:
    folder = copied(tmp_path / "handed in")
    for name, cells in ((TARGETS, case.targets), (ACTUALS, case.actuals)):
        if cells:
            spoilt(folder, name, written(cells))
    summary = checked(folder)
    assert new(summary, known) == places(case)
    assert totals(summary) == case.totals
    assert summary.exit_code == case.exit
    assert all(message(finding).text and message(finding).fix for finding in summary.findings)


@pytest.mark.parametrize(
    ("name", "sheets", "exit", "made", "codes"),
    [
        (ACTUALS, [PAYMENTS], 1, OPEN_DEPARTMENT, {"JX520", "JX609"}),
        (ACTUALS, [RECEPTION], 3, [*ALL[:2], None, ALL[3]], {"JX300"}),
        (ACTUALS, [DEPARTMENT], 3, OPEN_DEPARTMENT, {"JX300"}),
        (ACTUALS, [READINGS], 1, OPEN_DEPARTMENT, {"JX504"}),
        (TARGETS, [DEPARTMENT_TARGETS], 3, ALL[1:], {"JX301", "JX512", "JX122"}),
    ],
    ids=[
        "payments",
        "a project's actuals",
        "the department's actuals",
        "readings",
        "the department's targets",
    ],
)
def test_a_missing_sheet_costs_only_what_rests_on_it(
    name: str,
    sheets: list[str],
    exit: int,
    made: list[str | None],
    codes: set[str],
    tmp_path: Path,
    known: Counter[tuple[str, str, str]],
) -> None:
    folder = copied(tmp_path / "handed in")
    spoilt(folder, name, without(*sheets))
    summary = checked(folder)
    assert {code for code, _, _ in new(summary, known)} == codes
    assert (totals(summary), summary.exit_code) == (made, exit)


def test_targets_alone_say_once_for_each_form_what_is_missing(
    tmp_path: Path, known: Counter[tuple[str, str, str]]
) -> None:
    summary = checked(copied(tmp_path / "handed in", TARGETS))
    assert Counter(code for code, _, _ in new(summary, known)) == {"JX300": 4}
    assert (totals(summary), summary.exit_code) == ([None] * 4, 3)


def not_a_workbook() -> list[tuple[str, bytes, str]]:
    sample = (SAMPLE / TARGETS).read_bytes()
    flipped = bytearray(sample)
    flipped[sample.find(b"xl/worksheets/sheet2.xml") + 400] ^= 0xFF
    html = "<html><body><table><tr><td>三级指标</td></tr></table></body></html>".encode()
    return [
        ("空.xlsx", b"", "JX101"),
        ("文本.xlsx", "不是工作簿".encode(), "JX104"),
        ("网页.xls", html, "JX104"),
        ("逗号.xlsx", "三级指标,指标值\n甲,1\n".encode(), "JX104"),
        ("文件.xlsx", b"%PDF-1.7\n%%EOF", "JX105"),
        ("文档.xlsx", _zipped("word/document.xml"), "JX105"),
        ("半截.xlsx", sample[: len(sample) // 2], "JX106"),
        ("坏字节.xlsx", bytes(flipped), "JX106"),
        ("空表.xlsx", _blank_workbook(), "JX121"),
    ]


def _zipped(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, "<w/>")
    return stream.getvalue()


def _blank_workbook() -> bytes:
    stream = io.BytesIO()
    Book().save(stream)
    return stream.getvalue()


def handed_in(path: Path, data: bytes) -> None:
    """A file that came some time ago: one without an end that is quite new may still be being copied."""
    path.write_bytes(data)
    os.utime(path, (1_600_000_000, 1_600_000_000))


def test_files_that_are_no_workbooks_cost_only_themselves(
    tmp_path: Path, known: Counter[tuple[str, str, str]]
) -> None:
    folder = copied(tmp_path / "报送　材料（2020 年）")
    files = not_a_workbook()
    for name, data, _ in files:
        handed_in(folder / name, data)
    (folder / "~$锁.xlsx").write_bytes(b"x" * 165)
    summary = checked(folder)
    said = {finding.source.file: finding.code for finding in summary.findings if finding.is_error}
    assert said == {name: code for name, _, code in files}
    assert [f.code for f in summary.findings if f.source.file == "~$锁.xlsx"] == ["JX801"]
    assert (totals(summary), summary.exit_code) == (ALL, 3)


def test_two_units_in_one_folder_stay_apart(tmp_path: Path) -> None:
    folder = copied(tmp_path / "handed in")
    for name in (TARGETS, ACTUALS):
        book = openpyxl.load_workbook(folder / name)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = cell.value.replace("党政办公室", "财政局")
        book.save(folder / name.replace("党政办公室", "财政局"))
    spoilt(folder, ACTUALS.replace("党政办公室", "财政局"), written({USE: None}))
    units = checked(folder).result()["units"]
    made = {unit["unit"]: [form["total"] for form in unit["evaluations"]] for unit in units}
    assert made == {"承德高新区党政办公室": ALL, "承德高新区财政局": OPEN_OFFICES}


def test_a_bad_unit_gets_its_workbook_back_marked_and_its_report_all_the_same(tmp_path: Path) -> None:
    """The whole way once: report, marked cells, nothing half-written."""
    folder = copied(tmp_path / "handed in")
    bad = {paid(OFFICES, "10月底"): 1200, SATISFIED: "达标"}
    book = openpyxl.load_workbook(folder / ACTUALS)
    places = {(place.sheet, place.address(book)) for place in bad}
    spoilt(folder, ACTUALS, written(bad))
    handed_in(folder / "坏.xlsx", b"PK\x03\x04")
    output = tmp_path / "output"
    summary = run([folder], load({"output": str(output)}, beside=folder, environment={}).config)
    assert summary.exit_code == 3
    home = output / "承德高新区党政办公室" / "2020"
    returned = f"退回修改_{ACTUALS}"
    assert sorted(path.name for path in home.iterdir()) == sorted(
        ["result.json", "绩效自评报告.pdf", "绩效自评报告.xlsx", returned]
    )
    assert [path.name for path in (output / "退回修改").iterdir()] == ["退回修改_坏.xlsx"]
    marked = openpyxl.load_workbook(home / returned)
    red = {
        (sheet.title, cell.coordinate)
        for sheet in marked
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None and cell.comment.text.startswith("【错误")
    }
    assert red == places
    assert totals(summary) == OPEN_DEPARTMENT
