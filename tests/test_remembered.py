"""Short texts are asked once, long ones every time; the answers are those of the function."""

from __future__ import annotations

from jxreport.remembered import remembered


def test_short_texts_are_asked_once_and_long_ones_every_time():
    asked = []

    @remembered(longest=2, most=8)
    def measure(text: str, scale: int = 1) -> int:
        asked.append(text)
        return len(text) * scale

    assert [measure("单位"), measure("单位"), measure("单位", 3), measure("单位", scale=3)] == [2, 2, 6, 6]
    assert [measure("绩效自评"), measure("绩效自评")] == [4, 4]
    assert asked == ["单位", "单位", "单位", "绩效自评", "绩效自评"]


def test_only_the_last_answers_are_kept():
    asked = []

    @remembered(longest=9, most=2)
    def measure(text: str) -> int:
        asked.append(text)
        return len(text)

    for text in ("甲", "乙", "丙", "甲"):
        measure(text)
    assert asked == ["甲", "乙", "丙", "甲"]
