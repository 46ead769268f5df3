"""Readings that would count a thing twice or drop a part of it: refused before anything is built.

A clause that restates the list before it, a measure whose alternative is lost, a demand on a number that nobody
asks for: the sentence can be read word by word and would still give a wrong score.
"""

from __future__ import annotations

import re
from itertools import pairwise

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import points_of, same_counter
from jxreport.rules.pieces import Gives, Unreadable, What, clean_measure
from jxreport.rules.vocabulary import NUM, RATE_UNITS

_ANY_ITEM = re.compile(r"(?:以上|上述|其中)?(?:每|有|任何?)*(?:缺少?|少|漏)1?(?:大|小)?(?:项|条|个|点|方面)(?:内容|要求|要素)?")
_WHOLE = re.compile(r"完整|齐全|齐备|全面|完备|完善|健全|规范|到位|准确|全部|各项|所有")
_RATE = re.compile(r"(?:率|比例|比重|占比|覆盖面|程度|度)$")


def check_doubts(b: Builder) -> None:
    """Refuse what the pieces alone show to be a misreading."""
    restated_list(b)
    _one_of_two(b)
    _from_the_nth(b)
    _alternatives(b)
    _numbered(b)
    _each_of_rates(b)
    _beyond_target(b)
    _unasked_rates(b)
    _excess_counts(b)
    _excess_share(b)
    _shared_each(b)
    _earned_and_missed(b)
    _level_and_shortfall(b)


def restated_list(b: Builder) -> None:
    """甲,1分;乙,1分;丙,1分,每少一项扣1分: the deduction says again what the list says."""
    awards = [p for p in b.pieces if p.what is What.TEXT and p.gives in (Gives.AWARD, Gives.FULL)]
    again = [
        p for p in b.pieces
        if p.what is What.EVENT and p.gives is Gives.DEDUCT and _ANY_ITEM.fullmatch(p.label)
    ]  # fmt: skip
    if len(awards) < 2 or not again:
        return
    before = [p for p in awards if p.start < again[0].start]
    if before and _WHOLE.search(before[-1].label):
        return  # 内容完整得3分,每缺1项扣1分: the parts of that one item
    each = {points_of(p, b.plan) for p in awards}
    if len(again) > 1 or each != {points_of(again[0], b.plan)} or again[0].size != 1 or again[0] is not b.pieces[-1]:
        raise Unreadable("各项分值与“缺一项”的扣分并列，会重复扣分")
    b.pieces = [p for p in b.pieces if p is not again[0]]


def _one_of_two(b: Builder) -> None:
    """二者择其一进行考核: which of them is scored, somebody else decides."""
    choice = re.search(r"择其一|二选一|[任选]选?其一|任选一|选择其中", b.plan.reader.text)
    if choice:
        raise Unreadable(f"“{choice[0]}”：考核哪一项没有写明，需要人工评定")


def _from_the_nth(b: Builder) -> None:
    """允许缺席2次,第3次起每次扣1分: of all that happened only a part counts, and the whole number is what one knows."""
    if re.search("允许", b.plan.reader.text):
        return  # the allowance is stated: what lies beyond it is worked out
    for piece in b.pieces:
        nth = re.search(r"第([2-9]|\d{2,})次起", piece.label or piece.scope)
        if piece.what is What.EVENT and nth and not any(p is not piece and p.what in (What.EVENT, What.COUNT) for p in b.pieces):
            raise Unreadable(f"“{piece.scope}”：前面的次数是否扣分，要由人工计算")


def _alternatives(b: Builder) -> None:
    """无培训计划或年培训率未达到50%: only the rate would be asked for."""
    for piece in b.pieces:
        before, cut, _ = piece.measure.rpartition("或")
        joint = re.search(r"的(?:比例|比重|比率|占比)$", piece.measure) and not re.match(r"[无未没不]", piece.measure)
        if joint:
            continue  # 采用水冲或使用生态厕所的比例: one share of both
        if piece.what in (What.VALUE, What.STEP, What.TARGET) and cut and len(before) > 1 and not _RATE.search(before):
            raise Unreadable(f"“{piece.measure}”含有另一个条件，要分别填报")


def _numbered(b: Builder) -> None:
    """1.无记录,扣5分;2.1项未评估扣2分: the list mark touches a number."""
    marked = re.search(r"(?:^|[;。,\s])1[.、](?!\d)", b.plan.reader.text)
    for piece in b.pieces:
        if marked and re.match(r"\d{1,2}\.\d", piece.scope or piece.label):
            raise Unreadable(f"“{piece.scope}”中的序号与数字分不清")


def _each_of_rates(b: Builder) -> None:
    """6月底达到45%,9月底达到65%,每项得2分: one number for each of them is needed."""
    for piece in b.pieces:
        counted = piece.what is What.EVENT and re.search(rf"{NUM}%.*(?:每|各)(?:项|个|1项)?$", piece.label)
        if counted or piece.what is not What.TEXT and re.fullmatch(r"(?:其他|其它|其余)(?:各|的)?(?:项|指标|率)*(?:均|都)?", piece.measure):
            raise Unreadable(f"“{piece.label or piece.measure}”针对几个数值，要分别填报")
        if piece.gives is Gives.SCALE and "平均" in piece.scope:
            raise Unreadable("“平均计分”的办法没有写明")


def _beyond_target(b: Builder) -> None:
    """每超过预算1个百分点扣1分,超过10个百分点不得分: the bound is a distance from a target outside the sentence."""
    steps = [p for p in b.pieces if p.what is What.STEP]
    rows = [p for p in b.pieces if p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL)]
    free = [p for p in steps if p.interval is None]
    if not free or rows or b.plan.reader.requirements:
        return
    for piece in b.pieces:
        point = piece.unit in RATE_UNITS and re.search(r"百分点", piece.unit)
        moved = re.search(r"^(?:超过|超出|超|低于|下降|增长|偏离|相差)[^,;。]{0,6}\d", piece.scope) and free[0].target
        if piece.what is What.VALUE and piece.gives is Gives.ZERO and (point or moved):
            raise Unreadable(f"“{piece.scope}”是与目标值的差距，不能与实际值直接比较")


def _unasked_rates(b: Builder) -> None:
    """小学入学率达到100%。初中入学率达到98%以上,每低…: a demand on a rate that no clause reads."""
    names = {clean_measure(p.measure) for p in b.pieces if p.what in (What.VALUE, What.STEP, What.TARGET) and p.measure}
    if not names:
        return
    for _, found in b.plan.reader.requirements:
        name = re.split(r"[,:;。]", clean_measure(found.before))[-1]
        if found.unit != "%" or not re.search(r"率$", name) or any(n in name or name in n for n in names):
            continue
        if any(_same_kind(name, n) for n in names):
            raise Unreadable(f"“{name}”与“{sorted(names)[0]}”各有要求，要分别填报")


def _same_kind(a: str, b: str) -> bool:
    """入学率 of two groups: the same last words, other first words."""
    return a[-2:] == b[-2:] and a[:2] != b[:2]


def _excess_counts(b: Builder) -> None:
    """每完成1个得0.1分,超额部分每个得0.05分: what is beyond the target would be counted twice."""
    counted = [p for p in b.pieces if p.what is What.EVENT and p.gives in (Gives.AWARD, Gives.ADD)]
    for piece in counted:
        if len(counted) > 1 and re.match(r"(?:对)?(?:超额|超出|超过|超)(?:完成)?(?:的|部分|任务|计划|目标)", piece.label):
            raise Unreadable("超额部分与完成部分的计数会重复")


def _excess_share(b: Builder) -> None:
    """完成目标得3分;超额10%以上另加1分: a share of the target beyond it, not the actual value. (Several such rows are a
    ladder on the completion, built as one.)"""
    bonus = [p for p in b.pieces if p.what is What.VALUE and p.gives is Gives.ADD and p.interval is not None]
    ladder = b.plan.ladder or len(bonus) > 1
    if ladder and all("超" in p.measure + p.scope and p.interval is not None and p.interval.lo is not None for p in bonus):
        return
    for piece in b.pieces:
        beyond = re.match(r"(?:超额|超目标|超任务|超计划|超出目标|超过目标|超过任务|超过计划)[^,;。\d]{0,4}\d", piece.scope)
        if piece.what is What.VALUE and piece.unit in RATE_UNITS and beyond and not _RATE.search(piece.measure) and not piece.of_target:
            raise Unreadable(f"“{piece.scope}”是与目标值的差距，不能与实际值直接比较")


def _shared_each(b: Builder) -> None:
    """每个项目按期开工得0.5分、按期竣工得0.5分: the second is counted for each project as well."""
    text = b.plan.reader.text
    for first, second in pairwise(b.pieces):
        counted = first.what is What.EVENT and first.every and re.match(r"(?:对)?每", first.label)
        joined = re.match(r"(?:、|和|及|并)", text[first.end : second.start + 1])
        if counted and joined and second.what is What.TEXT and first.gives is second.gives:
            raise Unreadable(f"“{second.label}”是否也按“每”计数不明")


def _earned_and_missed(b: Builder) -> None:
    """每月0.5分,缺一个月扣0.5分: what was not done earns nothing already."""
    earned = [p for p in b.pieces if p.what is What.EVENT and p.gives in (Gives.AWARD, Gives.ADD)]
    for piece in b.pieces:
        missed = piece.gives is Gives.DEDUCT and re.match(r"(?:每|有)?(?:缺|少|漏)", piece.label)
        if missed and any(same_counter(p.unit, piece.unit) or p.label[-1:] in piece.label for p in earned):
            raise Unreadable(f"“{piece.label}”的扣分与按数量得分会重复计算")


def _level_and_shortfall(b: Builder) -> None:
    """会议不少于4次得5分,每少1次扣1分,少于2次不得分: one clause counts what is missing, the other what there is."""
    short = [p for p in b.pieces if p.what is What.EVENT and p.deviation and p.side == "below" and p.gives is Gives.DEDUCT]
    for piece in b.pieces:
        level = piece.what is What.VALUE and piece.gives is Gives.ZERO and piece.interval is not None and piece.interval.lo is None
        if level and any(same_counter(p.unit, piece.unit) for p in short):
            raise Unreadable("既按差额扣分，又按实际数不得分，填报哪一个数不明")
