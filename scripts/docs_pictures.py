"""Make the pictures of docs/快速上手.md from real runs on the sample: terminal, form to fill, returned workbook.

Usage: python scripts/docs_pictures.py. Needs LibreOffice and poppler (make test-system).
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
from PIL import Image, ImageChops

from jxreport.render import fonts

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
SAMPLES = ROOT / "sample_workbooks"
ACTUALS = "承德高新区党政办公室_2020年_完成情况.xlsx"
WIDTH = 1000
COLOURS = 128
ANSI = {"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "36": "#79c0ff", "1": "#ffffff"}
PAGE = """<html><style>
@page {{ size: 250mm {height}mm; margin: 0 }}
body {{ margin: 0; padding: 5mm 6mm; background: #1b1f24; color: #d0d7de; font: 10pt/16pt "JX HeiTi", monospace; white-space: pre-wrap }}
b {{ font-weight: normal }}
</style><body>{text}</body></html>"""


def spoilt(folder: Path) -> Path:
    """The sample with three mistakes that people make."""
    for name in ("jxreport.toml", ACTUALS, ACTUALS.replace("完成情况", "绩效目标")):
        shutil.copy(SAMPLES / name, folder)
    book = openpyxl.load_workbook(folder / ACTUALS)
    department, project = book["部门整体支出自评"], book["商务接待专项经费"]
    department["H9"], project["H17"], project["K19"] = "三千一百三十四", None, 10
    book.save(folder / ACTUALS)
    return folder


def coloured(text: str) -> str:
    """Terminal output with its colours as HTML."""
    text = html.escape(text)
    text = re.sub(r"\x1b\[(\d+)m(.*?)\x1b\[0m", lambda m: f'<b style="color: {ANSI[m[1]]}">{m[2]}</b>', text)
    return re.sub(r"\x1b\[\d+m", "", text)


def terminal(command: str, lines: list[str]) -> bytes:
    fonts.prepare()
    import weasyprint

    text = coloured("\n".join(lines))
    page = PAGE.format(height=round((len(lines) + 1) * 5.65 + 11), text=f"$ {html.escape(command)}\n{text}")
    return bytes(weasyprint.HTML(string=page).write_pdf())


def on_a_terminal(folder: Path, *arguments: str) -> list[str]:
    """What a command shows on a terminal; `script` gives it one."""
    call = " ".join(f"'{word}'" for word in (str(Path(sys.executable).with_name("jxreport")), *arguments))
    shown = subprocess.run(
        ["script", "-qec", call, "/dev/null"], cwd=folder, capture_output=True, check=False, env={**os.environ, "TERM": "xterm"}
    )
    text = re.sub(r"\x1b\[[0-9;?]*[A-HJKhl]|\r", "", shown.stdout.decode("utf-8"))
    return [line for line in text.split("\n") if line.strip() and "━" not in line]


def picture(pdf: Path, page: int, name: str, share: float = 1.0) -> None:
    """A page, cut to what is printed on it and to the upper `share` of that."""
    stem = pdf.with_name(name)
    command = ["pdftoppm", "-png", "-singlefile", "-f", str(page), "-l", str(page), "-r", "160", str(pdf), str(stem)]
    subprocess.run(command, check=True)
    image = Image.open(f"{stem}.png").convert("RGB")
    box = ImageChops.difference(image, Image.new("RGB", image.size, image.getpixel((2, 2)))).getbbox()
    if box and name != "terminal":
        left, top, right, bottom = box
        image = image.crop((max(0, left - 8), max(0, top - 8), right + 8, top + round((bottom - top) * share) + 8))
    image = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)
    image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE).save(IMAGES / f"{name}.png", optimize=True)


def printed(workbook: Path, folder: Path) -> Path:
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(workbook)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / f"{workbook.stem}.pdf"


def page_with(pdf: Path, words: str) -> int:
    import pypdf

    return 1 + next(n for n, page in enumerate(pypdf.PdfReader(pdf).pages) if words in page.extract_text())


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "待填报").mkdir()
        spoilt(folder / "待填报")
        shown = on_a_terminal(folder, "report", "待填报", "-o", "output")
        last = next(n for n, line in enumerate(shown) if "还不能得出总分" in line)
        (folder / "t.pdf").write_bytes(terminal("jxreport report 待填报 -o output", ["……", *shown[last - 3 :]]))
        picture(folder / "t.pdf", 1, "terminal")
        filled = printed(SAMPLES / ACTUALS, folder)
        picture(filled, page_with(filled, "商务接待支出管理规范性"), "fill", 0.8)
        (returned,) = (folder / "output").rglob("退回修改_*.xlsx")
        marked = printed(returned, folder)
        picture(marked, page_with(marked, "商务接待支出管理规范性"), "returned", 0.75)


if __name__ == "__main__":
    main()
