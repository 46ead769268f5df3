"""Geometry of the charts: data → coordinates for the SVG macros. Lengths in points, rounded to 0.1.

Made to read in black and white: the plan is a dashed line with hollow marks, the actual a solid line with
filled marks, bars carry their numbers. Every text of a chart is text in the PDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jxreport.model.document import Chart, Series
from jxreport.number import fixed

WIDTH = 440.0
_LABEL_CHARS = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    y: float
    lines: tuple[tuple[float, str], ...]  # (y of the line, text) of the label
    width: float
    text_x: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreChart:
    """Horizontal bars on a track of 100 %."""

    height: float
    left: float
    track: float
    thickness: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    x: float
    y: float
    label: str
    label_x: float
    label_y: float
    anchor: str
    back: tuple[float, float]  # x and width of the white ground behind the label


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    role: str
    name: str
    points: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChart:
    """Cumulative percentages over the months of the year."""

    height: float
    left: float
    right: float
    top: float
    bottom: float
    ticks: tuple[tuple[float, str], ...]
    labels: tuple[tuple[float, str], ...]
    lines: tuple[Line, ...]
    legend: tuple[tuple[float, str, str], ...]  # (x, role, name)
    span: tuple[float, float, float] | None  # (x, y of high, y of low) of the forecast


def picture(chart: Chart) -> ScoreChart | ScheduleChart:
    return _schedule(chart) if chart.kind == "schedule" else _scores(chart)


def _round(value: float) -> float:
    return round(value, 1)


def _scores(chart: Chart) -> ScoreChart:
    left, track, thickness = 142.0, 200.0, 13.0
    bars, y = [], 6.0
    for label, value, caption in zip(chart.labels, chart.series[0].values, _captions(chart), strict=True):
        lines = _wrapped(label)
        step = max(24.0, 12.0 * len(lines) + 8.0)
        middle = y + step / 2
        share = min(max(float(value or 0), 0.0), 100.0)
        width = _round(track * share / 100)
        bars.append(
            Bar(
                y=_round(middle - thickness / 2),
                lines=_label_lines(lines, middle),
                width=width,
                text_x=left + track + 8,
                text=f"{fixed(value)}%　{caption}" if value is not None else caption,
            )
        )
        y += step
    return ScoreChart(height=_round(y + 6), left=left, track=track, thickness=thickness, bars=tuple(bars))


def _captions(chart: Chart) -> tuple[str, ...]:
    return chart.captions or ("",) * len(chart.labels)


def _label_lines(lines: tuple[str, ...], middle: float) -> tuple[tuple[float, str], ...]:
    top = middle - 6.0 * (len(lines) - 1) + 3.6
    return tuple((_round(top + 12.0 * n), line) for n, line in enumerate(lines))


def _wrapped(label: str) -> tuple[str, ...]:
    """The label in lines of thirteen characters, at most three."""
    lines = [label[i : i + _LABEL_CHARS] for i in range(0, len(label), _LABEL_CHARS)] or [""]
    if len(lines) > 3:
        lines = [*lines[:2], lines[2][:-1] + "…"]
    return tuple(lines)


def _schedule(chart: Chart) -> ScheduleChart:
    left, right, top, bottom = 40.0, WIDTH - 62, 28.0, 124.0
    peak = max([100.0, *(float(v) for s in chart.series for v in s.values if v is not None)])
    ceiling = 100.0 if peak <= 100 else float(int(peak / 25) + 1) * 25

    def x_of(month: int) -> float:
        return _round(left + (right - left) * month / 12)

    def y_of(value: Decimal | float) -> float:
        return _round(bottom - (bottom - top) * float(value) / ceiling)

    xs = [x_of(month) for month in chart.positions]
    steps = int(ceiling // 25)
    lines = tuple(_line(series, chart.series, xs, y_of, (left, bottom)) for series in chart.series)
    span = None
    if chart.low is not None and chart.high is not None:
        span = (xs[-1], y_of(chart.high), y_of(chart.low))
    return ScheduleChart(
        height=144.0,
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        ticks=tuple((y_of(n * 25.0), f"{n * 25}%") for n in range(steps + 1)),
        labels=tuple(zip(xs, chart.labels, strict=True)),
        lines=lines,
        legend=tuple((left + 10 + 100 * n, s.role, s.name) for n, s in enumerate(chart.series)),
        span=span,
    )


def _line(
    series: Series,
    others: tuple[Series, ...],
    xs: list[float],
    y_of: object,
    origin: tuple[float, float],
) -> Line:
    assert callable(y_of)
    known = [(x, v) for x, v in zip(xs, series.values, strict=True) if v is not None]
    start = [] if series.role == "forecast" else [origin]
    path = [*start, *((x, y_of(v)) for x, v in known)]
    marks = tuple(
        _mark(series, others, place, (x, y_of(v)), origin[1])
        for place, (x, v) in enumerate(zip(xs, series.values, strict=True))
        if v is not None and (series.role != "forecast" or place == len(xs) - 1)
    )
    return Line(
        role=series.role,
        name=series.name,
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in path),
        marks=marks,
    )


def _mark(
    series: Series, others: tuple[Series, ...], place: int, at: tuple[float, float], floor: float
) -> Mark:
    """A mark with its number: the higher line's above, the lower line's below, at year end to the right."""
    x, y = at
    text, above = _label(series, others, place)
    width = 5.0 * len(text)
    label_x, label_y, anchor = x, y - 6 if above else y + 14, "middle"
    if place == len(series.values) - 1:
        label_x, label_y, anchor = x + 7, y - 1 if above else y + 9, "start"
    elif label_y > floor:
        label_x, label_y, anchor = x + 7, y + 3, "start"
    left = label_x - width / 2 if anchor == "middle" else label_x
    return Mark(
        x=x,
        y=y,
        label=text,
        label_x=_round(label_x),
        label_y=_round(label_y),
        anchor=anchor,
        back=(_round(left), _round(width)),
    )


def _label(series: Series, others: tuple[Series, ...], place: int) -> tuple[str, bool]:
    """The number beside a mark and whether it goes above; equal numbers once, nothing for zero."""
    value = series.values[place]
    assert value is not None
    rivals = [s.values[place] for s in others if s is not series and s.role in ("plan", "actual")]
    rival = next((v for v in rivals if v is not None), None)
    same = rival is not None and fixed(rival) == fixed(value)
    if value == 0 or (same and series.role != "actual"):
        return "", True
    return f"{fixed(value)}%", rival is None or value > rival or same
