"""The official target forms: 文字部分, T1 部门整体支出绩效指标情况表, T2 预算项目绩效表.

The texts are printed as given, to the space; numbers become numeric cells that show exactly the text given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jxreport.form_names import FORM_NAMES
from jxreport.forms.book import Book, Page, Value
from jxreport.forms.official import instructions
from jxreport.forms.style import (
    BLOCK,
    HEAD,
    INPUT,
    INPUT_LITERAL,
    INPUT_TEXT,
    LABEL,
    OPEN_PLAIN,
    OPEN_RIGHT,
    PLAIN,
    PLAIN_RIGHT,
    TEXT,
    Style,
    shown_as,
)
from jxreport.forms.validation import between, number, words
from jxreport.number import parse_number

T1_TITLE = FORM_NAMES["T1"]
T2_TITLE = FORM_NAMES["T2"]
TEXT_SHEET = "文字部分"

_WIDTHS = (11, 13, 22, 34, 9, 10, 42, 30)
SIGNS = (">=", "<=", "=", ">", "<", "文字描述")
_BLANK_INDICATORS = 12
_BLANK_GOALS = 2
_TEXT_WIDTH = 118
_TEXT_STYLE = Style(size=11, border=False, valign="top")
_NUMERAL = "[一二三四五六七八九十]+"
_HEADING = re.compile(rf"\s*(第{_NUMERAL}部分|{_NUMERAL}、|[（(]\s*{_NUMERAL}[）)])")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """One indicator row as printed. `new_page`: the source breaks the page before it, so the table's header
    stands again and the level cells start afresh."""

    level1: str = ""
    level2: str = ""
    name: str = ""
    description: str = ""
    sign: str = ""
    value: str = ""
    unit: str = ""  # 单位（文字描述）
    basis: str = ""  # 指标值确定依据
    new_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTargets:
    """One 预算项目绩效表 as printed; `plan` is (checkpoint, cumulative percentage) as texts."""

    code: str = ""
    name: str = ""
    template: str = ""  # 项目绩效模板
    purpose: str = ""
    plan: tuple[tuple[str, str], ...] = ()
    goals: tuple[str, ...] = ()
    rows: tuple[TargetRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTargets:
    """A unit's target workbook: text part (paragraphs as printed), department rows, projects."""

    unit: str
    year: int
    title: str
    paragraphs: tuple[str, ...]
    rows: tuple[TargetRow, ...]
    projects: tuple[ProjectTargets, ...]


def target_workbook(targets: UnitTargets, *, mark: str = "") -> bytes:
    """The target workbook of one unit in the official layouts. `mark` is shown on every sheet."""
    book = Book(title=targets.title, subject=targets.unit, mark=mark)
    write_text_part(book, targets.title, targets.paragraphs)
    write_department_targets(book, unit=targets.unit, year=targets.year, rows=targets.rows)
    for project in targets.projects:
        write_project_targets(book, project)
    return book.close()


def write_text_part(book: Book, title: str, paragraphs: Sequence[str]) -> None:
    """文字部分: the title, then one paragraph per row, in one column."""
    page = book.page(TEXT_SHEET, (_TEXT_WIDTH,))
    page.heading(title)
    page.freeze(page.row)
    for paragraph in paragraphs:
        heading = _HEADING.match(paragraph) is not None and len(paragraph.strip()) <= 40
        page.line([(0, 1, paragraph, BLOCK if heading else _TEXT_STYLE)])


def write_department_targets(
    book: Book,
    *,
    unit: str = "",
    year: int | None = None,
    rows: Sequence[TargetRow] = (),
    notes: Sequence[str] = (),
) -> None:
    """T1. Without rows: the blank form, its cells open for input."""
    page = book.page("部门整体支出绩效指标", _WIDTHS, protected=not rows)
    page.heading(T1_TITLE)
    year_text = f"{year}年" if year else "      年"
    left, right = (PLAIN, PLAIN_RIGHT) if rows else (OPEN_PLAIN, OPEN_RIGHT)
    page.line([(0, 4, f"单位：{unit}", left), (4, 3, "", PLAIN), (7, 1, f"年度：{year_text}", right)])
    first = page.row
    _indicator_head(page)
    page.repeat(first, page.row - 1)
    page.freeze(page.row)
    _indicator_rows(page, rows)
    instructions(page, notes)


def write_project_targets(
    book: Book, project: ProjectTargets, checkpoints: Sequence[str] = (), notes: Sequence[str] = ()
) -> None:
    """T2, one sheet per project. An empty project makes the blank form with `checkpoints` and `notes`."""
    blank = not project.code and not project.rows
    value = INPUT_TEXT if blank else TEXT
    literal = INPUT_LITERAL if blank else LABEL
    page = book.page(project.name or T2_TITLE, _WIDTHS, protected=blank)
    page.heading(T2_TITLE)
    page.line(
        [
            (0, 1, "项目编码", HEAD),
            (1, 2, project.code, literal),
            (3, 1, "项目名称", HEAD),
            (4, 4, project.name, literal),
        ]
    )
    page.freeze(page.row)
    page.line([(0, 1, "项目绩效模板", HEAD), (1, 7, project.template, value)])
    page.line([(0, 1, "资金用途", HEAD), (1, 7, project.purpose, value)])
    _plan(page, project.plan or tuple((label, "") for label in checkpoints), blank)
    goals = project.goals or ("",) * _BLANK_GOALS
    page.cell(page.row, 0, "绩效目标", HEAD, rows=len(goals))
    for place, goal in enumerate(goals, start=1):
        page.line([(1, 1, f"目标{place}", LABEL), (2, 6, goal, value)])
    first = page.row
    _indicator_head(page)
    page.repeat(first, page.row - 1)
    _indicator_rows(page, project.rows)
    instructions(page, notes)


def _plan(page: Page, plan: Sequence[tuple[str, str]], blank: bool) -> None:
    """资金支出计划: the checkpoints over their percentages, spread over the columns right of the label."""
    spans = _spread(len(plan))
    page.cell(page.row, 0, "资金支出计划（累计进度%）", HEAD, rows=2)
    page.line([(*span, label, HEAD) for span, (label, _) in zip(spans, plan, strict=True)])
    style = INPUT if blank else LABEL
    cells = []
    for span, (_, text) in zip(spans, plan, strict=True):
        cells.append((*span, *_numeric(text, style)))
        if blank:
            page.validate(page.row, span[0], between(0, 100, "到这个时点为止的累计进度（%）"))
    page.line(cells)


def _spread(parts: int) -> list[tuple[int, int]]:
    """The columns right of the label in `parts` runs of similar width, as (column, columns)."""
    share = sum(_WIDTHS[1:]) / parts
    edges = [1]
    for part in range(1, parts):
        reach = range(edges[-1] + 1, len(_WIDTHS) - parts + part + 1)
        edges.append(min(reach, key=lambda end: abs(sum(_WIDTHS[1:end]) - share * part)))
    return [(left, right - left) for left, right in pairwise((*edges, len(_WIDTHS)))]


def _indicator_head(page: Page) -> None:
    top = page.row
    for column, title in enumerate(("一级指标", "二级指标", "三级指标", "绩效指标描述")):
        page.cell(top, column, title, HEAD, rows=2)
    page.cell(top, 4, "指标值", HEAD, columns=3)
    page.cell(top, 7, "指标值确定依据", HEAD, rows=2)
    for column, title in enumerate(("符号", "值", "单位（文字描述）"), start=4):
        page.cell(top + 1, column, title, HEAD)
    page.row += 2


def _indicator_rows(page: Page, rows: Sequence[TargetRow]) -> None:
    blank = not rows
    rows = rows or (TargetRow(),) * _BLANK_INDICATORS
    text, centred = (INPUT_TEXT, INPUT) if blank else (TEXT, LABEL)
    for index, row in enumerate(rows):
        if row.new_page:
            _indicator_head(page)
        if blank:
            page.cell(page.row, 0, "", centred)
        elif index == 0 or row.new_page or rows[index - 1].level1 != row.level1:
            # After a page break the source leaves the continued level empty.
            continued = row.new_page and rows[index - 1].level1 == row.level1
            span = _level_span(rows, index)
            page.cell(page.row, 0, "" if continued else row.level1, centred, rows=span)
        if blank:
            page.validate(page.row, 4, words(SIGNS, "符号") or {})
            page.validate(page.row, 5, number("值", "只填数；定性指标留空"))
        page.line(
            [
                (1, 1, row.level2, centred),
                (2, 1, row.name, text),
                (3, 1, row.description, text),
                (4, 1, row.sign, centred),
                (5, 1, *_numeric(row.value, centred)),
                (6, 1, row.unit, text if len(row.unit) > 6 else centred),
                (7, 1, row.basis, text),
            ]
        )


def _numeric(text: str, style: Style) -> tuple[Value, Style]:
    """A number that shows exactly as `text`, or the text itself."""
    number = parse_number(text)
    return (text, style) if number is None else (number, shown_as(style, text))


def _level_span(rows: Sequence[TargetRow], index: int) -> int:
    """Rows from `index` on that share its level-1 cell on this page."""
    end = index + 1
    while end < len(rows) and rows[end].level1 == rows[index].level1 and not rows[end].new_page:
        end += 1
    return end - index
