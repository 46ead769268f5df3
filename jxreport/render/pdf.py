"""Document → PDF: Jinja2 templates, WeasyPrint, the font pack. Same document, same bytes.

Layout is made twice where an official form has merged cells: the first pass says which rows start a
page, the second cuts merged cells there (:mod:`jxreport.render.splitting`). Whatever WeasyPrint warns of,
whatever a template tries to fetch and whatever has no glyph becomes a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jxreport
from jxreport.finding import Finding, error, note
from jxreport.model.document import Document
from jxreport.render import fonts, glyphs
from jxreport.render.listening import listening
from jxreport.render.press import Press, template, undisturbed
from jxreport.render.splitting import crossing
from jxreport.render.views import (
    ONE_PAGE,
    ONE_WIDE_PAGE,
    AnnexView,
    Breaks,
    TableView,
    Viewer,
    has_merged_rows,
    seal_indent,
)

Attachment = tuple[str, bytes]

SAMPLE_HEADER = "示例数据　仅供演示"
# attachments carry a date by the standard; a fixed one keeps the bytes reproducible
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_TEMPLATE = "report.html.j2"
STYLES = ("page", "text", "table", "chart")
# the layout's own words for what the glyph gate has named with its cell
_NO_GLYPH = ".notdef glyph"
# cutting a cell repeats its label and may push a row down: look again, but not for ever
_PASSES = 5


def render_pdf(
    document: Document, *, attachments: Sequence[Attachment] = (), templates: Path | None = None
) -> tuple[bytes, tuple[Finding, ...]]:
    """The report as PDF/A-3u bytes, and findings JX7xx; an error among them means: do not ship.

    `attachments` are (name, bytes), embedded as AFRelationship Data. `templates` is a folder whose files
    take the place of the shipped ones.
    """
    has_pack = fonts.load_engine()
    findings: list[Finding] = [] if has_pack else [error("JX706")]
    findings += glyphs.check(document)
    engine = _Engine(document, templates)
    rows = sum(len(evaluation.indicators) for evaluation in document.result.evaluations)
    with undisturbed(rows), listening() as heard:
        data, shortened = _printed(engine, attachments)
    said = any(found.code == "JX702" for found in findings)
    rest = [words for words in heard if not (said and words.startswith(_NO_GLYPH))]
    return data, (*findings, *shortened, *engine.press.findings(rest))


def report_html(document: Document, templates: Path | None = None) -> str:
    """The whole report as HTML, before any page is set: what :func:`render_pdf` hands to WeasyPrint first."""
    return _Engine(document, templates).html(Viewer(document))


def _printed(engine: _Engine, attachments: Sequence[Attachment]) -> tuple[bytes, list[Finding]]:
    """The PDF, and what had to be shortened; nothing of the layout is left when it returns."""
    viewer, rendered = _laid_out(engine)
    return engine.write(rendered, attachments), viewer.findings


def _laid_out(engine: _Engine) -> tuple[Viewer, Any]:
    """The final layout: first only the annexes whose merged cells may meet a page's end, then all, until no
    cell is torn."""
    viewer = Viewer(engine.document)
    forms = tuple(annex for annex in viewer.annexes if any(_may_be_torn(block) for block in annex.blocks))
    breaks = _torn(viewer, engine.layout(viewer, forms)) if forms else {}
    for _ in range(_PASSES):
        viewer = Viewer(engine.document, breaks)
        rendered = engine.layout(viewer)
        torn = _torn(viewer, rendered)
        if all(rows <= breaks.get(name, frozenset()) for name, rows in torn.items()):
            break
        breaks = _joined(breaks, torn)
    else:
        viewer.findings += [note("JX711", None, table=viewer.tables[name].full_name) for name in torn]
    return viewer, rendered


def _torn(viewer: Viewer, rendered: Any) -> dict[str, frozenset[int]]:
    """Row indices that start a page, of the tables where a merged cell crosses one of them."""
    found = _page_starts(rendered)
    return {
        name: found[name]
        for name, table in viewer.tables.items()
        if crossing(table.body, found.get(name, frozenset()))
    }


def _joined(old: Breaks, new: Breaks) -> dict[str, frozenset[int]]:
    return {name: old.get(name, frozenset()) | new.get(name, frozenset()) for name in {**old, **new}}


def _may_be_torn(block: object) -> bool:
    if not isinstance(block, TableView) or not has_merged_rows(block.table):
        return False
    return block.height > (ONE_WIDE_PAGE if block.table.landscape else ONE_PAGE)


def _page_starts(rendered: Any) -> dict[str, frozenset[int]]:
    """For each table, the body rows that are the first of their page (after the table's first page)."""
    first: dict[str, set[int]] = {}
    seen: dict[str, int] = {}
    for number, page in enumerate(rendered.pages):
        for anchor in page.anchors:
            name, _, row = anchor.partition("r")
            if not row.isdigit():
                continue
            if seen.get(name, number) != number:
                first.setdefault(name, set()).add(int(row))
            seen[name] = number
    return {name: frozenset(rows) for name, rows in first.items()}


class _Engine:
    """The report's template and styles, for one document."""

    def __init__(self, document: Document, templates: Path | None) -> None:
        self.document, self.templates = document, templates
        self.press = Press(STYLES, templates)

    def layout(self, viewer: Viewer, annexes: tuple[AnnexView, ...] | None = None) -> Any:
        """Lay out the whole report, or only `annexes`."""
        return self.press.layout(self.html(viewer, annexes))

    def html(self, viewer: Viewer, annexes: tuple[AnnexView, ...] | None = None) -> str:
        return str(
            template(_TEMPLATE, self.templates).render(
                document=self.document,
                version=jxreport.__version__,
                notice=SAMPLE_HEADER if self.document.sample_notice else "",
                whole=annexes is None,
                seal_indent=seal_indent(self.document.signature, self.document.date),
                intro=viewer.intro,
                sections=viewer.sections,
                annexes=viewer.annexes if annexes is None else annexes,
            )
        )

    def write(self, rendered: Any, attachments: Sequence[Attachment]) -> bytes:
        from weasyprint import Attachment as Embedded

        rendered.metadata.attachments = [
            Embedded(
                string=data, name=name, created=_EPOCH, modified=_EPOCH, relationship="Data", description=name
            )
            for name, data in attachments
        ]
        return self.press.write(rendered)
