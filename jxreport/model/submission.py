"""A submission: one unit's year, as its workbooks state it.

Everything here is what the department wrote; nothing is computed and nothing is defaulted. Money is
in 万元 (converted on reading, the printed text kept), rates in percent units.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from jxreport.finding import NOWHERE, Source
from jxreport.model.values import Actual, MoneyUnit, Sourced, Target


class Kind(Enum):
    """What an evaluation is about; the value is the text used in the JSON."""

    DEPARTMENT = "department"
    PROJECT = "project"
    MONITORING = "monitoring"


class WeightOrigin(Enum):
    """Where an indicator's 分值 comes from. PROFILE is only a proposal (建议分值)."""

    TARGETS = "targets"  # a column of the target table (T1: the value behind the sign <=)
    ACTUALS = "actuals"  # 权重占比 of A2, 分值 of M1/M2
    TEXT = "text"  # points written inside the texts (总分20分)
    SCORE = "score"  # no points anywhere: the row's own hand-made score, which then cannot be checked
    PROFILE = "profile"  # the profile's split


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A workbook that was read: bare file name and SHA-256 of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer row of A1 (or of 单项指标 rows in A2): what a rule asked and what was entered.

    `question` is the printed question (the need's label); `value` is a number (rates in percent
    units), a truth value (是/否), a tier's word, or None when the cell is blank or not understood.
    """

    question: str
    value: Decimal | bool | str | None = None
    text: str = ""
    unit: str = ""
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """运行监控 of one indicator at a checkpoint (136号): how far it has come, what is expected of the year.

    `likelihood` is 完成目标可能性, `cause` one of the profile's cause words; `explanation` and `measure` are
    the unit's texts. `label` is the checkpoint as printed (6月底).
    """

    label: str
    month: int
    actual: Actual | None = None  # 截至时点执行情况
    expected: Sourced[str] | None = None  # 全年预计完成情况
    likelihood: Sourced[str] | None = None
    cause: Sourced[str] | None = None  # 偏差原因类别
    explanation: Sourced[str] | None = None
    measure: Sourced[str] | None = None
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """绩效指标 with its target, scoring sentence, and (once paired) its actual and answers.

    `level1`/`level2` are printed labels after carrying merged cells down; `ordinal` is its place in
    its table (1, 2, …). `rule` is the scoring sentence (评分标准), None where the form has none.
    `stated_score` is the hand-made score, kept beside ours. `deduction` is 扣减分数 for overshoot.
    """

    ordinal: int
    level1: str
    level2: str
    name: str
    target: Target
    description: str = ""
    basis: str = ""  # 指标值确定依据
    rule: Sourced[str] | None = None
    weight: Sourced[Decimal] | None = None
    weight_origin: WeightOrigin | None = None
    actual: Actual | None = None
    completion: str = ""  # 单项指标完成情况 / 完成情况简要描述
    answers: tuple[Answer, ...] = ()
    not_applicable: Sourced[str] | None = None  # 不适用 with the unit's statement
    manual_score: Sourced[Decimal] | None = None  # 人工评分, for rules that need a person
    deduction: Sourced[Decimal] | None = None
    stated_score: Sourced[Decimal] | None = None
    reason: Sourced[str] | None = None  # 偏差原因分析
    measure: Sourced[str] | None = None  # 改进措施 (None where one column holds both)
    evidence: Sourced[str] | None = None  # 佐证材料
    outlooks: tuple[Outlook, ...] = ()  # in order of month
    is_part: bool = False  # 其中… without points of its own: told beside its parent, never scored or summed
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class FundRow:
    """One row of the money block (年度资金总额, 其中：当年财政拨款, …). Amounts in 万元."""

    label: str
    initial: Sourced[Decimal] | None = None  # 年初预算数
    adjusted: Sourced[Decimal] | None = None  # 全年预算数（调整后）
    arrived: Sourced[Decimal] | None = None  # 资金到位
    executed: Sourced[Decimal] | None = None  # 全年执行数
    stated_rate: Sourced[Decimal] | None = None  # 执行率 as printed, percent units
    is_total: bool = False
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """预算执行情况. `rows` in the order of the form; the row with `is_total` is the one scored.

    `reason` says why execution left the budget, `adjustment_reason` why the budget left its first figure
    (A1 asks for the two apart; other forms have one column for both).
    """

    rows: tuple[FundRow, ...] = ()
    unit: MoneyUnit = MoneyUnit.WAN  # as printed in the form
    weight: Sourced[Decimal] | None = None
    stated_score: Sourced[Decimal] | None = None
    reason: Sourced[str] | None = None
    adjustment_reason: Sourced[str] | None = None
    source: Source = NOWHERE

    @property
    def total(self) -> FundRow | None:
        return next((row for row in self.rows if row.is_total), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """时点 of the spending schedule. `label` as printed (10月底), `month` 1–12.

    `plan` is the declared cumulative percentage, `paid` the cumulative payment in 万元.
    `cause` is one of the profile's cause words; `explanation` and `measure` are the unit's texts.
    """

    label: str
    month: int
    plan: Sourced[Decimal] | None = None
    paid: Sourced[Decimal] | None = None
    cause: Sourced[str] | None = None
    explanation: Sourced[str] | None = None
    measure: Sourced[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """绩效目标: label (目标1), expected text, actual text, 总体完成率 in percent units."""

    label: str
    expected: Sourced[str]
    actual: Sourced[str] | None = None
    rate: Sourced[Decimal] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """A heading and its paragraphs, carried over from the unit's own text (goals, safeguards, …)."""

    heading: str
    paragraphs: tuple[Sourced[str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactItem:
    """A named datum of the unit's basic data (A1: 本年追加预算 = 38.5 万元), reused by formulas."""

    name: str
    value: Decimal | None
    text: str = ""
    unit: str = ""
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One evaluation's worth of forms: a department table or a project, targets with actuals.

    `form` is "T1+A1", "T2+A2", "M1", "M2" or "M3" ("T1"/"T2" alone while actuals are missing).
    """

    kind: Kind
    form: str
    name: str
    code: str = ""
    sheet: str = ""
    purpose: str = ""  # 资金用途
    supervisor: str = ""  # 主管部门
    implementer: str = ""  # 实施单位
    budget: Budget | None = None
    checkpoints: tuple[Checkpoint, ...] = ()
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    facts: tuple[FactItem, ...] = ()
    narrative: tuple[TextBlock, ...] = ()
    problems: Sourced[str] | None = None  # 存在问题、原因及下一步整改措施
    contact: str = ""  # 填报人
    phone: str = ""
    stated_total: Sourced[Decimal] | None = None
    stated_grade: Sourced[str] | None = None
    source: Source = NOWHERE

    def outlook(self, indicator: Indicator, month: int) -> Outlook | None:
        """What is said of `indicator` at the checkpoint of `month`; a monitoring form speaks of its own only."""
        if self.kind is Kind.MONITORING:
            return indicator.outlooks[-1] if indicator.outlooks else None
        return next((outlook for outlook in indicator.outlooks if outlook.month == month), None)

    @property
    def is_handed_in(self) -> bool:
        """False for a target table whose actuals are missing."""
        return self.form not in ("T1", "T2")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingChoice:
    """A reading chosen by the unit (口径确认), stored under the normalised sentence.

    `question` is the key of the question inside the rule, `choice` the label of the reading.
    """

    sentence: str
    question: str
    choice: str
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One unit and year. `sample` is True when the workbook marks itself 示例数据."""

    unit: str
    year: int | None
    forms: tuple[Form, ...]
    sources: tuple[SourceFile, ...] = ()
    narrative: tuple[TextBlock, ...] = ()  # the unit's text part (部门整体绩效目标, 保障措施, …)
    readings: tuple[ReadingChoice, ...] = ()
    sample: bool = False
