"""The overview (汇总) as one or two pages. Same overview, same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import jxreport
from jxreport.finding import Finding, error
from jxreport.model.overview import OverviewPages
from jxreport.render import fonts, glyphs
from jxreport.render.listening import listening
from jxreport.render.press import Press, template
from jxreport.render.views import Viewer

MOST_PAGES = 2

_TEMPLATE = "overview.html.j2"
_STYLES = ("page", "text", "table", "chart", "overview")


def render_overview_pdf(
    editions: Sequence[OverviewPages], *, templates: Path | None = None
) -> tuple[bytes, tuple[Finding, ...]]:
    """PDF/A-3u bytes of the first edition that fits on two pages (else of the last), and findings JX7xx.

    An error among them means: do not ship.
    """
    findings: list[Finding] = [] if fonts.load_engine() else [error("JX706")]
    press = Press(_STYLES, templates)
    with listening() as heard:
        for pages in editions:
            viewer = Viewer(pages)
            rendered = press.layout(_html(pages, viewer, templates))
            if len(rendered.pages) <= MOST_PAGES:
                break
        data = press.write(rendered)
    texts = [*pages.title_lines, pages.remark, *glyphs.block_texts(pages.intro, pages.sections)]
    return data, (*findings, *glyphs.check_texts(texts), *viewer.findings, *press.findings(heard))


def _html(pages: OverviewPages, viewer: Viewer, templates: Path | None) -> str:
    filled = template(_TEMPLATE, templates).render(
        pages=pages, sections=viewer.sections, version=jxreport.__version__
    )
    return str(filled)
