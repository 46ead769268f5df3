"""How the report looks, in the words of ODF: pages, paragraph styles, cells; sizes, faces and colours are the report's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from jxreport.model.document import Cell, Role, Table
from jxreport.render.look import tokens

# page → width of the text in mm; the sheet; its margins: top, right, bottom, left
PAGES = {
    "upright": (156.0, (210, 297), (37, 26, 35, 28)),
    "turned": (225.0, (297, 210), (28, 37, 26, 35)),
}
_FOOT, _TO_NUMBER = 10, 4.6  # from the text to the foot and to the head of the page number, mm

_LOOK = tokens(None)
_BODY = (_LOOK["size-body"], _LOOK["size-body-line"])
_TITLE = (_LOOK["size-title"], _LOOK["size-title-line"])
_SMALL = ("10.5pt", "16pt")
_FACES = {
    "body": "JX FangSong",
    "title": "JX XiaoBiaoSong",
    "heading": "JX HeiTi",
    "kai": "JX KaiTi",
    "table": "JX SongTi",
}
_ALIGN = {"": "start", "left": "start", "center": "center", "right": "end"}


def _ems(number: float) -> str:
    return f"{number * float(_BODY[0].removesuffix('pt')):.2f}pt"


_KEEP, _CENTRE, _END = {"fo:keep-with-next": "always"}, {"fo:text-align": "center"}, {"fo:text-align": "end"}
_RUNNING = {"fo:text-indent": _ems(2), "fo:text-align": "justify"}
_HEADING = _RUNNING | _KEEP
_SEAL = _END | {"fo:margin-right": _ems(4)}

# style → face, (size, line height), what else
_PARAGRAPHS: dict[str, tuple[str, tuple[str, str], dict[str, str]]] = {
    "body": ("body", _BODY, _RUNNING),
    "missing": ("kai", _BODY, _RUNNING),
    "note": ("body", _SMALL, _RUNNING),
    "notice": ("kai", ("12pt", "20pt"), _CENTRE | {"fo:margin-bottom": "14pt"}),
    "h1": ("title", _TITLE, _CENTRE | {"fo:margin-bottom": _BODY[1]}),
    "h2": ("heading", _BODY, _HEADING),
    "h3": ("kai", _BODY, _HEADING),
    "h4": ("body", _BODY, _HEADING),
    "h5": ("body", _BODY, _HEADING),
    "cover-title": ("title", ("26pt", "42pt"), _CENTRE),
    "cover-line": ("body", (_BODY[0], "34pt"), _CENTRE),
    "annex-first": ("body", _BODY, _RUNNING | _KEEP | {"fo:margin-top": _BODY[1]}),
    "annex-list": ("body", _BODY, _KEEP | {"fo:margin-left": _ems(5)}),
    "signature": ("body", _BODY, _SEAL | _KEEP | {"fo:margin-top": "57.9pt"}),
    "date": ("body", _BODY, _SEAL),
    "annex-number": ("heading", _BODY, _KEEP),
    "annex-title": ("title", _TITLE, _CENTRE | _KEEP | {"fo:margin-top": "26pt", "fo:margin-bottom": "16pt"}),
    "form-title": ("title", ("18pt", "26pt"), _CENTRE | _KEEP | {"fo:margin-top": "30pt"}),
    "list-title": ("heading", ("12pt", "18pt"), _CENTRE | _KEEP | {"fo:margin-top": "8pt"}),
    "subtitle": ("table", _SMALL, _CENTRE | _KEEP),
    "unit-note": ("table", _SMALL, _END | _KEEP),
    "table-note": ("table", ("9.5pt", "14pt"), {"fo:margin-top": "2pt"}),
    "gap": ("table", ("2pt", "2pt"), {}),
    "figure": ("table", ("10.5pt", "100%"), _CENTRE | _KEEP | {"fo:margin-top": "8pt"}),
    "figure-title": ("heading", _SMALL, _CENTRE | {"fo:margin-bottom": "10pt"}),
    "page-left": ("table", ("14pt", "14pt"), {"fo:margin-left": "14pt"}),
    "page-right": ("table", ("14pt", "14pt"), _END | {"fo:margin-right": "14pt"}),
}
# style → the one it is made from, and the page that begins with it
_STARTS = {
    "cover": ("cover-title", "cover", ""),
    "start": ("h1", "upright", ' style:page-number="1"'),
    "annex-upright": ("annex-number", "upright", ""),
    "annex-turned": ("annex-number", "turned", ""),
}
_CELLS = {
    "form": (_LOOK["size-form"], _LOOK["size-form-line"]),
    "upright": (_LOOK["size-table"], _LOOK["size-table-line"]),
    "turned": ("9.5pt", "13pt"),
}


def attributes(values: Mapping[str, str]) -> str:
    return " ".join(f'{name}="{escape(value)}"' for name, value in values.items())


def cell_text(table: Table, cell: Cell, page: str) -> str:
    """The paragraph style of a cell's text."""
    spanning = cell.role is Role.LABEL and cell.colspan > 1 and not table.form
    strong = spanning or cell.role in (Role.HEAD, Role.TOTAL)
    face = "heading" if strong else "kai" if cell.role is Role.MISSING else "table"
    return f"{'form' if table.form else page}-{face}-{_ALIGN[cell.align]}"


def cell_look(table: Table, cell: Cell, edges: Mapping[str, bool]) -> dict[str, str]:
    """Borders, ground and padding; `edges` says on which edges of the table the cell lies."""
    look = {"style:vertical-align": "middle", "fo:padding": "2.5pt" if table.form else "3pt"}
    for edge, outer in edges.items():
        pen = f"0.5pt solid {'#000000' if table.form else '#333333'}"
        if outer and not table.form:
            pen = "1.2pt solid #000000" if edge in ("top", "bottom") else "none"
        look[f"fo:border-{edge}"] = pen
    if cell.role is Role.HEAD and not table.form:
        look["fo:background-color"] = _LOOK["colour-head"]
    return look


def paragraph_styles() -> Iterator[str]:
    """Every paragraph style there is."""
    for name, (face, size, rest) in _PARAGRAPHS.items():
        yield _paragraph(name, face, size, rest)
    for name, (parent, page, number) in _STARTS.items():
        yield (
            f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{parent}" '
            f'style:master-page-name="{page}"><style:paragraph-properties{number}/></style:style>'
        )
    yield _paragraph(
        "form-title-new", *_PARAGRAPHS["form-title"][:2], _CENTRE | _KEEP | {"fo:break-before": "page"}
    )
    for kind, size in _CELLS.items():
        for face in ("heading", "kai", "table"):
            for align in dict.fromkeys(_ALIGN.values()):
                yield _paragraph(f"{kind}-{face}-{align}", face, size, {"fo:text-align": align})


def _paragraph(name: str, face: str, size: tuple[str, str], rest: dict[str, str]) -> str:
    latin = _FACES[face] if face == "title" or name.startswith("page-") else "JX Latin"
    text = {
        "style:font-name": latin,
        "style:font-name-asian": _FACES[face],
        "fo:font-size": size[0],
        "style:font-size-asian": size[0],
        "fo:language": "en", "fo:country": "US", "style:language-asian": "zh", "style:country-asian": "CN",
        "fo:color": _LOOK["colour-notice"] if name == "notice" else "#000000",
    }  # fmt: skip
    look = {"fo:line-height": size[1], "fo:margin": "0pt", "fo:orphans": "2", "fo:widows": "2"} | rest
    look["style:text-autospace"] = "none"
    return (
        f'<style:style style:name="{name}" style:family="paragraph">'
        f"<style:paragraph-properties {attributes(look)}/><style:text-properties {attributes(text)}/></style:style>"
    )


def font_faces() -> str:
    names = (*_FACES.values(), "JX Latin")
    return "".join(f'<style:font-face style:name="{name}" svg:font-family="\'{name}\'"/>' for name in names)


def page_layouts() -> Iterator[str]:
    """The sheets, with the room of the page number taken from the bottom margin."""
    for name, (_, (width, height), (top, right, bottom, left)) in PAGES.items():
        look = {
            "fo:page-width": f"{width}mm", "fo:page-height": f"{height}mm",
            "style:print-orientation": "landscape" if width > height else "portrait",
            "fo:margin-top": f"{top}mm", "fo:margin-right": f"{right}mm",
            "fo:margin-bottom": f"{bottom - _FOOT}mm", "fo:margin-left": f"{left}mm",
        }  # fmt: skip
        yield (
            f'<style:page-layout style:name="{name}"><style:page-layout-properties {attributes(look)}/>'
            f'<style:footer-style><style:header-footer-properties svg:height="{_FOOT}mm" fo:margin-top="{_TO_NUMBER}mm"/>'
            "</style:footer-style></style:page-layout>"
        )


def master_pages() -> Iterator[str]:
    """Page numbers — 1 — at the outer edge; none on the cover."""
    yield '<style:master-page style:name="cover" style:page-layout-name="upright"/>'
    for name in PAGES:
        right, left = (
            f'<text:p text:style-name="page-{side}">— <text:page-number text:select-page="current"/> —</text:p>'
            for side in ("right", "left")
        )
        yield (
            f'<style:master-page style:name="{name}" style:page-layout-name="{name}">'
            f"<style:footer>{right}</style:footer><style:footer-left>{left}</style:footer-left></style:master-page>"
        )
