"""A face of the pack has TrueType outlines of the same shape, widths and names, whatever its source has."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

build_fonts = pytest.importorskip("scripts.build_fonts", reason="HarfBuzz for the font pack is not installed")

NAMES = {".notdef": None, "space": " ", "ring": "绩", "cross": "十", "comma": "，", "quote": "《"}
WIDTHS = {"space": 500}
BEARING = 7  # wrong on purpose: Fandol's are


def circle(pen, x: float, y: float, radius: float, turn: int = 1) -> None:
    """A circle of four cubic arcs, anticlockwise, or clockwise with `turn` -1."""
    k = radius * 0.5523 * turn
    high = y + radius * turn
    low = y - radius * turn
    pen.moveTo((x + radius, y))
    pen.curveTo((x + radius, y + k), (x + k / turn, high), (x, high))
    pen.curveTo((x - k / turn, high), (x - radius, y + k), (x - radius, y))
    pen.curveTo((x - radius, y - k), (x - k / turn, low), (x, low))
    pen.curveTo((x + k / turn, low), (x + radius, y - k), (x + radius, y))
    pen.closePath()


def bar(pen, left: int, bottom: int, right: int, top: int) -> None:
    pen.moveTo((left, bottom))
    for corner in ((right, bottom), (right, top), (left, top)):
        pen.lineTo(corner)
    pen.closePath()


def draw(name: str, pen) -> None:
    if name == "ring":  # with a counter
        circle(pen, 500, 400, 400)
        circle(pen, 500, 400, 300, -1)
    elif name == "cross":  # two strokes over each other
        bar(pen, 100, 400, 900, 460)
        bar(pen, 470, 0, 530, 800)
    elif name == "comma":
        circle(pen, 150, 0, 80)
    elif name == "quote":
        bar(pen, 700, 0, 900, 800)


def source(path: Path, *, cubic: bool = True) -> Path:
    builder = FontBuilder(1000, isTTF=not cubic)
    builder.setupGlyphOrder(list(NAMES))
    builder.setupCharacterMap({ord(char): name for name, char in NAMES.items() if char})
    widths = {name: WIDTHS.get(name, 1000) for name in NAMES}
    if cubic:
        programs = {}
        for name in NAMES:
            pen = T2CharStringPen(widths[name], None)
            draw(name, pen)
            programs[name] = pen.getCharString()
        builder.setupCFF("Muster-Bold", {"FullName": "Muster Bold"}, programs, {})
    else:
        glyphs = {}
        for name in NAMES:
            pen = TTGlyphPen(None)
            if name in ("cross", "quote"):
                draw(name, pen)
            glyphs[name] = pen.glyph()
        builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (width, BEARING) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-400)
    builder.setupNameTable({"familyName": "Muster", "styleName": "Bold", "copyright": "© Muster"})
    builder.setupOS2(usWeightClass=700)
    builder.setupPost()
    if cubic:
        builder.setupVerticalHeader()
        builder.setupVerticalMetrics(dict.fromkeys(NAMES, (1000, 80)))
        builder.setupVerticalOrigins({}, defaultVerticalOrigin=880)
    builder.save(path)
    return path


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return source(tmp_path_factory.mktemp("source") / "Muster.otf")


def built(path: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return build_fonts.build_face(build_fonts.Face("JX KaiTi", path, frozenset(map(ord, " 绩十，《"))), folder)


@pytest.fixture(scope="module")
def face(original: Path, tmp_path_factory: pytest.TempPathFactory) -> TTFont:
    path = built(original, tmp_path_factory.mktemp("pack"))
    assert path.name == "JXKaiTi.ttf"
    return TTFont(path)


def measured(font: TTFont, char: str) -> tuple[float, tuple[float, ...] | None, int]:
    """Signed area, bounds, advance."""
    glyphs, name = font.getGlyphSet(), font.getBestCmap()[ord(char)]
    area, bounds = AreaPen(glyphs), BoundsPen(glyphs)
    glyphs[name].draw(area)
    glyphs[name].draw(bounds)
    return area.value, bounds.bounds, font["hmtx"][name][0]


def test_the_file_is_truetype_and_complete(face: TTFont) -> None:
    assert face.sfntVersion == "\0\1\0\0"
    assert {"glyf", "loca"} <= set(face.keys())
    assert not {"CFF ", "VORG", "vhea", "vmtx"} & set(face.keys())
    assert (face["maxp"].tableVersion, face["maxp"].maxZones, face["maxp"].maxContours) == (0x10000, 1, 2)
    assert face["maxp"].maxPoints >= 16
    assert (face["head"].glyphDataFormat, face["post"].formatType) == (0, 3.0)


@pytest.mark.parametrize("char", "绩十，《")
def test_shapes_and_widths_stay(original: Path, face: TTFont, char: str) -> None:
    """Quadratic curves within a thousandth of the square; counters are still cut out, crossing strokes still add up."""
    area, bounds, advance = measured(TTFont(original), char)
    new_area, new_bounds, new_advance = measured(face, char)
    assert new_advance == advance
    assert new_bounds == pytest.approx(bounds, abs=1.5)
    # TrueType's contours run the other way round
    assert -new_area == pytest.approx(area, rel=0.01)
    assert area > 0


def test_a_blank_stays_blank(face: TTFont) -> None:
    assert measured(face, " ") == (0, None, 500)


def test_outlines_are_not_moved_by_wrong_bearings(face: TTFont) -> None:
    for char in "绩十，《":
        name = face.getBestCmap()[ord(char)]
        assert face["hmtx"][name][1] == face["glyf"][name].xMin


def test_names_weight_and_heights_are_repaired(face: TTFont) -> None:
    names = {number: face["name"].getDebugName(number) for number in (0, 1, 2, 4, 6)}
    assert names == {0: "© Muster", 1: "JX KaiTi", 2: "Regular", 4: "JX KaiTi", 6: "JXKaiTi-Regular"}
    assert face["OS/2"].usWeightClass == 400
    assert (face["hhea"].ascent, face["hhea"].descent) == (880, -120)


def test_two_marks_give_up_the_blank_between_them(face: TTFont) -> None:
    assert "chws" in {record.FeatureTag for record in face["GPOS"].table.FeatureList.FeatureRecord}


def test_the_same_source_gives_the_same_bytes(original: Path, tmp_path: Path) -> None:
    first, second = built(original, tmp_path / "甲"), built(original, tmp_path / "乙")
    assert first.read_bytes() == second.read_bytes()


def test_faces_are_built_side_by_side_and_told_in_order(original: Path, tmp_path: Path) -> None:
    faces = [build_fonts.Face(f"JX {name}", original, frozenset({0x7EE9})) for name in ("KaiTi", "SongTi", "HeiTi")]
    told = list(build_fonts.built(faces, tmp_path))
    assert [(face.family, path.name) for face, path in told] == [
        ("JX KaiTi", "JXKaiTi.ttf"), ("JX SongTi", "JXSongTi.ttf"), ("JX HeiTi", "JXHeiTi.ttf"),
    ]  # fmt: skip
    assert all(path.is_file() for _, path in told)


def test_a_truetype_source_keeps_its_outlines(tmp_path: Path) -> None:
    path = source(tmp_path / "Muster.ttf", cubic=False)
    before, after = TTFont(path), TTFont(built(path, tmp_path / "pack"))
    for char in "十《":
        assert measured(after, char) == measured(before, char)
        names = before.getBestCmap()[ord(char)], after.getBestCmap()[ord(char)]
        assert list(after["glyf"][names[1]].coordinates) == list(before["glyf"][names[0]].coordinates)
