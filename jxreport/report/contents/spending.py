"""预算执行情况: money spent against the budget in force, in words and one table."""

from __future__ import annotations

from decimal import Decimal

from jxreport.model.document import NumberFormat, Row, Table
from jxreport.model.result import Execution, UnitResult
from jxreport.model.submission import Kind
from jxreport.number import HUNDRED, ZERO
from jxreport.report import cells, facts
from jxreport.report.draft import Content, paragraph
from jxreport.report.text import MISSING, full_marks, listed, marks, money, percent


def execution(result: UnitResult) -> Content:
    """Money spent against the budget in force; nothing where no budget is known."""
    places = range(len(result.evaluations))
    whole = [p for p in places if result.evaluations[p].form.kind is Kind.DEPARTMENT]
    projects = [p for p in places if p not in whole]
    sentences = [_words(result, place, "部门") for place in whole if _adjusted(result, place) is not None]
    if len(projects) == 1:
        name = result.evaluations[projects[0]].form.name
        known = _adjusted(result, projects[0]) is not None
        sentences.append(_words(result, projects[0], name) if known else f"{name}未填报预算执行数据。")
    elif projects:
        sentences.append(_all_projects_words(result, projects))
    known_count = sum(1 for place in places if _adjusted(result, place) is not None)
    if known_count < 2:
        return paragraph(*sentences)
    return (*paragraph(*sentences, "各项目执行情况见下表。" if projects else "执行情况见下表。"), _execution_table(result))


def _adjusted(result: UnitResult, place: int) -> Decimal | None:
    found = result.evaluations[place].execution
    return found.adjusted if found is not None else None


def _words(result: UnitResult, place: int, name: str) -> str:
    adjusted = money(_adjusted(result, place))
    return f"{name}全年预算数{adjusted}{_spent_words(result, place)}{_score_words(result, place)}。"


def spent_name(result: UnitResult) -> str:
    """What the amount spent is called: 全年执行数, or 截至6月底累计支付数 before the year is over."""
    return "全年执行数" if facts.is_year_end(result) else f"截至{result.as_of}累计支付数"


def _spent_words(result: UnitResult, place: int) -> str:
    found = facts.spent(result, place)
    if found.amount is None:
        return f"，{spent_name(result)}{MISSING}" if facts.is_year_end(result) else ""
    if found.amount == 0:
        return "，全年未发生支出" if facts.is_year_end(result) else f"，截至{result.as_of}未发生支出"
    return f"，{spent_name(result)}{money(found.amount)}，预算执行率{percent(found.rate)}"


def _score_words(result: UnitResult, place: int) -> str:
    found = result.evaluations[place].execution
    if found is None or found.weight is None or found.score is None or not facts.is_year_end(result):
        return ""
    return f"，按评分口径得{marks(found.score)}（满分{full_marks(found.weight)}）"


def _all_projects_words(result: UnitResult, projects: list[int]) -> str:
    amounts = [(_adjusted(result, place), facts.spent(result, place).amount) for place in projects]
    pairs = [(budget, spent) for budget, spent in amounts if budget is not None and spent is not None]
    if len(pairs) < len(projects):
        return _partly_told(result, projects)
    budget = sum((a for a, _ in pairs), ZERO)
    spent = sum((x for _, x in pairs), ZERO)
    rate = percent(spent / budget * HUNDRED) if budget else "—"
    idle = [result.evaluations[place].form.name for place in projects if facts.spent(result, place).amount == 0]
    tail = f"，其中{listed(idle, measure='个项目')}未发生支出" if idle else ""
    head = f"{len(projects)}个预算项目全年预算数合计{money(budget)}"
    if len(idle) == len(projects):
        when = "全年" if facts.is_year_end(result) else f"截至{result.as_of}"
        return f"{head}，{when}均未发生支出。"
    return f"{head}，{spent_name(result)}合计{money(spent)}，总体预算执行率{rate}{tail}。"


def _partly_told(result: UnitResult, projects: list[int]) -> str:
    """Not every project has stated budget and spending: no sum is given, the silent ones are named."""
    silent = [
        result.evaluations[place].form.name
        for place in projects
        if _adjusted(result, place) is None or facts.spent(result, place).amount is None
    ]
    told = len(projects) - len(silent)
    if not told:
        return f"{len(projects)}个预算项目均未填报预算执行数据。"
    return (
        f"{len(projects)}个预算项目中，{told}个已填报预算执行数据，"
        f"{listed(silent, measure='个项目')}的预算执行数据{MISSING}，未作合计。"
    )


def _execution_table(result: UnitResult) -> Table:
    """Budget and spending of every form; the score of execution only at year end."""
    scored = facts.is_year_end(result)
    names = ("评价对象", "年初预算数", "全年预算数", "全年执行数" if scored else "累计支付数", "预算执行率")
    return Table(
        name="预算执行",
        title="预算执行情况表",
        unit_note="单位：万元",
        widths=cells.widths(33, 14, 14, 14, 14, 11) if scored else cells.widths(36, 16, 16, 16, 16),
        head=(cells.headings(*names, *(["得分"] if scored else [])),),
        body=tuple(_row(result, place, scored) for place in range(len(result.evaluations))),
    )


def _row(result: UnitResult, place: int, scored: bool) -> Row:
    evaluation, key = result.evaluations[place], str(place)
    found, spent = evaluation.execution or Execution(), facts.spent(result, place)
    last = [cells.number(found.score, NumberFormat.SCORE, ("exec_score", key))] if scored else []
    return cells.row(
        cells.text(facts.owner(evaluation)),
        cells.number(found.initial, NumberFormat.MONEY, ("initial", key)),
        cells.number(found.adjusted, NumberFormat.MONEY, ("adjusted", key)),
        cells.number(spent.amount, NumberFormat.MONEY, spent.amount_key),
        cells.number(spent.rate, NumberFormat.PERCENT, spent.rate_key),
        *last,
    )
