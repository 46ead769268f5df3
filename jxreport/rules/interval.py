"""Intervals on one measure, and how a piece of sentence states them.

Bounds follow the legal convention (民法典 art. 1259): 以上、以下、以内 include the number; 超过、不满、低于、大于
exclude it. A bound between two numbers (80%-90%) without (含) is left open: None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from jxreport.number import plain
from jxreport.rules.vocabulary import NUM, PREFIX, PREFIX_COMPARE, SUFFIX, SUFFIX_COMPARE, UNIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """lo … hi in the measure's own unit; None = unbounded. `lo_in` / `hi_in` None = not stated.

    `law` says that a bound rests on the legal convention only; `reversed_` that the text printed the
    higher number first, so that only the bounds it names as included are sure.
    """

    lo: Decimal | None = None
    hi: Decimal | None = None
    lo_in: bool | None = None
    hi_in: bool | None = None
    law: bool = field(default=False, compare=False)
    stated: bool = field(default=False, compare=False)  # (含) or (不含) is written
    reversed_: bool = False
    cut_lo: bool = field(default=False, compare=False)  # bound taken from the stronger row above (cascade)
    cut_hi: bool = field(default=False, compare=False)

    def contains(self, value: Decimal) -> bool | None:
        """True / False, or None where the sentence leaves it open for this value."""
        if self.lo is not None and value < self.lo or self.hi is not None and value > self.hi:
            return False
        answer: bool | None = True
        for bound, inside in ((self.lo, self.lo_in), (self.hi, self.hi_in)):
            if bound is not None and value == bound:
                if inside is False:
                    return False
                if inside is None:
                    answer = None
                elif self.reversed_:
                    return True
        return None if self.reversed_ else answer

    @property
    def is_point(self) -> bool:
        return self.lo is not None and self.lo == self.hi

    @property
    def is_two_sided(self) -> bool:
        return self.lo is not None and self.hi is not None and self.lo != self.hi

    def words(self, name: str, unit: str, sign: str = "") -> str:
        """The interval in the canonical spelling, which reads back to the same interval. `sign`: ± or nothing."""

        def number(value: Decimal) -> str:
            return sign + plain(value) + unit

        if self.is_point and self.lo is not None:
            return f"{name}={number(self.lo)}"
        if self.lo is not None and self.hi is not None:
            mark = {True: "(含)", False: "(不含)", None: ""}
            low, high = number(self.lo) + mark[self.lo_in], number(self.hi) + mark[self.hi_in]
            return name + (f"{high}-{low}" if self.reversed_ else f"{low}-{high}")
        if self.lo is not None:
            return f"{name}{'≥' if self.lo_in else '>'}{number(self.lo)}"
        if self.hi is not None:
            return f"{name}{'≤' if self.hi_in else '<'}{number(self.hi)}"
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An interval found in a text: where, its unit, and the words before and after it."""

    interval: Interval
    unit: str
    before: str
    after: str
    start: int
    end: int
    stated_compare: bool  # a comparing word or sign stands there (not a bare number)
    absolute: bool = False  # ±10%: the interval is on the distance from 0


_INC = (
    r"\((?:不含|不包含|不包括|不包含本数|不含本数|含|包含|包括|含本数|包含本数|包括本数)"
    r"(?:" + NUM + r"[%‰]?[\u4e00-\u9fff]?[\u4e00-\u9fff]?)?(?:,?(?:下同|以下同))?\)"
)
_U = rf"(?:%|{UNIT}|分(?![之值]))"
_BOUND = (
    rf"(?P<pre{{0}}>{PREFIX})?(?P<sign{{0}}>(?<![\d%)])-)?(?P<num{{0}}>{NUM})(?P<inca{{0}}>{_INC})?(?P<unit{{0}}>{_U})?"
    rf"(?P<incb{{0}}>{_INC})?(?P<suf{{0}}>{SUFFIX})?(?P<incc{{0}}>{_INC})?"
)
_ONE = re.compile(_BOUND.format("1"))
_TWO = re.compile(
    _BOUND.format("1")
    + r"(?P<join>-|至|到|(?:,|、)?(?:且|但|并|同时|又|而)|,|、|与|和|)"
    + _BOUND.format("2")
    + r"(?P<between>之间|区间|范围内|范围以内)?"
)
_LEFT = re.compile(
    rf"(?P<a>-?{NUM})(?P<u>{_U})?(?P<s>[<≤>≥])(?P<name>[\u4e00-\u9fffXxA-Z“”]{{1,20}})(?=$|的|,)"
)
_SIGN = "(?:[<≤>≥]|小于或?等于|大于或?等于|小于|大于)"
_MATH = re.compile(
    rf"(?P<a>-?{NUM})(?P<ua>{_U})?(?P<s1>{_SIGN})(?P<name>[^\d<≤>≥,;。]*?)(?P<s2>{_SIGN})(?P<b>-?{NUM})(?P<ub>{_U})?"
)
_BRACKETS = re.compile(
    rf"(?P<open>[\[(])(?P<a>-?{NUM})(?P<ua>%|分)?[,-](?P<b>-?{NUM}|\+?∞)(?P<ub>%|分)?(?P<close>[\])])"
)
_RANGE_WORDS = ("-", "至", "到")
_PLUS_MINUS = re.compile(
    rf"(?P<pre>{PREFIX})?±(?P<n>{NUM})(?P<u1>{_U})?(?P<inc>{_INC})?(?:(?:-|至|到)±?(?P<m>{NUM}))?(?P<u2>{_U})?(?P<inc2>{_INC})?"
    rf"(?P<suf>以内|之内|以下|以外|之外|及以内|及以下|以上|及以上)?(?P<inc3>{_INC})?(?P<between>之间)?"
)


@dataclass(frozen=True, slots=True)
class _Bound:
    op: str  # ≥ > ≤ < = or "" (bare)
    number: Decimal
    unit: str
    stated: bool | None  # (含) / (不含) written
    law: bool


def _bound(match: re.Match[str], which: str) -> _Bound | None:
    """One bound; None where the words contradict each other (大于90%以下)."""
    prefix, suffix = match["pre" + which], match["suf" + which]
    marks = [m for m in (match["inca" + which], match["incb" + which], match["incc" + which]) if m]
    stated = None if not marks else not any("不" in m for m in marks)
    op = PREFIX_COMPARE[prefix] if prefix else ""
    law = False
    if suffix:
        found = SUFFIX_COMPARE[suffix]
        if (
            op not in ("", "=")
            and (op not in ("≥", ">") or found not in ("≥", ">"))
            and (op, found) not in (("≤", "≤"), ("<", "≤"))
        ):
            return None
        if op == "" or prefix in ("达到", "达", "到达", "为", "是", "=", "等于", "仅为", "仅"):
            op, law = found, suffix in ("以上", "以下", "以内", "之内", "内")
    if stated is not None and op not in ("", "="):
        op = op[0].replace("≥", ">").replace("≤", "<")
        op = {">": "≥", "<": "≤"}[op] if stated else op
        law = False
    number = Decimal(match["num" + which])
    unit = match["unit" + which] or ""
    return _Bound(op, -number if match["sign" + which] else number, unit, stated, law)


def _from_one(bound: _Bound) -> Interval:
    if bound.op in ("≥", ">"):
        return Interval(lo=bound.number, lo_in=bound.op == "≥", law=bound.law)
    if bound.op in ("≤", "<"):
        return Interval(hi=bound.number, hi_in=bound.op == "≤", law=bound.law)
    return Interval(lo=bound.number, hi=bound.number, lo_in=True, hi_in=True)


def _from_two(first: _Bound, second: _Bound, join: str) -> Interval | None:
    lower = [b for b in (first, second) if b.op in ("≥", ">")]
    upper = [b for b in (first, second) if b.op in ("≤", "<")]
    if len(lower) == 1 and len(upper) == 1:
        low, high = lower[0], upper[0]
        swapped = low.number > high.number
        return Interval(
            lo=min(low.number, high.number), hi=max(low.number, high.number),
            lo_in=(high.op == "≤") if swapped else (low.op == "≥"),
            hi_in=(low.op == "≥") if swapped else (high.op == "≤"),
            law=low.law or high.law, reversed_=swapped, stated=low.stated is True or high.stated is True,
        )  # fmt: skip
    if join not in _RANGE_WORDS or len(lower) + len(upper) > 1:
        return None
    ordered = first.number <= second.number
    low, high = (first, second) if ordered else (second, first)

    def inside(bound: _Bound, wanted: str) -> bool | None:
        if bound.stated is not None:
            return bound.stated
        return None if bound.op in ("", "=") else bound.op in wanted

    if first.number == second.number:
        return None
    return Interval(
        lo=low.number, hi=high.number, lo_in=inside(low, "≥"), hi_in=inside(high, "≤"),
        law=low.law or high.law, reversed_=not ordered, stated=low.stated is True or high.stated is True,
    )  # fmt: skip


def _math(match: re.Match[str], text: str) -> Found | None:
    left, right = (PREFIX_COMPARE[match[s]] for s in ("s1", "s2"))
    if (left in "<≤") != (right in "<≤"):
        return None
    a, b = Decimal(match["a"]), Decimal(match["b"])
    low, high, low_sign, high_sign = (a, b, left, right) if left in "<≤" else (b, a, right, left)
    unit = match["ub"] or match["ua"] or ""
    if low >= high:
        return None
    interval = Interval(lo=low, hi=high, lo_in=low_sign in "≤≥", hi_in=high_sign in "≤≥")
    before = text[: match.start()] + match["name"].strip("XxYyZ的")
    return Found(
        interval=interval, unit=unit, before=before, after=text[match.end() :],
        start=match.start(), end=match.end(), stated_compare=True,
    )  # fmt: skip


def _around_zero(match: re.Match[str], text: str) -> Found | None:
    """±10%以内, ±10-15%, ±20%以外: bounds on the distance from 0."""
    first, second = Decimal(match["n"]), Decimal(match["m"]) if match["m"] else None
    stated = [m for m in (match["inc3"], match["inc2"], match["inc"]) if m]
    closed = "不" not in stated[0] if stated else None
    outside = (
        match["suf"] in ("以外", "之外")
        or match["suf"] in ("以上", "及以上")
        or match["pre"]
        and PREFIX_COMPARE[match["pre"]] in "≥>"
    )
    if second is not None:
        if second <= first or outside:
            return None
        upper = match["inc3"] or match["inc2"]
        closed = "不" not in upper if upper else None
        interval = Interval(
            lo=first, hi=second, lo_in="不" not in match["inc"] if match["inc"] else None,
            hi_in=True if match["suf"] and closed is None else closed, law=not stated,
        )  # fmt: skip
    elif outside:
        inclusive = match["suf"] in ("以上", "及以上") or match["pre"] and PREFIX_COMPARE[match["pre"]] == "≥"
        interval = Interval(lo=first, lo_in=bool(inclusive) if closed is None else closed, law=not stated)
    else:
        interval = Interval(hi=first, hi_in=True if closed is None else closed, law=not stated)
    return Found(
        interval=interval, unit=match["u2"] or match["u1"] or "", before=text[: match.start()], after=text[match.end() :],
        start=match.start(), end=match.end(), stated_compare=True, absolute=True,
    )  # fmt: skip


def _between_both(first: Found, second: Found | None, text: str) -> Found | None:
    """超过±5%但在±10%以内: both bounds on the distance from 0. First alone where the second stands apart."""
    join = text[first.end : second.start] if second is not None else ","
    if second is None or not re.fullmatch(r",?(?:但|且|并|而|至|到|-)?(?:不|在|且|未)*", join):
        return first
    low, high = first.interval, second.interval
    if low.lo is None:
        low, high = high, low
    if low.lo is None or low.hi is not None or high.lo is not None or high.hi is None or low.lo >= high.hi:
        return None
    interval = replace(high, lo=low.lo, lo_in=low.lo_in)
    return replace(first, interval=interval, unit=second.unit or first.unit, after=second.after, end=second.end)


def _bracket(match: re.Match[str], text: str) -> Found | None:
    """Mathematical brackets: [80%,90%), (90%,100%]."""
    low = Decimal(match["a"])
    high = None if "∞" in match["b"] else Decimal(match["b"])
    if high is not None and low >= high:
        return None
    interval = Interval(
        lo=low, hi=high, lo_in=match["open"] == "[", hi_in=None if high is None else match["close"] == "]"
    )
    return Found(
        interval=interval, unit=match["ub"] or match["ua"] or "", before=text[: match.start()], after=text[match.end() :],
        start=match.start(), end=match.end(), stated_compare=True,
    )  # fmt: skip


@lru_cache(maxsize=8192)  # one condition is looked at by several readers
def find_interval(text: str, start: int = 0) -> Found | None:
    """The first interval stated in `text` from `start` on; None where there is no number or it makes no sense."""
    plus_minus = _PLUS_MINUS.search(text, start)
    if plus_minus:
        found = _around_zero(plus_minus, text)
        second = _PLUS_MINUS.search(text, plus_minus.end())
        return _between_both(found, _around_zero(second, text), text) if second and found else found
    bracket = _BRACKETS.search(text, start)
    if bracket and ("[" in bracket[0] or "]" in bracket[0] or "," in bracket[0] and (bracket["ua"] or bracket["ub"])):
        return _bracket(bracket, text)
    math = _MATH.search(text, start)
    one = _ONE.search(text, start)
    if math and one and math.start() <= one.start():
        return _math(math, text)
    left = _LEFT.search(text, start)
    if left and one and left.start() <= one.start() + 1 and not one["pre1"]:
        op = {"<": ">", "≤": "≥", ">": "<", "≥": "≤"}[PREFIX_COMPARE[left["s"]]]
        number = Decimal(left["a"])
        low = op in "≥>"
        return Found(
            interval=Interval(lo=number, lo_in=op == "≥") if low else Interval(hi=number, hi_in=op == "≤"), unit=left["u"] or "",
            before=text[: left.start()] + left["name"], after=text[left.end() :], start=left.start(), end=left.end(), stated_compare=True,
        )  # fmt: skip
    if one is None:
        return None
    two = _TWO.match(text, one.start())
    if two is not None:
        found = _two_found(two, text)
        if found is not None:
            return found
        if two["join"] in _RANGE_WORDS:
            return None
    bound = _bound(one, "1")
    remarks = re.findall(NUM, "".join(one[group] or "" for group in ("inca1", "incb1", "incc1")))
    if bound is None or any(Decimal(number) != bound.number for number in remarks):
        return None
    return Found(
        interval=_from_one(bound), unit=bound.unit, before=text[: one.start()], after=text[one.end() :],
        start=one.start(), end=one.end(), stated_compare=bound.op != "" or bound.stated is not None,
    )  # fmt: skip


def _named_ends(match: re.Match[str], first: _Bound, second: _Bound) -> tuple[_Bound, _Bound] | None:
    """80%-90%(含80%): the remark names the end it speaks of. None where it names neither."""
    remarks = "".join(match[group] or "" for group in ("inca2", "incb2", "incc2"))
    named = [Decimal(number) for number in re.findall(NUM, remarks)]
    if not named or named == [second.number]:
        return first, second
    if named != [first.number] or first.stated is not None:
        return None
    return replace(first, stated=second.stated), replace(second, stated=None)


def _two_found(match: re.Match[str], text: str) -> Found | None:
    first, second = _bound(match, "1"), _bound(match, "2")
    if first is None or second is None or first.unit and second.unit and first.unit != second.unit:
        return None
    if match["join"] in ("与", "和") and match["between"] and first.op == second.op == "":
        interval = _from_two(first, second, "-")
        if interval is None:
            return None
        return Found(
            interval=interval, unit=second.unit or first.unit, before=re.sub("(?:介于|处于|在)$", "", text[: match.start()]),
            after=text[match.end() :], start=match.start(), end=match.end(), stated_compare=True,
        )  # fmt: skip
    if match["join"] in ("", ",", "、", "与", "和") and (first.op in ("", "=") or second.op in ("", "=")):
        return None
    sides = _named_ends(match, first, second)
    interval = None if sides is None else _from_two(*sides, match["join"])
    if interval is None:
        return None
    return Found(
        interval=interval, unit=second.unit or first.unit, before=text[: match.start()], after=text[match.end() :],
        start=match.start(), end=match.end(), stated_compare=True,
    )  # fmt: skip
