"""Assembly: outline → numbered sections, annexes, signature."""

from __future__ import annotations

from jxreport.model.document import Annex, Document, Paragraph, Section
from jxreport.model.result import UnitResult
from jxreport.report import facts
from jxreport.report.annexes import ANNEXES
from jxreport.report.contents import CONTENTS
from jxreport.report.contents.work import counted_scope, scope_words, subject_words
from jxreport.report.draft import Draft, split
from jxreport.report.outlines import MONITORING, OUTLINES, Node, Outline
from jxreport.report.text import ordinal

SAMPLE_NOTICE = "示例数据：本报告中的完成情况系演示虚构，不代表真实情况。"


def build_document(result: UnitResult, *, date: str = "", outline: Outline | None = None) -> Document:
    """The report of one unit: narrative by the profile's outline, forms, annexes.

    `date` is the 成文日期 as printed. `outline` replaces the profile's own; before the last checkpoint the
    report is a monitoring report. Pure: the same result gives the same document.
    """
    chosen = outline or outline_of(result)
    words = _words(result)
    lines = tuple(line.format(**words) for line in chosen.title)
    opening = chosen.opening.format(**words)
    return Document(
        title="".join(lines),
        title_lines=lines,
        unit=result.submission.unit,
        year=result.submission.year,
        as_of=result.as_of,
        date=date,
        sample_notice=SAMPLE_NOTICE if result.submission.sample else "",
        intro=(Paragraph(text=opening),) if opening else (),
        sections=_number(_drafts(result, chosen.nodes), 1),
        annexes=_annexes(result, chosen),
        profile_note=f"{result.profile.title}（{result.profile.name}，版本{result.profile.version}）",
        signature=result.submission.unit,
        result=result,
        cover=_cover(result, chosen, date) if chosen.cover else (),
    )


def outline_of(result: UnitResult) -> Outline:
    """The outline the profile names; a report before year end is a monitoring report."""
    return OUTLINES[result.profile.outline] if facts.is_year_end(result) else MONITORING


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
    """Drafts of the nodes that have something to say."""
    found = []
    for node in nodes:
        blocks, drafts = split(tuple(part for name in node.parts for part in CONTENTS[name](result)))
        drafts += _drafts(result, node.nodes)
        if blocks or drafts:
            found.append(Draft(node.heading, blocks, drafts))
    return tuple(found)


def _number(drafts: tuple[Draft, ...], level: int) -> tuple[Section, ...]:
    """Number the drafts; a single sub-heading still gets its number, as the outline asks."""
    return tuple(
        Section(
            level=level,
            number=ordinal(level, place),
            heading=draft.heading,
            blocks=draft.blocks,
            sections=_number(draft.drafts, level + 1),
        )
        for place, draft in enumerate(drafts, 1)
    )


def _annexes(result: UnitResult, outline: Outline) -> tuple[Annex, ...]:
    found = [draft for name in outline.annexes for draft in ANNEXES[name](result)]
    return tuple(Annex(number=n, title=title, blocks=blocks) for n, (title, blocks) in enumerate(found, 1))


def _cover(result: UnitResult, outline: Outline, date: str) -> tuple[tuple[str, str], ...]:
    year = result.submission.year
    return (
        ("部门（单位）名称", result.submission.unit),
        ("评价年度", f"{year}年" if year is not None else ""),
        ("评价范围", counted_scope(result)),
        ("报告日期", date),
    )
