"""Use and publication of results, other matters. Nothing is promised in the unit's name."""

from __future__ import annotations

from jxreport.model.document import Paragraph
from jxreport.model.result import UnitResult
from jxreport.report import facts
from jxreport.report.contents.overview import quote
from jxreport.report.draft import Content, paragraph
from jxreport.report.facts import Standing
from jxreport.report.text import listed, numbered, refer

USAGE_WORDS = ("结果应用", "应用和公开", "自评结果公开")
EXPERIENCE_WORDS = ("经验", "做法")
SUGGESTION_WORDS = ("建议",)
KEY_EVALUATION_WORDS = ("重点绩效评价", "重点评价")


def _own(result: UnitResult, words: tuple[str, ...]) -> tuple[Paragraph, ...]:
    blocks = [*result.submission.narrative]
    for evaluation in result.evaluations:
        blocks.extend(evaluation.form.narrative)
    return quote(tuple(blocks), words)


def usage(result: UnitResult) -> Content:
    """The unit's own text; else only what the duty itself says."""
    return _own(result, USAGE_WORDS) or paragraph(
        f"本报告及所附绩效自评表按照预算绩效管理要求报送财政部门。{facts.doing(result)}结果的应用和公开，"
        "按照财政部门和政府信息公开的有关规定办理。"
    )


def experience(result: UnitResult) -> Content:
    """主要经验做法, in the unit's own words."""
    return _own(result, EXPERIENCE_WORDS)


def suggestions(result: UnitResult) -> Content:
    """Suggestions, in the unit's own words."""
    return _own(result, SUGGESTION_WORDS)


def key_evaluation(result: UnitResult) -> Content:
    """重点绩效评价开展情况, in the unit's own words."""
    return _own(result, KEY_EVALUATION_WORDS)


def other(result: UnitResult) -> Content:
    """Open questions, exclusions, hand-made scores that differ, conversion of units."""
    parts: list[str] = []
    waiting = [i for e in result.evaluations for i in facts.of(e, Standing.WAITING)]
    if waiting and facts.is_year_end(result):  # before, nothing is scored
        until = "确认后得分和等级以更新后的报告为准"
        parts.append(f"尚有{len(waiting)}项指标（{_whose(result)}）待补充数据或确认，{until}。")
    parts.extend(f"{facts.owner(e)}：{e.rescaling}。" for e in result.evaluations if e.rescaling)
    differing = _differing(result)
    if differing:
        parts.append(f"{listed(differing)}的填报得分与按评分标准计算的得分不一致，本报告采用计算得分，差异{refer('findings', '见{}')}。")
    warned = [f for f in result.findings if f.code]
    if warned:
        parts.append(f"经核查，填报数据和绩效目标表有{len(warned)}处需要更正或说明{refer('findings', '，详见{}')}。")
    texts = [numbered(f"{place}.", text) for place, text in enumerate(parts, 1)] if len(parts) > 1 else parts
    return tuple(Paragraph(text=text) for text in texts)


def _whose(result: UnitResult) -> str:
    """The waiting indicators by name, or how many in which form where there are several."""
    found = [(facts.owner(e), facts.of(e, Standing.WAITING)) for e in result.evaluations]
    found = [(owner, items) for owner, items in found if items]
    if len(found) == 1:
        return listed([item.indicator.name for item in found[0][1]], measure="")
    return listed([f"{owner}{len(items)}项" for owner, items in found], measure="个评价对象")


def _differing(result: UnitResult) -> list[str]:
    return [
        item.indicator.name
        for evaluation in result.evaluations
        for item in evaluation.indicators
        if item.score is not None
        and item.indicator.stated_score is not None
        and item.indicator.stated_score.value is not None
        and item.indicator.stated_score.value != item.score
    ]
