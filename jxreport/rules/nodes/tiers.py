"""Tiers: points by the tier's own word (健全 / 基本健全 / 不健全)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.api import Need, NeedKind
from jxreport.rules.evaluation import ByHand, Evaluation
from jxreport.rules.tree import OPEN_CELL, Cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One tier; `points` None where a person decides; `either` a second reading of its points (得2分/扣2分)."""

    label: str
    points: Decimal | None
    either: Decimal | None = None
    share: Decimal | None = None
    why: str = field(default="", compare=False)  # in the words of the sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiers:
    """Mutually exclusive tiers; exactly one is chosen."""

    rows: tuple[Tier, ...]

    @property
    def need(self) -> Need:
        labels = tuple(row.label for row in self.rows)
        return Need(kind=NeedKind.TIER, key=f"tier:{labels[0]}", label="符合哪一档", options=labels)

    def needs(self) -> tuple[Need, ...]:
        return (self.need,)

    def evaluate(self, run: Evaluation) -> Decimal:
        label = run.word(self.need)
        row = next(r for r in self.rows if r.label == label)
        if row.points is None:
            raise ByHand(row.why)
        if row.either is not None:
            first, second = f"得{plain(row.points)}分", f"得{plain(row.either)}分"
            text = f"“{row.label}”扣{plain(-row.either)}分：是不得分，还是从总分中倒扣"
            if run.choose(f"either:{row.label}", text, (first, second)) == second:
                run.negative = True
                return row.either
        run.say("clause", f"“{label}”一档，{plain(row.points)}分")
        return row.points

    def sentence(self) -> str:
        return ";".join(_words(row) for row in self.rows)

    def excel(self, cells: Cells) -> str:
        ref = cells.ref(self.need)
        result = OPEN_CELL
        for row in reversed(self.rows):
            points = OPEN_CELL if row.points is None or row.either is not None else plain(row.points)
            label = row.label.replace('"', '""')
            result = f'IF({ref}="{label}",{points},{result})'
        return result


def _words(row: Tier) -> str:
    if row.points is None:
        return f"{row.label}由人工评定"
    if row.either is not None:
        return f"{row.label},扣{plain(-row.either)}分"
    if row.share is not None:
        return f"{row.label}得满分的{plain(row.share)}%"
    own = "的" if row.label.endswith(("指标", "项目")) else ""  # 责任指标不得分 would lose the word
    return f"{row.label}{own}不得分" if row.points == 0 else f"{row.label}得{plain(row.points)}分"
