"""Tiers whose points are ranges (100%-80%(含)、80%-60%(含)、60%-0 合理确定分值): a person decides inside the range."""

from __future__ import annotations

import re
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.pieces import Unreadable
from jxreport.rules.vocabulary import NUM

_RANGE = rf"(?P<a>{NUM})%?(?:\((?:不?含)(?:{NUM}%?)?\))?(?:-|至|到)(?P<b>{NUM})%?(?:\((?:不?含)(?:{NUM}%?)?\))?"
_ANY_RANGE = re.sub(r"[?]P<[ab]>", "?:", _RANGE)
_RANGES = re.compile(
    rf"(?P<list>{_ANY_RANGE}(?:(?:、|,|和|及){_ANY_RANGE})+)[^,;。\d]{{0,6}}(?:合理|酌情)?(?:确定|给定|评定|打分|评分)"
)
_TIERS = re.compile(r"分为(?P<list>[^;。\d%]+?)[一二三四五两\d]?个?(?:档次?|等级|等次|种情况)")
_EACH = re.compile(rf"(?:^|[,;。])(?P<label>[^,;。\d]{{2,40}}?)的?[,]?得(?:分)?{_RANGE}(?:的)?分值?")


def refuse_ranges(text: str, weight: Decimal | None) -> None:
    """Raise where the tiers of the sentence earn ranges of the points; the reason names tier by tier what may be given."""
    found, tiers = _RANGES.search(text), _TIERS.search(text)
    pairs: list[tuple[str, str, str]] = []
    if found is not None:
        ranges = [(m["a"], m["b"]) for m in re.finditer(_RANGE, found["list"])]
        labels = [label for label in re.split("、", tiers["list"]) if label] if tiers else []
        if len(labels) != len(ranges):
            labels = [f"第{n}档" for n in range(1, len(ranges) + 1)]
        pairs = [(label, a, b) for label, (a, b) in zip(labels, ranges, strict=True)]
    elif "%" in text:
        pairs = [(m["label"], m["a"], m["b"]) for m in _EACH.finditer(text)]
    if len(pairs) < 2:
        return
    share = "%" in text and weight is not None

    def points(number: str) -> str:
        return plain(Decimal(number) * weight / 100) if share and weight is not None else number

    rows = "；".join(f"{label}{points(b)}—{points(a)}{'分' if share else ''}" for label, a, b in pairs)
    raise Unreadable(f"各档的分值是区间，由评价人员在区间内确定，需要人工评定：{rows}")
