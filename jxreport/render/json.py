"""The machine-readable result (result.json, ``score --json``): schema ``jxreport/result/1``.

Numbers are decimal strings, absent values are null, every key of the shape is always there. Computed
scores, totals and percentages carry two decimals, as printed; numbers that somebody entered (weights,
targets, actuals, amounts, scores given by hand) are the shortest exact text. docs/结果数据.md says it in words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from jxreport import __version__
from jxreport.finding import Finding
from jxreport.messages import message
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation, Execution, Forecast, IndicatorScore, SchedulePoint, UnitResult
from jxreport.model.submission import Outlook, SourceFile
from jxreport.model.values import Sourced
from jxreport.number import fixed, plain

SCHEMA = "jxreport/result/1"

Json = dict[str, Any]


def result_object(
    results: Sequence[UnitResult],
    *,
    unread: Sequence[Finding] = (),
    profile: Profile | None = None,
    as_of: str = "",
) -> Json:
    """The result object of DESIGN 10 for `results`.

    `unread` are findings that belong to no unit (a file that could not be read); each file among them
    becomes an entry of ``units`` without a unit name and without evaluations. `profile` and `as_of` are
    those of the first result unless given.
    """
    first = results[0] if results else None
    profile = profile or (first.profile if first else None)
    return {
        "schema": SCHEMA,
        "version": __version__,
        "profile": {
            "name": _text(profile.name if profile else ""),
            "version": _text(profile.version if profile else ""),
        },
        "as_of": _text(as_of or (first.as_of if first else "")),
        "units": [*(_unit(result) for result in results), *_unread(unread)],
    }


def dumps(value: Json) -> str:
    """Stable text of a result object: keys in the order of the shape, Chinese readable, one newline at the end."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def finding_object(finding: Finding) -> Json:
    """A finding with its wording: {"code", "severity", "file", "sheet", "cell", "text", "fix"}."""
    words = message(finding)
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": _text(finding.source.file),
        "sheet": _text(finding.source.sheet),
        "cell": _text(finding.source.cell),
        "text": words.text,
        "fix": words.fix,
    }


def _unit(result: UnitResult) -> Json:
    submission = result.submission
    return {
        "unit": _text(submission.unit),
        "year": None if submission.year is None else str(submission.year),
        "sources": [_source(source) for source in submission.sources],
        "findings": [finding_object(finding) for finding in result.findings],
        "evaluations": [_evaluation(evaluation) for evaluation in result.evaluations],
    }


def _unread(findings: Iterable[Finding]) -> list[Json]:
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.source.file, []).append(finding)
    return [
        {
            "unit": None,
            "year": None,
            "sources": [_source(SourceFile(file=file, sha256=""))] if file else [],
            "findings": [finding_object(finding) for finding in group],
            "evaluations": [],
        }
        for file, group in by_file.items()
    ]


def _source(source: SourceFile) -> Json:
    return {"file": source.file, "sha256": _text(source.sha256)}


def _evaluation(evaluation: Evaluation) -> Json:
    form = evaluation.form
    return {
        "kind": form.kind.value,
        "form": form.form,
        "code": _text(form.code),
        "name": _text(form.name),
        "sheet": _text(form.sheet),
        "budget": _budget(evaluation.execution or Execution()),
        "schedule": [_point(point) for point in evaluation.schedule],
        "forecast": _forecast(evaluation.forecast),
        "indicators": [_indicator(score, form.sheet) for score in evaluation.indicators],
        "total": _computed(evaluation.total),
        "full": _stated(evaluation.full),
        "grade": _text(evaluation.grade),
        "not_scored": _text(evaluation.not_scored),
    }


def _budget(execution: Execution) -> Json:
    return {
        "initial": _stated(execution.initial),
        "adjusted": _stated(execution.adjusted),
        "executed": _stated(execution.executed),
        "rate": _computed(execution.rate),
        "weight": _stated(execution.weight),
        "score": _computed(execution.score),
        "stated_score": _stated(execution.stated_score),
    }


def _point(point: SchedulePoint) -> Json:
    return {
        "checkpoint": point.checkpoint.label,
        "plan": _stated(point.plan),
        "actual": _computed(point.actual),
        "deviation": _computed(point.deviation),
        "pace": _computed(point.pace),
        "light": _text(point.light),
    }


def _forecast(forecast: Forecast | None) -> Json | None:
    if forecast is None:
        return None
    return {
        "at": forecast.at,
        "rate": _computed(forecast.rate),
        "low": _computed(forecast.low),
        "high": _computed(forecast.high),
        "monthly_needed": _computed(forecast.monthly_needed),
        "method": forecast.method,
    }


def _indicator(score: IndicatorScore, sheet: str) -> Json:
    indicator = score.indicator
    target, actual = indicator.target, indicator.actual
    return {
        "level1": _text(indicator.level1),
        "level2": _text(indicator.level2),
        "name": _text(indicator.name),
        "description": _text(indicator.description),
        "sheet": _text(indicator.source.sheet or sheet),
        "cell": _text(indicator.source.cell),
        "target": {
            "text": _text(target.text),
            "op": target.op.value if target.op else None,
            "value": _stated(target.value),
            "unit": _text(target.unit),
        },
        "actual": {
            "text": _text(actual.text if actual else ""),
            "value": _stated(actual.value if actual else None),
            "unit": _text(actual.unit if actual else ""),
        },
        "weight": _stated(score.weight),
        "rule": {
            "text": _sourced_text(indicator.rule),
            "reading": _text(score.reading),
            "kind": _text(score.kind),
        },
        "status": score.status.value,
        "score": _computed(score.score),
        "stated_score": _stated(indicator.stated_score.value if indicator.stated_score else None),
        "trace": [step.text for step in score.trace],
        "reason": _sourced_text(indicator.reason),
        "outlook": _outlook(score.outlook),
        "findings": [finding.code for finding in score.findings],
    }


def _outlook(outlook: Outlook | None) -> Json | None:
    """Before year end: what the unit expects of the indicator (136号)."""
    if outlook is None:
        return None
    return {
        "expected": _sourced_text(outlook.expected),
        "likelihood": _sourced_text(outlook.likelihood),
        "cause": _sourced_text(outlook.cause),
        "explanation": _sourced_text(outlook.explanation),
        "measure": _sourced_text(outlook.measure),
    }


def _sourced_text(sourced: Sourced[str] | None) -> str | None:
    if sourced is None:
        return None
    return _text(sourced.value if sourced.value is not None else sourced.text)


def _text(text: str) -> str | None:
    return text or None


def _computed(number: Decimal | None) -> str | None:
    """A score, total or percentage: two decimals, half up."""
    return None if number is None else fixed(number)


def _stated(number: Decimal | None) -> str | None:
    """A number as entered: shortest exact text."""
    return None if number is None else plain(number)
