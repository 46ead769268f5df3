"""E25: the same indicator twice, or two rows that say the same in slightly other words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from jxreport.checks.labels import fold
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.submission import Form, Indicator

_LONG_ENOUGH = 5  # a short name is contained in too many others
_MOST_ADDED = 3  # characters by which two names for the same thing differ


def check(form: Form, profile: Profile) -> Iterator[Finding]:
    for first, second in combinations(form.indicators, 2):
        if _same_name(first, second):
            facts: dict[str, Any] = {
                "form": form.name,
                "name": second.name,
                "other": first.ordinal,
                "ordinal": second.ordinal,
            }
            yield warning("JX229", second.source, **facts)
        elif _nearly_same(first, second):
            facts = {"form": form.name, "name": second.name, "other": first.name}
            yield warning("JX239", second.source, **facts)


def _same_name(first: Indicator, second: Indicator) -> bool:
    return bool(fold(first.name)) and fold(first.name) == fold(second.name)


def _nearly_same(first: Indicator, second: Indicator) -> bool:
    """Two unmeasured rows of one level 2, the shorter name made of the longer one by leaving words out."""
    if first.target.value is not None or second.target.value is not None:
        return False
    if fold(first.level2) != fold(second.level2):
        return False
    short, long = sorted((fold(first.name), fold(second.name)), key=len)
    if len(short) < _LONG_ENOUGH or not 0 < len(long) - len(short) <= _MOST_ADDED:
        return False
    rest = iter(long)
    return all(char in rest for char in short)
