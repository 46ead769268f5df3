"""The finished PDF: text, page geometry, fonts, structure, attachments, safety, reproducible bytes."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pypdf
import pytest

from jxreport import resources
from jxreport.finding import Source, codes
from jxreport.model.document import Annex, Cell, Paragraph, Row, Section, Table
from jxreport.model.values import Sourced
from jxreport.render import pdf as pdf_module
from jxreport.render.pdf import render_pdf, report_html
from jxreport.render.views import Viewer, seal_indent
from jxreport.report import build_document
from tests.report import factory

MM = 72 / 25.4
needs_pack = pytest.mark.skipif(resources.font_dir() is None, reason="no font pack: run make setup")


def render(document, **options):
    """Render, and fail on anything WeasyPrint warned of."""
    data, findings = render_pdf(document, **options)
    assert [f.code for f in findings if f.is_error and f.code != "JX706"] == []
    return data


@pytest.fixture(scope="module")
def document():
    return build_document(replace(factory.result(factory.department(), factory.project()), findings=()), date="2021年3月5日")


@pytest.fixture(scope="module")
def data(document):
    return render(document, attachments=(("result.json", b'{"schema": 1}'), ("报告.xlsx", b"PK")))


@pytest.fixture(scope="module")
def pdf(data):
    with pdfplumber.open(io.BytesIO(data)) as opened:
        yield opened


@pytest.fixture(scope="module")
def reader(data):
    return pypdf.PdfReader(io.BytesIO(data))


@pytest.fixture(scope="module")
def words(pdf):
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages))


def plain_page(count=60):
    """A document of plain text only."""
    text = "绩" * (28 * count - 2)
    base = build_document(replace(factory.result(factory.project(), sample=False), findings=()))
    return replace(
        base, cover=(), intro=(Paragraph(text=text),), sections=(), annexes=(), title_lines=("报告",)
    )


def test_text_is_there_word_for_word(words):
    for said in (
        "部门整体支出自评得分97.80分（满分100分），评价等级为“优”。",
        "附件：1.部门整体支出绩效自评表",
        "承德高新区党政办公室2021年3月5日",
        "案件代理手续及答辩状递交及时率指标值为≥90%，实际完成86%，得19.11分，扣0.89分；",
    ):
        assert said in words


def test_tables_hold_the_scores(pdf):
    rows = [row for page in pdf.pages for found in page.extract_tables() for row in found]
    cells = {(cell or "").replace("\n", "") for row in rows for cell in row}
    assert {"97.80", "97.10", "19.11", "7.80", "99.95%", "等级：优"} <= cells
    assert "自评总分（等级：优）" in cells


def test_every_wide_page_of_a_form_names_its_level(pdf):
    """Where a level-1 cell is cut by a page, the next page repeats it."""
    joined = ["".join(page.extract_text().split()) for page in pdf.pages if page.width > page.height]
    assert any("（续）" in text for text in joined)


@needs_pack
def test_plain_text_is_22_lines_of_28_characters():
    with pdfplumber.open(io.BytesIO(render(plain_page()))) as opened:
        page = opened.pages[1]
        lines: dict[float, list] = {}
        for char in page.chars:
            if char["text"] == "绩":
                lines.setdefault(round(char["matrix"][5], 2), []).append(char)
        assert len(lines) == 22
        assert {len(chars) for chars in lines.values()} == {28}
        tops = sorted(lines)
        pitches = [b - a for a, b in pairwise(tops)]
        assert all(abs(pitch - 28.96) < 0.05 for pitch in pitches)
        chars = [char for found in lines.values() for char in found]
        assert min(c["x0"] for c in chars) == pytest.approx(28 * MM, abs=0.5)
        assert max(c["x1"] for c in chars) == pytest.approx(184 * MM, abs=0.5)
        assert min(c["top"] for c in chars) > 37 * MM
        assert max(c["bottom"] for c in chars) < 262 * MM


@needs_pack
def test_lines_with_digits_keep_the_pitch():
    mixed = replace(plain_page(), intro=(Paragraph(text="得分98.47分，占比25%。" * 120),))
    with pdfplumber.open(io.BytesIO(render(mixed))) as opened:
        tops = sorted({round(c["matrix"][5], 1) for c in opened.pages[1].chars if c["size"] == pytest.approx(15.79, abs=0.05)})
        assert len(tops) == 22


def test_page_numbers_stand_outside_seven_millimetres_below(pdf):
    seen = []
    for page in pdf.pages[1:6]:
        number = [c for c in page.chars if c["size"] == pytest.approx(14, abs=0.05) and c["upright"]]
        text = "".join(c["text"] for c in number)
        dash = number[0]
        middle = (dash["top"] + dash["bottom"]) / 2 / MM
        assert middle == pytest.approx(269, abs=0.6)
        side = "right" if dash["x0"] > page.width / 2 else "left"
        edge = 184 - number[-1]["x1"] / MM if side == "right" else dash["x0"] / MM - 28
        assert edge == pytest.approx(14 / MM, abs=0.3)
        seen.append((text, side))
    assert seen[:3] == [("— 1 —", "right"), ("— 2 —", "left"), ("— 3 —", "right")]


def test_wide_pages_keep_the_number_at_the_foot_of_the_upright_sheet(pdf):
    """Turned upright, the number stands where it does on other pages: 7 mm below the type area, odd pages right and
    even pages left, one character in; the head of the table lies at the left of the upright sheet, which is the
    binding side of odd pages and the outer side of even ones."""
    seen = set()
    for page in pdf.pages:
        if page.width < page.height:
            continue
        number = [c for c in page.chars if not c["upright"]]
        digits = int("".join(c["text"] for c in number if c["text"].isdigit()))
        dash = number[0]
        assert (dash["x0"] + dash["x1"]) / 2 / MM == pytest.approx(28, abs=0.7)
        top, bottom = min(c["top"] for c in number), max(c["bottom"] for c in number)
        edge = 184 - bottom / MM if digits % 2 else top / MM - 28
        assert edge == pytest.approx(14 / MM, abs=0.5), digits
        seen.add(digits % 2)
    assert seen == {0, 1}


def test_all_fonts_are_embedded(reader):
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            found = font.get_object()
            descendant = found["/DescendantFonts"][0].get_object() if "/DescendantFonts" in found else found
            descriptor = descendant["/FontDescriptor"].get_object()
            fonts[str(found["/BaseFont"])] = {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
    assert fonts
    assert all(fonts.values())


@needs_pack
def test_faces_by_level(pdf):
    faces = {c["fontname"].split("+")[-1] for page in pdf.pages for c in page.chars}
    assert {"JX-XiaoBiaoSong", "JX-HeiTi", "JX-KaiTi", "JX-FangSong", "JX-SongTi"} <= faces
    assert all(face.startswith("JX-") for face in faces)


def test_archive_metadata_language_and_bookmarks(reader, document):
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == document.title
    assert reader.metadata.author == document.unit
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"part[^0-9]*3", xmp)
    assert re.search(r"conformance[^A-Z]*U", xmp)
    titles = [item.title for item in flatten(reader.outline)]
    assert "一、基本情况" in titles
    last = titles.index("附件1　部门整体支出绩效自评表")
    assert titles[last : last + 5] == [
        "附件1　部门整体支出绩效自评表",
        "部门整体支出绩效自评表",
        "附件2　预算项目绩效自评表",
        "法制专项经费",
        "附件3　绩效指标评分依据",
    ]


def flatten(outline):
    for item in outline:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


def test_attachments_are_data_of_the_document(reader):
    assert reader.attachments["result.json"] == [b'{"schema": 1}']
    assert reader.attachments["报告.xlsx"] == [b"PK"]
    assert {entry.get_object()["/AFRelationship"] for entry in reader.trailer["/Root"]["/AF"]} == {"/Data"}


def test_same_document_same_bytes(document, data):
    again, _ = render_pdf(document, attachments=(("result.json", b'{"schema": 1}'), ("报告.xlsx", b"PK")))
    assert again == data


def test_sample_data_are_marked_on_every_page(pdf):
    for page in pdf.pages:
        assert "示例数据" in page.extract_text()


def test_real_data_carry_no_such_mark():
    with pdfplumber.open(io.BytesIO(render(plain_page(5)))) as opened:
        assert "示例数据" not in opened.pages[0].extract_text()


def hostile(text):
    return replace(plain_page(1), intro=(Paragraph(text=text),))


def test_workbook_text_is_text():
    attack = '<img src="file:///etc/passwd"><script>x</script>{{ 7*7 }}<link rel=attachment href="file:///etc/passwd">'
    data = render(hostile(attack))
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.attachments == {}
    assert "{{7*7}}" in "".join(reader.pages[0].extract_text().split())


def with_text(text, place):
    """A document with one odd character, which stands in cell `place` of the submission."""
    base = hostile(text)
    form = replace(base.result.submission.forms[0], problems=Sourced(value=text, text=text, source=place))
    submission = replace(base.result.submission, forms=(form,))
    return replace(base, result=replace(base.result, submission=submission))


@needs_pack
def test_a_character_without_glyph_is_named_with_its_cell():
    place = Source("完成情况.xlsx", "A1", "C9")
    _, findings = render_pdf(with_text("姓名\ue5e5", place))
    missing = [f for f in findings if f.code == "JX702"]
    assert codes(tuple(missing)) == [("JX702", "A1!C9")]
    assert "JX701" not in [f.code for f in findings]  # said once, in Chinese
    assert missing[0].is_error
    assert missing[0].fact("point") == "U+E5E5"


def coverage_words(findings):
    """The characters a fallback face had to draw."""
    return "".join(f.fact("chars") for f in findings if f.code == "JX705")


def test_without_the_pack_the_report_is_not_good(monkeypatch):
    monkeypatch.setattr("jxreport.render.fonts.prepare", lambda: False)
    _, findings = render_pdf(hostile("文"))
    assert [f.code for f in findings if f.is_error] == ["JX706"]


@needs_pack
@pytest.mark.parametrize("char", ["堃", "𬭎", "𠮷", "㙍"])
def test_rare_characters_fall_back_and_are_embedded(char):
    data, findings = render_pdf(hostile(f"姓名{char}。"))
    assert not any(f.is_error for f in findings)
    assert char in coverage_words(findings)
    assert char in pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_warnings_of_the_layout_are_errors(tmp_path):
    css = tmp_path / "report" / "css"
    css.mkdir(parents=True)
    shipped = resources.find("report/css/chart.css").read_text("utf-8")
    (css / "chart.css").write_text(shipped + "p { no-such-property: 1 }", "utf-8")
    _, findings = render_pdf(plain_page(1), templates=tmp_path)
    assert [f.code for f in findings if f.is_error and f.code != "JX706"] == ["JX701"]


@pytest.mark.parametrize("rule", ["p { colour: red }", ":root { --q: 3xy } td { letter-spacing: var(--q) }"])
def test_a_wrong_style_is_refused_in_every_report(tmp_path, rule):
    """WeasyPrint reads the styles once a process, and tells of each wrong one once."""
    css = tmp_path / "report" / "css"
    css.mkdir(parents=True)
    (css / "local.css").write_text(rule, "utf-8")
    document = build_document(factory.result(factory.project()), date="2021年3月5日")
    said = [
        [found.fact("detail") for found in render_pdf(document, templates=tmp_path)[1] if found.code == "JX701"]
        for _ in range(2)
    ]
    assert said[0]
    assert said[1] == said[0]


def test_a_cell_that_stays_torn_is_told(monkeypatch):
    monkeypatch.setattr(pdf_module, "_PASSES", 1)
    document = build_document(factory.result(factory.department(), factory.project()), date="2021年3月5日")
    monkeypatch.setattr(pdf_module, "crossing", lambda rows, breaks: bool(breaks))
    starts = iter(range(1, 99))
    monkeypatch.setattr(pdf_module, "_page_starts", lambda rendered: {"t0": frozenset({next(starts)})})
    _, findings = render_pdf(document)
    assert "JX711" in [found.code for found in findings]


def test_templates_cannot_fetch(tmp_path):
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "ending.html.j2").write_text('<p><img src="file:///etc/hostname"/></p>', "utf-8")
    _, findings = render_pdf(plain_page(1), templates=tmp_path)
    denied = [f for f in findings if f.code == "JX703"]
    assert [f.fact("url") for f in denied] == ["file:///etc/hostname"]


def long_table(rows, text="甲"):
    body = tuple(Row(cells=(Cell(text=str(n)), Cell(text=text))) for n in range(rows))
    return Table(name="长表", title="长表", widths=(Decimal(20), Decimal(80)), head=(Row(cells=(Cell(text="号"), Cell(text="文"))),), body=body)


def test_texts_too_long_for_a_cell_follow_the_table():
    text = "长" * 2_500
    base = replace(plain_page(1), sections=(Section(level=1, number="一、", heading="表", blocks=(long_table(1, text),)),))
    data = render(base)
    printed = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert printed.count("长") >= 2_500
    assert "全文见表后注1" in "".join(printed.split())


def test_head_rows_repeat_on_every_page():
    base = replace(plain_page(1), annexes=(Annex(number=1, title="长表", blocks=(long_table(90),)),))
    with pdfplumber.open(io.BytesIO(render(base))) as opened:
        pages = [page.extract_text() for page in opened.pages[1:]]
    assert len(pages) > 2
    assert all("号" in page and "文" in page for page in pages)


def test_the_total_never_stands_alone_on_a_page():
    rows = range(26, 38)
    ruled = []
    for count in rows:
        one = long_table(count)
        total = Row(cells=(Cell(text="总分", colspan=2),))
        body = (*(replace(row, group="一") for row in one.body), total)
        ruled.append(replace(one, title=f"表{count}", body=body, form=True))
    base = replace(plain_page(1), annexes=(Annex(number=1, title="长表", blocks=tuple(ruled)),))
    with pdfplumber.open(io.BytesIO(render(base))) as opened:
        pages = [page.extract_text() for page in opened.pages]
    ends = [page for page in pages if "总分" in page]
    assert len(ends) == len(rows)
    assert any("表" not in page for page in ends)  # some continue on a second page
    assert all("甲" in page for page in ends)


def test_lines_break_outside_quotation_marks_and_stay_flush():
    text = "该项目自评得分97.17分（满分100分），评价等级为“优”。12项绩效指标中，“三公经费”控制率得满分，"
    page = replace(plain_page(1), intro=(Paragraph(text=text * 6),))
    with pdfplumber.open(io.BytesIO(render(page))) as opened:
        lines = [line for line in opened.pages[0].extract_text_lines() if "分" in line["text"]]
    full = lines[:-1]
    assert len(full) > 8
    assert any(line["text"].startswith("“") for line in full)
    assert all(abs(line["x1"] - (28 + 156) * MM) < 1 for line in full)
    assert not any(line["text"][0] in "。，；）”" or line["text"][-1] in "（“" for line in full)


@needs_pack
def test_marks_side_by_side_share_their_blank_half():
    page = replace(plain_page(1), intro=(Paragraph(text="见（一）（二）、“三”。"),))
    with pdfplumber.open(io.BytesIO(render(page))) as opened:
        line = [c for c in opened.pages[0].chars if c["text"] in "见（一）（二）、“三”。"]
    steps = [(a["text"] + b["text"], b["x0"] - a["x0"]) for a, b in pairwise(line)]
    full, half = 15.79, 15.79 / 2
    for pair, step in steps:
        squeezed = pair in ("）（", "）、", "、“", "”。")
        assert step == pytest.approx(half if squeezed else full, abs=0.3), pair


def test_a_text_beyond_all_measure_is_cut_with_a_finding():
    viewer = Viewer(hostile("长" * 32_768))
    assert [(f.code, f.fact("length")) for f in viewer.findings] == [("JX704", "32768")]
    assert len(viewer.intro[0].text) == 32_767


def test_a_table_beyond_all_measure_is_cut_with_a_finding():
    base = replace(plain_page(1), annexes=(Annex(number=1, title="长表", blocks=(long_table(2_001),)),))
    viewer = Viewer(base)
    assert [f.code for f in viewer.findings] == ["JX707"]
    assert viewer.findings[0].fact("rows") == "2001"


def test_no_page_of_a_long_form_begins_without_its_levels():
    base = factory.department()
    items = tuple(
        replace(
            base.indicators[n % 12],
            indicator=replace(base.indicators[n % 12].indicator, ordinal=n + 1, level1="产出指标", level2=f"第{n // 15}类"),
        )
        for n in range(40)
    )
    result = replace(factory.result(replace(base, indicators=items)), findings=())
    data = render(build_document(result))
    firsts = []
    with pdfplumber.open(io.BytesIO(data)) as opened:
        for page in opened.pages:
            for found in page.extract_tables():
                head = [(cell or "").replace("\n", "") for cell in found[0]]
                if head[:2] == ["一级指标", "二级指标"]:
                    firsts.append([(cell or "").replace("\n", "") for cell in found[1][:2]])
    assert len(firsts) > 5
    assert all(level1 == "产出指标（续）" and level2.startswith("第") for level1, level2 in firsts)


def test_a_text_of_pages_leaves_its_column():
    base = factory.department()
    told = "因" * 1_900
    item = replace(base.indicators[3], indicator=replace(base.indicators[3].indicator, reason=factory.sourced(told)))
    result = factory.result(replace(base, indicators=(*base.indicators[:3], item, *base.indicators[4:])))
    data = render(build_document(replace(result, findings=())))
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    assert sum(page.count("因") for page in pages) >= 2 * 1_900
    assert sum(1 for page in pages if page.count("因") > 100) <= 4


@pytest.mark.parametrize(
    ("signature", "date", "indent"),
    [("某局", "2021年3月5日", 4), ("承德高新区党政办公室", "2021年3月5日", 2), ("长" * 30, "2021年3月5日", 0)],
)
def test_the_date_ends_four_characters_from_the_edge(signature, date, indent):
    assert seal_indent(signature, date) == indent


def test_another_process_writes_the_same_bytes(document, data, tmp_path):
    """Neither hash seed nor time zone, language, folder or clock gets into the file."""
    program = (
        "import hashlib;from dataclasses import replace;from tests.report import factory;"
        "from jxreport.report import build_document;from jxreport.render.pdf import render_pdf;"
        "r=replace(factory.result(factory.department(),factory.project()),findings=());"
        "d=build_document(r,date='2021年3月5日');"
        "b,_=render_pdf(d,attachments=(('result.json',b'{\"schema\": 1}'),('报告.xlsx',b'PK')));"
        "print(hashlib.sha256(b).hexdigest())"
    )
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai", "LANG": "tr_TR.UTF-8", "LC_ALL": "C"}
    environment["PYTHONPATH"] = str(root)
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment, cwd=tmp_path
    )
    assert run.stdout.strip() == hashlib.sha256(data).hexdigest()


def test_the_page_before_it_is_set_holds_the_whole_report():
    document = build_document(factory.result(factory.department(), factory.project()), date="2021年3月5日")
    html = report_html(document)
    assert document.signature in html
    assert all(annex.title in html for annex in document.annexes)
