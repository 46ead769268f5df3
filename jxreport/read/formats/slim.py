"""A workbook package reduced to what the reader needs, before openpyxl sees it.

Merged areas and cells that are only formatted are left out (a column formatted to its end is a million
empty cells, and takes openpyxl a minute); styles keep nothing but number formats, so that the odd fills
and colours of exporters do not matter; strict namespaces and backslashes in part names are made usual.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Container
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", _MAIN.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
)
_MERGES = re.compile(rb"<(\w+:)?mergeCells\b.*?</(\w+:)?mergeCells>", re.DOTALL)
_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*)?/>|<(\w+:)?c(?:\s[^<>]*)?></(\w+:)?c>")
_STYLES = (
    '<styleSheet xmlns="{main}"><numFmts count="{count}">{formats}</numFmts><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="{cells}">{xfs}</cellXfs></styleSheet>'
)


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _styles(content: bytes) -> bytes:
    """The style sheet with number formats only, cell formats in their order."""
    root = ElementTree.fromstring(content)
    formats = "".join(
        f"<numFmt numFmtId={quoteattr(e.get('numFmtId', '0'))} formatCode={quoteattr(e.get('formatCode', ''))}/>"
        for e in root.iter()
        if _local(e) == "numFmt"
    )
    cells = [e for group in root if _local(group) == "cellXfs" for e in group]
    xfs = "".join(f"<xf numFmtId={quoteattr(e.get('numFmtId', '0'))} xfId=\"0\"/>" for e in cells) or "<xf/>"
    text = _STYLES.format(
        main=_MAIN, count=formats.count("<numFmt "), formats=formats, cells=xfs.count("<xf"), xfs=xfs
    )
    return text.replace('<numFmts count="0"></numFmts>', "").encode("utf-8")


def slim(data: bytes, sheets: Container[str]) -> bytes:
    """The reduced package; `sheets` names the worksheet parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
        for info in package.infolist():
            name = info.filename.replace("\\", "/")
            if name.startswith("docProps/"):
                continue
            content = package.read(info)
            if name.endswith((".xml", ".rels")):
                for strict, usual in _STRICT:
                    content = content.replace(strict, usual)
            if name in sheets:
                content = _EMPTY_CELL.sub(b"", _MERGES.sub(b"", content))
            elif name == "xl/styles.xml":
                content = _styles(content)
            copy.writestr(name, content)
    return out.getvalue()


def sheet_parts(data: bytes) -> dict[str, str]:
    """Worksheet parts by sheet title, as the workbook's relationships say (their numbers say nothing)."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = {name.replace("\\", "/"): name for name in package.namelist()}
        workbook = ElementTree.fromstring(package.read(names["xl/workbook.xml"]))
        relations = ElementTree.fromstring(package.read(names["xl/_rels/workbook.xml.rels"]))
    targets = {e.get("Id", ""): e.get("Target", "") for e in relations}
    found = {}
    for sheet in workbook.iter():
        if _local(sheet) == "sheet":
            key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
            target = targets.get(key, "").replace("\\", "/")
            found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found
