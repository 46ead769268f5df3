"""The sample from the workbooks to the printed report: the same numbers wherever one looks."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from tests.conftest import SampleRun

SCORES = {
    "承德高新区党政办公室": [
        ("绩效目标申报", "7.00"),
        ("资金使用的合规性", "8.00"),
        ("管理制度的健全性", "10.00"),
        ("预算控制率", "8.00"),  # 38.6 ÷ 3141.4 = 1.23 %
        ("基本支出控制率", "10.00"),  # 536.2 ÷ 540 = 99.30 %
        ("专项资金管理", "8.00"),
        ("“三公经费”控制率", "10.00"),  # 75.25 ÷ 98 = 76.79 %
        ("预算完成率", "7.81"),  # by a person: the sentence leaves broken steps open
        ("支出进度率", "9.94"),  # (100 + 100 + 99.8133 + 97.8497) ÷ 4 = 99.4158 %
        ("履职效益", "8.00"),
        ("履职效益", "6.00"),
        ("社会公众或服务对象满意度", "5.00"),
    ],
    "承德高新区管委会办公用房租赁及运行项目经费": [
        ("办公用房管理规范性", "17.00"),
        ("办公用房运行费用支出及时性", "15.50"),
        ("预算支出相关性", "16.00"),
        ("办公用房综合利用率", "29.17"),  # 30 × 87.5 ÷ 90
        ("服务对象满意度", "9.65"),  # 10 × 96.5 ÷ 100
    ],
    "商务接待专项经费": [
        ("商务接待支出制度健全性", "20.00"),
        ("商务接待支出管理规范性", "20.00"),
        ("商务接待制度健全性", "15.00"),
        ("商务接待制度执行率", "10.00"),
        ("商务接待投入支出率", "10.00"),
        ("接待对象满意度", "7.50"),
    ],
    "法制专项经费": [
        ("按合同约定期限定期组织律师事务所签订常年法律服务协议件数", "20.00"),
        ("常年法律服务协议签订率", "15.00"),
        ("案件代理手续及答辩状递交及时率", "15.00"),
        ("常年法律服务协议有效率", "15.00"),
        ("常年法律服务长期影响行政工作", "11.50"),
        ("服务对象满意度指标", "10.00"),
    ],
}
# executed ÷ adjusted, ten points: 2480.55 ÷ 2519, 41.4 ÷ 60, 75.96 ÷ 76
EXECUTION = [("98.09", None), ("98.47", "9.85"), ("69.00", "6.90"), ("99.95", "9.99")]
TOTALS = [("97.75", "优"), ("97.17", "优"), ("89.40", "良"), ("96.49", "优")]
# checkpoint, plan, actual, deviation, pace, light
SCHEDULES = [
    [],
    [
        ("3月底", "25", "24.97", "-0.03", "99.87", "绿"),
        ("6月底", "50", "50.11", "0.11", "100.22", "绿"),
        ("10月底", "75", "75.00", "0.00", "100.00", "绿"),
        ("12月底", "100", "98.47", "-1.53", "98.47", "绿"),
    ],
    [
        ("3月底", "0", "0.00", "0.00", None, "绿"),
        ("6月底", "10", "3.50", "-6.50", "35.00", "红"),
        ("10月底", "60", "38.00", "-22.00", "63.33", "黄"),
        ("12月底", "100", "69.00", "-31.00", "69.00", "黄"),
    ],
    [
        ("3月底", "0", "21.05", "21.05", None, "绿"),
        ("6月底", "0", "40.79", "40.79", None, "绿"),
        ("10月底", "75", "87.50", "12.50", "116.67", "绿"),
        ("12月底", "100", "99.95", "-0.05", "99.95", "绿"),
    ],
]


@lru_cache
def _result(folder: Path) -> Any:
    return json.loads((folder / "result.json").read_text(encoding="utf-8"))


def forms(sample_run: SampleRun) -> list[Any]:
    (unit,) = _result(sample_run.folder)["units"]
    return list(unit["evaluations"])


def test_everything_is_made_and_nothing_waits(sample_run: SampleRun) -> None:
    assert (sample_run.summary.exit_code, sample_run.summary.waiting) == (0, 0)
    assert sorted(path.name for path in sample_run.folder.iterdir()) == [
        "result.json",
        "绩效自评报告.pdf",
        "绩效自评报告.xlsx",
    ]
    assert sample_run.weasyprint == ()


def test_every_score_is_what_a_person_works_out(sample_run: SampleRun) -> None:
    made = {
        form["name"]: [(row["name"], row["score"]) for row in form["indicators"]]
        for form in forms(sample_run)
    }
    assert made == SCORES


def test_totals_grades_and_execution(sample_run: SampleRun) -> None:
    made = forms(sample_run)
    assert [(form["total"], form["grade"]) for form in made] == TOTALS
    assert [form["full"] for form in made] == ["100"] * 4
    assert [(form["budget"]["rate"], form["budget"]["score"]) for form in made] == EXECUTION


def test_the_schedule_is_compared_with_the_units_own_plan(sample_run: SampleRun) -> None:
    keys = ("checkpoint", "plan", "actual", "deviation", "pace", "light")
    made = [[tuple(point[key] for key in keys) for point in form["schedule"]] for form in forms(sample_run)]
    assert made == SCHEDULES


@pytest.fixture(scope="module")
def pages(sample_run: SampleRun) -> str:
    reader = pypdf.PdfReader(sample_run.folder / "绩效自评报告.pdf")
    return re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))


def test_the_pages_print_the_numbers_of_the_result(pages: str, sample_run: SampleRun) -> None:
    for form in forms(sample_run):
        assert f"{form['total']}分" in pages
        for row in form["indicators"]:
            assert row["score"] in pages, row["name"]
        for point in form["schedule"]:
            for key in ("actual", "pace"):
                assert (point[key] or "—") in pages, (form["name"], point)
    assert not re.search(r"None|nan|\{\{|\}\}", pages)


def test_the_pages_say_that_the_actuals_are_invented(pages: str) -> None:
    assert "示例数据" in pages


@pytest.fixture(scope="module")
def cached(sample_run: SampleRun) -> Any:
    """The workbook as a program sees it that computes nothing."""
    return openpyxl.load_workbook(sample_run.folder / "绩效自评报告.xlsx", data_only=True)


def test_the_workbook_shows_the_totals_of_the_result(cached: Any, sample_run: SampleRun) -> None:
    rows = [
        [cell.value for cell in row]
        for row in cached["自评结果"].iter_rows()
        if isinstance(row[-2].value, int | float)
    ]
    shown = [(f"{Decimal(str(row[-2])):.2f}", row[-1]) for row in rows]
    assert shown == [(form["total"], form["grade"]) for form in forms(sample_run)]


def test_the_workbook_shows_the_scores_of_the_result(cached: Any, sample_run: SampleRun) -> None:
    sheets = {sheet.title: sheet for sheet in cached}
    department, *projects = forms(sample_run)
    for form, title, heading in (
        (department, "部门整体支出绩效自评表", "得分"),
        *((form, form["name"], "单项指标折算得分") for form in projects),
    ):
        assert _column_of_scores(sheets[title], heading) == [
            (row["name"], row["score"]) for row in form["indicators"]
        ]


def _column_of_scores(sheet: Any, heading: str) -> list[tuple[str, str]]:
    """Name and score of every indicator row, found by the headings of the printed form."""
    folded = {
        (cell.row, cell.column): "".join(str(cell.value).split())
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    head, names = next(place for place, text in folded.items() if text == "三级指标")
    scores = next(column for (row, column), text in folded.items() if row == head and text == heading)
    found = []
    for row in range(head + 1, sheet.max_row + 1):
        name, score = sheet.cell(row, names).value, sheet.cell(row, scores).value
        if name and isinstance(score, int | float):
            found.append((name, f"{Decimal(str(score)):.2f}"))
    return found


def test_every_formula_carries_its_value(cached: Any, sample_run: SampleRun) -> None:
    live = openpyxl.load_workbook(sample_run.folder / "绩效自评报告.xlsx")
    formulas = [
        (sheet.title, cell.coordinate)
        for sheet in live
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert len(formulas) > 100
    assert [place for place in formulas if cached[place[0]][place[1]].value is None] == []
