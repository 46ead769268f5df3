"""Build the font pack of the reports: a few renamed, subset faces and a private fontconfig file.

Free fonts as distributions carry them are a poor fit for 公文: Fandol marks its bold cuts as regular, one of
its faces has a wrong descender, and whole CJK collections make every PDF large and slow. The pack cures
this once, at set-up, and its faces all have TrueType outlines (scripts/quadratic.py). Nothing of it is
committed or redistributed; every source may be modified and embedded (Fandol: GPL with font exception; Noto
CJK and Liberation: SIL OFL 1.1; DejaVu: Bitstream Vera licence).

    python scripts/build_fonts.py --out .fonts --fandol DIR      # DIR holds Fandol*.otf; may be missing
    python scripts/build_fonts.py --out .fonts --use 小标宋=方正小标宋简体.ttf --use 仿宋=…

Without Fandol, the machine's own 公文 fonts are taken (Windows has 仿宋, 楷体, 黑体, 宋体; they are embedded in
reports, never copied elsewhere), then Noto. `--use` names a file for a role; the unit must have a licence for it.

Exit code 0: complete pack; 3: some 公文 face had to be replaced; 1: no usable source fonts.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import uharfbuzz as hb
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.quadratic import make_quadratic

FONT_ROOTS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
    Path(os.environ.get("LOCALAPPDATA", "C:/")) / "Microsoft/Windows/Fonts",
    Path("/Library/Fonts"),
)
# The files a face may be made of, the best first; after the bar what can only replace it.
SOURCES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "JX FangSong": (("FandolFang-Regular.otf", "simfang.ttf", "STFANGSO.TTF"), ("NotoSerifCJK-Regular.ttc",)),
    "JX KaiTi": (("FandolKai-Regular.otf", "simkai.ttf", "STKAITI.TTF"), ("NotoSerifCJK-Regular.ttc",)),
    "JX SongTi": (("FandolSong-Regular.otf", "simsun.ttc"), ("NotoSerifCJK-Regular.ttc",)),
    "JX XiaoBiaoSong": (
        ("FandolSong-Bold.otf", "FZXBSJW.TTF", "FZXBSK.TTF"),
        ("NotoSerifCJK-Bold.ttc", "NotoSerifCJK-Regular.ttc", "STZHONGS.TTF", "simsun.ttc"),
    ),
    "JX HeiTi": (("NotoSansCJK-Regular.ttc", "simhei.ttf"), ()),
    "JX Fallback": (("NotoSerifCJK-Regular.ttc", "simsun.ttc"), ()),
    "JX Fallback Ext": (("NotoSerifCJK-Regular.ttc", "simsunb.ttf"), ()),
    "JX Latin": (("LiberationSerif-Regular.ttf", "times.ttf"), ()),
    "JX Symbols": (("DejaVuSans.ttf", "seguisym.ttf"), ()),
}
ROLES = {"小标宋": "JX XiaoBiaoSong", "仿宋": "JX FangSong", "黑体": "JX HeiTi", "楷体": "JX KaiTi", "宋体": "JX SongTi"}
NEEDED = frozenset({*ROLES.values(), "JX Fallback"})
COLLECTION_FACE = "CJK SC"  # the mainland forms inside a Noto collection

SYMBOLS = "☐☑☒✓✔✗✘"
BLOCKS = (  # beyond GBK: punctuation, super/subscripts, currency, arrows, mathematics, enclosed, units
    (0x00A0, 0x00FF),
    (0x2010, 0x2044),
    (0x2070, 0x209F),
    (0x20A0, 0x20BF),
    (0x2100, 0x218B),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x2460, 0x27BF),
    (0x2E3A, 0x2E3B),
    (0x3000, 0x303F),
    (0x3200, 0x33FF),
    (0xFE10, 0xFE6F),
    (0xFF00, 0xFFEF),
)
HANZI_BEYOND_GBK = (
    (0x2E80, 0x2FDF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)
KEPT_FEATURES = ("halt", "palt", "kern")  # beside HarfBuzz's defaults
MARKS = "（〔【《〈「『“‘［｛）〕】》〉」』”’］｝，。、；：？！"
FEATURE = """
@opening = [{opening}];
@closing = [{closing}];
feature chws {{
  pos @closing' <0 0 -{half} 0> [@closing @opening];
  pos @opening @opening' <-{half} 0 -{half} 0>;
}} chws;
"""
DROPPED_FEATURES = ("locl",)  # would draw in the Japanese, Korean and Taiwan forms: twice the size


@dataclass(frozen=True)
class Face:
    """One face of the pack: its family name, the source file, and the code points to keep."""

    family: str
    source: Path
    wanted: frozenset[int]


def ranges(blocks: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(code for low, high in blocks for code in range(low, high + 1))


def gbk() -> frozenset[int]:
    """All code points of GBK (GB 2312 and the 21,003 hanzi that names of people and places need)."""
    found = set(range(0x20, 0x7F))
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                found.add(ord(bytes((lead, trail)).decode("gbk")))
            except UnicodeDecodeError:
                continue
    return frozenset(found)


def find_font(name: str) -> Path | None:
    for root in FONT_ROOTS:
        for path in sorted(root.rglob(name)) if root.is_dir() else ():
            return path
    return None


def face_index(path: Path) -> int:
    """Number of the mainland face of a collection, its first where none is called so; 0 for a single font."""
    if path.suffix.lower() != ".ttc":
        return 0
    number = 0
    while True:
        with TTFont(path, fontNumber=number, lazy=True) as font:
            family = font["name"].getDebugName(1) or ""
            last = font.reader.numFonts - 1
        if family.endswith(COLLECTION_FACE):
            return number
        if number == last:
            return 0
        number += 1


def feature_tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")


def subset(face: Face) -> bytes:
    """The face cut down to the wanted code points, unhinted."""
    source = hb.Face(hb.Blob.from_file_path(str(face.source)), face_index(face.source))
    plan = hb.SubsetInput()
    plan.sets(hb.SubsetInputSets.UNICODE).set(set(face.wanted & set(source.unicodes)))
    features = plan.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG)
    for name in KEPT_FEATURES:
        features.add(feature_tag(name))
    for name in DROPPED_FEATURES:
        features.discard(feature_tag(name))
    plan.flags = hb.SubsetFlags.NO_HINTING
    return bytes(hb.subset(source, plan).blob.data)


def rename(font: TTFont, family: str) -> None:
    """One plain family name and style everywhere, so that fontconfig cannot mistake the face."""
    postscript = family.replace(" ", "") + "-Regular"
    names = {1: family, 2: "Regular", 3: postscript, 4: family, 6: postscript}
    licence = {
        record.nameID: record.toUnicode() for record in font["name"].names if record.nameID in (0, 13, 14)
    }
    font["name"].names = []
    for number, text in {**licence, **names}.items():
        font["name"].setName(text, number, 3, 1, 0x409)


def repair(font: TTFont) -> None:
    """Regular weight, and one line height for all faces (a mixed line must not grow)."""
    os2 = font["OS/2"]
    os2.usWeightClass = 400
    os2.fsSelection = (os2.fsSelection & ~0b100001) | 0b1000000
    font["head"].macStyle = 0
    em = font["head"].unitsPerEm
    ascent, descent = em * 88 // 100, -(em * 12 // 100)
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ascent, descent, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ascent, descent, 0
    if "BASE" in font:  # Pango shifts Latin against Han by it, and the line grows
        del font["BASE"]


def squeeze(font: TTFont) -> None:
    """Feature chws: of two marks side by side, such as ）， or 》《, the blank half between them goes.

    Few free faces have it. Which half of a mark is blank is taken from its outline, so a mark in the middle of
    its square stays whole.
    """
    em, names, glyphs = font["head"].unitsPerEm, font.getBestCmap(), font.getGlyphSet()
    opening, closing = [], []
    for mark in MARKS:
        name = names.get(ord(mark))
        if name is None or glyphs[name].width != em:
            continue
        pen = BoundsPen(glyphs)
        glyphs[name].draw(pen)
        if pen.bounds and pen.bounds[2] <= em / 2:
            closing.append(name)
        elif pen.bounds and pen.bounds[0] >= em / 2:
            opening.append(name)
    if opening and closing:
        rules = FEATURE.format(opening=" ".join(opening), closing=" ".join(closing), half=em // 2)
        addOpenTypeFeaturesFromString(font, rules, tables=["GPOS"])


def build_face(face: Face, folder: Path) -> Path:
    data = subset(face)
    font = TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)
    if "CFF " in font:
        make_quadratic(font, data)
    rename(font, face.family)
    repair(font)
    squeeze(font)
    target = folder / f"{face.family.replace(' ', '')}.ttf"
    font.save(target)
    return target


def built(faces: list[Face], folder: Path) -> Iterator[tuple[Face, Path]]:
    """Each face with its file as soon as it and those before it are there; one process a processor."""
    with ProcessPoolExecutor(min(len(faces), os.cpu_count() or 1)) as pool:
        yield from zip(faces, pool.map(build_face, faces, [folder] * len(faces)), strict=True)


def characters(family: str) -> frozenset[int]:
    """The code points kept in a face."""
    common = gbk() | ranges(BLOCKS)
    special = {
        "JX Fallback Ext": ranges(HANZI_BEYOND_GBK) - common,
        "JX Latin": ranges(((0x20, 0x7E),)),
        "JX Symbols": frozenset(map(ord, SYMBOLS)),
    }
    return special.get(family, common)


def pack(fandol: Path | None, chosen: dict[str, Path]) -> tuple[list[Face], bool]:
    """The faces to build (`chosen`: family → file), and whether each 公文 face is what it is called."""
    faces, genuine = [], True
    for family, (right, substitutes) in SOURCES.items():
        found = chosen.get(family) or first_of(right, fandol)
        if found is None:
            found = first_of(substitutes, fandol)
            genuine = genuine and family not in NEEDED
        if found is not None:
            faces.append(Face(family, found, characters(family)))
    return faces, genuine


def first_of(names: Iterable[str], folder: Path | None) -> Path | None:
    """The first of the files that is in `folder` or among the machine's fonts."""
    for name in names:
        own = folder / name if folder else None
        found = own if own is not None and own.is_file() else find_font(name)
        if found is not None:
            return found
    return None


def fontconfig(folder: Path) -> str:
    """A configuration that knows the pack and nothing else: same fonts, same bytes on every machine."""
    generic = {"serif": "JX SongTi", "sans-serif": "JX HeiTi", "monospace": "JX SongTi"}
    aliases = "".join(
        f"  <alias><family>{name}</family><prefer><family>{family}</family>"
        "<family>JX Fallback</family></prefer></alias>\n"
        for name, family in generic.items()
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"  <dir>{escape(str(folder))}</dir>\n  <cachedir>{escape(str(folder / 'cache'))}</cachedir>\n"
        f"{aliases}</fontconfig>\n"
    )


def chosen_font(text: str) -> tuple[str, Path]:
    """仿宋=路径 → (family, file)."""
    role, _, name = text.partition("=")
    path = Path(name).expanduser()
    if role not in ROLES or not path.is_file():
        raise argparse.ArgumentTypeError(f"应当写成 角色=字体文件，角色是 {'、'.join(ROLES)} 之一，文件要存在：{text}")
    return ROLES[role], path


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the font pack.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fandol", type=Path)
    parser.add_argument("--use", action="append", default=[], metavar="角色=文件", type=chosen_font)
    options = parser.parse_args()
    final: Path = options.out.resolve()
    faces, genuine = pack(options.fandol, dict(options.use))
    if not faces:
        print("没有找到可用的中文字体。", file=sys.stderr)
        return 1
    work = final.with_name(f"{final.name}.new{os.getpid()}")
    work.mkdir(parents=True)
    try:
        for face, path in built(faces, work):
            print(f"  {face.family}（{face.source.name}，{path.stat().st_size // 1024} KB）", file=sys.stderr)
        made_from = "".join(f"{face.family}\t{face.source.name}\n" for face in faces)
        (work / "sources.txt").write_text(made_from, encoding="utf-8")
        (work / "fonts.conf").write_text(fontconfig(final), encoding="utf-8")
        shutil.rmtree(final, ignore_errors=True)
        work.rename(final)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return 0 if genuine else 3


if __name__ == "__main__":
    sys.exit(main())
