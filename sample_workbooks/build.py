"""Build the sample workbooks of this folder from the readable texts in `source/`.

Run with the project's Python: ``.venv/bin/python sample_workbooks/build.py``. The targets are the
published text of the unit; the actuals are invented (示例数据) and chosen to show every kind of result.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from jxreport.forms import fill_in
from jxreport.forms.entries import Entries
from jxreport.forms.targets import ProjectTargets, TargetRow, UnitTargets, target_workbook
from jxreport.model.submission import Submission
from jxreport.profiles import load_profile
from jxreport.read import pair, read_workbook

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "source"
TARGETS_NAME = "承德高新区党政办公室_2020年_绩效目标.xlsx"
ACTUALS_NAME = "承德高新区党政办公室_2020年_完成情况.xlsx"
PROFILE = "hebei-2020"
TARGETS_MARK = "示例数据：绩效目标转录自公开的2020年部门预算绩效文本"


def main() -> None:
    """Write both workbooks beside this script."""
    for name, data in workbooks():
        (HERE / name).write_bytes(data)


def workbooks() -> tuple[tuple[str, bytes], ...]:
    """Names and bytes of the sample workbooks; the same bytes every time."""
    targets = unit_targets()
    target_data = target_workbook(targets, mark=TARGETS_MARK)
    submissions, _ = pair([read_workbook(TARGETS_NAME, target_data)])
    return ((TARGETS_NAME, target_data), (ACTUALS_NAME, _actuals(submissions[0], targets)))


def _actuals(submission: Submission, targets: UnitTargets) -> bytes:
    """The workbook that `jxreport init` makes from the targets, filled with the invented actuals."""
    tree = _load("actuals.toml")
    mark = tree.pop("mark")
    entries = _entries(tree, targets)
    data = fill_in(submission, load_profile(PROFILE), entries=entries, mark=mark)
    if entries.unused():
        unknown = "；".join(" / ".join(path) for path in entries.unused())
        raise ValueError(f"actuals.toml 中下列各项在填报表里没有对应的格子：{unknown}")
    return data


def unit_targets() -> UnitTargets:
    """The targets as transcribed in `targets.toml` and `文字部分.txt`."""
    raw = _load("targets.toml")
    text = (SOURCE / "文字部分.txt").read_text(encoding="utf-8")
    return UnitTargets(
        unit=raw["unit"],
        year=raw["year"],
        title=raw["title"],
        paragraphs=tuple(text.splitlines()),
        rows=_rows(raw["rows"]),
        projects=tuple(_project(project) for project in raw["projects"]),
    )


def _entries(tree: dict[str, Any], targets: UnitTargets) -> Entries:
    """The table of actuals as entries; the indicator names in it must be those of the targets."""
    for project in targets.projects:
        for ordinal, row in enumerate(project.rows, start=1):
            _check_name(tree["projects"][project.code]["indicators"], ordinal, row)
    for ordinal, row in enumerate(targets.rows, start=1):
        _check_name(tree["department"]["indicators"], ordinal, row)
    return Entries.from_tree(tree)


def _check_name(indicators: dict[str, Any], ordinal: int, row: TargetRow) -> None:
    name = indicators[str(ordinal)].pop("name")
    if name != row.name:
        raise ValueError(f"第{ordinal}项指标应为“{row.name}”，数据文件写的是“{name}”")


def _project(raw: dict[str, Any]) -> ProjectTargets:
    return ProjectTargets(
        code=raw["code"],
        name=raw["name"],
        template=raw["template"],
        purpose=raw["purpose"],
        plan=tuple((label, value) for label, value in raw["plan"]),
        goals=tuple(raw["goals"]),
        rows=_rows(raw["rows"]),
    )


def _rows(raw: list[dict[str, Any]]) -> tuple[TargetRow, ...]:
    return tuple(TargetRow(**row) for row in raw)


def _load(name: str) -> dict[str, Any]:
    with (SOURCE / name).open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


if __name__ == "__main__":
    main()
