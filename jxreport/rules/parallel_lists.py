"""Parallel lists: 好、中、差,分别扣0、3、5分. Labels and points are zipped by position, never padded."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from jxreport.rules.atoms import Atom, Kind
from jxreport.rules.clauses import GIVES, read_clause
from jxreport.rules.pieces import MARK, Gives, Piece, Reader, Unreadable, What, context
from jxreport.rules.textrows import looks_tiered
from jxreport.rules.vocabulary import NUM, UNIT

if TYPE_CHECKING:
    from jxreport.rules.walker import Walk

_GRADES = re.compile(r"等?[一二三四五六七\d]?个?(?:档次?|等次|等级|种?情况|种?情形)$")
_FAULT = re.compile(r"未|没有|无(?!故)|不")  # 未制定、未实施、未总结的,分别扣2、2、1分: faults, not tiers
_BOUND = rf"{NUM}(?:%|{UNIT}|分)?(?:及?以上|及?以下|以内)?"


def parallel_list(walk: Walk, atom: Atom) -> None:
    """好、中、差,分别扣0、3、5分: labels and points zipped by position, never padded."""
    start, words = _head(walk, atom)
    each = re.search(rf"(?:的)?,?每(?P<u>{UNIT})(?:的)?$", words)
    if each is not None:
        words = words[: each.start()].rstrip(",:的")
    if each is None and _thresholds(walk, atom, start, words):
        return
    colon = max(words.rfind(":"), words.rfind("分为"), words.rfind("为"), words.rfind(","))
    names = words[colon + 1 :] if colon >= 0 and "、" in words[colon:] else words
    place = start + words.rfind(names)
    labels = [label for label in re.split(r"、|和|及|或", _GRADES.sub("", names)) if label]
    if len(labels) != len(atom.values) or len(labels) < 2:
        raise Unreadable("“分别”前后的项数不一致")
    if each is not None and not atom.word:
        raise Unreadable(f"“{atom.text}”没有写明是得分还是扣分")
    if not atom.word and all(_FAULT.match(label) for label in labels) and not looks_tiered(labels):
        raise Unreadable(f"“{atom.text}”没有写明是得分还是扣分")
    walk.reader.eat(atom.start, atom.end)
    faults = _kind(atom) is Kind.DEDUCT and all(_FAULT.match(label) for label in labels) and not looks_tiered(labels)
    for label, value in zip(labels, atom.values, strict=True):
        at = walk.reader.text.index(label, place)
        place = at + len(label)
        if each is not None:
            tail = labels[-1][-2:] if not label.endswith(labels[-1][-2:]) else ""
            walk.pieces.append(_counted(label, tail, value, each["u"], atom, at))
        elif faults:
            own = MARK.sub("", label).rstrip("的")
            walk.pieces.append(
                Piece(what=What.TEXT, gives=Gives.DEDUCT, points=value, label=own, scope=own, start=at, end=atom.end)
            )
        else:
            fake, gives, share = _worth(walk, atom, place, value)
            piece = read_clause(walk.reader, at, fake, gives, None if share else fake.points)
            walk.pieces.append(replace(piece, share=share, start=at))
    walk.at = atom.end


def _head(walk: Walk, atom: Atom) -> tuple[int, str]:
    """Where the last clause in front of 分别 begins, and its words."""
    raw = walk.reader.text[walk.at : atom.start]
    stripped = MARK.sub("", raw)
    start = walk.at + len(raw) - len(stripped)
    walk.reader.eat(walk.at, start)
    last = re.split(r"[;。]", stripped)[-1]
    if len(last) < len(stripped):
        context(walk.reader, start, stripped[: len(stripped) - len(last)])
        start += len(stripped) - len(last)
        own = MARK.sub("", last)
        walk.reader.eat(start, start + len(last) - len(own))
        start, last = start + len(last) - len(own), own
    return start, last.rstrip(",:的")


def _kind(atom: Atom) -> Kind:
    if "扣" in atom.word or "减" in atom.word:
        return Kind.DEDUCT
    return Kind.ADD if atom.word == "加" else Kind.AWARD


def _worth(walk: Walk, atom: Atom, place: int, value: Decimal) -> tuple[Atom, Gives, Decimal | None]:
    """The atom of one row, what it gives, and its share. A tier whose fault is deducted earns the weight less that."""
    kind, share = _kind(atom), value if "%" in atom.text else None
    fake = replace(atom, kind=kind, start=place, end=atom.end, points=value, high=None, per="")
    gives = GIVES[kind]
    if kind is Kind.DEDUCT:
        if walk.plan.weight is None or share is not None:
            raise Unreadable("不知道该指标的分值，无法扣分")
        fake, gives = replace(fake, points=walk.plan.weight - value), Gives.AWARD
    if fake.points == 0:
        gives, share = Gives.ZERO, None
    return fake, gives, share


def _counted(label: str, tail: str, value: Decimal, unit: str, atom: Atom, at: int) -> Piece:
    """国家级、省级表彰的,每项分别加3分、2分: each of them is counted."""
    sign = {Kind.DEDUCT: Gives.DEDUCT, Kind.ADD: Gives.ADD}.get(_kind(atom), Gives.AWARD)
    name = MARK.sub("", label).rstrip("的") + f"每{unit}"
    return Piece(
        what=What.EVENT, gives=sign, points=value, label=name, scope=label + tail, unit=unit, every=True, start=at, end=atom.end
    )


def _thresholds(walk: Walk, atom: Atom, start: int, words: str) -> bool:
    """超过80%、70%和60%,且管护良好,分别得6分、4分和2分: several bounds on one measure."""
    match = re.fullmatch(
        rf"(?P<lead>[^;。]*?\D)(?P<first>{_BOUND})(?P<more>(?:(?:、|和|及|或){_BOUND})+)(?P<also>,?(?:且|并且|并)[^,;。\d]+)?", words
    )
    if match is None or _kind(atom) is Kind.DEDUCT:
        return False
    bounds = [match["first"], *(b for b in re.split(r"、|和|及(?!以)|或", match["more"]) if b)]
    if len(bounds) != len(atom.values):
        raise Unreadable("“分别”前后的项数不一致")
    walk.reader.eat(start, atom.end)
    for order, (bound, value) in enumerate(zip(bounds, atom.values, strict=True)):
        cond = match["lead"] + bound + (match["also"] or "")
        fake, gives, share = _worth(walk, atom, len(cond), value)
        row = Reader(cond)
        piece = read_clause(row, 0, fake, gives, None if share else fake.points)
        if piece.what is not What.VALUE:
            raise Unreadable(f"“{cond}”不能理解")
        walk.pieces.append(replace(piece, share=share, start=start + order, end=atom.end))
    walk.at = atom.end
    return True
