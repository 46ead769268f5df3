"""Defects of a scoring sentence that a careful reviewer would send back (JX4xx), whatever the actual is.

Computed from the tree, not from the words: gaps and overlaps come from sorting the intervals, points are
added up and compared with the weight (NORMS E22, E23). Each issue carries a suggested wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.api import Issue
from jxreport.rules.build.plan import MEASURED
from jxreport.rules.interval import Interval
from jxreport.rules.nodes import (
    Band,
    Bands,
    Branch,
    Event,
    Gate,
    Groups,
    Human,
    HumanGate,
    Items,
    Step,
    Tiers,
    Total,
)
from jxreport.rules.parser import Rule
from jxreport.rules.tree import Node

WHOLE_STEP = Decimal(1)  # steps of one point are rarely split in practice; larger ones are


def lint_rule(rule: Rule) -> tuple[Issue, ...]:
    """The parser's own issues, then all static defects of `rule` in the order of the checks, each once."""
    found = list(rule.issues)
    for check in (
        _gaps,
        _tier_gaps,
        _overlaps,
        _reversed,
        _whole_numbers,
        _points,
        _points_unread,
        _unreachable,
        _floor,
        _steps,
    ):
        for code, text, suggestion in check(rule):
            issue = Issue(code=code, text=text, start=0, end=len(rule.text), suggestion=suggestion)
            if issue not in found:
                found.append(issue)
    return tuple(found)


Defects = Iterator[tuple[str, str, str]]


def walk(node: Node) -> Iterator[Node]:
    """The node and every scoring node inside it."""
    yield node
    if isinstance(node, Total):
        for part in node.parts:
            yield from walk(part)
    elif isinstance(node, Gate | HumanGate):
        yield from walk(node.body)
    elif isinstance(node, Groups):
        for _, own in node.rows:
            yield from walk(own)
    elif isinstance(node, Branch):
        yield from walk(node.then)
        yield from walk(node.body)


def _bands(rule: Rule) -> Iterator[Bands]:
    return (node for node in walk(rule.body) if isinstance(node, Bands) and not node.deducts)


def _sorted(bands: Bands) -> list[Band]:
    """Rows from low to high; a reversed row counts as the stretch between its two bounds."""
    return sorted(bands.rows, key=lambda row: (row.interval.lo is not None, row.interval.lo or Decimal(0)))


def _is_rate(bands: Bands) -> bool:
    return bands.measure.unit == "%"


def _holes(bands: Bands) -> Iterator[tuple[Decimal, bool, Decimal, bool]]:
    """(low, low missing too, high, high missing too) of every stretch between two rows that no row covers."""
    rows = _sorted(bands)
    end, covered = rows[0].interval.hi, rows[0].interval.hi_in is not False
    for row in rows[1:]:
        if end is None:
            return
        low, low_missing = row.interval.lo, row.interval.lo_in is False
        if low is not None and (low > end or (low == end and low_missing and not covered)):
            yield end, not covered, low, low_missing
        high, high_covered = row.interval.hi, row.interval.hi_in is not False
        if high is None or high > end:
            end, covered = high, high_covered
        elif high == end:
            covered = covered or high_covered


def _gaps(rule: Rule) -> Defects:
    for bands in _bands(rule):
        if bands.otherwise is not None:
            continue
        unit = bands.measure.unit
        for low, low_out, high, high_out in _holes(bands):
            if _is_whole_number_gap(bands, low, high) or _between_counts(bands, low, high):
                continue
            span = f"{plain(low)}{unit}{'（含）' if low_out else ''}至{plain(high)}{unit}{'（含）' if high_out else ''}"
            yield (
                "JX403",
                f"{span}之间没有规定得分",
                f"请补写“{plain(low)}{unit}{_mark(low_out)}-{plain(high)}{unit}{_mark(high_out)}，得…分”，使各档首尾相接",
            )
        yield from _open_ends(bands)


def _mark(included: bool) -> str:
    return "（含）" if included else "（不含）"


def _open_ends(bands: Bands) -> Defects:
    """A rule that begins at 0 says nothing of negative values (本年追减)."""
    lows = [row.interval.lo for row in bands.rows]
    starts_at_zero = all(low is not None for low in lows) and min(low for low in lows if low is not None) == 0
    best = max((row.points for row in bands.rows if row.points is not None), default=None)
    at_zero = [row for row in bands.rows if row.interval.is_point and row.interval.lo == 0]
    if starts_at_zero and at_zero and at_zero[0].points == best:
        yield "JX403", "小于0的情形没有规定得分", "请写明小于0（例如追减预算）时如何得分"


_AMOUNT = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{2,4}?)(?P<number>\d+(?:\.\d+)?)%(?P<word>以上|以下|及以上|及以下)?"
)


def _tier_gaps(rule: Rule) -> Defects:
    """Tiers told apart by one quantity (滞留10%, 滞留30%以上) leave open what lies between."""
    for node in walk(rule.body):
        if not isinstance(node, Tiers):
            continue
        named: dict[str, list[tuple[Decimal, str]]] = {}
        for row in node.rows:
            for match in _AMOUNT.finditer(row.label):
                named.setdefault(match["noun"][-2:], []).append(
                    (Decimal(match["number"]), match["word"] or "")
                )
        for noun, amounts in named.items():
            numbers = sorted({number for number, _ in amounts})
            if len(numbers) == 2 and not any(
                word.endswith("以下") and number == numbers[1] for number, word in amounts
            ):
                low, high = plain(numbers[0]), plain(numbers[1])
                yield (
                    "JX403",
                    f"{noun}在{low}%至{high}%之间没有规定属于哪一档",
                    f"请写明{noun}{low}%（不含）至{high}%时属于哪一档",
                )


def _is_whole_number_gap(bands: Bands, low: Decimal, high: Decimal) -> bool:
    whole = low == low.to_integral_value() and high == high.to_integral_value()
    return whole and high - low == 1 and _is_rate(bands)


def _between_counts(bands: Bands, low: Decimal, high: Decimal) -> bool:
    """Nothing lies between 3次 and 4次."""
    unit = bands.measure.unit
    return high - low == 1 and low % 1 == 0 and bool(unit) and unit not in ("%", "‰", "分") and unit not in MEASURED


def _whole_numbers(rule: Rule) -> Defects:
    for bands in _bands(rule):
        if bands.otherwise is not None:
            continue
        for low, _, high, _ in _holes(bands):
            if _is_whole_number_gap(bands, low, high):
                middle = plain((low + high) / 2)
                yield (
                    "JX413",
                    f"各档按整数划分，{plain(low)}%与{plain(high)}%之间（如{middle}%）不属于任何一档",
                    f"请改为首尾相接的写法，例如“…-{plain(high)}%（不含）”",
                )


def _overlaps(rule: Rule) -> Defects:
    for bands in _bands(rule):
        rows = _sorted(bands)
        for at, first in enumerate(rows):
            for second in rows[at + 1 :]:
                if first.points == second.points or first.also or second.also:
                    continue
                if first.interval.reversed_ or second.interval.reversed_:
                    continue
                shared = _shared(first.interval, second.interval)
                if shared:
                    text = (
                        f"{shared}{bands.measure.unit}同时属于两档"
                        if shared[-1].isdigit()
                        else f"{shared}同时属于两档"
                    )
                    yield "JX404", text, "请在界上的数字后写明（含）或（不含），每个数值只归一档"


def _shared(first: Interval, second: Interval) -> str:
    """Where two rows meet in more than a bound decided by words; "" when they do not."""
    low = max((x for x in (first.lo, second.lo) if x is not None), default=None)
    high = min((x for x in (first.hi, second.hi) if x is not None), default=None)
    if low is None or high is None or low < high:
        if first.is_point or second.is_point:
            return ""
        if low is not None and high is not None:
            return f"{plain(low)}至{plain(high)}"
        return (
            f"{plain(low)}以上"
            if low is not None
            else f"{plain(high)}以下"
            if high is not None
            else "全部数值"
        )
    if low > high:
        return ""
    claims = [interval.contains(low) for interval in (first, second)]
    both_sure = claims == [True, True]
    nobody_sure = claims == [None, None]
    return plain(low) if both_sure or nobody_sure else ""


def _reversed(rule: Rule) -> Defects:
    for bands in _bands(rule):
        for row in bands.rows:
            interval = row.interval
            if interval.reversed_ and interval.lo is not None and interval.hi is not None:
                unit = bands.measure.unit
                yield (
                    "JX405",
                    f"区间“{plain(interval.hi)}{unit}-{plain(interval.lo)}{unit}”上下限颠倒",
                    f"请改为“{plain(interval.lo)}{unit}（含）-{plain(interval.hi)}{unit}”，并核对与相邻各档是否相接",
                )


def _points(rule: Rule) -> Defects:
    if rule.weight is None or rule.full is None or rule.full == rule.weight or rule.bonus:
        return
    word = "超过" if rule.full > rule.weight else "不足"
    yield (
        "JX407",
        f"评分标准里的满分合计{plain(rule.full)}分，{word}本指标分值{plain(rule.weight)}分",
        f"请调整各项得分，使合计等于{plain(rule.weight)}分",
    )


_CLAUSE_AWARD = re.compile(r"(?<![扣减除\d.])(?P<number>\d+(?:\.\d+)?)分")
_CLAUSE_ELSE = re.compile(r"扣|不得分|不计分|得0分|减")


def _points_unread(rule: Rule) -> Defects:
    """Where the sentence as a whole is refused: clauses that each are complete (award and otherwise) still add up."""
    if not isinstance(rule.body, Human) or rule.weight is None:
        return
    clauses = [clause for clause in re.split(r"[;。]", rule.normalised) if clause]
    awards = [[Decimal(m["number"]) for m in _CLAUSE_AWARD.finditer(clause)] for clause in clauses]
    complete = all(
        found and _CLAUSE_ELSE.search(clause) for clause, found in zip(clauses, awards, strict=True)
    )
    if len(clauses) < 2 or not complete:
        return
    total = sum((max(found) for found in awards), Decimal(0))
    if total > rule.weight:
        parts = "+".join(plain(max(found)) for found in awards)
        yield (
            "JX407",
            f"评分标准里各项满分合计{parts}={plain(total)}分，超过本指标分值{plain(rule.weight)}分",
            f"请调整各项得分，使合计等于{plain(rule.weight)}分",
        )


def _unreachable(rule: Rule) -> Defects:
    """The best row of a band rule stands below the points the text or the weight promises."""
    for bands in _bands(rule):
        best = max((row.points for row in bands.rows if row.points is not None), default=None)
        expected = rule.full if rule.full is not None else rule.weight
        alone = rule.body is bands
        if (
            alone
            and best is not None
            and expected is not None
            and best < expected
            and rule.full == rule.weight
        ):
            yield "JX415", f"最高一档只有{plain(best)}分，达不到{plain(expected)}分", "请核对最高一档的得分"


def _floor(rule: Rule) -> Defects:
    if rule.floor_stated or rule.negative or rule.floor is not None:
        return
    open_ended = [node for node in walk(rule.body) if _takes_without_end(node)]
    if open_ended and rule.weight is not None:
        yield "JX416", "扣分没有写明下限", "请在句末加上“扣完为止”"


def _takes_without_end(node: Node) -> bool:
    if isinstance(node, Step):
        return node.points < 0 and node.limit is None
    if isinstance(node, Items):
        return node.limit is None and any(
            isinstance(part, Event) and part.points < 0 and part.limit is None for part in node.parts
        )
    return False


def _steps(rule: Rule) -> Defects:
    for node in walk(rule.body):
        if not isinstance(node, Step):
            continue
        if not node.partial and node.size > WHOLE_STEP:
            yield (
                "JX414",
                f"“{node.words()}”没有写明不足{plain(node.size)}{node.unit}的部分怎样计",
                "请写明“不足的部分不扣分”或“按比例扣分”",
            )
        if node.relative is None:
            yield (
                "JX417",
                f"“{node.words()}”里的%是百分点还是目标值的百分比没有写明",
                f"请写成“每…{plain(node.size)}个百分点”或“每…目标值的{plain(node.size)}%”",
            )
