"""The same content through other programs: LibreOffice (DOCX and XLSX), typst."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pypdf

from benchmarks.speed.measure import Table, cpu, process, ratio
from benchmarks.speed.odf import fodt
from benchmarks.speed.stages import Work, sample, usual, work
from jxreport import resources
from jxreport.batch.unit import load_printer, make_unit
from jxreport.model.document import Chart, Document, Paragraph, Row, Section
from jxreport.model.document import Table as Grid

_TYPST_HEAD = """#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —")
#set text(size: 15.79pt, font: ("JX Latin", "JX FangSong", "JX Fallback"), lang: "zh")
#set par(first-line-indent: 2em, justify: true)
#show table: set text(size: 10pt, font: ("JX Latin", "JX SongTi", "JX Fallback"))
"""


# what an archive asks for, and what ours is too: PDF/A, tagged
_ARCHIVE = {
    "SelectPdfVersion": {"type": "long", "value": "3"},
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
}
_FILTERS = {"DOCX": "writer_pdf_Export", "XLSX": "calc_pdf_Export"}
_HEADS = ("程序", "页数", "每份处理器时间", "与本程序之比（目标：LibreOffice ≥ 3）")
# single files are the usual case and vary most
_SINGLE_RUNS, _MANY_RUNS, _FILES = 7, 3, 10

Rows = list[tuple[str, ...]]


def tables(quick: bool) -> list[Table]:
    load_printer()
    works = [
        work("常见（1 个项目，14 项指标）", usual()),
        work("样例（1 个部门 3 个项目，有图）", sample()),
    ]
    return [_table(one, quick=quick) for one in works]


def _table(one: Work, *, quick: bool) -> Table:
    from jxreport.render.lean.lines import kept

    # not the lines of the same report, remembered from the round before
    runs = [cpu(lambda: make_unit(one.task), rounds=1, before=kept.clear) for _ in range(3 if quick else 9)]
    warm = statistics.median(seconds for seconds, _ in runs)
    files = {Path(name).suffix: data for name, data in runs[-1][1].files}
    pages = str(_pages(files[".pdf"], archive=True))
    rows: Rows = [("本程序：计分、XLSX、PDF/A-3（带标签）、核对数据，热进程", pages, f"{warm:.2f} s", "1.00")]
    with tempfile.TemporaryDirectory() as name:
        if shutil.which("soffice"):
            rows += _libreoffice(one.document, files[".xlsx"], Path(name), warm, quick=quick)
        if importlib.util.find_spec("typst"):
            rows.append(_typst(one.document, Path(name), 2 if quick else 10, warm))
    there = {"LibreOffice": shutil.which("soffice"), "typst": importlib.util.find_spec("typst")}
    missing = "、".join(name for name, found in there.items() if not found)
    note = f"{_version()}LibreOffice 和 typst 只排版现成的内容，不读取、不计分，也不生成 DOCX、XLSX。" + (
        f"本机没有 {missing}，未测。" if missing else ""
    )
    return Table(f"同样的内容，其他程序：{one.name}", _HEADS, tuple(rows), note)


def _libreoffice(document: Document, xlsx: bytes, folder: Path, warm: float, *, quick: bool) -> Rows:
    """DOCX and XLSX → PDF, plain and for the archive; one file in a call, and many, each."""
    (folder / "report.fodt").write_text(fodt(document), "utf-8")
    # not measured: it makes the DOCX, and LibreOffice's profile
    _office(folder, "docx:MS Word 2007 XML", [folder / "report.fodt"])
    sources = {"DOCX": (folder / "report.docx").read_bytes(), "XLSX": xlsx}
    rows: Rows = []
    for kind, archive in product(sources, (False, True)):
        copies = [folder / f"{kind}{number}.{kind.lower()}" for number in range(_FILES)]
        for copy in copies:
            copy.write_bytes(sources[kind])
        form = f"pdf:{_FILTERS[kind]}" + (f":{json.dumps(_ARCHIVE)}" if archive else "")
        name = f"LibreOffice {kind} → {'PDF/A-3（带标签）' if archive else 'PDF'}"
        single = _median(1 if quick else _SINGLE_RUNS, folder, form, copies[:1])
        pages = str(_pages(copies[0].with_suffix(".pdf").read_bytes(), archive=archive))
        each = _median(1 if quick else _MANY_RUNS, folder, form, copies) / _FILES
        rows.append((f"{name}，一次一份", pages, f"{single:.2f} s", ratio(single, warm)))
        rows.append((f"{name}，一次 {_FILES} 份", pages, f"{each:.2f} s", ratio(each, warm)))
    return rows


def _version() -> str:
    if not shutil.which("soffice"):
        return ""
    said = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True).stdout
    return " ".join(said.split()[:2]) + "。"


def _median(rounds: int, folder: Path, form: str, files: Sequence[Path]) -> float:
    return statistics.median(_office(folder, form, files) for _ in range(rounds))


def _office(folder: Path, form: str, files: Sequence[Path]) -> float:
    """Processor seconds of soffice and all it starts; FONTCONFIG_FILE, set by `load_printer`, gives it our faces."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    options: list[str | Path] = ["--headless", "--convert-to", form, "--outdir", folder]
    return process(["soffice", profile, *options, *files], folder=folder).cpu


def _pages(data: bytes, *, archive: bool) -> int:
    """How many pages the PDF has; for the archive it must be what was asked for."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    root = reader.root_object
    metadata: Any = root["/Metadata"].get_object() if "/Metadata" in root else None
    part = metadata and re.search(rb"pdfaid:part(>|=.)3", metadata.get_data())
    if archive and not (part and "/MarkInfo" in root):
        raise ValueError("not a tagged PDF/A-3")
    return len(reader.pages)


def _typst(document: Document, folder: Path, times: int, warm: float) -> tuple[str, ...]:
    import typst

    (folder / "文.typ").write_text(_TYPST_HEAD + "\n".join(_markup(document)), "utf-8")
    fonts = resources.font_dir()
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        data = typst.compile(str(folder / "文.typ"), font_paths=[str(fonts)] if fonts else [])
        best = min(best, time.process_time() - start)
    return (
        "typst（PyPI），热进程，没有图",
        str(_pages(data, archive=False)),
        f"{best:.2f} s",
        ratio(best, warm),
    )


def _markup(document: Document) -> list[str]:
    """Texts and tables of the document in typst's language; charts are left out."""
    lines = [f"= {_text(document.title)}"]
    for section in document.sections:
        lines += _section(section)
    for annex in document.annexes:
        wide = any(isinstance(block, Grid) and block.landscape for block in annex.blocks)
        lines.append(f"#pagebreak()\n#set page(flipped: {str(wide).lower()})")
        lines += [part for block in annex.blocks for part in _block(block)]
    return lines


def _section(section: Section) -> list[str]:
    lines = [f"{'=' * (section.level + 1)} {_text(section.number + section.heading)}"]
    lines += [part for block in section.blocks for part in _block(block)]
    return lines + [line for child in section.sections for line in _section(child)]


def _block(block: Paragraph | Grid | Chart) -> list[str]:
    if isinstance(block, Paragraph):
        return [_text(block.text), ""]
    if isinstance(block, Chart):
        return []
    widths = ", ".join(f"{float(width)}fr" for width in block.widths)
    head = "".join(_cells(row) for row in block.head)
    body = "".join(_cells(row) for row in (*block.front, *block.body, *block.foot))
    return [f"#table(columns: ({widths},), table.header({head}), {body})"]


def _cells(row: Row) -> str:
    return "".join(
        f"table.cell(colspan: {cell.colspan}, rowspan: {cell.rowspan})[{_text(cell.text)}], "
        for cell in row.cells
    )


def _text(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\#*_$[]@<>`=-+/~'\"" else char for char in text)
