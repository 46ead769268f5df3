"""From scoring words to pieces: what each condition in front of an atom says.

A piece is one statement of the sentence with its points. Every number, percent sign and scoring word that a
piece understands is marked as eaten; the parser refuses a sentence in which anything stays uneaten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum

from jxreport.rules.atoms import Atom
from jxreport.rules.interval import Found, Interval, find_interval
from jxreport.rules.vocabulary import (
    COMPARE_WORDS,
    INERT_NUMBER,
    NUM,
    PREFIX_COMPARE,
    RATE_UNITS,
    TIME_UNITS,
    UNIT,
)


class What(Enum):
    """What the condition is."""

    TEXT = "text"
    VALUE = "value"  # a number in an interval
    TARGET = "target"  # a number against a target outside the sentence
    STEP = "step"
    EVENT = "event"
    CLIFF = "cliff"
    COUNT = "count"  # exactly so many (2次扣4分)
    ELSE = "else"
    NOTHING = "nothing"


class Gives(Enum):
    """What the atom gives."""

    AWARD = "award"
    FULL = "full"
    ADD = "add"
    DEDUCT = "deduct"
    ZERO = "zero"
    SCALE = "scale"
    HUMAN = "human"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One statement. Points are unsigned; `what` says which of the other fields are set."""

    what: What
    gives: Gives
    points: Decimal | None = None
    share: Decimal | None = None  # percent of the weight
    label: str = ""  # tier or tick text
    scope: str = ""  # the whole condition, for matching names
    measure: str = ""
    unit: str = ""
    interval: Interval | None = None
    also: str = ""  # a further condition in words (且管理规范)
    op: str = ""
    target: str = ""
    factor: Decimal = Decimal(100)
    every: bool = False
    size: Decimal = Decimal(1)
    side: str = ""
    relative: bool | None = False
    deviation: bool = False
    limit: Decimal | None = None
    per: str = ""
    verb: str = ""
    why: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    start: int = 0
    end: int = 0
    shortfall: bool = False
    stated_compare: bool = True
    absolute: bool = False
    from_zero: bool = False  # 每达到10%得1分: counted from 0
    expr: object = None
    after_stop: bool = False  # the condition stands right after ; or 。 or the beginning


class Unreadable(Exception):
    """A condition makes no sense; the sentence goes to a person. `why` in words. Never leaves the parser."""


@dataclass(slots=True)
class Reader:
    """Reads conditions of one normalised sentence and keeps what was understood."""

    text: str
    eaten: list[tuple[int, int]] = field(default_factory=list)
    requirements: list[tuple[int, Found]] = field(
        default_factory=list
    )  # intervals in text that has no points
    notes: list[str] = field(default_factory=list)

    def eat(self, start: int, end: int) -> None:
        self.eaten.append((start, end))


MARK = re.compile(
    r"^(?:[\s,;。:、.]|\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)[、,.:]?|\d{1,2}[)、.](?!\d)|[一二三四五六七八九十]{1,3}[、.](?!\d)|"
    r"[①-⑳⑴-⒇⒈-⒛㈠-㈩]|[A-Za-z][.、)]|[-*•·●■◆]+(?!\d)|第[一二三四五六七八九十]+[,、是])+"
)
_TRIM = re.compile(
    r"(?:的|者|时(?<!及时)(?<!按时)|,|:|、|则|即|(?<!行)为|情况|的情况|\(|“|”|且|并|均|可|应|将|或|等)+$"
)
ELSE = re.compile(
    r"^(?:否则|反之|其他(?:情况|情形|均|的)?|其它(?:情况|情形|均|的)?|其余(?:情况|情形|均|的)?|不符合(?:上述|以上)[^,;。\d]*|不满足(?:上述|以上)[^,;。\d]*|"
    r"(?:未|没有)(?:达到|达标|达|完成)(?:上述|以上|规定|目标|要求|标准|该|指标|目标值|指标值|任务|以上标准|既定目标|年度目标|预期目标|计划)*)的?(?:,|则|均|一律)*(?:的)?$"
)
ONLY_NOT_REACHED = re.compile(r"^(?:未|没有|没)(?:达到|达标|达|完成|实现)|^(?:达不到|达不成|完不成|不达标)")
_DOWN = r"少[\u4e00-\u9fff]{2}(?=\d)|未完成任务|低于|降低|下降|减少|少于|低|降|少|下滑|差|未达到|未达|落后|不足|欠|滞后|未完成|减"
_UP = "超支|超额完成|超过目标|超出|超过|超额|高于|高出|增加|增长|提高|上升|升高|提升|超|升|高|增|多"
_EITHER = "相差|偏离|偏差|误差|变动|差异|浮动"
_BOTH = rf"(?:{_DOWN})(?:或者?|、|/|和)(?:{_UP})|(?:{_UP})(?:或者?|、|/|和)(?:{_DOWN})"
_DIRECTION = f"{_BOTH}|{_EITHER}|{_DOWN}|{_UP}"
_TARGET_WORDS = (
    r"(?:目标值|指标值|计划值|标准值|目标|计划|任务|标准|要求|规定值|规定|基准值|基准|平均值|平均水平|平均数|全市平均|全省平均|全国平均|市平均|省平均|"
    r"上年度?|去年|同期|年初目标|预算数|预算|预期值|预期|该比例|该标准|该值|满分值|合格线)"
)
_STEP = re.compile(
    rf"(?P<subject>[^,;。\d]*?)(?P<every>每)?(?P<mid>[^,;。\d每]*?)(?P<dir>{_DIRECTION})?(?:了|出|于|到|过)?(?P<target>(?:年初|年度|全年|预期|既定|规定的?|设定的?|考核)*{_TARGET_WORDS})?(?P<of>的)?"
    rf"(?P<n>{NUM})(?P<u>%|个?百分点)(?P<post>[^,;。\d]*)$"
)
_COUNT = rf"(?P<n>{NUM})?个?(?P<u>{UNIT})"
_EVERY = re.compile(
    rf"每(?P<pre>(?!个|户|村|人|月|年|季|家|所|次|处|项|名)[^,;。每\d]*?)(?P<n>{NUM})(?P<u>{UNIT}|%)?(?P<post>[^;。]*)$|每(?P<pre2>[^,;。每\d]{{0,6}}?)(?P<u2>{UNIT})(?P<post2>[^;。]*)$"
)
_FREQUENCY = re.compile(r"^每(?:1|个)?(?:年|半年|月|季度?|周|日|天|星期|学期)(?:度)?(?=[^,;。]{2,})(?!.*每)")
_BY = re.compile(
    rf"(?<![未不没])(?:按|逐)(?P<what>[^,;。\d]{{0,8}}?)(?P<u>(?!批|期|年|月|章|度|天|日){UNIT}|数)(?:数|次|逐1)?$"
)
_ONE = re.compile(rf"^(?P<pre>[^\d]*?)(?P<n>{NUM})(?P<u>{UNIT})(?P<post>[^\d]*)$")
_CLIFF = re.compile(
    rf"^(?P<pre>[^\d]*?)(?P<cmp>达到|达|超过|多于|≥|>)?(?P<n>{NUM})(?P<u>{UNIT})(?P<suf>\(含\d*{UNIT}?\)以上|及其?以上|\(含\)以上|或以上|以上)?(?:\(含(?:{NUM}{UNIT}?)?\))?(?P<post>[^\d]*)$"
)
_COUNTERS = frozenset("次 起 例 项 处 件 人 个 户 份 人次 名 家 种 条 篇".split())
_SHORTFALL = re.compile(r"缺|少|漏|差|未|不|延|迟|逾|超|晚|拖|减")
_RATE_STEP_HINT = ("百分点", "个百分点")


def trim(text: str) -> str:
    """A label without the particles around it."""
    text = MARK.sub("", text)
    text = (
        re.sub(
            r"^(?:但|且|并|如果|如|若|其中|对于?|凡|对|另外|同时|此外|,|:|是(?!否))+(?=[\u4e00-\u9fff“])",
            "",
            text,
        )
        if len(text) > 4
        else text
    )
    while True:
        shorter = _TRIM.sub("", text)
        if shorter.endswith(")") and "(" not in shorter:
            shorter = shorter[:-1]
        if shorter == text or not shorter:
            break
        text = shorter
    if text.count("(") > text.count(")") and text.startswith("("):
        text = text[1:]
    return text or shorter


def benign_numbers(text: str, loose: bool) -> list[tuple[int, int]] | None:
    """Spans of the numbers in a text that may stand there as words: dates and document numbers, and (loose)
    numbers with a unit. None where a bare number remains: that is how damage looks."""
    spans: list[tuple[int, int]] = []
    at = 0
    with_unit = re.compile(
        rf"(?:第)?-?{NUM}(?:\((?:含|不含)\))?(?:(?:-|至|到|~|、|×)\d+(?:\.\d+)?)*(?:\((?:含|不含)\))?(?:%|{UNIT}|小时|以上|及以上|以内|以下)|[A-Za-z.]+{NUM}|{NUM}[A-Za-z]|\({NUM}\)|{NUM}[)、.](?!\d)"
    )
    while True:
        digit = re.search(r"\d", text[at:])
        if digit is None:
            return spans
        place = at + digit.start()
        match = None
        for start in range(max(at, place - 6), place + 1):
            inert = INERT_NUMBER.match(text, start)
            if inert and inert.end() > place:
                match = inert
                break
        if match is None and loose:
            for start in range(max(at, place - 2), place + 1):
                found = with_unit.match(text, start)
                if found and found.end() > place:
                    match = found
                    break
        if match is None:
            return None
        spans.append(match.span())
        at = match.end()


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


def context(reader: Reader, start: int, text: str, loose: bool = True) -> None:
    """Requirement text that carries no points: numbers in it are kept as possible anchors. Not `loose`: text behind
    the scoring words, where a number has no business. A step (每低1%) without points is a sign of damage."""
    at = 0
    if re.search(rf"每[^,;。\d]{{0,8}}{NUM}(?:%|个?百分点)", text):
        raise Unreadable(f"“{text.strip(',;。:')}”没有写明分数")
    for sentence in re.split(r"(?<=[;。])", text):
        found = find_interval(sentence)
        if found is not None and found.stated_compare:
            reader.requirements.append((start + at, found))
        spans = benign_numbers(sentence, loose=loose)
        if (
            loose
            and spans is None
            and found is not None
            and found.stated_compare
            and benign_numbers(sentence[: found.start] + sentence[found.end :], loose=True) is not None
        ):
            spans = [(found.start, found.end)]
        for span in spans or ():
            reader.eat(start + at + span[0], start + at + span[1])
        at += len(sentence)


def _read(reader: Reader, start: int, cond: str, base: Piece) -> Piece:
    words = cond.rstrip(",:、;。")
    if ELSE.match(words) and not words.startswith(("未", "没")):
        return replace(base, what=What.ELSE, label=trim(words))
    if base.per in RATE_UNITS:
        return _per_point(reader, start, words, base)
    if base.per:
        return _per_event(reader, start, words, base)
    counting = base.gives in (Gives.DEDUCT, Gives.ADD)
    step = _step(reader, start, words, base)
    if step is not None:
        return step
    if counting or base.gives in (Gives.AWARD, Gives.ZERO, Gives.FULL):
        event = _event(reader, start, words, base, counting)
        if event is not None:
            return event
    if counting or base.gives is Gives.ZERO:
        cliff = _cliff(reader, start, words, base)
        if cliff is not None:
            return cliff
    if counting:
        exact = _exact(reader, start, words, base)
        if exact is not None:
            return exact
    value = _named_bound(reader, start, words, base) or _value(reader, start, words, base)
    if value is not None:
        return value
    target = _target(reader, start, words, base)
    if target is not None:
        return target
    return _text(reader, start, words, base)


def _per_point(reader: Reader, start: int, cond: str, base: Piece) -> Piece:
    """低于90%的按1分/个百分点扣分: a step of one point from the bound before it."""
    found = find_interval(cond)
    if found is None:
        if re.search(r"\d", cond):
            raise Unreadable(f"“{cond}”不能理解")
        side = re.search(rf"({_UP})|({_DOWN})", cond)
        if side is None:
            raise Unreadable("步长方向不明")
        return replace(
            base, what=What.STEP, side="above" if side[1] else "below", unit="百分点", per="", every=True
        )
    reader.eat(start + found.start, start + found.end)
    return replace(
        base,
        what=What.STEP,
        interval=found.interval,
        label=found.unit,
        unit="百分点",
        measure=clean_measure(found.before),
        per="",
        every=True,
    )


def _per_event(reader: Reader, start: int, cond: str, base: Piece) -> Piece:
    """…扣10分/户: the unit behind the points says what is counted."""
    if base.per in ("年", "月", "季度"):
        raise Unreadable("按时间计分，次数不明")
    label = trim(cond)
    piece = replace(base, what=What.EVENT, label=label or f"每{base.per}", unit=base.per, every=True)
    return _absorb(reader, start, cond, piece)


def _absorb(reader: Reader, start: int, cond: str, piece: Piece) -> Piece:
    """Take the whole condition as words; bare numbers in it stay uneaten."""
    spans = benign_numbers(cond, loose=True)
    if spans is not None:
        for span in spans:
            reader.eat(start + span[0], start + span[1])
    return piece


def _parts(cond: str) -> list[tuple[int, str]]:
    """Comma-separated parts with their offsets (commas inside brackets do not cut)."""
    parts: list[tuple[int, str]] = []
    depth = begin = 0
    for i, char in enumerate(cond):
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char in ",:" and depth == 0:
            parts.append((begin, cond[begin:i]))
            begin = i + 1
    parts.append((begin, cond[begin:]))
    return parts


def _step(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """每低于5%, 超1个百分点, 低于90%的每低1%."""
    if base.gives not in (Gives.DEDUCT, Gives.ADD) and not (base.gives is Gives.AWARD and "每" in cond):
        return None
    parts = _parts(cond)
    offset, last = parts[-1]
    cut = last.rfind("每")
    if cut > 0 and re.search(r"\d", last[:cut]):
        parts[-1:] = [(offset, last[:cut]), (offset + cut, last[cut:])]
        offset, last = parts[-1]
    match = _STEP.match(last)
    if (
        match is None
        or re.sub(r"^(?:的|者|时|以上|及以上|,|部分)+", "", match["post"]).strip("的者时部分") != ""
    ):
        return None
    if "以上" in match["post"]:
        return None
    direction, every, unit = match["dir"] or "", bool(match["every"]), match["u"]
    size = Decimal(match["n"])
    point = "百分点" in unit
    if not every:
        if (
            not direction
            or direction in ("低于", "高于", "少于", "未达到", "未达", "不足", "未完成")
            and not point
        ):
            return None
        if size != 1 or not (
            point
            or direction
            in (
                "超",
                "超出",
                "超过",
                "降",
                "下降",
                "降低",
                "减少",
                "少",
                "低",
                "差",
                "提高",
                "上升",
                "增加",
                "升",
                "增长",
                "高",
                "相差",
                "偏离",
                "偏差",
            )
        ):
            return None
    if size == 0:
        raise Unreadable("步长为0")
    side = (
        "either"
        if re.fullmatch(f"{_EITHER}|{_BOTH}", direction)
        else "below"
        if re.fullmatch(_DOWN, direction)
        else "above"
        if direction
        else ""
    )
    subject = (match["subject"] or "") + (match["mid"] or "")
    gives, from_zero = base.gives, False
    if gives is Gives.AWARD:
        if every and (not base.verb or direction and side == "below"):
            raise Unreadable("没有写明是得分还是扣分")
        counted = (
            re.search(r"(?:达到|达|完成|实现)$", match["mid"] or "")
            or not match["mid"]
            and re.search(r"(?:率|比例|度)$", match["subject"] or "")
        )
        if not every or not counted and not direction:
            return None
        gives, from_zero = Gives.ADD, not direction
        side = side or "above"
    if not side:
        over = re.search(rf"({_UP})|({_DOWN})|({_EITHER})", subject)
        if over is not None and re.search(r"部分|幅度|的$", subject):
            side = "above" if over[1] else "below" if over[2] else "either"
            subject = ""
    if from_zero:
        base = replace(base, from_zero=True)
    base = replace(base, gives=gives)
    reader.eat(start + offset + match.start("n"), start + offset + match.end("u"))
    before: Interval | None = None
    before_unit = ""
    for part_offset, part in parts[:-1]:
        found = _rate_in(part)
        stated = found is not None and (
            found.stated_compare
            or found.unit == "%"
            and re.match(r"^(?:为(?:标准|目标|基准|满分|起点))?$", found.after)
        )
        if found is not None and stated and before is None:
            before, before_unit = found.interval, found.unit
            if not trim(subject):
                subject = found.before
            reader.eat(start + part_offset + found.start, start + part_offset + found.end)
            rest = part[: found.start] + " " * (found.end - found.start) + part[found.end :]
            _absorb(reader, start + part_offset, rest, base)
        else:
            _absorb(reader, start + part_offset, part, base)
    against = re.search(rf"(?:低于|高于|未达到|超过|达不到)(?P<t>{_TARGET_WORDS})的?(?:,|$)", "".join(p + "," for _, p in parts[:-1]))
    relative: bool | None = False
    if match["target"] and unit == "%":
        relative = True if match["of"] else None
    return replace(
        base, what=What.STEP, every=every, size=size, side=side, unit=unit, measure=clean_measure(subject),
        interval=before, relative=relative, label=before_unit, scope=trim(cond),
        target=match["target"] or (against["t"] if against and before is None else ""),
    )  # fmt: skip


def _rate_in(text: str) -> Found | None:
    """The first stated rate of a text (抗生素2联及以上联用处方≤20% → ≤20%), else the first interval."""
    first = find_interval(text)
    found, at = first, 0
    while found is not None:
        if found.unit == "%" and found.stated_compare:
            return found
        at = found.end
        found = find_interval(text, at)
    return first


def clean_measure(text: str) -> str:
    """The name of the measure in front of a comparison."""
    text = MARK.sub("", text)
    text = re.sub(
        r"(?:的|每|在|为|是|均|应|须|需|达到|达|要求|比例在|控制在|如|当|若|:|则|介于|处于|保持在|实际|须|均须|均需|平均)+$",
        "",
        text,
    )
    text = re.sub(
        r"^(?:以|按)$|^(?:且|并|但|如果|若|当(?!年|月|期|地|季)|即|和|与|其中|的|对|凡|,|、|\()+", "", text
    )
    if re.fullmatch(
        r"(?:优秀|优良|优|良好|良|中等|中|基本合格|合格|达标|及格|不合格|不达标|不及格|较好|较差|好|一般|差|[A-E]级?|[一二三四五]级)\(?",
        text,
    ):
        return ""  # 优秀(90分以上): the tier's name, not the measure's
    text = text.strip("(),:、")
    if text.endswith("("):
        text = ""
    if text.count("“") != text.count("”"):
        return text.strip("“”")
    return text[1:-1] if text.startswith("“") and text.endswith("”") and text.count("“") == 1 else text


def _event(reader: Reader, start: int, cond: str, base: Piece, counting: bool) -> Piece | None:
    """每发现1处, 每例, 按项, 发现1例, 1次."""
    parts = _parts(cond)
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
            if match is not None:
                return _counted(reader, start, cond, parts, index, match, base)
            if counting and index == len(parts) - 1 and len(tail) > 2 and not re.search(r"\d", tail):
                return _event_piece(reader, start, cond, parts, index, base, Decimal(1), "")
    last = parts[-1][1]
    by = _BY.search(last)
    if by is not None and not re.search(r"\d", last):
        unit = by["u"] if by["u"] != "数" else (by["what"] or "")[-1:]
        return _event_piece(reader, start, cond, parts, len(parts) - 1, base, Decimal(1), unit)
    one = _ONE.match(_shield(last))
    if one is not None and one["n"] == "1" and (counting or base.gives is Gives.ZERO):
        if one["u"] in ("年", "月", "日", "级", "档", "万", "亿") or re.search(r"第$", one["pre"]):
            return None
        if re.match(r"以上|及以上|以下|以内|\(含|之内", one["post"]) or re.search(
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
    for i, (offset, part) in enumerate(parts):
        if i < begin:
            context(reader, start + offset, part)
        else:
            _absorb(reader, start + offset, part, base)
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


def _cliff(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """三次及以上扣6分: from so many on, so many points."""
    offset, last = _parts(cond)[-1]
    match = _CLIFF.match(last)
    post = match["post"].strip("的者,") if match is not None else ""
    if match is None or len(post) > 8 or match["u"] not in _COUNTERS or post and len(match["pre"]) > 4:
        return None
    if not match["suf"] and not match["cmp"]:
        return None
    strict = match["cmp"] in ("超过", "多于", ">") and not match["suf"]
    lead = match["pre"]
    if re.search(r"(?:不少于|不低于|低于|少于|不足)$", lead):
        return None
    for part_offset, part in _parts(cond)[:-1]:
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


def _exact(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """2次扣4分 beside 1次扣2分: exactly so many."""
    offset, last = _parts(cond)[-1]
    match = _ONE.match(last)
    if match is None or match["u"] not in _COUNTERS or match["post"].strip("的者,") or len(match["pre"]) > 8:
        return None
    if re.search(r"(?:不|未|少于|低于|超过|达到|至少|大于|≥|≤|<|>)$", match["pre"]):
        return None
    for part_offset, part in _parts(cond)[:-1]:
        context(reader, start + part_offset, part)
    reader.eat(start + offset + match.start("n"), start + offset + match.end("u"))
    number = Decimal(match["n"])
    return replace(
        base, what=What.COUNT, interval=Interval(lo=number, hi=number, lo_in=True, hi_in=True), unit=match["u"], size=number,
        label=trim(last), measure=match["pre"],
    )  # fmt: skip


def _value(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """A number in an interval: the last comma parts that hold it; words before it may be a further condition."""
    parts = _parts(cond)
    for index in range(len(parts)):
        offset, part = parts[index]
        rest = cond[offset:]
        inert = benign_numbers(part, loose=False)
        if inert is not None and re.search(r"\d", part):
            continue  # only a date or a document number
        masked = _mask(rest)
        found = find_interval(masked)
        if found is None:
            continue
        if found.start >= len(part) and index < len(parts) - 1:
            continue
        return _valued(reader, start, cond, parts, index, found, base)
    return None


_NAMED_BOUND = re.compile(
    rf"^(?P<m>[^\d]*?)(?P<cmp>{'|'.join(w for w in COMPARE_WORDS if len(w) > 1)})(?P<noun>[^\d,;()]{{1,10}})\((?P<n>{NUM})%\)的?$"
)


def _named_bound(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """预算执行率达到序时进度(75%): the bound stands in brackets behind its name."""
    offset, last = _parts(cond)[-1]
    match = _NAMED_BOUND.match(last)
    if match is None or base.gives not in (Gives.AWARD, Gives.FULL, Gives.ZERO):
        return None
    op, bound = PREFIX_COMPARE[match["cmp"]], Decimal(match["n"])
    if op not in ("≥", ">", "≤", "<"):
        return None
    interval = Interval(lo=bound, lo_in=op == "≥") if op in "≥>" else Interval(hi=bound, hi_in=op == "≤")
    for part_offset, part in _parts(cond)[:-1]:
        context(reader, start + part_offset, part)
    reader.eat(start + offset + match.start("n"), start + offset + match.end("n") + 1)
    return replace(base, what=What.VALUE, interval=interval, unit="%", measure=clean_measure(match["m"]))


def _mask(text: str) -> str:
    """Dates and names with digits hidden, so that they are not taken for bounds."""
    return INERT_NUMBER.sub(lambda m: "口" * len(m[0]), text) if INERT_NUMBER.search(text) else text


def _valued(
    reader: Reader, start: int, cond: str, parts: list[tuple[int, str]], index: int, found: Found, base: Piece
) -> Piece | None:
    offset = parts[index][0]
    rest = cond[offset:]
    after = re.sub(r"^(?:的部分|的|之间|者|时|范围内|区间|分|左右)+", "", rest[found.end :]).strip(",的者")
    after = re.sub(r"^(?:\)|是|为(?:基准|标准|目标|满分|基数|起点)值?)$", "", after)
    before = rest[: found.start].replace("口", "")
    against = re.search(
        rf"(?:{'|'.join(w for w in COMPARE_WORDS if len(w) > 1)})[^,;\d]{{2,14}}(?:数|量|额|面积|总数|人数|任务|计划)的$",
        before,
    )
    if against and base.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO) and found.unit == "%" and not after:
        op = PREFIX_COMPARE[next(w for w in COMPARE_WORDS if against[0].startswith(w))]
        bound = found.interval.lo if found.interval.lo is not None else found.interval.hi
        if found.interval.is_point and op != "=":
            one = Interval(lo=bound, lo_in=op == "≥") if op in "≥>" else Interval(hi=bound, hi_in=op == "≤")
            reader.eat(start + offset + found.start, start + offset + found.end)
            return replace(base, what=What.VALUE, interval=one, unit="%", measure=clean_measure(before))
    if re.search(r"(?:率|度|比|比例|性|时)、", before) or (after and base.gives is Gives.ZERO):
        return None  # several conditions in one: a statement to tick
    if re.search(r"或|存在", before) and not found.stated_compare:
        return None  # 支出不及时或资金滞留10%: words and a number in one condition
    interval = found.interval
    if (
        re.search(r"(?:低|少|高|差|降|晚|迟|多|慢|短|逾期|超期|延迟|延误|推迟|超时|延期|滞后)$", before)
        and interval.lo is None
        and not found.absolute
    ):
        interval = replace(interval, lo=Decimal(0), lo_in=False)  # 比指标低5%以内: a distance, not a level
    if (
        re.search(r"[\u4e00-\u9fff]\d|\d", before)
        and benign_numbers(rest[: found.start], loose=False) is None
    ):
        return None
    if re.search(
        rf"(?:{'|'.join(w for w in COMPARE_WORDS if len(w) > 1)})(?!$)[^,;]{{1,20}}$", before
    ) and not re.search(r"(?:率|比例|度|比重|数)$", before):
        return None  # 少于实际采购量70%: the number belongs to something else
    if re.search(r"\d", after):
        return None
    if (
        after
        and found.unit in TIME_UNITS
        and re.fullmatch(
            r"(?:完成|办结|上报|报送|拨付|响应|到位|办理|处理|提交|反馈|公开|下达|支付|到达|解决|整改)(?:到位|完毕)?",
            after,
        )
    ):
        after = ""
    joined = re.match(r"^(?:且|并|,|但|同时|及)", rest[found.end :].lstrip("的"))
    loose = found.stated_compare and base.gives not in (Gives.DEDUCT, Gives.ADD) and found.unit == "%"
    if after and not joined and (not loose or len(after) > 12):
        return None
    if (
        not found.stated_compare
        and found.unit not in RATE_UNITS
        and base.gives not in (Gives.AWARD, Gives.FULL)
    ):
        return None
    if found.unit in ("级", "档", "届", "卷"):
        return None
    if re.search(r"每[^,;]{0,6}$", rest[: found.start]):
        return None
    if not found.unit and not found.stated_compare:
        return None
    if (
        not found.stated_compare
        and found.unit not in RATE_UNITS
        and not re.search(r"[\u4e00-\u9fff]", before)
    ):
        return None
    reader.eat(start + offset + found.start, start + offset + found.end)
    for span in benign_numbers(rest[: found.start], loose=False) or ():
        reader.eat(start + offset + span[0], start + offset + span[1])
    lead = []
    for part_offset, part in parts[:index]:
        context(reader, start + part_offset, part)
        if cond[part_offset + len(part) : part_offset + len(part) + 1] == ":":
            continue  # a heading
        if not re.match(
            r"^(?:看|查看?|查阅|根据|依据|按照?|参照|以|经|截至|年末|到|至|在|若|如果|合理|加强|对|通过|\d)",
            part,
        ):
            lead.append(trim(part))
    also = re.sub(r"^(?:且|并且|并|,|但|同时|及(?!时)|的|又)+", "", after)
    tail = rest[found.end :]
    lost = found.interval.is_point and _INCLUDED.search(rest[found.start : found.end])
    if tail.startswith("-") or rest[: found.start].endswith("-") or lost:
        raise Unreadable(f"“{rest.strip(',;')}”少了一个数或符号")
    if not found.stated_compare and found.unit == "%" and (found.interval.lo or 0) > 100:
        raise Unreadable(f"“{rest.strip(',;')}”超过100%，可能少了比较符号")
    return replace(
        base, what=What.VALUE, interval=interval, unit=found.unit, measure=clean_measure(rest[: found.start]),
        absolute=found.absolute, also=trim(also), label=",".join(x for x in lead if x), stated_compare=found.stated_compare,
    )  # fmt: skip


_INCLUDED = re.compile(r"\((?:不?含|包[含括])")
_VAGUE = ("为", "是", "=", "超", "仅", "仅为", "最低", "至少", "达")
_AGAINST = re.compile(
    rf"(?P<measure>[^,;。\d]*?)(?P<cmp>{'|'.join(w for w in COMPARE_WORDS if w not in _VAGUE)})"
    rf"(?:或超过|及以上|或高于)?(?P<target>[^,;。\d<>≤≥]{{0,24}}?"
    r"(?:目标值|指标值|计划数|计划值|平均值|平均水平|平均数|平均|标准值|目标数|任务数|预算数|上年数?|上年同期|去年同期|"
    r"上一年度?|上年度|上年水平|下达的[^,;。\d]{1,12}|规划目标|年初目标值|预期值|计划投资|批复概算|概算))"
    rf"(?:的)?(?:(?P<n>{NUM})%)?"
    r"(?P<suf>及以上|以上|或以上|及以下|以下|以内)?(?P<post>[^,;。\d]{0,8})$"
)


def _target(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """高于或等于市平均, 大于或等于规划下达的保有量, 低于目标值的80%."""
    parts = _parts(cond)
    offset, last = parts[-1]
    match = _AGAINST.match(_mask(last))
    if match is None:
        return None
    post = re.sub(r"^的?(?:县\(区\)|县区|县|区|市|单位|部门|乡镇|地区|学校|项目)*(?:的)?$", "", match["post"])
    if post:
        return None
    op = PREFIX_COMPARE[match["cmp"]]
    if match["suf"] and match["cmp"] in ("达到", "到达"):
        op = "≥" if "上" in match["suf"] else "≤"
    elif match["suf"]:
        return None
    if match["n"]:
        reader.eat(start + offset + match.start("n"), start + offset + match.end("n") + 1)
    for span in benign_numbers(last, loose=False) or ():
        reader.eat(start + offset + span[0], start + offset + span[1])
    for part_offset, part in parts[:-1]:
        context(reader, start + part_offset, part)
    return replace(
        base, what=What.TARGET, op=op, measure=clean_measure(last[: match.start("cmp")]), target=match["target"],
        factor=Decimal(match["n"]) if match["n"] else Decimal(100),
    )  # fmt: skip


def _text(reader: Reader, start: int, cond: str, base: Piece) -> Piece:
    label = trim(cond)
    if not label:
        return base
    if re.search(
        r"按比例|[增扣加减]分|(?<!考核)(?<!综合)(?<!测评)(?<!评价)(?<!评议)(?<!考试)得分(?!率)|分值|基础分|满分",
        label,
    ):
        raise Unreadable(f"“{label}”中的计分规定不能理解")
    return _absorb(reader, start, cond, replace(base, what=What.TEXT, label=label))
