"""Names of things told apart: does an answer's name mean one of the rule's, or the contrary of one?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from jxreport.rules.normalise import normalised
from jxreport.rules.vocabulary import DEGREE, NUM, UNIT

_NOISE = re.compile(r"[\s,;。:、“”\"'‘’《》()·]|的|每(?=[^年月])|者")


@lru_cache(maxsize=8192)
def plain_name(text: str) -> str:
    """A name without punctuation and particles, in the normalised spelling."""
    return _NOISE.sub("", normalised(text).text)


_GRADED = re.compile(r"明显|显著|较|不(?!少于|低于|超过|高于|大于|小于|多于|足)|一般|很|突出|有限")


def _denied(before: str, part: str) -> bool:
    """Does a denial or a word of degree stand in front of the part, which has none itself?"""
    return any(before.endswith(word) for word in DEGREE) and not part.startswith(("未", "不", "无", "没"))


def _inside(part: str, whole: str) -> bool:
    """Is `part` in `whole`, not behind a negation or a word of degree, and not cutting a number?"""
    start = whole.find(part)
    while start >= 0:
        before, after = whole[:start], whole[start + len(part) :]
        cut_number = (part[0].isdigit() and before[-1:].isdigit()) or (
            part[-1].isdigit() and after[:1].isdigit()
        )
        if not cut_number and not _denied(before, part) and not _GRADED.match(after):
            return True
        start = whole.find(part, start + 1)
    return False


def best(name: str, candidates: Sequence[str], scopes: Sequence[str] = (), *, around: bool = True) -> int | None:
    """Index of the one candidate that `name` means; None where there is none or more than one. `around`: the
    candidate may stand inside the name, or the name may leave out words of it (never for tiers: 非常满意 is not
    满意)."""
    wanted = plain_name(name)
    if not wanted:
        return None
    plain = [plain_name(c) for c in candidates]
    exact = [i for i, c in enumerate(plain) if c == wanted]
    if len(exact) == 1:
        return exact[0]
    for texts in (plain, [plain_name(s) for s in scopes]):
        inside = [i for i, c in enumerate(texts) if c and _inside(wanted, c)]
        if len(inside) == 1:
            return inside[0]
        if len(inside) > 1:
            return None
    if not around:
        return None
    outer = _held_by(wanted, plain) or _shortened(wanted, plain)
    return outer[0] if len(outer) == 1 else None


def _held_by(wanted: str, plain: Sequence[str]) -> list[int]:
    """The candidates (the longest) that stand inside the name, with nothing beside them that changes their meaning."""
    outer = [i for i, c in enumerate(plain) if len(c) >= 2 and _inside(c, wanted)]
    outer = [i for i in outer if not _QUALIFIED.search(wanted.replace(plain[i], "", 1))]
    longest = max((len(plain[i]) for i in outer), default=0)
    return [i for i in outer if len(plain[i]) == longest]


_QUALIFIED = re.compile(r"[未不没无非很]|基本|部分|全部|较|非常|特别|一般")
_COUNTED = re.compile(rf"(?<!\d)1(?:个|{UNIT})")
_HELD = re.compile(r"[未不没无非较\d]|基本|部分|全部|完全")  # words that no shorter name may leave out


def _shortened(wanted: str, plain: Sequence[str]) -> list[int]:
    """The candidates whose words the name repeats in their order, leaving some out (迟交报表 for 迟交1次报表)."""
    bare = _COUNTED.sub("", wanted)
    if len(bare) < 3:
        return []
    same = [i for i, c in enumerate(plain) if c and _COUNTED.sub("", c) == bare]
    return same or [i for i, c in enumerate(plain) if c and _repeats(bare, _COUNTED.sub("", c))]


def _repeats(part: str, whole: str) -> bool:
    """Are the characters of `part` in `whole` in this order, with no denial, degree or number left out between them?"""
    if not set(re.findall(NUM, part)) <= set(re.findall(NUM, whole)):
        return False
    ends = {i for i, char in enumerate(whole) if char == part[0] and not _denied(whole[:i], part)}
    for char in part[1:]:
        ends = {
            j
            for i in ends
            for j in range(i + 1, min(len(whole), i + 14))
            if whole[j] == char and not _HELD.search(whole[i + 1 : j])
        }
    return any(not _GRADED.match(whole[i + 1 :]) for i in ends)


_DENIAL = re.compile(r"^(?:未能|没有|未|不|无|没|非)")
_POSITIVE = re.compile(r"^(?:已经|已|有|能|是|设有|建有)")
_INNER = re.compile(r"未能|没有|尚未|未|不|无|没")


def opposite(name: str, candidates: Sequence[str]) -> int | None:
    """A name that says the contrary of exactly one candidate (建立机制 for 未建立机制, 程序规范 for 程序不规范)."""
    wanted = plain_name(name)
    hits = [i for i, c in enumerate(candidates) if is_contrary(wanted, plain_name(c))]
    return hits[0] if len(hits) == 1 else None


def is_contrary(a: str, b: str) -> bool:
    """Do two names differ by one denial, at the beginning or inside?"""
    first, second = _DENIAL.match(a), _DENIAL.match(b)
    bare, other = (_DENIAL.sub("", x) if m else _POSITIVE.sub("", x) for x, m in ((a, first), (b, second)))
    if bool(first) != bool(second) and bare == other and bare:
        return True
    denied, stated = (a, b) if len(_INNER.findall(a)) > len(_INNER.findall(b)) else (b, a)
    if len(_INNER.findall(denied)) != len(_INNER.findall(stated)) + 1 or len(stated) < 4:
        return False
    return any(denied[: m.start()] + denied[m.end() :] == stated for m in _INNER.finditer(denied))
