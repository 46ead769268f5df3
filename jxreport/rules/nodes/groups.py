"""Groups: each class of unit has its own way of scoring (山区:…;其他地区:…)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jxreport.rules.api import Need, NeedKind
from jxreport.rules.evaluation import Evaluation
from jxreport.rules.tree import OPEN_CELL, Cells, Node, unique


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """One row for each class; the unit belongs to exactly one."""

    rows: tuple[tuple[str, Node], ...]

    @property
    def need(self) -> Need:
        labels = tuple(label for label, _ in self.rows)
        return Need(kind=NeedKind.GROUP, key=f"group:{labels[0]}", label="属于哪一类", options=labels)

    def needs(self) -> tuple[Need, ...]:
        return unique([self.need, *(need for _, node in self.rows for need in node.needs())])

    def evaluate(self, run: Evaluation) -> Decimal:
        chosen = run.word(self.need)
        run.say("clause", f"属于“{chosen}”")
        return next(node for label, node in self.rows if label == chosen).evaluate(run)

    def sentence(self) -> str:
        return "。".join(f"{label}:{node.sentence()}" for label, node in self.rows)

    def excel(self, cells: Cells) -> str:
        ref, text = cells.ref(self.need), OPEN_CELL
        for label, node in reversed(self.rows):
            quoted = label.replace('"', '""')
            text = f'IF({ref}="{quoted}",{node.excel(cells)},{text})'
        return text
