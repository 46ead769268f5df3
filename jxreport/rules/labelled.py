"""Bands in two stages: 95%及以上的为优秀,90%-94%的为良好 … 优秀100%,良好85%: intervals get a name, names get points."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from jxreport.rules.interval import Interval, find_interval
from jxreport.rules.pieces import Gives, Piece, Reader, What, clean_measure
from jxreport.rules.vocabulary import NUM

_SCORE_FIRST = re.compile(
    rf"(?:^|[,;。:、])(?:得|计|记)?(?P<n>{NUM})分[:(](?P<cond>[^();。:]+?)(?:\)|(?=[;。]|$))"
)
_LABEL = "优秀|优良|优|良好|良|中等|中|基本合格|基本达标|合格|达标|及格|不合格|不达标|不及格|较好|较差|好|一般|差|[A-E]级?|[一二三四五]级"
_NAMED = re.compile(
    rf"(?P<cond>[^,;。:]*?\d[^,;。:]*?)(?:的|者)?,?(?:为|评为|定为|属于|属|是|评定为)“?(?P<label>不?(?:{_LABEL}))”?(?=[,;。]|$)"
)
_WORTH = re.compile(
    rf"(?<![\u4e00-\u9fff])“?(?P<label>不?(?:{_LABEL}))”?(?:的|者|档|等次)?(?:得|计|记|为|:|赋)*(?:(?P<n>{NUM})(?P<u>%|分)|(?P<zero>不得分|不计分))(?:分值|的分值)?(?=[,;。]|$)"
)


def score_first(reader: Reader) -> list[Piece]:
    """10分(≥98%);8分(≥95%,<98%);0分(<90%): the points stand before their condition."""
    matches = list(_SCORE_FIRST.finditer(reader.text))
    if len(matches) < 2:
        return []
    pieces: list[Piece] = []
    for match in matches:
        found = find_interval(match["cond"])
        if found is None or re.search(r"\d", found.before + found.after) or not found.stated_compare:
            return []
        points = Decimal(match["n"])
        pieces.append(
            Piece(
                what=What.VALUE,
                gives=Gives.AWARD if points else Gives.ZERO,
                points=points or None,
                interval=found.interval,
                unit=found.unit,
                measure=clean_measure(found.before),
                scope=match["cond"],
                start=match.start("n"),
                end=match.end(),
            )
        )
    for match in matches:
        reader.eat(*match.span())
        reader.text = (
            reader.text[: match.start("n")]
            + " " * (match.end() - match.start("n"))
            + reader.text[match.end() :]
        )
    return pieces


_POINT = rf"(?P<x{{0}}>{NUM})%(?:对应|得|计|为)(?:(?P<y{{0}}>{NUM})分|(?P<f{{0}}>满分))"
_LINE = re.compile(
    rf"(?P<m>[^,;。(\d]*?)(?P<a>{NUM})%?(?:\((?:含|不含)\))?(?:-|至|到)(?P<b>{NUM})%(?:\((?:含|不含)\))?(?:之间|区间)?的?,?"
    r"(?:按照?|以)(?:比例|线性|直线)*(?:折算|插值|计算|换算|内插)*(?:得分|计分|赋分|分值)?\("
    + _POINT.format("1") + r"[,、]" + _POINT.format("2") + r"\)"
)


def stated_line(reader: Reader, weight: Decimal | None) -> list[Piece]:
    """60%-100%之间按比例折算(60%对应0分,100%对应10分): the two ends of a straight line, said in brackets."""
    match = _LINE.search(reader.text)
    if match is None:
        return []
    ends = []
    for which in "12":
        worth = weight if match["f" + which] else Decimal(match["y" + which])
        if worth is None:
            return []
        ends.append((Decimal(match["x" + which]), worth))
    if [x for x, _ in ends] != [Decimal(match["a"]), Decimal(match["b"])] or ends[0][0] >= ends[1][0]:
        return []
    if ends[0][1] >= ends[1][1]:
        return []
    (low, low_worth), (high, high_worth) = ends
    name = clean_measure(match["m"])
    base = Piece(
        what=What.VALUE, gives=Gives.AWARD, unit="%", measure=name, scope=match[0], start=match.start(), end=match.end()
    )
    bottom = Interval(hi=low, hi_in=True)
    pieces = [
        replace(base, gives=Gives.AWARD if low_worth else Gives.ZERO, points=low_worth or None, interval=bottom),
        replace(base, points=high_worth, interval=Interval(lo=high, lo_in=True)),
    ]
    reader.eat(*match.span())
    reader.text = reader.text[: match.start()] + " " * len(match[0]) + reader.text[match.end() :]
    return pieces


def labelled_bands(reader: Reader) -> list[Piece]:
    """Pieces for intervals that have a name and points by that name; [] where the sentence has no such stages."""
    named = list(_NAMED.finditer(reader.text))
    if len(named) < 2:
        return []
    worths = [m for m in _WORTH.finditer(reader.text) if m.start() >= named[-1].end()]
    by_label = {m["label"]: m for m in worths}
    labels = [m["label"] for m in named]
    if len(by_label) != len(worths) or set(labels) != set(by_label) or len(set(labels)) != len(labels):
        return []
    pieces: list[Piece] = []
    for match in named:
        found = find_interval(match["cond"])
        if found is None or re.search(r"\d", found.before + found.after):
            return []
        worth = by_label[match["label"]]
        zero = bool(worth["zero"]) or Decimal(worth["n"] or 0) == 0
        number = Decimal(worth["n"] or 0)
        share = number if worth["u"] == "%" and not zero else None
        pieces.append(
            Piece(
                what=What.VALUE,
                gives=Gives.ZERO if zero else Gives.AWARD,
                points=None if share is not None or zero else number,
                share=share,
                interval=found.interval,
                unit=found.unit,
                measure=clean_measure(found.before),
                scope=match["cond"],
                start=match.start(),
                end=match.end(),
            )
        )
    for match in (*named, *worths):
        reader.eat(*match.span())
        reader.text = (
            reader.text[: match.start()] + " " * (match.end() - match.start()) + reader.text[match.end() :]
        )
    return pieces
