"""What is counted: events with their points, and those that count only from a number on."""

from __future__ import annotations

import re
from decimal import Decimal

from jxreport.rules.build.builder import Builder
from jxreport.rules.build.plan import points_of, same_counter
from jxreport.rules.nodes import Event
from jxreport.rules.numerals import chinese_number
from jxreport.rules.pieces import Gives, Piece, Unreadable
from jxreport.rules.tree import Counted
from jxreport.rules.vocabulary import NUM, UNIT

_BEYOND = re.compile(
    rf"(?P<stem>[^,;\d]*?[^,;\d每])(?:超过|超出|多于|>)(?P<n>{NUM})个?(?P<u>{UNIT})(?:的|后|以上|部分)*,?每(?:再)?(?:超过?|超出|增加?|多)(?:{NUM})?个?(?P<v>{UNIT})"
)
_FROM = re.compile(
    rf"(?P<stem>[^,;\d]*?[^,;\d每])(?:达到|达|超过)?(?P<n>{NUM})个?(?P<u>{UNIT})(?:\(含\))?(?:及?以上|以外)(?:的|后|部分)*,?每1?个?(?P<v>{UNIT})"
)


_NTH_ON = re.compile(rf"(?P<stem>.*?)第(?P<n>\d|[二三四五六七八九十])(?P<u>{UNIT})(?:起|开始|以后|及以后|后)+,?每1?个?(?P<v>{UNIT})")
_ALLOWED = rf"(?:允许(?P<a>[^,;。\d]{{0,10}})|(?P<b>[^,;。\d]{{1,16}})(?:不超过|不多于|不得超过|≤))(?P<n>{NUM})个?"


def _allowance(b: Builder, piece: Piece) -> tuple[str, Decimal] | None:
    """允许缺席2次,第3次起每次扣1分; 差错不超过3处的不扣分,超过部分每处扣1分: what is counted, and how many cost nothing."""
    before = b.plan.reader.text[: piece.end]
    told = list(re.finditer(_ALLOWED + re.escape(piece.unit), before)) if piece.unit else []
    free = {Decimal(m["n"]) for m in told}
    nth = _NTH_ON.fullmatch(piece.scope)
    if nth is not None and same_counter(nth["u"], nth["v"]):
        number = (chinese_number(nth["n"]) if not nth["n"].isdigit() else Decimal(nth["n"])) or Decimal(0)
        if number < 2 or free - {number - 1}:
            raise Unreadable(f"“{piece.scope}”从第几个起计不明")
        stem = re.split(",", nth["stem"].rstrip(","))[-1]
        return (told[-1]["a"] or told[-1]["b"] or "" if told else re.sub(r"\d.*$", "", stem)), number - 1
    if b.plan.ceiling is None and re.match(r"超(?:过|出)?(?:的|部分|次数)", piece.label):
        if len(free) != 1:
            raise Unreadable(f"“{piece.scope}”超过多少才计不明")
        return told[-1]["a"] or told[-1]["b"] or "", free.pop()
    return None


def _from_number(piece: Piece) -> tuple[str, str, Decimal] | None:
    """("beyond" or "bound", what is counted, the number) of 迟报超过2次的,每超1次 and 问题3处以上的,每处."""
    for name, form in (("beyond", _BEYOND), ("bound", _FROM)):
        match = form.fullmatch(piece.scope)
        if match is not None and same_counter(match["u"], match["v"]) and (piece.size == 1 or name == "beyond"):
            return name, re.sub(r"^(?:发现|出现|发生|有(?!效)|累计)+(?=[\u4e00-\u9fff]{2})", "", match["stem"]), Decimal(match["n"])
    return None


def make_event(b: Builder, index: int, piece: Piece, award: bool = False) -> Event:
    points = points_of(piece, b.plan)
    if piece.gives is Gives.DEDUCT:
        points = -points
    bounded = _from_number(piece)
    if bounded is not None:
        name, stem, number = bounded
        counted = Counted(text=f"{stem}{piece.unit}数", unit=piece.unit, scope=piece.scope)
        beyond, bound = (number, None) if name == "beyond" else (None, number)
        return Event(
            counted=counted, points=points, per=piece.size, limit=piece.limit, award=award, beyond=beyond, bound=bound,
            partial=b.plan.partial,
        )  # fmt: skip
    allowed = _allowance(b, piece) if not award else None
    if allowed is not None:
        b.plan.ceiling = allowed
    if b.plan.ceiling is not None and (allowed is not None or piece.deviation and piece.side == "above") and not award:
        name, number = b.plan.ceiling  # 投诉不超过2件得5分,每增加1件扣1分: all of them are counted, those beyond cost
        counted = Counted(text=f"{name}{piece.unit}数", unit=piece.unit, scope=name)
        return Event(
            counted=counted, points=points, per=piece.size, limit=piece.limit, beyond=number, partial=b.plan.partial
        )
    counted = Counted(text=piece.label, unit=piece.unit, deviation=piece.deviation, scope=piece.scope)
    required = required_number(b, piece) if piece.deviation and piece.side and not award else None
    against = b.plan.shortfall and piece.deviation and not award
    return Event(
        required=None if against else required,
        side=piece.side if piece.deviation and not award else "",
        against_target=against,
        partial=b.plan.partial or ("whole" if re.search(r"每[满足]", piece.scope) else ""),
        counted=counted,
        points=points,
        per=piece.size,
        limit=piece.limit,
        award=award,
        tail=f"/{piece.per}" if piece.per else "",
    )


def required_number(b: Builder, piece: Piece) -> Decimal | None:
    """计划举办培训100场,每少1场: the number that the shortfall (or the excess) is measured from."""
    if not piece.unit:
        return None
    if b.plan.required is not None and b.plan.required[0] == piece.side:
        return b.plan.required[1]
    before = b.plan.reader.text[: piece.end]
    ahead, behind = (
        ("不少于|至少|不低于|不得少于|计划|应|须|需|要求|达到|≥", "(?:及|或|\\(含\\))?以上")
        if piece.side == "below"
        else ("不超过|不多于|不高于|不得超过|控制在|限|≤", "(?:及|或|\\(含\\))?(?:以内|之内|以下)")
    )
    unit = re.escape(piece.unit)
    numbers = re.findall(rf"(?:{ahead})[^,;。\d]{{0,12}}({NUM})个?{unit}", before)
    numbers += re.findall(rf"({NUM})个?{unit}{behind}", before)
    return Decimal(numbers[-1]) if len(set(numbers)) == 1 else None
