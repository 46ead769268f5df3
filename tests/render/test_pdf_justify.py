"""Flush right edges of Chinese text."""

import io
from itertools import pairwise

import pdfplumber
import pytest

from jxreport import resources
from jxreport.render import fonts, justify

pytestmark = pytest.mark.skipif(resources.font_dir() is None, reason="no font pack: run make setup")
WIDTH = 20 * 15 + 6  # room for twenty characters and a bit


def rendered(text):
    fonts.prepare()
    assert justify.install()
    from weasyprint import HTML

    style = f'font: 15pt/20pt "JX Latin", "JX FangSong"; width: {WIDTH}pt; text-align: justify; margin: 0'
    html = f'<style>@page{{margin:0}}body{{margin:0}}</style><p lang="zh-CN" style=\'{style}\'>{text}</p>'
    data = HTML(string=html).write_pdf(font_config=fonts.configuration())
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        lines = {}
        for char in pdf.pages[0].chars:
            lines.setdefault(round(char["matrix"][5], 1), []).append(char)
        return [lines[y] for y in sorted(lines, reverse=True)], pdf.pages[0].extract_text()


def test_full_lines_end_at_the_edge_and_the_last_does_not():
    lines, text = rendered("绩" * 50)
    assert [len(line) for line in lines] == [20, 20, 10]
    assert [line[-1]["x1"] for line in lines[:2]] == pytest.approx([WIDTH, WIDTH], abs=0.2)
    assert lines[2][-1]["x1"] == pytest.approx(150, abs=0.2)
    assert text.replace("\n", "") == "绩" * 50


def test_mixed_lines_are_flush_too():
    lines, text = rendered("得分98.47分，" * 8)
    assert lines[0][-1]["x1"] == pytest.approx(WIDTH, abs=0.4)
    assert text.replace("\n", "") == "得分98.47分，" * 8


def test_a_line_that_would_be_torn_apart_stays_ragged():
    lines, _ = rendered("绩" * 12 + "a" * 30 + "绩" * 20)
    assert lines[0][-1]["x1"] < WIDTH - 50


def test_numbers_keep_their_own_spacing():
    """A line is spread between its Han characters; 2480.55 stays one word."""
    lines, _ = rendered("截至12月底，累计支付2480.55万元，实际累计进度98.47%，低于计划进度1.53个百分点，" * 4)
    digits = [
        round(after["x0"] - char["x1"], 1)
        for line in lines
        for char, after in pairwise(line)
        if char["text"].isdigit() and after["text"].isdigit()
    ]
    han = [
        round(after["x0"] - char["x1"], 1)
        for line in lines[:-1]
        for char, after in pairwise(line)
        if char["text"] >= "一" and after["text"] >= "一"
    ]
    assert len(digits) > 20
    assert max(digits) < 0.3
    assert max(han) > 0.3
