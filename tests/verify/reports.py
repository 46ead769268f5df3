"""A small report, and ways to spoil it as somebody with a PDF editor would."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pikepdf

from jxreport.batch.unit import Settings, UnitTask, make_unit
from jxreport.profiles import load_profile
from tests.render.submissions import Maker

RESULT, EVIDENCE, WORKBOOK = "result.json", "evidence.json", "绩效自评报告.xlsx"
Change = Callable[[bytes], bytes]


@cache
def report(name: str = "") -> bytes:
    """The PDF of a made-up unit with two projects; `name` renames the profile."""
    profile = load_profile("mof-2020-10")
    profile = replace(profile, name=name or profile.name)
    submission = Maker(3).submission(profile, projects=2, indicators=5)
    settings = Settings(profile=profile, date="2021年3月5日")
    made = make_unit(UnitTask(submission=submission, findings=(), settings=settings))
    return dict(made.files)["绩效自评报告.pdf"]


def embedded(data: bytes, name: str) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return _specification(pdf, name)[1].EF.F.read_bytes()


def result(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(embedded(data, RESULT))
    return found


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def with_file(data: bytes, name: str, change: Change) -> bytes:
    """The PDF with one embedded file changed in place."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        stream = _specification(pdf, name)[1].EF.F
        stream.write(change(stream.read_bytes()))
        return saved(pdf)


def without_file(data: bytes, name: str) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        at, _ = _specification(pdf, name)
        del pdf.Root.Names.EmbeddedFiles.Names[at - 1 : at + 1]
        return saved(pdf)


def _specification(pdf: pikepdf.Pdf, name: str) -> tuple[int, Any]:
    """Place in the name tree and file specification of the embedded file that readers call `name`."""
    entries = list(pdf.Root.Names.EmbeddedFiles.Names)
    return next((at, item) for at, item in enumerate(entries) if at % 2 and str(item.UF) == name)


def once(old: str, new: str) -> Change:
    """Replace the first occurrence; it must be there."""

    def change(data: bytes) -> bytes:
        text = data.decode("utf-8")
        assert old in text
        return text.replace(old, new, 1).encode("utf-8")

    return change


def in_part(part: str, pattern: str, new: str) -> Change:
    """Replace the first match inside one part of a workbook."""

    def change(data: bytes) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as out:
            for name in old.namelist():
                body = old.read(name)
                if name == part:
                    text, count = re.subn(pattern, new, body.decode("utf-8"), count=1)
                    assert count == 1
                    body = text.encode("utf-8")
                out.writestr(name, body)
        return buffer.getvalue()

    return change


def with_digit(data: bytes, wanted: str, new: str, *, last: bool = False) -> bytes:
    """The PDF in which the printed text `wanted` has become `new` (same length, same font)."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        places = [
            (page, stream, at)
            for page in pdf.pages
            for stream in [pikepdf.parse_content_stream(page)]
            for at in _shows(page, stream, wanted)
        ]
        assert places, wanted
        page, stream, at = places[-1 if last else 0]
        codes = _codes(page, _font(stream, at))
        operands = b"".join(codes[char] for char in new)
        stream[at] = pikepdf.ContentStreamInstruction(
            [pikepdf.Array([pikepdf.String(operands)])], pikepdf.Operator("TJ")
        )
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(stream))
        return saved(pdf)


def with_overlay(data: bytes, text: str) -> bytes:
    """The PDF with `text` laid over the first page, in a font of the reader."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        name = page.add_resource(pdf.make_indirect(font), pikepdf.Name.Font)
        page.contents_add(f"q BT {name} 12 Tf 100 100 Td ({text}) Tj ET Q".encode())
        return saved(pdf)


def with_annotation(data: bytes) -> bytes:
    """The PDF with a note stuck on the second page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[100, 100, 200, 200],
            Contents="95.12",
        )
        page = pdf.pages[1]
        page.Annots = pikepdf.Array([*page.get("/Annots", ()), pdf.make_indirect(note)])
        return saved(pdf)


def _shows(page: pikepdf.Page, stream: list[Any], wanted: str) -> Iterator[int]:
    """Numbers of the instructions that show exactly `wanted`."""
    for at, item in enumerate(stream):
        if str(item.operator) != "TJ":
            continue
        texts = {code: char for char, code in _codes(page, _font(stream, at)).items()}
        raw = b"".join(bytes(part) for part in item.operands[0] if isinstance(part, pikepdf.String))
        shown = "".join(texts.get(raw[n : n + 2], "?") for n in range(0, len(raw), 2))
        if shown == wanted:
            yield at


def _font(stream: list[Any], at: int) -> str:
    return next(str(i.operands[0]) for i in reversed(stream[:at]) if str(i.operator) == "Tf")


_MAPS: dict[tuple[int, int], dict[str, bytes]] = {}


def _codes(page: pikepdf.Page, font: str) -> dict[str, bytes]:
    """Character → code in a font of the page, from its ToUnicode map."""
    found = page.resources.Font[font]
    if found.objgen not in _MAPS:
        text = found.ToUnicode.read_bytes().decode("ascii")
        pairs = re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>\s*\n", text)
        _MAPS[found.objgen] = {chr(int(char, 16)): bytes.fromhex(code) for code, char in pairs}
    return _MAPS[found.objgen]
