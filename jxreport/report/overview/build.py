"""Result objects (jxreport/result/1) → rows of the overview."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from jxreport.messages import title_of
from jxreport.model.overview import (
    DEPARTMENT,
    MONITORING,
    PROJECT,
    ChangeRow,
    CodeRow,
    EvaluationRow,
    FindingRow,
    Overview,
    PointRow,
    ReturnedRow,
)
from jxreport.model.profile import Likelihoods
from jxreport.number import HUNDRED, half_up

Json = Mapping[str, Any]

KINDS = (DEPARTMENT, PROJECT, MONITORING)
SEVERITIES = ("error", "warning", "note")
_BATCH = "JX8"  # the run's own troubles: such a file was not dealt with
_WAITING = frozenset({"ask", "manual", "unscored"})
_MOST_WHY = 5
_YEAR_END = 12


def build_overview(
    result: Json,
    *,
    profile: str = "",
    grades: Sequence[str] = (),
    date: str = "",
    changes: Sequence[ChangeRow] | None = None,
) -> Overview:
    """The overview of everything in `result`.

    `profile` is the profile's title (default: its name), `grades` its grade labels from the best down;
    labels that occur without being named follow after them. Unit rows keep the order of `result` wherever
    no rank decides.
    """
    rows = _ranked(tuple(_rows(result["units"])))
    findings = tuple(_findings(result["units"]))
    years = tuple(dict.fromkeys(row.year for row in rows if row.year))
    as_of = result["as_of"] or ""
    name = profile or result["profile"]["name"] or ""
    return Overview(
        title=_title(years, as_of),
        years=years,
        as_of=as_of,
        profile=" ".join(part for part in (name, result["profile"]["version"]) if part),
        date=date,
        grades=_grades(rows, grades),
        checkpoints=_checkpoints(rows),
        materials=len(result["units"]),
        rows=rows,
        findings=findings,
        codes=_codes(findings),
        returned=tuple(row for unit in result["units"] for row in _returned(unit)),
        changes=None if changes is None else tuple(changes),
    )


def month_of(checkpoint: str) -> int:
    """6月底 → 6; 0 for a label without a month."""
    found = re.match(r"(\d{1,2})月", checkpoint)
    return int(found[1]) if found else 0


def _title(years: Sequence[str], as_of: str) -> str:
    year = f"{years[0]}年" if len(years) == 1 else ""
    if 0 < month_of(as_of) < _YEAR_END:
        return f"{year}{as_of}绩效运行监控汇总"
    return f"{year}度绩效自评汇总" if year else "绩效自评汇总"


def _rows(units: Iterable[Json]) -> Iterator[EvaluationRow]:
    for unit in units:
        for evaluation in unit["evaluations"]:
            yield _row(unit, evaluation)


def _row(unit: Json, evaluation: Json) -> EvaluationRow:
    budget, states = evaluation["budget"], [item["status"] for item in evaluation["indicators"]]
    total, full = _number(evaluation["total"]), _number(evaluation["full"])
    initial, adjusted = _number(budget["initial"]), _number(budget["adjusted"])
    executed, rate = _number(budget["executed"]), _number(budget["rate"])
    return EvaluationRow(
        unit=unit["unit"] or "",
        year=unit["year"] or "",
        kind=MONITORING if evaluation.get("not_scored") else evaluation["kind"],
        code=evaluation["code"] or "",
        name=evaluation["name"] or "",
        total=total,
        full=full,
        share=half_up(total * HUNDRED / full, 6) if total is not None and full else None,
        rank=None,
        grade=evaluation["grade"] or "",
        initial=initial,
        adjusted=adjusted,
        executed=executed,
        rate=rate,
        base=_base(initial, adjusted, executed, rate),
        execution_weight=_number(budget["weight"]),
        execution_score=_number(budget["score"]),
        indicators=len(states),
        scored=states.count("scored"),
        waiting=_waiting(evaluation),
        points=tuple(_point(point) for point in evaluation["schedule"]),
        likelihoods=_likelihoods(evaluation),
    )


def _waiting(evaluation: Json) -> int:
    """Rows that wait for a person: without a score, or before year end without a likelihood."""
    rows = evaluation["indicators"]
    if not evaluation.get("not_scored"):
        return sum(row["status"] in _WAITING for row in rows)
    if evaluation["kind"] == DEPARTMENT:
        return 0
    return sum(not (row["outlook"] or {}).get("likelihood") for row in rows)


def _likelihoods(evaluation: Json) -> tuple[tuple[str, int], ...]:
    """How many indicators have which 完成目标可能性, the surest first."""
    if not evaluation.get("not_scored") or evaluation["kind"] == DEPARTMENT:
        return ()
    said = Counter((row["outlook"] or {}).get("likelihood") for row in evaluation["indicators"])
    words = dict.fromkeys((*Likelihoods().words, *(word for word in said if word)))
    return tuple((word, said[word]) for word in words)


def _base(
    initial: Decimal | None, adjusted: Decimal | None, executed: Decimal | None, rate: Decimal | None
) -> str:
    """The figure under `executed` that gives `rate` as stated."""
    if executed is None or rate is None:
        return ""
    for name, budget in (("adjusted", adjusted), ("initial", initial)):
        if budget and half_up(executed * HUNDRED / budget) == rate:
            return name
    return ""


def _point(point: Json) -> PointRow:
    return PointRow(
        checkpoint=point["checkpoint"],
        plan=_number(point["plan"]),
        actual=_number(point["actual"]),
        deviation=_number(point["deviation"]),
        pace=_number(point["pace"]),
        light=point["light"] or "",
    )


def _ranked(rows: Sequence[EvaluationRow]) -> tuple[EvaluationRow, ...]:
    """By kind, best first; equal shares share a rank; rows without a total follow."""
    ranked: list[EvaluationRow] = []
    for kind in dict.fromkeys((*KINDS, *(row.kind for row in rows))):
        own = [row for row in rows if row.kind == kind]
        shares = [row.share for row in own if row.share is not None]
        own.sort(key=lambda row: (row.share is None, -(row.share or 0)))
        ranked += [
            replace(row, rank=1 + sum(share > row.share for share in shares))
            if row.share is not None
            else row
            for row in own
        ]
    return tuple(ranked)


def _grades(rows: Sequence[EvaluationRow], known: Sequence[str]) -> tuple[str, ...]:
    """Labels from the best down; without the profile, in the order in which ranked rows show them."""
    best_first = sorted((row for row in rows if row.grade), key=lambda row: -(row.share or 0))
    return tuple(dict.fromkeys((*known, *(row.grade for row in best_first))))


def _checkpoints(rows: Sequence[EvaluationRow]) -> tuple[str, ...]:
    labels = dict.fromkeys(point.checkpoint for row in rows for point in row.points)
    return tuple(sorted(labels, key=month_of))


def _findings(units: Iterable[Json]) -> Iterator[FindingRow]:
    for unit in units:
        for finding in unit["findings"]:
            yield FindingRow(
                unit=unit["unit"] or "",
                year=unit["year"] or "",
                file=finding["file"] or "",
                sheet=finding["sheet"] or "",
                cell=finding["cell"] or "",
                severity=finding["severity"],
                code=finding["code"],
                title=title_of(finding["code"]),
                text=finding["text"],
                fix=finding["fix"],
            )


def _codes(findings: Sequence[FindingRow]) -> tuple[CodeRow, ...]:
    """By severity, the most frequent first."""
    groups: dict[tuple[str, str], list[FindingRow]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.code), []).append(finding)
    rows = [
        CodeRow(
            code=code,
            title=group[0].title,
            severity=severity,
            count=len(group),
            units=len({(row.unit or row.file, row.year) for row in group}),
        )
        for (severity, code), group in groups.items()
    ]
    return tuple(sorted(rows, key=lambda row: (SEVERITIES.index(row.severity), -row.count, row.code)))


def _returned(unit: Json) -> Iterator[ReturnedRow]:
    """The files of one entry that have errors, with the first few of them in words."""
    errors: dict[str, list[Json]] = {}
    for finding in unit["findings"]:
        if finding["severity"] == "error":
            errors.setdefault(finding["file"] or "", []).append(finding)
    for file, own in errors.items():
        reasons = list(dict.fromkeys(_placed(finding) for finding in own))
        fixes = list(dict.fromkeys(finding["fix"] for finding in own))
        yield ReturnedRow(
            file=file,
            unit=unit["unit"] or "",
            year=unit["year"] or "",
            failed=not unit["evaluations"] or all(f["code"].startswith(_BATCH) for f in own),
            reported=bool(unit["evaluations"]),
            errors=len(own),
            why=_few(reasons),
            fix=_few(fixes),
        )


def _placed(finding: Json) -> str:
    place = "!".join(part for part in (finding["sheet"], finding["cell"]) if part)
    return f"{finding['text']}（{place}）" if place else str(finding["text"])


def _few(texts: Sequence[str]) -> str:
    more = f"\n……共{len(texts)}条，其余见退回的工作簿。" if len(texts) > _MOST_WHY else ""
    return "\n".join(texts[:_MOST_WHY]) + more


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
