"""Font files are looked at, not copied into memory, and the PDF is the same to the byte."""

from __future__ import annotations

import gc
import io

import pypdf
import pytest

from jxreport import resources
from jxreport.render import fonts, lean, writing
from jxreport.render.fetcher import AssetFetcher

pytestmark = pytest.mark.skipif(resources.font_dir() is None, reason="no font pack: run make setup")
PAGE = """<html lang="zh-CN"><head><title>自评报告</title></head><body>
<p style="font: 16pt JX FangSong, JX Fallback">预算绩效自评报告（2021）堃</p></body></html>"""


@pytest.fixture
def contents(monkeypatch):
    """The content of every font as it was loaded."""
    from weasyprint.pdf.fonts import Font

    loaded = []
    load = Font.__init__

    def noted(font, pango_font, description, font_size):
        load(font, pango_font, description, font_size)
        loaded.append(font.file_content)

    monkeypatch.setattr(Font, "__init__", noted)
    return loaded


def plain_pdf() -> bytes:
    fonts.prepare()
    page = lean.page(PAGE, "", AssetFetcher())
    return writing.pdf_bytes(page.render(font_config=fonts.configuration(), **writing.OPTIONS))


def lean_pdf() -> bytes:
    with lean.installed():
        return plain_pdf()


def test_files_are_looked_at_and_the_bytes_are_the_same(contents):
    copied = plain_pdf()
    assert contents
    assert all(isinstance(content, bytes) for content in contents)
    files = list(contents)
    contents.clear()
    assert lean_pdf() == copied
    assert not any(isinstance(content, bytes) for content in contents)
    gc.collect()  # the views outlive the faces they were taken from
    assert [bytes(content) for content in contents] == files


def test_without_harfbuzz_the_view_serves_as_well(monkeypatch):
    from weasyprint.pdf import fonts as pdf_fonts

    monkeypatch.setattr(pdf_fonts, "harfbuzz_subset", None)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # fontTools writes the time into the font
    copied = plain_pdf()
    assert lean_pdf() == copied
    assert "预算绩效" in pypdf.PdfReader(io.BytesIO(copied)).pages[0].extract_text()


def test_other_data_of_fonts_is_read_as_ever():
    from weasyprint.pdf import fonts as pdf_fonts
    from weasyprint.text.fonts import get_hb_object_data

    lean_pdf()
    assert pdf_fonts.get_hb_object_data is get_hb_object_data
