"""The workbook as a reader finds it: sheets, texts, formats, print set-up, formulas with cached values."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jxreport.finding import codes
from jxreport.model.document import Cell, Document, Role, Row, Table
from jxreport.model.result import Status
from jxreport.number import half_up
from jxreport.render.xlsx import render_xlsx
from jxreport.render.xlsx.names import SheetNames
from jxreport.render.xlsx.plan import plan_form, plan_sheets
from jxreport.report import build_document
from jxreport.report.text import PENDING
from jxreport.score import score_submission
from tests.render.submissions import Maker
from tests.report import factory
from tests.report.helpers import tables

D = Decimal


def opened(data: bytes, *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(BytesIO(data), data_only=values)


@pytest.fixture(scope="module")
def document() -> Document:
    return build_document(factory.result(), date="2021年3月5日")


@pytest.fixture(scope="module")
def data(document: Document) -> bytes:
    made, findings = render_xlsx(document)
    assert {code for code, _ in codes(findings)} <= {"JX752"}
    return made


def form(book: Workbook) -> Worksheet:
    return book["法制专项经费"]


def table(*rows: tuple[Cell, ...], columns: int = 2, **more: object) -> Table:
    shares = tuple(D(100) / columns for _ in range(columns))
    made = Table(name="试表", widths=shares, body=tuple(Row(cells=row) for row in rows))
    return replace(made, **more)  # type: ignore[arg-type]


def with_tables(document: Document, *tables: Table) -> Document:
    annex = replace(document.annexes[0], blocks=tables)
    return replace(document, annexes=(annex,), sections=(), intro=())


def test_forms_come_first_and_the_data_last(data: bytes) -> None:
    names = opened(data).sheetnames
    assert names[0] == "部门整体支出绩效自评表"
    assert names[1:4] == ["承德高新区管委会办公用房租赁及运行项目经费", "商务接待专项经费", "法制专项经费"]
    assert names[-1] == "数据"
    assert {"支出进度", "支出进度图", "评分依据", "问题清单"} <= set(names)


def test_bytes_are_the_same_every_time(document: Document, data: bytes) -> None:
    assert render_xlsx(document)[0] == data
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = ElementTree.fromstring(archive.read("docProps/core.xml"))
    texts = [node.text for node in core.iter() if node.text and node.text.strip()]
    assert "2021-03-05T00:00:00Z" in texts
    assert factory.UNIT in texts


def test_every_text_of_the_document_is_in_the_workbook(document: Document, data: bytes) -> None:
    book = opened(data)
    held = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    every = tables(document)
    assert all(any(getattr(one, part) for one in every) for part in ("front", "head", "body", "foot"))
    wanted = {
        cell.text
        for one in every
        for row in (*one.front, *one.head, *one.body, *one.foot)
        for cell in row.cells
        if cell.text and cell.value is None and not cell.key
    }
    assert wanted - held == set()


def test_no_row_of_a_form_is_lost(document: Document, data: bytes) -> None:
    """Row for row, part by part: what a form holds stands on its sheet, in its order."""
    book = opened(data, values=True)
    for plan in plan_sheets(document, SheetNames()):
        one = plan.table
        if not one.form:
            continue
        lines = book[plan.sheet].iter_rows(min_row=plan.first + 1, max_row=plan.end, values_only=True)
        shown = iter([value for line in lines for value in line])
        for row in (*one.front, *one.head, *one.body, *one.foot):
            for cell in row.cells:
                if cell.text and cell.value is None and not cell.key:
                    assert cell.text in shown, (plan.sheet, cell.text)


def test_ordinals_are_not_marked_as_mistakes(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        first = archive.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<ignoredError sqref="A1:[A-Z]+\d+" numberStoredAsText="1"/>', first)


def test_every_sheet_has_its_title(data: bytes) -> None:
    for sheet in opened(data).worksheets:
        if sheet.title != "支出进度图":
            assert sheet["A1"].value, sheet.title


def test_the_total_does_not_stand_alone_on_a_page(document: Document) -> None:
    base = next(one for one in tables(document) if one.form)
    row = Row(cells=tuple(Cell(text="甲\n" * 3) for _ in base.widths))
    for count in range(4, 40):
        plan = plan_form(replace(base, front=(), body=(row,) * count, foot=()), "表")
        assert plan.end - 1 not in plan.breaks


def as_shown(value: object, number_format: str) -> str:
    """What Excel displays: General, or sections of digits with grouping, percent and quoted words."""
    if isinstance(value, str) or value is None:
        return str(value or "")
    number = D(repr(value))
    if number_format == "General":
        return format(number.normalize(), "f")
    sections = number_format.split(";")
    section = sections[0]
    if len(sections) == 3:
        section = sections[0] if number > 0 else sections[1] if number < 0 else sections[2]
        number = abs(number)
    core = re.search(r"#,##0|0", section)
    assert core is not None
    digits = re.match(r"(?:#,##0|0)(?:\.(0+))?(%?)", section[core.start() :])
    assert digits is not None
    places = len(digits[1] or "")
    body = half_up(number * 100 if digits[2] else number, places)
    text = f"{body:,f}" if core[0] == "#,##0" else f"{body:f}"
    around = section[: core.start()] + text + digits[2] + section[core.start() + digits.end() :]
    return around.replace('"', "").replace("_ ", "")


def test_every_cell_shows_what_the_document_prints() -> None:
    """Text for text and number for number the tables that the PDF prints (NORMS 8, items 44 and 45)."""
    profile = factory.profile("mof-2021-101")
    random = score_submission(Maker(5).submission(profile), profile)
    for result in (factory.result(), factory.monitoring(), random):
        document = build_document(result)
        book = opened(render_xlsx(document)[0], values=True)
        for plan in plan_sheets(document, SheetNames()):
            wrong = []
            for box in plan.boxes:
                cell = book[plan.sheet].cell(box.row + 1, box.column + 1)
                if as_shown(cell.value, cell.number_format) != box.cell.text:
                    wrong.append((plan.sheet, cell.coordinate, box.cell.text, cell.value, cell.number_format))
                if box.cell.value is not None and box.cell.format is not None:
                    assert isinstance(cell.value, (int, float)), (plan.sheet, cell.coordinate)
            assert wrong == []


def test_merged_cells_are_ruled_all_round(data: bytes) -> None:
    sheet = form(opened(data))
    top = next(row for row in range(1, 9) if sheet.cell(row, 1).border.left.style)
    for merged in sheet.merged_cells.ranges:
        if merged.min_row < top or not sheet.cell(merged.min_row, 1).border.left.style:
            continue  # title lines above, notes below
        for row, column in merged.cells:
            sides = sheet.cell(row, column).border
            if row == merged.min_row:
                assert sides.top.style == "thin", merged
            if row == merged.max_row:
                assert sides.bottom.style == "thin", merged
            if column == merged.min_col:
                assert sides.left.style == "thin", merged
            if column == merged.max_col:
                assert sides.right.style == "thin", merged


def test_forms_print_on_a4_with_repeated_heads_and_page_numbers(data: bytes) -> None:
    for sheet in opened(data).worksheets[:4]:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows
        assert sheet.print_area
        assert "第 &P 页" in (sheet.oddFooter.center.text or "")
        assert "共 &N 页" in (sheet.oddFooter.center.text or "")
        assert factory.UNIT in (sheet.oddHeader.left.text or "")
        assert sheet.oddHeader.right.text == "示例数据"


def test_official_faces_are_used(data: bytes) -> None:
    sheet = form(opened(data))
    fonts = {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert fonts == {"黑体", "宋体", "仿宋"}


def test_the_sample_is_marked_on_every_form(data: bytes) -> None:
    for sheet in opened(data).worksheets[:4]:
        assert any("示例数据" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_scores_totals_and_grades_are_formulas_with_the_engines_values() -> None:
    profile = factory.profile("mof-2020-10")
    result = score_submission(Maker(3).submission(profile), profile)
    data, findings = render_xlsx(build_document(result))
    assert codes(findings) == []
    formulas, values = opened(data)["项目1"], opened(data, values=True)["项目1"]
    live = {
        cell.coordinate: values[cell.coordinate].value
        for row in formulas.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    first = result.evaluations[0]
    numbers = [D(repr(value)) for value in live.values() if isinstance(value, (int, float))]
    assert all(item.score in numbers for item in first.indicators)
    assert first.execution is not None
    assert first.execution.score in numbers
    assert first.total in numbers
    assert any(isinstance(value, str) and first.grade in value for value in live.values())


def test_a_score_without_a_formula_says_so(document: Document) -> None:
    data, findings = render_xlsx(document)  # scored by hand in the factory: no rule, no norm
    assert set(codes(findings)) >= {("JX752", "部门整体支出绩效自评表!H11")}
    notes = [c.comment.text for row in opened(data).worksheets[0].iter_rows() for c in row if c.comment]
    assert len(notes) == 12
    assert "不带公式" not in notes[0]
    assert "数值" in notes[0]


def test_an_open_score_keeps_its_words() -> None:
    result = factory.result(factory.department(waiting=True))
    assert result.evaluations[0].indicators[9].status is Status.ASK
    data, _ = render_xlsx(build_document(result))
    cells = [cell.value for row in opened(data, values=True).worksheets[0].iter_rows() for cell in row]
    assert cells.count(PENDING) >= 2  # the row and the total


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=cmd|'/c calc'!A0", "+SUM(A1)", "-2", "@x", " =1", "＝1+1", "#REF!", "http://例.cn/", "{=A1}", "_x0041_"],
)  # fmt: skip
def test_no_text_becomes_a_formula_or_a_link(document: Document, text: str) -> None:
    data, _ = render_xlsx(with_tables(document, table((Cell(text=text), Cell(text="b")))))
    cell = next(c for row in opened(data)["试表"].iter_rows() for c in row if c.value == text)
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert bool(cell.quotePrefix) == bool(re.match(r"\s*[=+\-@＝]", text))


def test_a_text_too_long_for_a_cell_is_cut_and_reported(document: Document) -> None:
    long = "很长" * 17000
    data, findings = render_xlsx(with_tables(document, table((Cell(text=long), Cell(text="b")))))
    assert codes(findings) == [("JX751", "试表!A2")]
    shown = opened(data)["试表"]["A2"].value
    assert shown.endswith("……（以下见PDF）")
    assert len(shown) == 32767


def test_control_characters_and_lone_surrogates_survive_as_text(document: Document) -> None:
    data, _ = render_xlsx(with_tables(document, table((Cell(text="a\x0bb\ud800c"), Cell(text="b")))))
    assert opened(data)["试表"]["A2"].value.startswith("a")


def test_tables_of_one_structure_share_a_sheet_under_one_head(document: Document) -> None:
    head = (Row(cells=(Cell(text="甲", role=Role.HEAD), Cell(text="乙", role=Role.HEAD))),)
    pair = [
        table((Cell(text=f"第{n}行"), Cell(text="x")), head=head, name=f"依据{n}", title=f"项目{n}的依据") for n in (1, 2)
    ]
    data, _ = render_xlsx(with_tables(document, *pair))
    sheet = opened(data)["依据"]
    assert [sheet.cell(row, 1).value for row in range(1, 7)] == [
        "依据", "甲", "项目1的依据", "第1行", "项目2的依据", "第2行",
    ]  # fmt: skip
    assert sheet.print_title_rows == "$2:$2"


def test_lights_carry_colour_beside_the_word(data: bytes) -> None:
    sheet = opened(data)["支出进度"]
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    assert {rule.formula[0] for rule in rules} == {'"红灯"', '"黄灯"', '"绿灯"'}
    assert any(cell.value and "黄灯" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_each_schedule_has_a_native_chart_fed_by_cells(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 3
    for chart in charts:
        assert "<c:lineChart>" in chart
        assert len(re.findall(r"<c:val><c:numRef><c:f>支出进度!\$\w+\$\d+:\$\w+\$\d+</c:f>", chart)) == 2


def test_nothing_outside_the_workbook_is_referred_to(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "externalLink" in name]
        relations = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")]
    assert not [text for text in relations if 'TargetMode="External"' in text]


def test_the_data_sheet_names_the_source_of_every_input() -> None:
    profile = factory.profile("mof-2020-10")
    result = score_submission(Maker(3).submission(profile), profile)
    sheet = opened(render_xlsx(build_document(result))[0])["数据"]
    head = [cell.value for cell in sheet[3]]
    assert head == ["序号", "评价对象", "指标", "数据项", "数值", "单位", "来源文件", "来源工作表", "来源单元格"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    paid = result.evaluations[1].schedule[3].checkpoint.paid
    assert paid is not None
    assert paid.value is not None
    wanted = ("项目2", "12月底累计支付数", float(paid.value), "万元", "完成情况.xlsx", "自评", paid.source.cell)
    assert wanted in [(row[1], row[3], row[4], row[5], row[6], row[7], row[8]) for row in rows]
    assert sheet.freeze_panes == "E4"
    assert sheet.auto_filter.ref


def test_lists_link_to_the_rows_of_the_data() -> None:
    profile = factory.profile("mof-2020-10")
    result = score_submission(Maker(3).submission(profile), profile)
    book = opened(render_xlsx(build_document(result))[0])
    links = [c.hyperlink.location for row in book["评分依据"].iter_rows() for c in row if c.hyperlink]
    assert len(links) == 12
    cell = book["数据"][links[0].partition("!")[2].replace("$", "")]
    assert isinstance(cell.value, (int, float))


def test_three_hundred_indicators_still_add_up_in_a_formula() -> None:
    profile = factory.profile("mof-2020-10")
    result = score_submission(Maker(9).submission(profile, projects=1, indicators=150), profile)
    data, findings = render_xlsx(build_document(result))
    assert [code for code, _ in codes(findings)] == []
    sheet, values = opened(data)["项目1"], opened(data, values=True)["项目1"]
    totals = [c for row in sheet.iter_rows() for c in row if "ROUND(SUM(" in str(c.value)]
    assert [D(repr(values[c.coordinate].value)) for c in totals] == [result.evaluations[0].total]


def test_an_actual_whose_words_are_not_its_number_stays_in_words() -> None:
    """0.97 read as 97 %: the form prints what the unit wrote, the data sheet holds the number."""
    project = factory.project()
    item = project.indicators[1]
    assert item.indicator.actual is not None
    worded = replace(item.indicator, actual=replace(item.indicator.actual, text="九成七", value=D(97)))
    changed = replace(project, indicators=(project.indicators[0], replace(item, indicator=worded), *project.indicators[2:]))
    book = opened(render_xlsx(build_document(factory.result(changed)))[0], values=True)
    assert any("九成七" in str(cell.value) for row in form(book).iter_rows() for cell in row)
    assert 97 in [row[4] for row in book["数据"].iter_rows(min_row=4, values_only=True)]


def test_another_process_makes_the_same_bytes(data: bytes, tmp_path: Path) -> None:
    script = (
        "import hashlib; from tests.report import factory; from jxreport.report import build_document;"
        "from jxreport.render.xlsx import render_xlsx;"
        "document = build_document(factory.result(), date='2021年3月5日');"
        "print(hashlib.sha256(render_xlsx(document)[0]).hexdigest())"
    )
    root = Path(__file__).resolve().parents[2]
    made = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "TZ": zone, "LC_ALL": language},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed, zone, language, folder in (("1", "UTC", "C", root), ("2", "Asia/Shanghai", "tr_TR.UTF-8", tmp_path))
    }
    assert made == {hashlib.sha256(data).hexdigest()}
