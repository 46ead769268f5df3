"""Small builders of model values for tests: only what a test wants to say is written out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from jxreport.finding import Source
from jxreport.model.profile import Profile
from jxreport.model.submission import (
    Answer,
    Budget,
    Checkpoint,
    FactItem,
    Form,
    FundRow,
    Goal,
    Indicator,
    Kind,
    Submission,
    WeightOrigin,
)
from jxreport.model.values import Actual, Op, Sourced, Target
from jxreport.profiles import load_profile

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FILE = "工作簿.xlsx"


@lru_cache
def profile(name: str = "mof-2020-10", **changes: Any) -> Profile:
    return replace(load_profile(name, TEMPLATES), **changes)


def at(cell: str = "A1", sheet: str = "表") -> Source:
    return Source(FILE, sheet, cell)


def num(value: object, cell: str = "", text: str = "") -> Sourced[Decimal]:
    number = Decimal(str(value))
    return Sourced(value=number, text=text or str(value), source=at(cell) if cell else Source())


def words(text: str, cell: str = "") -> Sourced[str]:
    return Sourced(value=text, text=text, source=at(cell) if cell else Source())


_OPS = {op.value: op for op in Op}


def target(text: str = "≥90", unit: str = "%", cell: str = "E5", inferred: bool = False) -> Target:
    """≥90 → operator and value; anything that starts with no sign is 定性."""
    if text[:1] in _OPS:
        value = Decimal(text[1:])
        return Target(
            text=f"{text}{unit}",
            op=_OPS[text[:1]],
            value=value,
            unit=unit,
            op_inferred=inferred,
            source=at(cell),
        )
    return Target(text=text, op=Op.QUALITATIVE, source=at(cell))


def actual(value: object = None, unit: str = "%", text: str = "", cell: str = "F5") -> Actual:
    number = None if value is None else Decimal(str(value))
    shown = text or ("" if number is None else f"{value}{unit}")
    return Actual(text=shown, value=number, unit=unit if number is not None else "", source=at(cell))


def indicator(
    wanted: str = "≥90", done: object = 95, weight: object = 10, unit: str = "%", **changes: Any
) -> Indicator:
    base = Indicator(
        ordinal=1,
        level1="产出指标",
        level2="数量指标",
        name="任务完成数",
        description="反映任务完成的数量",
        target=target(wanted, unit),
        weight=num(weight, "G5") if weight is not None else None,
        weight_origin=WeightOrigin.ACTUALS,
        actual=done if isinstance(done, Actual) else (actual(done, unit) if done is not None else None),
        source=at("A5"),
    )
    return replace(base, **changes)


def ruled(
    sentence: str,
    weight: object = 10,
    answers: dict[str, Any] | None = None,
    name: str = "某指标",
    **changes: Any,
) -> Indicator:
    """An indicator with a scoring sentence and answers by question."""
    given = tuple(
        Answer(
            question=question,
            value=value if isinstance(value, bool | str) else Decimal(str(value)),
            text=("是" if value else "否") if isinstance(value, bool) else str(value),
            source=at(f"I{row}"),
        )
        for row, (question, value) in enumerate((answers or {}).items(), 5)
    )
    base = Indicator(
        ordinal=1,
        level1="产出指标",
        level2="质量指标",
        name=name,
        target=Target(),
        rule=Sourced(value=sentence, text=sentence, source=at("F5")),
        weight=num(weight, "E5"),
        weight_origin=WeightOrigin.TARGETS,
        answers=given,
        source=at("A5"),
    )
    return replace(base, **changes)


def fund(
    label: str = "年度资金总额",
    initial: object = None,
    adjusted: object = None,
    executed: object = None,
    **more: Any,
) -> FundRow:
    def cell(value: object, column: str) -> Sourced[Decimal] | None:
        return None if value is None else num(value, f"{column}3")

    defaults: dict[str, Any] = {"is_total": True, "source": at("A3")}
    return FundRow(
        label=label,
        initial=cell(initial, "B"),
        adjusted=cell(adjusted, "C"),
        executed=cell(executed, "D"),
        **defaults | more,
    )


def budget(*rows: FundRow, **more: Any) -> Budget:
    return Budget(rows=rows, **more)


def checkpoints(plan: list[Any], paid: list[Any] | None = None, **more: Any) -> tuple[Checkpoint, ...]:
    labels = (("3月底", 3), ("6月底", 6), ("10月底", 10), ("12月底", 12))
    paid = paid or []
    return tuple(
        Checkpoint(
            label=label,
            month=month,
            plan=num(plan[k], f"{'BCDE'[k]}9") if plan[k] is not None else None,
            paid=num(paid[k], f"{'BCDE'[k]}12") if k < len(paid) and paid[k] is not None else None,
            **more,
        )
        for k, (label, month) in enumerate(labels)
    )


def form(*indicators: Indicator, kind: Kind = Kind.PROJECT, **more: Any) -> Form:
    rows = tuple(replace(row, ordinal=k) for k, row in enumerate(indicators, 1))
    defaults: dict[str, Any] = {"form": "T2+A2", "name": "某项目", "sheet": "表", "source": at("A1")}
    return Form(kind=kind, indicators=rows, **defaults | more)


def fact(name: str, value: object, cell: str = "C8") -> FactItem:
    return FactItem(name=name, value=Decimal(str(value)), text=str(value), unit="万元", source=at(cell))


def goal(label: str = "目标1", text: str = "按期完成") -> Goal:
    return Goal(label=label, expected=words(text))


def submission(*forms: Form, **more: Any) -> Submission:
    return Submission(unit="某单位", year=2020, forms=forms, **more)
