"""The state of building a tree: pieces not used yet, parts made so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from jxreport.rules.build.plan import ZERO, Plan, same_measure
from jxreport.rules.conditions import Cond
from jxreport.rules.pieces import Gives, Piece, Unreadable, What
from jxreport.rules.tree import Measure, Node
from jxreport.rules.vocabulary import RATE_UNITS


def assign_measures(pieces: list[Piece], plan: Plan) -> dict[int, str]:
    """piece index → measure name; one name for all that speak of the same number."""
    names: list[str] = []
    given: dict[int, str] = {}
    last = ""
    for index, piece in enumerate(pieces):
        if piece.what in (What.VALUE, What.STEP, What.TARGET) or piece.gives is Gives.SCALE:
            name = re.sub(r"^(?:超额|未)?(?:完成|超过|超额完成)?$", "", piece.measure)
            found = next((n for n in names if n == name), None) or next(
                (n for n in names if same_measure(n, name)), None
            )
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


_COMPLETED = re.compile(r"完成|^(?:低于|不足|未达到|仅)*\d")


@dataclass(slots=True)
class Builder:
    """Takes pieces until none is left; whatever is left over makes the sentence unreadable."""

    pieces: list[Piece]
    plan: Plan
    parts: list[Node] = field(default_factory=list)
    gates: list[tuple[Cond, Decimal]] = field(default_factory=list)
    full: Decimal = ZERO
    awards: bool = False
    names: dict[int, str] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    all_needed: str = ""  # a list with 缺一项不得分: "all", or "open" where that may mean the one part
    exempt: list[Piece] = field(default_factory=list)  # 没有此项工作的按满分计
    humans: list[Piece] = field(default_factory=list)  # faults whose cost a person decides

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
        count = bool(unit) and unit not in ("%", "分", "‰")
        absolute = {
            p.absolute
            for i, p in enumerate(self.pieces)
            if self.names.get(i) == name and p.what is What.VALUE
        }
        if len(absolute) > 1:
            raise Unreadable("有的档次有正负号，有的没有")
        shares = [p.target for i, p in enumerate(self.pieces) if self.names.get(i) == name and p.of_target]
        if shares:
            target = next((t for t in shares if t), "目标值")
            if name in ("", "完成") and all(not p.of_target or _COMPLETED.search(p.scope) for p in self.pieces):
                return Measure(name="目标完成率", unit="%", key=key, of_target=True)
            return Measure(
                name=name or "实际完成值", unit="%", key=key, of_target=True, target_name=target, target_stated=True
            )
        own = name == "目标完成率"
        return Measure(name=name, unit=unit, key=key, is_count=count, absolute=True in absolute, of_target=own)
