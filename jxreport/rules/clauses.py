"""The condition in front of an atom, read as the first kind that fits."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from jxreport.rules.atoms import Atom, Kind
from jxreport.rules.events_read import read_cliff, read_event, read_exact_count, read_per_event
from jxreport.rules.pieces import (
    ELSE,
    MARK,
    Gives,
    Piece,
    Reader,
    Unreadable,
    What,
    absorb_words,
    context,
    trim,
)
from jxreport.rules.steps_read import read_per_point, read_step
from jxreport.rules.targets_read import read_target, read_two_shares
from jxreport.rules.values_read import read_named_bound, read_pairs, read_union, read_value
from jxreport.rules.vocabulary import (
    RATE_UNITS,
)

GIVES = {
    Kind.AWARD: Gives.AWARD, Kind.FULL: Gives.FULL, Kind.ZERO: Gives.ZERO, Kind.ADD: Gives.ADD, Kind.DEDUCT: Gives.DEDUCT,
    Kind.SCALE: Gives.SCALE, Kind.SHARE: Gives.AWARD, Kind.HUMAN: Gives.HUMAN,
}  # fmt: skip


def _last(text: str, stops: str) -> int:
    """Index behind the last of `stops` outside brackets; 0 where there is none."""
    depth = 0
    for i in range(len(text) - 1, -1, -1):
        if text[i] == ")":
            depth += 1
        elif text[i] == "(":
            depth = max(0, depth - 1)
        elif depth == 0 and text[i] in stops:
            return i + 1
    return 0


def read_clause(reader: Reader, start: int, atom: Atom, gives: Gives, points: Decimal | None) -> Piece:
    """The piece made of the condition text[start:atom.start] and the atom."""
    raw = reader.text[start : atom.start]
    stripped = MARK.sub("", raw)
    start += len(raw) - len(stripped)
    reader.eat(start - (len(raw) - len(stripped)), start)
    if re.match(r"(?:否则|反之),?每", stripped):
        start += stripped.index("每")
        stripped = stripped[stripped.index("每") :]
    cut = _last(stripped.rstrip(";。,:、"), ";。")
    first = start == 0 or reader.text[start - 1 : start] in (";", "。", "") or cut > 0
    if cut:
        context(reader, start, stripped[:cut])
        stripped = stripped[cut:]
        start += cut
        marked = MARK.sub("", stripped)
        reader.eat(start, start + len(stripped) - len(marked))
        start += len(stripped) - len(marked)
        stripped = marked
    base = Piece(
        what=What.NOTHING, gives=gives, points=points, start=start, end=atom.end, per=atom.per, verb=atom.word,
        scope=trim(stripped), low=atom.points if atom.high is not None else None, high=atom.high, after_stop=first,
    )  # fmt: skip
    return _read(reader, start, stripped, base)


def _read(reader: Reader, start: int, cond: str, base: Piece) -> Piece:
    words = cond.rstrip(",:、;。")
    if ELSE.match(words) and not words.startswith(("未", "没")):
        return replace(base, what=What.ELSE, label=trim(words))
    if base.per in RATE_UNITS:
        return read_per_point(reader, start, words, base)
    if base.per:
        return read_per_event(reader, start, words, base)
    counting = base.gives in (Gives.DEDUCT, Gives.ADD)
    step = read_step(reader, start, words, base)
    if step is not None:
        return step
    if counting or base.gives in (Gives.AWARD, Gives.ZERO, Gives.FULL):
        event = read_event(reader, start, words, base, counting)
        if event is not None:
            return event
    if counting or base.gives is Gives.ZERO:
        cliff = read_cliff(reader, start, words, base)
        if cliff is not None:
            return cliff
    if counting:
        exact = read_exact_count(reader, start, words, base)
        if exact is not None:
            return exact
    value = (
        read_pairs(reader, start, words, base)
        or read_named_bound(reader, start, words, base)
        or read_two_shares(reader, start, words, base)
        or read_union(reader, start, words, base)
        or read_value(reader, start, words, base)
    )
    if value is not None:
        return value
    target = read_target(reader, start, words, base)
    if target is not None:
        return target
    return _text(reader, start, words, base)


def _text(reader: Reader, start: int, cond: str, base: Piece) -> Piece:
    label = trim(cond)
    if not label:
        return base
    if re.search(
        r"按比例|(?:得|计|记)\d+(?:\.\d+)?%|[增扣加减]分|(?<!考核)(?<!综合)(?<!测评)(?<!评价)(?<!评议)(?<!考试)得分(?!率)|分值|基础分|满分",
        label,
    ):
        raise Unreadable(f"“{label}”中的计分规定不能理解")
    if base.gives in (Gives.AWARD, Gives.FULL) and len(re.findall(r"\d%", label)) > 1:
        raise Unreadable(f"“{label}”里有几个比率，要分别填报")
    return absorb_words(reader, start, cond, replace(base, what=What.TEXT, label=label))
