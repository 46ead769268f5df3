"""A bureau's results without reading or scoring anything: result objects of many units, made by arithmetic.

The names are invented; the numbers vary so that every list of an overview has something to show.
"""

from __future__ import annotations

from typing import Any

GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))
CHECKPOINTS = ("3月底", "6月底", "10月底", "12月底")
PLAN = ((20, 45, 80, 100), (0, 0, 75, 100), (25, 50, 75, 100))
NAMES = (
    "财政",
    "教育",
    "卫生健康",
    "民政",
    "交通运输",
    "水利",
    "农业农村",
    "文化和旅游",
    "应急管理",
    "审计",
    "统计",
    "信访",
)

Json = dict[str, Any]


def bureau(units: int = 12, *, projects: int = 2, bad: int = 2, as_of: str = "12月底") -> Json:
    """A result object of `units` units with `projects` projects each, and `bad` files that belong to none."""
    entries = [_unit(number, projects) for number in range(units)]
    entries += [_unread(f"打不开的文件{number + 1}.xlsx") for number in range(bad)]
    return {
        "schema": "jxreport/result/1",
        "version": "0.1.0",
        "profile": {"name": "mof-2020-10", "version": "2020.2"},
        "as_of": as_of,
        "units": entries,
    }


def finding(
    code: str, severity: str, file: str, text: str, sheet: str | None = None, cell: str | None = None
) -> Json:
    return {
        "code": code,
        "severity": severity,
        "file": file,
        "sheet": sheet,
        "cell": cell,
        "text": text,
        "fix": "请改正后重新报送。",
    }


def unit_name(number: int) -> str:
    return f"示例市{NAMES[number % len(NAMES)]}局" + (
        f"第{number // len(NAMES) + 1}分局" if number >= len(NAMES) else ""
    )


def _unit(number: int, projects: int) -> Json:
    name, file = unit_name(number), f"{unit_name(number)}_2020年.xlsx"
    found = [finding("JX339", "warning", file, "年中有调整，没有说明原因。", "部门整体支出自评", "H7")] * (
        number % 3
    )
    if number % 5 == 4:
        found.append(finding("JX311", "error", file, "应填金额，填的是“若干”，无法计算。", "项目一", "C15"))
    evaluations = [_evaluation("department", "T1+A1", number, name, 3)]
    evaluations += [
        _evaluation("project", "T2+A2", number * 3 + n, f"专项经费{n + 1}", 4) for n in range(projects)
    ]
    return {
        "unit": name,
        "year": "2020",
        "sources": [{"file": file, "sha256": "0" * 64}],
        "findings": found,
        "evaluations": evaluations,
    }


def _evaluation(kind: str, form: str, seed: int, name: str, indicators: int) -> Json:
    open_question = seed % 7 == 6
    scores = [f"{30 - (seed * (n + 3)) % 11 - n / 4:.2f}" for n in range(indicators)]
    weights = ["30"] * indicators
    budget = 1000 + 137 * seed
    executed = budget * (100 - seed % 23) / 100
    rate = f"{executed * 100 / budget:.2f}"
    rows = [
        {
            "level1": "产出指标", "level2": "数量指标", "name": f"指标{n + 1}", "description": None, "sheet": "表", "cell": f"C{n + 5}",
            "target": {"text": "≥1", "op": "≥", "value": "1", "unit": None}, "actual": {"text": "1", "value": "1", "unit": None},
            "weight": weight, "rule": {"text": None, "reading": None, "kind": "norm"},
            "status": "ask" if open_question and n == 0 else "scored",
            "score": None if open_question and n == 0 else score, "stated_score": None, "trace": [], "reason": None, "findings": [],
        }
        for n, (weight, score) in enumerate(zip(weights, scores, strict=True))
    ]  # fmt: skip
    full = 30 * indicators + 10
    total = None if open_question else f"{sum(map(float, scores)) + 9:.2f}"
    share = 0 if total is None else float(total) * 100 / full
    return {
        "kind": kind, "form": form, "code": f"P{seed:03d}" if kind == "project" else None, "name": name, "sheet": "表",
        "budget": {
            "initial": str(budget - 50), "adjusted": str(budget), "executed": f"{executed:.2f}", "rate": rate,
            "weight": "10", "score": "9.00", "stated_score": None,
        },
        "schedule": [_point(label, PLAN[seed % 3][n], seed, n) for n, label in enumerate(CHECKPOINTS)],
        "forecast": None, "indicators": rows, "total": total, "full": str(full),
        "grade": None if total is None else next(label for low, label in GRADES if share >= low),
    }  # fmt: skip


def _point(label: str, plan: int, seed: int, number: int) -> Json:
    actual = plan * (100 - (seed * 13 + number * 5) % 61) / 100
    pace = actual * 100 / plan if plan else None
    light = "绿" if pace is None or pace >= 80 else "黄" if pace >= 60 else "红"
    return {
        "checkpoint": label, "plan": str(plan), "actual": f"{actual:.2f}", "deviation": f"{actual - plan:.2f}",
        "pace": None if pace is None else f"{pace:.2f}", "light": light,
    }  # fmt: skip


def _unread(file: str) -> Json:
    return {
        "unit": None, "year": None, "sources": [{"file": file, "sha256": None}],
        "findings": [finding("JX101", "error", file, "这不是工作簿，或者已经损坏，无法读取。")], "evaluations": [],
    }  # fmt: skip
