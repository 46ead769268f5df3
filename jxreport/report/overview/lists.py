"""The lists of the printed overview: who stands where, who lags behind, what goes back, what is often wrong.

Each is cut to its share of two pages; what was left out is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jxreport.model.document import Block, Cell, NumberFormat, Role, Row, Table
from jxreport.model.overview import DEPARTMENT, PROJECT, EvaluationRow, Overview, PointRow
from jxreport.number import ZERO, fixed, grouped
from jxreport.report.overview.words import BOOK, KIND_WORDS, LIGHTS, SEVERITY_WORDS, budget_of
from jxreport.report.text import NOTHING, percent

_NAME, _PART, _WHY = 40, 18, 46  # characters of a name, of each of two names, of a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many rows each list may have; the rankings show so many from the top and from the bottom."""

    departments: tuple[int, int]
    projects: tuple[int, int]
    late: int
    returned: int
    codes: int


ROOMS = (
    Room(departments=(12, 5), projects=(6, 3), late=8, returned=8, codes=8),
    Room(departments=(8, 4), projects=(3, 3), late=5, returned=5, codes=5),
    Room(departments=(5, 3), projects=(3, 2), late=3, returned=3, codes=3),
)


def ranking(overview: Overview, room: Room) -> tuple[Block, ...]:
    """Departments and projects, best and last."""
    departments = _ranking_table(overview, DEPARTMENT, room.departments)
    return (
        *departments,
        *_ranking_table(overview, PROJECT, room.projects if departments else room.departments),
    )


def _ranking_table(overview: Overview, kind: str, most: tuple[int, int]) -> tuple[Block, ...]:
    top, bottom = most
    ranked = [row for row in overview.of_kind(kind) if row.rank is not None]
    if not ranked:
        return ()
    cut = len(ranked) > top + bottom + 1
    chosen = [*ranked[:top], *ranked[-bottom:]] if cut else ranked
    rows = [_ranking_row(row) for row in chosen]
    if cut:
        between = f"……（中间{len(ranked) - top - bottom}项见{BOOK}）"
        rows.insert(top, Row(cells=(_text(between, colspan=7, align="center"),)))
    return (
        Table(
            name=f"{KIND_WORDS[kind]}排名",
            title=f"{KIND_WORDS[kind]}评价排名",
            unit_note="金额单位：万元",
            widths=_widths(7, 42, 10, 10, 7, 13, 11),
            head=_head(
                "名次",
                "单位" if kind == DEPARTMENT else "单位和项目",
                "得分",
                "得分率",
                "等级",
                "预算数",
                "执行率",
            ),
            body=tuple(rows),
        ),
    )


def _ranking_row(row: EvaluationRow) -> Row:
    return Row(
        cells=(
            _number_cell(str(row.rank)),
            _text(_full_name(row)),
            _number_cell(_fixed(row.total)),
            _number_cell(percent(row.share)),
            _text(row.grade, align="center"),
            _text(_money(budget_of(row)), align="right"),
            _number_cell(percent(row.rate)),
        )
    )


def pace(overview: Overview, room: Room) -> tuple[Block, ...]:
    """Lights by checkpoint, and who lies furthest behind its own plan."""
    known = [point for row in overview.rows for point in row.points if point.light]
    if not known:
        return ()
    shown = [label for label in overview.checkpoints if any(point.checkpoint == label for point in known)]
    lights = Table(
        name="预警灯",
        widths=_widths(40, 20, 20, 20),
        head=_head("时点", "红灯（项）", "黄灯（项）", "绿灯（项）"),
        body=tuple(Row(cells=(_text(label, align="center"), *_light_cells(known, label))) for label in shown),
        notes=("实际支付进度与各单位自行申报的资金支出计划相比，不与日历进度相比。",),
    )
    return (lights, *_late(overview, shown[-1], room.late))


def _light_cells(points: Sequence[PointRow], label: str) -> list[Cell]:
    here = [point.light for point in points if point.checkpoint == label]
    return [_number_cell(str(here.count(light))) for light in LIGHTS]


def _late(overview: Overview, label: str, most: int) -> tuple[Block, ...]:
    """The evaluations with a red or yellow light at the last checkpoint known, furthest behind first."""
    found = [
        (row, point)
        for row in overview.rows
        for point in row.points
        if point.checkpoint == label and point.light in LIGHTS[:2] and point.deviation is not None
    ]
    found.sort(key=lambda pair: pair[1].deviation or ZERO)
    if not found:
        return ()
    body = [
        Row(
            cells=(
                _text(_full_name(row)),
                _number_cell(percent(point.plan)),
                _number_cell(percent(point.actual)),
                _number_cell(_fixed(point.deviation)),
                _text(f"{point.light}灯", align="center"),
            )
        )
        for row, point in found[:most]
    ]
    return (
        Table(
            name="进度偏慢",
            title=f"{label}支付进度偏慢的单位和项目",
            widths=_widths(48, 12, 12, 19, 9),
            head=_head("单位和项目", "计划进度", "实际进度", "偏差（百分点）", "预警"),
            body=tuple(body),
            notes=_left_out(len(found), most),
        ),
    )


def _full_name(row: EvaluationRow) -> str:
    if row.kind == DEPARTMENT or row.name == row.unit:
        return _cut(row.unit, _NAME)
    return f"{_cut(row.unit, _PART)}　{_cut(row.name, _PART)}"


def back(overview: Overview, room: Room) -> tuple[Block, ...]:
    """Files that could not be dealt with first, then those that go back."""
    rows = sorted(overview.returned, key=lambda row: not row.failed)
    if not rows:
        return ()
    body = [
        Row(
            cells=(
                _text(_cut(row.file or row.unit, 34)),
                _text("未能处理" if row.failed else "退回修改", align="center"),
                _number_cell(str(row.errors)),
                _text(_cut(row.why.split("\n")[0], _WHY)),
            )
        )
        for row in rows[: room.returned]
    ]
    return (
        Table(
            name="退回和未处理",
            widths=_widths(32, 11, 9, 48),
            head=_head("工作簿", "处理", "错误数", "首要原因"),
            body=tuple(body),
            notes=_left_out(len(rows), room.returned),
        ),
    )


def common(overview: Overview, room: Room) -> tuple[Block, ...]:
    """The kinds of findings met most often, notes left out."""
    codes = [row for row in overview.codes if row.severity != "note"]
    if not codes:
        return ()
    body = [
        Row(
            cells=(
                _text(row.title or row.code),
                _text(SEVERITY_WORDS[row.severity], align="center"),
                _number_cell(str(row.count)),
                _number_cell(str(row.units)),
            )
        )
        for row in codes[: room.codes]
    ]
    return (
        Table(
            name="常见问题",
            widths=_widths(58, 12, 14, 16),
            head=_head("问题", "程度", "条数", "涉及单位数"),
            body=tuple(body),
            notes=_left_out(len(codes), room.codes, "类"),
        ),
    )


def _left_out(whole: int, shown: int, measure: str = "项") -> tuple[str, ...]:
    return (f"共{whole}{measure}，其余见{BOOK}。",) if whole > shown else ()


def _widths(*shares: int) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, shares))


def _head(*titles: str) -> tuple[Row, ...]:
    return (Row(cells=tuple(Cell(text=title, role=Role.HEAD, align="center") for title in titles)),)


def _text(text: str, *, align: str = "left", colspan: int = 1) -> Cell:
    return Cell(text=text, role=Role.TEXT, align=align, colspan=colspan)


def _number_cell(text: str) -> Cell:
    return Cell(text=text, role=Role.NUMBER, format=NumberFormat.COUNT, align="center")


def _fixed(number: Decimal | None) -> str:
    return NOTHING if number is None else fixed(number)


def _money(amount: Decimal | None) -> str:
    return NOTHING if amount is None else grouped(amount)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
