"""Row heights that show all text."""

from __future__ import annotations

import pytest

from jxreport.forms.measure import MAX_HEIGHT, half_widths, height, lines


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc1", 4), ("预算", 4), ("“三公”", 8), ("ａ", 2)])
def test_half_widths(text: str, width: int) -> None:
    assert half_widths(text) == width


def test_lines_wrap_and_keep_breaks() -> None:
    assert lines("预算", 10, 20) == 1
    assert lines("预算" * 20, 10, 20) > lines("预算" * 10, 10, 20) > 1
    assert lines("一\n二\n\n三", 10, 20) == 4


def test_height_grows_to_what_a_workbook_allows() -> None:
    assert height("预算", 10, 20) < height("预算" * 30, 10, 20) < MAX_HEIGHT
    assert height("预算" * 3000, 10, 20) == MAX_HEIGHT
