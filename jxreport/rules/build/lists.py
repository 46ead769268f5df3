"""Pieces of lists put straight before building: awards for each one counted, clauses that say a list again."""

from __future__ import annotations

import re
from dataclasses import replace

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import ZERO, points_of
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.textrows import complement
from jxreport.rules.vocabulary import COUNTERS, NUM, UNIT

_ONE = re.compile(rf"(?<![第\d.])1(?P<u>{UNIT})(?!以上|及以上|以内|以下|及以下|\(含)")
_DENIED = re.compile(r"^(?:没有|未|无)")


def single_zeros(b: Builder) -> None:
    """The same condition with 不得分 written twice is one."""
    kept: list[Piece] = []
    for piece in b.pieces:
        same = [
            p for p in kept
            if p.gives is piece.gives is Gives.ZERO
            and (p.what, p.label, p.unit, p.interval, p.items) == (piece.what, piece.label, piece.unit, piece.interval, piece.items)
        ]  # fmt: skip
        if not same:
            kept.append(piece)
    b.pieces = kept


def stated_counts(b: Builder) -> None:
    """机构健全2分,有专职人员1人以上1分: in a list of statements the count is one of them, to be ticked."""
    rows = [p for p in b.pieces if p.what is What.VALUE]
    texts = [p for p in b.pieces if p.what is What.TEXT]
    if not rows or not texts or any(p.gives is not Gives.AWARD or p.points is None for p in b.pieces):
        return
    worth = sum((p.points or ZERO for p in b.pieces), ZERO)
    alone = len({p.measure for p in rows}) == len(rows) and len(rows) + len(texts) == len(b.pieces)
    bounds = all(
        p.unit in COUNTERS and p.interval is not None and p.interval.hi is None and p.measure and not p.also and not p.label
        for p in rows
    )
    if alone and bounds and worth == b.plan.weight:
        b.pieces = [replace(p, what=What.TEXT, label=p.scope, interval=None) if p in rows else p for p in b.pieces]


_EXEMPT = re.compile(r"^(?:没有|无|未(?:涉及|安排|承担|发生|下达))[^,;。]*$")


def exemptions(b: Builder) -> None:
    """没有楼堂馆所项目的部门按满分计算, beside rows on a number: who has none gets the full mark, whatever the number."""
    numbers = [p for p in b.pieces if p.what in (What.VALUE, What.STEP, What.TARGET) or p.gives in (Gives.SCALE, Gives.FORMULA)]
    b.pieces = [
        replace(p, gives=Gives.HUMAN, why=f"“{p.label}”的，{p.verb}：是否适用由评价人员确认，需要人工评定")
        if p.what is What.TEXT and p.gives is Gives.ZERO and "不评分" in p.verb else p
        for p in b.pieces
    ]  # fmt: skip
    found = [
        p for p in b.pieces
        if p.what is What.TEXT and p.gives is Gives.FULL and p.verb.startswith("按") and _EXEMPT.match(p.label)
    ]  # fmt: skip
    if numbers and len(found) == 1:
        b.exempt = found
        b.pieces = [p for p in b.pieces if p is not found[0]]


_ALL_DONE = re.compile(
    r"(?:全部|均|都)?(?:完成|符合|达到|做到|达标)(?:要求)?"
    r"|(?:全部|均|都|完全)?(?:没有|未|不)(?:能)?(?:完成|符合|达到|做到|达标)(?:要求)?"
)


def list_ends(b: Builder) -> None:
    """每项措施各1.5分,完成计满分,没有完成计0分: the ends of the count say nothing new."""
    if any(p.of_list for p in b.pieces):
        b.pieces = [
            p for p in b.pieces
            if not (p.what is What.TEXT and p.gives in (Gives.FULL, Gives.ZERO) and _ALL_DONE.fullmatch(p.label))
        ]  # fmt: skip


def counted_numbers(b: Builder) -> None:
    """县级刊物采纳1篇计5分,市级报刊采纳1篇计7分: several counts, so much for each one."""
    rows = [
        p for p in b.pieces
        if p.what is What.VALUE and p.gives is Gives.AWARD and p.unit in COUNTERS and p.measure and not p.stated_compare
        and p.interval is not None and p.interval.is_point and p.interval.lo == 1 and not p.also and not p.label
    ]  # fmt: skip
    if len(rows) < 2 or len(rows) != len(b.pieces) or len({p.measure for p in rows}) != len(rows):
        return
    worth = sum((p.points or ZERO for p in rows), ZERO)
    if b.plan.weight is None or worth != b.plan.weight:
        b.pieces = [replace(p, what=What.EVENT, label=p.scope, interval=None, measure="", every=True) for p in rows]


def stated_targets(b: Builder) -> None:
    """融资额度低于上年水平,扣2分, among faults in words: a statement to tick, no number to compare."""
    words = (What.TEXT, What.EVENT, What.CLIFF, What.TARGET)
    if all(p.what in words for p in b.pieces) and not any(
        p.what is What.TARGET and p.gives not in (Gives.DEDUCT, Gives.ADD) for p in b.pieces
    ):
        b.pieces = [replace(p, what=What.TEXT, label=p.scope) if p.what is What.TARGET else p for p in b.pieces]


def inherited_counts(b: Builder) -> None:
    """中央媒体报道的每篇加1分,省级0.5分,市级0.2分: what has no verb of its own is counted like the clause before it."""
    text = b.plan.reader.text
    made: list[Piece] = []
    for piece in b.pieces:
        last = made[-1] if made else None
        if last is not None and last.what is What.EVENT and last.every and _same_kind(last, piece, text):
            piece = replace(piece, what=What.EVENT, gives=last.gives, unit=last.unit, every=True, label=f"{piece.label}每{last.unit}")
        made.append(piece)
    b.pieces = made


def _same_kind(last: Piece, piece: Piece, text: str) -> bool:
    joined = re.fullmatch(r"\)?[、,]?", text[last.end : piece.start]) and last.gives in (Gives.ADD, Gives.AWARD)
    if not joined or piece.what is not What.TEXT or len(piece.label) > 12:
        return False
    bare = piece.gives is Gives.AWARD and not piece.verb
    return bare or piece.gives is last.gives and len(piece.label) > 3 and piece.label[-2:] in last.label[-6:]


def first_free(b: Builder) -> None:
    """投诉1次不扣分,2次扣1分,3次扣3分: the first row of the table takes nothing."""
    if any(p.what is What.COUNT for p in b.pieces):
        b.pieces = [
            replace(p, what=What.EVENT, gives=Gives.DEDUCT, points=ZERO, label=p.scope, measure="", interval=None)
            if p.what is What.VALUE and p.verb == "不扣分" and p.interval is not None and p.interval.is_point and p.interval.lo == 1
            else p
            for p in b.pieces
        ]


def classes(b: Builder) -> None:
    """一类6分,二类4分,三类及以下0分: classes are tiers, not numbers."""
    named = [p for p in b.pieces if p.what is What.TEXT and re.fullmatch(r"\d[类级等]", p.label)]
    if len(named) > 1:
        b.pieces = [
            replace(p, what=What.TEXT, label=p.scope, interval=None) if p.what is What.VALUE and p.unit == "类" and not p.measure else p
            for p in b.pieces
        ]


def counted_awards(b: Builder) -> None:
    """获得1件专利得1分,累计不超过7分: with a limit beyond the points of one, each one counts."""
    rows = [p for p in b.pieces if p.what is What.TEXT and p.gives is Gives.AWARD]
    limit = b.plan.cap or b.plan.award_limit or b.plan.declared
    if not rows or limit is None or any(p.points is None or len(_ONE.findall(p.label)) != 1 for p in rows):
        return
    others = [p for p in b.pieces if p not in rows and not _nothing_done(p, rows)]
    if others or all(p.points is not None and p.points >= limit for p in rows):
        return

    def counted(piece: Piece) -> Piece:
        unit = _ONE.search(piece.label)
        return replace(piece, what=What.EVENT, unit=unit["u"] if unit else "", every=True)

    b.pieces = [counted(p) for p in rows]
    b.plan.cap, b.plan.award_limit = None, limit


def _nothing_done(piece: Piece, rows: list[Piece]) -> bool:
    """没有承担不得分 beside 承担1个项目得3分: a count of nothing earns nothing already."""
    denied = piece.what is What.TEXT and piece.gives is Gives.ZERO and _DENIED.match(piece.label)
    return bool(denied) and any(complement(p.label, piece.label) for p in rows)


def restated_parts(b: Builder) -> None:
    """甲2分,乙2分,未完成项不得分 (masked by the parser as a remark): it must stand beside such a list."""
    if not b.plan.restated:
        return
    awards = [p for p in b.pieces if p.what is What.TEXT and p.gives is Gives.AWARD]
    worth = sum((points_of(p, b.plan) for p in awards), 0)
    if len(awards) < 2 or len(awards) != len(b.pieces) or b.plan.weight is not None and worth != b.plan.weight:
        raise Unreadable("“缺一项”扣该项分数针对哪几项不明")


_PART = rf"(?:每)?(?:缺少?|少|漏|未完成|未做到|不符合)(?:任何|任意|任)?(?:{NUM}个?项|的?项)(?:内容|要求|条件)?的?,?则?"
RESTATED = re.compile(
    rf"[,;]?(?:每(?:完成|符合|具备|做到|达到|满足|有){NUM}?个?项(?:要求|条件)?的?,?[取可即]*得(?:该|本|此|相应|对应)(?:小?项)?的?(?:分数|分值|分)"
    rf"|{_PART}(?:扣(?:除|减)?|不得)(?:该|此|相应|对应)(?:小?项)?的?(?:分数|分值|分)"
    rf"|{_PART}(?:该|此|相应|对应)(?:小项|分项|子项|条款)不得分"
    r"|(?:未完成|未做到|不符合|缺失|缺少)的?项(?:目)?(?:该项)?不得分)(?=[,;。)]|$)"
)
MISSING_ONE = re.compile(
    r"(?:凡|若|如|其中|只要|每)*(?:有|缺少?|少|漏)?(?:任何|任意|任)?[一1]?个?项(?:内容|条件|要求|指标)?"
    r"(?:不符合|未达到|达不到|不满足|不达标|没有|未完成|未做到|做不到|不具备|缺失|缺)?(?:上述|以上)?(?:要求|条件|标准)?"
)
