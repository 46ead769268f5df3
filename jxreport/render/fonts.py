"""Fonts: the private font pack, set before WeasyPrint is imported, and which characters it can draw.

Every process loads the pack once; the character maps of its files decide what is missing, because
WeasyPrint itself draws an empty box without a word (RELIABILITY 3.4).
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jxreport import resources
from jxreport.finding import JxError, error

if TYPE_CHECKING:
    from collections.abc import Iterable

# faces running text is set in before the fallback is asked
MAIN_FACES = ("JXFangSong", "JXSongTi", "JXLatin")
_SUFFIXES = (".otf", ".ttf")
_CODE_POINTS = sys.maxunicode + 1


def prepare() -> bool:
    """Point fontconfig at the pack; False when there is no pack and the system's fonts must serve.

    Must run before WeasyPrint is imported for the first time in this process.
    """
    config = resources.fontconfig_file()
    if config is None:
        return False
    os.environ["FONTCONFIG_FILE"] = str(config)
    return True


def load_engine() -> bool:
    """Load WeasyPrint with the pack; False without a pack. Raises JxError (JX710) where Pango is missing."""
    has_pack = prepare()
    try:
        import weasyprint  # noqa: F401
    except OSError as problem:  # it opens the shared libraries when it is imported
        library = re.search(r"lib\w*[-.][\w.+-]+", str(problem))
        raise JxError(error("JX710", detail=library[0] if library else "动态库")) from problem
    return has_pack


@cache
def configuration() -> Any:
    """WeasyPrint's FontConfiguration, shared by all documents of the process."""
    prepare()
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which code points the pack can draw, and which a main face can: a byte for each, since sets of them would
    take 20 MB of every worker."""

    any_face: bytes
    main_face: bytes


@cache
def coverage(folder: Path | None = None) -> Coverage | None:
    """What the fonts of the pack hold; None when there is no pack."""
    from fontTools.ttLib import TTFont

    root = folder or resources.font_dir()
    if root is None:
        return None
    known, main = bytearray(_CODE_POINTS), bytearray(_CODE_POINTS)
    for path in sorted(path for path in root.iterdir() if path.suffix in _SUFFIXES):
        with TTFont(path, lazy=True) as font:
            for point in font.getBestCmap():
                known[point] = 1
                main[point] |= path.stem in MAIN_FACES
    return Coverage(bytes(known), bytes(main))


def uncovered(chars: Iterable[str]) -> tuple[str, ...]:
    """Characters that no font of the pack has, in code point order; () without a pack."""
    drawn = coverage()
    return tuple(c for c in sorted(set(chars)) if not drawn.any_face[ord(c)]) if drawn else ()


def fallen_back(chars: Iterable[str]) -> tuple[str, ...]:
    """Characters that only a fallback face has."""
    drawn = coverage()
    if drawn is None:
        return ()
    return tuple(c for c in sorted(set(chars)) if drawn.any_face[ord(c)] and not drawn.main_face[ord(c)])
