"""What changed between two runs, score by score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jxreport.model.overview import ChangeRow, Score, ScoreKey


def scores_of(result: Mapping[str, Any]) -> tuple[Score, ...]:
    """Every total and every indicator's score of a result object, in its order."""
    return tuple(score for unit in result["units"] for score in _unit_scores(unit))


def compare(before: Sequence[Score], after: Sequence[Score]) -> tuple[ChangeRow, ...]:
    """The scores that differ, in the order of `after`; those no longer there follow.

    Of an evaluation that is new or gone only the total is listed.
    """
    old, new = {score.key: score for score in before}, {score.key: score for score in after}
    rows = [ChangeRow(key=key, before=old.get(key), after=score) for key, score in new.items()]
    rows += [ChangeRow(key=key, before=score, after=None) for key, score in old.items() if key not in new]
    return tuple(row for row in rows if row.before != row.after and not _part_of_one_side(row, old, new))


def _part_of_one_side(row: ChangeRow, old: Mapping[ScoreKey, Score], new: Mapping[ScoreKey, Score]) -> bool:
    """An indicator of an evaluation that only one of the runs has."""
    if not row.key.indicator:
        return False
    whole = ScoreKey(unit=row.key.unit, year=row.key.year, evaluation=row.key.evaluation)
    return (whole in old) != (whole in new)


def _unit_scores(unit: Mapping[str, Any]) -> Iterator[Score]:
    unit_name, year = unit["unit"] or "", unit["year"] or ""
    taken: dict[str, int] = {}
    for evaluation in unit["evaluations"]:
        name = evaluation["name"] or evaluation["code"] or evaluation["form"]
        taken[name] = taken.get(name, 0) + 1
        label = name if taken[name] == 1 else f"{name}（{taken[name]}）"
        whole = ScoreKey(unit=unit_name, year=year, evaluation=label)
        yield Score(key=whole, score=evaluation["total"] or "", grade=evaluation["grade"] or "")
        yield from _indicator_scores(whole, evaluation["indicators"])


def _indicator_scores(whole: ScoreKey, indicators: Sequence[Mapping[str, Any]]) -> Iterator[Score]:
    times: dict[str, int] = {}
    for indicator in indicators:
        name = indicator["name"] or "（未写名称）"
        times[name] = times.get(name, 0) + 1
        key = ScoreKey(
            unit=whole.unit, year=whole.year, evaluation=whole.evaluation, indicator=name, number=times[name]
        )
        yield Score(key=key, score=indicator["score"] or "")
