"""Outlines of a face: PostScript's cubic curves (CFF) become TrueType's quadratic ones (glyf).

A PDF holds the part of each face that its text needs. Of a glyf face that part is smaller and found faster:
every glyph stands by itself, and nothing has to be interpreted. Advance widths, and with them every line of
a report, stay as they are.
"""

from __future__ import annotations

import uharfbuzz as hb
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph

EM_PARTS = 1000  # a curve may be off by one part: 0.006 mm in a title of 22 pt
# what only PostScript outlines have, and the metrics of vertical lines, whose origin CFF keeps in VORG
DROPPED = ("CFF ", "VORG", "vhea", "vmtx")


def make_quadratic(font: TTFont, data: bytes) -> None:
    """Give `font`, read from the file `data`, glyf outlines in place of its CFF ones."""
    order = font.getGlyphOrder()
    drawn = _outlines(data, font["head"].unitsPerEm / EM_PARTS)
    glyphs = dict(zip(order, drawn, strict=True))
    for tag in DROPPED:
        if tag in font:
            del font[tag]
    font.sfntVersion = "\0\1\0\0"
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    font.recalcBBoxes = True  # of the font too, when it is saved; glyphs need theirs for the bearings
    _bearings(font)
    _headers(font)


def _outlines(data: bytes, error: float) -> list[Glyph]:
    """The glyphs in their order. HarfBuzz draws them: many times faster than an interpreter in Python."""
    font = hb.Font(hb.Face(data))
    found = []
    for number in range(font.face.glyph_count):
        pen = TTGlyphPen(None)
        # TrueType's outer contours run clockwise, PostScript's the other way round
        font.draw_glyph_with_pen(number, Cu2QuPen(pen, max_err=error, reverse_direction=True))
        found.append(pen.glyph(dropImpliedOnCurves=False))
    return found


def _bearings(font: TTFont) -> None:
    """The left bearing is where the outline begins: rasterizers move a TrueType glyph by the difference."""
    metrics = font["hmtx"].metrics
    for name, glyph in font["glyf"].glyphs.items():
        glyph.recalcBounds(font["glyf"])
        metrics[name] = (metrics[name][0], getattr(glyph, "xMin", 0))


def _headers(font: TTFont) -> None:
    head, maxp, post = font["head"], font["maxp"], font["post"]
    head.glyphDataFormat = 0
    head.flags |= 0b11  # baseline at 0, left bearing at 0
    post.formatType = 3.0  # glyph names are of no use in a PDF
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    for field in (  # there are no instructions; the rest is counted when the font is saved
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
        "maxSizeOfInstructions", "maxComponentElements",
    ):  # fmt: skip
        setattr(maxp, field, 0)
