"""Direction of a target without a printed sign: from its level, name and unit; marked as inferred."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jxreport.model.values import Op
from jxreport.read.layouts import Layouts, fold


@dataclass(frozen=True, slots=True)
class About:
    """What stands around a target: the labels of its row."""

    level1: str = ""
    level2: str = ""
    name: str = ""


def infer(about: About, value: Decimal, unit: str, layouts: Layouts) -> Op:
    """≥ or ≤ for a bare number (LAYOUTS, direction not printed): costs, incidents and times are upper bounds."""
    lower, higher = layouts.direction["lower"], layouts.direction["higher"]
    name, level1, level2 = fold(about.name), fold(about.level1), fold(about.level2)
    if any(word in name for word in higher["names"]):
        return Op.GE
    if any(word in level for word in lower["levels"] for level in (level1, level2)):
        return Op.LE
    active = any(word in name for word in higher["activities"])
    if value == 0 or (not active and any(word in name for word in lower["names"])):
        return Op.LE
    lasting = any(word in name for word in lower["lasting"])
    if unit in lower["short_units"] and not lasting:
        return Op.LE
    timed = any(word in level for word in lower["time_levels"] for level in (level1, level2))
    return Op.LE if timed and unit in lower["time_units"] else Op.GE
