"""Made hostile workbooks through a whole run: each gets a verdict by name, nothing is fetched, run or written elsewhere."""

from __future__ import annotations

import io
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from pypdf import PdfReader

from jxreport.batch import run
from tests.batch.bureau import config, contents, plain_printing, workbook
from tests.read.books import book, patched, self_evaluation

SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The package with further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """160 MB of blanks in a sheet of a few hundred kilobytes."""
    out = io.BytesIO(workbook("炸弹"))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/worksheets/sheet9.xml", "w") as part,
    ):
        for _ in range(160):
            part.write(b" " * 1024 * 1024)
    return out.getvalue()


def entity() -> bytes:
    return patched(workbook("实体"), SHEET, "<worksheet", DOCTYPE + "<worksheet")


def strayed() -> bytes:
    """Formats down to the last row and right to the last column, as a careless fill leaves them."""
    made = openpyxl.load_workbook(io.BytesIO(workbook("格式中心")))
    fill = PatternFill("solid", start_color="FFFF00")
    made.active.cell(1_048_576, 1).fill = fill
    made.active.cell(20, 16_384).fill = fill
    for row in range(30, 6_000):
        made.active.cell(row, 3).fill = fill
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def linked() -> bytes:
    """A value that another workbook has delivered; that workbook is not to be looked for."""
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    relation = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        b'Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    parts = {
        "xl/externalLinks/externalLink1.xml": link,
        "xl/externalLinks/_rels/externalLink1.xml.rels": relation,
    }
    return with_parts(workbook("链接中心"), parts)


def test_hostile_files_cost_only_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain_printing(monkeypatch)
    files = {
        "炸弹.xlsx": bomb(),
        "实体.xlsx": entity(),
        "格式.xlsx": strayed(),
        "链接.xlsx": linked(),
        "宏.xlsm": with_parts(workbook("宏中心"), {"xl/vbaProject.bin": b"Sub Auto_Open()"}),
        "好.xlsx": workbook("好中心"),
    }
    folder = tmp_path / "books"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    began = time.process_time()
    summary = run([folder], config(tmp_path))
    assert time.process_time() - began < 30
    refused = {(f.source.file, f.code) for f in summary.findings if f.is_error}
    assert refused == {("炸弹.xlsx", "JX107"), ("实体.xlsx", "JX107")}
    assert sorted(unit.unit for unit in summary.units) == ["好中心", "宏中心", "格式中心", "链接中心"]
    assert ("宏.xlsm", "JX120") in {(f.source.file, f.code) for f in summary.findings}
    scores = {unit.scores for unit in summary.units}
    assert len(scores) == 1, "none of it changes a number"
    for place, data in contents(tmp_path / "output").items():
        if place.endswith(".xlsx") and zipfile.is_zipfile(io.BytesIO(data)):
            names = zipfile.ZipFile(io.BytesIO(data)).namelist()
            assert not [name for name in names if "vba" in name or "externalLink" in name], place


def test_a_macro_and_a_link_do_not_come_back_in_the_marked_copy(tmp_path: Path) -> None:
    rows = (
        ("", "产出指标", "数量指标", "里程", "≥300公里", "=1/0", 50, "", ""),
        ("总分", "", "", "", "", "", 50, "", ""),
    )
    bad = with_parts(
        book({"自评表": self_evaluation(*rows, unit="某中心")}),
        {"xl/vbaProject.bin": b"Sub Auto_Open()", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"},
    )
    (tmp_path / "坏.xlsm").write_bytes(bad)
    run([tmp_path / "坏.xlsm"], config(tmp_path))
    (copy,) = (tmp_path / "output").rglob("退回修改_坏.xlsx")
    assert not [name for name in zipfile.ZipFile(copy).namelist() if "vba" in name or "externalLink" in name]


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on the loopback, and what it is asked for."""
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *given: object) -> None:
            return None

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", requests
    server.shutdown()
    server.server_close()


def test_texts_stay_texts_in_every_output(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    """HTML, templates, formulas and addresses in names, reasons and units: printed as they stand, nothing fetched."""
    address, requests = asked
    image = f'<img src="{address}/a.png">'
    formula = "=cmd|' /C calc'!A0"
    rows = (
        (
            "",
            "产出指标",
            "数量指标",
            f"里程{image}",
            "≥300公里",
            "200公里",
            50,
            "",
            f"@import url({address}/b.css); {{{{7*7}}}}",
        ),
        ("", "效益指标", "社会效益指标", formula, "0起", 0, 30, "", ""),
        ("", "满意度指标", "服务对象满意度指标", "满意度", (0.9, "0%"), "92%", 10, "", ""),
        ("总分", "", "", "", "", "", 100, "", ""),
    )
    data = book({"自评表": self_evaluation(*rows, unit="<script>中心")})
    made = openpyxl.load_workbook(io.BytesIO(data))
    for row in made.active.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.data_type = "s"  # typed as a text, as an attacker would
    stream = io.BytesIO()
    made.save(stream)
    (tmp_path / "坏心.xlsx").write_bytes(stream.getvalue())
    summary = run([tmp_path / "坏心.xlsx"], config(tmp_path))
    assert summary.written
    pdf = next(path for path in summary.written if path.suffix == ".pdf")
    text = (
        "".join(page.extract_text() for page in PdfReader(pdf).pages).replace("\n", "").replace("\u200b", "")
    )
    for said in (image, "{{7*7}}", "<script>中心", formula):
        assert said.replace(" ", "") in text.replace(" ", ""), said
    assert "49" not in [word for word in text.split() if word == "49"]
    report = openpyxl.load_workbook(pdf.with_suffix(".xlsx"))
    formulas = [c.value for sheet in report for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert formulas
    assert not [
        value
        for value in formulas
        if "cmd" in str(value) or "HYPERLINK" in str(value) or "http" in str(value)
    ]
    assert requests == []


@pytest.mark.parametrize("unit", ["../../逃", "/etc/局", "CON", "a\\b:c*?", "长" * 300, ".", "~$局"])
def test_a_unit_s_name_never_leads_out_of_the_output(
    unit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain_printing(monkeypatch)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "名.xlsx").write_bytes(workbook(unit))
    before = {path for path in tmp_path.parent.rglob("*") if tmp_path not in path.parents}
    summary = run([tmp_path / "in"], config(tmp_path))
    assert len(summary.written) == 3
    for path in summary.written:
        place = path.resolve().relative_to((tmp_path / "output").resolve())
        assert len(place.parts) == 3
        assert all(len(part.encode()) <= 255 for part in place.parts)
    assert {path for path in tmp_path.parent.rglob("*") if tmp_path not in path.parents} == before
