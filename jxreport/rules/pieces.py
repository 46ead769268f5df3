"""From scoring words to pieces: what each condition in front of an atom says.

A piece is one statement of the sentence with its points. Every number, percent sign and scoring word that a
piece understands is marked as eaten; the parser refuses a sentence in which anything stays uneaten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from jxreport.rules.interval import Found, Interval, find_interval
from jxreport.rules.vocabulary import (
    INERT_NUMBER,
    NUM,
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
    away: Decimal = Decimal(0)  # percentage points added to the target
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
    more: tuple[Interval, ...] = ()  # further intervals with the same points (80%以上或60%以下得2分)
    of_target: bool = False  # the interval is a share of the target (目标值的90%-110%)
    expr: object = None
    pairs: tuple[tuple[str, Interval], ...] = ()  # several rates at once, by name (办结率=100%且满意率≥95%)
    items: tuple[str, ...] = ()  # alternatives of one condition (下列情形之一)
    of_list: bool = False  # so many points for each of a list of things
    sums: bool = False  # the points are those of the clauses behind it (其中)
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
    r"^(?:[\s,;。:、.]|\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)[、,.:]?|\d{1,2}\)|\d{1,2}[、.](?!\d)|[一二三四五六七八九十]{1,3}[、.](?!\d)|"
    r"[①-⑳⑴-⒇⒈-⒛㈠-㈩]|[A-Za-z][.、)]|[-*•·●■◆]+(?!\d)|第[一二三四五六七八九十]+[,、是])+"
)


_TRIM = re.compile(
    r"(?:(?<=,)(?:该项|本项|此项)|的|者|时(?<!及时)(?<!按时)(?<!小时)(?<!学时)(?<!课时)(?<!工时)|,|:|、|则|即|(?<!行)为|情况|的情况|\(|“|”|且|并|均|可|应|将|或|等)+$"
)


ELSE = re.compile(
    r"^(?:否则|反之|(?:超出|不在|未在)(?:此|该|上述|以上|规定)(?:范围|区间)(?:内|以内)?|其他(?:情况|情形|均|的)?|其它(?:情况|情形|均|的)?|其余(?:情况|情形|均|的)?|不符合(?:上述|以上)[^,;。\d]*|不满足(?:上述|以上)[^,;。\d]*|"
    r"(?:未|没有)(?:达到|达标|达|完成)(?:上述|以上|规定|目标|要求|标准|该|指标|目标值|指标值|任务|以上标准|既定目标|年度目标|预期目标|计划)*)的?(?:,|则|均|一律)*(?:的)?$"
)


ONLY_NOT_REACHED = re.compile(r"^(?:未|没有|没)(?:达到|达标|达|完成|实现)|^(?:达不到|达不成|完不成|不达标)")


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


def context(reader: Reader, start: int, text: str, loose: bool = True) -> None:
    """Requirement text that carries no points: numbers in it are kept as possible anchors. Not `loose`: text behind
    the scoring words, where a number has no business. A step (每低1%) without points is a sign of damage."""
    at = 0
    if re.search(rf"每[^,;。\d]{{0,8}}{NUM}(?:%|个?百分点)", text):
        raise Unreadable(f"“{text.strip(',;。:')}”没有写明分数")
    for sentence in re.split(r"(?<=[;。])", text):
        found = find_interval(sentence)
        place = at
        for part in re.split(r"(?<=,)", sentence):
            needed = find_interval(part)
            if needed is not None and needed.stated_compare:
                reader.requirements.append((start + place, needed))
            place += len(part)
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


def absorb_words(reader: Reader, start: int, cond: str, piece: Piece) -> Piece:
    """Take the whole condition as words; bare numbers in it stay uneaten."""
    spans = benign_numbers(cond, loose=True)
    if spans is not None:
        for span in spans:
            reader.eat(start + span[0], start + span[1])
    return piece


def comma_parts(cond: str) -> list[tuple[int, str]]:
    """Comma-separated parts with their offsets (commas inside brackets do not cut)."""
    parts: list[tuple[int, str]] = []
    depth = begin = 0
    for i, char in enumerate(cond):
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char in ",:" and depth == 0 and cond[i + 1 : i + 2] != "或":
            parts.append((begin, cond[begin:i]))
            begin = i + 1
    parts.append((begin, cond[begin:]))
    return parts


def clean_measure(text: str) -> str:
    """The name of the measure in front of a comparison."""
    text = MARK.sub("", text)
    text = re.sub(
        r"(?:的|每|在|为|是|均|应|须|需|达到|达|要求|比例在|控制在|如|当|若|:|则|介于|处于|保持在|实际|须|均须|均需|平均)+$",
        "",
        text,
    )
    text = re.sub(r"(?:下降|降低|减少|下滑|跌|降|低|上升|提高|增加|升|增长)(?:到|至|为)$", "", text)
    text = re.sub(r"^(?:在?此(?:基础)?之?上|在(?:达标|目标|此|上述)基础上)", "", text)
    text = re.sub(
        r"^(?:以|按)$|^(?:且|并|但|如果|若|当(?!年|月|期|地|季)|即|和|与|其中|的|对|凡|,|、|\()+", "", text
    )
    if re.fullmatch(
        r"(?:优秀|优良|优|良好|良|中等|中|基本合格|合格|达标|及格|不合格|不达标|不及格|较好|较差|好|一般|差|[A-E]级?|[一二三四五]级)\(?",
        text,
    ):
        return ""  # 优秀(90分以上): the tier's name, not the measure's
    text = text.strip("(),:、")
    if text.count("(") > text.count(")"):
        text = text[: text.rindex("(")]  # its closing bracket stood at the end
    if text.endswith("("):
        text = ""
    if text.count("“") != text.count("”"):
        return text.strip("“”")
    return text[1:-1] if text.startswith("“") and text.endswith("”") and text.count("“") == 1 else text
