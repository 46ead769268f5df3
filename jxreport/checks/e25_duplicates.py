"""E25: the same indicator twice, or two rows that say the same in slightly other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from jxreport.checks.labels import fold
from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.submission import Form, Indicator

_LONG_ENOUGH = 5  # a short name is contained in too many others
_MOST_ADDED = 3  # characters by which two names for the same thing differ
# unmeasured rows of one level 2 that are looked through for a similar name: real forms have a dozen
_LOOK_BACK = 200


def check(form: Form, profile: Profile) -> Iterator[Finding]:
    """Each row that repeats an earlier one, told once: against the first of the same name, else the nearest alike."""
    names: dict[str, Indicator] = {}
    unmeasured: dict[str, list[tuple[str, Indicator]]] = defaultdict(list)
    for row in form.indicators:
        name = fold(row.name)
        alike = unmeasured[fold(row.level2)] if row.target.value is None else []
        if name and name in names:
            other = names[name]
            yield warning(
                "JX229",
                row.source,
                form=form.name,
                name=row.name,
                other=other.ordinal,
                ordinal=row.ordinal,
            )
        elif near := _nearest(name, alike):
            yield warning("JX239", row.source, form=form.name, name=row.name, other=near.name)
        names.setdefault(name, row)
        alike.append((name, row))


def _nearest(name: str, earlier: list[tuple[str, Indicator]]) -> Indicator | None:
    """The last of the earlier rows that names nearly the same."""
    return next((row for other, row in reversed(earlier[-_LOOK_BACK:]) if _nearly_same(name, other)), None)


def _nearly_same(first: str, second: str) -> bool:
    """The shorter name is made of the longer one by leaving a few characters out."""
    short, long = sorted((first, second), key=len)
    if len(short) < _LONG_ENOUGH or not 0 < len(long) - len(short) <= _MOST_ADDED:
        return False
    rest = iter(long)
    return all(char in rest for char in short)
