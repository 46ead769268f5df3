"""A PDF is written once, and is what WeasyPrint would have written."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pydyf

from jxreport.render import fonts, lean
from jxreport.render.fetcher import AssetFetcher
from jxreport.render.writing import OPTIONS, pdf_bytes

PAGE = """<html lang="zh-CN"><head><title>自评报告</title></head><body><h1>一、基本情况</h1><p>甲乙丙</p>
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="5" height="5" opacity="0.5"/></svg></body></html>"""


def rendered():
    fonts.prepare()
    page = lean.page(PAGE, "", AssetFetcher())
    return page.render(font_config=fonts.configuration(), **OPTIONS)


def written(item: object) -> str:
    return re.sub(r'"/Length": \d+', "", re.sub(r"data=b.*?\.\.\.", "", repr(item)))


def objects(pdf: bytes) -> list[object]:
    """Every object, streams unpacked; without the file's identifier, which names the packed bytes."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        found = []
        for item in file.objects:
            if isinstance(item, pikepdf.Stream):
                if item.get("/Type") in ("/ObjStm", "/XRef"):
                    continue
                content = item.read_bytes()
                entries = {key: written(value) for key, value in item.items() if key not in ("/Length", "/ID")}
                found.append((entries, content))
            else:
                found.append(written(item))
        return found


def test_the_objects_are_those_weasyprint_writes():
    assert objects(pdf_bytes(rendered())) == objects(rendered().write_pdf(**OPTIONS))


def test_another_release_writes_as_it_always_does():
    assert pdf_bytes(rendered(), once=False) == rendered().write_pdf(**OPTIONS)


def test_two_at_once_leave_nothing_behind():
    before = pydyf.Stream.data
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(pdf_bytes, [rendered(), rendered()])
    assert first == second
    assert pydyf.Stream.data is before


def test_it_is_the_same_twice_and_has_an_identifier():
    first = pdf_bytes(rendered())
    assert pdf_bytes(rendered()) == first
    with pikepdf.open(io.BytesIO(first)) as file:
        assert len(bytes(file.trailer.ID[0])) == 32
        assert file.check_pdf_syntax() == []
