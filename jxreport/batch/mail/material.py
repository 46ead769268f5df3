"""What can be sent: the reports in the output folder, and whether each is fit to leave the house."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from defusedxml import ElementTree

from jxreport.batch.inputs import REPORT_STEM
from jxreport.batch.names import clean_name
from jxreport.batch.overview import NAMES
from jxreport.batch.unit import RESULT_NAME

BOOK, PAGES = NAMES

_OPEN = frozenset({"ask", "manual", "unscored"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What goes into one letter, whoever receives it. `obstacle` says why it should not be sent ("": it may)."""

    unit: str
    period: str  # year and checkpoint: what a later version of the same report has in common with this one
    title: str
    lines: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...]
    obstacle: str = ""


def unit_parcels(output: Path) -> Iterator[Parcel]:
    """A parcel for every unit's year that has a report, in the order of their folders."""
    for path in sorted(output.glob(f"*/*/{REPORT_STEM}.pdf")):
        result = _result(path.with_name(RESULT_NAME))
        if result is not None:
            for unit in result["units"]:
                yield _unit_parcel(unit, result["as_of"] or "", path.read_bytes())


def overview_parcel(output: Path) -> Parcel | None:
    """The parcel with 汇总, None where there is none."""
    files = [output / name for name in (PAGES, BOOK)]
    if not all(path.is_file() for path in files):
        return None
    title = _title(output / BOOK)
    return Parcel(
        unit="",
        period=title,
        title=title,
        lines=(),
        files=tuple((path.name, path.read_bytes()) for path in files),
    )


def _title(book: Path) -> str:
    """The overview's title (2020年度绩效自评汇总), which its workbook carries as a property."""
    try:
        with zipfile.ZipFile(book) as archive:
            properties = ElementTree.fromstring(archive.read("docProps/core.xml"))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, ElementTree.ParseError):
        return "绩效自评汇总"
    return properties.findtext("{http://purl.org/dc/elements/1.1/}title") or "绩效自评汇总"


def _result(path: Path) -> dict[str, Any] | None:
    try:
        tree = json.loads(path.read_bytes())
        return tree if tree["units"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _unit_parcel(unit: dict[str, Any], as_of: str, pdf: bytes) -> Parcel:
    name, year = unit["unit"] or "", unit["year"] or ""
    monitoring = any(evaluation.get("not_scored") for evaluation in unit["evaluations"])
    kind = f"截至{as_of}绩效运行监控报告" if monitoring else "绩效自评报告"
    title = f"{name}{f'{year}年度' if year else ''}{kind}"
    return Parcel(
        unit=name,
        period=f"{year} {as_of}",
        title=title,
        lines=() if monitoring else tuple(_line(evaluation) for evaluation in unit["evaluations"]),
        files=((f"{clean_name(title)}.pdf", pdf),),
        obstacle=_obstacle(unit, monitoring=monitoring),
    )


def _line(evaluation: dict[str, Any]) -> str:
    if evaluation["total"] is None:
        return f"{evaluation['name'] or ''}：尚未得出总分。"
    grade = f"，等级为{evaluation['grade']}" if evaluation["grade"] else ""
    return f"{evaluation['name'] or ''}：{evaluation['total']}分{grade}。"


def _obstacle(unit: dict[str, Any], *, monitoring: bool) -> str:
    """Errors stop a report; open rows stop one that claims to be final."""
    errors = sum(finding["severity"] == "error" for finding in unit["findings"])
    if errors:
        return f"有{errors}条错误待改正"
    rows = [row for evaluation in unit["evaluations"] for row in evaluation["indicators"]]
    waiting = sum(row["status"] in _OPEN for row in rows)
    return f"有{waiting}项指标待填报、确认或人工评分" if waiting and not monitoring else ""
