"""Make docs/images/sample.png: two pages of the sample report side by side, for the README.

Usage: python scripts/sample_picture.py REPORT.pdf [PAGE PAGE]. Needs pdftoppm (poppler).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

TARGET = Path(__file__).resolve().parents[1] / "docs" / "images" / "sample.png"
WIDTH = 560  # of one page, in pixels
MARGIN = 12
COLOURS = 32  # text and two hues: keeps the committed file small


def page_image(pdf: Path, page: int, folder: Path) -> Image.Image:
    """One page as a picture, WIDTH pixels wide."""
    stem = folder / str(page)
    command = ["pdftoppm", "-png", "-singlefile", "-f", str(page), "-l", str(page)]
    subprocess.run([*command, "-scale-to-x", str(WIDTH), "-scale-to-y", "-1", str(pdf), str(stem)], check=True)
    return Image.open(stem.with_suffix(".png")).convert("RGB")


def main(arguments: list[str]) -> None:
    pdf = Path(arguments[0])
    numbers = [int(number) for number in arguments[1:]] or [2, 7]
    with tempfile.TemporaryDirectory() as folder:
        pages = [page_image(pdf, number, Path(folder)) for number in numbers]
    height = max(page.height for page in pages)
    sheet = Image.new("RGB", (sum(p.width + MARGIN for p in pages) + MARGIN, height + 2 * MARGIN), "#d9dde3")
    left = MARGIN
    for page in pages:
        sheet.paste(page, (left, MARGIN))
        left += page.width + MARGIN
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(COLOURS).save(TARGET, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
