"""The gate: what is let in, and what each refusal says."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from jxreport.finding import Severity
from jxreport.messages import message
from jxreport.read.gate import admit
from jxreport.read.gate.sniff import FileKind
from jxreport.read.workbook import read_grids
from tests.read.books import book, patched

GOOD = book({"表": [("甲", 1)]})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
XML2003 = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


def package(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        for name, content in members.items():
            out.writestr(name, content)
    return stream.getvalue()


def flipped(data: bytes) -> bytes:
    """One bit of the first sheet's compressed bytes turned round."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
        at = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    return data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "JX101"),
        (b"\0" * 100, "JX101"),
        (b"\x01\x02\x00\xff" * 50, "JX102"),
        (OLE + "EncryptedPackage".encode("utf-16le"), "JX103"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "JX104"),
        ("项目名称,分值\n道路,10\n".encode("gb18030"), "JX104"),
        ("项目名称\t分值\n".encode("utf-16"), "JX104"),
        (XML2003.encode(), "JX104"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "JX104"),
        (package({"word/document.xml": b"<a/>"}), "JX105"),
        (b"%PDF-1.7", "JX105"),
        (OLE + "WordDocument".encode("utf-16le"), "JX105"),
        (GOOD[: len(GOOD) // 2], "JX106"),
        (flipped(GOOD), "JX106"),
        (package({"xl/workbook.xml": b"<!DOCTYPE a []><a/>"}), "JX107"),
        (package({"xl/workbook.xml": b"<a>"}), "JX107"),
        (patched(GOOD, "xl/worksheets/sheet1.xml", 'r="A1"', 'r="ZZZ1"'), "JX107"),
        (patched(GOOD, "xl/worksheets/sheet1.xml", 'r="B1"', 'r="A1"'), "JX107"),
        (patched(GOOD, "xl/worksheets/sheet1.xml", 'r="B1"', 'r="XFD1048576"'), "JX107"),
        (b"E-SafeNet" + b"\0\x01" * 40, "JX109"),
    ],
)
def test_refusals_name_the_reason(data: bytes, code: str) -> None:
    admission = admit("报表.xls", data)
    assert admission.kind is None
    assert [(f.code, f.severity, f.source.file) for f in admission.findings] == [(code, Severity.ERROR, "报表.xls")]
    assert message(admission.findings[0]).fix


def test_a_duplicate_member_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        out.writestr("xl/workbook.xml", "<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            out.writestr("xl/workbook.xml", "<b/>")
    assert [f.code for f in admit("a.xlsx", stream.getvalue()).findings] == ["JX107"]


def test_a_swollen_part_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jxreport.read.gate.admission.MAX_PART", 10)
    assert [f.code for f in admit("a.xlsx", GOOD).findings] == ["JX107"]


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jxreport.read.gate.parts.MAX_CELLS", 1)
    assert [f.code for f in admit("a.xlsx", GOOD).findings] == ["JX107"]


@pytest.mark.parametrize(
    ("name", "codes"),
    [("a.xlsx", []), ("a.xls", ["JX119"]), ("a.xlsm", ["JX120"]), ("表", ["JX119"])],
)
def test_content_decides_and_the_name_is_only_mentioned(name: str, codes: list[str]) -> None:
    admission = admit(name, GOOD)
    assert admission.kind is FileKind.XLSX
    assert [f.code for f in admission.findings] == codes


XLS = (Path(__file__).parent / "data" / "mixed.xls").read_bytes()


def circular(field: int) -> bytes:
    """The .xls with the first link of a chain leading back to itself; `field` is where its header starts it."""
    (start,) = struct.unpack_from("<i", XLS, field)
    size = 512
    (table,) = struct.unpack_from("<i", XLS, 76)
    at = size + table * size + start * 4 if field == 48 else size + start * size
    spoiled = bytearray(XLS)
    links = (start,) if field == 48 else range(size // 4)
    for number, link in enumerate(links):
        struct.pack_into("<i", spoiled, at + 4 * number, link)
    return bytes(spoiled)


@pytest.mark.parametrize("field", [48, 60], ids=["directory", "short sectors"])
def test_a_container_without_an_end_is_refused(field: int) -> None:
    assert admit("a.xls", XLS).findings == ()
    assert [finding.code for finding in admit("a.xls", circular(field)).findings] == ["JX106"]


def test_an_encoding_that_does_not_exist_is_refused() -> None:
    data = patched(GOOD, "xl/workbook.xml", r"^<workbook", '<?xml version="1.0" encoding="x"?><workbook')
    assert [finding.code for finding in admit("a.xlsx", data).findings] == ["JX107"]


def test_what_the_libraries_cannot_read_is_a_finding() -> None:
    grids, findings = read_grids("a.xlsx", package({"xl/workbook.xml": b"<a/>"}))
    assert grids == ()
    assert [f.code for f in findings] == ["JX110"]
