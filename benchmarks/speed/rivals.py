"""The same content through other programs: LibreOffice (DOCX and XLSX), typst."""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.speed.measure import Table, cpu, process, ratio
from benchmarks.speed.stages import Work, usual, work
from jxreport.batch.unit import load_printer, make_unit
from jxreport.model.document import Chart, Document, Paragraph, Row, Section
from jxreport.model.document import Table as Grid

_TYPST_HEAD = """#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —")
#set text(size: 15.79pt, font: ("JX Latin", "JX FangSong", "JX Fallback"), lang: "zh")
#set par(first-line-indent: 2em, justify: true)
#show table: set text(size: 10pt, font: ("JX Latin", "JX SongTi", "JX Fallback"))
"""


def tables(quick: bool) -> list[Table]:
    load_printer()
    one = work("", usual())
    times = 3 if quick else 10
    warm, made = cpu(lambda: make_unit(one.task), rounds=times)
    files = dict(made.files)
    xlsx = next(data for name, data in files.items() if name.endswith(".xlsx"))
    rows = [("本程序：计分、XLSX、PDF、核对数据，热进程", f"{warm:.2f} s", "1.00")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if shutil.which("soffice"):
            rows += _libreoffice(one, xlsx, folder, times, warm)
        if importlib.util.find_spec("typst"):
            rows.append(_typst(one.document, folder, times, warm))
    there = {"LibreOffice": shutil.which("soffice"), "typst": importlib.util.find_spec("typst")}
    missing = "、".join(name for name, found in there.items() if not found)
    note = "LibreOffice 和 typst 只排版现成的内容，不读取、不计分。" + (
        f"本机没有 {missing}，未测。" if missing else ""
    )
    return [
        Table(
            "同样的内容，其他程序",
            ("程序", "每份", "与本程序之比（目标：LibreOffice ≥ 3）"),
            tuple(rows),
            note,
        )
    ]


def _libreoffice(one: Work, xlsx: bytes, folder: Path, times: int, warm: float) -> list[tuple[str, str, str]]:
    """Start-up once, then many files in one call: what is left of a file is the time per report."""
    (folder / "文.html").write_text(one.html, "utf-8")
    _office(folder, "docx:MS Word 2007 XML", [folder / "文.html"], "--infilter=HTML (StarWriter)")
    sources = {"DOCX": (folder / "文.docx").read_bytes(), "XLSX": xlsx}
    rows = []
    for kind, data in sources.items():
        copies = [folder / f"{kind}{number}.{kind.lower()}" for number in range(times)]
        for copy in copies:
            copy.write_bytes(data)
        single = _office(folder, "pdf", copies[:1])
        many = _office(folder, "pdf", copies)
        each = many / times
        rows.append((f"LibreOffice {kind} → PDF，单独一份", f"{single:.2f} s", ratio(single, warm)))
        rows.append((f"LibreOffice {kind} → PDF，一次 {times} 份，每份", f"{each:.2f} s", ratio(each, warm)))
    return rows


def _office(folder: Path, form: str, files: Sequence[Path], *options: str) -> float:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ("soffice", profile, "--headless", *options, "--convert-to", form, "--outdir", folder, *files)
    return process(command, folder=folder).cpu


def _typst(document: Document, folder: Path, times: int, warm: float) -> tuple[str, str, str]:
    import typst

    from jxreport import resources

    (folder / "文.typ").write_text(_TYPST_HEAD + "\n".join(_markup(document)), "utf-8")
    fonts = resources.font_dir()
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        typst.compile(str(folder / "文.typ"), font_paths=[str(fonts)] if fonts else [])
        best = min(best, time.process_time() - start)
    return "typst（PyPI），热进程", f"{best:.2f} s", ratio(best, warm)


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
