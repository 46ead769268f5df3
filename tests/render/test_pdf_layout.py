"""The finished pages against GB/T 9704-2012, measured where it is hardest: long names, long texts, tall rows."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pdfplumber
import pytest
from pdfplumber.page import Page

from jxreport import resources
from jxreport.profiles import load_profile
from jxreport.render.pdf import render_pdf
from jxreport.report import build_document
from jxreport.score import score_submission
from tests.gallery.units import long

MM = 72 / 25.4
BODY, PITCH = 15.79, 28.95
LEFT, RIGHT, TOP, FOOT = 28 * MM, 184 * MM, 37 * MM, 262 * MM
OPENING, CLOSING = "（〔【《〈「『“‘", "）〕】》〉」』”’，。、；：？！"

pytestmark = pytest.mark.skipif(resources.font_dir() is None, reason="no font pack: run make setup")


@dataclass(frozen=True)
class Line:
    """A line of the type area: its characters from left to right."""

    page: int
    text: str
    left: float
    right: float
    middle: float
    size: float
    face: str


@pytest.fixture(scope="module")
def pages() -> Iterator[list[Page]]:
    result = score_submission(long(), load_profile("hebei-2020"))
    data, findings = render_pdf(build_document(result, date="2024年3月5日"))
    assert [found.code for found in findings if found.is_error] == []
    with pdfplumber.open(io.BytesIO(data)) as opened:
        yield opened.pages


@pytest.fixture(scope="module")
def narrative(pages: list[Page]) -> list[Page]:
    """The upright pages from the heading to the signature."""
    end = next(n for n, page in enumerate(pages) if page.width > page.height)
    return pages[1:end]


def lines(page: Page, number: int) -> list[Line]:
    """The text lines of a page, tables included, page number and notice left out."""
    rows: dict[int, list[dict[str, object]]] = {}
    for char in page.chars:
        if TOP - 1 < (char["top"] + char["bottom"]) / 2 < FOOT + 1 and char["text"].strip():
            rows.setdefault(round((char["top"] + char["bottom"]) / 2), []).append(char)
    found = []
    for middle, chars in sorted(rows.items()):
        chars.sort(key=lambda c: float(str(c["x0"])))
        found.append(
            Line(
                page=number,
                text="".join(str(c["text"]) for c in chars),
                left=float(str(chars[0]["x0"])),
                right=float(str(chars[-1]["x1"])),
                middle=middle,
                size=max(float(str(c["size"])) for c in chars),
                face=str(chars[-1]["fontname"]).split("+")[-1],
            )
        )
    return found


def body(page: Page, number: int) -> list[Line]:
    """The lines in the size of the text."""
    return [line for line in lines(page, number) if line.size == pytest.approx(BODY, abs=0.05)]


def everything(narrative: list[Page]) -> list[Line]:
    return [line for n, page in enumerate(narrative) for line in body(page, n)]


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(narrative: list[Page]) -> None:
    found = everything(narrative)
    assert len(found) > 120
    assert [line.text for line in found if line.text[0] in CLOSING or line.text[-1] in OPENING] == []


def test_the_text_stays_inside_the_type_area(pages: list[Page]) -> None:
    for number, page in enumerate(pages):
        turned = (35 * MM, page.width - 37 * MM, 28 * MM, page.height - 26 * MM)
        area = turned if page.width > page.height else (LEFT, RIGHT, TOP, FOOT)
        for char in page.chars:
            middle = (char["top"] + char["bottom"]) / 2
            is_number = not char["upright"] or middle > area[3] or middle < area[2]
            if not is_number:
                assert char["x0"] > area[0] - 1, (number, char["text"])
                assert char["x1"] < area[1] + 1, (number, char["text"])


def test_the_title_is_two_sizes_larger_centred_and_broken_by_meaning(narrative: list[Page]) -> None:
    title = [line for line in lines(narrative[0], 1) if line.size == pytest.approx(22, abs=0.05)]
    assert [line.text for line in title][:2] == ["青山县交通运输局", "（青山县公路事务中心、"]
    assert {line.face for line in title} == {"JX-XiaoBiaoSong"}
    for line in title:
        assert (line.left + line.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=7)


def test_paragraphs_begin_two_characters_in(narrative: list[Page]) -> None:
    starts = {round((line.left - LEFT) / BODY, 1) for line in everything(narrative)[:-8]}
    assert {0.0, 2.0} <= starts
    assert all(abs(start - round(start)) < 0.35 for start in starts)


def test_no_page_ends_with_a_heading_or_the_title_of_a_table(pages: list[Page]) -> None:
    heading = re.compile(r"([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.)[^。；]{0,80}$")
    for number, page in enumerate(pages[1:], 1):
        shown = lines(page, number)
        last = shown[-1]
        is_text = last.size == pytest.approx(BODY, abs=0.05)
        assert not (is_text and last.face in ("JX-HeiTi", "JX-KaiTi") and heading.match(last.text)), last.text
        assert last.size != pytest.approx(12, abs=0.05), last.text
        assert len(shown) > 2, number


def test_a_repeated_head_has_rows_below_it(pages: list[Page]) -> None:
    for number, page in enumerate(pages[1:], 1):
        shown = lines(page, number)
        for at, line in enumerate(shown):
            if line.text.startswith(("序号", "一级指标")):
                assert at + 1 < len(shown), number


def test_pages_of_text_are_full_but_for_what_cannot_be_broken(narrative: list[Page]) -> None:
    """At most the height of a chart is left blank; the last two pages are those of the ending."""
    for number, page in enumerate(narrative[:-2]):
        lowest = max(
            [line.middle for line in lines(page, number)] + [float(rule["bottom"]) for rule in page.lines + page.rects]
        )
        assert (FOOT - lowest) / PITCH < 7, number


def test_annexes_are_listed_hanging_and_the_signature_leaves_room_for_the_seal(narrative: list[Page]) -> None:
    last = body(narrative[-1], len(narrative))
    start = next(n for n, line in enumerate(last) if line.text.startswith("附件："))
    assert last[start].left == pytest.approx(LEFT + 2 * BODY, abs=1)
    listed = [line for line in last[start:] if re.match(r"(附件：)?\d\.", line.text)]
    names = [re.sub(r"^(附件：)?\d\.", "", line.text) for line in listed]
    assert all(name and name[-1] not in "。；，" for name in names)
    assert last[start].middle - last[start - 1].middle == pytest.approx(2 * PITCH, abs=2)  # one blank line
    date = last[-1]
    assert date.text == "2024年3月5日"
    signature = [line for line in last if line.middle > listed[-1].middle and line is not date]
    assert signature[0].middle - listed[-1].middle == pytest.approx(3 * PITCH, abs=2)  # two blank lines: the seal
    assert date.middle - signature[-1].middle == pytest.approx(PITCH, abs=2)
    assert start >= 2  # some of the text stands on the page of the seal


def test_an_annex_has_its_number_at_the_top_and_its_title_on_the_third_line(pages: list[Page]) -> None:
    seen = 0
    for number, page in enumerate(pages):
        top, left = (28 * MM, 35 * MM) if page.width > page.height else (TOP, LEFT)
        shown = [c for c in page.chars if top - 1 < (c["top"] + c["bottom"]) / 2 and c["upright"]]
        first = [c for c in shown if (c["top"] + c["bottom"]) / 2 < top + PITCH]
        if not "".join(c["text"] for c in first).startswith("附件"):
            continue
        seen += 1
        assert first[0]["x0"] == pytest.approx(left, abs=1)
        assert first[0]["fontname"].endswith("JX-HeiTi")
        title = next(c for c in shown if c["size"] > 17)
        middle = (title["top"] + title["bottom"]) / 2 - top
        assert middle == pytest.approx(2.5 * PITCH, abs=4), number
    assert seen == 4
