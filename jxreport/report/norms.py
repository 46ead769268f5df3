"""附件 评价口径说明: profile and version, its numbers with their sources, what a convention decided."""

from __future__ import annotations

from decimal import Decimal

from jxreport.model.document import Block, Paragraph, Table
from jxreport.model.profile import ExecutionRule, Profile, ReverseRule
from jxreport.model.result import UnitResult
from jxreport.number import plain
from jxreport.report import cells, facts
from jxreport.report.contents.work import grade_words
from jxreport.report.fitting import fitted
from jxreport.report.text import NOTHING


def blocks(result: UnitResult) -> tuple[Block, ...]:
    """The annex: the profile's numbers with their sources, then conventions and chosen readings."""
    profile = result.profile
    opening = Paragraph(text=f"本报告采用“{profile.title}”（标识{profile.name}，版本{profile.version}），主要内容如下。")
    found: list[Block] = [opening, _profile_table(profile)]
    decided = _decided(result)
    if decided is not None:
        found.append(Paragraph(text="评分标准未写明之处，按下列约定或本单位确认的读法处理。"))
        found.append(decided)
    return tuple(found)


def _profile_table(profile: Profile) -> Table:
    sources = dict(profile.sources)
    rows = [
        cells.row(cells.label(name), cells.text(words), cells.text(sources.get(key, NOTHING), align="center"))
        for key, name, words in _lines(profile)
        if words
    ]
    table = Table(
        name="评价口径",
        title="评价口径表",
        widths=cells.widths(18, 56, 26),
        head=(cells.headings("事项", "口径", "出处"),),
        body=tuple(rows),
    )
    return fitted((table,), {0: 15, 1: 30, 2: 18})[0]


def _lines(profile: Profile) -> list[tuple[str, str, str]]:
    """(key of the source, what, the profile's numbers in words)."""
    split = "，".join(f"{name}{plain(points)}分" for name, points in profile.weights.groups)
    lights = profile.lights
    explain = profile.execution_explain_below
    return [
        ("weights", "分值结构", f"预算执行率{plain(profile.weights.execution)}分，{split}（仅在目标表未载明分值时作为建议分值）"),
        ("tiers", "定性指标分档", "；".join(_tier(t.label, t.low, t.high) for t in profile.tiers)),
        ("norm.reverse", "反向指标计分", _reverse(profile)),
        ("norm.overshoot", "超额完成", f"实际完成值达到指标值的{plain(profile.overshoot)}%及以上的，须说明原因"),
        ("execution", "预算执行率计分", _execution(profile)),
        ("execution.explain_below", "执行率说明", f"低于{plain(explain)}%的须说明" if explain is not None else ""),
        ("norm.pass_mark", "及格线", f"低于指标值{plain(profile.pass_mark)}%的不得分" if profile.pass_mark is not None else ""),
        ("grades", "评价等级", grade_words(profile)),
        (
            "lights",
            "支付进度预警",
            f"支付进度率低于{plain(lights.red)}%为红灯，低于{plain(lights.yellow)}%为黄灯，其余为绿灯；"
            f"{'、'.join(lights.cause_required)}灯须说明原因",
        ),
        ("rounding", "小数取舍", "得分四舍五入保留两位小数，由未取舍的比率计算；总分为各项得分之和"),
    ]


def _tier(label: str, low: Decimal, high: Decimal) -> str:
    return f"{label}：分值的{plain(low)}%至{plain(high)}%"


def _reverse(profile: Profile) -> str:
    if profile.reverse is ReverseRule.INVERSE:
        return "超过指标值的，按指标值与实际完成值之比计分"
    return "超过指标值的，按超出比例扣减，超出一倍及以上不得分"


def _execution(profile: Profile) -> str:
    if profile.execution is ExecutionRule.BANDED:
        bands = sorted(profile.execution_bands, key=lambda band: band.low, reverse=True)
        return "，".join(f"{band.label or plain(band.low)}" for band in bands)
    basis = "按取舍后的执行率" if profile.execution_from_printed_rate else "按未取舍的执行率"
    return f"执行率×分值，{basis}计算，最高为满分"


def _decided(result: UnitResult) -> Table | None:
    rows = []
    for evaluation in result.evaluations:
        for item in evaluation.indicators:
            steps = [step.text for step in item.trace if step.kind == "convention"]
            if steps:
                rows.append((f"{item.indicator.name}\n（{facts.owner(evaluation)}）", "\n".join(steps), "约定"))
    rows.extend((r.sentence, r.choice, "本单位确认") for r in result.submission.readings)
    if not rows:
        return None
    return Table(
        name="约定和读法",
        title="约定和读法表",
        widths=cells.widths(34, 50, 16),
        head=(cells.headings("指标或评分标准", "约定或读法", "来源"),),
        body=tuple(cells.row(cells.text(a), cells.text(b), cells.text(c, align="center")) for a, b, c in rows),
    )
