"""The result object as lines of text, for ``jxreport score`` without ``--json``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

STATUSES = {
    "scored": "",
    "ask": "待确认口径",
    "manual": "待人工评分",
    "not_applicable": "不适用",
    "unscored": "未计分",
}


def score_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """Unit, evaluation, indicators with 得分/分值, total and grade."""
    for unit in result["units"]:
        if not unit["evaluations"]:
            continue
        yield f"{unit['unit'] or '（未注明单位）'} {unit['year'] or ''}".rstrip()
        for evaluation in unit["evaluations"]:
            yield f"  {evaluation['name'] or evaluation['form']}"
            if evaluation["not_scored"]:
                yield from _outlook(evaluation)
                continue
            yield from _budget(evaluation["budget"])
            for indicator in evaluation["indicators"]:
                said = STATUSES[indicator["status"]]
                points = indicator["score"] if indicator["score"] is not None else "——"
                yield f"    {points}/{indicator['weight'] or '——'} {indicator['name']}{f'（{said}）' if said else ''}"
            total = evaluation["total"] if evaluation["total"] is not None else "还不能得出"
            yield f"    合计 {total}/{evaluation['full'] or '——'} {evaluation['grade'] or ''}".rstrip()


def _outlook(evaluation: Mapping[str, Any]) -> Iterator[str]:
    """Before year end: what is expected of each indicator."""
    for indicator in evaluation["indicators"]:
        said = (indicator["outlook"] or {}).get("likelihood") or "——"
        actual = indicator["actual"]["text"]
        yield f"    {said} {indicator['name']}{f'（目前{actual}）' if actual else ''}"
    yield f"    {evaluation['not_scored']}"


def _budget(budget: Mapping[str, Any] | None) -> Iterator[str]:
    if budget and budget["score"] is not None:
        rate = f"（执行率 {budget['rate']}%）" if budget["rate"] is not None else ""
        yield f"    {budget['score']}/{budget['weight'] or '——'} 预算执行{rate}"
