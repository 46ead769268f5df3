"""Conditions that count: 每发现1处, 每例, 按项, 三次及以上, 2次."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from jxreport.rules.interval import Interval
from jxreport.rules.pieces import (
    Gives,
    Piece,
    Reader,
    Unreadable,
    What,
    absorb_words,
    clean_measure,
    comma_parts,
    context,
    trim,
)
from jxreport.rules.vocabulary import (
    COUNTERS,
    NUM,
    PREFIX,
    TIME_UNITS,
    UNIT,
)

_COUNT = rf"(?P<n>{NUM})?个?(?P<u>{UNIT})"


_EVERY = re.compile(
    rf"每(?P<pre>(?!个|户|村|人|月|年|季|家|所|次|处|项|名)[^,;。每\d]*?)(?P<n>{NUM})(?P<u>{UNIT}|%)?(?P<post>[^;。]*)$|每(?P<pre2>[^,;。每\d]{{0,6}}?)(?P<u2>{UNIT})(?P<post2>[^;。]*)$"
)


_OTHER_COUNTER = re.compile(r"每[\u4e00-\u9fff]{2,4}")  # 每月次, 每断面: counted, whatever the counter


_MISSED = r"(?:的)?,?(?:未|没有|没|不|无|缺|少|漏|迟|错|拖|逾)"
_WITH_NUMBERS = re.compile(  # 发生1次死亡3-9人事故
    r"^[^\d]*1(?P<u>[次起例处件])[^\d]*(?:死亡|重伤|伤亡|受伤|损失|感染|中毒)[^\d]*\d.*(?:事故|案件|事件|疫情|火灾)的?$"
)
_SINGLE = re.compile(r"单(?P<u>[起次例件笔处])[^,;。]*\d[^,;。]*(?:以上|以下|以内)")  # 单起受害面积30亩以上: a kind of event
_FREQUENCY = re.compile(
    r"^每(?:1|个)?(?:年度?|半年|学期|(?:月度?(?!度)|季度?(?!度)|周|日|天|星期)(?!" + _MISSED + r"))(?=[^,;。]{2,})(?!.*每)"
)


_BY = re.compile(
    rf"(?<![未不没])(?:按(?!时|期|规|要求|照|计划|质|月|季|年|标准|程序|政策|进度|实|量|序)|逐)(?P<what>[^,;。\d]{{0,8}}?)(?P<u>(?!批|期|年|月|章|度|天|日){UNIT}|数)(?:数|次|逐1)?$"
)


_ONE = re.compile(rf"^(?P<pre>[^\d]*?)(?P<n>{NUM})(?P<u>{UNIT})(?P<post>[^\d]*)$")


_CLIFF = re.compile(
    rf"^(?P<pre>[^\d]*?)(?P<cmp>达到|达|超过|多于|≥|>)?(?P<n>{NUM})(?P<u>{UNIT})(?P<suf>\(含\d*{UNIT}?\)以上|及其?以上|\(含\)以上|或以上|以上)?(?:\(含(?:{NUM}{UNIT}?)?\))?(?P<post>[^\d]*)$"
)


_SHORTFALL = re.compile(r"缺|少|漏|差|未|不|延|迟|逾|超|晚|拖|减")


def read_per_event(reader: Reader, start: int, cond: str, base: Piece) -> Piece:
    """…扣10分/户: the unit behind the points says what is counted."""
    if base.per in ("年", "月", "季度"):
        raise Unreadable("按时间计分，次数不明")
    label = trim(cond)
    piece = replace(base, what=What.EVENT, label=label or f"每{base.per}", unit=base.per, every=True)
    return absorb_words(reader, start, cond, piece)


def read_event(reader: Reader, start: int, cond: str, base: Piece, counting: bool) -> Piece | None:
    """每发现1处, 每例, 按项, 发现1例, 1次."""
    parts = comma_parts(cond)
    for index in range(len(parts) - 1, -1, -1):
        part = _shield(parts[index][1])
        if index < len(parts) - 1 and (
            index < len(parts) - 2 or re.search(r"\d|每", parts[-1][1]) or len(parts[-1][1]) > 12
        ):
            break
        at = part.rfind("每")
        tail = part[at:] + "".join("," + p for _, p in parts[index + 1 :]) if at >= 0 else ""
        if at >= 0 and not _FREQUENCY.match(tail):
            match = _EVERY.match(tail)
            found = _counted(reader, start, cond, parts, index, match, base) if match is not None else None
            if match is not None and (found is not None or not _OTHER_COUNTER.fullmatch(tail)):
                return found
            if counting and index == len(parts) - 1 and len(tail) > 2 and not re.search(r"\d", tail):
                return _event_piece(reader, start, cond, parts, index, base, Decimal(1), "")
    last = parts[-1][1]
    single = _SINGLE.search(last) if counting else None
    if single is not None:
        return _event_piece(reader, start, cond, parts, len(parts) - 1, base, Decimal(1), single["u"])
    by = _BY.search(last)
    if by is not None and not re.search(r"\d", last):
        unit = by["u"] if by["u"] != "数" else (by["what"] or "")[-1:]
        return _event_piece(reader, start, cond, parts, len(parts) - 1, base, Decimal(1), unit)
    named = _WITH_NUMBERS.match(last) if counting or base.gives is Gives.ZERO else None
    if named is not None:
        return _event_piece(reader, start, cond, parts, len(parts) - 1, base, Decimal(1), named["u"])
    one = _ONE.match(_shield(last))
    if one is not None and one["n"] == "1" and (counting or base.gives is Gives.ZERO):
        fixed = one["u"] in ("年", "月", "日", "级", "档", "万", "亿") and not re.search(r"[缺少漏]$", one["pre"])
        if fixed or re.search(r"第$", one["pre"]):
            return None
        if re.match(r"口*(?:及?以上|以下|以内|之内)|\(含", one["post"]) or re.search(
            r"(?:不少于|至少|达到|大于|超过|低于|≥|≤)$", one["pre"]
        ):
            return (
                None
                if base.gives is not Gives.DEDUCT or not re.search(r"超过$", one["pre"])
                else _event_piece(reader, start, cond, parts, len(parts) - 1, base, Decimal(1), one["u"])
            )
        return _event_piece(reader, start, cond, parts, len(parts) - 1, base, Decimal(1), one["u"])
    return None


def _shield(text: str) -> str:
    """Bracketed remarks hidden, length kept."""
    return re.sub(r"\([^()]*\)", lambda m: "口" * len(m[0]), text)


def _counted(
    reader: Reader,
    start: int,
    cond: str,
    parts: list[tuple[int, str]],
    index: int,
    match: re.Match[str],
    base: Piece,
) -> Piece | None:
    number = Decimal(match["n"]) if match["n"] else Decimal(1)
    unit = match["u"] or match["u2"] or ""
    compared = re.search(rf"{PREFIX}$", match["pre"] or "") if match["n"] else None
    vague = compared is None or compared[0] in ("为", "是", "=", "达", "超", "达到", "到达")
    if not vague and base.gives not in (Gives.DEDUCT, Gives.ADD):
        return None  # 平均每案办理周期短于45日: a bound, not 45日 each
    post = match["post"] if match["n"] else match["post2"]
    if unit == "%" or "百分点" in unit or number == 0:
        return None
    if match["n"] and not match["u"]:
        return None
    if (
        not match["n"]
        and unit in ("年", "月", "季度", "周", "日", "天", "人")
        and post
        and index == len(parts) - 1
        and not (base.gives is Gives.DEDUCT and unit != "年" and re.match(_MISSED, post))
    ):
        return None
    if re.match(r"以上|及以上|以下|以内", post or ""):
        return None
    return _event_piece(reader, start, cond, parts, index, base, number, unit)


def _event_piece(
    reader: Reader,
    start: int,
    cond: str,
    parts: list[tuple[int, str]],
    index: int,
    base: Piece,
    size: Decimal,
    unit: str,
) -> Piece:
    label = trim(",".join(part for _, part in parts[index:]))
    meat = re.sub(rf"每|按|逐|有|发现|出现|发生|{NUM}|个?{UNIT}|数", "", label)
    begin = index
    while begin > 0 and len(meat) < 2:
        begin -= 1
        label = trim(",".join(part for _, part in parts[begin:]))
        meat = re.sub(rf"每|{NUM}|{UNIT}", "", label)
    if label.startswith("每") and begin > 0 and parts[begin - 1][1].endswith("的"):
        begin -= 1  # 水质反弹的,每个断面
        label = trim(",".join(part for _, part in parts[begin:]))
    while begin > 0 and re.match(r"但|且(?!末)|仍", parts[begin][1]):
        begin -= 1  # 发生上访,但没有报送预警的,每次: one fault, said in two halves
        label = trim(",".join(part for _, part in parts[begin:]))
    for i, (offset, part) in enumerate(parts):
        if i < begin:
            context(reader, start + offset, part)
        else:
            absorb_words(reader, start + offset, part, base)
    moved = re.search(
        r"(?:少(?!年|数)|缺(?!陷)|差(?!错|异)|减少|降低|低(?!保|收)|延(?!伸)|迟|逾|晚|拖|超期|超时|超过|超出|超|增加|多(?![次家个名人项处功])|增|高(?!标|质|级|新|校|中)|升(?!级)|提前|缩短)",
        label,
    )
    side = ""
    if moved:
        side = "above" if re.search(r"超|增|多|延|迟|逾|晚|拖|高|升", moved[0]) else "below"
    return replace(
        base, what=What.EVENT, label=label, unit=unit, size=size, every="每" in cond or "按" in label,
        deviation=bool(moved), side=side, scope=trim(cond),
    )  # fmt: skip


def read_cliff(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """三次及以上扣6分: from so many on, so many points."""
    offset, last = comma_parts(cond)[-1]
    match = _CLIFF.match(last)
    post = match["post"].strip("的者,") if match is not None else ""
    if match is None or len(post) > 8 or match["u"] not in COUNTERS or post and len(match["pre"]) > 4:
        return None
    if not match["suf"] and not match["cmp"]:
        return None
    strict = match["cmp"] in ("超过", "多于", ">") and not match["suf"]
    lead = match["pre"]
    if re.search(r"(?:不少于|不低于|低于|少于|不足)$", lead):
        return None
    for part_offset, part in comma_parts(cond)[:-1]:
        context(reader, start + part_offset, part)
    reader.eat(start + offset + match.start("n"), start + offset + match.end())
    number = Decimal(match["n"])
    interval = Interval(lo=number, lo_in=not strict)
    return replace(
        base,
        what=What.CLIFF,
        interval=interval,
        unit=match["u"],
        label=trim(last),
        measure=clean_measure(lead) + post,
    )


def read_exact_count(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """2次扣4分 beside 1次扣2分: exactly so many."""
    offset, last = comma_parts(cond)[-1]
    match = _ONE.match(last)
    if match is None or match["u"] not in COUNTERS | TIME_UNITS or match["post"].strip("的者,") or len(match["pre"]) > 8:
        return None
    if re.search(r"(?:不|未|少于|低于|超过|达到|至少|大于|≥|≤|<|>)$", match["pre"]):
        return None
    for part_offset, part in comma_parts(cond)[:-1]:
        context(reader, start + part_offset, part)
    reader.eat(start + offset + match.start("n"), start + offset + match.end("u"))
    number = Decimal(match["n"])
    return replace(
        base, what=What.COUNT, interval=Interval(lo=number, hi=number, lo_in=True, hi_in=True), unit=match["u"], size=number,
        label=trim(last), measure=match["pre"],
    )  # fmt: skip
