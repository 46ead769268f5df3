"""One font, size, colour, rule, word or template can be changed without copying the rest."""

import io
import re
from dataclasses import replace

import pypdf
import pytest

from jxreport import resources
from jxreport.finding import JxError
from jxreport.model.document import Paragraph
from jxreport.render.look import style_texts, tokens
from jxreport.render.pdf import render_pdf
from jxreport.render.xlsx import render_xlsx
from jxreport.report import build_document
from tests.report import factory


@pytest.fixture(scope="module")
def page():
    """A document of one paragraph."""
    base = build_document(replace(factory.result(factory.project(), sample=False), findings=()))
    return replace(
        base, cover=(), intro=(Paragraph(text="绩效"),), sections=(), annexes=(), title_lines=("报告",)
    )


def own(tmp_path, name, text):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return tmp_path


def fonts(pdf):
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    return {font.get_object()["/BaseFont"].partition("+")[2] for font in page["/Resources"]["/Font"].values()}


def test_every_token_is_used():
    used = "".join(
        path.read_text("utf-8")
        for path in resources.find("report").rglob("*")
        if path.suffix in (".css", ".j2")
    )
    for name in tokens(None):
        assert f"var(--{name})" in used or f"look['{name}']" in used, name


def test_styles_use_no_token_that_is_not_there():
    css = "".join(path.read_text("utf-8") for path in resources.find("report/css").glob("*.css"))
    assert set(re.findall(r"var\(--([a-z-]+)\)", css)) <= set(tokens(None))


def test_one_token(tmp_path, page):
    templates = own(tmp_path, "report/tokens.toml", "[fonts]\nbody = '\"JX KaiTi\", serif'\n")
    before, _ = render_pdf(page)
    after, findings = render_pdf(page, templates=templates)
    assert findings == ()
    assert "JX-FangSong" in fonts(before)
    assert "JX-FangSong" not in fonts(after)
    assert {**tokens(None), "font-body": '"JX KaiTi", serif'} == tokens(templates)


def test_one_rule(tmp_path, page):
    templates = own(tmp_path, "report/css/local.css", "h1 { color: #123456; }")
    after, findings = render_pdf(page, templates=templates)
    assert findings == ()
    stream = pypdf.PdfReader(io.BytesIO(after)).pages[0].get_contents().get_data()
    assert b"0.070588 0.203922 0.337255" in stream


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[fonts]\nbodi = "宋体"', "fonts.bodi：没有这一项。是不是“body”？"),
        ('[font]\nbody = "宋体"', "font：没有这一节。是不是“fonts”？"),
        ('[sizes]\nbody = "大"', "sizes.body：值“大”不能用，应当是带单位的数"),
        ("[sizes]\nbody = 16", "sizes.body：值“16”不能用"),
        ('[colours]\ntext = "url(http://x)"', "colours.text"),
        ('[fonts]\nbody = "x; } body { background: url(file:///etc/passwd)"', "fonts.body"),
        ("[fonts", "全文：不是有效的TOML文件"),
    ],
)
def test_mistakes_are_named(tmp_path, text, said):
    with pytest.raises(JxError) as problem:
        tokens(own(tmp_path, "report/tokens.toml", text))
    finding = problem.value.finding
    assert finding.code == "JX709"
    assert f"{finding.fact('place')}：{finding.fact('why')}".startswith(said)


def test_tokens_stand_in_the_styles_as_values():
    """A property that every element would work out anew is none; what a sheet sets itself stays one."""
    sheet = "td { font: var(--size-table)/var(--size-table-line) var( --font-table ) }"
    values = tokens(None)
    root, filled = style_texts([sheet], None)
    assert filled == (
        f"td {{ font: {values['size-table']}/{values['size-table-line']} {values['font-table']} }}"
    )
    assert "--size-table: 10.5pt" in root
    _, first, _ = style_texts([sheet, ":root { --size-table: 12pt }"], None)
    assert first.startswith("td { font: var(--size-table)/14.5pt ")


def test_one_label():
    """The program's words are replaced where they stand as a whole; the unit's words and the numbers stay."""
    result = factory.result(factory.project())
    changed = replace(
        result, profile=replace(result.profile, labels=(("预算项目绩效自评表", "项目绩效自评表（某省）"),))
    )
    before, after = build_document(result), build_document(changed)
    titles = [annex.title for annex in before.annexes]
    assert "预算项目绩效自评表" in titles
    assert [annex.title for annex in after.annexes] == [
        "项目绩效自评表（某省）" if title == "预算项目绩效自评表" else title for title in titles
    ]
    _, findings = render_xlsx(after)
    assert findings == render_xlsx(before)[1]


def test_a_level_in_the_body_of_a_form_keeps_the_units_word():
    result = factory.result(factory.project())
    levels = {item.indicator.level1 for item in result.evaluations[0].indicators}
    changed = replace(
        result, profile=replace(result.profile, labels=tuple((level, "另一个词") for level in levels))
    )
    assert "另一个词" not in repr(build_document(changed).annexes[0])
