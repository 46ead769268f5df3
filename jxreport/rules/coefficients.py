"""Tiers with a share of the points: 好(100%)、较好(80%); A=0.95,B=0.85; 效果好系数1.0 … 得分=分值×系数."""

from __future__ import annotations

import re
from decimal import Decimal

from jxreport.rules.pieces import Gives, Piece, Reader, Unreadable, What
from jxreport.rules.textrows import looks_tiered
from jxreport.rules.vocabulary import NUM

_STOP = r"(?=[、,;。)]|$)"
_FORMS = (
    re.compile(rf"(?:^|(?<=[、,;。:①-⑳)]))(?P<label>[\u4e00-\u9fffA-E]{{1,12}}?)的?(?:得分)?(?:系数|赋值)(?:为|是|=|:)?(?P<n>{NUM})(?P<u>%?){_STOP}"),
    re.compile(rf"(?:^|(?<=[、,;。:①-⑳)]))(?P<label>[A-E][级档类]?)(?:=|为|:)(?P<n>{NUM})(?P<u>%?){_STOP}"),
    re.compile(rf"(?:^|(?<=[、,;。:①-⑳)]))(?P<label>[\u4e00-\u9fffA-E]{{1,8}})\((?P<n>{NUM})(?P<u>%)\){_STOP}"),
)
_USE = re.compile(
    r"[^,;。:]*(?:得分|分)?=[^,;。]*(?:系数|赋值)[^,;。]*|[^,;。:]*(?:分值?|权重)×[^,;。]*(?:系数|赋值)[^,;。]*"
    r"|[^,;。]*(?:系数|赋值|得分比例|档次)[^,;。\d]*:"
)


def coefficient_tiers(reader: Reader) -> list[Piece]:
    """Pieces of a scale whose tiers earn a share of the points; [] where the sentence has none."""
    for form in _FORMS:
        rows = list(form.finditer(reader.text))
        spoken = form is _FORMS[2] or re.search(r"系数|赋值", reader.text)
        labels = [row["label"] for row in rows]
        if len(rows) < 2 or not spoken or len(set(labels)) != len(labels):
            continue
        shares = [Decimal(row["n"]) * (1 if row["u"] else 100) for row in rows]
        if max(shares) > 100 or form is _FORMS[2] and not looks_tiered(labels) or _else_scored(reader.text, rows):
            continue
        if shares not in (sorted(shares), sorted(shares, reverse=True)):
            raise Unreadable("各档所占比例的高低次序不对，可能漏了数字")
        pieces = [
            Piece(
                what=What.TEXT, gives=Gives.AWARD if share else Gives.ZERO, share=share if share else None, label=row["label"],
                scope=row["label"], start=row.start(), end=row.end(), verb="系数",
            )
            for row, share in zip(rows, shares, strict=True)
        ]  # fmt: skip
        for span in [row.span() for row in rows] + [use.span() for use in _USE.finditer(reader.text)]:
            reader.eat(*span)
            reader.text = reader.text[: span[0]] + " " * (span[1] - span[0]) + reader.text[span[1] :]
        return pieces
    return []


def _else_scored(text: str, rows: list[re.Match[str]]) -> bool:
    """Is anything beside the rows and their use scored in points? Then the scale is only a part of the sentence."""
    rest = text
    for row in rows:
        rest = rest.replace(row[0], "", 1)
    return re.search(r"\d", _USE.sub("", rest)) is not None
