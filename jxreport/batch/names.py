"""File and folder names out of users' texts: one cleaning function for all of them."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

MAX_BYTES = 180  # leaves room for suffixes under the 255 bytes of every file system
_FORBIDDEN = set('\\/:*?"<>|')
_EDGES = ". -~$\u3000"
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def clean_name(raw: str, blank: str = "未命名") -> str:
    """A name that is one harmless path component on Linux and Windows, at most 180 bytes of UTF-8.

    Whenever something had to be changed, eight hex digits of the raw text are added, so that two raw
    names never meet in one file. `blank` stands in for a text of which nothing is left.
    """
    name = unicodedata.normalize("NFC", raw)
    name = "".join("_" if _is_bad(char) else char for char in name).strip(_EDGES)
    if _DEVICES.match(name):
        name = f"_{name}"
    name = _cut(name, MAX_BYTES)
    if name == raw and name:
        return name
    if not raw.strip():
        return blank
    mark = sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{_cut(name, MAX_BYTES - len(mark) - 1) or blank}-{mark}"


def _is_bad(char: str) -> bool:
    return char in _FORBIDDEN or unicodedata.category(char) in _INVISIBLE


def _cut(name: str, limit: int) -> str:
    return name.encode("utf-8")[:limit].decode("utf-8", "ignore").rstrip(_EDGES)
