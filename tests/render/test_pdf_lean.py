"""The shorter way through WeasyPrint's preparation gives the very same bytes, and is left where it would not."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

import pytest
import weasyprint

from jxreport.render import fonts, justify, lean
from jxreport.render.fetcher import AssetFetcher
from jxreport.render.lean import hooks, lines
from jxreport.render.listening import listening
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
    monkeypatch.setattr(hooks, "known_release", lambda: False)


@pytest.fixture(scope="module")
def document():
    return build_document(replace(factory.result(factory.department(), factory.project()), findings=()), date="2021年3月5日")


def test_a_report_is_the_same_to_the_byte(document, monkeypatch):
    short, findings = render_pdf(document)
    monkeypatch.setattr(hooks, "known_release", lambda: False)
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



# -- functions replaced while a page is set --


def test_every_function_to_be_replaced_is_there():
    fonts.prepare()
    replaced = {name for _, name, _, _ in hooks._replacements()}
    assert replaced == {hook.path.rpartition(".")[2] for hook in hooks.HOOKS}


def test_the_functions_are_put_back():
    fonts.prepare()
    before = [vars(owner)[name] for owner, name, _, _ in hooks._replacements()]

    def set_pages() -> None:
        with lean.installed():
            assert all(vars(owner)[name] is own for owner, name, _, own in hooks._replacements())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        set_pages()
    assert [vars(owner)[name] for owner, name, _, _ in hooks._replacements()] == before


@pytest.mark.parametrize("hook", hooks.HOOKS, ids=lambda hook: hook.path)
def test_each_alone_gives_the_same_bytes(hook, document, monkeypatch):
    whole, _ = render_pdf(document)
    name = hook.path.rpartition(".")[2]
    only = tuple(found for found in hooks._replacements() if found[1] == name)
    monkeypatch.setattr(hooks, "_replacements", lambda: only)
    assert render_pdf(document)[0] == whole


def test_what_was_printed_before_changes_no_byte(document):
    """Lines are kept from report to report: a report is the same first, after itself and after another."""
    lines.kept.clear()
    first, _ = render_pdf(document)
    assert render_pdf(document)[0] == first
    other = build_document(factory.result(factory.project()), date="2021年3月5日")
    lines.kept.clear()
    render_pdf(other)
    assert render_pdf(document)[0] == first


# one word in one cell, in pages that differ by what surrounds it
STYLED = """<html lang="zh-CN"><head><style>
body {{ font: 15pt/20pt "JX Latin", "JX SongTi"; margin: 0 }}
table {{ table-layout: fixed; width: 200pt; border-collapse: collapse }} td {{ border: 1pt solid; {td} }}
</style></head><body style="{body}"><table><tbody><tr><td>{text}</td><td>{text}</td></tr></tbody></table></body></html>"""
LONG = "按照预算绩效管理的要求开展年度自评工作"


@pytest.mark.parametrize(
    ("td", "body", "text"),
    [
        ("", "", LONG),
        ("text-align: right", "", LONG),
        ("text-align: justify", "", LONG),
        ("padding: 3pt", "", LONG),
        ("font-size: 9pt", "", LONG),
        ("text-indent: 2em", "", LONG),
        ("letter-spacing: 2pt", "", LONG),
        ("text-decoration: underline", "", LONG),
        ("white-space: pre-line", "", "甲\n\n乙 丙"),
        ("white-space: nowrap", "", "甲 乙"),
        ("overflow-wrap: anywhere", "", "https://example.org/a/very/long/address"),
        ("", "font-weight: bold", LONG),
        ("", "line-height: 40pt", LONG),
        ("", "direction: rtl", LONG),
        ("", "font-family: 'JX KaiTi'", LONG),
        ("width: 30%", "", LONG),
        ("", "", "甲"),
        ("", "", " "),
    ],
)
def test_kept_lines_are_those_of_this_style_and_width(td, body, text, monkeypatch):
    """Each page after all the others in one process, against WeasyPrint without any of it."""
    justify.install()
    page = STYLED.format(td=td, body=body, text=text)

    def pixels() -> bytes:
        with lean.installed():
            rendered = weasyprint.HTML(string=page, url_fetcher=AssetFetcher()).render(font_config=fonts.configuration())
            return rendered.write_pdf(uncompressed_pdf=True)

    short = pixels()
    monkeypatch.setattr(hooks, "known_release", lambda: False)
    assert pixels() == short


def test_links_and_names_are_not_kept_with_the_lines():
    """Two cells of the same words: the mark that says where a table row came to stand is its own."""
    html = PAGE.format('<p id="a">甲乙</p><p id="b">甲乙</p>')
    with lean.installed():
        rendered = made(html).render(font_config=fonts.configuration())
    assert set(rendered.pages[0].anchors) == {"a", "b"}


def test_few_lines_are_kept():
    line = lines.Line(((), ()), ((), ()), None)
    kept = lines.Kept(most=10)
    for number in range(8):
        kept.put(number, (line,))
    assert kept.get(7) == (line,)
    assert kept.get(0) is None


def printed(page: str, *, short: bool = True) -> tuple[bytes, list[str]]:
    """The page's bytes, and what WeasyPrint said of it."""
    justify.install()
    with listening() as heard, lean.installed() if short else nullcontext():
        rendered = weasyprint.HTML(string=page, url_fetcher=AssetFetcher()).render(font_config=fonts.configuration())
        return rendered.write_pdf(uncompressed_pdf=True), heard


SIZED = """<html lang="zh-CN"><head><style>@page {{ size: {size}; margin: 10pt }}
body {{ margin: 0; font: 12pt "JX SongTi" }} p {{ width: 150pt; margin: 0; {own} }} {more}</style></head><body>{body}</body></html>"""


def sized(size: str = "200pt 300pt", own: str = "", more: str = "", body: str = f"<p>{LONG}</p>") -> str:
    return SIZED.format(size=size, own=own, more=more, body=body)


@pytest.mark.parametrize("own", ["font-size: 8vw", "letter-spacing: 1vw", "line-height: 10vh", "font-size: calc(2vw + 3pt)"])
def test_parts_of_the_page_are_those_of_this_page(own):
    for size in ("200pt 300pt", "400pt 500pt"):
        page = sized(size, own)
        assert printed(page) == printed(page, short=False)


@pytest.mark.parametrize("other", ["font-size: 50pt", "text-align: right", "font-family: 'JX HeiTi'"])
def test_a_first_letter_is_that_of_its_own_paragraph(other):
    letter = "float: left; width: 60pt; font-size: 30pt"
    more = f".a::first-letter {{ {letter} }} .b::first-letter {{ {letter}; {other} }}"
    page = sized(more=more, body=f'<p class="a">{LONG}</p><p class="b">{LONG}</p>')
    assert printed(page) == printed(page, short=False)


@pytest.mark.parametrize("own", ["text-indent: calc(1em * 1em)", "text-underline-offset: var(--none)"])
def test_what_is_wrong_is_said_of_every_page_and_of_nothing_else(own):
    page = sized(own=own)
    said = printed(page, short=False)[1]
    assert [printed(page)[1] for _ in range(3)] == [said] * 3


def test_other_releases_go_weasyprints_way(monkeypatch):
    for name in hooks.TESTED:
        with monkeypatch.context() as patched:
            hooks.known_release.cache_clear()
            patched.setitem(hooks.TESTED, name, "0")
            assert not hooks.known_release()
    hooks.known_release.cache_clear()
    assert hooks.known_release()


def test_pages_that_count_are_styled_one_by_one():
    """A page style for every second page must not be that of the page before."""
    styles = "@page { size: 100pt 100pt; margin: 10pt } @page :nth(2n) { margin: 30pt } p { break-after: page }"
    html = PAGE.format("<p>一</p><p>二</p><p>三</p><p>四</p>")
    sheet = weasyprint.CSS(string=styles)
    with lean.installed():
        rendered = made(html, styles).render(font_config=fonts.configuration(), stylesheets=[sheet])
    assert [round(page._page_box.margin_left * 0.75) for page in rendered.pages[:4]] == [10, 30, 10, 30]
