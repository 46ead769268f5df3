"""绩效运行监控 before year end (136号): what the unit expects of each indicator. Nothing is scored."""

from __future__ import annotations

from jxreport.checks.outlooks import likelihood_of
from jxreport.model.document import Row, Table
from jxreport.model.profile import Profile
from jxreport.model.result import Evaluation, IndicatorScore, UnitResult
from jxreport.model.submission import Kind, Outlook
from jxreport.model.values import Sourced
from jxreport.report import cells, facts
from jxreport.report.draft import Content, paragraph
from jxreport.report.fitting import fitted
from jxreport.report.items import actual_words, target_words
from jxreport.report.text import MISSING, clause, listed

OUTLOOK_TABLE = "完成目标有困难的指标情况表"


def outlook(result: UnitResult) -> Content:
    """How sure the unit is of its targets: counts for each project, department rows left to year end."""
    sentences = [_words(e, result) for e in result.evaluations if e.form.kind is not Kind.DEPARTMENT]
    for evaluation in facts.departments(result):
        count, last = len(evaluation.indicators), result.profile.checkpoints[-1].label
        sentences.append(f"部门整体支出的{count}项绩效指标按全年情况评分，在{last}自评时评定。")
    return tuple(block for words in sentences for block in paragraph(words))


def _words(evaluation: Evaluation, result: UnitResult) -> str:
    """5项绩效指标中，确定能完成目标的3项，有可能完成的2项（…）。"""
    items = [item for item in evaluation.indicators if not item.indicator.is_part]
    parts = []
    for word in result.profile.likelihoods.words:
        own = [item for item in items if _chance(item, result.profile) == word]
        if own:
            names = f"（{_names(own)}）" if word in result.profile.likelihoods.cause_required else ""
            parts.append(f"“{word}”完成目标的{len(own)}项{names}")
    unknown = [item for item in items if not _chance(item, result.profile)]
    if unknown:
        parts.append(f"完成目标可能性{MISSING}的{len(unknown)}项（{_names(unknown)}）")
    return f"{facts.owner(evaluation)}共{len(items)}项绩效指标：{'，'.join(parts)}。"


def _names(items: list[IndicatorScore]) -> str:
    return listed([item.indicator.name for item in items], limit=4)


def _chance(item: IndicatorScore, profile: Profile) -> str:
    return likelihood_of(item.outlook, profile) if item.outlook is not None else ""


def outlook_deviations(result: UnitResult) -> Content:
    """The indicators whose target is in doubt, with cause and measures in the unit's own words."""
    found = [
        (evaluation, item)
        for evaluation in result.evaluations
        for item in evaluation.indicators
        if _chance(item, result.profile) in result.profile.likelihoods.cause_required
    ]
    if not found:
        return ()
    words = f"完成目标有困难的指标{len(found)}项，原因和措施见下表。"
    return (*paragraph(words), _table(result, found))


def _table(result: UnitResult, found: list[tuple[Evaluation, IndicatorScore]]) -> Table:
    several = len({id(evaluation) for evaluation, _ in found}) > 1
    body: list[Row] = []
    before: Evaluation | None = None
    for place, (evaluation, item) in enumerate(found, 1):
        if several and evaluation is not before:
            body.append(cells.band(facts.owner(evaluation), 7, group=f"outlook-{place}"))
        before = evaluation
        body.append(_row(place, item, result.profile))
    names = ("序号", "指标", "指标值", "执行情况", "全年预计", "可能性", "原因和措施")
    table = Table(
        name="完成目标有困难的指标",
        title=OUTLOOK_TABLE,
        widths=cells.widths(7, 15, 10, 16, 14, 10, 28),
        head=(cells.headings(*names),),
        body=tuple(body),
    )
    return fitted((table,), {1: 13, 2: 10, 3: 16, 4: 13, 6: 22})[0]


def _row(place: int, item: IndicatorScore, profile: Profile) -> Row:
    outlook = item.outlook
    assert outlook is not None  # only rows with a likelihood come here
    return cells.row(
        cells.text(str(place), align="center"),
        cells.text(item.indicator.name),
        cells.text(target_words(item) or "见监控表", align="center"),
        cells.text(actual_words(item) or _own(item) or MISSING),
        cells.text(_text(outlook.expected)),
        cells.text(_chance(item, profile), align="center"),
        cells.text(_reasons(outlook)),
    )


def _own(item: IndicatorScore) -> str:
    actual = item.indicator.actual
    return actual.text.strip() if actual is not None else ""


def _reasons(outlook: Outlook) -> str:
    """原因类别：说明。措施：……"""
    measure = (
        f"\n措施：{_text(outlook.measure)}"
        if outlook.measure is not None and not outlook.measure.is_blank
        else ""
    )
    return f"{_text(outlook.cause)}：{clause(_text(outlook.explanation))}。{measure}"


def _text(text: Sourced[str] | None) -> str:
    return text.text.strip() if text is not None and not text.is_blank else MISSING
