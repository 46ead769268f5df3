"""The fonts of a PDF with what is shown in them: programs, widths, Unicode maps, codes used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf


@dataclass
class Face:
    """One composite font and the two-byte codes the pages show in it."""

    name: str
    kind: str
    encoding: str
    program: bytes | None
    cid_to_gid: object
    cid_set: bool
    default_width: float
    widths: dict[int, float]
    unicode: dict[int, str]
    used: set[int] = field(default_factory=set)

    def width(self, code: int) -> float:
        return self.widths.get(code, self.default_width)


def faces(pdf: pikepdf.Pdf) -> list[Face]:
    """Every font of the pages, once."""
    found: dict[tuple[int, int], Face] = {}
    for page in pdf.pages:
        for holder in (page, *_forms(page)):
            _read(holder, found)
    return list(found.values())


def _forms(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    stack = [page.get("/Resources", {})]
    while stack:
        for item in stack.pop().get("/XObject", {}).values():
            if item.get("/Subtype") == "/Form":
                yield item
                stack.append(item.get("/Resources", {}))


def _read(holder: pikepdf.Object | pikepdf.Page, found: dict[tuple[int, int], Face]) -> None:
    fonts = holder.get("/Resources", {}).get("/Font", {})
    current: Face | None = None
    for operands, operator in pikepdf.parse_content_stream(holder):
        name = str(operator)
        if name == "Tf":
            font = fonts[str(operands[0])]
            current = found.setdefault(font.objgen, _face(font))
        elif name in ("Tj", "TJ", "'", '"') and current is not None:
            parts = operands[-1] if name == "TJ" else [operands[-1]]
            for part in parts:
                if isinstance(part, pikepdf.String):
                    codes = bytes(part)
                    current.used |= {int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2)}


def _face(font: pikepdf.Object) -> Face:
    inner = font.DescendantFonts[0]
    descriptor = inner.FontDescriptor
    program = next((descriptor[key] for key in ("/FontFile3", "/FontFile2") if key in descriptor), None)
    return Face(
        name=str(font.BaseFont),
        kind=str(inner.Subtype),
        encoding=str(font.Encoding),
        program=program.read_bytes() if program is not None else None,
        cid_to_gid=inner.get("/CIDToGIDMap"),
        cid_set="/CIDSet" in descriptor,
        default_width=float(inner.get("/DW", 1000)),
        widths=_widths(inner.get("/W", [])),
        unicode=_unicode(font.ToUnicode.read_bytes().decode("latin-1")) if "/ToUnicode" in font else {},
    )


def _widths(items: pikepdf.Object | list[object]) -> dict[int, float]:
    found: dict[int, float] = {}
    rest = list(items)  # type: ignore[call-overload]
    while rest:
        first, second = int(rest.pop(0)), rest.pop(0)
        if isinstance(second, pikepdf.Array):
            found.update({first + n: float(width) for n, width in enumerate(second)})
        else:
            width = float(rest.pop(0))
            found.update(dict.fromkeys(range(first, int(second) + 1), width))
    return found


def _unicode(cmap: str) -> dict[int, str]:
    pairs = re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", "".join(re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S)))
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
