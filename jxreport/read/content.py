"""What one workbook gives, before targets and actuals are paired."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from jxreport.finding import NOWHERE, Finding, Source
from jxreport.model.submission import Form, Outlook, ReadingChoice, Submission, TextBlock
from jxreport.model.values import Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A row of 偏差说明 in A3: why payments left the plan at one checkpoint."""

    code: str
    project: str
    month: int
    label: str = ""
    cause: Sourced[str] | None = None
    explanation: Sourced[str] | None = None
    measure: Sourced[str] | None = None
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Payments:
    """A row of A3 资金支出进度表: budgets and cumulative payments in 万元, by month of the checkpoint."""

    code: str
    project: str
    initial: Sourced[Decimal] | None = None
    adjusted: Sourced[Decimal] | None = None
    paid: tuple[tuple[int, str, Sourced[Decimal]], ...] = ()  # month, label, amount
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookRow:
    """A row of 运行监控: what is expected of one indicator of a project; `ordinal` 0 where none is printed."""

    code: str
    project: str
    ordinal: int
    name: str
    outlook: Outlook
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookContent:
    """Everything read from one workbook. `targets` are T1/T2, `actuals` A1/A2, `complete` M1–M3 forms."""

    name: str
    sha256: str
    unit: str = ""
    unit_source: Source = NOWHERE
    year: int | None = None
    owners: tuple[tuple[str, int | None], ...] = ()  # unit and year of each form: targets, actuals, complete
    targets: tuple[Form, ...] = ()
    actuals: tuple[Form, ...] = ()
    complete: tuple[Form, ...] = ()
    payments: tuple[Payments, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    outlooks: tuple[OutlookRow, ...] = ()
    readings: tuple[ReadingChoice, ...] = ()
    narrative: tuple[TextBlock, ...] = ()
    sample: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.targets or self.actuals or self.complete or self.payments or self.outlooks)


class ReadResult(NamedTuple):
    """Submissions ready for scoring, and everything that was found on the way."""

    submissions: tuple[Submission, ...]
    findings: tuple[Finding, ...]
