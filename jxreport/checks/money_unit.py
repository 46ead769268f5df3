"""A probable mix-up of 元 and 万元: an amount about ten thousand times its neighbour."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.submission import Form
from jxreport.model.values import Sourced
from jxreport.number import grouped

_LOW, _HIGH = Decimal(5000), Decimal(20000)


def check(form: Form, profile: Profile) -> Iterator[Finding]:
    row = form.budget.total if form.budget is not None else None
    budget = (
        [("年初预算数", row.initial), ("全年预算数", row.adjusted), ("全年执行数", row.executed)]
        if row
        else []
    )
    paid = [(f"{point.label}累计支付数", point.paid) for point in form.checkpoints]
    known = [(name, cell) for name, cell in (*budget, *paid) if cell is not None and cell.value]
    for (name, cell), (other, neighbour) in pairwise(known):
        large, small = _ordered(cell, neighbour)
        if large is not None and small is not None:
            which = name if large is cell.value else other
            facts: dict[str, Any] = {
                "form": form.name,
                "what": which,
                "large": grouped(large),
                "small": grouped(small),
            }
            yield warning("JX347", neighbour.source, waiting=True, **facts)


def _ordered(first: Sourced[Decimal], second: Sourced[Decimal]) -> tuple[Decimal | None, Decimal | None]:
    """The larger and the smaller amount when they are about 10 000 times apart, else nothing."""
    assert first.value is not None
    assert second.value is not None
    large, small = max(first.value, second.value), min(first.value, second.value)
    if small > 0 and _LOW <= large / small <= _HIGH:
        return large, small
    return None, None
