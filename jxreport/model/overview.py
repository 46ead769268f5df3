"""The overview (汇总) of many units' results, before any writer has touched it.

Everything in it comes from result objects (schema jxreport/result/1), so that it can also be made from the
data embedded in reports. Money is in 万元, rates and progress are in percent units.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jxreport.model.document import Annex, Block, Section

DEPARTMENT, PROJECT, MONITORING = "department", "project", "monitoring"
TOTAL, GRADE, EXECUTION = "总分", "等级", "预算执行"  # items of a ChangeRow beside the indicators


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """One checkpoint: cumulative plan and payment, deviation in 百分点, light 红 | 黄 | 绿 | ""."""

    checkpoint: str
    plan: Decimal | None
    actual: Decimal | None
    deviation: Decimal | None
    pace: Decimal | None
    light: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRow:
    """One evaluation of one unit. `rank` counts within its kind by 得分率; None without a total.

    `base` names the budget figure the execution rate rests on: adjusted | initial | "" (not reproducible
    from the figures shown).
    """

    unit: str
    year: str
    kind: str
    code: str
    name: str
    total: Decimal | None
    full: Decimal | None
    share: Decimal | None  # 得分率, six decimals
    rank: int | None
    grade: str
    initial: Decimal | None
    adjusted: Decimal | None
    executed: Decimal | None
    rate: Decimal | None
    base: str
    execution_weight: Decimal | None
    execution_score: Decimal | None
    indicators: int
    scored: int
    waiting: int
    points: tuple[PointRow, ...]
    likelihoods: tuple[tuple[str, int], ...] = ()  # before year end: 完成目标可能性 and how many indicators


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A finding in words; `severity` is error | warning | note, `title` names its kind."""

    unit: str
    year: str
    file: str
    sheet: str
    cell: str
    severity: str
    code: str
    title: str
    text: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRow:
    """How often a kind of finding occurs, and in how many units' material."""

    code: str
    title: str
    severity: str
    count: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedRow:
    """A workbook that goes back (`failed` False) or could not be dealt with at all, and why."""

    file: str
    unit: str
    year: str
    failed: bool
    reported: bool  # a report was made all the same
    errors: int
    why: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What differs from the last run: an indicator's score, or TOTAL, GRADE or EXECUTION of an evaluation.

    `before` and `after` are as scored ("" not scored yet, None: there is no such item).
    """

    unit: str
    year: str
    evaluation: str
    item: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The whole: `rows` by kind and rank; `changes` is None where there is no earlier run to compare with.

    `materials` counts the entries of the result: units' years, and files that belong to none.
    """

    title: str
    years: tuple[str, ...]
    as_of: str
    profile: str
    date: str
    grades: tuple[str, ...]
    checkpoints: tuple[str, ...]
    materials: int
    rows: tuple[EvaluationRow, ...]
    findings: tuple[FindingRow, ...]
    codes: tuple[CodeRow, ...]
    returned: tuple[ReturnedRow, ...]
    changes: tuple[ChangeRow, ...] | None

    def of_kind(self, *kinds: str) -> tuple[EvaluationRow, ...]:
        return tuple(row for row in self.rows if row.kind in kinds)

    @property
    def units(self) -> int:
        return len({row.unit for row in self.rows})


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPages:
    """The overview as one or two printed pages; `remark` is the line under the title."""

    overview: Overview
    title_lines: tuple[str, ...]
    remark: str
    intro: tuple[Block, ...] = ()
    sections: tuple[Section, ...]
    annexes: tuple[Annex, ...] = ()
