"""How well published tables are read: rows found, cells right, scores equal to the expected ones.

    python benchmarks/read_tables.py WORKBOOKS TABLES [--expected FILE] [--profile NAME] [--verbose]

WORKBOOKS holds one folder per variant with one workbook per table; TABLES holds the tables as JSON, one
file each, as they were transcribed; --expected names a JSON list of norm scores.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from jxreport.model.profile import ReverseRule
from jxreport.model.submission import Form, Indicator
from jxreport.read import pair, read_workbook

_SIGNS = str.maketrans({"≧": "≥", "≦": "≤", "═": "=", "﹦": "=", "＝": "="})
_DIFFERENCES = ("JX332", "JX333", "JX334")  # hand-made score and computed score differ (E15)
_QUESTION = {"JX325", "JX326"}  # the tier is not named, or the score lies outside its band (E10, E11)
_CELLS = ("name", "target", "actual", "weight", "score")


def fold(text: object) -> str:
    """Text for comparison: width and white space do not count."""
    folded = unicodedata.normalize("NFKC", str(text or "")).translate(_SIGNS)
    return re.sub(r"\s+", "", folded)


@dataclass
class Tally:
    """Counts of one variant."""

    tables: int = 0
    rows: int = 0
    found: int = 0
    extra: int = 0
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    scores: int = 0
    scored: int = 0
    differences: int = 0
    told: int = 0


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _cells_right(wanted: dict[str, Any], got: Indicator) -> dict[str, bool]:
    weight, score = _number(wanted.get("weight")), _number(wanted.get("score"))
    if "share" in wanted.get("extra", {}):
        weight = _number(wanted["extra"]["share"])
    return {
        "name": fold(wanted["l3"]) == fold(got.name),
        "target": fold(wanted.get("target_raw")) == fold(got.target.text),
        "actual": fold(wanted["actual_raw"]) == fold(got.actual.text if got.actual else ""),
        "weight": weight == (got.weight.value if got.weight else None),
        "score": score == (got.stated_score.value if got.stated_score else None),
    }


def _match(
    wanted: list[dict[str, Any]], got: list[Indicator]
) -> list[tuple[dict[str, Any], Indicator | None]]:
    """Wanted rows with the rows read, in order; the names decide."""
    pairs: list[tuple[dict[str, Any], Indicator | None]] = []
    left = list(got)
    for row in wanted:
        at = next((i for i, ind in enumerate(left) if fold(ind.name) == fold(row["l3"])), None)
        pairs.append((row, left.pop(at) if at is not None else None))
    return pairs


def _forms(path: Path) -> tuple[Any, list[Form]]:
    submissions, _ = pair([read_workbook(path.name, path.read_bytes())])
    return submissions, [form for submission in submissions for form in submission.forms]


def measure(path: Path, table: dict[str, Any], tally: Tally) -> Any:
    """Read one workbook and count; returns the submissions."""
    submissions, forms = _forms(path)
    got = [ind for form in forms for ind in form.indicators]
    wanted = [row for row in table["indicators"] if not row.get("placeholder")]
    tally.tables += 1
    tally.rows += len(wanted)
    where = f"{path.parent.name}/{table['id']}"
    if len(forms) != 1:
        tally.wrong.append(f"{where}: {len(forms)} forms")
    for row, ind in _match(wanted, got):
        if ind is None:
            tally.wrong.append(f"{where}: row {row['l3']!r} not found")
            continue
        tally.found += 1
        for cell, right in _cells_right(row, ind).items():
            tally.right[cell] += right
            if not right:
                tally.wrong.append(
                    f"{where}: {cell} of {row['l3']!r}: {row.get('target_raw')!r} {row['actual_raw']!r} "
                    f"{row.get('weight')} {row.get('score')} read as {_shown(ind)}"
                )
    tally.extra += max(0, len(got) - len(wanted))
    return submissions


def _shown(ind: Indicator) -> str:
    return repr(
        (
            ind.target.text,
            ind.actual and ind.actual.text,
            ind.weight and ind.weight.value,
            ind.stated_score and ind.stated_score.value,
        )
    )


def score(submissions: Any, expected: list[dict[str, Any]], profile: Any, tally: Tally, where: str) -> None:
    """Compare scores with the expected norm scores.

    A score converted by a share (25.00 × 25 % = 6.25, the form's own slip) is compared before its conversion:
    the norm gives 25.00, and E15 tells the difference. An official score outside the band of its tier is no
    norm score: right is the question (E10).
    """
    from jxreport.score import score_submission

    evaluations = [e for s in submissions for e in score_submission(s, profile).evaluations]
    rows = [item for e in evaluations for item in e.indicators]
    for line in expected:
        wanted = _number(line.get("norm_score"))
        if wanted is None or line["agree"] is None:
            continue
        share = re.search(r"converted by the weight share (\d+)", line.get("note") or "")
        if share:
            wanted = wanted * 100 / Decimal(share[1])
        tally.scores += 1
        if line["kind"] == "budget":
            got = next((e.execution.score for e in evaluations if e.execution), None)
            codes = [
                f.code
                for e in evaluations
                for f in (*e.findings, *(e.execution.findings if e.execution else ()))
            ]
        else:
            item = next((i for i in rows if fold(i.indicator.name) == fold(line["name"])), None)
            got = item.score if item else None
            codes = [f.code for f in item.findings] if item else []
        outside = line.get("tier_band_ok") is False and got is None and _QUESTION & set(codes)
        right = got == wanted or bool(outside)
        tally.scored += right
        if not right:
            tally.wrong.append(
                f"{where}: score of {line['name']!r} {line['target_raw']!r} {line['actual_raw']!r}: "
                f"{wanted} expected, {got}"
            )
        if line["agree"] is False and line["official_score"] != line["norm_score"]:
            tally.differences += 1
            tally.told += any(code in codes for code in _DIFFERENCES)


def _report(name: str, tally: Tally) -> None:
    cells = {cell: f"{tally.right[cell]}/{tally.found}" for cell in _CELLS}
    text = "  ".join(f"{cell} {share}" for cell, share in cells.items())
    scores = (
        f"  scores {tally.scored}/{tally.scores}  told {tally.told}/{tally.differences}"
        if tally.scores
        else ""
    )
    print(f"{name:17} rows {tally.found}/{tally.rows} (+{tally.extra})  {text}{scores}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("workbooks", type=Path)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--expected", type=Path)
    parser.add_argument("--profile", default="mof-2020-10")
    parser.add_argument(
        "--reverse", choices=["linear", "inverse"], help="rule of missed ≤ targets, else the profile's"
    )
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    tables = {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in options.tables.glob("*.json")
    }
    expected = json.loads(options.expected.read_text(encoding="utf-8")) if options.expected else []
    profile = None
    if expected:
        from jxreport.profiles import load_profile

        profile = load_profile(options.profile)
        if options.reverse:
            profile = replace(profile, reverse=ReverseRule(options.reverse))
    for folder in sorted(path for path in options.workbooks.iterdir() if path.is_dir()):
        tally = Tally()
        for path in sorted(folder.iterdir()):
            table = tables.get(path.stem)
            if table is None:
                continue
            submissions = measure(path, table, tally)
            mine = [line for line in expected if line["table"] == table["id"]]
            if mine:
                score(submissions, mine, profile, tally, f"{folder.name}/{table['id']}")
        _report(folder.name, tally)
        if options.verbose:
            print("\n".join(f"    {line}" for line in tally.wrong))
    return 0


if __name__ == "__main__":
    sys.exit(main())
