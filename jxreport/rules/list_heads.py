"""Lists announced by a head: 有下列情形之一的扣2分:甲、乙; 以下4项各2分; 基础工作10分,其中甲3分、乙7分."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from jxreport.rules.atoms import Atom
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.vocabulary import NUM

if TYPE_CHECKING:
    from jxreport.rules.walker import Walk

EACH = re.compile(r"(?:可|应|予以|再)*(?:分别|各|均)")
_HEAD = re.compile(
    rf"(?:共|以下|下列|上述|以上|评价要点)*(?P<n>{NUM})?(?:每)?(?:项|条|点|个方面)"
    r"(?:内容|要求|条件|指标|工作|措施|任务|要点|标准)?"
)
_ANY = re.compile(
    r"^(?P<lead>.*?)(?:具有|有|存在|出现|发生|属于|发现)?(?:下列|以下|上述|以上)(?:任何)?(?:情形|情况|行为|问题|现象|条件|事项)(?:之一|之1)$"
)
_NAMED_ANY = re.compile(r"^(?:具有|有|存在|出现|发生|属于|发现)?(?P<list>[^,;。]+?)等?(?:情形|情况|行为|问题|现象|条件|事项)?之[一1]$")
_SPLIT = re.compile(r"[、,;]|或者|或|[①-⑳]|\(\d{1,2}\)|(?<![\d.])\d{1,2}[.、](?!\d)")
_SUBTOTAL = re.compile(r"[,:;(]*其中[:,]?")


def one_each(atom: Atom, piece: Piece) -> list[Piece]:
    """无计划、无措施、无总结的分别扣1分: so many points for each of the listed things. 以下4项各2分: for each point met."""
    if not EACH.match(atom.text) or piece.what not in (What.TEXT, What.VALUE, What.EVENT):
        return [piece]
    head = _HEAD.fullmatch(piece.scope)
    if head is not None and piece.gives in (Gives.AWARD, Gives.ADD):
        limit = piece.points * Decimal(head["n"]) if head["n"] and piece.points is not None else None
        return [
            replace(
                piece, what=What.EVENT, label="每符合1项", unit="项", every=True, limit=limit, size=Decimal(1),
                interval=None, measure="", of_list=True,
            )
        ]  # fmt: skip
    if piece.what is not What.TEXT:
        return [piece]
    labels = re.split(r"、|以及|和|及(?!时)", piece.label)
    if len(labels) == 1:
        return [piece]
    if any(len(label) < 2 for label in labels):
        raise Unreadable(f"“{piece.label}”中的各项分不清")
    return [replace(piece, label=label, scope=label) for label in labels]


def any_of(walk: Walk, piece: Piece) -> Piece:
    """有下列情形之一的扣2分:甲、乙、丙 and 有甲、乙情形之一的: one piece with its alternatives."""
    if piece.what is not What.TEXT or piece.gives not in (Gives.DEDUCT, Gives.ZERO, Gives.ADD, Gives.AWARD, Gives.FULL):
        return piece
    text = walk.reader.text
    if _ANY.match(piece.label):
        after = re.match(r"[:,]?(?P<list>[^。]+)", text[walk.at :])
        if after is None or text[walk.at : walk.at + 1] not in (":", "("):
            raise Unreadable(f"“{piece.label}”指哪些情形没有写明")
        listed, start = after["list"], walk.at + after.start("list")
        if re.search(r"[扣得加减]|\d+分", listed):
            raise Unreadable(f"“{piece.label}”后面列的情形另有分数")
        walk.reader.eat(start, start + len(listed))
        walk.at = start + len(listed)
    else:
        named = _NAMED_ANY.match(piece.label)
        if named is None:
            return piece
        listed = named["list"]
    items = tuple(item for item in (part.strip(" :();的") for part in _SPLIT.split(listed)) if item)
    if len(items) < 2 or len(set(items)) != len(items) or any(len(item) < 2 for item in items):
        raise Unreadable(f"“{piece.label}”指哪些情形分不清")
    return replace(piece, items=items, label="、".join(items), scope="、".join(items))


def subtotal(walk: Walk, atom: Atom) -> bool:
    """Do the points of this clause only sum up those of the clauses behind it (基础工作10分,其中…)?"""
    return _SUBTOTAL.match(walk.reader.text, atom.end) is not None


def check_subtotals(pieces: list[Piece], text: str) -> list[Piece]:
    """Heads whose parts add up to them are dropped; parts that only take away make the head a clause of its own."""
    kept: list[Piece] = []
    for index, piece in enumerate(pieces):
        if not piece.sums:
            kept.append(piece)
            continue
        stop = re.search(r"[;。]", text[piece.end :])
        end = piece.end + stop.start() if stop else len(text)
        own = [p for p in pieces[index + 1 :] if p.start < end]
        if own and all(p.gives is Gives.DEDUCT for p in own):
            kept.append(replace(piece, sums=False))
            continue
        total = sum((p.points or Decimal(0) for p in own), Decimal(0))
        if not own or any(p.gives is not Gives.AWARD or p.share is not None for p in own) or total != piece.points:
            raise Unreadable(f"“{piece.label}”的{piece.points}分与其中各项的分数不符")
    return kept
