"""House rules of the templates: fixed tables with columns, quoted attributes, no way around escaping."""

import re

import pytest

from jxreport import resources

TEMPLATES = sorted(resources.find("report").glob("*.j2"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_table_has_its_columns(path):
    text = path.read_text("utf-8")
    for table in re.findall(r"<table\b.*?</table>", text, re.S):
        assert "<colgroup>" in table or "columns(" in table


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_text_goes_unescaped(path):
    text = path.read_text("utf-8")
    assert "|safe" not in text.replace(" ", "")
    assert "href" not in text
    assert not re.search(r"=\{\{", text), "attributes are quoted"


def test_tables_are_laid_out_fixed():
    css = "".join(p.read_text("utf-8") for p in resources.find("report/css").glob("*.css"))
    assert css.count("table-layout: fixed") >= 3
    assert "flex" not in css
    assert "url(" not in css
