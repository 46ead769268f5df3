"""Where the data files are: templates (wheel first, then checkout) and the font pack.

A folder given with ``--templates`` lies over the shipped templates file by file: what it does not
hold is taken from the program. Fonts are looked for in ``JXREPORT_FONTS``, in the checkout
(``.fonts``, made by ``make setup``), in the environment (put there by the offline installer), then in the
user's data folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FONTS_VARIABLE = "JXREPORT_FONTS"
FONTCONFIG_NAME = "fonts.conf"
FONT_SOURCES = "sources.txt"  # family <tab> file it was made from, one a line

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


class MissingResource(FileNotFoundError):
    """A file that the program brings along is not where it should be: the installation is damaged."""


def template_root(override: Path | None = None) -> Path:
    """The folder of templates: `override` if given, else the wheel's, else the checkout's.

    Raises MissingResource when there is none.
    """
    for root in _roots(override):
        return root
    raise MissingResource("templates")


def find(relative: str, override: Path | None = None) -> Path:
    """The template file or folder called `relative` (``profiles/mof-2020-10.toml``), the user's own first.

    Raises MissingResource when no folder has it.
    """
    for root in _roots(override):
        path = root / relative
        if path.exists():
            return path
    raise MissingResource(relative)


def font_dir() -> Path | None:
    """The folder of the font pack, or None when it was never built (then the system's fonts serve)."""
    for folder in _font_folders():
        if (folder / FONTCONFIG_NAME).is_file():
            return folder
    return None


def use_fonts(folder: Path | None) -> None:
    """Let this process and those it starts use the font pack in `folder`; None changes nothing."""
    if folder is not None:
        os.environ[FONTS_VARIABLE] = str(folder.resolve())


def fontconfig_file() -> Path | None:
    """The pack's fontconfig file, for FONTCONFIG_FILE; it must be set before WeasyPrint is imported."""
    folder = font_dir()
    return folder / FONTCONFIG_NAME if folder else None


def _roots(override: Path | None) -> list[Path]:
    shipped = (_PACKAGE / "_templates", _CHECKOUT / "templates")
    found = [root for root in shipped if root.is_dir()][:1]
    return [Path(override), *found] if override is not None else found


def _font_folders() -> list[Path]:
    named = os.environ.get(FONTS_VARIABLE)
    if named:
        return [Path(named)]
    installed = Path(sys.prefix) / "share" / "jxreport" / "fonts"
    return [_CHECKOUT / ".fonts", installed, user_data_dir() / "fonts"]


def user_data_dir() -> Path:
    """The user's data folder: ``%LOCALAPPDATA%\\jxreport``, or ``~/.local/share/jxreport`` (XDG)."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "jxreport"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "jxreport"
