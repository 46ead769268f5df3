"""Profile (口径): every number that varies by place and year, with its source. Loaded from TOML."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class ReverseRule(Enum):
    """How a missed ≤/< indicator is scored (NORMS 1.4)."""

    LINEAR = "linear"  # W·(1 − (B−A)/A), floor 0
    INVERSE = "inverse"  # W·A/B


class ExecutionRule(Enum):
    """How budget execution is scored (NORMS 1.4, 1.6)."""

    PROPORTIONAL = "proportional"
    BANDED = "banded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A half-open band [low, next low) → value (a grade, a share of the weight, a light)."""

    low: Decimal
    label: str
    share: Decimal | None = None  # of the weight, in percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A qualitative tier: its exact words, other words accepted for it, and its band in % of weight."""

    label: str
    aliases: tuple[str, ...]
    low: Decimal
    high: Decimal
    high_included: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Default split by level-1 group, in points of 100 (a proposal, never applied silently)."""

    execution: Decimal
    groups: tuple[tuple[str, Decimal], ...]  # ("产出指标", 50), …
    without_cost: tuple[tuple[str, Decimal], ...] = ()  # the split where the table has no 成本指标


@dataclass(frozen=True, slots=True, kw_only=True)
class Lights:
    """Warning lights by 支付进度率 (percent): red below `red`, yellow below `yellow`, else green."""

    red: Decimal
    yellow: Decimal
    cause_required: tuple[str, ...]  # lights that need a cause, e.g. ("红", "黄")
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihoods:
    """完成目标可能性 (136号): the words to choose from, the surest first, and those that need a cause."""

    words: tuple[str, ...] = ("确定能", "有可能", "完全不可能")
    cause_required: tuple[str, ...] = ("有可能", "完全不可能")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointDef:
    """A checkpoint (时点): its label (6月底) and its month, 1 to 12."""

    label: str
    month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One dated set of norms. `sources` maps a key to the paragraph it comes from (for the annex)."""

    name: str
    version: str
    title: str
    weights: Weights
    tiers: tuple[Tier, ...]
    reverse: ReverseRule
    overshoot: Decimal  # percent of target from which a cause is demanded, e.g. 120
    overshoot_severity: str  # "warning" or "error"
    execution: ExecutionRule
    execution_bands: tuple[Band, ...]
    execution_from_printed_rate: bool
    zero_budget_full: bool
    pass_mark: Decimal | None  # percent of target below which the score is 0 (101号), None: no such rule
    grades: tuple[Band, ...]
    lights: Lights
    checkpoints: tuple[CheckpointDef, ...]
    execution_explain_below: Decimal | None
    outline: str  # id of the report outline (jxreport.report.outlines, or a file)
    labels: tuple[tuple[str, str], ...] = ()  # the report's fixed words → this profile's
    readings: tuple[tuple[str, str], ...] = ()  # conventions: partial steps, etc. (key → choice)
    code_pattern: str = ""
    level2_codes: tuple[tuple[str, str], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    severities: tuple[tuple[str, str], ...] = ()  # E12 → error | waiting | warning | note | off
    satisfaction_bands: tuple[Band, ...] = ()  # shares of the weight for 满意度 rates (101号)
    yes_no_full_or_zero: bool = False  # 是/否 indicators: full or zero (101号)
    likelihoods: Likelihoods = Likelihoods()
    over_execution_allowed: bool = False  # a rate above 100 % is capped instead of rejected
    not_applicable: str = "rescale"  # how the points of a not-applicable indicator are treated

    def source(self, key: str) -> str:
        """The paragraph that the numbers under `key` come from; "" where none is carried."""
        return dict(self.sources).get(key, "")

    def is_year_end(self, label: str) -> bool:
        """Does a report at checkpoint `label` close the year? Before that there is no total and no grade."""
        return not label or not self.checkpoints or label == self.checkpoints[-1].label

    def severity(self, norm: str, default: str) -> str:
        """How a breach of check `norm` (E12 …) is treated: error, waiting, warning, note or off."""
        return dict(self.severities).get(norm, default)
