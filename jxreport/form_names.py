"""The official forms by code (DESIGN 2), with the titles they carry."""

from __future__ import annotations

FORM_NAMES = {
    "M1": "项目支出绩效自评表",
    "M2": "部门整体支出绩效自评表",
    "M3": "项目支出绩效目标执行监控表",
    "T1": "部门整体支出绩效指标情况表",
    "T2": "预算项目绩效表",
    "A1": "部门整体支出绩效自评填报表",
    "A2": "预算项目绩效自评表",
    "A3": "资金支出进度表",
}
