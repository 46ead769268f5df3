"""Number formats show what the document prints; texts stay texts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jxreport.model.document import Cell, NumberFormat
from jxreport.render.xlsx.live import Live, call
from jxreport.render.xlsx.styles import Shown, shown
from jxreport.render.xlsx.texts import clean_text

D = Decimal


@pytest.mark.parametrize(
    ("text", "value", "kind", "number", "scale"),
    [
        ("9.44", "9.44", NumberFormat.SCORE, "0.00", 1),
        ("10", "10", NumberFormat.WEIGHT, "General", 1),
        ("22.5", "22.5", NumberFormat.WEIGHT, "General", 1),
        ("11,122.30", "11122.3", NumberFormat.MONEY, "#,##0.00", 1),
        ("98.47%", "98.4716", NumberFormat.PERCENT, "0.00%", 100),
        ("95%", "95", None, "0%", 100),
        ("95.2%", "95.2", None, "0.0%", 100),
        ("4", "4", None, "0", 1),
        ("4件", "4", None, '0"件"', 1),
        ("-5.00", "-5", NumberFormat.POINTS, "+0.00;-0.00;0.00", 1),
        ("+1.20", "1.2", NumberFormat.POINTS, "+0.00;-0.00;0.00", 1),
        ("－5.00个百分点", "-5", None, '0.00"个百分点";"－"0.00"个百分点";0.00"个百分点"', 1),
        ('约5"个"', "5", None, '"约"0\\""个"\\";"约"-0\\""个"\\";"约"0\\""个"\\"', 1),
        ("12", "12", NumberFormat.COUNT, "0", 1),
        ("—", None, NumberFormat.PERCENT, "0.00%", 100),
        ("〔待确认〕", None, NumberFormat.SCORE, "0.00", 1),
    ],
)  # fmt: skip
def test_the_format_follows_the_printed_text(
    text: str, value: str | None, kind: NumberFormat | None, number: str, scale: int
) -> None:
    cell = Cell(text=text, value=None if value is None else D(value), format=kind)
    assert shown(cell) == Shown(number, scale)


@pytest.mark.parametrize("text", ["0.95", "已完成", "约九成", ""])
def test_a_text_that_is_not_the_number_stays_a_text(text: str) -> None:
    assert shown(Cell(text=text, value=D(95))) is None


def test_money_keeps_off_the_right_rule() -> None:
    assert shown(Cell(text="1.00", value=D(1), format=NumberFormat.MONEY, align="right")) == Shown("#,##0.00_ ")


def test_characters_that_xml_refuses_are_replaced_visibly() -> None:
    assert clean_text("a\ud800b\ufffec\r\nd\re") == "a\ufffdb\ufffdc\nd\ne"


def test_guarded_formulas_and_percent_cells() -> None:
    assert Live("A1/B1*100", D(5)).formula() == "=A1/B1*100"
    assert Live("A1/B1*100", D(5), "B1>0").formula(100) == '=IF(B1>0,(A1/B1*100)/100,"—")'
    assert Live("A1", D(5), "B1>0", '说"无"').formula() == '=IF(B1>0,A1,"说""无""")'
    assert Live("A" * 9000, D(5)).formula() is None


def test_calls_with_many_arguments_are_nested() -> None:
    assert call("COUNT", ("A1",)) == "COUNT(A1)"
    nested = call("COUNT", tuple(f"A{n}" for n in range(1, 301)))
    assert nested.startswith("SUM(COUNT(A1,")
    assert nested.count("COUNT(") == 2
