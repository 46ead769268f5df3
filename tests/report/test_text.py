"""Numbers and lists as prose prints them."""

from decimal import Decimal

import pytest

from jxreport.report import text
from jxreport.report.items import unit_words

D = Decimal


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        (["甲"], "甲"),
        (["甲", "乙"], "甲和乙"),
        (["甲", "乙", "丙"], "甲、乙和丙"),
        (list("甲乙丙丁戊己"), "甲、乙、丙、丁、戊和己"),
        ([str(n) for n in range(30)], "0、1、2、3、4、5等30项"),
    ],
)
def test_listed(items, expected):
    assert text.listed(items) == expected


def test_listed_without_a_count():
    assert text.listed(list("甲乙丙"), limit=2, measure="") == "甲、乙等"


@pytest.mark.parametrize(
    ("number", "expected"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (31, "三十一")]
)
def test_numeral(number, expected):
    assert text.numeral(number) == expected


@pytest.mark.parametrize(
    ("level", "number", "expected"), [(1, 3, "三、"), (2, 11, "（十一）"), (3, 4, "4."), (4, 2, "（2）")]
)
def test_ordinal(level, number, expected):
    assert text.ordinal(level, number) == expected


@pytest.mark.parametrize(
    ("difference", "expected"),
    [
        ("0.004", "与计划进度一致"),
        ("-0.005", "低于计划进度0.01个百分点"),
        ("-25", "低于计划进度25.00个百分点"),
        ("15.789", "高于计划进度15.79个百分点"),
    ],
)
def test_compared(difference, expected):
    assert text.compared(D(difference), "计划进度") == expected


def test_amounts_rates_and_scores_round_half_up():
    assert text.money(D("2.675")) == "2.68万元"
    assert text.percent(D("98.465")) == "98.47%"
    assert text.marks(D("9.985")) == "9.99分"
    assert text.full_marks(D("22.50")) == "22.5分"


def test_what_is_missing_is_said():
    assert (text.money(None), text.percent(None), text.marks(None)) == ("〔未填写〕", "—", "待确认")


@pytest.mark.parametrize(("given", "expected"), [("完成 。", "完成。"), ("完成", "完成。"), ("甲；", "甲。"), (" ", "")])
def test_sentence_ends_once(given, expected):
    assert text.sentence(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("满分7分;低于60%(含)不得分", "满分7分；低于60%（含）不得分"),
        ("不规范,1次,扣1分", "不规范，1次，扣1分"),
        ("取2,519.00,得分", "取2,519.00，得分"),
    ],
)
def test_full_width(given, expected):
    assert text.full_width(given) == expected


@pytest.mark.parametrize(("unit", "expected"), [("件数", "件"), (" %", "%"), ("数", "数"), ("人次", "人次")])
def test_unit_words(unit, expected):
    assert unit_words(unit) == expected


def test_references_carry_the_number_or_fall_away():
    said = f"计算过程{text.refer('evidence', '见{}')}。"
    assert text.resolved(said, {"evidence": 3}) == "计算过程见附件3。"
    assert text.resolved(said, {"findings": 3}) == "计算过程。"


def test_signs_of_the_keyboard_are_printed_as_signs():
    assert text.signs(">=90%，<=3次") == "≥90%，≤3次"
