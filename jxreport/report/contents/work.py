"""How the self-evaluation was done: objects, sources, method. Only what the workbooks and profile show."""

from __future__ import annotations

from jxreport.model.profile import Profile
from jxreport.model.result import UnitResult
from jxreport.model.submission import Kind
from jxreport.number import plain
from jxreport.report import facts
from jxreport.report.contents.overview import SAFEGUARD_WORDS, quote
from jxreport.report.draft import Content, paragraph
from jxreport.report.text import listed, numeral, refer


def scope_words(result: UnitResult) -> str:
    """What was evaluated, as the title sentence names it: 部门整体支出和3个预算项目."""
    projects = facts.projects(result)
    if len(projects) != 1:
        return counted_scope(result)
    parts = ["部门整体支出"] if facts.departments(result) else []
    return "和".join([*parts, projects[0].form.name])


def counted_scope(result: UnitResult) -> str:
    """The same without names: 部门整体支出和1个预算项目."""
    parts = ["部门整体支出"] if facts.departments(result) else []
    if facts.projects(result):
        parts.append(f"{len(facts.projects(result))}个预算项目")
    return "和".join(parts) or "预算绩效目标"


def subject_words(result: UnitResult) -> str:
    """The subject in the title: 部门整体支出和预算项目, 部门整体支出, or 预算项目."""
    parts = ["部门整体支出"] if facts.departments(result) else []
    if facts.projects(result):
        parts.append("预算项目" if parts or len(facts.projects(result)) > 1 else "项目支出")
    return "和".join(parts) or "预算"


def scope(result: UnitResult) -> Content:
    """What was evaluated: forms, projects, number of indicators."""
    projects = facts.projects(result)
    count = sum(len(e.indicators) for e in result.evaluations)
    names = listed([e.form.name for e in projects], measure="个项目")
    first = f"{facts.doing(result)}范围为{scope_words(result)}" if facts.is_year_end(result) else f"监控范围为{scope_words(result)}"
    detail = f"（{names}）" if len(projects) > 1 else ""
    return paragraph(f"{first}{detail}，共涉及绩效指标{count}项。")


def method(result: UnitResult) -> Content:
    """Sources and scoring method; before year end nothing is scored. Document numbers only from the profile's own
    sources."""
    profile = result.profile
    kinds = {e.form.kind for e in result.evaluations}
    bases = ["绩效目标表", "本单位填报的完成情况"]
    if any(e.schedule for e in result.evaluations):
        bases.append("资金支出进度数据")
    if not facts.is_year_end(result):
        bases[1] = "本单位填报的运行监控情况"
        return paragraph(
            f"监控以{listed(bases)}为依据，采用目标比较法，逐项对照年度指标值分析截至{result.as_of}的执行情况和全年预计完成情况，"
            "逐项目对照资金支出计划分析支付进度。",
            f"监控口径为“{profile.title}”（版本{profile.version}），年度终了前不评定得分和等级。",
        )
    rules = any(item.indicator.rule for e in result.evaluations for item in e.indicators)
    how = "逐项按照绩效目标表载明的评分标准评定得分；" if rules else ""
    plain_norm = "未载明评分标准的定量指标，按实际完成值与指标值比较计分；" if rules else "定量指标按实际完成值与指标值比较计分；"
    tiers = "、".join(tier.label for tier in profile.tiers)
    tiered = f"定性指标按{tiers}{numeral(len(profile.tiers))}档评定。" if Kind.PROJECT in kinds and tiers else ""
    sentences = [
        f"{facts.doing(result)}以{listed(bases)}为依据，采用目标与实际比较的方法，{how}{plain_norm}{tiered}",
        "得分四舍五入保留两位小数，总分为各项得分之和。",
    ]
    if profile.grades:
        sentences.append(f"评价等级按得分占满分的百分制划分：{grade_words(profile)}。")
    steps = refer("evidence", "，各项得分的计算过程见{}")
    sentences.append(f"评分采用“{profile.title}”（版本{profile.version}）{steps}。")
    return paragraph(*sentences)


def grade_words(profile: Profile) -> str:
    """90分（含）以上为优，80分（含）至90分为良…, from the profile's bands."""
    bands = sorted(profile.grades, key=lambda band: band.low, reverse=True)
    parts = []
    for place, band in enumerate(bands):
        if place == 0:
            parts.append(f"{plain(band.low)}分（含）以上为{band.label}")
        elif band.low > 0:
            parts.append(f"{plain(band.low)}分（含）至{plain(bands[place - 1].low)}分为{band.label}")
        else:
            parts.append(f"{plain(bands[place - 1].low)}分以下为{band.label}")
    return "，".join(parts)


def safeguards(result: UnitResult) -> Content:
    """保障措施, carried over from the unit's text."""
    blocks = [*result.submission.narrative]
    for evaluation in result.evaluations:
        blocks.extend(evaluation.form.narrative)
    return quote(tuple(blocks), SAFEGUARD_WORDS)
