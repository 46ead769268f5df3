"""Outlines of the written report (NORMS 1.8), as data: headings, and which contents stand under them.

A part is the name of a content in :mod:`jxreport.report.contents`; a node whose parts have nothing to say
is left out together with its heading. Titles and openings are templates over `unit`, `year`, `scope`
(部门整体支出和3个预算项目), `until` (截至6月底, only in monitoring reports).
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Node:
    """A heading with its own contents and sub-headings."""

    heading: str
    parts: tuple[str, ...] = ()
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One outline: `title` lines are broken by meaning; `cover` prints a cover page before the text."""

    name: str
    title: tuple[str, ...]
    opening: str
    nodes: tuple[Node, ...]
    annexes: tuple[str, ...]
    cover: bool = False
    kind: str = "绩效自评报告"


FORMS = ("department_forms", "project_forms")
EVIDENCE = ("schedule", "deviations", "evidence", "findings", "norms")

_SPENDING = (
    Node("预算执行情况", ("execution",)),
    Node("支出进度情况", ("schedule",)),
)
_DEVIATIONS = Node(
    "偏离绩效目标的原因和改进措施",
    nodes=(
        Node("指标偏差情况", ("indicator_deviations",)),
        Node("支出进度偏差情况", ("schedule_deviations",)),
    ),
)

HEBEI = Outline(
    name="hebei",
    title=("{unit}", "{year}年度{subject}", "绩效自评报告"),
    opening="按照预算绩效管理工作要求，{unit}（以下简称“本单位”）对{year}年度{scope}的绩效目标完成情况开展了"
    "绩效自评。现将自评情况报告如下。",
    cover=True,
    nodes=(
        Node(
            "基本情况",
            nodes=(
                Node("部门整体绩效目标", ("unit_goals",)),
                Node("预算安排情况", ("budget",)),
                Node("绩效目标和指标设置情况", ("targets",)),
            ),
        ),
        Node(
            "绩效自评工作开展情况",
            nodes=(Node("自评对象和范围", ("scope",)), Node("自评依据和评分方法", ("method",))),
        ),
        Node("综合评价结论", ("conclusion",)),
        Node("预算执行和支出进度情况", nodes=_SPENDING),
        Node(
            "绩效目标完成情况分析",
            nodes=(
                Node("总体目标完成情况", ("goals",)),
                Node("部门整体支出绩效指标完成情况", ("department_completion",)),
                Node("预算项目绩效指标完成情况", ("project_completion",)),
            ),
        ),
        _DEVIATIONS,
        Node("存在的问题和下一步改进措施", ("problems",)),
        Node("自评结果应用和公开情况", ("usage",)),
        Node("其他需要说明的问题", ("other",)),
    ),
    annexes=(*FORMS, *EVIDENCE),
)

# the same contents for units whose deliverable is the form: heading instead of a cover
SELF_EVALUATION = replace(HEBEI, name="self-evaluation", cover=False)

# 财预〔2020〕10号 annex 3
EVALUATION = Outline(
    name="mof-annex3",
    title=("{unit}", "{year}年度{subject}", "绩效评价报告"),
    opening="按照预算绩效管理工作要求，{unit}（以下简称“本单位”）对{year}年度{scope}开展了绩效评价。现将评价情况"
    "报告如下。",
    cover=True,
    kind="绩效评价报告",
    nodes=(
        Node(
            "基本情况",
            nodes=(Node("项目概况", ("budget", "unit_goals")), Node("项目绩效目标", ("targets", "goals"))),
        ),
        Node(
            "绩效评价工作开展情况",
            nodes=(
                Node("绩效评价目的、对象和范围", ("scope",)),
                Node("绩效评价原则、指标体系、方法和标准", ("method",)),
            ),
        ),
        Node("综合评价情况及评价结论", ("conclusion",)),
        Node(
            "绩效评价指标分析",
            nodes=(
                *_SPENDING,
                Node("部门整体支出指标情况", ("department_completion",)),
                Node("项目指标情况", ("project_completion",)),
            ),
        ),
        Node(
            "主要经验及做法、存在的问题及原因分析",
            nodes=(
                Node("主要经验及做法", ("experience",)),
                Node("存在的问题及原因分析", ("indicator_deviations", "schedule_deviations", "problems")),
            ),
        ),
        Node("有关建议", ("suggestions",)),
        Node("其他需要说明的问题", ("usage", "other")),
    ),
    annexes=(*FORMS, *EVIDENCE),
)

# 转移支付绩效自评报告
TRANSFER = Outline(
    name="transfer",
    title=("{unit}", "{year}年度{subject}", "绩效自评报告"),
    opening="按照预算绩效管理工作要求，{unit}（以下简称“本单位”）对{year}年度{scope}开展了绩效自评。现将自评情况"
    "报告如下。",
    nodes=(
        Node("绩效目标分解下达情况", ("budget", "targets")),
        Node(
            "绩效情况分析",
            nodes=(
                Node("资金投入情况分析", ("execution",)),
                Node("资金管理情况分析", ("schedule",)),
                Node("总体绩效目标完成情况分析", ("conclusion", "goals")),
                Node(
                    "绩效指标完成情况分析",
                    nodes=(
                        Node("部门整体支出绩效指标", ("department_completion",)),
                        Node("预算项目绩效指标", ("project_completion",)),
                    ),
                ),
            ),
        ),
        Node(
            "偏离绩效目标的原因和下一步改进措施",
            ("indicator_deviations", "schedule_deviations", "problems"),
        ),
        Node("绩效自评结果拟应用和公开情况", ("usage",)),
        Node("其他需要说明的问题", ("other",)),
    ),
    annexes=(*FORMS, *EVIDENCE),
)

# the older 绩效报告 of provincial rules
PERFORMANCE = Outline(
    name="performance",
    title=("{unit}", "{year}年度{subject}", "绩效报告"),
    opening="按照预算绩效管理工作要求，现将{unit}（以下简称“本单位”）{year}年度{scope}的绩效情况报告如下。",
    kind="绩效报告",
    nodes=(
        Node("基本概况", ("unit_goals", "budget")),
        Node("绩效目标及其设立依据和调整情况", ("targets",)),
        Node("管理措施及组织实施情况", ("safeguards", "execution", "schedule")),
        Node(
            "总结分析目标完成情况",
            ("conclusion", "goals"),
            (
                Node("部门整体支出绩效指标完成情况", ("department_completion",)),
                Node("项目绩效指标完成情况", ("project_completion",)),
            ),
        ),
        Node("未完成的目标及其原因", ("indicator_deviations", "schedule_deviations")),
        Node("下一步改进意见及建议", ("problems", "usage", "other")),
    ),
    annexes=(*FORMS, *EVIDENCE),
)

# 决算公开 chapter 预算绩效情况说明
DISCLOSURE = Outline(
    name="disclosure",
    title=("{unit}", "{year}年度预算绩效情况说明"),
    opening="",
    kind="预算绩效情况说明",
    nodes=(
        Node("预算绩效管理工作开展情况", ("scope", "method", "execution")),
        Node("绩效自评结果", ("conclusion", "goals", "indicator_deviations", "problems")),
        Node("重点绩效评价结果", ("key_evaluation",)),
    ),
    annexes=(*FORMS, "deviations"),
)

MONITORING = Outline(
    name="monitoring",
    title=("{unit}", "{year}年度{subject}", "绩效运行监控报告"),
    opening="按照预算绩效运行监控工作要求，{unit}（以下简称“本单位”）对{year}年度{scope}{until}的预算执行进度和"
    "绩效目标实现程度开展了监控。现将监控情况报告如下。",
    kind="绩效运行监控报告",
    nodes=(
        Node("监控对象和依据", ("scope", "method")),
        Node("预算执行情况", ("execution", "schedule")),
        Node("绩效目标执行情况和全年预计", ("outlook",)),
        Node("偏差原因和纠偏措施", ("schedule_deviations", "outlook_deviations")),
        Node("其他需要说明的问题", ("other",)),
    ),
    # nothing is scored before the year is over, so there is no 评分依据
    annexes=("project_forms", "schedule", "findings", "norms"),
)

_ALL = (HEBEI, SELF_EVALUATION, EVALUATION, TRANSFER, PERFORMANCE, DISCLOSURE, MONITORING)
OUTLINES: dict[str, Outline] = {outline.name: outline for outline in _ALL}
