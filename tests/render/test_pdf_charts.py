"""Geometry of the charts: marks where the numbers are, labels that say each number once."""

from decimal import Decimal

import pytest

from jxreport.model.document import Chart, Series
from jxreport.render import charts

D = Decimal


def schedule(plan, actual, **more):
    return Chart(
        kind="schedule",
        name="图",
        title="图",
        labels=("3月底", "6月底", "10月底", "12月底"),
        positions=(3, 6, 10, 12),
        series=(
            Series(name="计划累计进度", role="plan", values=tuple(D(v) if v is not None else None for v in plan)),
            Series(name="实际累计进度", role="actual", values=tuple(D(v) if v is not None else None for v in actual)),
        ),
        **more,
    )


def marks(picture, role):
    return next(line.marks for line in picture.lines if line.role == role)


def test_months_stand_at_their_distance():
    picture = charts.picture(schedule([25, 50, 75, 100], [25, 50, 75, 100]))
    xs = [x for x, _ in picture.labels]
    year = picture.right - picture.left
    assert [round((x - picture.left) / year * 12) for x in xs] == [3, 6, 10, 12]


def test_heights_follow_the_numbers():
    picture = charts.picture(schedule([0, 10, 60, 100], [5, 25, 68, 97]))
    height = picture.bottom - picture.top
    shown = [round((picture.bottom - mark.y) / height * 100) for mark in marks(picture, "actual")]
    assert shown == [5, 25, 68, 97]


def test_equal_numbers_are_said_once_and_zero_not_at_all():
    picture = charts.picture(schedule([0, 50, 75, 100], [0, 50, 75, 98]))
    assert [mark.label for mark in marks(picture, "plan")] == ["", "", "", "100.00%"]
    assert [mark.label for mark in marks(picture, "actual")] == ["", "50.00%", "75.00%", "98.00%"]


def test_unknown_checkpoints_have_no_mark():
    picture = charts.picture(schedule([25, 50, 75, 100], [20, None, None, None]))
    assert len(marks(picture, "actual")) == 1


def test_spending_beyond_the_budget_stays_inside_the_frame():
    picture = charts.picture(schedule([25, 50, 75, 100], [30, 60, 90, 130]))
    assert min(mark.y for mark in marks(picture, "actual")) >= picture.top
    assert picture.ticks[-1][1] == "150%"


def test_the_forecast_has_its_range_and_one_mark():
    base = schedule([0, 0, 75, 100], [0, 15, None, None], low=D(80), high=D(96))
    forecast = Series(name="全年预计", role="forecast", values=(None, D(15), None, D(88)))
    picture = charts.picture(Chart(**{**{f: getattr(base, f) for f in base.__slots__}, "series": (*base.series, forecast)}))
    assert [mark.label for mark in marks(picture, "forecast")] == ["88.00%"]
    assert picture.span is not None
    x, top, bottom = picture.span
    assert top < bottom
    assert x == picture.labels[-1][0]


@pytest.mark.parametrize(("value", "width"), [("0", 0), ("50", 100), ("100", 200), ("120", 200), (None, 0)])
def test_bars_are_as_long_as_their_share(value, width):
    series = Series(name="得分率", role="score", values=(D(value) if value is not None else None,))
    picture = charts.picture(Chart(kind="scores", name="图", title="图", labels=("产出指标",), series=(series,)))
    assert picture.bars[0].width == width


def test_long_names_take_several_lines():
    name = "承德高新区管委会办公用房租赁及运行项目经费"
    series = Series(name="得分率", role="score", values=(D(97),))
    picture = charts.picture(Chart(kind="scores", name="图", title="图", labels=(name,), series=(series,)))
    assert "".join(line for _, line in picture.bars[0].lines) == name
