"""Actuals against their targets: what may be compared as a number, what the true number leaves open."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from jxreport.checks.units import factor_between, in_target_unit, size_unclear
from jxreport.finding import Source
from jxreport.model.values import Actual, Target
from jxreport.read.layouts import load_layouts
from jxreport.read.values import Heading, read_actual, read_target
from jxreport.read.values.direction import About
from tests.builders import indicator
from tests.read.books import cell

LAYOUTS = load_layouts()
NOWHERE = Source()


def compare(name: str, wanted: str, done: str, level2: str = "数量指标") -> tuple[Target, Actual]:
    about = About("产出指标", level2, name)
    target = read_target(Heading(cell(wanted)), about, 2022, LAYOUTS, NOWHERE)
    return target, read_actual(cell(done), target, 2022, LAYOUTS, NOWHERE, name)


@pytest.mark.parametrize(
    ("wanted", "done", "value"),
    [
        ("200人", "200余人", 200),
        ("≥200人", "600多人", 600),
        ("≥95%", "96%以上", 96),
        ("≥95%", "达96%以上", 96),
        ("≥95%", "超过95%", 95),
        ("≤50万元", "近50万元", 50),
        ("≤5起", "不足5起", 5),
        ("≤8万元", "不超过8万元", 8),
        ("≤160天", "150天。", 150),
        ("≤160天", "实际为155天", 155),
        ("≥266米", "≥266米", 266),
        ("15%及其以下", "15%及其以下", 15),
        ("=100%", "=100%", 100),
    ],
)
def test_a_bound_or_a_near_number_that_reaches_the_target(wanted: str, done: str, value: int) -> None:
    assert compare("甲", wanted, done)[1].value == value


@pytest.mark.parametrize(
    ("wanted", "done"),
    [
        ("≥300人", "近300人"),
        ("≥150人", "约150人"),
        ("≥2000人次", "2000人次左右"),
        ("≥60%", "60%左右"),
        ("≥200人", "180余人"),
        ("≥95%", "95%以下"),
        ("≥10%", "≤10%"),
        ("≤5%", "≥5%"),
        ("≤50万元", "50余万元"),
        ("≤8万元", "8万元以上"),
        ("=100%", "≥95%"),
        ("≥90%", ">85%"),
        ("≥1个百分点", "至少0.8个百分点"),
        ("≥90%", "不足90%"),
        ("≥90%", "未达到90%"),
    ],
)
def test_a_near_number_or_bound_that_leaves_it_open_is_no_number(wanted: str, done: str) -> None:
    assert compare("甲", wanted, done)[1].value is None


@pytest.mark.parametrize(
    ("name", "wanted", "done", "op", "value"),
    [
        ("治理面积", "新增20平方公里", "新增22.4平方公里", "≥", "22.4"),
        ("治理面积", "新增20平方公里", "22.4平方公里", "≥", "22.4"),
        ("培训", "培训120人", "130人", "≥", "130"),
        ("培训", "完成培训120人", "已培训130人", "≥", "130"),
        ("道路", "新建5公里", "维修5公里", "≥", None),
        ("大班额", "降至5%以下", "4.6%", "≤", "4.6"),
        ("普及率", "提高到90%", "提高到92%", "≥", "92"),
        ("能耗", "下降3%", "下降4%", "≥", "4"),
        ("能耗", "下降3%", "增长1%", "≥", None),
        ("收入", "同比增长5%", "较上年增长6%", "≥", "6"),
        ("收入增长率", "5%", "增长6%", "≥", "6"),
        ("收入增长率", "5%", "下降6%", "≥", None),
        ("节约成本", "节约10万元", "12万元", "≥", "12"),
        ("验收合格率", "合格率98%", "合格率达99%", "≥", "99"),
        ("验收合格率", "≥98%", "不合格率1%", "≥", None),
        ("发放率", "100%", "100%发放", "≥", "100"),
        ("知晓率", "不得低于95%", "96%", "≥", "96"),
        ("满意度", "≥90%", "师生93%、家长91%", "≥", None),
        ("比例", "15%左右", "15.4%", "定性", "15.4"),
        ("经费", "三公经费增长3%", "2%", "定性", "2"),
    ],
)
def test_actions_and_changes(name: str, wanted: str, done: str, op: str, value: str | None) -> None:
    target, actual = compare(name, wanted, done)
    assert target.op is not None
    assert (target.op.value, actual.value) == (op, None if value is None else Decimal(value))


@pytest.mark.parametrize(
    "text", ["20-25个", "95%-100%", "≥80%,≤100%", "每季度1次", "每月不少于2次", "3个县5个镇", "三级"]
)
def test_what_is_no_single_number_stays_words(text: str) -> None:
    target, _ = compare("甲", text, "1")
    assert (target.value, target.op and target.op.value) == (None, "定性")


@pytest.mark.parametrize(
    ("name", "wanted", "done", "deadline", "date"),
    [
        ("培训完成时间", "≤12月", "11月", "2022-12-31", "2022-11-30"),
        ("完成时限", "2022年三季度", "2023年三季度", "2022-09-30", "2023-09-30"),
        ("完成时限", "2022年第四季度", "2022年8月", "2022-12-31", "2022-08-31"),
        ("完成时限", "2022年度", "2023年度", "2022-12-31", "2023-12-31"),
        ("完成时限", "2022年底前", "2022年12月5日", "2022-12-31", "2022-12-05"),
        ("完成时限", "上半年", "6月", "2022-06-30", "2022-06-30"),
    ],
)
def test_times(name: str, wanted: str, done: str, deadline: str, date: str) -> None:
    target, actual = compare(name, wanted, done, "时效指标")
    assert (target.date, actual.date) == (deadline, date)


def test_months_that_something_takes_are_a_number() -> None:
    target, actual = compare("建设工期", "≤12月", "11月", "时效指标")
    assert (target.value, target.unit, actual.value) == (12, "月", 11)


@pytest.mark.parametrize(
    ("sign", "value", "unit", "name", "done", "date"),
    [
        ("<=", "12", "月", "完成时限", "11", "2022-11-30"),
        ("=", "2022", "年", "完成年度", "2023", "2023-12-31"),
    ],
)
def test_a_time_split_over_three_cells(
    sign: str, value: str, unit: str, name: str, done: str, date: str
) -> None:
    cells = Heading(cell(value), cell(sign), cell(unit), split=True)
    target = read_target(cells, About("产出指标", "时效指标", name), 2022, LAYOUTS, NOWHERE)
    assert target.date == "2022-12-31"
    assert read_actual(cell(done), target, 2022, LAYOUTS, NOWHERE, name).date == date


@pytest.mark.parametrize(
    ("here", "there", "factor"),
    [
        ("元", "万元", "0.0001"),
        ("亿元", "万元", "10000"),
        ("米", "公里", "0.001"),
        ("‰", "%", "0.1"),
        ("公斤", "吨", "0.001"),
        ("分钟", "小时", None),
        ("GB", "TB", None),
        ("人", "人次", "none"),
        ("个工作日", "天", "none"),
        ("百分点", "%", "none"),
        ("件", "宗", "none"),
        ("场", "场次", "1"),
        ("台套", "台(套)", "1"),
        ("%(百分比)", "%", "1"),
        ("元/㎡", "元/平方米", "1"),
        ("元/月/人", "元/人·月", "1"),
        ("万元/公里", "元/米", "10"),
        ("尾", "万尾", "0.0001"),
        ("万头", "亿头", "0.0001"),
        ("/", "个", "1"),
    ],
)
def test_units_through_the_table(here: str, there: str, factor: str | None) -> None:
    found = factor_between(here, there)
    if factor is None:
        assert found is not None
        assert found * factor_between(there, here) == pytest.approx(1)  # type: ignore[operator,arg-type]
    else:
        assert found == (None if factor == "none" else Decimal(factor))


@pytest.mark.parametrize(
    ("value", "unit", "wanted"), [(15, "亩", "1公顷"), (320, "公顷", "3.2平方公里"), (30, "分钟", "0.5小时")]
)
def test_a_converted_value_is_exact(value: int, unit: str, wanted: str) -> None:
    target, _ = compare("甲", f"≥{wanted}", "1")
    row = indicator(done=Actual(text=f"{value}{unit}", value=Decimal(value), unit=unit))
    assert in_target_unit(replace(row, target=target)) == target.value


@pytest.mark.parametrize(
    ("wanted", "done", "unclear"),
    [
        ("≥800万尾", "8120000", True),
        ("≤20万元", "185000", True),
        ("≥8000000", "812万", True),
        ("≥800万尾", "812", False),
        ("≥800万尾", "8120000尾", False),
        ("≥800尾", "8120000", False),
    ],
)
def test_a_bare_number_of_another_size_is_asked_about(wanted: str, done: str, unclear: bool) -> None:
    target, actual = compare("甲", wanted, done)
    assert size_unclear(replace(indicator(), target=target, actual=actual)) is unclear


def test_nothing_is_nothing_in_any_unit() -> None:
    target, actual = compare("事故", "0起", "0件")
    assert in_target_unit(replace(indicator(), target=target, actual=actual)) == 0
