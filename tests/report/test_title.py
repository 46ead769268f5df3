"""Titles in lines: cut by meaning, of like length, never wider than the page."""

import pytest

from jxreport.report.text import ems
from jxreport.report.title import WIDEST, broken


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("青山县交通运输局", ("青山县交通运输局",)),
        ("2023年度部门整体支出和预算项目", ("2023年度部门整体支出和预算项目",)),
        (
            "青山县交通运输局（青山县公路事务中心、青山县道路运输管理所、青山县地方海事处合署办公）",
            ("青山县交通运输局", "（青山县公路事务中心、", "青山县道路运输管理所、", "青山县地方海事处合署办公）"),
        ),
        ("承德高新技术产业开发区管理委员会党政综合办公室", ("承德高新技术产业开发区管理委员会", "党政综合办公室")),
        ("无处可断" * 8, ("无处可断" * 8,)),
    ],
)
def test_lines_end_where_the_meaning_does(line, pieces):
    assert broken(line) == pieces
    assert "".join(pieces) == line


def test_no_line_is_wider_than_the_page_where_it_can_be_cut():
    name = "某市人民政府办公室、某市大数据发展管理局、某市政务服务中心、某市公共资源交易中心"
    assert all(ems(piece) <= WIDEST for piece in broken(name))
