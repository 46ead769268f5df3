"""Sheet 数据: every input number with its source cell, the single place that formulas refer to.

Values stand in the engine's units: money in 万元, rates in percent units (98.47 for 98.47 %). A value
that several indicators use from one cell of the workbook has one row, so that changing it changes all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from jxreport.finding import NOWHERE, Source
from jxreport.model.result import Evaluation, Execution, IndicatorScore, UnitResult
from jxreport.model.submission import Form, Kind
from jxreport.model.values import Sourced
from jxreport.render.xlsx.inputs import rule_inputs
from jxreport.render.xlsx.live import call
from jxreport.render.xlsx.names import reference
from jxreport.render.xlsx.plan import Key

NAME = "数据"
HEADINGS = ("序号", "评价对象", "指标", "数据项", "数值", "单位", "来源文件", "来源工作表", "来源单元格")
VALUE_COLUMN = 4
FIRST_ROW = 3  # title, note, headings above

EXECUTION_LABELS = {"initial": "年初预算数", "adjusted": "全年预算数", "executed": "全年执行数"}
FUND_LABELS = {**EXECUTION_LABELS, "arrived": "资金到位数"}

Value = Decimal | str | None
_REFERENCE = re.compile(r"'(?:[^']|'')+'!\$[A-Z]+\$\d+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One input: `keys` are the names under which formulas ask for it."""

    keys: tuple[Key, ...]
    subject: str
    indicator: str
    item: str
    value: Value
    unit: str
    source: Source


class DataBook:
    """The rows of sheet 数据 and where each input stands."""

    def __init__(self, result: UnitResult, sheet: str) -> None:
        self.sheet = sheet
        self.entries = _merged(_entries(result))
        self._rows = {key: i for i, entry in enumerate(self.entries) for key in entry.keys}
        self._cells = {
            reference(sheet, FIRST_ROW + row, VALUE_COLUMN): entry.value for row, entry in enumerate(self.entries)
        }
        self._links = {spot: row for row, entry in enumerate(self.entries) for spot in _spots(entry.source)}
        for key, source in _indicator_sources(result):
            for spot in _spots(source):
                self._links.setdefault(spot, self._rows[key])

    @property
    def cells(self) -> Mapping[str, Value]:
        """The value behind every reference, as the sheet shows it."""
        return self._cells

    def present(self, formula: str, *more: str) -> str:
        """The condition that every input the formula refers to is still filled, and `more` conditions: a cell
        that somebody empties must not count as 0."""
        refs = dict.fromkeys(_REFERENCE.findall(formula))
        numbers = tuple(ref for ref in refs if isinstance(self._cells.get(ref), Decimal))
        texts = [f'{ref}<>""' for ref in refs if isinstance(self._cells.get(ref), str)]
        counted = [f"{call('COUNT', numbers)}={len(numbers)}"] if numbers else []
        conditions = [*counted, *texts, *(one for one in more if one)]
        return conditions[0] if len(conditions) == 1 else f"AND({','.join(conditions)})" if conditions else ""

    def ref(self, key: Key) -> str | None:
        """Absolute reference to the value cell of `key`; None when there is no such input."""
        row = self._rows.get(key)
        return None if row is None else reference(self.sheet, FIRST_ROW + row, VALUE_COLUMN)

    def value(self, key: Key) -> Value:
        """The value behind `key`, None when absent or blank."""
        row = self._rows.get(key)
        return None if row is None else self.entries[row].value

    def link(self, place: str) -> str | None:
        """Link to the row about a place printed in the report, as 文件1·表 with the cell below, or 表!F12."""
        sheet, _, cell = place.replace("!", "\n").rpartition("\n")
        row = self._links.get((sheet.rpartition("\n")[2].rpartition("·")[2], cell))
        return None if row is None else self._link(row)

    def link_to(self, key: Key) -> str | None:
        """Link to the row of an input."""
        row = self._rows.get(key)
        return None if row is None else self._link(row)

    def _link(self, row: int) -> str:
        return f"internal:{reference(self.sheet, FIRST_ROW + row, VALUE_COLUMN)}"


def _spots(source: Source) -> tuple[tuple[str, str], ...]:
    return ((source.sheet, source.cell),) if source.sheet and source.cell else ()


def _indicator_sources(result: UnitResult) -> Iterator[tuple[Key, Source]]:
    """Other cells of an indicator (its name, sentence, reason): findings about them lead to its first row."""
    for number, evaluation in enumerate(result.evaluations):
        for score in evaluation.indicators:
            indicator = score.indicator
            texts = (indicator.rule, indicator.reason, indicator.measure, indicator.evidence)
            for source in (indicator.source, *(text.source for text in texts if text is not None)):
                yield ("weight", str(number), str(indicator.ordinal)), source


def subject(evaluation: Evaluation) -> str:
    """What an evaluation is called on the data sheets."""
    form = evaluation.form
    return "部门整体支出" if form.kind is Kind.DEPARTMENT else form.name or form.code or form.sheet


def _merged(entries: Iterator[Entry]) -> tuple[Entry, ...]:
    """Entries read from one and the same cell with the same value become one row with all their keys."""
    merged: dict[object, Entry] = {}
    for number, entry in enumerate(entries):
        place: object = (entry.source, entry.value) if entry.source.cell else number
        old = merged.get(place)
        merged[place] = entry if old is None else _joined(old, entry)
    return tuple(merged.values())


def _joined(old: Entry, new: Entry) -> Entry:
    names = dict.fromkeys([*(old.indicator.split("；") if old.indicator else ()), new.indicator])
    indicator = "；".join(name for name in names if name)
    return Entry(
        old.keys + new.keys, old.subject, indicator, old.item, old.value, old.unit or new.unit, old.source
    )


def _entries(result: UnitResult) -> Iterator[Entry]:
    for number, evaluation in enumerate(result.evaluations):
        index, name = str(number), subject(evaluation)
        yield from _budget_entries(evaluation, index, name)
        yield from _schedule_entries(evaluation, index, name)
        for score in evaluation.indicators:
            yield from _indicator_entries(score, evaluation.form, index, name)


def _budget_entries(evaluation: Evaluation, index: str, name: str) -> Iterator[Entry]:
    execution, budget = evaluation.execution or Execution(), evaluation.form.budget
    missing = {what: getattr(execution, what) for what in EXECUTION_LABELS}
    for position, row in enumerate(budget.rows if budget else ()):
        for what, label in FUND_LABELS.items():
            number: Sourced[Decimal] | None = getattr(row, what)
            if number is None or number.value is None:
                continue
            keys: tuple[Key, ...] = ((what, index, str(position)),)
            if row.is_total and missing.get(what) == number.value:
                keys += (("exec", index, what),)
                del missing[what]
            yield Entry(keys, name, "", f"{row.label} {label}".strip(), number.value, "万元", number.source)
    for what, value in missing.items():
        if value is not None:
            label = EXECUTION_LABELS[what]
            source = _fact_source(evaluation, label)
            yield Entry((("exec", index, what),), name, "", label, value, "万元", source)
    if execution.weight is not None:
        source = budget.weight.source if budget and budget.weight else NOWHERE
        yield Entry((("exec_weight", index),), name, "预算执行率", "分值", execution.weight, "分", source)


def _fact_source(evaluation: Evaluation, label: str) -> Source:
    return next((fact.source for fact in evaluation.form.facts if fact.name == label), NOWHERE)


def _schedule_entries(evaluation: Evaluation, index: str, name: str) -> Iterator[Entry]:
    for point in evaluation.schedule:
        label = point.checkpoint.label
        plan, paid = point.checkpoint.plan, point.checkpoint.paid
        yield Entry((("plan", index, label),), name, "", f"{label}计划支出进度", point.plan, "%", _place(plan))
        yield Entry((("paid", index, label),), name, "", f"{label}累计支付数", point.paid, "万元", _place(paid))


def _indicator_entries(score: IndicatorScore, form: Form, index: str, name: str) -> Iterator[Entry]:
    indicator = score.indicator
    tail = (index, str(indicator.ordinal))
    weight = indicator.weight
    yield Entry((("weight", *tail),), name, indicator.name, "分值", score.weight, "分", _place(weight))
    if indicator.target.value is not None:
        target = indicator.target
        yield Entry(
            (("target", *tail),), name, indicator.name, "指标值", target.value, target.unit, target.source
        )
    if indicator.actual is not None and not indicator.actual.is_blank:
        actual = indicator.actual
        shown = actual.text if actual.value is None else actual.value
        unit = actual.unit or (indicator.target.unit if actual.value is not None else "")
        yield Entry(
            (("value", *tail),), name, indicator.name, "实际完成值", shown, unit, actual.source
        )
    if score.norm == "deadline" and indicator.actual is not None:
        for what, label, date, place in (
            ("due", "完成时限", indicator.target.date, indicator.target.source),
            ("done", "实际完成时间", indicator.actual.date, indicator.actual.source),
        ):
            yield Entry(((what, *tail),), name, indicator.name, label, date, "年-月-日", place)
    for need in rule_inputs(score, form):
        yield Entry(
            (("need", *tail, need.key),), name, indicator.name, need.label, need.value, need.unit, need.source
        )
    for what, label, sourced in (
        ("manual", "人工评分", indicator.manual_score),
        ("stated", "自评得分（填报）", indicator.stated_score),
        ("deduction", "扣减分数", indicator.deduction),
    ):
        if sourced is not None and sourced.value is not None:
            yield Entry(
                ((what, *tail),), name, indicator.name, label, sourced.value, "分", sourced.source
            )


def _place(sourced: Sourced[Decimal] | None) -> Source:
    return sourced.source if sourced is not None else NOWHERE
