"""PDFs from anybody: none takes the program down, each is told why it was not checked."""

from __future__ import annotations

import io
import json
import zlib
from typing import Any

import pikepdf
import pytest

from jxreport.finding import codes
from jxreport.messages import message
from jxreport.verify import evidence, pdf
from jxreport.verify.check import Outcome, verify_pdf
from tests.verify import reports
from tests.verify.reports import EVIDENCE, RESULT, WORKBOOK, report, with_file


def refused(data: bytes) -> tuple[str, str]:
    """Code and text of the one finding of a PDF that could not be checked."""
    found = verify_pdf("报告.pdf", data)
    assert found.outcome is Outcome.UNCHECKED
    assert len(found.findings) == 1
    return found.findings[0].code, message(found.findings[0]).text


def blank(**files: bytes) -> bytes:
    with pikepdf.new() as made:
        made.add_blank_page()
        for name, data in files.items():
            made.attachments[name.replace("_json", ".json")] = data
        return reports.saved(made)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "JX760"),
        (b"PK\x03\x04", "JX760"),
        (b"%PDF-1.7\n" + b"\0" * 2000, "JX760"),
        (b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF", "JX760"),
        (blank(), "JX763"),
        (blank(result_json=b"{}"), "JX763"),
        (blank(evidence_json=b""), "JX764"),
        (blank(evidence_json=b"[" * 200_000), "JX764"),
        (blank(evidence_json=b'{"schema": "jxreport/evidence/2"}'), "JX765"),
        (blank(evidence_json=b'{"schema": "other"}'), "JX764"),
    ],
)
def test_what_is_no_report_of_ours(data: bytes, code: str) -> None:
    assert refused(data)[0] == code


def test_a_cut_file() -> None:
    whole = report()
    for size in range(100, len(whole), len(whole) // 7):
        assert verify_pdf("报告.pdf", whole[:size]).outcome is not Outcome.CONSISTENT


def test_an_encrypted_file() -> None:
    with pikepdf.open(io.BytesIO(report())) as opened:
        locked = reports.saved(opened, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refused(locked)[0] == "JX762"


def test_limits_of_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 3)
    assert "页数为18页" in refused(report())[1]
    monkeypatch.setattr(pdf, "MAX_PAGES", 300)
    monkeypatch.setattr(pdf, "MAX_CHARACTERS", 100)
    assert "超过核验限度100字" in refused(report())[1]
    monkeypatch.setattr(pdf, "MAX_FILE_BYTES", 1024)
    assert "内嵌文件“" in refused(report())[1]
    monkeypatch.setattr(pdf, "MAX_FILES", 2)
    assert "2个以上" in refused(report())[1]
    monkeypatch.setattr(pdf, "MAX_BYTES", 1024)
    assert refused(report())[0] == "JX761"


def test_a_bomb_is_not_inflated() -> None:
    """80 MB of zeros in an embedded file of 80 kB."""
    with pikepdf.open(io.BytesIO(blank(evidence_json=b"x"))) as opened:
        stream = opened.attachments[EVIDENCE].obj.EF.F
        stream.write(zlib.compress(b"\0" * 80_000_000, 9), filter=pikepdf.Name.FlateDecode)
        assert refused(reports.saved(opened))[0] in ("JX760", "JX761")


def test_two_files_of_one_name() -> None:
    """Which of the two would a reader see?"""
    with pikepdf.open(io.BytesIO(report())) as opened:
        names = opened.Root.Names.EmbeddedFiles.Names
        for item in list(names)[:2]:
            names.append(item)
        code, text = refused(reports.saved(opened))
    assert code == "JX766"
    assert "2个名为“" in text


def spoiled(change: dict[str, Any]) -> str:
    whole = json.loads(reports.embedded(report(), EVIDENCE))
    whole.update(change)
    try:
        evidence.unpack(json.dumps(whole).encode())
    except evidence.CodecError as problem:
        return str(problem)
    return ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ""),
        ({"more": 1}, "多余"),
        ({"program": 3}, "“program”"),
        ({"files": {}}, "“files”"),
        ({"files": [{"name": "a", "sha256": "x"}]}, "SHA-256"),
        ({"content": {}}, "缺少“submission”"),
        ({"content": 1.5}, "应写成文字"),
    ],
)
def test_evidence_of_another_shape(change: dict[str, Any], said: str) -> None:
    assert said in spoiled(change)


def test_evidence_is_not_read_leniently() -> None:
    for text in (
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"a": 1e400}',
        b"[]",
        b"\xff",
        b'{"a": ' + b"9" * 9999 + b"}",
    ):
        with pytest.raises(evidence.CodecError):
            evidence.load_json(text)
    with pytest.raises(evidence.CodecError, match="超过"):
        evidence.load_json(b"{}" + b" " * 100, limit=50)


@pytest.mark.parametrize("title", ["{unit.__class__}", "{unit:>999999999}", "{0}", "{", "{unit!r}"])
def test_an_outline_gives_no_orders(title: str) -> None:
    content = json.loads(reports.embedded(report(), EVIDENCE))["content"]
    content["outline"] = {"name": "x", "title": [title], "opening": "", "nodes": [], "annexes": []}
    assert "占位词" in spoiled({"content": content})


@pytest.mark.parametrize("data", [b"", b"PK", b"not a workbook"])
def test_an_embedded_workbook_that_is_none(data: bytes) -> None:
    found = verify_pdf("报告.pdf", with_file(report(), WORKBOOK, lambda _: data))
    assert codes(found.findings) == [("JX770", WORKBOOK), ("JX779", WORKBOOK)]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"units": [[[]]]}', b'{"units": [{"evaluations": "x"}]}']
)
def test_an_embedded_result_of_another_shape(data: bytes) -> None:
    found = verify_pdf("报告.pdf", with_file(report(), RESULT, lambda _: data))
    assert found.outcome is Outcome.INCONSISTENT
    assert {finding.code for finding in found.findings} <= {"JX770", "JX771", "JX772", "JX779"}
