"""Lines of 评分依据: how a number came about, in words that an auditor can follow."""

from __future__ import annotations

from decimal import Decimal

from jxreport.finding import Source
from jxreport.model.result import TraceStep
from jxreport.number import half_up, normal, plain

_PLACES = 6


def cell(what: str, text: str, source: Source) -> TraceStep:
    """Where a datum was taken from: 实际完成值“97%”（文件：表!F12）."""
    place = f"（{source}）" if str(source) else ""
    return TraceStep(kind="cell", text=f"{what}“{text}”{place}")


def number(text: str) -> TraceStep:
    """A line that says which number was used and where it stands."""
    return TraceStep(kind="number", text=text)


def clause(text: str, norm: str = "") -> TraceStep:
    """The rule that applies; `norm` is the paragraph it comes from, as the profile carries it."""
    return TraceStep(kind="clause", text=f"{text}（{norm}）" if norm else text)


def arithmetic(text: str) -> TraceStep:
    """A line of arithmetic."""
    return TraceStep(kind="arithmetic", text=text)


def convention(text: str) -> TraceStep:
    """A line that says what a convention, not the text, decided."""
    return TraceStep(kind="convention", text=text)


def rounding(score: Decimal) -> TraceStep:
    """The line on rounding, the last of every score."""
    return TraceStep(kind="rounding", text=f"四舍五入保留两位小数：{score}分")


def shown(value: Decimal) -> str:
    """A number inside an arithmetic line: at most six decimals, an ellipsis where more follow."""
    short = half_up(value, _PLACES)
    return plain(short) if normal(short) == normal(value) else f"{plain(short)}…"
