"""The report before any writer has touched it: sections, tables, charts' data, notes, annexes.

PDF and XLSX are two writers of this one object, so they cannot disagree. Every text is final (numbers
formatted, rounding done); `Cell.value` carries the Decimal beside the text for numeric cells of XLSX,
and `Cell.key` names what the number is, so that the XLSX writer can put a live formula there.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from jxreport.model.result import UnitResult


class Role(Enum):
    """What a cell is in its form; writers choose the look."""

    HEAD = "head"  # column heading
    LABEL = "label"  # row or field label, level names
    TEXT = "text"  # running text
    NUMBER = "number"
    TOTAL = "total"
    MISSING = "missing"  # 〔未填写〕, 待确认 …


class NumberFormat(Enum):
    """How a numeric cell is shown. PERCENT values are in percent units (98.47 shows as 98.47%)."""

    SCORE = "score"  # 0.00
    WEIGHT = "weight"  # general, no forced decimals
    MONEY = "money"  # #,##0.00
    PERCENT = "percent"  # 0.00%
    POINTS = "points"  # signed 0.00 百分点
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell; spans as in HTML. `key` is a path such as ("score", "0", "4"): what, evaluation
    index, indicator ordinal (or checkpoint label). Known whats: weight, actual, score, single (单项指标
    得分, 0–100), stated, rate, exec_score, exec_single, exec_weight, initial, adjusted, arrived, executed
    (the last four and rate carry the fund row's position as third part), total, full, grade, plan, paid,
    pace_actual, deviation, pace, time_pace. Texts may hold line breaks (one line each in the cell)."""

    text: str = ""
    value: Decimal | None = None
    format: NumberFormat | None = None
    role: Role = Role.TEXT
    align: str = ""  # "", "left", "center", "right"
    rowspan: int = 1
    colspan: int = 1
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Cells that start in this row. Rows with the same `group` belong together at page breaks."""

    cells: tuple[Cell, ...]
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table or official form. `widths` are shares adding to 100; `head` rows repeat on every page.

    `name` is the short name used for the XLSX sheet, `title` the official title above the form,
    `subtitle` e.g. （2020年度）, `unit_note` e.g. 单位：万元, `notes` lines below. `front` are the form's
    rows above `head`, `foot` those below `body`, on the same grid, printed once. `form` marks an official form (ruled all round).
    """

    name: str
    title: str = ""
    subtitle: str = ""
    unit_note: str = ""
    widths: tuple[Decimal, ...]
    front: tuple[Row, ...] = ()
    head: tuple[Row, ...] = ()
    body: tuple[Row, ...] = ()
    foot: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    landscape: bool = False
    form: bool = False

    @property
    def full_name(self) -> str:
        """The official title, or where there is none the short name."""
        return self.title or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One row of numbers of a chart; `role` is plan | actual | forecast | score."""

    name: str
    values: tuple[Decimal | None, ...]
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Data of one chart: `kind` "schedule" (plan against actual, percent) or "scores" (bars, 得分率).

    `positions` are the places of the labels on the time axis (months), `captions` the texts beside the
    bars (得分/分值), `low` and `high` the range of the forecast.
    """

    kind: str
    name: str
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    positions: tuple[int, ...] = ()
    captions: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; `role` says how it is set and whose words it is."""

    text: str
    role: str = "body"  # body | lead (leads in the chart below) | quote (the unit's own text) | note | missing


Block = Paragraph | Table | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered section: level 1 一、 level 2 （一） level 3 1. level 4 （1）; `number` is already made."""

    level: int
    number: str
    heading: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """附件: `number` 1, 2, …; `title` identical to the 附件说明."""

    number: int
    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The report of one unit and year. `date` is the 成文日期 as printed ("" leaves room for it).

    `title_lines` is the title broken by meaning; `cover` holds the lines of the cover as (label, value),
    () for a report that starts with its heading.
    """

    title: str
    unit: str
    year: int | None
    as_of: str
    date: str
    sample_notice: str  # 示例数据 …, "" for real data
    intro: tuple[Block, ...]
    sections: tuple[Section, ...]
    annexes: tuple[Annex, ...]
    profile_note: str
    signature: str
    result: UnitResult
    title_lines: tuple[str, ...] = ()
    cover: tuple[tuple[str, str], ...] = ()
