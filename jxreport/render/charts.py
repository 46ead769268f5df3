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
_DIGIT = 5.0  # width of a digit of a label


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from 0 to `top` on the line from `start` to `end`."""

    start: float
    end: float
    top: float

    def at(self, value: Decimal | float) -> float:
        return _round(self.start + (self.end - self.start) * float(value) / self.top)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of the score chart, in points from the upper left corner."""

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
    """One point of a line, with its label and the ground that keeps the label readable."""

    x: float
    y: float
    label: str
    label_x: float
    label_y: float
    anchor: str
    back: tuple[float, float]  # x and width of the white ground behind the label


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One series of the schedule chart."""

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
    label_y: float
    lines: tuple[Line, ...]
    legend: tuple[tuple[float, str, str], ...]  # (x, role, name)
    span: tuple[float, float, float] | None  # (x, y of high, y of low) of the forecast


def picture(chart: Chart) -> ScoreChart | ScheduleChart:
    """The coordinates of a chart, for its template."""
    return _schedule(chart) if chart.kind == "schedule" else _scores(chart)


def description(chart: Chart) -> str:
    """The chart in words, for who hears the page: each label with its numbers."""
    spoken = []
    for place, label in enumerate(chart.labels):
        numbers = [f"{s.name}{fixed(value)}%" for s in chart.series if (value := s.values[place]) is not None]
        if numbers:
            spoken.append(f"{label}{'、'.join(numbers)}")
    return f"{chart.title}：{'；'.join(spoken)}。"


def _round(value: float) -> float:
    return round(value, 1)


def _scores(chart: Chart) -> ScoreChart:
    left, thickness, track = 142.0, 13.0, Scale(0.0, 200.0, 100.0)
    bars, y = [], 6.0
    for label, value, caption in zip(chart.labels, chart.series[0].values, _captions(chart), strict=True):
        lines = _wrapped(label)
        step = max(24.0, 12.0 * len(lines) + 8.0)
        middle = y + step / 2
        bars.append(
            Bar(
                y=_round(middle - thickness / 2),
                lines=_label_lines(lines, middle),
                width=track.at(min(max(float(value or 0), 0.0), track.top)),
                text_x=left + track.end + 8,
                text=f"{fixed(value)}%　{caption}" if value is not None else caption,
            )
        )
        y += step
    return ScoreChart(height=_round(y + 6), left=left, track=track.end, thickness=thickness, bars=tuple(bars))


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
    peak = max([100.0, *(float(v) for s in chart.series for v in s.values if v is not None)])
    ceiling = 100.0 if peak <= 100 else float(int(peak / 25) + 1) * 25
    across, up = Scale(40.0, WIDTH - 62, 12.0), Scale(124.0, 28.0, ceiling)
    xs = [across.at(month) for month in chart.positions]
    lines = tuple(_line(series, chart.series, xs, across, up) for series in chart.series)
    # numbers that found no room above the axis stand below it, and the months below them
    low = any(mark.label and mark.label_y > up.start for line in lines for mark in line.marks)
    label_y = up.start + (25.0 if low else 15.0)
    span = None
    if chart.low is not None and chart.high is not None:
        span = (xs[-1], up.at(chart.high), up.at(chart.low))
    return ScheduleChart(
        height=label_y + 5.0,
        left=across.start,
        right=across.end,
        top=up.end,
        bottom=up.start,
        ticks=tuple((up.at(n * 25.0), f"{n * 25}%") for n in range(int(ceiling // 25) + 1)),
        labels=tuple(zip(xs, chart.labels, strict=True)),
        label_y=label_y,
        lines=lines,
        legend=tuple((across.start + 10 + 100 * n, s.role, s.name) for n, s in enumerate(chart.series)),
        span=span,
    )


def _line(series: Series, others: tuple[Series, ...], xs: list[float], across: Scale, up: Scale) -> Line:
    known = [(x, v) for x, v in zip(xs, series.values, strict=True) if v is not None]
    start = [] if series.role == "forecast" else [(across.start, up.start)]
    path = [*start, *((x, up.at(v)) for x, v in known)]
    marks = tuple(
        _mark(series, others, place, (x, up.at(v)), up.start)
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
    """A mark with its number. Cumulative lines only rise: there is room above to the left of the higher one and
    below to the right of the lower one; at year end to the right of both."""
    x, y = at
    text, above = _label(series, others, place)
    width = _DIGIT * len(text)
    if place == len(series.values) - 1:
        label_x, label_y, anchor = x + 7, y - 1 if above else y + 9, "start"
    elif above:
        label_x, label_y, anchor = x + 4, y - 6, "end"
    elif y + 14 > floor:
        label_x, label_y, anchor = x, floor + 12, "middle"
    else:
        label_x, label_y, anchor = x - 6, y + 14, "start"
    left = {"start": label_x, "middle": label_x - width / 2, "end": label_x - width}[anchor]
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
