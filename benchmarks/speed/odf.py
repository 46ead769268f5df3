"""The report as flat ODF text (.fodt): LibreOffice has the same to set as we have, pages, faces, forms and charts."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import product

from benchmarks.speed import odf_looks as looks
from jxreport.model.document import Annex, Block, Cell, Chart, Document, Paragraph, Row, Section, Table
from jxreport.render.charts import WIDTH, description, picture
from jxreport.render.press import template
from jxreport.render.splitting import columns
from jxreport.render.views import ChartView

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {name: f"{_OASIS}{name}:1.0" for name in ("office", "style", "text", "table", "meta")} | {
    "draw": f"{_OASIS}drawing:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def fodt(document: Document) -> str:
    """The whole report: cover, heading, sections, ending, annexes."""
    body = _Body()
    parts = [*_opening(document), *body.blocks(document.intro)]
    parts += [part for section in document.sections for part in body.section(section)]
    parts += _ending(document)
    parts += [part for annex in document.annexes for part in body.annex(annex)]
    spaces = looks.attributes({f"xmlns:{name}": space for name, space in _SPACES.items()})
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {spaces} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text">{_meta(document)}'
        f"<office:font-face-decls>{looks.font_faces()}</office:font-face-decls>"
        f"<office:styles>{''.join(looks.paragraph_styles())}</office:styles>"
        f"<office:automatic-styles>{''.join(looks.page_layouts())}{body.styles()}</office:automatic-styles>"
        f"<office:master-styles>{''.join(looks.master_pages())}</office:master-styles>"
        f"<office:body><office:text>{''.join(parts)}</office:text></office:body></office:document>"
    )


class _Body:
    """Sections, annexes and tables as elements; the styles of the tables are met on the way."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}  # (family, properties) → name

    def styles(self) -> str:
        return "".join(
            f'<style:style style:name="{name}" style:family="{family}"><style:{family}-properties {look}/></style:style>'
            for (family, look), name in self._names.items()
        )

    def section(self, section: Section) -> Iterator[str]:
        level = section.level + 1
        yield _heading(f"h{level}", section.number + section.heading, level)
        yield from self.blocks(section.blocks)
        for child in section.sections:
            yield from self.section(child)

    def annex(self, annex: Annex) -> Iterator[str]:
        """An annex begins a page of its own, turned where one of its tables is."""
        first = annex.blocks[0] if annex.blocks else None
        turned = any(isinstance(block, Table) and block.landscape for block in annex.blocks)
        page = "turned" if turned else "upright"
        yield _heading(f"annex-{page}", f"附件{annex.number}", 2)
        if not (isinstance(first, Table) and first.title == annex.title):
            yield _p("annex-title", annex.title)
        yield from self.blocks(annex.blocks, page)

    def blocks(self, blocks: Sequence[Block], page: str = "upright") -> Iterator[str]:
        form_before = False
        for block in blocks:
            if isinstance(block, Paragraph):
                yield _p(block.role if block.role in ("note", "missing") else "body", block.text)
            elif isinstance(block, Chart):
                yield from _chart(block)
            else:
                yield from self._table(block, page, new_page=form_before and block.form)
            form_before = isinstance(block, Table) and block.form

    def _table(self, table: Table, page: str, *, new_page: bool) -> Iterator[str]:
        kind = "form" if table.form else "list"
        if table.title:
            yield _heading(f"{kind}-title-new" if new_page else f"{kind}-title", table.title, 3)
        if table.subtitle:
            yield _p("subtitle", table.subtitle)
        if table.unit_note:
            yield _p("unit-note", table.unit_note)
        if table.front:
            # the rows that repeat must be a table's first; in DOCX tables that touch become one
            yield self._grid(table, (), table.front, page) + _p("gap", "")
        yield self._grid(table, table.head, (*table.body, *table.foot), page)
        yield from (_p("table-note", line) for line in table.notes)
        yield _p("gap", "")

    def _grid(self, table: Table, head: Sequence[Row], body: Sequence[Row], page: str) -> str:
        whole, total = looks.PAGES[page][0], sum(table.widths)
        widths = [f"{whole * float(width / total):.2f}mm" for width in table.widths]
        names = [self._style("table-column", {"style:column-width": width}) for width in widths]
        look = {"style:width": f"{whole}mm", "table:align": "left", "table:border-model": "collapsing"}
        top = "".join(self._rows(table, head, page, first=True, last=not body))
        rows = "".join(self._rows(table, body, page, first=not head, last=True))
        return (
            f'<table:table table:style-name="{self._style("table", look)}">'
            + "".join(f'<table:table-column table:style-name="{name}"/>' for name in names)
            + (f"<table:table-header-rows>{top}</table:table-header-rows>" if head else "")
            + f"{rows}</table:table>"
        )

    def _rows(
        self, table: Table, rows: Sequence[Row], page: str, *, first: bool, last: bool
    ) -> Iterator[str]:
        """Every place of the grid is named: by the cell that starts there, or as covered by one that spans it."""
        grid: dict[tuple[int, int], Cell | None] = {}
        for y, (row, places) in enumerate(zip(rows, columns(rows), strict=True)):
            for x, cell in zip(places, row.cells, strict=True):
                grid |= dict.fromkeys(product(range(y, y + cell.rowspan), range(x, x + cell.colspan)))
                grid[y, x] = cell
        name = self._style("table-row", {"fo:keep-together": "always"})
        for y in range(len(rows)):
            cells = []
            for x in range(len(table.widths)):
                found = grid.get((y, x), Cell())
                if found is None:
                    cells.append("<table:covered-table-cell/>")
                    continue
                edges = {
                    "top": first and y == 0,
                    "bottom": last and y + found.rowspan == len(rows),
                    "left": x == 0,
                    "right": x + found.colspan == len(table.widths),
                }
                cells.append(self._cell(table, found, page, edges))
            yield f'<table:table-row table:style-name="{name}">{"".join(cells)}</table:table-row>'

    def _cell(self, table: Table, cell: Cell, page: str, edges: Mapping[str, bool]) -> str:
        given = {
            "table:style-name": self._style("table-cell", looks.cell_look(table, cell, edges)),
            "table:number-columns-spanned": str(cell.colspan),
            "table:number-rows-spanned": str(cell.rowspan),
        }
        text = _p(looks.cell_text(table, cell, page), cell.text)
        return f"<table:table-cell {looks.attributes(given)}>{text}</table:table-cell>"

    def _style(self, family: str, look: Mapping[str, str]) -> str:
        """The name of the automatic style with these properties."""
        return self._names.setdefault((family, looks.attributes(look)), f"s{len(self._names)}")


def _meta(document: Document) -> str:
    return (
        f"<office:meta><dc:title>{escape(document.title)}</dc:title>"
        f"<meta:initial-creator>{escape(document.unit)}</meta:initial-creator>"
        f"<dc:description>{escape(document.profile_note)}</dc:description></office:meta>"
    )


def _opening(document: Document) -> Iterator[str]:
    """The cover where there is one, the title and what is said below it."""
    title = "\n".join(document.title_lines or (document.title,))
    if document.cover:
        yield _p("cover", title)
        yield from (_p("cover-line", f"{label}　{value}") for label, value in document.cover)
    yield _heading("start", title, 1)
    if document.sample_notice:
        yield _p("notice", document.sample_notice)


def _ending(document: Document) -> Iterator[str]:
    """附件说明, signature and date."""
    for annex in document.annexes:
        lead = "附件：" if annex is document.annexes[0] else ""
        yield _p("annex-first" if lead else "annex-list", f"{lead}{annex.number}.{annex.title}")
    yield _p("signature", document.signature)
    yield _p("date", document.date or "年　　月　　日")


def _chart(chart: Chart) -> Iterator[str]:
    """The report's own SVG, its content in words beside it."""
    drawn, words = picture(chart), description(chart)
    view = ChartView(kind="chart", chart=chart, picture=drawn, words=words)
    figure = str(template("chart.html.j2", None).module.chart(view))
    svg = figure[figure.index("<svg") : figure.index("</svg>") + len("</svg>")]
    size = {"svg:width": f"{WIDTH}pt", "svg:height": f"{drawn.height}pt", "text:anchor-type": "as-char"}
    yield (
        f'<text:p text:style-name="figure"><draw:frame {looks.attributes(size)}><draw:image>'
        f"<office:binary-data>{base64.b64encode(svg.encode()).decode()}</office:binary-data></draw:image>"
        f"<svg:desc>{escape(words)}</svg:desc></draw:frame></text:p>"
    )
    yield _p("figure-title", chart.title)


def _p(style: str, text: str) -> str:
    return f'<text:p text:style-name="{style}">{_text(text)}</text:p>'


def _heading(style: str, text: str, level: int) -> str:
    return f'<text:h text:style-name="{style}" text:outline-level="{level}">{_text(text)}</text:h>'


def _text(text: str) -> str:
    """Line breaks and runs of blanks are elements."""
    return escape(text).replace("\n", "<text:line-break/>").replace("  ", " <text:s/>")
