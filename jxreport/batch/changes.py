"""What a run changed in the scores since the last finished one, item by item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jxreport.batch.manifest import Points, UnitRecord

EXECUTION, TOTAL, GRADE = "预算执行", "总分", "等级"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One item of one evaluation: `before` and `after` as scored ("" not scored; None: there is no such item).

    `item` is an indicator's name, 预算执行, 总分 or 等级; two of one name are told apart by a number.
    """

    unit: str
    year: int | None
    evaluation: str
    item: str
    before: str | None
    after: str | None


def points(result: Mapping[str, Any]) -> Points:
    """Every score of a result object, in its order."""
    found: list[tuple[str, str, str]] = []
    evaluations: set[str] = set()
    for unit in result["units"]:
        for evaluation in unit["evaluations"]:
            name = _free(evaluation["name"] or evaluation["form"] or "", evaluations)
            items: set[str] = set()
            found += [(name, _free(item, items), scored or "") for item, scored in _items(evaluation)]
    return tuple(found)


def changes(before: UnitRecord | None, after: UnitRecord) -> tuple[Change, ...]:
    """The differences of one unit's year; none where it was not there before."""
    if before is None or before.points == after.points:
        return ()
    old = {(evaluation, item): scored for evaluation, item, scored in before.points}
    new = {(evaluation, item): scored for evaluation, item, scored in after.points}
    return tuple(
        Change(
            unit=after.unit,
            year=after.year,
            evaluation=place[0],
            item=place[1],
            before=old.get(place),
            after=new.get(place),
        )
        for place in {**new, **old}
        if old.get(place) != new.get(place)
    )


def _items(evaluation: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    if evaluation["budget"] and evaluation["budget"]["weight"] is not None:
        yield EXECUTION, evaluation["budget"]["score"]
    for indicator in evaluation["indicators"]:
        yield indicator["name"] or "", indicator["score"]
    yield TOTAL, evaluation["total"]
    yield GRADE, evaluation["grade"]


def _free(name: str, taken: set[str]) -> str:
    """`name`, with a number where it is taken; the result is taken from then on."""
    free, number = name, 2
    while free in taken:
        free, number = f"{name}（{number}）", number + 1
    taken.add(free)
    return free
