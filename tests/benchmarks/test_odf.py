"""The report as ODF text: nothing of the document is missing, spans and page breaks are those of the document."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest

from benchmarks.speed.odf import fodt
from jxreport.model.document import (
    Annex,
    Block,
    Cell,
    Chart,
    Document,
    Paragraph,
    Role,
    Row,
    Section,
    Series,
    Table,
)
from jxreport.report import build_document
from tests.libreoffice import SOFFICE, TIMEOUT
from tests.report import factory

NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
}


def name(short: str) -> str:
    prefix, _, local = short.partition(":")
    return f"{{{NS[prefix]}}}{local}"


HALVES = (Decimal(25), Decimal(25), Decimal(50))
LIST = Table(
    name="清单",
    title="偏差清单",
    subtitle="（2022年度）",
    unit_note="单位：万元",
    widths=HALVES,
    head=(Row(cells=(Cell(text="甲", role=Role.HEAD), Cell(text="乙", role=Role.HEAD, colspan=2))),),
    body=(
        Row(cells=(Cell(text="一\n二", rowspan=2), Cell(text="<三> & 四"), Cell(text="5%"))),
        Row(cells=(Cell(text="六", align="right"), Cell(text="七", role=Role.MISSING))),
    ),
    notes=("注：说明",),
)
FORM = Table(
    name="表",
    title="项目支出绩效自评表",
    widths=HALVES,
    front=(Row(cells=(Cell(text="项目"), Cell(text="养护", colspan=2))),),
    head=(Row(cells=(Cell(text="指标", colspan=3),)),),
    body=(Row(cells=(Cell(text="里程", colspan=3),)),),
    foot=(Row(cells=(Cell(text="总分", role=Role.TOTAL), Cell(text="95.91", colspan=2))),),
    form=True,
)
BARS = Chart(
    kind="scores",
    name="图",
    title="各项目得分率",
    labels=("产出", "效益"),
    series=(Series(name="得分率", values=(Decimal(90), Decimal(80))),),
)


SMALL = Document(
    title="水利局2022年度报告",
    unit="水利局",
    year=2022,
    as_of="",
    date="2023年1月15日",
    sample_notice="示例数据",
    intro=(Paragraph(text="导语  两格"),),
    sections=(
        Section(
            level=1,
            number="一、",
            heading="情况",
            sections=(Section(level=2, number="（一）", heading="预算", blocks=(LIST, BARS)),),
        ),
    ),
    annexes=(
        Annex(number=1, title="项目支出绩效自评表", blocks=(FORM, FORM)),
        Annex(
            number=2,
            title="评分依据",
            blocks=(replace(LIST, landscape=True), Paragraph(text="说明", role="note")),
        ),
    ),
    profile_note="口径",
    signature="水利局",
    result=factory.result(),
    title_lines=("水利局", "2022年度报告"),
    cover=(("单位", "市水利局"),),
)
WHOLE = build_document(factory.result(), date="2023年1月15日")


def body(document: Document) -> ElementTree.Element:
    found = ElementTree.fromstring(fodt(document)).find("office:body", NS)
    assert found is not None
    return found


def printed(element: ElementTree.Element) -> str:
    """The text of a paragraph, line breaks and blanks as they were."""
    signs = {name("text:line-break"): "\n", name("text:s"): " "}
    inner = "".join(signs.get(child.tag, "") + (child.tail or "") for child in element)
    return (element.text or "") + inner


def texts(document: Document) -> Iterator[str]:
    """Every text of the document, from wherever it lies in it."""
    yield from ("\n".join(document.title_lines), document.sample_notice, document.signature, document.date)
    yield from (f"{label}　{value}" for label, value in document.cover)
    for block in (*document.intro, *(block for annex in document.annexes for block in annex.blocks)):
        yield from block_texts(block)
    for section in document.sections:
        yield from section_texts(section)
    for annex in document.annexes:
        yield from (f"附件{annex.number}", annex.title)


def section_texts(section: Section) -> Iterator[str]:
    yield section.number + section.heading
    for block in section.blocks:
        yield from block_texts(block)
    for child in section.sections:
        yield from section_texts(child)


def block_texts(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Chart):
        yield block.title
    else:
        yield from (block.title, block.subtitle, block.unit_note, *block.notes)
        for row in (*block.front, *block.head, *block.body, *block.foot):
            yield from (cell.text for cell in row.cells)


@pytest.mark.parametrize("document", [SMALL, WHOLE], ids=["small", "whole"])
def test_it_holds_every_text_of_the_document(document: Document) -> None:
    paragraphs = [printed(p) for p in body(document).iter() if p.tag in (name("text:p"), name("text:h"))]
    listed = "\n".join(paragraphs)
    for text in filter(None, texts(document)):
        assert text in paragraphs or any(text in line for line in paragraphs), text
    assert all(f"{annex.number}.{annex.title}" in listed for annex in document.annexes)


@pytest.mark.parametrize("document", [SMALL, WHOLE], ids=["small", "whole"])
def test_every_row_fills_its_columns(document: Document) -> None:
    for table in body(document).iter(name("table:table")):
        across = len(table.findall("table:table-column", NS))
        rows = list(table.iter(name("table:table-row")))
        assert {len(row) for row in rows} == {across}
        spans = ("table:number-columns-spanned", "table:number-rows-spanned")
        cells = list(table.iter(name("table:table-cell")))
        covered = len(list(table.iter(name("table:covered-table-cell"))))
        places = sum(int(cell.get(name(spans[0]), 1)) * int(cell.get(name(spans[1]), 1)) for cell in cells)
        assert places == len(cells) + covered == len(rows) * across


def test_only_the_head_of_a_table_is_repeated() -> None:
    front, grid = list(body(SMALL).iter(name("table:table")))[1:3]
    assert front.find("table:table-header-rows", NS) is None
    head = grid.find("table:table-header-rows", NS)
    assert head is not None
    assert [printed(p) for p in head.iter(name("text:p"))] == ["指标"]


def test_annexes_forms_and_the_body_begin_pages() -> None:
    styles = {h.get(name("text:style-name")): printed(h) for h in body(SMALL).iter(name("text:h"))}
    assert styles["start"] == "水利局\n2022年度报告"
    assert (styles["annex-upright"], styles["annex-turned"]) == ("附件1", "附件2")
    assert styles["form-title-new"] == "项目支出绩效自评表"


def test_a_chart_is_the_reports_own_svg() -> None:
    (frame,) = body(SMALL).iter(name("draw:frame"))
    svg = base64.b64decode("".join(frame.itertext()).split("各项目")[0])
    drawn = ElementTree.fromstring(svg)
    assert drawn.tag.endswith("svg")
    assert {"产出", "效益", "90.00%　"} <= {
        text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")
    }


def test_every_style_that_is_used_is_there() -> None:
    root = ElementTree.fromstring(fodt(WHOLE))
    known = {style.get(name("style:name")) for style in root.iter(name("style:style"))}
    used = {
        value
        for element in root.iter()
        for key, value in element.attrib.items()
        if key in (name("text:style-name"), name("table:style-name"), name("style:parent-style-name"))
    }
    assert used <= known


def test_libreoffice_makes_the_pages(tmp_path: Path) -> None:
    if SOFFICE is None:
        pytest.skip("LibreOffice（soffice）未安装")
    (tmp_path / "a.fodt").write_text(fodt(SMALL), "utf-8")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*command, tmp_path / "a.fodt"], check=True, timeout=TIMEOUT, capture_output=True)
    pages = pypdf.PdfReader(tmp_path / "a.pdf").pages
    assert "市水利局" in pages[0].extract_text()
    assert "—1—" in pages[1].extract_text().replace(" ", "")
    # two forms and a turned annex, each on a page of its own
    assert [round(float(page.mediabox.width) / 72 * 25.4) for page in pages[-4:]] == [210, 210, 210, 297]
