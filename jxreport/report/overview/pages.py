"""The overview as one or two pages for whoever leads: what came out, who lags behind, what is missing.

Lists are cut to what two pages hold; what was left out is said, and stands in 汇总.xlsx. How long names and
reasons will run nobody knows before they are set, so there is an edition for each size of the lists.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from jxreport.model.document import Block, Chart, Paragraph, Section, Series
from jxreport.model.overview import (
    DEPARTMENT,
    EXECUTION,
    GRADE,
    MONITORING,
    PROJECT,
    TOTAL,
    Overview,
    OverviewPages,
)
from jxreport.number import HUNDRED, ZERO, fixed, grouped
from jxreport.report.overview import lists
from jxreport.report.overview.lists import Room
from jxreport.report.overview.words import BOOK, KIND_WORDS, base_of
from jxreport.report.text import ordinal


def build_editions(overview: Overview) -> tuple[OverviewPages, ...]:
    """The printed pages in editions from long to short lists; the first that fits on two pages serves."""
    return tuple(_edition(overview, room) for room in lists.ROOMS)


def _edition(overview: Overview, room: Room) -> OverviewPages:
    """Numbered parts, each only where there is something to say."""
    found = [(heading, blocks) for heading, make in _PARTS if (blocks := make(overview, room))]
    return OverviewPages(
        overview=overview,
        title_lines=(overview.title,),
        remark="　".join(part for part in _remark(overview) if part),
        sections=tuple(
            Section(level=1, number=ordinal(1, number), heading=heading, blocks=blocks)
            for number, (heading, blocks) in enumerate(found, 1)
        ),
    )


def _remark(overview: Overview) -> tuple[str, ...]:
    until = f"截至：{overview.as_of}" if overview.as_of else ""
    return f"口径：{overview.profile}" if overview.profile else "", until, overview.date


def _situation(overview: Overview, room: Room) -> tuple[Block, ...]:
    return (
        Paragraph(text="".join((_counted(overview), _scored(overview), _expected(overview), _spent(overview), _open(overview)))),
    )


def _counted(overview: Overview) -> str:
    kinds = [(KIND_WORDS[kind], len(overview.of_kind(kind))) for kind in KIND_WORDS]
    listed = "、".join(f"{word}{number}项" for word, number in kinds if number)
    return f"本次汇总材料{overview.materials}份，涉及单位{overview.units}个" + (
        f"，其中评价{listed}。" if listed else "。"
    )


def _scored(overview: Overview) -> str:
    return "".join(_scored_kind(overview, kind) for kind in (DEPARTMENT, PROJECT))


def _scored_kind(overview: Overview, kind: str) -> str:
    rows = overview.of_kind(kind)
    shares = [row.share for row in rows if row.share is not None]
    if not shares:
        return f"{KIND_WORDS[kind]}评价均未得出总分。" if rows else ""
    mean = fixed(sum(shares, ZERO) / len(shares))
    grades = "、".join(f"{label}{number}项" for label, number in _grade_counts(overview, kind) if number)
    lacking = len(rows) - len(shares)
    rest = f"，{lacking}项尚未得出总分" if lacking else ""
    return f"{KIND_WORDS[kind]}评价平均得分率{mean}%（{grades}）{rest}。"


def _expected(overview: Overview) -> str:
    """Before year end: how sure the units are of their targets."""
    counts: dict[str, int] = {}
    for row in overview.rows:
        for word, number in row.likelihoods:
            counts[word] = counts.get(word, 0) + number
    said = "、".join(f"“{word}”{number}项" for word, number in counts.items() if number)
    return f"完成目标可能性：{said}。" if said else ""


def _grade_counts(overview: Overview, *kinds: str) -> list[tuple[str, int]]:
    rows = overview.of_kind(*kinds)
    return [(label, sum(row.grade == label for row in rows)) for label in overview.grades]


def _spent(overview: Overview) -> str:
    """Money once: of the departments, or of the projects where no department was evaluated."""
    for kind in (DEPARTMENT, PROJECT, MONITORING):
        rows = overview.of_kind(kind)
        pairs = [(base, row.executed) for row in rows if row.executed is not None and (base := base_of(row))]
        if pairs:
            budget = sum((pair[0] for pair in pairs), ZERO)
            executed = sum((pair[1] for pair in pairs), ZERO)
            rest = f"（{len(rows) - len(pairs)}项没有执行数据，未计入）" if len(pairs) < len(rows) else ""
            return (
                f"{KIND_WORDS[kind]}预算合计{grouped(budget)}万元，已执行{grouped(executed)}万元，"
                f"执行率{fixed(executed * HUNDRED / budget)}%{rest}。"
            )
    return ""


def _open(overview: Overview) -> str:
    waiting = sum(row.waiting for row in overview.rows)
    monitored = bool(overview.rows) and all(row.kind == MONITORING for row in overview.rows)
    back = sum(not row.failed for row in overview.returned)
    failed = len(overview.returned) - back
    parts = [
        f"{waiting}项指标{'待填报运行监控' if monitored else '待填报、确认或人工评分'}" if waiting else "",
        f"退回修改{back}份" if back else "",
        f"未能处理{failed}份" if failed else "",
    ]
    said = "，".join(part for part in parts if part)
    return f"{said}。" if said else f"所有材料均已完成{'填报' if monitored else '评分'}。"


def _distribution(overview: Overview, room: Room) -> tuple[Block, ...]:
    """Bars of the grades, departments if there are any, else projects."""
    for kind in (DEPARTMENT, PROJECT):
        counts = _grade_counts(overview, kind)
        whole = sum(number for _, number in counts)
        if whole:
            return (_bars(f"{KIND_WORDS[kind]}评价等级分布", counts, whole),)
    return ()


def _bars(title: str, counts: Sequence[tuple[str, int]], whole: int) -> Chart:
    shares = tuple(Decimal(number) * HUNDRED / whole for _, number in counts)
    return Chart(
        kind="scores",
        name="等级分布",
        title=title,
        labels=tuple(label for label, _ in counts),
        series=(Series(name=title, values=shares, role="score"),),
        captions=tuple(f"{number}项" for _, number in counts),
    )


def _changed(overview: Overview, room: Room) -> tuple[Block, ...]:
    if overview.changes is None:
        return ()
    if not overview.changes:
        return (Paragraph(text="上次已有的各项得分没有变化。"),)
    items = [row.item for row in overview.changes]
    counts = (
        ("总分有变化的评价{}项", items.count(TOTAL)),
        ("等级有变化的评价{}项", items.count(GRADE)),
        ("指标得分有变化{}处", sum(item not in (TOTAL, GRADE, EXECUTION) for item in items)),
        ("预算执行得分有变化{}处", items.count(EXECUTION)),
    )
    said = "，".join(words.format(number) for words, number in counts if number)
    return (Paragraph(text=f"{said}。明细见{BOOK}。"),)


_PARTS: tuple[tuple[str, Callable[[Overview, Room], tuple[Block, ...]]], ...] = (
    ("总体情况", _situation),
    ("等级分布", _distribution),
    ("评价排名", lists.ranking),
    ("支出进度", lists.pace),
    ("退回修改和未能处理的材料", lists.back),
    ("常见问题", lists.common),
    ("与上次汇总相比", _changed),
)
