"""From pieces to the tree: which statements are tiers, which are parts of a list, what the base is.

Arithmetic decides before words do: tiers that exclude each other have the weight as their highest score, the
parts of a list have it as their sum. Where neither fits, the sentence goes to a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from jxreport.rules.bandrows import band_rows
from jxreport.rules.evaluation import ByHand, Evaluation
from jxreport.rules.expression import Binary, Constant, Operand, compute, constants, operands, rekey
from jxreport.rules.interval import Interval, find_interval
from jxreport.rules.nodes import Band, Bands, Event, Formula, Gate, HumanGate, Interp, Item, Items, Scale, Step, Tier, Tiers, Total
from jxreport.rules.nodes.step import EXCEEDED, OVERSPENT, SINCE
from jxreport.rules.pieces import Gives, ONLY_NOT_REACHED, Piece, Reader, Unreadable, What, clean_measure
from jxreport.rules.textrows import looks_tiered, complement, split_groups
from jxreport.rules.tree import Cond, CountIn, Counted, Measure, Node, Tick, ValueAgainstTarget, ValueIn
from jxreport.rules.vocabulary import NUM, RATE_UNITS

ZERO = Decimal(0)


@dataclass(slots=True)
class Plan:
    """What the sentence says beside its pieces: limits, flags, and what came out."""

    weight: Decimal | None
    reader: Reader
    declared: Decimal | None = None
    base: Decimal | None = None  # 基本分N分
    add_limit: Decimal | None = None
    deduct_limit: Decimal | None = None
    award_limit: Decimal | None = None
    cap: Decimal | None = None
    floor: Decimal | None = None
    capped: bool = False
    partial: str = ""
    ladder: bool = False
    shortfall: bool = False  # deductions count from the target
    over: bool = False  # 基准分: the bonus may pass it
    interp: bool = False
    interp_range: tuple[Decimal | None, Decimal | None] | None = None
    veto: bool = False
    once: bool = False
    has_target: bool = False
    target_unit: str = ""
    full: Decimal | None = None  # the most the awarding parts give
    bonus: bool = False
    measures: list[str] = field(default_factory=list)

    def worth(self) -> Decimal:
        """The points of a full mark; Unreadable where the row's weight is not known."""
        if self.declared is not None:
            return self.declared
        if self.weight is None:
            raise Unreadable("不知道该指标的分值，无法确定满分")
        return self.weight


def points_of(piece: Piece, plan: Plan) -> Decimal:
    if piece.points is not None:
        return piece.points
    if piece.share is not None:
        return plan.worth() * piece.share / 100
    if piece.gives is Gives.ZERO:
        return ZERO
    if piece.gives is Gives.FULL:
        return plan.worth()
    raise Unreadable("没有写明分数")


def same_measure(a: str, b: str) -> bool:
    a, b = a.replace("“", "").replace("”", ""), b.replace("“", "").replace("”", "")
    if not a or not b or a in b or b in a:
        return True
    common = 0
    while common < min(len(a), len(b)) and a[-1 - common] == b[-1 - common]:
        common += 1
    return common >= 3


def _assign_measures(pieces: list[Piece], plan: Plan) -> dict[int, str]:
    """piece index → measure name; one name for all that speak of the same number."""
    names: list[str] = []
    given: dict[int, str] = {}
    last = ""
    for index, piece in enumerate(pieces):
        if piece.what in (What.VALUE, What.STEP, What.TARGET) or piece.gives is Gives.SCALE:
            name = re.sub(r"^(?:超额|未)?(?:完成|超过|超额完成)?$", "", piece.measure)
            found = next((n for n in names if n == name), None) or next((n for n in names if same_measure(n, name)), None)
            if not name and names:
                found = last
            if found is None:
                names.append(name)
                found = name
            elif len(name) > len(found) and found == "":
                names[names.index(found)] = name
                given = {i: (name if n == "" else n) for i, n in given.items()}
                found = name
            given[index] = last = found
    plan.measures = names
    return given


def assemble(pieces: list[Piece], plan: Plan) -> Node:
    """The tree of the whole sentence."""
    return _Builder(pieces, plan).build()


@dataclass(slots=True)
class _Builder:
    pieces: list[Piece]
    plan: Plan
    parts: list[Node] = field(default_factory=list)
    gates: list[tuple[Cond, Decimal]] = field(default_factory=list)
    full: Decimal = ZERO
    awards: bool = False
    names: dict[int, str] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def build(self) -> Node:
        self._prefaces()
        self._counted_bands()
        self._unit_steps()
        self.names = _assign_measures(self.pieces, self.plan)
        self._humans()
        self._formulas()
        self._scales()
        self._targets()
        self._count_base()
        self._completion_ladder()
        self._values()
        self._sections()
        self._texts()
        self._count_table()
        self._losses_by_range()
        self._changes()
        self._zeros()
        left = [p for i, p in enumerate(self.pieces) if i not in self.used]
        if left:
            raise Unreadable(f"“{left[0].scope}”与其他条款的关系不明")
        return self._finish()

    def take(self, *tests: object) -> list[tuple[int, Piece]]:
        """Unused pieces that pass, marked as used."""
        found = [(i, p) for i, p in enumerate(self.pieces) if i not in self.used and all(t(p) for t in tests)]  # type: ignore[operator]
        self.used.update(i for i, _ in found)
        return found

    def some(self, test: object) -> list[tuple[int, Piece]]:
        return [(i, p) for i, p in enumerate(self.pieces) if i not in self.used and test(p)]  # type: ignore[operator]

    def measure(self, index: int, unit: str) -> Measure:
        name = self.names.get(index, "")
        key = "value" if len(self.plan.measures) <= 1 else f"value:{name}"
        unit = "%" if unit in RATE_UNITS or not unit and re.search(r"[率比]$", name) else unit
        count = bool(unit) and unit != "%" and unit != "分"
        absolute = {p.absolute for i, p in enumerate(self.pieces) if self.names.get(i) == name and p.what is What.VALUE}
        if len(absolute) > 1:
            raise Unreadable("有的档次有正负号，有的没有")
        return Measure(name=name, unit=unit, key=key, is_count=count, absolute=True in absolute)

    # --- single families -------------------------------------------------------------------------

    def _prefaces(self) -> None:
        """应根据…百分比扣分。…每相差4%扣1分: the first is an announcement of the second."""
        kept: list[Piece] = []
        for i, piece in enumerate(self.pieces):
            following = self.pieces[i + 1] if i + 1 < len(self.pieces) else None
            if piece.gives is Gives.SCALE and "扣" in piece.verb and following and following.what is What.STEP:
                continue
            kept.append(piece)
        self.pieces = kept

    def _unit_steps(self) -> None:
        """不超过30分钟得满分,每超过10分钟扣1分: a step on the measure that the full mark speaks of."""
        rows = [
            p for p in self.pieces
            if p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL) and p.unit in MEASURED and p.interval is not None and not p.interval.is_point
        ]  # fmt: skip
        if len(rows) != 1:
            return
        self.pieces = [
            replace(p, what=What.STEP, measure="", interval=None, label="", relative=False)
            if p.what is What.EVENT and p.deviation and p.gives in (Gives.DEDUCT, Gives.ADD) and _same_unit(p.unit, rows[0].unit)
            else p
            for p in self.pieces
        ]

    def _counted_bands(self) -> None:
        """投诉0次得5分;1-3次得3分;7次及以上不得分: the last row is one of the bands."""
        self._on_time()
        rows = [p for p in self.pieces if p.what is What.VALUE and p.gives is Gives.AWARD and p.unit not in RATE_UNITS and p.unit]
        if rows:
            self._bare_counts(rows[0])
        if not rows or any(p.what is What.EVENT for p in self.pieces):
            return
        self.pieces = [
            replace(p, what=What.VALUE) if p.what is What.CLIFF and p.gives in (Gives.ZERO, Gives.AWARD) and _person(p.unit, rows[0].unit) else p
            for p in self.pieces
        ]

    def _on_time(self) -> None:
        """按计划完成10分;滞后10%以内8分: being on time is a delay of nothing."""
        late = [p for p in self.pieces if p.what is What.VALUE and p.interval is not None and p.interval.lo == 0 and p.interval.lo_in is False]
        texts = [p for p in self.pieces if p.what is What.TEXT and p.gives in (Gives.AWARD, Gives.FULL)]
        if not late or len(texts) != 1 or not re.search(r"(?:按计划|按期|按时|如期|及时|按进度)[^,;。]{0,6}$", texts[0].label):
            return
        first = late[0]
        self.pieces = [
            replace(p, what=What.VALUE, interval=Interval(hi=ZERO, hi_in=True), unit=first.unit, measure=first.measure, label="") if p is texts[0] else p
            for p in self.pieces
        ]

    def _bare_counts(self, row: Piece) -> None:
        """演练2次及以上得3分,1次得1.5分,未组织不得分: bare counts are bands of the measure named before."""
        made: list[Piece] = []
        for piece in self.pieces:
            found = find_interval(piece.label) if piece.what in (What.TEXT, What.COUNT) and re.match(r"^(?:仅|只)?\d", piece.label) else None
            if found is not None and found.unit == row.unit and not re.search(r"\d|[\u4e00-\u9fff]{3,}", found.before + found.after):
                piece = replace(piece, what=What.VALUE, interval=found.interval, unit=found.unit, measure="", label="")
            elif made and piece.gives is Gives.ZERO and piece.what is What.TEXT and made[-1].what is What.VALUE and made[-1].unit == row.unit:
                if re.fullmatch(r"(?:没有|未|无|不)[\u4e00-\u9fff]{0,3}", piece.label):
                    piece = replace(piece, what=What.VALUE, interval=Interval(lo=ZERO, hi=ZERO, lo_in=True, hi_in=True), unit=row.unit, label="")
            made.append(piece)
        self.pieces = made

    def _humans(self) -> None:
        human = [p for p in self.pieces if p.gives is Gives.HUMAN]
        if not human:
            return
        rest = [p for p in self.pieces if p.gives is not Gives.HUMAN]
        conditional = all(p.what in (What.VALUE, What.TARGET) for p in human)
        plain_rows = all(p.what in (What.VALUE, What.TARGET, What.ELSE) and p.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO) for p in rest)
        if not (rest and conditional and plain_rows):
            raise Unreadable(human[0].why or "需要人工评定")

    def _formulas(self) -> None:
        found = self.take(lambda p: p.gives is Gives.FORMULA)
        if not found:
            return
        if len(found) > 1:
            self._formula_list(found)
            return
        piece = found[0][1]
        expr, name = piece.expr, piece.label
        assert isinstance(expr, (Constant, Operand, Binary))
        single = list({o.name: o for o in operands(expr)}.values())
        if len(single) == 1:
            unit = "%" if single[0].rate else single[0].unit
            expr = rekey(expr, {single[0].name: replace(single[0], key="value", unit=unit)})
            self.plan.measures = self.plan.measures or [single[0].name]
        if any(o.rate for o in operands(expr)) and any(c.value == 100 and not c.weight for c in constants(expr)) and self.plan.worth() != 100:
            raise Unreadable("公式里的率按百分数还是按小数代入不明")
        body: Node = Formula(expr=expr, name=name or "得分", places=None)
        if "扣" in name:
            raise Unreadable("扣分公式的适用范围不明")
        reached = self.take(lambda p: p.what in (What.TARGET, What.TEXT) and p.gives in (Gives.FULL, Gives.AWARD) and _is_reached(p, self.plan, tuple(o.name for o in operands(expr))))
        if reached and not _is_ratio(expr):
            raise Unreadable("公式与满分条件的关系不明")
        self.plan.capped = self.plan.capped or bool(reached)
        full_rows = self.take(lambda p: p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO))
        if full_rows and len(single) == 1 and not single[0].rate:
            full_rows = [(i, p) for i, p in full_rows if not _is_nothing(p, expr)]
        if full_rows and (len(single) != 1 or not single[0].rate):
            raise Unreadable("公式与档次的关系不明")
        self._drop_complement(piece, full_rows)
        for index, row in reversed(full_rows):
            if row.also or row.label or row.interval is None:
                raise Unreadable("公式与档次的关系不明")
            measure = Measure(name=single[0].name, unit="%", key="value")
            self.names[index] = measure.name
            body = Gate(cond=ValueIn(measure=measure, interval=row.interval), body=body, points=points_of(row, self.plan))
        if any(p.gives in (Gives.AWARD,) for _, p in self.some(lambda p: True)):
            raise Unreadable("公式与其他得分条款的关系不明")
        self.parts.append(body)
        self.awards = True
        self.full = self.plan.worth() if self.plan.weight is not None or self.plan.declared is not None else ZERO

    def _formula_list(self, found: list[tuple[int, Piece]]) -> None:
        """甲完成率达到100%得10分,低于100%,得分=甲完成率×10;乙率达95%得10分,低于95%,得分=乙率×10: one gate each."""
        names: list[str] = []
        rows_all = self.some(lambda p: p.what is What.VALUE and p.gives is Gives.AWARD)
        if len(rows_all) != len(found) or any(r[1].start > f[1].start for r, f in zip(rows_all, found, strict=True)):
            raise Unreadable("有几个计分公式，适用范围不明")
        self.used.update(i for i, _ in rows_all)
        for (_, row), (_, piece) in zip(rows_all, found, strict=True):
            expr = piece.expr
            assert isinstance(expr, (Constant, Operand, Binary))
            single = list({o.name: o for o in operands(expr)}.values())
            name = row.measure
            if len(single) != 1 or not single[0].rate or "扣" in piece.label or name in names or not same_measure(name, single[0].name):
                raise Unreadable("有几个计分公式，适用范围不明")
            names.append(name)
            self._drop_complement(piece, [(0, row)])
            if not name or row.also or row.label or row.interval is None:
                raise Unreadable("有几个计分公式，适用范围不明")
            expr = rekey(expr, {single[0].name: replace(single[0], name=name, key=f"var:{name}")})
            measure = Measure(name=name, unit="%", key=f"var:{name}")
            body = Formula(expr=expr, name=piece.label or "得分")
            self.parts.append(Gate(cond=ValueIn(measure=measure, interval=row.interval), body=body, points=points_of(row, self.plan)))
            self.full += points_of(row, self.plan)
        self.awards = True

    def _drop_complement(self, piece: Piece, rows: list[tuple[int, Piece]]) -> None:
        """低于100%,得分=…: the formula's own interval must be what the rows leave."""
        if piece.interval is None:
            return
        covered = [row.interval for _, row in rows if row.interval]
        own = piece.interval
        fits = any(
            (own.hi is not None and own.lo is None and other.lo == own.hi) or (own.lo is not None and own.hi is None and other.hi == own.lo)
            or (other.is_point and other.lo in (own.lo, own.hi))
            for other in covered
        )
        if not fits:
            raise Unreadable("公式适用的区间与其他档次不衔接")

    def _scales(self) -> None:
        found = self.take(lambda p: p.gives is Gives.SCALE)
        if not found:
            return
        if self.parts and isinstance(self.parts[0], Formula) and _is_ratio(self.parts[0].expr):
            return  # 未完成的按比例得分: the formula says how
        if len(found) > 1:
            raise Unreadable("有几处按比例计分，关系不明")
        index, piece = found[0]
        rows = self.take(lambda p: p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL) and same_measure(p.measure, piece.measure))
        texts = [] if rows else self.take(lambda p: p.what in (What.TEXT, What.TARGET) and p.gives in (Gives.AWARD, Gives.FULL))
        if len(rows) > 1 or len(texts) > 1:
            raise Unreadable("按比例计分与几个得分档次并列，关系不明")
        full_at, points = Decimal(100), self.plan.weight if self.plan.declared is None else self.plan.declared
        stated = bool(rows or texts)
        if rows:
            row = rows[0][1]
            assert row.interval is not None
            if row.also or row.interval.lo is None or row.unit != "%" or (row.interval.hi is not None and not row.interval.is_point):
                raise Unreadable("按比例计分只用于“达到……得满分”的指标")
            full_at, points = row.interval.lo, points_of(row, self.plan)
        elif texts:
            points = points_of(texts[0][1], self.plan)
            target = texts[0][1]
            if target.what is What.TARGET and (target.op not in ("≥", "=") or target.factor != 100):
                raise Unreadable("反向指标按比例扣分的办法不明")
        if points is None:
            raise Unreadable("不知道该指标的分值，无法按比例计分")
        if piece.interval is not None and not (piece.interval.lo is None and piece.interval.hi == full_at):
            raise Unreadable("按比例计分的区间与满分条件不衔接")
        if re.search(r"超|高于|大于", piece.scope) and not rows and "扣" in piece.verb:
            raise Unreadable("超出部分按比例扣分的办法不明")
        name = self.names.get(index, "")
        measure = replace(self.measure(index, "%"), of_target=True, name=name or "完成率", unit="%")
        if measure.key == "value":
            self.plan.measures = [measure.name]
        stated_targets = [f for _, f in self.plan.reader.requirements if re.search(r"(?:目标|指标)值[:为是]?$", f.before) and f.unit == "%"]
        against = bool(texts) and (texts[0][1].what is What.TARGET or bool(re.search(r"目标值|指标值|计划数", texts[0][1].label)))
        if len(stated_targets) == 1 and stated_targets[0].interval.lo is not None and not rows:
            full_at, against = stated_targets[0].interval.lo, False
            measure = replace(measure, of_target=False, name="实际完成值")
        of_hundred = None if full_at != 100 else True
        self.parts.append(Scale(measure=measure, points=points, full_at=full_at, of_hundred=of_hundred, needs_target=against, capped=stated or self.plan.capped))
        self.take(lambda p: p.what is What.ELSE and p.gives is Gives.ZERO)
        self.full += points
        self.awards = True

    def _targets(self) -> None:
        """Rows that compare with a target outside the sentence."""
        if self.some(lambda p: p.what is What.STEP) or self.parts:
            return  # the comparison with the target is where the steps begin
        if self._target_shortfall():
            return
        if self.some(lambda p: p.what is What.TARGET) and not self.some(lambda p: p.what is What.TARGET and p.gives is not Gives.ZERO):
            return  # gates
        rows = self.take(lambda p: p.what is What.TARGET and p.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO, Gives.HUMAN))
        if not rows:
            changes = self.some(lambda p: p.what is What.TARGET)
            if changes:
                self._target_changes()
            return
        otherwise = self.take(lambda p: p.what is What.ELSE and p.gives in (Gives.AWARD, Gives.ZERO))
        if not otherwise:
            otherwise = self.take(lambda p: p.what is What.TEXT and p.gives is Gives.ZERO and bool(ONLY_NOT_REACHED.match(p.label)) and len(p.label) <= 6)
            self.take(lambda p: p.what is What.ELSE and p.gives is Gives.ZERO)
        names = {p.target for _, p in rows}
        if len(names) > 1 and not all(a in b or b in a for a in names for b in names):
            raise Unreadable("有几个不同的目标值")
        body: Node = Total(base=points_of(otherwise[0][1], self.plan) if otherwise else ZERO, parts=())
        if any(p.op in ("≤", "<") for _, p in rows) and any(p.op in ("≥", ">") for _, p in rows) or otherwise or len(rows) == 1:
            pass
        else:
            raise Unreadable("与目标值比较的各档不能覆盖所有情形")
        top = max((points_of(p, self.plan) for _, p in rows if p.gives is not Gives.HUMAN), default=ZERO)
        name = max((p.target for _, p in rows), key=len)
        for index, piece in reversed(rows):
            measure = Measure(name=self.names.get(index, ""), unit="", key="value", target_name=name)
            aim = bool(re.search(r"达到|达不到|未达|没有达|完成", piece.scope)) and piece.op in ("≥", "<")
            cond = ValueAgainstTarget(measure=measure, op=piece.op, factor=piece.factor, text=piece.scope, aim=aim)
            if piece.gives is Gives.HUMAN:
                body = HumanGate(cond=cond, body=body, why=piece.why)
            else:
                body = Gate(cond=cond, body=body, points=points_of(piece, self.plan))
        self.parts.append(body)
        self.full += top
        self.awards = True
        self.plan.has_target = True

    def _target_shortfall(self) -> bool:
        """培训人次达到计划数得4分,每少10人次扣0.5分: the shortfall from the target is what is deducted."""
        rows = self.some(lambda p: p.what is What.TARGET)
        short = self.some(lambda p: p.what is What.EVENT and p.gives is Gives.DEDUCT and p.deviation)
        if len(rows) != 1 or not short or rows[0][1].gives is Gives.ZERO:
            return False
        index, row = rows[0]
        points = points_of(row, self.plan)
        if row.op not in ("≥", "=") or row.factor != 100 or points != self.plan.worth() or len(short) != 1 or short[0][1].side != "below":
            raise Unreadable("与目标值相差的扣分办法不明")
        self.used.add(index)
        self.parts.append(Total(base=points, parts=(), full_words=row.scope))
        self.plan.shortfall = True
        self.full += points
        self.awards = True
        return True

    def _target_changes(self) -> None:
        raise Unreadable("与目标值比较的加扣分条款需要人工确认")

    def _count_base(self) -> None:
        """配备1名(3分),每增加1人加1分: a count with a base and steps on it."""
        events = self.some(lambda p: p.what is What.EVENT and p.gives is Gives.ADD and p.deviation and p.side == "above")
        bases = self.some(lambda p: p.what in (What.VALUE, What.EVENT) and p.gives is Gives.AWARD and p.unit not in RATE_UNITS and p.unit != "" )
        if len(events) != 1 or len(bases) != 1:
            return
        (event_index, event), (base_index, base) = events[0], bases[0]
        if base.what is not What.VALUE or base.interval is None or not _person(base.unit, event.unit):
            return
        anchor = base.interval.lo
        if anchor is None or base.interval.is_two_sided or base.interval.lo_in is False or base.also:
            return
        self.used.update((event_index, base_index))
        name = base.measure or base.scope
        measure = Measure(name=name, unit=base.unit, key="value", is_count=True)
        limit = event.limit if event.limit is not None else self.plan.add_limit
        self.plan.add_limit = None
        step = Step(
            measure=measure, anchor=anchor, side="above", size=event.size, points=points_of(event, self.plan),
            unit=event.unit, partial="whole", relative=False, limit=limit,
        )  # fmt: skip
        body = Total(base=points_of(base, self.plan), parts=(step,), full_words=f"{name}≥{anchor}{base.unit}")
        self.parts.append(Gate(cond=ValueIn(measure=measure, interval=Interval(hi=anchor, hi_in=False)), body=body))
        self.take(lambda p: p.what is What.ELSE and p.gives is Gives.ZERO)
        self.full += max(self.plan.weight or ZERO, points_of(base, self.plan))
        self.awards = True
        self.plan.bonus = True
        self.plan.measures = [name]

    def _completion_ladder(self) -> None:
        """完成目标得30分,超额完成10%至20%加1分…: bonus bands on the excess over completion."""
        bonus = self.some(lambda p: p.what is What.VALUE and p.gives is Gives.ADD and p.interval is not None and p.interval.lo is not None)
        if self.plan.ladder and self._even_ladder():
            return
        excess = [(i, p) for i, p in bonus if re.search(r"超", p.measure + p.scope)]
        if not excess or len(excess) != len(bonus) or not self.plan.ladder and len(excess) < 2:
            return
        base = self.some(lambda p: p.what is What.TEXT and p.gives in (Gives.AWARD, Gives.FULL) and bool(re.search(r"完成|达到|实现", p.label)))
        if len(base) != 1 or any(p.unit != "%" for _, p in excess):
            raise Unreadable("加分档次的起点不明")
        index, row = base[0]
        self.used.update([index, *(i for i, _ in excess)])
        measure = Measure(name="目标完成率", unit="%", key="value", of_target=True)
        self.plan.measures = [measure.name]
        shifted = [replace(p, interval=_shift(p.interval, Decimal(100)), gives=Gives.AWARD) for _, p in excess if p.interval]
        if self.plan.ladder:
            shifted = _extend(shifted, self.plan.add_limit)
            self.plan.ladder = False
        start = band_rows([replace(row, what=What.VALUE, interval=Interval(lo=Decimal(100), lo_in=True), points=points_of(row, self.plan), label="")], self.plan, points_of)
        rows, _ = band_rows(shifted, self.plan, points_of)
        self.parts.append(Bands(measure=measure, rows=start[0]))
        self.parts.append(Bands(measure=measure, rows=rows, otherwise=ZERO))
        self.plan.add_limit = None
        self.full += points_of(row, self.plan)
        self.awards = True
        self.plan.bonus = True

    def _even_ladder(self) -> bool:
        """增长1%得1分,增长2%得2分,依次类推: the same as 每1%得1分; 完成1项得1分,完成2项得2分 as 每项得1分."""
        rows = self.some(
            lambda p: p.what in (What.VALUE, What.COUNT, What.EVENT) and p.gives in (Gives.ADD, Gives.AWARD) and not p.stated_compare
            or p.what in (What.COUNT, What.EVENT) and p.gives is Gives.ADD and not p.every
        )
        points = [points_of(p, self.plan) for _, p in rows]
        sizes = [p.interval.lo if p.interval is not None and p.interval.is_point else p.size for _, p in rows]
        if len(rows) < 2 or any(p.interval is not None and not p.interval.is_point or p.also for _, p in rows):
            return False
        ratio = points[0] / sizes[0] if sizes[0] else ZERO
        step = sizes[1] - sizes[0]  # type: ignore[operator]
        even = all(a - b == step for a, b in zip(sizes[1:], sizes, strict=False))  # type: ignore[operator]
        if step <= 0 or sizes[0] != step or not even or any(p != ratio * s for p, s in zip(points, sizes, strict=True)):  # type: ignore[operator]
            return False
        first = rows[0][1]
        limit = self.plan.add_limit or self.plan.award_limit or self.plan.cap
        if limit is None:
            return False
        self.used.update(i for i, _ in rows)
        self.plan.ladder = False
        self.plan.add_limit = self.plan.award_limit = None
        award = first.gives is Gives.AWARD
        if first.unit in RATE_UNITS:
            excess = bool(re.search("超", first.scope))
            name = EXCEEDED if excess else first.measure or "增长率"
            measure = Measure(name=name, unit="%", key="value")
            self.plan.measures = [name]
            self.parts.append(
                Step(measure=measure, anchor=ZERO, side="above", size=step, points=points[0], unit=first.unit, limit=limit)  # type: ignore[arg-type]
            )
        else:
            counted = Counted(text=first.label or f"{first.measure}{first.unit}", unit=first.unit, scope=first.scope)
            if first.what is What.VALUE:
                counted = Counted(text=first.scope, unit=first.unit)
            self.parts.append(Items(parts=(Event(counted=counted, points=points[0], per=step, limit=limit, award=award),)))  # type: ignore[arg-type]
        self.plan.bonus = True
        self.awards = award
        self.full += limit if award else ZERO
        return True

    # --- numbers ---------------------------------------------------------------------------------

    def _values(self) -> None:
        for name in list(self.plan.measures) or [""]:
            rows = self.some(lambda p: p.what is What.VALUE and p.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO, Gives.HUMAN))
            rows = [(i, p) for i, p in rows if self.names.get(i, "") == name]
            steps = [(i, p) for i, p in self.some(lambda p: p.what is What.STEP) if self.names.get(i, "") == name]
            if steps:
                self._steps(rows, steps)
            elif self._required_count(rows) or self._perfect(rows):
                continue
            elif rows and any(p.gives is not Gives.ZERO for _, p in rows):
                self._bands(rows)

    def _perfect(self, rows: list[tuple[int, Piece]]) -> bool:
        """合格率达100%得4分;每有一个不合格扣1分: the events are the way the perfect rate is missed."""
        events = self.some(lambda p: p.gives is Gives.DEDUCT)
        if len(rows) != 1 or not events or any(p.what is not What.EVENT for _, p in events):
            return False
        index, row = rows[0]
        if row.gives is Gives.ZERO or row.interval is None or row.also or row.unit not in RATE_UNITS and row.interval.lo != 0:
            return False
        bounds = {row.interval.lo, row.interval.hi} - {None}
        points = points_of(row, self.plan)
        if bounds not in ({Decimal(100)}, {ZERO}) or points != self.plan.worth() or self.some(lambda p: p.what is What.ELSE):
            return False
        self.used.add(index)
        self.parts.append(Total(base=points, parts=(), full_words=row.interval.words(row.measure, "%" if row.unit == "%" else row.unit)))
        self.full += points
        self.awards = True
        self.plan.measures = [m for m in self.plan.measures if m != self.names.get(index)]
        return True

    def _required_count(self, rows: list[tuple[int, Piece]]) -> bool:
        """每年不少于2次(2分),少一次扣1分: the deduction itself says how far the requirement was missed."""
        missed = self.some(lambda p: p.what is What.EVENT and p.gives is Gives.DEDUCT and p.deviation)
        if len(rows) != 1 or not missed or rows[0][1].gives is Gives.ZERO or rows[0][1].unit in RATE_UNITS:
            return False
        index, row = rows[0]
        points = points_of(row, self.plan)
        if not _person(row.unit, missed[0][1].unit) or (self.plan.weight is not None and points != self.plan.weight):
            return False
        assert row.interval is not None
        self.used.add(index)
        self.parts.append(Total(base=points, parts=(), full_words=row.interval.words(row.measure, row.unit)))
        self.full += points
        self.awards = True
        self.plan.measures = [m for m in self.plan.measures if m != self.names.get(index)]
        return True

    def _bands(self, rows: list[tuple[int, Piece]]) -> None:
        self.used.update(i for i, _ in rows)
        otherwise = self.take(lambda p: p.what is What.ELSE and p.gives in (Gives.ZERO, Gives.AWARD))
        if len(otherwise) > 1:
            raise Unreadable("有几个“否则”，关系不明")
        if not otherwise:
            otherwise = self.take(lambda p: p.what is What.TEXT and p.gives is Gives.ZERO and bool(ONLY_NOT_REACHED.match(p.label)) and len(p.label) <= 8)
        if len(rows) == 1 and not otherwise and self._each_one(rows[0]):
            return
        units = {p.unit for _, p in rows if p.unit}
        if len({"%" if u in RATE_UNITS else u for u in units}) > 1 and not units <= {"人", "名", "个", "家", "户", "天", "日"}:
            raise Unreadable("各档的单位不一致")
        unit = next(iter(units), "")
        pieces = [p for _, p in rows]
        if self.some(lambda p: p.gives is Gives.DEDUCT and p.what in (What.EVENT, What.TEXT)):
            pieces = [replace(p, also="", label="") for p in pieces]
        if self.plan.ladder:
            pieces = _extend(pieces, self.plan.cap or self.plan.award_limit)
            self.plan.ladder = False
        if self.plan.interp:
            self._interp(pieces, rows[0][0], unit)
            return
        bands, implied = band_rows(pieces, self.plan, points_of)
        node = Bands(
            measure=self.measure(rows[0][0], unit), rows=bands, implied_zero="" if otherwise or self.plan.veto else implied,
            otherwise=points_of(otherwise[0][1], self.plan) if otherwise else None,
        )  # fmt: skip
        self.parts.append(node)
        self.full += max((b.points for b in bands if b.points is not None), default=ZERO)
        self.awards = True

    def _each_one(self, row: tuple[int, Piece]) -> bool:
        """建成1个得2分,满分6分: so much for each."""
        index, piece = row
        limit = self.plan.declared or self.plan.cap or self.plan.award_limit or self.plan.weight
        counted = piece.interval is not None and piece.interval.is_point and piece.interval.lo == 1 and not piece.stated_compare
        if not counted or piece.unit in RATE_UNITS or limit is None or piece.points is None or piece.also or piece.label:
            return False
        if limit <= piece.points or limit % piece.points:
            return False
        stated = self.plan.declared or self.plan.cap or self.plan.award_limit
        event = Event(counted=Counted(text=piece.scope, unit=piece.unit), points=piece.points, limit=stated, award=True)
        self.parts.append(Items(parts=(event,)))
        self.plan.measures = [m for m in self.plan.measures if m != self.names.get(index)]
        self.awards = True
        self.full += limit
        return True

    def _interp(self, pieces: list[Piece], index: int, unit: str) -> None:
        """≥95%得满分,≤60%不得分,介于其间按线性插值."""
        low = [p for p in pieces if p.interval and p.interval.hi is not None and p.interval.lo is None]
        high = [p for p in pieces if p.interval and p.interval.lo is not None and (p.interval.hi is None or p.interval.is_point)]
        if len(pieces) != 2 or len(low) != 1 or len(high) != 1:
            raise Unreadable("插值计分的两端不明")
        x0, x1 = low[0].interval.hi, high[0].interval.lo  # type: ignore[union-attr]
        assert x0 is not None and x1 is not None
        if x0 >= x1:
            raise Unreadable("插值计分的两端颠倒")
        if self.plan.interp_range not in (None, (x0, x1)):
            raise Unreadable("插值计分的区间与两端不一致")
        y0, y1 = points_of(low[0], self.plan), points_of(high[0], self.plan)
        self.parts.append(Interp(measure=self.measure(index, unit), low=(x0, y0), high=(x1, y1)))
        self.plan.interp = False
        self.full += max(y0, y1)
        self.awards = True

    def _steps(self, rows: list[tuple[int, Piece]], steps: list[tuple[int, Piece]]) -> None:
        full_rows = [(i, p) for i, p in rows if p.gives in (Gives.AWARD, Gives.FULL)]
        zero_rows = [(i, p) for i, p in rows if p.gives is Gives.ZERO]
        if any(p.gives is Gives.HUMAN for _, p in rows):
            raise Unreadable("有的区间要人工评定")
        if len(full_rows) > 1:
            raise Unreadable("分档与按步加扣分并列，关系不明")
        self.used.update(i for i, _ in rows + steps)
        row = full_rows[0][1] if full_rows else None
        text_row = None
        if row is None:
            texts = self.some(lambda p: p.what in (What.TEXT, What.TARGET) and p.gives in (Gives.AWARD, Gives.FULL))
            adding_only = any(p.gives is Gives.ADD for _, p in steps)
            if len(texts) == 1 and (texts[0][1].gives is Gives.FULL or texts[0][1].points == self.plan.weight or adding_only):
                text_row = texts[0][1]
                self.used.add(texts[0][0])
        unit = next((p.unit for _, p in full_rows + steps if p.unit), "%")
        index = (full_rows or steps)[0][0]
        nodes: list[Node] = []
        for step_index, piece in steps:
            nodes.extend(self._step(piece, row, text_row, self.measure(step_index if not full_rows else index, unit)))
        deducting = any(p.gives is Gives.DEDUCT for _, p in steps)
        adding = any(p.gives is Gives.ADD for _, p in steps)
        if row is not None or text_row is not None:
            base = points_of(row or text_row, self.plan)  # type: ignore[arg-type]
            self.awards = True
            self.full += base
            words = row.interval.words("", "%" if row.unit in RATE_UNITS else row.unit, "±" if row.absolute else "") if row and row.interval else ""
            name = nodes[0].measure.name if isinstance(nodes[0], Step) else ""
            if text_row is not None and adding and not deducting:
                nodes = self._reached_first(text_row, base, nodes)
                self.parts.extend(nodes)
            elif row is not None and row.interval is not None and not deducting:
                bands, implied = band_rows([row], self.plan, points_of)
                self.parts.append(Bands(measure=self.measure(index, unit), rows=bands, implied_zero=implied))
                self.parts.extend(nodes)
            else:
                sides = {n.side for n in nodes if isinstance(n, Step)}
                if row is not None and row.interval is not None and row.interval.is_two_sided and len(sides) < 2:
                    if row.interval.hi != 100 or sides != {"below"} or row.unit != "%":
                        raise Unreadable("只写明了一侧的扣分")
                stated = (name + words) if words else (text_row.label or text_row.scope if text_row else "")
                self.parts.append(Total(base=base, parts=tuple(nodes), full_words=stated, section=len(self.plan.measures) > 1))
            if adding and self.plan.weight is not None and base < self.plan.weight:
                self.full += self.plan.weight - base
        else:
            if deducting and adding and self.plan.base is None:
                raise Unreadable("既加分又扣分，但没有写明不加不扣时得多少分")
            self.parts.extend(nodes)
        if adding:
            self.plan.bonus = True
        for zero_index, piece in zero_rows:
            assert piece.interval is not None
            if piece.also or piece.label:
                raise Unreadable("不得分的条件不止一项")
            starts = [n.anchor for n in nodes if isinstance(n, Step) and n.anchor is not None and n.points < 0]
            if any(piece.interval.contains(a) for a in starts):
                raise Unreadable("得满分的界线落在不得分的区间里")
            self.gates.append((ValueIn(measure=self.measure(zero_index, unit), interval=piece.interval), ZERO))
        self.take(lambda p: p.what is What.ELSE and p.gives is Gives.ZERO and False)

    def _reached_first(self, text_row: Piece, base: Decimal, nodes: list[Node]) -> list[Node]:
        """完成目标得8分,每超1%加0.2分: the base is earned only where the target is reached."""
        first = nodes[0]
        assert isinstance(first, Step)
        missed = self.take(lambda p: p.gives is Gives.ZERO and (p.what is What.ELSE or p.what is What.TEXT and bool(ONLY_NOT_REACHED.match(p.label))))
        if first.anchor is None:
            if not missed:
                raise Unreadable("没有写明未达到目标值时如何得分")
            cond = ValueAgainstTarget(measure=replace(first.measure, target_name="目标值"), op="<")
            self.plan.has_target = True
            return [Gate(cond=cond, body=Total(base=base, parts=tuple(nodes), full_words=text_row.label))]
        rows = (Band(interval=Interval(lo=first.anchor, lo_in=True), points=base),)
        bands = Bands(measure=first.measure, rows=rows, otherwise=ZERO if missed else None, implied_zero="" if missed else "below")
        return [bands, *nodes]

    def _step(self, piece: Piece, row: Piece | None, text_row: Piece | None, measure: Measure) -> list[Step]:
        adding = piece.gives is Gives.ADD
        points = points_of(piece, self.plan) if adding else -points_of(piece, self.plan)
        anchors = self._anchors(piece, row, text_row, adding, measure)
        limit = piece.limit
        made = []
        for side, anchor, name in anchors:
            own = replace(measure, name=name) if name else measure
            if anchor == 100 and text_row is not None:
                own = replace(own, of_target=True)
            relative = piece.relative
            if relative is None and (anchor == 100 or own.unit == "%" and anchor is not None):
                relative = False
            if anchor is None and piece.unit == "%" and relative is False:
                around = own.name + (text_row.label + text_row.scope if text_row else "")
                rate = bool(re.search(r"[率度比]$|比例$|比重$", own.name)) or self.plan.target_unit == "%"
                amount = re.search(r"成本|费用|金额|支出额|投资|人数|数量|个数|面积|里程|天数|产量|造价|单价|概算|限额|定额", around)
                relative = False if rate else True if amount else None
            made.append(
                Step(
                    measure=own, anchor=anchor, side=side, size=piece.size, points=points, unit=piece.unit,
                    partial=self.plan.partial, relative=relative, limit=limit,
                )  # fmt: skip
            )
        return made

    def _anchors(
        self, piece: Piece, row: Piece | None, text_row: Piece | None, adding: bool, measure: Measure
    ) -> list[tuple[str, Decimal | None, str]]:
        """(side, anchor, measure name) of the step: from its own words, the full row, or the requirement before."""
        side = piece.side
        own = piece.interval
        if piece.from_zero:
            return [("above", ZERO, measure.name or "完成率")]
        if text_row is not None and re.search(r"持平|不变", text_row.label + text_row.scope) and side in ("above", "below"):
            return [(side, ZERO, SINCE)]
        if own is not None and row is None:
            return [_own_anchor(own, side)]
        if row is not None and row.interval is not None:
            interval = row.interval
            if not side and own is not None:
                side = "below" if own.lo is None else "above"
            if own is not None:
                start = own.hi if own.lo is None else own.lo
                if start not in (interval.lo, interval.hi):
                    raise Unreadable("步长起算点与满分条件不衔接")
            if interval.is_two_sided:
                alone = len([p for p in self.pieces if p.what is What.STEP]) == 1
                if side == "above" and not adding and re.search(r"超出|超过", piece.scope) and own is None and alone:
                    side = "either"
                if side == "either":
                    return [("below", interval.lo, ""), ("above", interval.hi, "")]
                if not side:
                    raise Unreadable("步长方向不明")
                return [(side, interval.lo if side == "below" else interval.hi, "")]
            bound = interval.lo if interval.lo is not None else interval.hi
            lower_is_full = interval.hi is not None and interval.lo is None
            if not side:
                side = "above" if lower_is_full else "below"
            good = "below" if lower_is_full else "above"
            if not interval.is_point and side != "either" and (side == good) != adding:
                raise Unreadable("加扣分的方向与满分条件相反")
            if side == "either" and not interval.is_point:
                side = "above" if lower_is_full else "below"
            return [(side, bound, "")]
        if not side:
            raise Unreadable("步长方向不明")
        needed = [f for _, f in self.plan.reader.requirements if f.unit == "%" and _fits(f.interval, side, adding)]
        if len(needed) == 1 and not piece.target:
            interval = needed[0].interval
            name = "" if measure.name else clean_measure(needed[0].before)
            bound = interval.lo if side == "below" and interval.lo is not None else interval.hi if interval.hi is not None else interval.lo
            return [(side, bound, name)]
        if len(needed) > 1:
            raise Unreadable("步长起算点不明：前文有几个数值")
        return self._free_anchor(piece, text_row, side, adding, measure)

    def _free_anchor(
        self, piece: Piece, text_row: Piece | None, side: str, adding: bool, measure: Measure
    ) -> list[tuple[str, Decimal | None, str]]:
        words = piece.scope
        if side == "either" and not piece.target:
            return [("above", ZERO, measure.name or "偏差幅度")]
        done = text_row is not None and re.search(r"完成|达到|实现", text_row.label)
        if adding and side == "above" and not done and re.search(r"超", words):
            before = self.plan.reader.text[: piece.start]
            if re.search(r"超额|超出|超过", before + words) and text_row is None:
                return [(side, ZERO, EXCEEDED)]
        if not adding and side == "above" and re.search(r"超支", words) and text_row is None:
            return [(side, ZERO, OVERSPENT)]
        against = text_row is not None and text_row.what is What.TARGET
        natural = side == ("above" if adding else "below")
        if re.search(r"与.{2,20}相比", words) and side == "below" and not adding and text_row is None:
            return [(side, Decimal(100), measure.name or clean_measure(words.split(",")[0]))]
        if done and not natural and not piece.target:
            raise Unreadable("加扣分的方向与完成目标的方向相反")
        if done and not piece.target and not against:
            return [(side, Decimal(100), measure.name or "完成率")]
        return [(side, None, measure.name)]

    def _sections(self) -> None:
        """甲得3分,迟报一次扣1分;乙得3分,缺一项扣0.5分: each section loses only its own points."""
        text = self.plan.reader.text

        def segment(piece: Piece) -> int:
            return len(re.findall(r"[;。]", text[: piece.start]))

        awards = self.some(lambda p: p.what is What.TEXT and p.gives in (Gives.AWARD, Gives.FULL))
        losses = self.some(lambda p: p.gives is Gives.DEDUCT and p.what in (What.TEXT, What.EVENT))
        by: dict[int, list[tuple[int, Piece]]] = {}
        for index, piece in awards:
            by.setdefault(segment(piece), []).append((index, piece))
        owned = {s: [(i, p) for i, p in losses if segment(p) == s] for s in by}
        if len(by) < 2 or not any(owned.values()):
            return
        for place, group in by.items():
            if not owned[place]:
                continue
            if len(group) != 1 or any(p.start < group[0][1].start for _, p in owned[place]):
                raise Unreadable("各项的扣分针对哪一项不明")
            index, piece = group[0]
            parts: list[Item | Event] = []
            for loss_index, loss in owned[place]:
                self._change(loss_index, loss, parts)
            self.used.update([index, *(i for i, _ in owned[place])])
            base = points_of(piece, self.plan)
            self.parts.append(Total(base=base, parts=(Items(parts=tuple(parts)),), full_words=piece.label, section=True))
            self.full += base
            self.awards = True

    # --- words -----------------------------------------------------------------------------------

    def _texts(self) -> None:
        rows = self.some(lambda p: p.what is What.TEXT and p.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO))
        events = self.some(lambda p: p.what is What.EVENT and p.gives in (Gives.AWARD, Gives.FULL))
        if not rows and not events:
            return
        deducts = bool(
            self.some(
                lambda p: p.gives is Gives.DEDUCT or p.gives is Gives.ZERO and p.what in (What.EVENT, What.CLIFF)
            )
        )
        self._award_events(events)
        each = [
            (i, p) for i, p in self.some(lambda p: p.gives is Gives.ZERO and p.what in (What.TEXT, What.EVENT))
            if re.match(r"^(?:每|任何?|其中|有)?(?:有)?[一1]?项(?:不符合|未达到|不满足|不达标|没有|未完成|未做到|不具备|缺失?)", p.label)
        ]  # fmt: skip
        if each and len([1 for _, p in rows if p.gives is not Gives.ZERO]) > 1:
            self.used.update(i for i, _ in each)
            rows = [(i, p) for i, p in rows if i not in self.used]
        positive = [(i, p) for i, p in rows if p.gives is not Gives.ZERO]
        zero = [(i, p) for i, p in rows if p.gives is Gives.ZERO]
        if not positive:
            return  # zero statements alone are gates
        if self._pair(positive):
            return
        bare = not self.awards and not events
        apart = not any(complement(positive[0][1].label, p.label) or looks_tiered([positive[0][1].label, p.label]) for _, p in zero)
        if len(positive) == 1 and apart and bare and deducts and not self.some(lambda p: p.what is What.ELSE):
            index, piece = positive[0]
            points = points_of(piece, self.plan)
            if self.plan.weight is None or points == self.plan.weight:
                self.used.add(index)
                self.full += points
                self.awards = True
                self.parts.append(Total(base=points, parts=(), full_words=piece.label))
                return
        self._lists(rows, positive, zero, bare)

    def _award_events(self, events: list[tuple[int, Piece]]) -> None:
        if not events:
            return
        made = tuple(self._event(i, p, award=True) for i, p in events)
        self.used.update(i for i, _ in events)
        limit = self.plan.award_limit
        if limit is None and len(events) > 1:
            limit = self.plan.add_limit
        self.parts.append(Items(parts=made, limit=limit))
        self.awards = True
        self.full += limit or sum((p.limit for _, p in events if p.limit), ZERO) or (self.plan.weight or ZERO)

    def _pair(self, positive: list[tuple[int, Piece]]) -> bool:
        """完成得2分;未完成的扣2分: 0 or -2? Both readings are kept."""
        if len(positive) != 1:
            return False
        index, piece = positive[0]
        minus = self.some(lambda p: p.what in (What.TEXT, What.ELSE) and p.gives is Gives.DEDUCT)
        minus = [(i, p) for i, p in minus if p.what is What.ELSE or complement(piece.label, p.label)]
        if len(minus) != 1 or len([p for _, p in self.some(lambda p: True)]) != 2:
            return False
        other_index, other = minus[0]
        points, taken = points_of(piece, self.plan), points_of(other, self.plan)
        self.used.update((index, other_index))
        rows = (Tier(label=piece.label, points=points), Tier(label=other.label or "否则", points=points - taken, either=-taken))
        self.parts.append(Tiers(rows=rows))
        self.full += points
        self.awards = True
        return True

    def _lists(
        self, rows: list[tuple[int, Piece]], positive: list[tuple[int, Piece]], zero: list[tuple[int, Piece]], bare: bool
    ) -> None:
        groups = split_groups(rows)
        weight = self.plan.worth() if self.plan.weight is not None or self.plan.declared is not None else None
        remaining = None if weight is None else weight - self.full
        tops = sum((max((points_of(p, self.plan) for _, p in g), default=ZERO) for g in groups), ZERO)
        total = sum((points_of(p, self.plan) for _, p in positive), ZERO)
        otherwise = self.some(lambda p: p.what is What.ELSE)
        tiered = all(looks_tiered([p.label for _, p in g]) for g in groups if len(g) > 1)
        as_tiers = bool(zero) or len(positive) > 1
        kind = ""
        if as_tiers and not otherwise and (tops == remaining and (tops != total or tiered or zero) or remaining is None and tiered):
            kind = "tiers"
        elif as_tiers and otherwise and len(positive) > 1 and tops == remaining and tops != total:
            kind = "tiers"
        elif remaining is None or total == remaining:
            kind = "list"
        elif tiered and len(positive) > 1:
            kind = "tiers"
        elif len(positive) == 1 or total < remaining:
            kind = "list"
        if not kind:
            raise Unreadable("各项分值之和与该指标分值不符")
        self.used.update(i for i, _ in rows)
        if kind == "tiers":
            self._tiers(groups, otherwise)
            self.full += tops
        else:
            self._checklist(positive, zero, otherwise)
            self.full += total
        self.awards = True

    def _tiers(self, groups: list[list[tuple[int, Piece]]], otherwise: list[tuple[int, Piece]]) -> None:
        if otherwise and len(groups) > 1:
            raise Unreadable("“否则”针对哪一组不明")
        for group in groups:
            labels = [p.label for _, p in group]
            if len(set(labels)) != len(labels):
                raise Unreadable("有两档的名称相同")
            made = [Tier(label=p.label, points=points_of(p, self.plan)) for _, p in group]
            if otherwise:
                self.used.update(i for i, _ in otherwise)
                made.append(Tier(label="其他情况", points=points_of(otherwise[0][1], self.plan)))
            if len(made) == 1 and made[0].points:
                self.parts.append(Items(parts=(Item(cond=Tick(text=made[0].label), points=made[0].points, award=True),)))
            else:
                self.parts.append(Tiers(rows=tuple(made)))

    def _missing_one(self, positive: list[tuple[int, Piece]]) -> None:
        """甲得1分;乙得1分;缺一项扣1分 says the same twice; other points for 缺一项 contradict the list."""
        again = self.some(
            lambda p: p.gives is Gives.DEDUCT and p.what is What.EVENT
            and bool(re.fullmatch(r"每?(?:有)?(?:缺|少|缺少|漏)?1?(?:大|小)?[项条个点](?:不符合|不达标|不满足|未达到|未完成|不到位|缺失|没有)?(?:要求|标准)?", p.label))
        )  # fmt: skip
        if not again:
            return
        points = {points_of(p, self.plan) for _, p in positive}
        if len(again) == 1 and points == {points_of(again[0][1], self.plan)} and again[0][1].size == 1:
            self.used.add(again[0][0])
            return
        raise Unreadable("各项分值与“缺一项”的扣分不一致")

    def _checklist(
        self, positive: list[tuple[int, Piece]], zero: list[tuple[int, Piece]], otherwise: list[tuple[int, Piece]]
    ) -> None:
        if len(positive) > 1:
            self._missing_one(positive)
        items = tuple(Item(cond=Tick(text=p.label), points=points_of(p, self.plan), award=True) for _, p in positive)
        if len({i.cond.words() for i in items}) != len(items):
            raise Unreadable("有两项的内容相同")
        open_else = False
        if otherwise:
            if any(p.gives is not Gives.ZERO for _, p in otherwise):
                raise Unreadable("“否则”的得分与前面各项的关系不明")
            self.used.update(i for i, _ in otherwise)
            open_else = len(items) > 1
        self.parts.append(Items(parts=items, all_or_open=open_else))
        for _, piece in zero:
            self.gates.append((Tick(text=piece.label), ZERO))

    # --- additions and deductions ------------------------------------------------------------------

    def _event(self, index: int, piece: Piece, award: bool = False) -> Event:
        points = points_of(piece, self.plan)
        if piece.gives is Gives.DEDUCT:
            points = -points
        counted = Counted(text=piece.label, unit=piece.unit, deviation=piece.deviation, scope=piece.scope)
        required = self._required(piece) if piece.deviation and piece.side == "below" and not award else None
        against = self.plan.shortfall and piece.deviation and not award
        return Event(required=None if against else required, against_target=against, partial=self.plan.partial, counted=counted, points=points, per=piece.size, limit=piece.limit, award=award, tail=f"/{piece.per}" if piece.per else "")

    def _required(self, piece: Piece) -> Decimal | None:
        """计划举办培训100场,每少1场: the number that the shortfall is measured from."""
        before = self.plan.reader.text[: piece.end]
        numbers = re.findall(rf"(?:不少于|至少|不低于|计划|应|须|需|要求|达到)[^,;。\d]{{0,12}}({NUM})个?{re.escape(piece.unit)}", before) if piece.unit else []
        return Decimal(numbers[-1]) if len(set(numbers)) == 1 else None

    def _changes(self) -> None:
        for gives, limit in ((Gives.DEDUCT, self.plan.deduct_limit), (Gives.ADD, self.plan.add_limit)):
            parts: list[Item | Event] = []
            found = self.take(lambda p, g=gives: p.gives is g)
            for index, piece in found:
                self._change(index, piece, parts)
            _deeper_costs_more(parts)
            texts = [p.words() for p in parts]
            if len(set(texts)) != len(texts):
                raise Unreadable("有两项的内容相同")
            if parts:
                if gives is Gives.ADD:
                    self.plan.bonus = True
                self.parts.append(Items(parts=tuple(parts), limit=limit))

    def _losses_by_range(self) -> None:
        """超期1-3天扣0.5分,4-7天扣1分,7天以上不得分: bands whose points are taken from the full mark."""
        found = self.some(lambda p: p.what is What.VALUE and p.gives in (Gives.DEDUCT, Gives.ZERO) and p.interval is not None)
        ranges = [(i, p) for i, p in found if p.gives is Gives.DEDUCT and p.interval is not None and p.interval.is_two_sided]
        if not ranges:
            return
        name = self.names.get(ranges[0][0], "")
        rows = [(i, p) for i, p in found if self.names.get(i, "") == name]
        if any(p.also or p.label for _, p in rows) or len({p.unit for _, p in rows if p.unit}) > 1 or self.some(lambda p: p.what is What.STEP):
            raise Unreadable("分段扣分的条件不明")
        lows = [p.interval.lo for _, p in rows if p.interval is not None]
        worth = self.plan.worth()
        pieces = [replace(p, gives=Gives.AWARD, points=worth - points_of(p, self.plan) if p.gives is Gives.DEDUCT else ZERO) for _, p in rows]
        bands, _ = band_rows(pieces, self.plan, points_of)
        rated = "%" in {p.unit for _, p in rows}
        if not rated and None not in lows and min(x for x in lows if x is not None) > 0:
            bands = (_exactly(ZERO, worth), *bands)
        if min((x for x in lows if x is not None), default=None) == 0 and not any(b.interval.contains(ZERO) for b in bands):
            bands = (Band(interval=Interval(hi=ZERO, hi_in=True), points=worth), *bands)
        self.used.update(i for i, _ in rows)
        index = rows[0][0]
        self.parts.append(Bands(measure=self.measure(index, next(p.unit for _, p in rows)), rows=bands))
        if self.awards:
            raise Unreadable("分段扣分与其他得分条款的关系不明")
        self.full += worth
        self.awards = True

    def _count_table(self) -> None:
        """1次扣2分,2次扣4分,3次及以上不得分: each count has its own deduction."""
        exact = self.some(lambda p: p.what is What.COUNT)
        if not exact:
            return
        single = self.some(lambda p: p.what is What.EVENT and p.gives is Gives.DEDUCT and not p.every and p.size == 1)
        cliffs = self.some(lambda p: p.what is What.CLIFF and p.gives is Gives.DEDUCT)
        stem = next((p.measure for _, p in exact if p.measure), "")
        if len(single) != 1 or len(cliffs) > 1 or any(p.gives is not Gives.DEDUCT or p.measure not in ("", stem) for _, p in exact):
            raise Unreadable("不同次数的扣分办法不明")
        index, first = single[0]
        if any(not _person(p.unit, first.unit) for _, p in exact + cliffs) or stem and stem not in first.label:
            raise Unreadable("不同次数的扣分办法不明")
        numbers = [Decimal(1), *(p.size for _, p in exact)]
        if numbers != [Decimal(n + 1) for n in range(len(numbers))]:
            raise Unreadable("不同次数的扣分办法不连续")
        points = [points_of(p, self.plan) for _, p in [single[0], *exact]]
        if any(a >= b for a, b in zip(points, points[1:], strict=False)):
            raise Unreadable("次数越多扣分反而不增加")
        counted = Counted(text=first.label, unit=first.unit, scope=first.scope)
        rows = [_exactly(Decimal(0), ZERO), *(_exactly(n, -p) for n, p in zip(numbers, points, strict=True))]
        for _, cliff in cliffs:
            assert cliff.interval is not None
            rows.append(Band(interval=cliff.interval, points=-points_of(cliff, self.plan)))
        self.used.update([index, *(i for i, _ in exact + cliffs)])
        self.parts.append(Bands(measure=Measure(name=first.label, unit=first.unit, counted=counted, key=counted.need.key), rows=tuple(rows), deducts=True))

    def _change(self, index: int, piece: Piece, parts: list[Item | Event]) -> None:
        points = points_of(piece, self.plan)
        sign = -1 if piece.gives is Gives.DEDUCT else 1
        if piece.what is What.EVENT:
            parts.append(self._event(index, piece))
        elif piece.what is What.CLIFF:
            before = parts[-1] if parts and isinstance(parts[-1], Event) else None
            assert piece.interval is not None and piece.interval.lo is not None
            if before is not None and before.per == 1 and _person(before.counted.unit or piece.unit, piece.unit) and (
                len(piece.measure) < 2 or piece.measure in before.counted.text
            ):
                start = piece.interval.lo if piece.interval.lo_in else piece.interval.lo + 1
                if before.cliff_from is not None:
                    raise Unreadable("同一事项有几个起扣次数")
                parts[-1] = replace(before, cliff_from=start, cliff_points=sign * points)
            elif len(piece.measure) >= 2:
                counted = Counted(text=piece.label, unit=piece.unit, scope=piece.scope)
                parts.append(Item(cond=CountIn(counted=counted, interval=piece.interval), points=sign * points))
            else:
                raise Unreadable("次数针对什么事项不明")
        elif piece.what is What.VALUE and piece.interval is not None:
            if piece.also:
                raise Unreadable("加扣分的条件不止一项")
            measure = self.measure(index, piece.unit)
            parts.append(Item(cond=ValueIn(measure=measure, interval=piece.interval), points=sign * points))
        elif piece.what is What.TEXT:
            if sign > 0 and (self.plan.once or self.plan.add_limit is not None):
                counted = Counted(text=piece.label, scope=piece.scope, tickable=True)
                parts.append(Event(counted=counted, points=points, limit=piece.limit))
                return
            parts.append(Item(cond=Tick(text=piece.label, unless=self._positive_value(piece.label)), points=sign * points))
        elif piece.what is What.ELSE and sign < 0:
            raise Unreadable("“否则扣分”与前面得分的关系不明")
        else:
            raise Unreadable(f"“{piece.scope}”不能理解")

    def _positive_value(self, label: str) -> str:
        """未开展此项工作: a positive result shows that the work was done."""
        if re.fullmatch(r"(?:未|没有)(?:开展|实施|进行|组织)(?:此项|该项|本项|这项|相关)?(?:工作|活动|任务)?", label) and len(self.plan.measures) == 1:
            return "value"
        return ""

    def _zeros(self) -> None:
        for index, piece in self.take(lambda p: p.gives is Gives.ZERO and p.what is not What.ELSE):
            if piece.what is What.TEXT:
                self.gates.append((Tick(text=piece.label), ZERO))
            elif self._on_event(piece) is not None and piece.interval is not None:
                counted = self._on_event(piece)
                assert counted is not None
                self.gates.append((CountIn(counted=counted, interval=piece.interval, shared=True), ZERO))
            elif piece.what is What.VALUE and piece.interval is not None and not piece.also and not piece.label:
                self.gates.append((ValueIn(measure=self.measure(index, piece.unit), interval=piece.interval), ZERO))
            elif piece.what is What.TARGET:
                measure = Measure(name=self.names.get(index, "") or "实际完成值", unit="", key="value", target_name=piece.target)
                self.gates.append((ValueAgainstTarget(measure=measure, op=piece.op, factor=piece.factor, text=piece.scope), ZERO))
            elif piece.what is What.EVENT and piece.size == 1 and not piece.every:
                counted = Counted(text=piece.label, unit=piece.unit, scope=piece.scope)
                self.gates.append((CountIn(counted=counted, interval=Interval(lo=Decimal(1), lo_in=True)), ZERO))
            elif piece.what is What.CLIFF and piece.interval is not None:
                counted, shared = self._cliff_counted(piece)
                self.gates.append((CountIn(counted=counted, interval=piece.interval, shared=shared), ZERO))
            else:
                raise Unreadable(f"“{piece.scope}”不能理解")

    def _on_event(self, piece: Piece) -> Counted | None:
        """晚报5天以上的不得分 beside 每晚报1天扣1分: the same count."""
        if piece.what is not What.VALUE or piece.unit in RATE_UNITS or piece.interval is None or piece.interval.hi is not None:
            return None
        events = [p for node in self.parts if isinstance(node, Items) for p in node.parts if isinstance(p, Event)]
        same = [
            e.counted for e in events
            if e.per == 1 and _person(e.counted.unit, piece.unit) and (not piece.measure or piece.measure[-2:] in e.counted.text)
        ]  # fmt: skip
        return same[0] if len(same) == 1 else None

    def _cliff_counted(self, piece: Piece) -> tuple[Counted, bool]:
        events = [p for node in self.parts if isinstance(node, Items) for p in node.parts if isinstance(p, Event)]
        counts = [e.counted for e in events]
        counts += [n.measure.counted for n in self.parts if isinstance(n, Bands) and n.measure.counted is not None]
        same = [c for c in counts if len(piece.measure) >= 2 and piece.measure in c.text]
        if len(same) == 1:
            return same[0], True
        if (len(piece.measure) < 2 or piece.measure in ("发生", "出现", "发现", "累计", "累计发生", "全年", "一年内")) and len(counts) == 1:
            return counts[0], True
        if len(piece.measure) < 2 or counts:
            raise Unreadable("次数针对什么事项不明")
        return Counted(text=piece.label, unit=piece.unit, scope=piece.scope), False

    # --- the whole -------------------------------------------------------------------------------

    def _finish(self) -> Node:
        plan = self.plan
        if plan.ladder and (any(isinstance(p, Step) for p in _walk(self.parts)) or any(isinstance(p, Items) for p in self.parts)):
            plan.ladder = any(p.what is not What.STEP and not p.every and p.gives in (Gives.ADD, Gives.DEDUCT) for p in self.pieces)
        if plan.ladder or plan.interp:
            raise Unreadable("“依次类推”或插值的对象不明")
        deducting = any(_takes_away(p) for p in self.parts) or bool(self.gates)
        base = ZERO
        if not self.awards:
            if plan.base is not None:
                base = plan.base
            elif deducting:
                if plan.bonus and any(_takes_away(p) for p in self.parts):
                    raise Unreadable("既加分又扣分，但没有写明不加不扣时得多少分")
                base = plan.worth()
            self.full = base
            plan.full = None if base == ZERO else base
        else:
            if plan.base is not None:
                raise Unreadable("基本分与其他得分条款的关系不明")
            plan.full = self.full
        body: Node = self.parts[0] if len(self.parts) == 1 and base == ZERO else Total(base=base, parts=tuple(self.parts))
        if not self.parts and not self.gates:
            raise Unreadable("没有可以计算的条款")
        for cond, points in reversed(self.gates):
            body = Gate(cond=cond, body=body, points=points)
        return body


def _own_anchor(own: Interval, side: str) -> tuple[str, Decimal | None, str]:
    """低于90%的每低1%, ≤30%,超1个百分点: the bound the step's own clause states."""
    if side == "either" or own.is_point and not side:
        raise Unreadable("步长起算点不明")
    if own.is_point:
        return (side, own.lo, "")
    if own.is_two_sided:
        if not side:
            raise Unreadable("步长方向不明")
        return (side, own.hi if side == "below" else own.lo, "")
    bound, strict = (own.hi, own.hi_in is False) if own.lo is None else (own.lo, own.lo_in is False)
    if not side:
        if not strict:
            raise Unreadable("步长方向不明")
        side = "below" if own.lo is None else "above"
    return (side, bound, "")


def _is_reached(piece: Piece, plan: Plan, names: tuple[str, ...] = ()) -> bool:
    """完成任务得满分, 实际数≥计划数得满分: where the ratio of the formula is 1 or more."""
    if piece.gives is Gives.AWARD and piece.points != plan.weight:
        return False
    if piece.what is What.TARGET:
        return piece.op in ("≥", "=") and piece.factor == 100
    last = re.split("[,:]", piece.label)[-1]
    if len(names) == 2 and all(name in last for name in names):
        return True
    return bool(re.search(r"^(?:全部|按时|按期|全面|如期)?(?:完成|达到|实现|达标)", last)) and "、" not in last


def _is_nothing(piece: Piece, expr: Constant | Operand | Binary) -> bool:
    """逾期超过30天得0分 beside 分值×(1-逾期天数/30): the formula gives nothing there by itself."""
    if piece.gives is not Gives.ZERO or piece.interval is None or piece.interval.lo is None or piece.interval.hi is not None:
        return False
    answers = {o.need.key: piece.interval.lo for o in operands(expr)}
    try:
        return compute(expr, Evaluation(answers=answers, readings={})) <= 0
    except ByHand:
        return False


def _is_ratio(expr: object) -> bool:
    """rate × points or a ÷ b × points: at completion the formula gives the full mark."""
    if not isinstance(expr, Binary) or expr.op != "×":
        return False
    sides = (expr.left, expr.right)
    return any(isinstance(s, Constant) for s in sides) and any(isinstance(s, Operand) and s.rate or isinstance(s, Binary) and s.op == "÷" for s in sides)


def _walk(parts: list[Node]) -> list[object]:
    found: list[object] = []
    for part in parts:
        found.append(part)
        found.extend(getattr(part, "parts", ()))
    return found


def _deeper_costs_more(parts: list[Item | Event]) -> None:
    """低于90%扣1分,低于80%扣2分: the farther bound must weigh more, else a number is damaged."""
    for side in ("hi", "lo"):
        found = [
            (p.cond.measure.key, getattr(p.cond.interval, side), abs(p.points))
            for p in parts
            if isinstance(p, Item) and isinstance(p.cond, ValueIn) and getattr(p.cond.interval, "lo" if side == "hi" else "hi") is None
        ]
        for key, bound, points in found:
            for other_key, other_bound, other_points in found:
                deeper = other_bound < bound if side == "hi" else other_bound > bound
                if key == other_key and deeper and other_points < points:
                    raise Unreadable("偏离越大扣分越少，界线或分数可能有误")


def _exactly(number: Decimal, points: Decimal) -> Band:
    return Band(interval=Interval(lo=number, hi=number, lo_in=True, hi_in=True), points=points)


def _takes_away(node: Node) -> bool:
    if isinstance(node, Bands):
        return node.deducts
    if isinstance(node, Items):
        return any(p.points < 0 for p in node.parts)
    return isinstance(node, Step) and node.points < 0


MEASURED = frozenset("分钟 小时 个小时 天 日 个工作日 工作日 月 个月 年 周 元 万元 亿元 千元 百元 公里 千米 米 平方米 立方米 亩 吨 公顷 平方公里 公斤 千克".split())


def _same_unit(a: str, b: str) -> bool:
    return a == b or {a, b} in ({"天", "日"}, {"月", "个月"}, {"小时", "个小时"}, {"工作日", "个工作日"}, {"公里", "千米"})


def _person(a: str, b: str) -> bool:
    """Do two counters count the same things (名 and 人)?"""
    same = ({"人", "名", "位"}, {"家", "个", "户"}, {"次", "起", "例"}, {"天", "日", "个工作日", "工作日"}, {"项", "个", "件"})
    return a == b or any(a in group and b in group for group in same)


def _fits(interval: Interval, side: str, adding: bool) -> bool:
    """Is this requirement one that a step on that side can start from?"""
    if interval.is_point or side == "either":
        return True
    lower = interval.lo is not None
    return (side == "below" and lower) != adding if not (adding and side == "above" and lower) else True


def _shift(interval: Interval | None, by: Decimal) -> Interval | None:
    if interval is None:
        return None
    return replace(
        interval, lo=None if interval.lo is None else interval.lo + by, hi=None if interval.hi is None else interval.hi + by
    )


def _extend_down(pieces: list[Piece], zero: Piece | None) -> list[Piece]:
    """85%以上10分,80%-85%得8分,75%-80%得6分,依次类推: down in even steps until nothing is left."""
    a, b = pieces[-2], pieces[-1]
    assert a.interval is not None and b.interval is not None and a.points is not None and b.points is not None
    if a.interval.lo is None or b.interval.lo is None or b.interval.hi is None:
        raise Unreadable("“依次类推”的规律不明")
    fall, shift = a.points - b.points, a.interval.lo - b.interval.lo
    if shift <= 0 or b.interval.hi != a.interval.lo or b.interval.hi - b.interval.lo != shift:
        raise Unreadable("“依次类推”的规律不明")
    rows = list(pieces)
    stop = zero.interval.hi if zero is not None and zero.interval is not None else None
    while rows[-1].points - fall > 0 and (stop is None or rows[-1].interval.lo > stop):  # type: ignore[operator, union-attr]
        last = rows[-1]
        rows.append(replace(last, interval=_shift(last.interval, -shift), points=last.points - fall))  # type: ignore[operator]
    end = rows[-1].interval
    assert end is not None
    if zero is not None:
        if end.lo != stop:
            raise Unreadable("“依次类推”与不得分的界线不衔接")
        return [*rows, zero]
    rest = Interval(hi=end.lo, hi_in=None if end.lo_in is None else not end.lo_in)
    rows.append(replace(rows[-1], gives=Gives.ZERO, points=None, interval=rest))
    return rows


def _extend(pieces: list[Piece], limit: Decimal | None) -> list[Piece]:
    """依次类推: continue the last two rows in even steps up to the limit. Unreadable without a limit or even steps."""
    zeros = [p for p in pieces if p.gives is Gives.ZERO]
    pieces = [p for p in pieces if p.gives is not Gives.ZERO]
    if len(pieces) < 2 or len(zeros) > 1:
        raise Unreadable("“依次类推”的规律不明")
    a, b = pieces[-2], pieces[-1]
    if a.interval is None or b.interval is None or a.points is None or b.points is None:
        raise Unreadable("“依次类推”的规律不明")
    if a.points > b.points and a.interval.lo is not None and b.interval.lo is not None:
        return _extend_down(pieces, zeros[0] if zeros else None)
    if zeros:
        raise Unreadable("“依次类推”的规律不明")
    if limit is None or None in (a.interval.lo, a.interval.hi, b.interval.lo, b.interval.hi):
        raise Unreadable("“依次类推”的规律不明")
    shift = b.interval.lo - a.interval.lo  # type: ignore[operator]
    rise = b.points - a.points
    whole = b.interval.lo - a.interval.hi == 1 and b.unit not in RATE_UNITS  # type: ignore[operator]
    width = b.interval.hi - b.interval.lo + (1 if whole else 0)  # type: ignore[operator]
    if shift == 0 or rise <= 0 or b.interval.hi - a.interval.hi != shift or shift != width:  # type: ignore[operator]
        raise Unreadable("“依次类推”的规律不明")
    rows = list(pieces)
    while rows[-1].points + rise < limit:  # type: ignore[operator]
        last = rows[-1]
        rows.append(replace(last, interval=_shift(last.interval, shift), points=last.points + rise))  # type: ignore[operator]
    last = rows[-1]
    final = _shift(last.interval, shift)
    assert final is not None
    rows.append(replace(last, interval=Interval(lo=final.lo, lo_in=final.lo_in), points=limit))
    return rows


