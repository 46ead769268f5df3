"""综合评价结论: totals and grades in words, one table, one chart."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from jxreport.model.document import Block, Cell, Chart, NumberFormat, Role, Row, Series, Table
from jxreport.model.result import Evaluation, UnitResult
from jxreport.number import HUNDRED, ZERO, fixed, plain
from jxreport.report import cells, facts
from jxreport.report.draft import Content, leading, paragraph
from jxreport.report.facts import Standing
from jxreport.report.text import full_marks, listed, marks, percent

# rates that lie closer together than this, in percentage points, are told better by a sentence than by a chart
CHART_FROM = Decimal(2)


def conclusion(result: UnitResult) -> Content:
    """Totals and grades in words, a table where there are several, the score chart."""
    blocks: list[Block] = []
    for evaluation in facts.departments(result):
        blocks.extend(paragraph(total_words(result, evaluation), standing_words(result, (evaluation,))))
    projects = facts.projects(result)
    if len(projects) == 1:
        blocks.extend(paragraph(total_words(result, projects[0]), standing_words(result, projects)))
    elif projects:
        blocks.extend(paragraph(_projects_words(result, projects)))
    if len(result.evaluations) > 1:
        blocks.extend(paragraph(f"各评价对象{facts.doing(result)}结果见下表。"))
        blocks.append(_table(result))
    blocks.extend(_charts(result))
    return tuple(blocks)


def total_words(result: UnitResult, evaluation: Evaluation, *, name: str | None = None) -> str:
    """The total with its grade, or what is still open; nothing before year end. `name` replaces the owner's."""
    if not facts.is_year_end(result):
        return ""
    name = facts.owner(evaluation) if name is None else name
    if evaluation.total is not None and evaluation.full is not None:
        grade = f"，评价等级为“{evaluation.grade}”" if evaluation.grade else ""
        return f"{name}{facts.doing(result)}得分{marks(evaluation.total)}（满分{full_marks(evaluation.full)}）{grade}。"
    waiting = facts.of(evaluation, Standing.WAITING)
    names = listed([item.indicator.name for item in waiting], limit=4, measure="")
    open_words = f"其余{len(waiting)}项（{names}）尚待确认，" if waiting else "尚有事项待确认，"
    if not evaluation.scored_full:
        return f"{name}尚待补充数据或确认，暂不出具得分和等级。"
    return (
        f"{name}已评定部分得分{marks(evaluation.scored)}（对应分值{full_marks(evaluation.scored_full)}），"
        f"{open_words}暂不出具总分和等级。"
    )


_SCORED = {
    Standing.FULL: "得满分",
    Standing.LOST: "未得满分",
    Standing.WAITING: "待确认",
    Standing.EXCLUDED: "不适用",
}


def standing_words(result: UnitResult, evaluations: tuple[Evaluation, ...]) -> str:
    """12项绩效指标中，9项得满分，2项未得满分，1项待确认。"""
    count = sum(len(e.indicators) for e in evaluations)
    sizes = {standing: sum(len(facts.of(e, standing)) for e in evaluations) for standing in _SCORED}
    parts = [f"{sizes[s]}项{word}" for s, word in _SCORED.items() if sizes[s]]
    if not parts:
        return ""
    if len(parts) > 1:
        return f"{count}项绩效指标中，{'，'.join(parts)}。"
    only = next(standing for standing in _SCORED if sizes[standing])
    return f"{count}项绩效指标均{_SCORED[only]}。" if count > 1 else f"绩效指标1项，{_SCORED[only]}。"


def _projects_words(result: UnitResult, projects: tuple[Evaluation, ...]) -> str:
    done = [e for e in projects if e.total is not None]
    if not done:
        return f"{len(projects)}个预算项目尚有事项待确认，暂不出具得分和等级。"
    first = (
        f"{len(projects)}个预算项目均已出具{facts.doing(result)}得分"
        if len(done) == len(projects)
        else f"{len(projects)}个预算项目中，{len(done)}个已出具{facts.doing(result)}得分，{len(projects) - len(done)}个尚待确认"
    )
    if len(done) <= 4:
        each = [f"{e.form.name}{marks(e.total)}{_grade(e)}" for e in done]
        return f"{first}，其中：{'，'.join(each)}。"
    totals = [e.total for e in done if e.total is not None]
    grades = Counter(e.grade for e in done if e.grade)
    spread = "、".join(f"“{grade}”{count}个" for grade, count in grades.items())
    by_grade = f"，评价等级为{spread}" if spread else ""
    return f"{first}，最高{marks(max(totals))}，最低{marks(min(totals))}{by_grade}。"


def _grade(evaluation: Evaluation) -> str:
    return f"（{evaluation.grade}）" if evaluation.grade else ""


def _table(result: UnitResult) -> Table:
    body = tuple(_table_row(place, e) for place, e in enumerate(result.evaluations))
    return Table(
        name="自评结果",
        title=f"绩效{facts.doing(result)}结果一览表",
        widths=cells.widths(7, 38, 9, 10, 12, 13, 11),
        head=(cells.headings("序号", "评价对象", "指标数", "得满分", "未得满分", f"{facts.doing(result)}得分", "等级"),),
        body=body,
    )


def _table_row(place: int, evaluation: Evaluation) -> Row:
    def count(standing: Standing) -> Decimal:
        return Decimal(len(facts.of(evaluation, standing)))

    index = str(place)
    return cells.row(
        cells.text(str(place + 1), align="center"),
        cells.text(facts.owner(evaluation)),
        cells.number(Decimal(len(evaluation.indicators)), NumberFormat.COUNT),
        cells.number(count(Standing.FULL), NumberFormat.COUNT),
        cells.number(count(Standing.LOST), NumberFormat.COUNT),
        cells.score(evaluation.total, ("total", index), Role.TOTAL),
        Cell(text=evaluation.grade or "—", align="center", key=("grade", index)),
    )


def _charts(result: UnitResult) -> tuple[Block, ...]:
    """得分率 by level-1 group of the department; totals of the projects where there are three or more.

    Each with the sentence that leads it in. No chart of equal bars.
    """
    found: list[Block] = []
    for evaluation in facts.departments(result):
        found.extend(_group_blocks(evaluation))
    scored = tuple(e for e in facts.projects(result) if e.total is not None and e.full)
    if 3 <= len(scored) <= 12:
        found.extend((*leading(f"各预算项目{facts.doing(result)}得分率见下图。"), _project_chart(result, scored)))
    return tuple(found)


def _group_blocks(evaluation: Evaluation) -> tuple[Block, ...]:
    rated = {group.label: group.rate for group in facts.groups(evaluation) if group.rate is not None}
    if len(rated) < 2:
        return ()
    low = min(rated.values())
    if all(rate == low for rate in rated.values()):
        return paragraph(f"{facts.owner(evaluation)}各一级指标得分率均为{percent(low)}。")
    if max(rated.values()) - low < CHART_FROM:
        each = "，".join(f"{label}{percent(rate)}" for label, rate in rated.items())
        return paragraph(f"{facts.owner(evaluation)}各一级指标得分率相近，{each}。")
    lowest = listed([label for label, rate in rated.items() if rate == low])
    words = f"{facts.owner(evaluation)}各一级指标中，{lowest}得分率最低，为{percent(low)}，各项对比见下图。"
    return (*leading(words), _group_chart(evaluation))


def _project_chart(result: UnitResult, scored: tuple[Evaluation, ...]) -> Chart:
    """Totals of the projects on one scale; points beside the share where full marks are not 100."""
    shares = tuple((e.total or ZERO) / (e.full or HUNDRED) * HUNDRED for e in scored)
    odd = any(e.full != HUNDRED for e in scored)
    return Chart(
        kind="scores",
        name="项目得分",
        title=f"预算项目{facts.doing(result)}得分率",
        labels=tuple(e.form.name for e in scored),
        series=(Series(name="得分率", role="score", values=shares),),
        unit="%",
        captions=tuple(f"{fixed(e.total or ZERO)}/{plain(e.full or HUNDRED)}分" if odd else "" for e in scored),
    )


def _group_chart(evaluation: Evaluation) -> Chart:
    found = [group for group in facts.groups(evaluation) if group.rate is not None]
    return Chart(
        kind="scores",
        name="指标得分率",
        title=f"{facts.owner(evaluation)}一级指标得分率",
        labels=tuple(group.label for group in found),
        series=(Series(name="得分率", role="score", values=tuple(group.rate for group in found)),),
        unit="%",
        captions=tuple(f"{fixed(group.score)}/{plain(group.full)}分" for group in found),
    )
