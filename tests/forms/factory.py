"""A small unit with one department table and one project, and needs as the rules would state them."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jxreport.model.profile import (
    Band,
    CheckpointDef,
    ExecutionRule,
    Lights,
    Profile,
    ReverseRule,
    Tier,
    Weights,
)
from jxreport.model.submission import (
    Checkpoint,
    Form,
    Goal,
    Indicator,
    Kind,
    Submission,
    WeightOrigin,
)
from jxreport.model.values import Op, Sourced, Target
from jxreport.rules.api import Need, NeedKind

NEEDS: dict[str, tuple[Need, ...]] = {
    "预算控制率": (
        Need(kind=NeedKind.OPERAND, key="a", label="本年追加预算", unit="万元"),
        Need(kind=NeedKind.OPERAND, key="b", label="年初预算", unit="万元"),
    ),
    "基本支出控制率": (Need(kind=NeedKind.OPERAND, key="a", label="实际支出总额", unit="万元"),),
    "工作透明": (
        Need(kind=NeedKind.TICK, key="t", label="工作透明"),
        Need(kind=NeedKind.COUNT, key="n", label="被通报", unit="次"),
    ),
    "制度健全性": (Need(kind=NeedKind.TIER, key="w", label="制度", options=("健全", "基本健全", "不健全")),),
    "满意率": (Need(kind=NeedKind.VALUE, key="v", label="满意率", unit="%", help="问卷结果"),),
    "接待规范": (
        Need(kind=NeedKind.VALUE, key="v", label="控制率", unit="%"),
        Need(kind=NeedKind.COUNT, key="n", label="手续不规范", unit="次"),
    ),
}


def needs_of(form: Form | None, indicator: Indicator) -> tuple[Need, ...]:
    return NEEDS.get(indicator.name, ()) if indicator.rule is not None else ()


def indicator(
    ordinal: int, name: str, *, rule: str = "", weight: int | None = 10, **more: object
) -> Indicator:
    return Indicator(
        ordinal=ordinal,
        level1="产出指标",
        level2="质量指标",
        name=name,
        target=more.pop("target", Target()),
        rule=Sourced(value=rule, text=rule) if rule else None,
        weight=Sourced(value=Decimal(weight), text=str(weight)) if weight is not None else None,
        weight_origin=WeightOrigin.TARGETS if weight is not None else None,
        **more,
    )


def _tier(label: str, low: int, high: int, included: bool) -> Tier:
    return Tier(label=label, aliases=(), low=Decimal(low), high=Decimal(high), high_included=included)


def profile() -> Profile:
    return Profile(
        name="trial",
        version="1",
        title="试用口径",
        weights=Weights(execution=Decimal(10), groups=(("产出指标", Decimal(90)),)),
        tiers=(_tier("达成年度指标", 80, 100, True), _tier("未达成年度指标且效果较差", 0, 80, False)),
        reverse=ReverseRule.LINEAR,
        overshoot=Decimal(120),
        overshoot_severity="warning",
        execution=ExecutionRule.PROPORTIONAL,
        execution_bands=(),
        execution_from_printed_rate=False,
        zero_budget_full=False,
        pass_mark=None,
        grades=(Band(low=Decimal(0), label="差"),),
        lights=Lights(
            red=Decimal(60),
            yellow=Decimal(80),
            cause_required=("红", "黄"),
            causes=("经费保障", "其他"),
        ),
        checkpoints=(CheckpointDef(label="6月底", month=6), CheckpointDef(label="12月底", month=12)),
        execution_explain_below=None,
        outline="x",
    )


def submission() -> Submission:
    percent = Target(text="90", op=Op.GE, value=Decimal(90), unit="%")
    words = Target(text="按制度办理", op=Op.QUALITATIVE)
    department = Form(
        kind=Kind.DEPARTMENT,
        form="T1",
        name="某某办公室",
        indicators=(
            indicator(1, "预算控制率", rule="0计10分"),
            indicator(2, "基本支出控制率", rule="100%以下10分"),
            indicator(3, "工作透明", rule="透明2分，通报一次扣1分"),
            indicator(4, "支出进度率", rule="达不到进度相应扣分"),
            indicator(5, "满意率", rule="90%以上10分"),
        ),
    )
    project = Form(
        kind=Kind.PROJECT,
        form="T2",
        name="接待经费",
        code="101-0109-YBN-GNWK",
        goals=(Goal(label="目标1", expected=Sourced(value="厉行节约", text="厉行节约")),),
        checkpoints=(
            Checkpoint(label="10月底", month=10),
            Checkpoint(label="3月底", month=3),
        ),
        indicators=(
            indicator(1, "制度健全性", rule="健全20分", weight=20),
            indicator(2, "执行率", weight=None, target=percent),
            indicator(3, "满意情况", weight=None, target=words),
            indicator(4, "接待规范", rule="手续规范，满分15分，不规范一次扣1分", weight=None),
        ),
    )
    return Submission(unit="某某办公室", year=2020, forms=(department, project))


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def find(sheet: Worksheet, text: str) -> tuple[int, int]:
    """Row and column of the first cell that shows exactly `text`."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == text:
                return cell.row, cell.column
    raise AssertionError(f"{text} not in {sheet.title}")


def validations(sheet: Worksheet) -> dict[str, tuple[str, str]]:
    """Cell → (type, first formula) of the data validations."""
    return {
        str(cells): (rule.type, rule.formula1)
        for rule in sheet.data_validations.dataValidation
        for cells in rule.sqref.ranges
    }
