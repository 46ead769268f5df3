"""Live formulas by cell key: rates, scores, schedule, totals and grades from the cells of sheet 数据.

Every formula carries the engine's value. Where a value cannot be traced to its inputs there is no
formula: the cell holds the number itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from jxreport.model.document import Cell
from jxreport.model.result import Evaluation, IndicatorScore, SchedulePoint, UnitResult
from jxreport.number import HUNDRED, half_up
from jxreport.render.xlsx.data import DataBook
from jxreport.render.xlsx.live import Live, quoted_text
from jxreport.render.xlsx.norms import (
    TOLERANCE,
    execution_formula,
    grade_formula,
    light_formula,
    schedule_base,
)
from jxreport.render.xlsx.plan import Box, Homes, Key, home_reference
from jxreport.render.xlsx.scores import score_formula, single_formula
from jxreport.render.xlsx.styles import shown
from jxreport.render.xlsx.totals import full_formula, total_formula
from jxreport.report.text import MISSING


class Formulas:
    """The formulas of one workbook. `homes` says where the first cell of each key stands."""

    def __init__(self, result: UnitResult, data: DataBook, homes: Homes) -> None:
        self._result = result
        self._data = data
        self._homes = homes
        self._made: dict[Key, Live | None] = {}
        self._makers: dict[str, Callable[[Evaluation, Key], Live | None]] = {
            "weight": self._input,
            "actual": self._actual,
            "initial": self._input,
            "adjusted": self._input,
            "arrived": self._amount,
            "executed": self._amount,
            "plan": self._input,
            "paid": self._amount,
            "exec_weight": self._input,
            "score": self._score,
            "single": self._single,
            "rate": self._rate,
            "exec_score": self._exec_score,
            "exec_single": self._exec_single,
            "pace_actual": self._pace_actual,
            "deviation": self._deviation,
            "pace": self._pace,
            "light": self._light,
            "total": self._total,
            "full": self._full,
            "grade": self._grade,
        }

    def of(self, sheet: str, box: Box) -> Live | None:
        """The formula for `box` on `sheet`: the first cell of a key computes, later ones refer to it."""
        key = box.cell.key
        if not key:
            return None
        live = self.for_key(key)
        if live is not None and key[0] == "grade":
            return _worded(live, box.cell.text)
        if live is None or not _agrees(live, box.cell):
            return None
        home_sheet, home = self._homes[key]
        if (home_sheet, home.row, home.column) == (sheet, box.row, box.column):
            return live
        ref = home_reference((home_sheet, home))
        factor, own = (form.scale if (form := shown(cell)) else 1 for cell in (home.cell, box.cell))
        if factor == own == 1:
            return Live(ref, live.value)
        return Live(f"{ref}*{factor}", live.value, f"ISNUMBER({ref})", live.otherwise)

    def for_key(self, key: Key) -> Live | None:
        """The formula that computes `key`, or None when the value is not traceable to inputs."""
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def _make(self, key: Key) -> Live | None:
        maker = self._makers.get(key[0])
        return maker(self._result.evaluations[int(key[1])], key) if maker else None

    def indicator(self, key: Key) -> IndicatorScore | None:
        """The indicator that a key such as ("score", evaluation, ordinal) speaks of."""
        return _indicator(self._result.evaluations[int(key[1])], key[2])

    # -- inputs -------------------------------------------------------------------------------

    def _input(self, _: Evaluation, key: Key) -> Live | None:
        key = _row_of_total(key)
        value = self._data.value(key)
        ref = self._data.ref(key)
        return Live(ref, value) if ref and isinstance(value, Decimal) else None

    def _amount(self, evaluation: Evaluation, key: Key) -> Live | None:
        """An amount that the unit fills in: emptied, it shows — and not 0."""
        live = self._input(evaluation, key)
        return live and replace(live, guard=self._data.present(live.text))

    def _actual(self, evaluation: Evaluation, key: Key) -> Live | None:
        live = self._input(evaluation, ("value", *key[1:]))
        return live and replace(live, guard=self._data.present(live.text), otherwise=MISSING)

    # -- indicators ---------------------------------------------------------------------------

    def _score(self, evaluation: Evaluation, key: Key) -> Live | None:
        item = _indicator(evaluation, key[2])
        return score_formula(item, self._data, key[1:], self._result) if item else None

    def _single(self, evaluation: Evaluation, key: Key) -> Live | None:
        item = _indicator(evaluation, key[2])
        if item is None:
            return None
        live = single_formula(item, self._data, key[1:], self._result)
        return live or self._share(("score", *key[1:]), ("weight", *key[1:]), item.score, item.weight)

    def _share(
        self, part: Key, whole: Key, score: Decimal | None, weight: Decimal | None
    ) -> Live | None:
        """Points as a share of the weight in percent (单项指标得分)."""
        score_ref, weight_ref = self._home(part), self._data.ref(whole)
        if score is None or not weight or score_ref is None or weight_ref is None:
            return None
        guard = f"AND(ISNUMBER({score_ref}),{weight_ref}<>0)"
        return Live(f"{score_ref}/{weight_ref}*100", score / weight * HUNDRED, guard)

    # -- budget execution ---------------------------------------------------------------------

    def _rate(self, evaluation: Evaluation, key: Key) -> Live | None:
        """Executed over adjusted budget of the fund row; undefined for a budget of 0."""
        keys = [_row_of_total((what, *key[1:])) for what in ("executed", "adjusted")]
        (executed, adjusted), (top, base) = map(self._data.ref, keys), map(self._data.value, keys)
        if not (executed and adjusted and isinstance(top, Decimal) and isinstance(base, Decimal)):
            return None
        if base == 0:
            return None  # what a rate of nothing is, the profile decides
        text = f"{executed}/{adjusted}*100"
        return Live(text, top / base * HUNDRED, self._data.present(text, f"{adjusted}<>0"))

    def _exec_score(self, evaluation: Evaluation, key: Key) -> Live | None:
        refs = [self._data.ref(("exec", key[1], what)) for what in ("executed", "adjusted")]
        live = execution_formula(
            evaluation.execution, self._result.profile, refs[0], refs[1], self._data.ref(("exec_weight", key[1]))
        )
        return live and replace(live, guard=self._data.present(live.text, live.guard))

    def _exec_single(self, evaluation: Evaluation, key: Key) -> Live | None:
        """The printed rate where it gives the printed score again, else the score as a share of its weight."""
        done = evaluation.execution
        if done is None or done.weight is None or done.rate is None:
            return None
        rate = half_up(done.rate)
        refs = [self._data.ref(("exec", key[1], what)) for what in ("executed", "adjusted")]
        if half_up(rate * done.weight / HUNDRED) == done.score and all(refs) and done.adjusted:
            text = f"ROUND({refs[0]}/{refs[1]}*100,2)"
            return Live(text, rate, self._data.present(text, f"{refs[1]}<>0"))
        return self._share(("exec_score", key[1]), ("exec_weight", key[1]), done.score, done.weight)

    # -- spending schedule --------------------------------------------------------------------

    def _point(self, evaluation: Evaluation, key: Key) -> SchedulePoint | None:
        return next((p for p in evaluation.schedule if p.checkpoint.label == key[2]), None)

    def _spent(self, evaluation: Evaluation, key: Key) -> str | None:
        """Cumulative payment in percent of the budget, as an expression over the inputs."""
        point = self._point(evaluation, key)
        what = schedule_base(point, evaluation.execution) if point else None
        base, paid = self._data.ref(("exec", key[1], what or "")), self._data.ref(("paid", *key[1:]))
        return f"{paid}/{base}*100" if base and paid else None

    def _pace_actual(self, evaluation: Evaluation, key: Key) -> Live | None:
        point, spent = self._point(evaluation, key), self._spent(evaluation, key)
        if point is None or spent is None or point.actual is None:
            return None
        return Live(spent, point.actual, self._data.present(spent))

    def _deviation(self, evaluation: Evaluation, key: Key) -> Live | None:
        point, spent = self._point(evaluation, key), self._spent(evaluation, key)
        plan = self._data.ref(("plan", *key[1:]))
        if point is None or spent is None or plan is None or point.deviation is None:
            return None
        text = f"{spent}-{plan}"
        return Live(text, point.deviation, self._data.present(text))

    def _pace(self, evaluation: Evaluation, key: Key) -> Live | None:
        point, spent = self._point(evaluation, key), self._spent(evaluation, key)
        plan = self._data.ref(("plan", *key[1:]))
        if point is None or spent is None or plan is None or point.actual is None:
            return None
        text = f"{spent}/{plan}*100"
        return Live(text, "—" if point.pace is None else point.pace, self._data.present(text, f"{plan}>0"))

    def _light(self, evaluation: Evaluation, key: Key) -> Live | None:
        point, spent = self._point(evaluation, key), self._spent(evaluation, key)
        plan = self._data.ref(("plan", *key[1:]))
        if point is None or not point.light or spent is None or plan is None:
            return None
        text = light_formula(self._result.profile.lights, spent, plan)
        return Live(text, f"{point.light}灯", self._data.present(text))

    # -- totals -------------------------------------------------------------------------------

    def _total(self, evaluation: Evaluation, key: Key) -> Live | None:
        return total_formula(evaluation, key[1], self._data, self._homes)

    def _full(self, evaluation: Evaluation, key: Key) -> Live | None:
        return full_formula(evaluation, key[1], self._data, self._homes)

    def _grade(self, evaluation: Evaluation, key: Key) -> Live | None:
        total, full = (self._home((what, key[1])) for what in ("total", "full"))
        if not evaluation.grade or total is None or full is None:
            return None
        text = grade_formula(self._result.profile.grades, total, full)
        return Live(text, evaluation.grade, f"ISNUMBER({total})") if text else None

    def _home(self, key: Key) -> str | None:
        """Reference to the first cell of `key` in the engine's units; None where no form shows it."""
        home = self._homes.get(key)
        return home_reference(home) if home else None


def _agrees(live: Live, cell: Cell) -> bool:
    """Does the formula stand for what the document prints? If not, the printed number stays as it is."""
    if isinstance(live.value, str) or cell.value is None:
        return live.value == cell.text
    return abs(live.value - cell.value) < TOLERANCE


def _worded(live: Live, text: str) -> Live | None:
    """The grade inside the words of its cell (等级：优)."""
    before, found, after = text.partition(str(live.value))
    if not found:
        return None
    parts = [quoted_text(before)] * bool(before) + [live.text] + [quoted_text(after)] * bool(after)
    return Live("&".join(parts), text, live.guard, before + live.otherwise + after)


def _row_of_total(key: Key) -> Key:
    """Amounts without a fund row are those of 年度资金总额."""
    return ("exec", key[1], key[0]) if len(key) == 2 and key[0] in ("initial", "adjusted", "executed") else key


def _indicator(evaluation: Evaluation, ordinal: str) -> IndicatorScore | None:
    return next((item for item in evaluation.indicators if str(item.indicator.ordinal) == ordinal), None)
