"""Parallel lists: 好、中、差,分别扣0、3、5分. Labels and points are zipped by position, never padded."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from jxreport.rules.atoms import Atom, Kind
from jxreport.rules.clauses import GIVES, read_clause
from jxreport.rules.pieces import MARK, Gives, Piece, Unreadable, What, context
from jxreport.rules.vocabulary import UNIT

if TYPE_CHECKING:
    from jxreport.rules.walker import Walk


def parallel_list(walk: Walk, atom: Atom) -> None:
    """好、中、差,分别扣0、3、5分: labels and points zipped by position, never padded."""
    raw = walk.reader.text[walk.at : atom.start]
    stripped = MARK.sub("", raw)
    start = walk.at + len(raw) - len(stripped)
    lead = re.split(r"[;。]", stripped)
    if len(lead) > 1:
        context(walk.reader, start, stripped[: len(stripped) - len(lead[-1])])
        start += len(stripped) - len(lead[-1])
    words = lead[-1].rstrip(",:的")
    each = re.search(rf"(?:的)?,?每(?P<u>{UNIT})(?:的)?$", words)
    if each is not None:
        words = words[: each.start()].rstrip(",:的")
    colon = max(words.rfind(":"), words.rfind("分为"), words.rfind("为"), words.rfind(","))
    names = words[colon + 1 :] if colon >= 0 and "、" in words[colon:] else words
    place = start + words.rfind(names)
    labels = [label for label in re.split(r"、|和|及|或", names) if label]
    if len(labels) != len(atom.values) or len(labels) < 2:
        raise Unreadable("“分别”前后的项数不一致")
    walk.reader.eat(atom.start, atom.end)
    kind = (
        Kind.DEDUCT
        if "扣" in atom.word or "减" in atom.word
        else Kind.ADD
        if atom.word == "加"
        else Kind.AWARD
    )
    share = "%" in atom.text
    base = walk.plan.weight
    for label, value in zip(labels, atom.values, strict=True):
        at = walk.reader.text.index(label, place)
        place = at + len(label)
        fake = replace(atom, kind=kind, start=place, end=atom.end, points=value, high=None, per="")
        gives = GIVES[kind]
        if each is not None and not atom.word:
            raise Unreadable(f"“{atom.text}”没有写明是得分还是扣分")
        if each is not None:
            sign = Gives.DEDUCT if kind is Kind.DEDUCT else Gives.ADD if kind is Kind.ADD else Gives.AWARD
            name = MARK.sub("", label).rstrip("的") + f"每{each['u']}"
            walk.pieces.append(
                Piece(
                    what=What.EVENT,
                    gives=sign,
                    points=value,
                    label=name,
                    scope=name,
                    unit=each["u"],
                    every=True,
                    start=at,
                    end=atom.end,
                )
            )
            continue
        if kind is Kind.DEDUCT:
            # tiers whose fault is deducted: the tier earns the weight less its deduction
            if base is None:
                raise Unreadable("不知道该指标的分值，无法扣分")
            fake, gives = replace(fake, points=base - value), Gives.AWARD
        if fake.points == 0:
            gives = Gives.ZERO
        piece = read_clause(walk.reader, at, fake, gives, None if share else fake.points)
        walk.pieces.append(replace(piece, share=value if share else None, start=at))
    walk.at = atom.end
