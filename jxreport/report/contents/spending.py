"""预算执行情况: money spent against the budget in force, in words and one table."""

from __future__ import annotations

from jxreport.model.document import NumberFormat, Table
from jxreport.model.result import Evaluation, Execution, UnitResult
from jxreport.number import HUNDRED, ZERO
from jxreport.report import cells, facts
from jxreport.report.draft import Content, paragraph
from jxreport.report.text import MISSING, full_marks, listed, marks, money, percent


def execution(result: UnitResult) -> Content:
    sentences = [_department_words(result, e) for e in facts.departments(result)]
    projects = facts.projects(result)
    if len(projects) == 1:
        sentences.append(_project_words(result, projects[0]))
    elif projects:
        sentences.append(_all_projects_words(result, projects))
    known = [e for e in result.evaluations if e.execution and e.execution.adjusted is not None]
    table = (_execution_table(result),) if len(known) > 1 else ()
    return (*paragraph(*sentences), *table)


def _department_words(result: UnitResult, evaluation: Evaluation) -> str:
    money_words = evaluation.execution
    if money_words is None or money_words.adjusted is None:
        return ""
    return f"部门全年预算数{money(money_words.adjusted)}，{_executed(result, money_words)}{_score_words(money_words)}。"


def _project_words(result: UnitResult, evaluation: Evaluation) -> str:
    found = evaluation.execution
    if found is None or found.adjusted is None:
        return f"{evaluation.form.name}未填报预算执行数据。"
    return f"{evaluation.form.name}全年预算数{money(found.adjusted)}，{_executed(result, found)}{_score_words(found)}。"


def spent_name(result: UnitResult) -> str:
    """What the amount spent is called: 全年执行数, or 截至6月底累计执行数 before the year is over."""
    return "全年执行数" if facts.is_year_end(result) else f"截至{result.as_of}累计执行数"


def _executed(result: UnitResult, found: Execution) -> str:
    if found.executed is None:
        return f"{spent_name(result)}{MISSING}"
    if found.executed == 0:
        return "全年未发生支出" if facts.is_year_end(result) else f"截至{result.as_of}未发生支出"
    return f"{spent_name(result)}{money(found.executed)}，预算执行率{percent(found.rate)}"


def _score_words(found: Execution) -> str:
    if found.weight is None or found.score is None:
        return ""
    return f"，按口径计{marks(found.score)}（分值{full_marks(found.weight)}）"


def _all_projects_words(result: UnitResult, projects: tuple[Evaluation, ...]) -> str:
    pairs = [
        (e.execution.adjusted, e.execution.executed)
        for e in projects
        if e.execution and e.execution.adjusted is not None and e.execution.executed is not None
    ]
    if len(pairs) < len(projects):
        return f"{len(projects)}个预算项目中，{len(pairs)}个已填报预算执行数据，各项目情况见下表。"
    budget = sum((a for a, _ in pairs), ZERO)
    spent = sum((x for _, x in pairs), ZERO)
    rate = percent(spent / budget * HUNDRED) if budget else "—"
    idle = [e.form.name for e in projects if e.execution and e.execution.executed == 0]
    tail = f"，其中{listed(idle, measure='个项目')}未发生支出" if idle else ""
    return (
        f"{len(projects)}个预算项目全年预算数合计{money(budget)}，{spent_name(result)}合计{money(spent)}，"
        f"总体预算执行率{rate}{tail}。各项目执行情况见下表。"
    )


def _execution_table(result: UnitResult) -> Table:
    kinds = (NumberFormat.MONEY, NumberFormat.MONEY, NumberFormat.MONEY, NumberFormat.PERCENT)
    body = []
    for place, evaluation in enumerate(result.evaluations):
        found = evaluation.execution or Execution()
        values = (found.initial, found.adjusted, found.executed, found.rate)
        whats = ("initial", "adjusted", "executed", "rate")
        numbers = [cells.number(v, k, (w, str(place))) for v, k, w in zip(values, kinds, whats, strict=True)]
        score = cells.number(found.score, NumberFormat.SCORE, ("exec_score", str(place)))
        body.append(cells.row(cells.text(facts.owner(evaluation)), *numbers, score))
    spent = "全年执行数" if facts.is_year_end(result) else "累计执行数"
    return Table(
        name="预算执行",
        title="预算执行情况表",
        unit_note="单位：万元",
        widths=cells.widths(33, 14, 14, 14, 14, 11),
        head=(cells.headings("评价对象", "年初预算数", "全年预算数", spent, "预算执行率", "得分"),),
        body=tuple(body),
    )
