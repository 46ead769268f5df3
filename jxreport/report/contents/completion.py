"""绩效目标完成情况分析: goals, then indicators by level-1 group, in sentences that follow the facts."""

from __future__ import annotations

from dataclasses import replace

from jxreport.model.document import Block, Paragraph, Row, Table
from jxreport.model.result import Evaluation, IndicatorScore, UnitResult
from jxreport.model.submission import Goal
from jxreport.number import HUNDRED
from jxreport.report import cells, facts
from jxreport.report.contents.conclusion import standing_words, total_words
from jxreport.report.contents.deviation import DEVIATIONS
from jxreport.report.draft import Content, Draft, paragraph
from jxreport.report.facts import Group, Standing
from jxreport.report.fitting import fitted
from jxreport.report.forms.blocks import achieved
from jxreport.report.items import actual_words, target_words
from jxreport.report.text import (
    MISSING,
    PENDING,
    clause,
    full_marks,
    listed,
    marks,
    numbered,
    percent,
    refer,
)

# groups with more lost indicators than this are summed up; the deviations table has each
MOST_DESCRIBED = 5
MOST_GOALS = 20


def goals(result: UnitResult) -> Content:
    """Expected goals beside what the unit says was achieved."""
    found = [(e, goal) for e in result.evaluations for goal in e.form.goals]
    if not found:
        return ()
    if len(found) == 1:
        evaluation, goal = found[0]
        done = achieved(goal)
        return paragraph(
            f"{facts.owner(evaluation)}年度总体目标为：{clause(goal.expected.text) or MISSING}。实际完成情况：{clause(done)}。"
        )
    rated = [g.rate.value for _, g in found if g.rate is not None and g.rate.value is not None]
    full = sum(1 for rate in rated if rate >= HUNDRED)
    words = f"本年度共设置总体目标{len(found)}项。"
    if rated and len(rated) == len(found):
        words = f"本年度共设置总体目标{len(found)}项，{_rate_words(full, len(found))}。"
    if len(found) <= MOST_GOALS:
        return (*paragraph(words, "各项目标完成情况见下表。"), _goal_table(found))
    behind = [(e, goal) for e, goal in found if not _is_reached(goal)]
    if not behind:
        return paragraph(words, "各项目标完成情况见所附自评表。")
    return (*paragraph(words, "未全部完成或待补充的见下表，其余见所附自评表。"), _goal_table(behind))


def _rate_words(full: int, count: int) -> str:
    if full in (0, count):
        return f"总体完成率均{'' if full else '未'}达到100%"
    return f"总体完成率达到100%的{full}项，未达到100%的{count - full}项"


def _is_reached(goal: Goal) -> bool:
    rate = goal.rate.value if goal.rate is not None else None
    return achieved(goal) != MISSING and (rate is None or rate >= HUNDRED)


def _goal_table(found: list[tuple[Evaluation, Goal]]) -> Table:
    """Goals under bands with the names of their forms; a column names them where most have a single goal."""
    owners = [facts.owner(evaluation) for evaluation, _ in found]
    several, rated = len(set(owners)) > 1, any(goal.rate is not None for _, goal in found)
    banded = several and 2 * len(found) >= 3 * len(set(owners))
    named = several and not banded
    body: list[Row] = []
    for place, (owner, (_, goal)) in enumerate(zip(owners, found, strict=True), 1):
        if banded and (place == 1 or owners[place - 2] != owner):
            body.append(cells.band(owner, 4 if rated else 3, group=f"goals-{owner}"))
        row = _goal_row(place, owner if named else "", goal, rated)
        body.append(replace(row, group=f"goals-{owner}"))
    names = ["序号", *(["评价对象"] if named else []), "预期目标", "实际完成情况", *(["总体完成率"] if rated else [])]
    first, last = ((7, 18) if named else (7,)), ((14,) if rated else ())
    room = 100 - sum(first) - sum(last)
    table = Table(
        name="总体目标",
        title="年度总体目标完成情况表",
        widths=cells.widths(*first, room // 2, room - room // 2, *last),
        head=(cells.headings(*names),),
        body=tuple(body),
    )
    return fitted((table,), {len(first): 24, len(first) + 1: 24})[0]


def _goal_row(place: int, owner: str, goal: Goal, rated: bool) -> Row:
    rate = goal.rate.value if goal.rate is not None else None
    return cells.row(
        cells.text(str(place), align="center"),
        *((cells.text(owner),) if owner else ()),
        cells.text(goal.expected.text.strip() or MISSING),
        cells.text(achieved(goal)),
        *((cells.text(percent(rate), align="center"),) if rated else ()),
    )


def department_completion(result: UnitResult) -> Content:
    """The department's indicators by level-1 group, in sentences that follow the facts."""
    parts: list[Block | Draft] = []
    for evaluation in facts.departments(result):
        parts.extend(_by_group(result, evaluation))
    return tuple(parts)


def _by_group(result: UnitResult, evaluation: Evaluation) -> Content:
    """A heading for each level-1 group; none where the form has a single one."""
    found = facts.groups(evaluation)
    told = [(*paragraph(group_words(result, group)), *_details(result, group.items)) for group in found]
    if len(found) == 1:
        return told[0]
    return tuple(Draft(group.label, blocks) for group, blocks in zip(found, told, strict=True))


def project_completion(result: UnitResult) -> Content:
    """Each project with its own heading while they are few; else only those with something to say."""
    projects = facts.projects(result)
    if len(projects) == 1 and facts.departments(result):
        return project_blocks(result, projects[0])
    if len(projects) == 1:
        return _by_group(result, projects[0])
    if len(projects) <= MOST_DESCRIBED:
        return tuple(Draft(e.form.name, project_blocks(result, e, name="该项目")) for e in projects)
    clear = [e for e in projects if len(facts.of(e, Standing.FULL)) == len(e.indicators)]
    rest = [e for e in projects if e not in clear]
    words = ""
    if clear:
        words = f"{listed([e.form.name for e in clear], measure='个项目')}的绩效指标均已得满分。"
    if rest:
        words += f"其余{len(rest)}个项目有指标未得满分或待确认，说明如下。" if clear else "各项目说明如下。"
    lines = [Paragraph(text=numbered(f"{place}.", _project_line(result, e))) for place, e in enumerate(rest, 1)]
    return (*paragraph(words), *lines)


def _project_line(result: UnitResult, evaluation: Evaluation) -> str:
    """A project in one sentence, for units with many."""
    lost = facts.of(evaluation, Standing.LOST)
    names = [f"{i.indicator.name}（扣{marks(facts.lost(i))}）" for i in lost]
    short = f"未得满分的指标为{listed(names, limit=4)}。" if lost else ""
    head = total_words(result, evaluation)
    waiting = _waiting_words(facts.of(evaluation, Standing.WAITING))
    return head + standing_words(result, (evaluation,)) + short + waiting


def project_blocks(result: UnitResult, evaluation: Evaluation, *, name: str | None = None) -> tuple[Paragraph, ...]:
    """One paragraph of standing, one for what was lost, one for what waits; `name` where the heading has said it."""
    met = facts.of(evaluation, Standing.FULL)
    words = [total_words(result, evaluation, name=name), standing_words(result, (evaluation,))]
    if met and len(met) < len(evaluation.indicators):
        words.append(f"得满分的指标为{listed([i.indicator.name for i in met])}。")
    return (*paragraph(*words), *_details(result, evaluation.indicators))


def group_words(result: UnitResult, group: Group) -> str:
    """产出指标9项，分值81分，得分78.00分，得分率96.30%。其中…."""
    met, lost = group.of(Standing.FULL), group.of(Standing.LOST)
    count = len(group.items)
    if not met and not lost:
        return f"{group.label}{count}项，均尚无得分。"
    waiting = count - len(met) - len(lost)
    scored = "" if not waiting else f"已评定{count - waiting}项，对应"
    head = f"{group.label}{count}项，{scored}分值{full_marks(group.full)}，得分{marks(group.score)}，得分率{percent(group.rate)}。"
    if not lost and not waiting:
        return f"{head.removesuffix('。')}，全部得满分。" if count > 1 else head
    return head + _met_words(met)


def _met_words(met: tuple[IndicatorScore, ...]) -> str:
    if not met:
        return ""
    return f"{listed([item.indicator.name for item in met])}得满分。"


def _details(result: UnitResult, items: tuple[IndicatorScore, ...]) -> tuple[Paragraph, ...]:
    """A paragraph each for what fell short, what waits, what does not apply, what went far over."""

    def of(standing: Standing) -> tuple[IndicatorScore, ...]:
        return tuple(item for item in items if facts.standing_of(item) is standing)

    return (
        *paragraph(_lost_words(result, of(Standing.LOST))),
        *paragraph(_waiting_words(of(Standing.WAITING))),
        *paragraph(_excluded_words(of(Standing.EXCLUDED))),
        *paragraph(_overshoot_words(items)),
    )


def _lost_words(result: UnitResult, lost: tuple[IndicatorScore, ...]) -> str:
    """What fell short, one after the other; the causes stand in the deviations table."""
    told = [_shortfall(result, item) for item in lost[:MOST_DESCRIBED]]
    more = len(lost) - MOST_DESCRIBED
    if not told:
        return ""
    rest = f"另有{more}项未得满分，见《{DEVIATIONS}》。" if more > 0 else ""
    return f"{'；'.join(told)}。{rest}"


def _shortfall(result: UnitResult, item: IndicatorScore) -> str:
    """Target, actual, points lost of one indicator."""
    name, actual, target = item.indicator.name, actual_words(item), target_words(item)
    lost = f"得{marks(item.score)}，扣{marks(facts.lost(item))}"
    if actual and target:
        return f"{name}指标值为{target}，实际完成{actual}，{lost}"
    if actual and item.value is None:
        return f"{name}评定为“{actual}”，{lost}"
    return f"{name}{f'实际为{actual}，' if actual else ''}{lost}"


def _waiting_words(items: tuple[IndicatorScore, ...]) -> str:
    if not items:
        return ""
    names = listed([item.indicator.name for item in items])
    return f"{names}{_todo(items)}{refer('findings', '，具体见{}')}。"


def _todo(items: tuple[IndicatorScore, ...]) -> str:
    """What is awaited of these indicators: the actual itself, or an answer about the rule."""
    blank = [item for item in items if actual_words(item) == "" and not item.questions]
    if len(blank) == len(items):
        return f"的实际完成情况{MISSING}，需补充填报"
    return f"{PENDING}，需补充填报、确认评分标准的读法或人工评定"


def _excluded_words(items: tuple[IndicatorScore, ...]) -> str:
    parts = []
    for item in items:
        statement = item.indicator.not_applicable
        why = clause(statement.text) if statement is not None and statement.text else MISSING
        parts.append(f"{item.indicator.name}不适用，未计入得分（{why}）。")
    return "".join(parts)


def _overshoot_words(items: tuple[IndicatorScore, ...]) -> str:
    over = [item.indicator.name for item in items if item.overshoot]
    return f"{listed(over)}的实际完成值明显高于指标值，原因见《{DEVIATIONS}》。" if over else ""
