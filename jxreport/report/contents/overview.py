"""一、基本情况: goals carried over from the unit, budget, how targets were set."""

from __future__ import annotations

from decimal import Decimal

from jxreport.model.document import NumberFormat, Paragraph, Table
from jxreport.model.result import Evaluation, UnitResult
from jxreport.model.submission import TextBlock
from jxreport.number import ZERO, half_up
from jxreport.report import cells, facts
from jxreport.report.draft import Content, paragraph
from jxreport.report.fitting import fitted
from jxreport.report.text import clause, full_marks, money

GOAL_WORDS = ("整体绩效目标", "总体绩效目标", "年度总体目标")
SAFEGUARD_WORDS = ("保障措施",)
# beyond this length the unit's own text belongs in its target document, not in the report
LONGEST_QUOTE = 800
# with more projects than this their numbers of indicators stand in the table of results only
MOST_NAMED = 6


def unit_goals(result: UnitResult) -> Content:
    """The department's overall goal in the unit's own words."""
    blocks = [*result.submission.narrative]
    for evaluation in facts.departments(result):
        blocks.extend(evaluation.form.narrative)
    quoted = quote(tuple(blocks), GOAL_WORDS)
    if quoted:
        return quoted
    goals = [g.expected.text for e in facts.departments(result) for g in e.form.goals if g.expected.text]
    if len(goals) > 1:
        return paragraph(f"部门整体绩效目标共{len(goals)}项：{'；'.join(clause(goal) for goal in goals)}。")
    return own_lines(goals[0]) if goals else ()


def quote(blocks: tuple[TextBlock, ...], words: tuple[str, ...]) -> tuple[Paragraph, ...]:
    """Paragraphs of the first block whose heading holds one of `words`, as the unit wrote them."""
    for block in blocks:
        if not any(word in block.heading for word in words):
            continue
        texts = [p.text for p in block.paragraphs if p.text.strip()]
        if sum(map(len, texts)) > LONGEST_QUOTE:
            texts = texts[:1]
        if texts:
            return tuple(line for text in texts for line in own_lines(text))
    return ()


def budget(result: UnitResult) -> Content:
    """Department budget and the list of projects with their money and purpose."""
    sentences = [_department_budget(e) for e in facts.departments(result)]
    projects = facts.projects(result)
    if not projects:
        return paragraph(*sentences)
    sentences.append(_project_budgets(projects))
    if len(projects) == 1:
        return (*paragraph(*sentences), *own_lines(projects[0].form.purpose))
    return (*paragraph(*sentences, "各项目预算和资金用途见下表。"), _project_table(result, projects))


def own_lines(text: str) -> tuple[Paragraph, ...]:
    """The unit's own text, a paragraph for each of its lines."""
    return tuple(Paragraph(text=line.strip(), role="quote") for line in text.splitlines() if line.strip())


def _department_budget(evaluation: Evaluation) -> str:
    execution = evaluation.execution
    if execution is None or execution.adjusted is None:
        return ""
    if execution.initial is None:
        return f"部门全年预算数{money(execution.adjusted)}。"
    change = half_up(execution.adjusted) - half_up(execution.initial)
    if change == 0:
        return f"部门年初预算数{money(execution.initial)}，年度执行中未调整，全年预算数{money(execution.adjusted)}。"
    word = "增加" if change > 0 else "减少"
    return (
        f"部门年初预算数{money(execution.initial)}，全年预算数（调整后）{money(execution.adjusted)}，"
        f"较年初预算数{word}{money(abs(change))}。"
    )


def _project_budgets(projects: tuple[Evaluation, ...]) -> str:
    if len(projects) == 1:
        only = projects[0]
        amount = only.execution.adjusted if only.execution else None
        tail = f"，全年预算数{money(amount)}" if amount is not None else ""
        return f"预算项目1个，为{only.form.name}{tail}。"
    amounts = _adjusted(projects)
    tail = f"，全年预算数合计{money(sum(amounts, ZERO))}" if amounts else ""
    return f"预算项目{len(projects)}个{tail}。"


def _adjusted(projects: tuple[Evaluation, ...]) -> list[Decimal]:
    """All adjusted budgets, or none: a sum that leaves a project out would mislead."""
    found = [e.execution.adjusted for e in projects if e.execution and e.execution.adjusted is not None]
    return found if len(found) == len(projects) else []


def _project_table(result: UnitResult, projects: tuple[Evaluation, ...]) -> Table:
    """Purposes in a line or two; the full text stands in the project's own form."""
    indices = {id(e): str(i) for i, e in enumerate(result.evaluations)}
    with_code = any(e.form.code for e in projects)
    body = []
    for place, evaluation in enumerate(projects, 1):
        amount = evaluation.execution.adjusted if evaluation.execution else None
        name = [cells.text(evaluation.form.code or "—", align="center")] if with_code else []
        body.append(
            cells.row(
                cells.text(str(place), align="center"),
                *name,
                cells.text(evaluation.form.name),
                cells.number(amount, NumberFormat.MONEY, ("adjusted", indices[id(evaluation)])),
                cells.text(_short(evaluation.form.purpose)),
            )
        )
    names = ["序号", *(["项目编码"] if with_code else []), "项目名称", "全年预算数", "资金用途"]
    shares = (7, 25, 23, 14, 31) if with_code else (8, 30, 17, 45)
    table = Table(
        name="项目概况",
        title="预算项目基本情况表",
        unit_note="单位：万元",
        widths=cells.widths(*shares),
        head=(cells.headings(*names),),
        body=tuple(body),
    )
    return fitted((table,), {len(names) - 3: 14, len(names) - 1: 16})[0]


def _short(purpose: str) -> str:
    """The first sentence of the purpose, at most some 60 characters (the form has all of it)."""
    flat = " ".join(purpose.split())
    first = flat.split("。")[0].rstrip("；;：: ")
    if len(first) <= 60:
        return first or "—"
    cut = max(first.rfind(mark, 0, 60) for mark in "，；;,、 ")
    return f"{first[: cut if cut > 20 else 60]}等"


def targets(result: UnitResult) -> Content:
    """How many indicators with how many points, by level-1 group."""
    sentences = []
    for evaluation in facts.departments(result):
        parts = [_group_words(group) for group in facts.groups(evaluation)]
        sentences.append(_counted("部门整体支出", evaluation, parts))
    projects = facts.projects(result)
    if len(projects) == 1:
        parts = [f"{g.label}{len(g.items)}项" for g in facts.groups(projects[0])]
        sentences.append(_counted(projects[0].form.name, projects[0], parts))
    elif projects:
        count = sum(len(e.indicators) for e in projects)
        each = "，".join(f"{e.form.name}{len(e.indicators)}项" for e in projects)
        detail = f"，其中：{each}" if len(projects) <= MOST_NAMED else ""
        sentences.append(f"{len(projects)}个预算项目共设置绩效指标{count}项{detail}。")
    return paragraph(*sentences)


def _counted(name: str, evaluation: Evaluation, parts: list[str]) -> str:
    """…设置绩效指标11项，其中产出指标9项，效果指标2项; the groups only where there are several."""
    divided = f"，其中{'，'.join(parts)}" if len(parts) > 1 else ""
    return f"{name}设置绩效指标{len(evaluation.indicators)}项{divided}。"


def _group_words(group: facts.Group) -> str:
    weights = [item.weight for item in group.items]
    known = [w for w in weights if w is not None]
    points = f"（{full_marks(sum(known, ZERO))}）" if len(known) == len(weights) else ""
    return f"{group.label}{len(group.items)}项{points}"
