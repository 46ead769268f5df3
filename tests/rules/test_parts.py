"""The parts of the reader: numerals, normalising, intervals, definitions, name matching."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jxreport.rules import evaluate, parse
from jxreport.rules.api import Inputs, Verdict
from jxreport.rules.definition import find_definition
from jxreport.rules.interval import find_interval
from jxreport.rules.names import best, opposite
from jxreport.rules.normalise import normalise, normalised
from jxreport.rules.numerals import chinese_number


@pytest.mark.parametrize(
    ("text", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("两千三百", 2300), ("三万", 30000), ("三五", None), ("零点五", "0.5"), ("点", None), ("万", None)],
)  # fmt: skip
def test_numerals(text: str, value: object) -> None:
    assert chinese_number(text) == (None if value is None else Decimal(str(value)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每发现 一处，扣０.５分", "每发现1处,扣0.5分"),
        ("三次及以上扣6分", "3次及以上扣6分"),
        ("百分之九十五以上", "95%以上"),
        ("“三定”职责，一票否决", "“三定”职责,一票否决"),
        ("完成率*10分", "完成率×10分"),
        ("90 95%", "90 95%"),
        ("80%—90%", "80%-90%"),
        ("①有㎡", "①有㎡"),
        ("≦10", "≤10"),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    result = normalised(text)
    assert result.text == expected
    assert len(result.offsets) == len(result.text)


def test_offsets_lead_back_to_the_original() -> None:
    text = normalised("每发现　一处， 扣０.５分")
    start = text.text.index("0.5")
    begin, end = text.original_span(start, start + 3)
    assert text.original[begin:end] == "０.５"


def test_the_key_of_a_reading_ignores_width_and_the_final_stop() -> None:
    assert normalise("每超１%扣1分。") == normalise("每超1％扣1分")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90%以上", ("90", True, None, None)),
        ("大于30%", ("30", False, None, None)),
        ("不超过5%", (None, None, "5", True)),
        ("80%(含)-90%", ("80", True, "90", None)),
        ("80%≤X<90%", ("80", True, "90", False)),
        ("90%>满意度≥80%", ("80", True, "90", False)),
        ("低于90%但高于80%(含)", ("80", True, "90", False)),
        ("95%<完成率", ("95", False, None, None)),
        ("[80%,90%)", ("80", True, "90", False)),
        ("介于80%和90%之间", ("80", None, "90", None)),
        ("三人以上", ("3", True, None, None)),
    ],
)
def test_interval(text: str, expected: tuple[str | None, bool | None, str | None, bool | None]) -> None:
    found = find_interval(normalised(text).text)
    assert found is not None
    low, low_in, high, high_in = expected
    interval = found.interval
    assert interval.lo == (None if low is None else Decimal(low))
    assert interval.hi == (None if high is None else Decimal(high))
    assert (interval.lo_in, interval.hi_in) == (low_in, high_in)


def test_a_reversed_range_is_sure_only_where_it_says_so() -> None:
    found = find_interval("70%(含)-60%")
    assert found is not None
    assert found.interval.reversed_
    assert [found.interval.contains(Decimal(v)) for v in (75, 70, 65, 55)] == [False, True, None, False]


@pytest.mark.parametrize(
    ("text", "words", "repaired"),
    [
        ("预算控制率=（本年追加预算/年初预算）*100%", "本年追加预算/年初预算×100%", False),
        ("预算完成率=（上年结转+年初预算-年末结余/上年结转+年初预算）*100%", "(上年结转+年初预算-年末结余)/(上年结转+年初预算)×100%", True),
        ("变动率=[(本年数-上年数)/上年数]×100%", "(本年数-上年数)/上年数×100%", False),
        ("在职人员数占编制数的比例", "在职人员数/编制数×100%", False),
        ("实际支出与既定支出的比率", "实际支出/既定支出×100%", False),
    ],
)  # fmt: skip
def test_definition(text: str, words: str, repaired: bool) -> None:
    definition = find_definition(text)
    assert definition is not None
    assert (definition.words(), bool(definition.repaired)) == (words, repaired)


@pytest.mark.parametrize("text", ["指标细化、清晰3分", "资金量占比", "A=（甲/乙/丙", "减少资金滞留、挪用等。"])
def test_no_definition_is_invented(text: str) -> None:
    assert find_definition(text) is None


@pytest.mark.parametrize(
    ("name", "candidates", "index"),
    [
        ("健全", ["制度健全", "基本健全", "不健全"], 0),
        ("基本健全", ["制度健全", "基本健全", "不健全"], 1),
        ("公示", ["全部公示", "部分公示", "未公示"], None),
        ("10亿元以上项目", ["每引进1个10亿元以上项目", "每引进1个50亿元以上项目"], 0),
        ("0亿元以上项目", ["每引进1个10亿元以上项目"], None),
        ("迟交报表", ["迟交1次报表", "迟交1次其它资料"], 0),
        ("报表内容中漏填项目", ["迟交1次报表", "报表内容中每漏填1个项目"], 1),
        ("被县级以上通报", ["被县级及以上部门通报", "被市级及以上部门通报"], 0),
        ("未建立台账", ["未及时建立台账", "未按规定建立台账"], None),
        ("制度健全", ["制度不健全", "制度基本健全"], None),
        ("完成任务", ["完成部分任务"], None),
        ("一次", ["每迟到1次", "每旷工1次"], None),
    ],
)
def test_names_match_one_thing_or_none(name: str, candidates: list[str], index: int | None) -> None:
    assert best(name, candidates) == index


def test_a_contrary_statement_is_recognised() -> None:
    assert opposite("建立机制", ["未建立机制", "未落实举措"]) == 0
    assert opposite("落实责任", ["未建立机制"]) is None
    assert opposite("程序规范", ["立项依据不充分", "程序不规范"]) == 1
    assert opposite("制度不健全", ["制度健全", "执行到位"]) == 0
    assert opposite("健全", ["不健全", "未健全"]) is None


def test_a_first_loss_that_reaches_down_to_nothing_is_left_to_a_person() -> None:
    rule = parse("未到县的比例5%以内扣1分，5%-10%之间扣3分，10%以上不得分", Decimal(5))
    scores = {value: evaluate(rule, Inputs(value=Decimal(value))) for value in (0, 4, 7, 11)}
    assert scores[0].verdict is Verdict.MANUAL
    assert [scores[value].score for value in (4, 7, 11)] == [Decimal("4.00"), Decimal("2.00"), Decimal("0.00")]
