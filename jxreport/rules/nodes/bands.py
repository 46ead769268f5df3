"""Bands: points by the interval in which one number lies."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.api import Issue, Need
from jxreport.rules.conditions import Tick
from jxreport.rules.evaluation import ByHand, Evaluation
from jxreport.rules.interval import Interval
from jxreport.rules.tree import OPEN_CELL, Cells, Measure, NoFormula, interval_excel, unique


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One row. `points` None: the sentence leaves the row to a person (`why`). `also`: a statement that must
    hold as well for the row's points."""

    interval: Interval
    points: Decimal | None
    also: Tick | None = None
    why: str = field(default="", compare=False)  # in the words of the sentence
    source: str = field(default="", compare=False)  # the condition as printed
    descending: bool = field(default=False, compare=False)  # written from the top down (98%-95%)
    bare: bool = False  # only a number stands there (98%得5分), no comparing word
    opened: bool = field(default=False, compare=False)  # 100% printed, read as 100% and more


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Rows in the order of the sentence. `zero_below` / `zero_above`: there is no zero row, and a value
    beyond the last row on the bad side earns nothing by implication. `extends`: bonus points on top of `base`."""

    measure: Measure
    rows: tuple[Band, ...]
    otherwise: Decimal | None = None
    deducts: bool = False  # points are taken away from a base (1次扣2分, 2次扣4分)
    implied_zero: str = ""  # "below", "above" or ""

    def _row_words(self, row: Band, first: bool) -> str:
        also = f"且{row.also.words()}" if row.also else ""
        name = self.measure.said if first else ""
        points = (
            "由人工评定"
            if row.points is None
            else "不得分"
            if row.points == 0
            else f"得{plain(row.points)}分"
        )
        sign = "±" if self.measure.absolute else ""
        interval = replace(row.interval, reversed_=True) if row.descending else row.interval
        words = interval.words(name, self.measure.unit, sign)
        return f"{words.replace('=', '', 1) if row.bare else words}{also}{points}"

    def _counts(self) -> str:
        """1次,扣2分;2次,扣4分;3次及以上,扣6分."""
        words = []
        for row in self.rows:
            if row.points == 0 and row.interval.lo == 1:
                words.append(f"{self.measure.name},不扣分")
            if row.points and row.interval.lo is not None:
                number = f"{plain(row.interval.lo)}{self.measure.unit}"
                name = (
                    self.measure.name
                    if row.interval.lo == 1
                    else number + ("" if row.interval.is_point else "及以上")
                )
                words.append(f"{name},扣{plain(-row.points)}分")
        return ";".join(words)

    def sentence(self) -> str:
        if self.deducts:
            return self._counts()
        rows = [self._row_words(row, i == 0) for i, row in enumerate(self.rows)]
        if self.otherwise is not None:
            rows.append("否则不得分" if self.otherwise == 0 else f"否则得{plain(self.otherwise)}分")
        return ";".join(rows)

    def needs(self) -> tuple[Need, ...]:
        return unique([*self.measure.needs(), *(row.also.need for row in self.rows if row.also)])

    @property
    def row_key(self) -> str:
        """Where the answer lies that names a row instead of a number."""
        return f"row:{self.measure.key}"

    def evaluate(self, run: Evaluation) -> Decimal:
        named = run.answers.get(self.row_key)
        if isinstance(named, str) and self.measure.need.key not in run.answers:
            row = self.rows[int(named)]
            if row.points is None:
                raise ByHand(row.why)
            run.say("clause", f"“{row.source}”一档，{plain(row.points)}分")
            return row.points
        value = self.measure.read(run)
        self._doubt(run, value)
        sure = [row for row in self.rows if row.interval.contains(value) is True]
        maybe = [row for row in self.rows if row.interval.contains(value) is None]
        if len(sure) > 1 and all(row.also for row in sure):
            held = [row for row in sure if row.also and row.also.holds(run)]
            if len(held) == 1:
                return self._take(run, held[0], value)
        scores = {row.points for row in sure}
        if len(sure) == 1 and any(self._summit(row, sure[0], value) for row in maybe):
            text = f"{plain(value)}{self.measure.unit}正好在两档的界上，文字没有写明属于哪一档"
            return self._ask(run, value, [*sure, *maybe], text)
        if len(scores) == 1 and (len(sure) == 1 or all(row.also is None for row in sure)):
            return self._take(run, sure[0], value)
        written = _written(sure, value)
        if len(scores) > 1 and len(written) == 1 and written[0].also is None:
            run.say("convention", "界上的数按写明“含”的一档计")
            return self._take(run, written[0], value)
        if len(scores) > 1:
            return self._ask(run, value, sure, f"{plain(value)}{self.measure.unit}同时属于几档")
        if len(maybe) == 1 and not maybe[0].interval.reversed_ and self._settled(maybe[0], value):
            return self._take(run, maybe[0], value)
        if maybe:
            if maybe[0].interval.reversed_:
                text = f"“{maybe[0].interval.words('', self.measure.unit)}”上下限颠倒，{plain(value)}{self.measure.unit}按哪一档计分"
                return self._ask(run, value, [*maybe, *self._neighbours(value)], text)
            return self._ask(
                run,
                value,
                maybe,
                f"{plain(value)}{self.measure.unit}正好在两档的界上，文字没有写明属于哪一档",
            )
        return self._hole(run, value)

    def _summit(self, row: Band, claim: Band, value: Decimal) -> bool:
        """85%-93%得5分,93%以上或75%-85%得3分: the best band lies in the middle, and leaving it upwards costs points."""
        if row.points is None or claim.points is None or row.points <= claim.points or not claim.interval.law:
            return False
        if row.descending and value in (row.interval.lo, row.interval.hi) and row.points > claim.points:
            return True  # 98%-95%得2分,95%以下0分: both name the bound
        beneath = any(r.interval.hi == row.interval.lo and (r.points or 0) < row.points for r in self.rows)
        return row.interval.hi == value and claim.interval.lo == value and beneath and row.interval.hi != 100

    def _doubt(self, run: Evaluation, value: Decimal) -> None:
        """The best row ends at so low a bound that the actual passes it many times."""
        scored = [r for r in self.rows if r.points]
        best = scored[0] if len(scored) == 1 else None  # bands between the two ends show that the bound is meant
        if best is None or self.measure.unit != "%" or best.interval.lo is not None or best.interval.hi is None:
            return
        run.doubt_bound(value, best.interval.hi)

    def _settled(self, row: Band, value: Decimal) -> bool:
        """An open bound that no other row claims: its own, where another row ends there or it is 0 or 100."""
        touched = any(value in (r.interval.lo, r.interval.hi) for r in self.rows if r is not row)
        return touched or value in (0, 100) or len(self.rows) == 1

    def _take(self, run: Evaluation, row: Band, value: Decimal) -> Decimal:
        words = row.interval.words(self.measure.said, self.measure.unit)
        if row.points is None:
            raise ByHand(row.why)
        if row.also is not None and not row.also.holds(run):
            run.say("clause", f"“{row.also.text}”不成立")
            others = [r for r in self.rows if r is not row and r.also is None and r.interval.contains(value)]
            if others and others[0].points is not None:
                return others[0].points
            if self.otherwise is not None:
                return self.otherwise
            if self.implied_zero and len(self.rows) == 1:
                return Decimal(0)
            return self._ask(
                run, value, self._neighbours(value), f"数值达到但“{row.also.text}”不成立，文字没有写明得分"
            )
        run.say("clause", f"{plain(value)}{self.measure.unit} 在“{words}”档，{plain(row.points)}分")
        if row.opened and value != row.interval.lo:
            run.note(Issue(code="JX411", text="超过100%时如何得分没有写明，按100%一档计"))
        bounds = (row.interval.lo, row.interval.hi)
        if row.interval.law and value in bounds:
            run.say(
                "convention",
                f"{plain(value)}{self.measure.unit}正好在界上：按法律用语惯例，“以上”“以下”包括本数",
            )
        return row.points

    def _neighbours(self, value: Decimal) -> list[Band]:
        """The nearest rows below and above the value."""
        below = [r for r in self.rows if r.interval.hi is not None and r.interval.hi <= value]
        above = [r for r in self.rows if r.interval.lo is not None and r.interval.lo >= value]
        near: list[Band] = []
        if below:
            near.append(max(below, key=lambda r: r.interval.hi or Decimal(0)))
        if above:
            near.append(min(above, key=lambda r: r.interval.lo or Decimal(0)))
        return near

    def _hole(self, run: Evaluation, value: Decimal) -> Decimal:
        if self.otherwise is not None and self._past_bare(value):
            unit, point = self.measure.unit, self.rows[0].interval.lo or value
            text = f"只写了{plain(point)}{unit}的得分，{plain(value)}{unit}更高，如何得分没有写明"
            return self._ask(run, value, [self.rows[0]], text)
        if self.otherwise is not None:
            run.say("clause", f"其他情形，{plain(self.otherwise)}分")
            return self.otherwise
        bottom = [row.interval.lo for row in self.rows]
        top = [row.interval.hi for row in self.rows]
        below = self.implied_zero == "below" and all(b is not None and value <= b for b in bottom)
        above = self.implied_zero == "above" and all(t is not None and value >= t for t in top)
        if below or above:
            run.say("convention", "没有写明未达到时的得分，按不得分处理")
            run.note(Issue(code="JX410", text="没有写明未达到最低一档时的得分，按不得分处理"))
            return Decimal(0)
        return self._ask(
            run,
            value,
            self._neighbours(value),
            f"评分标准没有规定{plain(value)}{self.measure.unit}如何得分（各档之间有缺口）",
        )

    def _past_bare(self, value: Decimal) -> bool:
        """合格率98%得5分,否则不得分: 99% is more than what earns the points."""
        point = self.rows[0].interval
        if len(self.rows) != 1 or not self.rows[0].bare or not self.rows[0].points or point.lo is None:
            return False
        return point.is_point and point.lo > 0 and value > point.lo

    def _ask(self, run: Evaluation, value: Decimal, rows: list[Band], text: str) -> Decimal:
        labels: dict[str, Decimal | None] = {}
        for row in rows:
            labels[f"按“{row.interval.words('', self.measure.unit)}”档"] = row.points
        if Decimal(0) not in labels.values():
            labels["不得分"] = Decimal(0)
        labels["由人工评定"] = None
        chosen = run.choose(f"hole:{self.measure.key}:{plain(value)}", text, tuple(labels))
        points = labels[chosen]
        if points is None:
            raise ByHand(text)
        return points

    def excel(self, cells: Cells) -> str:
        if any(row.also or row.points is None for row in self.rows):
            raise NoFormula("bands with further conditions")
        ref = self.measure.excel(cells)
        result = plain(self.otherwise) if self.otherwise is not None else OPEN_CELL
        point = self.rows[0].interval.lo
        if point is not None and self.otherwise is not None and self._past_bare(point + 1):
            result = f"IF({ref}>{plain(point)},{OPEN_CELL},{result})"
        if self.implied_zero and self.otherwise is None:
            result = self._implied_excel(ref)
        for value in sorted(self._edges(), reverse=True):
            result = f"IF({ref}={plain(value)},{self._edge_excel(value)},{result})"
        for row in reversed(self.rows):
            inner = interval_excel(_open(row.interval), ref)
            others = [
                r
                for r in self.rows
                if r is not row and r.points != row.points and _overlap(r.interval, row.interval)
            ]
            points = OPEN_CELL if others or row.interval.reversed_ else plain(row.points or Decimal(0))
            result = f"IF({inner},{points},{result})"
        return result

    def _edges(self) -> set[Decimal]:
        return {b for row in self.rows for b in (row.interval.lo, row.interval.hi) if b is not None}

    def _edge_excel(self, value: Decimal) -> str:
        """The score exactly on a bound, by the same rules as `evaluate`."""
        rows = [row for row in self.rows if row.interval.contains(value) is True]
        sure = {row.points for row in rows}
        written = _written(rows, value)
        if len(sure) > 1 and len(written) == 1:
            return plain(written[0].points or Decimal(0))
        maybe = [row for row in self.rows if row.interval.contains(value) is None]
        if len(rows) == 1 and any(self._summit(row, rows[0], value) for row in maybe):
            return OPEN_CELL
        if len(sure) == 1:
            return plain(sure.pop() or Decimal(0))
        if (
            not sure
            and len(maybe) == 1
            and not maybe[0].interval.reversed_
            and self._settled(maybe[0], value)
        ):
            return plain(maybe[0].points or Decimal(0))
        if not sure and not maybe and self.otherwise is not None:
            return plain(self.otherwise)
        if not sure and not maybe and self._implied_at(value):
            return "0"
        return OPEN_CELL

    def _implied_at(self, value: Decimal) -> bool:
        if self.implied_zero == "below":
            return all(r.interval.lo is not None and value <= r.interval.lo for r in self.rows)
        return self.implied_zero == "above" and all(
            r.interval.hi is not None and value >= r.interval.hi for r in self.rows
        )

    def _implied_excel(self, ref: str) -> str:
        if self.implied_zero == "below":
            lows = [r.interval.lo for r in self.rows if r.interval.lo is not None]
            return f"IF({ref}<{plain(min(lows))},0,{OPEN_CELL})"
        highs = [r.interval.hi for r in self.rows if r.interval.hi is not None]
        return f"IF({ref}>{plain(max(highs))},0,{OPEN_CELL})"


def _written(rows: list[Band], value: Decimal) -> list[Band]:
    """Of rows that meet in a bound: those where (含) is written, if all others rest on the legal convention."""
    stated = [
        row for row in rows
        if (row.interval.stated or row.interval.is_point) and value in (row.interval.lo, row.interval.hi)
    ]  # fmt: skip
    rest = [row for row in rows if row not in stated]
    return (
        stated
        if all(row.interval.law and value in (row.interval.lo, row.interval.hi) for row in rest)
        else []
    )


def _open(interval: Interval) -> Interval:
    """The interior: bounds are decided one by one."""
    if interval.is_point:
        return interval
    return Interval(lo=interval.lo, hi=interval.hi, lo_in=False, hi_in=False)


def _overlap(a: Interval, b: Interval) -> bool:
    """Do the interiors share more than a point? (A point inside the other counts too.)"""
    if a.is_point or b.is_point:
        point, other = (a, b) if a.is_point else (b, a)
        assert point.lo is not None
        return other.contains(point.lo) is True and (other.lo != point.lo and other.hi != point.lo)
    low = max((x.lo for x in (a, b) if x.lo is not None), default=None)
    high = min((x.hi for x in (a, b) if x.hi is not None), default=None)
    return low is None or high is None or low < high
