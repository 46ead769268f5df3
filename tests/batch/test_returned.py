"""退回修改: the unit's own workbook, marked where it must be changed."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from jxreport.batch.returned import AUTHOR, HEAD, LIST_NAME, ReturnTask, returned_copy
from jxreport.finding import Finding, Source, error, note, warning


def book(*, sheet: str = "指标表") -> Workbook:
    made = openpyxl.Workbook()
    page = made.worksheets[0]
    page.title = sheet
    page["A1"], page["B2"], page["F12"] = "部门", "=1+1", "十分"
    page.merge_cells("A1:C1")
    return made


def saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def at(sheet: str, cell: str) -> Source:
    return Source(file="a.xlsx", sheet=sheet, cell=cell)


def problem(sheet: str, cell: str, why: str = "读不出数") -> Finding:
    return error("JX803", at(sheet, cell), why=why)


def returned(data: bytes, *findings: Finding) -> Workbook:
    place, copy = returned_copy(ReturnTask(name="a.xlsx", place="x", data=data, findings=findings))
    assert place == "x"
    return openpyxl.load_workbook(io.BytesIO(copy))


def test_cells_are_coloured_and_commented_and_the_rest_stays() -> None:
    copy = returned(saved(book()), problem("指标表", "F12"), warning("JX801", at("指标表", "B2"), why="可疑"))
    page = copy["指标表"]
    assert page["F12"].fill.start_color.rgb == "FFFFC7CE"
    assert page["F12"].comment is not None
    assert "错误 JX803" in page["F12"].comment.text
    assert page["F12"].value == "十分"
    assert page["B2"].fill.start_color.rgb == "FFFFEB9C"
    assert page["B2"].value == "=1+1"
    assert page["A2"].comment is None


def test_a_merged_cell_is_marked_at_its_first_cell() -> None:
    copy = returned(saved(book()), problem("指标表", "B1"))
    assert copy["指标表"]["A1"].comment is not None


def test_the_list_leads_to_the_cells_errors_first() -> None:
    findings = (
        note("JX801", at("指标表", "A1"), why="提示不列"),
        warning("JX801", at("指标表", "B2"), why="可疑"),
        problem("指标表", "F12"),
        problem("没有这张表", "A1"),
    )
    page = returned(saved(book()), *findings).worksheets[0]
    assert page.title == LIST_NAME
    assert tuple(cell.value for cell in page[2]) == HEAD
    rows = [(row[1].value, row[2].value, row[3].value) for row in page.iter_rows(min_row=3)]
    assert rows == [("错误", "指标表", "F12"), ("错误", "没有这张表", "A1"), ("警告", "指标表", "B2")]
    link = page["D3"].hyperlink
    assert link is not None
    assert link.location == "'指标表'!F12"
    assert page["D4"].hyperlink is None


def test_an_earlier_round_is_wiped_and_the_users_own_comments_stay() -> None:
    first = returned(saved(book()), problem("指标表", "F12"))
    first["指标表"]["B2"].comment = Comment("自己的批注", "张三")
    second = returned(saved(first), problem("指标表", "A1"))
    page = second["指标表"]
    assert second.sheetnames == [LIST_NAME, "指标表"]
    assert page["F12"].comment is None
    assert page["F12"].fill.fill_type is None
    assert page["B2"].comment is not None
    assert page["B2"].comment.text == "自己的批注"
    assert page["A1"].comment is not None
    assert page["A1"].comment.author == AUTHOR


def test_two_problems_in_one_cell_are_both_told_and_the_error_keeps_its_colour() -> None:
    copy = returned(
        saved(book()), problem("指标表", "F12"), warning("JX801", at("指标表", "F12"), why="可疑")
    )
    cell = copy["指标表"]["F12"]
    assert cell.comment is not None
    assert "JX803" in cell.comment.text
    assert "JX801" in cell.comment.text
    assert cell.fill.start_color.rgb == "FFFFC7CE"


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_what_cannot_be_opened_gets_the_list_alone(data: bytes) -> None:
    copy = returned(data, error("JX803", Source(file="a.xlsx"), why="损坏"))
    assert copy.sheetnames == [LIST_NAME]
    assert copy.worksheets[0]["B3"].value == "错误"


def test_a_refused_file_is_never_opened() -> None:
    """A whole-file refusal (the gate's) means that openpyxl must not touch the bytes either."""
    copy = returned(saved(book()), error("JX809", Source(file="a.xlsx"), size=99, limit=64))
    assert copy.sheetnames == [LIST_NAME]


@pytest.mark.parametrize("text", ['=HYPERLINK("x")', "=1+1", "控制\x0b字符"])
def test_text_of_a_finding_never_becomes_a_formula(text: str) -> None:
    page = returned(saved(book(sheet="=表")), problem("=表", "A1", text)).worksheets[0]
    assert page["C3"].value == "=表"
    assert {cell.data_type for cell in page[3] if cell.value is not None} == {"s"}


def test_the_same_input_gives_the_same_bytes() -> None:
    task = ReturnTask(name="a.xlsx", place="x", data=saved(book()), findings=(problem("指标表", "F12"),))
    assert returned_copy(task) == returned_copy(task)


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_formats_are_converted_and_marked(suffix: str) -> None:
    data = (Path(__file__).parents[1] / "read" / "data" / f"mixed.{suffix}").read_bytes()
    task = ReturnTask(name=f"a.{suffix}", place="x", data=data, findings=(problem("自评表", "F12"),))
    copy = openpyxl.load_workbook(io.BytesIO(returned_copy(task)[1]))
    page = copy["自评表"]
    assert copy.sheetnames == [LIST_NAME, "自评表"]
    assert page["F12"].comment is not None
    assert page["F12"].fill.start_color.rgb == "FFFFC7CE"
    assert page["E11"].value == "≥300公里"
    assert "A10:A15" in {str(area) for area in page.merged_cells.ranges}


def test_a_converted_workbook_keeps_numbers_and_their_formats() -> None:
    data = (Path(__file__).parents[1] / "read" / "data" / "mixed.xls").read_bytes()
    task = ReturnTask(name="a.et", place="x", data=data, findings=(problem("自评表", "A1"),))
    page = openpyxl.load_workbook(io.BytesIO(returned_copy(task)[1]))["自评表"]
    assert (page["F12"].value, page["F12"].number_format) == (0.95, "0%")
    assert page["D6"].value == 100
