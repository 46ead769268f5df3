"""汇总.xlsx: live formulas with the engine's values, lists that filter, texts that stay texts."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from jxreport.model.overview import MONITORING, ChangeRow, Overview
from jxreport.render.overview_xlsx import listing, problems, render_overview_xlsx
from jxreport.report.overview import build_overview
from tests.bureau import bureau, finding
from tests.libreoffice import needs_libreoffice, recalculate

SHEETS = ["总览", "部门整体排名", "项目排名", "支出进度", "退回和未处理", "问题分类", "问题明细", "得分变化"]
HEAD = listing.HEAD_ROW + 1  # 1-based
CHANGES = tuple(
    ChangeRow(unit="甲局", year="2020", evaluation="甲局", item=item, before=before, after=after)
    for item, before, after in (
        ("数量", "8.00", "9.50"),
        ("质量", None, "0.00"),
        ("时效", "5.00", None),
        ("总分", "", "88.00"),
        ("等级", "良", "优"),
    )
)


def twelve() -> Overview:
    result = bureau(12)
    return build_overview(result, grades=("优", "良", "中", "差"), date="2021年1月15日", changes=CHANGES)


@pytest.fixture(scope="module")
def data() -> bytes:
    data, findings = render_overview_xlsx(twelve())
    assert findings == ()
    return data


def opened(data: bytes, *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(BytesIO(data), data_only=values)


def formulas(book: Workbook) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_the_sheets_are_there_in_order(data: bytes) -> None:
    assert opened(data).sheetnames == SHEETS


def test_the_same_overview_gives_the_same_bytes(data: bytes) -> None:
    assert render_overview_xlsx(twelve())[0] == data


def test_totals_ranks_and_rates_are_formulas(data: bytes) -> None:
    found = formulas(opened(data))
    kinds = {name: re.findall(r"[A-Z]+(?=\()", text) for (name, _), text in found.items()}
    assert set(kinds) == {
        "总览",
        "部门整体排名",
        "项目排名",
        "支出进度",
        "退回和未处理",
        "问题分类",
        "得分变化",
    }
    texts = "\n".join(found.values())
    for function in ("RANK(", "SUBTOTAL(109,", "COUNTIF(", "COUNTIFS(", "AVERAGE(", "SUMIF("):
        assert function in texts


def test_every_formula_carries_its_value(data: bytes) -> None:
    cached = opened(data, values=True)
    empty = [place for place in formulas(opened(data)) if cached[place[0]][place[1]].value is None]
    # the unranked show nothing, and a grade nobody got counts 0, not nothing
    assert {name for name, _ in empty} <= {"部门整体排名", "项目排名"}
    assert len(empty) == 2 * (1 + 4)


@needs_libreoffice
def test_recalculation_gives_the_values_we_cached(data: bytes, tmp_path: Path) -> None:
    computed, cached = recalculate(tmp_path, {"汇总": data})["汇总"], opened(data, values=True)
    places = formulas(opened(data))
    assert len(places) > 250
    for name, cell in places:
        there, ours = computed[name][cell].value, cached[name][cell].value
        if isinstance(ours, int | float):
            assert there == pytest.approx(ours, abs=1e-9), (name, cell, places[name, cell])
        else:
            assert there in (None, ""), (name, cell, there)


def test_lists_filter_freeze_and_repeat_their_head(data: bytes) -> None:
    book = opened(data)
    for sheet in book.worksheets[1:]:
        assert sheet.auto_filter.ref is not None
        assert sheet.auto_filter.ref.startswith(f"A{HEAD}:")
        assert str(sheet.freeze_panes).endswith(str(HEAD + 1))
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
        assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4


def test_numbers_are_numbers_in_their_units(data: bytes) -> None:
    sheet = opened(data, values=True)["部门整体排名"]
    titles = [cell.value for cell in sheet[HEAD]]
    row = dict(zip(titles, [cell.value for cell in sheet[HEAD + 1]], strict=True))
    assert (row["名次"], row["得分"], row["满分"], row["得分率"]) == (1, 98.25, 100, 0.9825)
    assert (row["全年预算数"], row["执行率基数"], row["执行率"]) == (1000, 1000, 1)


def test_the_charts_are_native_and_read_the_lists(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
    assert len(charts) == 3
    references = {text for chart in charts for text in re.findall(r"<c:f>(.*?)</c:f>", chart)}
    assert {f"'部门整体排名'!${column}$5:${column}$16" for column in "BFL"} <= references
    assert sum(text.startswith("总览!") for text in references) == 2 * 1 + 2 + 3


def test_changes_are_numbers_or_grades_and_say_what_happened(data: bytes) -> None:
    rows = opened(data, values=True)["得分变化"].iter_rows(min_row=HEAD + 1, min_col=4, values_only=True)
    assert list(rows) == [
        ("数量", 8, 9.5, 1.5, None),
        ("质量", None, 0, None, "新增"),
        ("时效", 5, None, None, "不再出现"),
        ("总分", None, 88, None, "已得出"),
        ("等级", "良", "优", None, None),
    ]


def test_what_looks_like_a_formula_stays_a_text() -> None:
    result = bureau(2, projects=0, bad=0)
    hostile = '=cmd|"/c calc"!A0'
    result["units"][0]["unit"] = hostile
    result["units"][0]["findings"] = [finding("JX101", "error", "@SUM(A1).xlsx", "+1", "=表", "-1")]
    book = opened(render_overview_xlsx(build_overview(result))[0])
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == hostile]
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}
    assert len(cells) == 4


def test_the_page_head_keeps_the_year(data: bytes) -> None:
    """A digit after the font size would be read as part of it."""
    assert "&9 2020年度绩效自评汇总" in str(opened(data)["总览"].oddHeader)


def test_an_overview_of_failures_alone_is_a_workbook_too() -> None:
    book = opened(render_overview_xlsx(build_overview(bureau(0, bad=2)))[0])
    assert book.sheetnames == ["总览", "退回和未处理", "问题分类", "问题明细"]


def test_too_many_findings_are_cut_counted_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MOST_FINDINGS", 5)
    book = opened(render_overview_xlsx(build_overview(bureau(12)))[0])
    assert "另有11条没有列出" in str(book["问题明细"]["A2"].value)
    counts = [row[3] for row in book["问题分类"].iter_rows(min_row=HEAD + 1, values_only=True)]
    assert counts == [2, 2, 12]


def test_before_year_end_the_list_tells_how_sure_the_units_are() -> None:
    overview = build_overview(bureau(3, as_of="6月底", bad=0))
    rows = tuple(
        replace(row, kind=MONITORING, total=None, share=None, rank=None, grade="", likelihoods=(("确定能", 2), ("有可能", 1)))
        for row in overview.rows
    )
    data, _ = render_overview_xlsx(replace(overview, rows=rows))
    sheet = openpyxl.load_workbook(BytesIO(data))["绩效监控"]
    titles = [cell.value for cell in sheet[HEAD]]
    assert titles[-2:] == ["确定能", "有可能"]
    assert [sheet.cell(HEAD + 1, column).value for column in (len(titles) - 1, len(titles))] == [2, 1]
    column = [str(cell.value) for (cell,) in sheet.iter_rows(min_col=len(titles), max_col=len(titles))]
    assert [value for value in column if value.startswith("=SUBTOTAL(109")], "the sum lives"
