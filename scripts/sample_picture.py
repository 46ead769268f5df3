"""Make the pictures of the sample report in docs/images: single pages, and two pages side by side for the README.

Usage: python scripts/sample_picture.py REPORT.pdf. Needs pdftoppm (poppler). Pages are found by what they say, so
that they stay the same when the report grows by a page.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pdfplumber
from PIL import Image

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
WIDTH = 560  # of an upright page, in pixels; a turned one is as much wider as the paper is
MARGIN = 12
COLOURS = 48  # text and a few hues: keeps the committed files small
# picture → words that stand together on its page
PAGES = {
    "report-text": ("现将自评情况报告如下", "一、基本情况"),
    "report-chart": ("计划与实际对比见下图", "商务接待专项经费支出进度"),
    "report-form": ("四、年度绩效指标完成情况", "自评总分（等级：良）"),
}
PAIR = ("report-text", "report-chart")


def numbers(pdf: Path) -> dict[str, int]:
    """The page of each picture, counted from 1."""
    with pdfplumber.open(pdf) as opened:
        texts = ["".join((page.extract_text() or "").split()) for page in opened.pages]
    found = {}
    for name, words in PAGES.items():
        found[name] = next(place for place, text in enumerate(texts, 1) if all(word in text for word in words))
    return found


def page_image(pdf: Path, page: int, folder: Path) -> Image.Image:
    """One page as a picture of WIDTH pixels on its shorter side."""
    stem = folder / str(page)
    command = ["pdftoppm", "-png", "-singlefile", "-f", str(page), "-l", str(page)]
    resolution = str(round(WIDTH / 210 * 25.4, 2))
    subprocess.run([*command, "-r", resolution, str(pdf), str(stem)], check=True)
    return Image.open(stem.with_suffix(".png")).convert("RGB")


def framed(pages: list[Image.Image]) -> Image.Image:
    """Pages side by side on a grey ground."""
    height = max(page.height for page in pages)
    sheet = Image.new("RGB", (sum(p.width + MARGIN for p in pages) + MARGIN, height + 2 * MARGIN), "#d9dde3")
    left = MARGIN
    for page in pages:
        sheet.paste(page, (left, MARGIN))
        left += page.width + MARGIN
    return sheet


def save(image: Image.Image, name: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(FOLDER / f"{name}.png", optimize=True)


def main(arguments: list[str]) -> None:
    pdf = Path(arguments[0])
    with tempfile.TemporaryDirectory() as folder:
        pages = {name: page_image(pdf, number, Path(folder)) for name, number in numbers(pdf).items()}
    for name, page in pages.items():
        save(framed([page]), name)
    save(framed([pages[name] for name in PAIR]), "sample")


if __name__ == "__main__":
    main(sys.argv[1:])
