"""One spelling for every sentence: width, signs, dashes, spaces and Chinese numerals (RULES 6).

NFKC except for characters that hide a digit (①, ㎡, ½): those keep their shape so that no new digit
appears. Every character of the result remembers where it stood in the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from jxreport.number import plain
from jxreport.rules.numerals import chinese_number
from jxreport.rules.vocabulary import COUNTER, UNIT

_SINGLE = {
    **dict.fromkeys("‐‑‒–—―−﹣─━~〜∼˗﹘－～", "-"),
    "≦": "≤", "⩽": "≤", "≯": "≤", "≧": "≥", "⩾": "≥", "≮": "≥", "═": "=", "﹦": "=", "✕": "×", "✖": "×", "╳": "×",
    "∶": ":", "︰": ":", "﹕": ":", "％": "%", "﹪": "%", "【": "(", "】": ")", "〈": "(", "〉": ")", "，": ",", "；": ";",
    "﹐": ",", "｡": "。", "﹒": ".", "．": ".", "﹔": ";", "∕": "/", "⁄": "/", "·": "·",
    "＝": "=", "…": "…", "{": "(", "}": ")",
}  # fmt: skip
_WIDE_RANGE = re.compile(r"--+")
_AT_LEAST, _AT_MOST = re.compile(">=|=>|大于/等于|≥/="), re.compile("<=|=<")
_TIMES = re.compile(
    r"(?<=[\d)%分率值比数额])[xX*✱](?=[\d(\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\*(?=[\d(\u4e00-\u9fff])"
)
_CN = "[零〇一二两三四五六七八九十百千万亿]"
_HEAD = "[零一二两三四五六七八九十]"
_VERB = "(?<=[得计记赋给扣加减])|(?<=扣除)|(?<=扣减)|(?<=满分)|(?<=加计)|(?<=每[次项个例处人件])"
_NUMERAL = re.compile(
    rf"(?P<whole>[二三四五八十])分之(?P<part>[一二三四五六七八九])(?=以上|以下|及以上|及以下|以内|\(含|的|,|。|;|$|-|至|到|得|计|不|扣|均|则|之间)"
    rf"|百分之(?P<percent>{_CN}+(?:点{_CN}+)?|\d+(?:\.\d+)?)"
    rf"|(?:{_VERB})(?P<points>{_HEAD}{_CN}*(?:点{_CN}+)?)(?=分(?![之钟类别]))"
    rf"|(?P<zero>零)(?=分(?![之钟类别]))"
    rf"|(?:{_VERB})(?P<half>半)(?=分)"
    rf"|(?P<lack>(?<=[每缺少漏错])一|(?<=发现)一|(?<=出现)一|(?<=发生)一)(?=个?{UNIT}(?![本通性样般致定]))"
    rf"|(?<![第统唯之同专万逐单划归其初星周{_CN[1:-1]}])(?<!星期)(?P<count>{_HEAD}{_CN}*)(?=个?{COUNTER}|[-至到]{_HEAD}{_CN}*个?{COUNTER})"
)
_SLASH = re.compile(rf"(?<=分)/(?!\d*{UNIT}(?:[,;。)次扣加计]|$))(?=[\u4e00-\u9fff])|(?<=不得分)/")
_NOT_COUNTED = re.compile(
    r"[一二三四五六七八九十]+(?:年级|月份|本通|类重|类地|个月)|一次(?:性|验收|合格|通过|交验|成功|办结|办好)|一个[别性]|一个(?:周期|整体|年度)|一[年日月]"
)


_UNIT_REMARK = re.compile(r"(?<=[率例重])\(%\)(?=[≥≤<>=在为:,达低高])")
_BOTH_WAYS = re.compile(
    r"每(?P<way>增减|升降|高低|(?:增加?|上升|提高|高于?)(?:或者?|、|/)(?:减少?|下降|降低|低于?))(?P<n>\d+(?:\.\d+)?(?:%|个?百分点))的?,?"
    r"(?:分别)?(?:相应)?(?:地)?(?:加减|增减|加扣|增扣|加\(减\)|加或减|加/减)(?P<p>\d+(?:\.\d+)?)分"
)


_CONDITION = re.compile(r"(?:得|计)满分的?(?:条件|标准)(?:是|为|:)(?P<words>[^,;。]+)")
_FROM_LINE = re.compile(r"每(?P<word>高于|低于|超过|超出)(?P<line>\d+(?:\.\d+)?%)的?(?P<size>\d+(?:\.\d+)?(?:%|个?百分点))")


def _from_line(match: re.Match[str]) -> str:
    """每高于80%1个百分点: from 80% on, for each point."""
    way = "低" if match["word"] == "低于" else "高"
    return f"{match['word']}{match['line']}的,每{way}{match['size']}"


def _both_ways(match: re.Match[str]) -> str:
    """每增减5%相应加减0.5分: a bonus upwards and a loss downwards."""
    return f"每增加{match['n']}加{match['p']}分,每减少{match['n']}扣{match['p']}分"


@dataclass(frozen=True, slots=True)
class Text:
    """A normalised sentence; `offsets[i]` is the place in the original of the i-th character."""

    text: str
    offsets: tuple[int, ...]
    original: str

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original sentence behind a span of the normalised one."""
        if not self.offsets or start >= len(self.offsets):
            return (len(self.original), len(self.original))
        last = self.offsets[min(end, len(self.offsets)) - 1]
        return (self.offsets[start], last + 1)


@lru_cache(maxsize=8192)
def _folded(char: str) -> str:
    """One character in the common spelling; what cannot be seen becomes a space."""
    folded = _SINGLE.get(char)
    if folded is None:
        folded = unicodedata.normalize("NFKC", char)
        if folded != char and not char.isdecimal() and any(c.isnumeric() for c in folded):
            folded = char  # ①, ㎡, ½: folding would invent a digit
    mapped = [_SINGLE.get(piece, piece) for piece in folded]
    return "".join(" " if m.isspace() or unicodedata.category(m) in ("Cf", "Cc") else m for m in mapped)


def _fold(original: str) -> tuple[list[str], list[int]]:
    chars: list[str] = []
    places: list[int] = []
    for index, char in enumerate(original):
        folded = _folded(char)
        chars.extend(folded)
        places.extend([index] * len(folded))
    return chars, places


def _drop_spaces(chars: list[str], places: list[int]) -> tuple[str, list[int]]:
    """Drop spaces, except one between two digits: fusing 80 90 into 8090 would invent a number."""
    if " " not in chars:
        return "".join(chars), places
    kept: list[str] = []
    kept_places: list[int] = []
    for i, char in enumerate(chars):
        if char == " ":
            before = kept[-1] if kept else ""
            after = next((c for c in chars[i:] if c != " "), "")
            if not (before.isdigit() and after.isdigit()) or before == " ":
                continue
        kept.append(char)
        kept_places.append(places[i])
    return "".join(kept), kept_places


def _replace(text: str, places: list[int], pattern: re.Pattern[str], by: object) -> tuple[str, list[int]]:
    if pattern.search(text) is None:
        return text, places
    out: list[str] = []
    out_places: list[int] = []
    last = 0
    for match in pattern.finditer(text):
        new = by(match) if callable(by) else str(by)
        if new is None:
            continue
        start, end = match.span()
        out.append(text[last:start] + new)
        out_places.extend(places[last:start])
        span = places[start:end]
        out_places.extend(span[min(i, len(span) - 1)] for i in range(len(new)))
        last = end
    out.append(text[last:])
    out_places.extend(places[last:])
    return "".join(out), out_places


def _numeral(match: re.Match[str]) -> str | None:
    if match["whole"]:
        whole, part = chinese_number(match["whole"]), chinese_number(match["part"])
        share = None if not whole or part is None or part > whole else part * 100 / whole
        exact = share is not None and share == share.quantize(Decimal("0.1"))
        return f"{plain(share)}%" if exact and share is not None else None
    percent = match["percent"]
    if percent is not None:
        value = chinese_number(percent)
        return f"{plain(value)}%" if value is not None else f"{percent}%"
    if match["zero"]:
        return "0"
    if match["lack"]:
        return None if _NOT_COUNTED.match(match.string, match.start()) else "1"
    if match["half"]:
        return "0.5"
    tail = match.string[match.start() :]
    if match["count"] and _NOT_COUNTED.match(tail):
        return None
    value = chinese_number(match["points"] or match["count"])
    return None if value is None else plain(value)


@lru_cache(maxsize=4096)
def normalised(original: str) -> Text:
    """The normalised sentence with its offset map.

    >>> normalised('每发现 一处，扣０.５分').text
    '每发现1处,扣0.5分'
    """
    text, places = _drop_spaces(*_fold(original))
    for pattern, by in (
        (_WIDE_RANGE, "-"),
        (_AT_LEAST, "≥"),
        (_AT_MOST, "≤"),
        (_TIMES, "×"),
        (_NUMERAL, _numeral),
        (_SLASH, ";"),
        (_UNIT_REMARK, ""),
        (_BOTH_WAYS, _both_ways),
        (_CONDITION, lambda match: f"{match['words']}得满分"),
        (_FROM_LINE, _from_line),
    ):
        text, places = _replace(text, places, pattern, by)
    return Text(text, tuple(places), original)


def normalise(text: str) -> str:
    """The key under which readings of a sentence are stored: its normalised text without the final stop."""
    return normalised(text).text.rstrip("。.;,")
