"""Document → PDF: Jinja2 templates, WeasyPrint, the font pack. Same document, same bytes.

Layout is made twice where an official form has merged cells: the first pass says which rows start a
page, the second cuts merged cells there (:mod:`jxreport.render.splitting`). Whatever WeasyPrint warns of,
whatever a template tries to fetch and whatever has no glyph becomes a finding.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jxreport
from jxreport import resources
from jxreport.finding import Finding, error
from jxreport.model.document import Document
from jxreport.render import fonts, glyphs, justify
from jxreport.render.splitting import crossing
from jxreport.render.views import AnnexView, Breaks, TableView, Viewer, needs_measuring, seal_indent

Attachment = tuple[str, bytes]

SAMPLE_HEADER = "示例数据　仅供演示"
_OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/a-3u", "pdf_tags": True}
# attachments carry a date by the standard; a fixed one keeps the bytes reproducible
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_STYLES = ("page", "text", "table", "chart")
# cutting a cell repeats its label and may push a row down: look again, but not for ever
_PASSES = 4


def render_pdf(
    document: Document, *, attachments: Sequence[Attachment] = (), templates: Path | None = None
) -> tuple[bytes, tuple[Finding, ...]]:
    """The report as PDF/A-3u bytes, and findings JX7xx; an error among them means: do not ship.

    `attachments` are (name, bytes), embedded as AFRelationship Data. `templates` is a folder whose files
    take the place of the shipped ones.
    """
    has_pack = fonts.prepare()
    justify.install()
    findings: list[Finding] = [] if has_pack else [error("JX706")]
    findings += glyphs.check(document)
    engine = _Engine(document, templates)
    with _warnings() as heard:
        viewer, rendered = _laid_out(engine)
        data = engine.write(rendered, attachments)
    findings += viewer.findings
    findings += [error("JX703", None, url=url) for url in engine.denied]
    findings += [error("JX701", None, detail=detail) for detail in dict.fromkeys(heard)]
    return data, tuple(findings)


def _laid_out(engine: _Engine) -> tuple[Viewer, Any]:
    """The final layout: first only the annexes with merged cells, then all, until no cell is torn."""
    viewer = Viewer(engine.document)
    forms = tuple(annex for annex in viewer.annexes if any(_merged(block) for block in annex.blocks))
    breaks = _torn(viewer, engine.layout(viewer, forms)) if forms else {}
    for _ in range(_PASSES):
        viewer = Viewer(engine.document, breaks)
        rendered = engine.layout(viewer)
        torn = _torn(viewer, rendered)
        if all(rows <= breaks.get(name, frozenset()) for name, rows in torn.items()):
            break
        breaks = _joined(breaks, torn)
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


def _merged(block: object) -> bool:
    return isinstance(block, TableView) and needs_measuring(block)


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


@dataclass(slots=True)
class _Engine:
    """WeasyPrint with this process's fonts, styles and templates, for one document."""

    document: Document
    templates: Path | None
    _fetcher: Any = None

    @property
    def denied(self) -> list[str]:
        return list(dict.fromkeys(self._fetcher.denied)) if self._fetcher is not None else []

    def layout(self, viewer: Viewer, annexes: tuple[AnnexView, ...] | None = None) -> Any:
        """Lay out the whole report, or only `annexes`."""
        from weasyprint import HTML

        from jxreport.render.fetcher import AssetFetcher

        if self._fetcher is None:
            self._fetcher = AssetFetcher()
        parsed = HTML(string=self._html(viewer, annexes), url_fetcher=self._fetcher)
        return parsed.render(
            font_config=fonts.configuration(), stylesheets=list(_styles(self.templates)), **_OPTIONS
        )

    def _html(self, viewer: Viewer, annexes: tuple[AnnexView, ...] | None) -> str:
        return str(
            _template(self.templates).render(
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
        return bytes(rendered.write_pdf(**_OPTIONS))


@cache
def _template(templates: Path | None) -> Any:
    """The compiled report template; autoescape on, no undefined names, no text from a workbook as code."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folders = [resources.find("report", templates)]
    if templates is not None:
        folders.append(resources.find("report"))
    environment = Environment(
        loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined, auto_reload=False
    )
    return environment.get_template("report.html.j2")


@cache
def _styles(templates: Path | None) -> tuple[Any, ...]:
    from weasyprint import CSS

    from jxreport.render.fetcher import AssetFetcher

    texts = (resources.find(f"report/css/{name}.css", templates).read_text("utf-8") for name in _STYLES)
    return tuple(
        CSS(string=text, font_config=fonts.configuration(), url_fetcher=AssetFetcher()) for text in texts
    )


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """WeasyPrint's warnings and errors while the block runs, as texts."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    listener = Listener(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield heard
    finally:
        logger.removeHandler(listener)
