"""Fonts: the private font pack, set before WeasyPrint is imported, and which characters it can draw.

Every process loads the pack once; the character maps of its files decide what is missing, because
WeasyPrint itself draws an empty box without a word (RELIABILITY 3.4).
"""

from __future__ import annotations

import os
import re
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


@cache
def coverage(folder: Path | None = None) -> tuple[tuple[str, frozenset[int]], ...]:
    """(file stem, code points) of each font of the pack, () when there is no pack."""
    from fontTools.ttLib import TTFont

    root = folder or resources.font_dir()
    if root is None:
        return ()
    files = sorted(path for path in root.iterdir() if path.suffix in _SUFFIXES)
    found = []
    for path in files:
        with TTFont(path, lazy=True) as font:
            found.append((path.stem, frozenset(font.getBestCmap())))
    return tuple(found)


def uncovered(chars: Iterable[str]) -> tuple[str, ...]:
    """Characters that no font of the pack has, in code point order; () without a pack."""
    fonts = coverage()
    known = frozenset().union(*(points for _, points in fonts))
    return tuple(c for c in sorted(set(chars)) if ord(c) not in known) if fonts else ()


def fallen_back(chars: Iterable[str]) -> tuple[str, ...]:
    """Characters that only a fallback face has."""
    fonts = coverage()
    main = frozenset().union(*(points for stem, points in fonts if stem in MAIN_FACES))
    missing = set(uncovered(chars))
    return tuple(c for c in sorted(set(chars)) if ord(c) not in main and c not in missing) if fonts else ()
