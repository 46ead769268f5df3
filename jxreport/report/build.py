"""Assembly: outline → numbered sections, annexes, signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jxreport.model.document import Annex, Block, Document, Paragraph, Section
from jxreport.model.result import UnitResult
from jxreport.report import facts
from jxreport.report.annexes import ANNEXES
from jxreport.report.contents import CONTENTS
from jxreport.report.contents.work import counted_scope, scope_words, subject_words
from jxreport.report.draft import Draft, split
from jxreport.report.labels import relabelled
from jxreport.report.outlines import MONITORING, OUTLINES, Node, Outline
from jxreport.report.text import ordinal, resolved, spacing
from jxreport.report.title import broken

SAMPLE_NOTICE = "示例数据：本报告中的完成情况系演示虚构，不代表真实情况。"


def build_document(result: UnitResult, *, date: str = "", outline: Outline | None = None) -> Document:
    """The report of one unit: narrative by the profile's outline, forms, annexes.

    `date` is the 成文日期 as printed. `outline` replaces the profile's own; before the last checkpoint the
    report is a monitoring report. Pure: the same result gives the same document.
    """
    chosen = outline or OUTLINES[outline_name(result)]
    annexes, numbers = _annexes(result, chosen)
    words = _words(result)
    lines = tuple(line.format(**words) for line in chosen.title)
    opening = chosen.opening.format(**words)
    document = Document(
        title="".join(lines),
        title_lines=tuple(piece for line in lines for piece in broken(line)),
        unit=result.submission.unit,
        year=result.submission.year,
        as_of=result.as_of,
        date=date,
        sample_notice=SAMPLE_NOTICE if result.submission.sample else "",
        intro=(Paragraph(text=opening),) if opening else (),
        sections=_number(_drafts(result, chosen.nodes), 1, numbers),
        annexes=annexes,
        profile_note=f"{result.profile.title}（{result.profile.name}，版本{result.profile.version}）",
        signature=result.submission.unit,
        result=result,
        cover=_cover(result, chosen, date) if chosen.cover else (),
    )
    return relabelled(document, dict(result.profile.labels))


def outline_name(result: UnitResult) -> str:
    """Name of the outline: the profile's; a report before year end is a monitoring report."""
    return result.profile.outline if facts.is_year_end(result) else MONITORING.name


def _words(result: UnitResult) -> dict[str, str]:
    year = result.submission.year
    return {
        "unit": result.submission.unit,
        "year": str(year) if year is not None else "    ",
        "scope": scope_words(result),
        "subject": subject_words(result),
        "until": f"截至{result.as_of}" if result.as_of else "",
    }


def _drafts(result: UnitResult, nodes: tuple[Node, ...]) -> tuple[Draft, ...]:
    """Drafts of the nodes that have something to say; a single sub-heading divides nothing and is left out."""
    found = []
    for node in nodes:
        blocks, drafts = split(tuple(part for name in node.parts for part in CONTENTS[name](result)))
        drafts += _drafts(result, node.nodes)
        if len(drafts) == 1 and len(node.nodes) != 1:
            blocks, drafts = (*blocks, *drafts[0].blocks), drafts[0].drafts
        if blocks or drafts:
            found.append(Draft(node.heading, blocks, drafts))
    return tuple(found)


def _number(drafts: tuple[Draft, ...], level: int, annexes: Mapping[str, int]) -> tuple[Section, ...]:
    """Number the drafts and what they refer to."""
    return tuple(
        Section(
            level=level,
            number=ordinal(level, place) + spacing(ordinal(level, place), draft.heading),
            heading=draft.heading,
            blocks=tuple(_referring(block, annexes) for block in draft.blocks),
            sections=_number(draft.drafts, level + 1, annexes),
        )
        for place, draft in enumerate(drafts, 1)
    )


def _referring(block: Block, annexes: Mapping[str, int]) -> Block:
    if not isinstance(block, Paragraph):
        return block
    return replace(block, text=resolved(block.text, annexes))


def _annexes(result: UnitResult, outline: Outline) -> tuple[tuple[Annex, ...], dict[str, int]]:
    """The annexes in order, and the number of each by its name in the outline."""
    found: list[Annex] = []
    numbers: dict[str, int] = {}
    for name in outline.annexes:
        for title, blocks in ANNEXES[name](result):
            found.append(Annex(number=len(found) + 1, title=title, blocks=blocks))
            numbers.setdefault(name, found[-1].number)
    return tuple(found), numbers


def _cover(result: UnitResult, outline: Outline, date: str) -> tuple[tuple[str, str], ...]:
    year = result.submission.year
    return (
        ("部门（单位）名称", result.submission.unit),
        ("评价年度", f"{year}年" if year is not None else ""),
        ("评价范围", scope_words(result) if len(result.evaluations) == 1 else counted_scope(result)),
        ("报告日期", date),
    )
