"""Texts as they go onto a page: places where a line may break, limits of length, characters used."""

from __future__ import annotations

import re
import unicodedata

ZERO_WIDTH_SPACE = "\u200b"
# a cell shows no more than a workbook cell can hold
HARD_LIMIT = 32_767
# longer texts are set as paragraphs after their table (RELIABILITY 3.3)
CELL_LIMIT = 2_000
LONGEST_RUN = 60

_RUN = re.compile(f"[!-~]{{{LONGEST_RUN + 1},}}")
_STEP = 20
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_QUOTE = re.compile(f"(?<=[{_HAN}])(?=[“‘])|(?<=[”’])(?=[{_HAN}])")
# Unicode categories Cc and Cs without the line break
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# characters that never need a glyph
_SILENT = {"Cc", "Cf", "Zl", "Zp", "Cs"}


def breakable(text: str) -> str:
    """Give long runs of Latin characters, and the outside of quotation marks, places where the line may break.

    “ and ” look alike to the line breaker, which never breaks beside them; in Chinese a line may end before
    “ and after ”. The mark has no width and is not in the text that is copied from the page.
    """
    return _QUOTE.sub(ZERO_WIDTH_SPACE, _RUN.sub(lambda run: _opened(run.group()), text))


def _opened(run: str) -> str:
    return ZERO_WIDTH_SPACE.join(run[start : start + _STEP] for start in range(0, len(run), _STEP))


def printable(text: str) -> str:
    """Without control characters other than line breaks (they have no glyph and no meaning on paper)."""
    return _CONTROL.sub("", text)


def needs_glyph(char: str) -> bool:
    """Whether the character is drawn: spaces, controls and joiners are not."""
    return unicodedata.category(char) not in _SILENT and char not in "\u200b\ufeff\u00ad"
