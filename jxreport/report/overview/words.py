"""Words and small figures that the overview's writers share."""

from __future__ import annotations

from decimal import Decimal

from jxreport.model.overview import DEPARTMENT, MONITORING, PROJECT, EvaluationRow

BOOK = "汇总.xlsx"
KIND_WORDS = {DEPARTMENT: "部门整体", PROJECT: "项目", MONITORING: "绩效监控"}
SEVERITY_WORDS = {"error": "错误", "warning": "警告", "note": "提示"}
LIGHTS = ("红", "黄", "绿")
FAILED, RETURNED = "未能处理", "退回修改"


def budget_of(row: EvaluationRow) -> Decimal | None:
    """The budget in force, 万元: adjusted, else initial."""
    return row.adjusted if row.adjusted is not None else row.initial


def base_of(row: EvaluationRow) -> Decimal | None:
    """The budget figure from which the stated execution rate follows; None where none does."""
    return {"adjusted": row.adjusted, "initial": row.initial}.get(row.base)
