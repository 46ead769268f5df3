"""Clauses that act on the whole table (一票否决, 本表100分扣完): reported, and never more than that for this row."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from jxreport.rules.atoms import Atom
from jxreport.rules.clauses import read_clause
from jxreport.rules.pieces import MARK, Gives, Piece, Unreadable, What

if TYPE_CHECKING:
    from jxreport.rules.walker import Walk

_OWN_ZERO = re.compile(r"(?:本|该|此)(?:项|指标|小项)(?:指标)?(?:得分)?(?:为|计|记|得)?(?:不得分|不计分|0分)")


def veto(walk: Walk, atom: Atom) -> None:
    """一票否决 acts on the whole table: kept as an effect, never as points, unless 本项不得分 is written beside it."""
    end = walk.segment_end(atom.end)
    own = _OWN_ZERO.search(walk.reader.text, atom.end, end)
    text = walk.reader.text[walk.at : own.start() if own else end].strip(",;。:")
    if own is not None:
        _own_zero(walk, atom)
    walk.effects.append(MARK.sub("", text))
    walk.reader.eat(walk.at, end)
    walk.plan.veto = True
    walk.at = end


def table_zero(walk: Walk, atom: Atom) -> None:
    """发生一次,本表100分扣完: where the table has no points left this row has none either."""
    begin = walk.at
    _own_zero(walk, atom)
    walk.reader.eat(atom.start, atom.end)
    walk.effects.append(MARK.sub("", walk.reader.text[begin : atom.end].strip(",;。:")))
    walk.at = atom.end


_WIDER = re.compile(r"(?:则|的)?(?:“[^”]{1,12}”)?(?:大项|专业|部分|章节|一级指标|二级指标)$")


def wider_zero(walk: Walk, piece: Piece, atom: Atom) -> Piece:
    """1处不符合“煤矿机械”大项不得分: the whole section has no points, and that is said beside the zero of this row."""
    wider = _WIDER.search(piece.label) if piece.gives is Gives.ZERO else None
    if wider is None or wider.start() < 2:
        return piece
    walk.effects.append(MARK.sub("", walk.reader.text[piece.start : atom.end].strip(",;。:")))
    return replace(piece, label=piece.label[: wider.start()])


def _own_zero(walk: Walk, atom: Atom) -> None:
    piece = read_clause(walk.reader, walk.at, atom, Gives.ZERO, None)
    if piece.what in (What.NOTHING, What.ELSE):
        raise Unreadable(f"“{atom.text}”作用于整个考核，条件没有写明")
    walk.pieces.append(replace(piece, verb=atom.text))
