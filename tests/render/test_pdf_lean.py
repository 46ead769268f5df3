"""The shorter way through WeasyPrint's preparation gives the very same bytes, and is left where it would not."""

from __future__ import annotations

from dataclasses import replace

import pytest
import weasyprint

from jxreport.render import fonts, lean
from jxreport.render.fetcher import AssetFetcher
from jxreport.render.pdf import render_pdf
from jxreport.report import build_document
from tests.report import factory

PAGE = '<html lang="zh-CN"><body><p>甲</p>{}</body></html>'


def made(html: str, styles: str = "") -> weasyprint.HTML:
    fonts.prepare()
    return lean.page(html, styles, AssetFetcher())


def is_lean(page: weasyprint.HTML) -> bool:
    return page._ua_stylesheets() != weasyprint.HTML(string="x")._ua_stylesheets()


@pytest.fixture
def other_release(monkeypatch):
    monkeypatch.setattr(lean, "_known_release", lambda: False)


@pytest.fixture(scope="module")
def document():
    return build_document(replace(factory.result(factory.department(), factory.project()), findings=()), date="2021年3月5日")


def test_a_report_is_the_same_to_the_byte(document, monkeypatch):
    short, findings = render_pdf(document)
    monkeypatch.setattr(lean, "_known_release", lambda: False)
    assert render_pdf(document) == (short, findings)


def test_plain_pages_take_the_short_way():
    assert is_lean(made(PAGE.format("")))


def test_another_release_takes_weasyprints_own_way(other_release):
    assert type(made(PAGE.format(""))) is weasyprint.HTML


@pytest.mark.parametrize("body", ["<p>甲<br>乙</p>", "<p>甲&nbsp;乙</p>", "<table><tr><td>甲</td></tr></table>"])
def test_what_html_reads_otherwise_is_read_as_html(body):
    assert type(made(PAGE.format(body))) is weasyprint.HTML


@pytest.mark.parametrize(
    ("body", "styles"),
    [("<ul><li>甲</li></ul>", ""), ("", ".x { float: footnote }"), ("", "p { display: list-item }")],
)
def test_lists_and_footnotes_keep_their_marks(body, styles):
    assert not is_lean(made(PAGE.format(body), styles))

