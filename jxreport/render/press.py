"""What every printed page shares: WeasyPrint with the font pack, templates, styles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jxreport import resources
from jxreport.finding import Finding, error
from jxreport.render import fonts
from jxreport.render.listening import listening
from jxreport.render.look import style_texts, tokens
from jxreport.render.writing import OPTIONS, pdf_bytes

# up to here a report's garbage is some 20 MB
_FEW_ROWS = 300

_LOCAL = "report/css/local.css"  # the user's own rules, after all others


class Press:
    """Lays out one document's pages; `denied` are the addresses its templates tried to fetch."""

    def __init__(self, styles: tuple[str, ...], templates: Path | None) -> None:
        from jxreport.render.fetcher import AssetFetcher

        self._styles, self._templates = styles, templates
        self._fetcher = AssetFetcher()

    @property
    def denied(self) -> list[str]:
        return list(dict.fromkeys(self._fetcher.denied))

    def layout(self, html: str) -> Any:
        """The pages of `html`, laid out and not yet written."""
        from jxreport.render import justify, lean

        justify.install()
        sheets = _stylesheets(self._styles, self._templates)
        lean.unreported(sheets.pending)
        with lean.installed():
            return lean.page(html, sheets.texts, self._fetcher).render(
                font_config=fonts.configuration(), stylesheets=list(sheets.parsed), **OPTIONS
            )

    def write(self, rendered: Any) -> bytes:
        """The PDF/A-3u of what :meth:`layout` gave."""
        from jxreport.render import lean

        with lean.installed():
            return pdf_bytes(rendered, once=lean.known_release())

    def findings(self, heard: list[str]) -> list[Finding]:
        """What was refused and what WeasyPrint warned of: a page with any of it is not shipped."""
        refused = [error("JX703", None, url=url) for url in self.denied]
        said = (*_stylesheets(self._styles, self._templates).said, *heard)
        return refused + [error("JX701", None, detail=detail) for detail in dict.fromkeys(said)]


@cache
def template(name: str, templates: Path | None) -> Any:
    """The compiled template; autoescape on, no undefined names, no text from a workbook as code."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folders = [resources.find("report", templates)]
    if templates is not None:
        folders.append(resources.find("report"))
    environment = Environment(
        loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined, auto_reload=False
    )
    environment.globals["look"] = tokens(templates)
    return environment.get_template(name)


@contextmanager
def undisturbed(rows: int) -> Iterator[None]:
    """No collection of garbage while the block sets `rows` rows: a layout is hundreds of thousands of live
    objects, and Python would walk through them all again and again. Where there are very many rows, the
    garbage of their pages is worth collecting."""
    stopped = gc.isenabled() and rows <= _FEW_ROWS
    if stopped:
        gc.disable()
    try:
        yield
    finally:
        if stopped:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Sheets:
    """The styles' text, what WeasyPrint made of it, and what it said: the styles are read once a process, and
    what is wrong with them is wrong for every report."""

    texts: str
    parsed: tuple[Any, ...]
    pending: tuple[Any, ...]
    said: tuple[str, ...]


@cache
def _stylesheets(names: tuple[str, ...], templates: Path | None) -> _Sheets:
    from weasyprint import CSS

    from jxreport.render import lean
    from jxreport.render.fetcher import AssetFetcher

    paths = [resources.find(f"report/css/{name}.css", templates) for name in names]
    if templates is not None and (templates / _LOCAL).is_file():
        paths.append(templates / _LOCAL)
    texts = style_texts([path.read_text("utf-8-sig") for path in paths], templates)
    with listening() as said:
        parsed = tuple(
            CSS(string=text, font_config=fonts.configuration(), url_fetcher=AssetFetcher()) for text in texts
        )
    return _Sheets("".join(texts), parsed, lean.pending(parsed), tuple(said))
