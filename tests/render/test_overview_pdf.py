"""汇总.pdf: at most two pages, every glyph there, nothing WeasyPrint warns of."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdf
import pytest

from jxreport.finding import codes
from jxreport.render.overview_pdf import render_overview_pdf
from jxreport.report.overview import build_editions, build_overview
from tests.bureau import bureau

LONG = "示例省示例自治州示例市经济技术开发区第{}综合行政执法局（市场监督管理局）"


def printed(result: dict[str, Any], **options: Any) -> tuple[pypdf.PdfReader, bytes]:
    overview = build_overview(result, grades=("优", "良", "中", "差"), date="2021年1月15日", **options)
    data, findings = render_overview_pdf(build_editions(overview))
    assert codes(findings) == []
    return pypdf.PdfReader(BytesIO(data)), data


def text_of(reader: pypdf.PdfReader) -> str:
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "")


def test_twelve_units_fit_with_all_that_must_be_known(weasyprint_log: list[str]) -> None:
    reader, data = printed(bureau(12), changes=())
    text = text_of(reader)
    assert len(reader.pages) <= 2
    for part in (
        "2020年度绩效自评汇总",
        "截至：12月底",
        "一、总体情况",
        "部门整体评价排名",
        "四、支出进度",
        "七、与上次汇总相比",
    ):
        assert part in text
    assert weasyprint_log == []
    assert printed(bureau(12), changes=())[1] == data


def test_hundreds_of_units_with_long_names_still_take_two_pages() -> None:
    result = bureau(300, bad=20)
    for number, unit in enumerate(result["units"]):
        if unit["unit"]:
            unit["unit"] = LONG.format(number)
            for finding in unit["findings"]:
                finding["text"] *= 5
    reader, _ = printed(result)
    assert len(reader.pages) == 2
    assert "六、常见问题" in text_of(reader)


def test_html_in_names_is_text() -> None:
    result = bureau(3, bad=0)
    result["units"][1]["unit"] = "<img src='file:///etc/passwd'>局"
    reader, _ = printed(result)
    assert "<imgsrc='file:///etc/passwd'>局" in text_of(reader).replace(" ", "").replace("\u200b", "")


def test_a_character_without_a_glyph_is_a_finding() -> None:
    result = bureau(2, bad=0)
    result["units"][0]["unit"] = "某\ue5e5局"
    _, findings = render_overview_pdf(build_editions(build_overview(result)))
    assert "JX702" in [finding.code for finding in findings]


@pytest.mark.parametrize(("units", "pages"), [(0, 1), (1, 2)])
def test_little_is_printed_as_well(units: int, pages: int) -> None:
    reader, _ = printed(bureau(units, bad=1))
    assert len(reader.pages) == pages
