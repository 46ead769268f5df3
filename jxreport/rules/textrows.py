"""Rows of words: are they tiers of one scale, or separate parts of a list?"""

from __future__ import annotations

import re
from functools import lru_cache

from jxreport.rules.pieces import Gives, Piece
from jxreport.rules.vocabulary import DEGREE

_TIER_WORDS = re.compile(
    r"^(?:优|优秀|良|良好|好|较好|中|中等|一般|较差|差|很好|非常好|合格|不合格|基本合格|达标|未达标|不达标|基本达标|完成|未完成|部分完成|基本完成|"
    r"满意|基本满意|不满意|较满意|非常满意|高|较高|低|较低|强|较强|弱|明显|较明显|不明显|显著|较显著|不显著|齐全|完善|健全|规范|有|无|没有|是|否|"
    r"[一二三四五]等奖|[一二三四五]级|[ABCDE](?:级|档|类)?|甲|乙|丙|国家级|省级|市级|县级|区级|全部|部分|达成|部分达成|未达成|优良|及格|不及格)$"
)


def split_groups(rows: list[tuple[int, Piece]]) -> list[list[tuple[int, Piece]]]:
    """A zero row closes a group: (4/3/0)+(4/3/0). Where the first row is zero it opens one: (0/3/4)."""
    groups: list[list[tuple[int, Piece]]] = [[]]
    opens = bool(rows) and rows[0][1].gives is Gives.ZERO and rows[-1][1].gives is not Gives.ZERO
    for index, piece in rows:
        if opens and piece.gives is Gives.ZERO:
            groups.append([])
        groups[-1].append((index, piece))
        if not opens and piece.gives is Gives.ZERO:
            groups.append([])
    return [g for g in groups if g]


_PARTICLES = re.compile(r"的|等|情况|“|”")
_LONGEST_FIRST = tuple(sorted(DEGREE, key=len, reverse=True))


@lru_cache(maxsize=4096)
def core(label: str) -> str:
    """The label without words of degree and negation: 基本健全 → 健全."""
    text = _PARTICLES.sub("", label)
    changed = True
    while changed:
        changed = False
        for word in _LONGEST_FIRST:
            if text.startswith(word) and len(text) > len(word):
                text, changed = text[len(word) :], True
                break
    return text


def _related(a: str, b: str) -> bool:
    """Do two labels speak of the same thing in different degrees?"""
    ca, cb = core(a), core(b)
    if not ca or not cb:
        return False
    if (
        ca == cb
        or ca.endswith(cb)
        or cb.endswith(ca)
        or (len(ca) >= 2 and ca in cb)
        or (len(cb) >= 2 and cb in ca)
    ):
        return True
    if len(ca) < 2:
        return False
    ends = ca[-2:], cb[-2:]
    if not (a.endswith(ends[1]) or b.endswith(ends[0])):
        return False
    return any(a.endswith(w + ends[1]) or b.endswith(w + ends[0]) for w in DEGREE)


def looks_tiered(labels: list[str]) -> bool:
    """True for 健全/基本健全/不健全 or 好/较好/差: at least two labels, each related to another or a tier word."""
    if len(labels) < 2:
        return False
    if all(_TIER_WORDS.match(label) for label in labels):
        return True
    tied = [
        _TIER_WORDS.match(a) is not None
        or any(
            i != j and a != b and _related(a, b) and (_degree(a) or _degree(b)) for j, b in enumerate(labels)
        )
        for i, a in enumerate(labels)
    ]
    return all(tied)


_INNER = re.compile(r"未能|没有|不够|基本|部分|较为|较|未|不|无|没")


def same_scale(labels: list[str]) -> bool:
    """Do all labels speak of one thing in different degrees, wherever the word of degree stands (到位 / 不到位)?"""
    if looks_tiered(labels):
        return True
    cores = [_INNER.sub("", label) for label in labels]
    shortest = min(cores, key=len)
    if len(set(labels)) != len(labels) or len(shortest) < 2:
        return False
    return all(core.endswith(shortest) or len(shortest) > 2 and shortest in core for core in cores)


def _degree(label: str) -> bool:
    return any(word in label for word in DEGREE)


def complement(positive: str, negative: str) -> bool:
    """Is the second label the denial of the first (按期完成… / 未完成)?"""
    if not re.match(r"^(?:未|不|没有|没|无|否)", negative):
        return False
    tail = re.sub(r"^(?:未能|未|不能|不|没有|没|无|否)(?:按期|按时|按要求|及时)?", "", negative)
    tail = re.sub(r"(?:的|任务|工作|要求|目标)+$", "", tail)
    return not tail or tail in positive or tail[:2] in positive
