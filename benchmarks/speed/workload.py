"""Realistic self-evaluation workbooks by number: the same seed and number give the same bytes everywhere.

A submission is one unit's workbook with one 项目支出绩效自评表 (national layout) a sheet: goals, money block,
indicators of every sign and unit, most of them met, some missed with a reason, a few without one, long and
short texts. Names are invented.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

import xlsxwriter

HEAD = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)
PLACES = ("青山", "白水", "安平", "永和", "临江", "新河", "东岭", "西川", "南坪", "北原")
OFFICES = (
    "水利局",
    "教育局",
    "卫生健康局",
    "交通运输局",
    "农业农村局",
    "民政局",
    "文化和旅游局",
    "生态环境局",
)
WORKS = (
    "农村公路养护",
    "中小学校舍维修",
    "基层医疗设备更新",
    "高标准农田建设",
    "饮水安全巩固提升",
    "公共文化服务",
    "河道清淤",
)
# second level, names, sign, unit, usual size of the target
QUANTITY = (
    ("养护里程", "≥", "公里", 300), ("培训人次", "≥", "人次", 1200), ("采购设备数量", "≥", "台（套）", 45),
    ("开展检查次数", "≥", "次", 24), ("覆盖行政村数量", "=", "个", 36), ("发放补助人数", "≥", "人", 2600),
)  # fmt: skip
QUALITY = (("工程验收合格率", "=", "%", 100), ("设备完好率", "≥", "%", 95), ("信息准确率", "≥", "%", 98))
TIMELY = (
    ("资金拨付及时率", "≥", "%", 95),
    ("任务按期完成率", "=", "%", 100),
    ("平均响应时间", "≤", "小时", 24),
)
COST = (
    ("项目总成本", "≤", "万元", 480),
    ("单位养护成本", "≤", "元/公里", 3200),
    ("人均培训成本", "≤", "元/人", 380),
)
BENEFIT = (("受益群众人数", "≥", "人", 8600), ("投诉率下降", "≥", "%", 10), ("通行时间缩短", "≥", "分钟", 12))
CONTENT = (("服务对象满意度", "≥", "%", 90), ("受益群众满意度", "≥", "%", 92))
GROUPS = (
    ("产出指标", "数量指标", QUANTITY, 20), ("产出指标", "质量指标", QUALITY, 10), ("产出指标", "时效指标", TIMELY, 10),
    ("产出指标", "成本指标", COST, 10), ("效益指标", "社会效益指标", BENEFIT, 30), ("满意度指标", "服务对象满意度指标", CONTENT, 10),
)  # fmt: skip
REASONS = (
    "受汛期影响，部分路段推迟到次年春季施工；已与施工单位重新约定工期，落实专人每周督办。",
    "设备到货较合同约定晚一个月。今后在合同中写明违约责任，并提前一个季度启动采购。",
    "参训人员因疫情防控分批组织，第四季度的一期顺延。已列入下年度第一季度计划。",
)
GOAL = "完成年度{work}任务，做到资金专款专用、按进度支付，工程质量达到设计要求，群众出行和生活条件得到改善。"


@dataclass(frozen=True, slots=True)
class Size:
    """How large a submission is: projects, and indicators of each; `text` characters in its longest cell."""

    projects: int = 2
    indicators: int = 14
    text: int = 0


def submission(number: int, size: Size | None = None, *, seed: int = 1) -> tuple[str, bytes]:
    """Name and bytes of the workbook of unit `number`; without `size` it varies as a bureau's folder does."""
    random = Random(f"{seed} {number}")
    size = size or Size(projects=random.choice((1, 1, 1, 2, 2, 3, 5)), indicators=random.randrange(8, 26))
    unit = f"{PLACES[number % 10]}县{OFFICES[number // 10 % 8]}" + (
        f"第{number // 80}服务中心" if number >= 80 else ""
    )
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(2023, 1, 10, tzinfo=UTC)})
    for project in range(size.projects):
        sheet = book.add_worksheet(f"自评表{project + 1}")
        work = WORKS[(number + project) % len(WORKS)]
        for row, cells in enumerate(_form(random, unit, f"{work}（{project + 1}期）", work, size)):
            for column, value in enumerate(cells):
                if value != "":
                    sheet.write(row, column, value)
    book.close()
    return f"{unit}_绩效自评.xlsx", stream.getvalue()


def _form(random: Random, unit: str, project: str, work: str, size: Size) -> list[tuple[Any, ...]]:
    initial = random.randrange(80, 900)
    budget = initial + random.choice((0, 0, 20, -10))
    spent = Decimal(budget * random.randrange(820, 1001)) / 1000
    rate = spent / budget
    rows: list[tuple[Any, ...]] = [
        ("项目支出绩效自评表",),
        ("（2022年度）",),
        ("项目名称", "", project),
        ("主管部门", "", unit, "", "", "实施单位", unit),
        ("项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        (
            "",
            "年度资金总额",
            initial,
            budget,
            float(spent),
            10,
            f"{_cents(rate * 100)}%",
            float(_cents(rate * 10)),
        ),
        ("", "其中：当年财政拨款", initial, budget, float(spent), "—", "", "—"),
        ("年度总体目标", "预期目标", "", "", "", "实际完成情况"),
        ("", GOAL.format(work=work), "", "", "", f"{GOAL.format(work=work)}年度任务基本完成。"),
        HEAD,
    ]
    rows += _indicators(random, size)
    rows.append(("总分", "", "", "", "", 100, "", ""))
    return rows


def _indicators(random: Random, size: Size) -> list[tuple[Any, ...]]:
    """Rows of every group, their points adding up to the group's."""
    counts = [max(1, size.indicators * points // 90) for *_, points in GROUPS]
    counts[0] += max(0, size.indicators - sum(counts))
    rows = []
    for (level1, level2, names, points), count in zip(GROUPS, counts, strict=True):
        for place in range(count):
            name, sign, unit, usual = names[place % len(names)]
            weight = _share(Decimal(points), count, place)
            row = _row(
                random, name + (f"（{place + 1}）" if count > len(names) else ""), sign, unit, usual, weight
            )
            rows.append((level1, level2, *row))
    if size.text:
        rows[0] = (
            *rows[0][:-1],
            ("本年度受多方面因素影响，工作进度与计划有出入。" * (size.text // 20))[: size.text],
        )
    return rows


def _row(random: Random, name: str, sign: str, unit: str, usual: int, weight: Decimal) -> tuple[Any, ...]:
    target = usual if unit == "%" else max(1, usual * random.randrange(80, 121) // 100)
    kept = random.random() < 0.8
    if sign == "≤":
        actual = target * (random.randrange(80, 101) if kept else random.randrange(105, 140)) / 100
    else:
        actual = target * (random.choice((100, 100, 102, 105)) if kept else random.randrange(70, 99)) / 100
    actual = min(actual, 100.0) if unit == "%" else actual
    shown = f"{_cents(Decimal(str(actual))).normalize():f}{unit}"
    reason = "" if kept or random.random() < 0.1 else random.choice(REASONS)
    return name, f"{sign}{target}{unit}", shown, float(weight), "", reason


def _share(points: Decimal, count: int, place: int) -> Decimal:
    """The points of one of `count` rows; the first takes what does not divide."""
    each = (points / count).quantize(Decimal("0.01"))
    return points - each * (count - 1) if place == 0 else each


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
