"""A title in lines broken by meaning: GB/T 9704-2012 wants no word torn and the lines in a balanced shape."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from math import ceil

from jxreport.report.text import ems

# full-width characters in a line of the cover's title (26 pt on 156 mm); the heading's smaller type has room too
WIDEST = 17
_AFTER, _BEFORE = "、，）》”】〕", "（《“【〔"
# a line may also end after these words, where no mark offers itself
_WORDS = ("年度", "和", "及", "与", "局", "委员会", "办公室", "中心", "项目", "资金", "经费", "工程")


def broken(line: str) -> tuple[str, ...]:
    """`line` in as few lines as fit, cut at marks or after words, as equal in length as may be."""
    if ems(line) <= WIDEST:
        return (line,)
    cuts = tuple(_cuts(line))
    for count in range(ceil(ems(line) / WIDEST), len(line)):
        tried = [_pieces(line, places) for places in combinations(cuts, count - 1)] if len(cuts) < 25 else []
        fitting = [pieces for pieces in tried if all(0 < ems(piece) <= WIDEST for piece in pieces)]
        if fitting:
            return min(fitting, key=_unevenness)
        if count > ceil(ems(line) / WIDEST) + 1:
            break
    return (line,)


def _cuts(line: str) -> Iterator[int]:
    """Places where a line may end."""
    for place in range(2, len(line) - 1):
        before, after = line[:place], line[place:]
        if after[0] in _AFTER or before[-1] in _BEFORE:
            continue
        if before[-1] in _AFTER or after[0] in _BEFORE or before.endswith(_WORDS):
            yield place


def _pieces(line: str, places: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(line[start:end] for start, end in zip((0, *places), (*places, len(line)), strict=True))


def _unevenness(pieces: tuple[str, ...]) -> tuple[int, float]:
    """Cuts that are not at marks count first, then how far the lines are from one length."""
    torn = sum(1 for a, b in pairwise(pieces) if a[-1] not in _AFTER and b[0] not in _BEFORE)
    mean = sum(ems(piece) for piece in pieces) / len(pieces)
    return torn, sum((ems(piece) - mean) ** 2 for piece in pieces)
