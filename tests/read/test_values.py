"""Raw targets and actuals as they occur in published tables."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from jxreport.finding import Source
from jxreport.model.values import MoneyUnit, Op, Target
from jxreport.read.formats.cells import make_cell
from jxreport.read.grid import EMPTY, GridCell
from jxreport.read.layouts import load_layouts
from jxreport.read.values import Heading, infer, read_actual, read_answer, read_date, read_money, read_target
from jxreport.read.values.amount import number_as_shown, read_sign
from jxreport.read.values.direction import About
from tests.read.books import cell

LAYOUTS = load_layouts()
NOWHERE = Source()
PLAIN = About("产出指标", "数量指标", "甲")


def target(text: str, about: About = PLAIN) -> Target:
    return read_target(Heading(cell(text)), about, 2022, LAYOUTS, NOWHERE)


def told(found: Target) -> tuple[str | None, str | None, str, bool]:
    value = None if found.value is None else str(found.value)
    return found.op.value if found.op else None, value, found.unit, found.op_inferred


@pytest.mark.parametrize(
    ("text", "op", "value", "unit"),
    [
        ("≥50个", "≥", "50", "个"),
        ("≧ 735 人次", "≥", "735", "人次"),
        ("≥100百分比", "≥", "100", "%"),
        ("≤ 30 万元", "≤", "30", "万元"),
        ("═ 100 %", "=", "100", "%"),
        ("﹦ 72890 元", "=", "72890", "元"),
        ("＝１００％", "=", "100", "%"),
        ("≧９５．５％", "≥", "95.5", "%"),
        (">=90%", ">=", "90", "%"),
        ("004 >= 20 次", ">=", "20", "次"),
        ("005 <= 33 万元", "<=", "33", "万元"),
        ("不少于12种", "≥", "12", "种"),
        ("15%及其以下", "≤", "15", "%"),
        ("小于0.9‰", "<", "0.9", "‰"),
        ("95%以上", "≥", "95", "%"),
        ("30分钟以内", "≤", "30", "分钟"),
        ("至少全年完成2次宣传", "≥", "2", "次宣传"),
        ("达到95%以上", "≥", "95", "%"),
        ("≥0.565km", "≥", "0.565", "km"),
        (">=530元/人*月", ">=", "530", "元/人*月"),
        ("≤1,234.5万元", "≤", "1234.5", "万元"),
    ],
)
def test_signs_in_every_disguise(text: str, op: str, value: str, unit: str) -> None:
    printed = {">=": "≥", "<=": "≤"}.get(op, op)
    assert told(target(text)) == (printed, value, unit, False)


@pytest.mark.parametrize("text", ["及时", "有效", "高", "是", "应保尽保", "95-98%", "≥**%", "二起以上", "不超过预算", "好坏"])
def test_words_are_qualitative(text: str) -> None:
    assert told(target(text)) == ("定性", None, "", False)


def test_nothing_stays_nothing() -> None:
    assert told(target("")) == (None, None, "", False)


@pytest.mark.parametrize(
    ("text", "about", "op"),
    [
        ("20万元", About("产出指标", "成本指标", "项目计划总投资"), "≤"),
        ("75元", About("成本指标", "经济成本指标", "印刷单价"), "≤"),
        ("0起", About("效益指标", "社会效益", "重大森林火灾"), "≤"),
        ("100%", About("", "", "公用经费控制率"), "≤"),
        ("2%", About("", "", "结转结余率"), "≤"),
        ("2小时", About("产出指标", "时效指标", "到场"), "≤"),
        ("1年", About("产出指标", "时效", "建设期"), "≤"),
        ("400元/人、天", About("产出指标", "成本指标", "人均培训标准"), "≤"),
        ("5分钟", About("效益指标", "社会效益", "出警速度"), "≤"),
        ("8小时", About("产出指标", "数量指标", "每日开放"), "≥"),
        ("60件", About("产出指标", "数量指标", "案件办理"), "≥"),
        ("5件", About("效益指标", "社会效益", "案件"), "≤"),
        ("90%", About("产出指标", "质量指标", "事故处理率"), "≥"),
        ("70%", About("", "", "预算完成率"), "≥"),
        ("5亿元", About("效益指标", "经济效益", "医疗收入"), "≥"),
        ("300公里", About("产出指标", "数量指标", "里程"), "≥"),
    ],
)
def test_direction_is_inferred_and_marked(text: str, about: About, op: str) -> None:
    found = target(text, about)
    assert found.op is not None
    assert (found.op.value, found.op_inferred) == (op, True)


def test_sign_and_unit_inside_the_name() -> None:
    found = target("85", About("产出指标", "质量指标", "苗木成活率(≥**%)"))
    assert told(found) == ("≥", "85", "%", True)
    assert target("63", About("产出指标", "产出成本", "成本控制数(万元)")).unit == "万元"


@pytest.mark.parametrize(
    ("sign", "value", "unit", "text", "told_as"),
    [
        ("≧", "735", "人次", "≧735人次", ("≥", "735", "人次", False)),
        (">=", "90.00", " %", ">=90.00 %", ("≥", "90.00", " %", False)),
        (">=", "98", "%(百分比)", ">=98%(百分比)", ("≥", "98", "%", False)),
        ("004 >=", "1亿", "元", "004 >=1亿元", ("≥", "1", "亿元", False)),
        ("定性", "好坏", "", "定性好坏", ("定性", None, "", False)),
        ("", "有效", "", "有效", ("定性", None, "", False)),
        ("无", "合规", "无", "无合规无", ("定性", None, "", False)),
        ("", "", "%", "%", (None, None, "%", False)),
    ],
)
def test_targets_in_three_cells(
    sign: str, value: str, unit: str, text: str, told_as: tuple[str | None, str | None, str, bool]
) -> None:
    found = read_target(Heading(cell(value), cell(sign), cell(unit), split=True), PLAIN, 2022, LAYOUTS, NOWHERE)
    assert found.text == text
    assert told(found) == told_as


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021年12月31日", "2021-12-31"),
        ("2021-12-31", "2021-12-31"),
        ("2021年12月完成", "2021-12-31"),
        ("完成时间为2022年12月30日", "2022-12-30"),
        ("2021年底", "2021-12-31"),
        ("2020年", "2020-12-31"),
        ("11月底前", "2022-11-30"),
        ("9月前", "2022-08-31"),
        ("10月", "2022-10-31"),
        ("1-12月", "2022-12-31"),
        ("6月30日前", "2022-06-30"),
        ("11月底完成100%", "2022-11-30"),
        ("12个月", None),
        ("1年", None),
        ("13月", None),
        ("2月30日", None),
        ("20", None),
        ("元/人·月", None),
    ],
)
def test_deadlines(text: str, date: str | None) -> None:
    assert read_date(cell(text), 2022) == date


def test_a_date_cell_is_a_date_and_a_missing_year_stays_open() -> None:
    assert read_date(GridCell(value=datetime.date(2022, 3, 5), text="2022/3/5"), None) == "2022-03-05"
    assert read_date(cell("11月底前"), None) == "0000-11-30"


@pytest.mark.parametrize(
    ("raw", "wanted", "value", "unit"),
    [
        (cell("≥266米"), "≥266米", "266", "米"),
        (cell("15%及其以下"), "≤15%", "15", "%"),
        (cell("200余人"), "200", "200", "人"),
        (cell("已完成100%"), "≥3个", "100", "%"),
        (cell("24亿"), "≥1亿元", "24", "亿元"),
        (cell("38.75万元"), "≤40万元", "38.75", "万元"),
        (GridCell(value=Decimal("0.88"), text="0.88"), "≥90%", "0.88", ""),
        (GridCell(value=Decimal("0.88"), text="88%", percent=True), "≥90%", "88.00", "%"),
        (GridCell(value=Decimal(0), text="0"), "≥10吨", "0", ""),
        (cell("基本达到"), "是", None, ""),
        (cell("见“附”"), "≥90%", None, ""),
    ],
)
def test_actuals(raw: GridCell, wanted: str, value: str | None, unit: str) -> None:
    found = read_actual(raw, target(wanted), 2022, LAYOUTS, NOWHERE)
    assert (None if found.value is None else str(found.value), found.unit) == (value, unit)


def test_an_actual_date_against_a_deadline() -> None:
    found = read_actual(cell("10月"), target("11月底前"), 2022, LAYOUTS, NOWHERE)
    assert (found.value, found.date) == (None, "2022-10-31")


@pytest.mark.parametrize(
    ("raw", "unit", "value", "complaint"),
    [
        (cell("95"), "%", Decimal(95), ""),
        (cell("９５％"), "%", Decimal(95), ""),
        (GridCell(value=Decimal("0.95"), text="95%", percent=True), "%", Decimal("95.00"), ""),
        (GridCell(value=Decimal("0.95"), text="0.95"), "%", None, "percent"),
        (GridCell(value=Decimal(1), text="1"), "%", Decimal(1), ""),
        (cell("约90"), "%", None, "number"),
        (cell("已完成"), "次", None, "number"),
        (cell("12元"), "万元", None, "unit"),
        (cell("是"), "", True, ""),
        (cell("×"), "", False, ""),
        (cell("无"), "", "无", ""),
        (cell("基本健全"), "", "基本健全", ""),
        (cell("不适用"), "%", "不适用", ""),
        (EMPTY, "%", None, ""),
    ],
)
def test_answers(raw: GridCell, unit: str, value: object, complaint: str) -> None:
    found = read_answer(raw, unit, LAYOUTS)
    assert found == (value, complaint)
    assert type(found[0]) is type(value)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("38.75万元", "38.75", MoneyUnit.WAN),
        ("150万", "150", MoneyUnit.WAN),
        ("￥1,200.00", "1200.00", None),
        ("6.47亿元", "6.47", MoneyUnit.YI),
        ("已支付", None, None),
    ],
)
def test_money(text: str, value: str | None, unit: MoneyUnit | None) -> None:
    found = read_money(cell(text))
    assert (found and str(found.value), found and found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "op"),
    [("大于等于", Op.GE), ("小于等于", Op.LE), ("≦", Op.LE), ("==", Op.EQ), ("＞", Op.GT), ("文字描述", None), ("", None)],
)
def test_sign_cells(text: str, op: Op | None) -> None:
    assert read_sign(text, LAYOUTS) is op


def test_zero_is_an_upper_bound() -> None:
    assert infer(PLAIN, Decimal(0), "件", LAYOUTS) is Op.LE


def test_the_words_of_a_qualitative_target_stand_alone() -> None:
    found = read_target(Heading(cell("合规"), cell("无"), cell("无"), split=True), PLAIN, 2022, LAYOUTS, NOWHERE)
    assert (found.text, found.words) == ("无合规无", "合规")


@pytest.mark.parametrize(
    ("number", "code", "value", "unit"),
    [
        ("38.75", '0.00"万元"', "38.75", MoneyUnit.WAN),
        ("387500", '0!.0,"万元"', "38.75", MoneyUnit.WAN),
        ("387500", '"￥"#,##0.00', "387500", None),
        ("387500", '#,##0.00"元"', "387500", MoneyUnit.YUAN),
    ],
)
def test_money_in_a_number_format(number: str, code: str, value: str, unit: MoneyUnit | None) -> None:
    cell = make_cell(Decimal(number), code)
    assert cell is not None
    found = read_money(cell)
    assert found is not None
    assert (str(found.value), found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("number", "code", "op", "value", "unit"),
    [
        ("10", '"≥"0"件"', "≥", "10", "件"),
        ("0.955", '"≥"0%', "≥", "95.500", "%"),
        ("97.834", '0.0"分"', None, "97.834", "分"),
        ("1200000", '0!.0,"万元"', None, "120", "万元"),
        ("1234567", '#,##0.00,"千元"', None, "1234.567", "千元"),
        ("12", "General", None, "12", ""),
    ],
)
def test_a_number_brings_the_sign_and_unit_of_its_format(number: str, code: str, op: str | None, value: str, unit: str) -> None:
    cell = make_cell(Decimal(number), code)
    assert cell is not None
    found = number_as_shown(cell, LAYOUTS)
    assert (found.op and found.op.value, str(found.value), found.unit) == (op, value, unit)
