"""A bureau's own outline takes the place of the shipped one, and mistakes in it are named."""

import pytest

from jxreport.finding import JxError
from jxreport.outline_files import load_outline
from jxreport.report import build_document
from tests.report import factory
from tests.report.helpers import headings

OWN = """
title = ["{unit}", "{year}年度自评情况"]
opening = "现将{scope}自评情况报告如下。"
annexes = ["department_forms", "findings"]

[[sections]]
heading = "自评得分情况"
parts = ["conclusion"]

[[sections]]
heading = "基本概况"
[[sections.sections]]
heading = "预算情况"
parts = ["budget", "execution"]
"""


def written(tmp_path, text):
    folder = tmp_path / "outlines"
    folder.mkdir()
    (folder / "hebei.toml").write_text(text, "utf-8")
    return tmp_path


def test_an_own_outline_orders_the_report(tmp_path):
    outline = load_outline("hebei", written(tmp_path, OWN))
    document = build_document(factory.result(factory.department()), outline=outline)
    assert headings(document) == ["一、自评得分情况", "二、基本概况", "（一）预算情况"]
    assert document.title == "承德高新区党政办公室2020年度自评情况"
    assert document.intro[0].text == "现将部门整体支出自评情况报告如下。"
    assert [annex.title for annex in document.annexes] == ["部门整体支出绩效自评表", "问题清单"]


def test_no_file_no_outline(tmp_path):
    assert load_outline("hebei", tmp_path) is None
    assert load_outline("hebei", None) is None


@pytest.mark.parametrize(
    ("old", "new", "place", "why"),
    [
        ('parts = ["conclusion"]', 'parts = ["score"]', "自评得分情况", "score"),
        ('annexes = ["department_forms"', 'annexes = ["forms"', "annexes", "forms"),
        ("{scope}", "{scope.__class__}", "opening", "占位词"),
        ("{scope}", "{scope", "opening", "花括号"),
        ('heading = "基本概况"', "", "sections", "heading"),
        ('title = ["{unit}", "{year}年度自评情况"]', "", "title、sections", "缺少标题"),
        ("opening =", "openning =", "全文", "openning"),
        ("opening =", "cover = 1\nopening =", "全文", "cover"),
        ("opening =", "opening", "全文", "TOML"),
    ],
)
def test_mistakes_are_named(tmp_path, old, new, place, why):
    assert old in OWN
    with pytest.raises(JxError) as caught:
        load_outline("hebei", written(tmp_path, OWN.replace(old, new)))
    found = caught.value.finding
    assert (found.code, found.source.file, found.fact("place")) == ("JX708", "hebei.toml", place)
    assert why in found.fact("why")
