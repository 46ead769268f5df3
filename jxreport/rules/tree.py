"""What every node of a rule can do, and the things nodes share: measures and conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol, runtime_checkable

from jxreport.number import plain
from jxreport.rules.api import Need, NeedKind
from jxreport.rules.evaluation import ByHand, Evaluation
from jxreport.rules.interval import Interval


class NoFormula(Exception):
    """This rule has no live formula (an open point is not settled, or a person scores it)."""


@runtime_checkable
class Cells(Protocol):
    """Where a formula finds its inputs."""

    def ref(self, need: Need) -> str: ...

    def choice(self, key: str) -> str | None: ...


@runtime_checkable
class Node(Protocol):
    """One kind of scoring, one file. `evaluate` gives points before the rule's own floor and cap."""

    def evaluate(self, run: Evaluation) -> Decimal: ...

    def sentence(self) -> str: ...

    def excel(self, cells: Cells) -> str: ...

    def needs(self) -> tuple[Need, ...]: ...


OPEN_CELL = '"待确认"'  # what a formula shows where the engine asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The number a rule speaks of. `key` is stable within the rule; `of_target` = the text compares with a
    target that stands outside the sentence, and the number is value ÷ target in percent."""

    name: str = ""
    unit: str = ""
    key: str = "value"
    of_target: bool = False
    target_name: str = ""
    is_count: bool = False
    absolute: bool = False  # ±: the distance from 0 counts
    counted: Counted | None = None  # the number is a count of events
    target_stated: bool = False  # the sentence names the target (目标值的90%): a bare number is no share of it

    @property
    def said(self) -> str:
        """The name as the sentence puts it in front of a bound."""
        return f"{self.name}为{self.target_name or '目标值'}的" if self.target_stated else self.name

    @property
    def need(self) -> Need:
        if self.counted is not None:
            return self.counted.need
        if self.target_stated:
            return Need(kind=NeedKind.VALUE, key=self.key, label=self.name or "实际完成值")
        label = self.name or "实际完成值"
        hint = "按百分数填写，95%填95" if self.unit == "%" else ""
        kind = NeedKind.VALUE if self.key == "value" else NeedKind.OPERAND
        return Need(kind=kind, key=self.key, label=label, unit=self.unit, help=hint)

    @property
    def target_need(self) -> Need:
        return Need(
            kind=NeedKind.TARGET,
            key="target",
            label=self.target_name or "目标值",
            unit="" if self.of_target else self.unit,
        )

    @property
    def is_deviation(self) -> bool:
        """实际值与目标值偏差: may be given as value and target."""
        return self.absolute and any(word in self.name for word in ("偏差", "偏离", "误差"))

    @property
    def takes_target(self) -> bool:
        return self.of_target or self.is_deviation

    def needs(self) -> tuple[Need, ...]:
        return (self.need, self.target_need) if self.of_target else (self.need,)

    def read(self, run: Evaluation) -> Decimal:
        value = run.number(self.need)
        if self.target_stated and run.number(self.target_need) <= 0:
            raise ByHand("目标值不是正数，不能按目标值的百分比计分")
        target = run.answers.get("target")
        if self.is_deviation and isinstance(target, Decimal) and target != 0:
            value = (value - target) / target * 100
            run.say("arithmetic", f"偏差 = {plain(value.quantize(Decimal('1E-6')))}%")
        if self.of_target and run.has(self.target_need):
            target = run.number(self.target_need)
            if target != 0:
                run.say("arithmetic", f"完成率 = {plain(value)} ÷ {plain(target)} × 100%")
                value = value / target * 100
        run.value = value
        return abs(value) if self.absolute else value

    def excel(self, cells: Cells) -> str:
        ref = cells.ref(self.need)
        if self.target_stated:
            ref = f"({ref}/MAX(0,{cells.ref(self.target_need)})*100)"
        elif self.of_target:
            target = cells.ref(self.target_need)
            ref = f"IF({target}=0,{ref},{ref}/{target}*100)"
        return f"ABS({ref})" if self.absolute else ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How often something happened; `text` in the wording of the sentence."""

    text: str
    unit: str = ""
    scope: str = field(default="", compare=False)  # the whole condition, for matching names
    tickable: bool = False  # mostly happens once: a tick stands for one
    deviation: bool = False  # the count is a shortfall or an excess (少1次), not an amount

    @property
    def question(self) -> str:
        """每发现1处 → 发现几处, 每少10人次 → 少多少人次."""
        unit = re.escape(self.unit) if self.unit else r"[\u4e00-\u9fff]"
        text = re.sub(rf"每?(?<!\d)1(?=个?{unit})", "几", self.text, count=1)
        if text == self.text:
            text = re.sub(r"每(?=月(?!次)|季度|星期)", "几个", self.text, count=1)
        if text == self.text:
            text = re.sub(rf"每(?=个?{unit})", "几", self.text, count=1)
        if text == self.text and not self.unit:
            text = re.sub(r"每(?=[^,;每]{1,4}$)", "几个", self.text, count=1)
        if text == self.text:
            text = re.sub(rf"每([^,;]{{0,8}}?)\d+(?:\.\d+)?(?={unit})", r"\1多少", self.text, count=1)
        return text.replace("每", "", 1) if text != self.text else self.text

    @property
    def need(self) -> Need:
        return Need(
            kind=NeedKind.COUNT, key=f"count:{self.text}", label=self.text, unit=self.unit or "次", help="填发生的数量，没有填0",
            options=("是", "否") if self.tickable else (), question=self.question,
        )  # fmt: skip


def interval_excel(interval: Interval, ref: str) -> str:
    """The condition that `ref` lies in the interval; open bounds count as inside (the caller guards them)."""
    if interval.is_point and interval.lo is not None:
        return f"({ref}={plain(interval.lo)})"
    parts = []
    if interval.lo is not None:
        parts.append(f"{ref}{'>' if interval.lo_in is False else '>='}{plain(interval.lo)}")
    if interval.hi is not None:
        parts.append(f"{ref}{'<' if interval.hi_in is False else '<='}{plain(interval.hi)}")
    return f"({parts[0]})" if len(parts) == 1 else f"AND({','.join(parts)})"


def unique(needs: object) -> tuple[Need, ...]:
    """The needs, each once, in order."""
    seen: dict[str, Need] = {}
    for need in needs:  # type: ignore[attr-defined]
        seen.setdefault(need.key, need)
    return tuple(seen.values())
