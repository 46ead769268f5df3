"""Texts prepared for the page."""

from jxreport.render import text


def test_long_latin_runs_may_break():
    run = "a" * 61
    assert text.breakable(run).replace(text.ZERO_WIDTH_SPACE, "") == run
    assert text.ZERO_WIDTH_SPACE in text.breakable(run)
    assert text.breakable("a" * 60) == "a" * 60


def test_chinese_is_left_alone():
    assert text.breakable("绩" * 500) == "绩" * 500


def test_lines_may_break_outside_quotation_marks():
    opened = text.breakable("等级为“优”的“三公经费”控制率（“良”）").split(text.ZERO_WIDTH_SPACE)
    assert opened == ["等级为", "“优”", "的", "“三公经费”", "控制率（“良”）"]


def test_control_characters_go_line_breaks_stay():
    assert text.printable("甲\x07\n乙\x00") == "甲\n乙"


def test_what_needs_a_glyph():
    assert [text.needs_glyph(c) for c in "绩A𬭎\n\u200b\u00ad"] == [True, True, True, False, False, False]
