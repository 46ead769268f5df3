"""Formulas in a BIFF8 stream: which cells hold one, and those that are only a constant (`=100%`).

xlrd gives the stored result and hides the formula. A target typed as `=100%` would then look like a
bare 1, so the constant is read from the formula's tokens.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from xlrd.compdoc import CompDoc

from jxreport.read.formats.formula import Place

_BOF, _EOF, _BOUNDSHEET, _FORMULA, _SHARED = 0x0809, 0x000A, 0x0085, 0x0006, 0x04BC
_PTG_EXP, _PTG_INT, _PTG_NUMBER, _PTG_PERCENT = 0x01, 0x1E, 0x1F, 0x14


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _constant(tokens: bytes) -> str:
    """The text of a formula that is one number, perhaps with a percent sign; "" for any other."""
    if not tokens:
        return ""
    if tokens[0] == _PTG_INT and len(tokens) >= 3:
        number, rest = str(struct.unpack_from("<H", tokens, 1)[0]), tokens[3:]
    elif tokens[0] == _PTG_NUMBER and len(tokens) >= 9:
        number, rest = format(struct.unpack_from("<d", tokens, 1)[0], ".15g"), tokens[9:]
    else:
        return ""
    return {b"": number, bytes([_PTG_PERCENT]): f"{number}%"}.get(rest, "")


def formula_texts(data: bytes) -> list[dict[Place, str]]:
    """For each worksheet in workbook order: formula cells with their text, "" where it is no constant.

    An empty list where the stream is not BIFF8 in an OLE container.
    """
    try:
        stream = CompDoc(data, logfile=_Quiet()).get_named_stream("Workbook")
    except Exception:  # only a refinement: xlrd has already read or refused the file
        return []
    if not stream:
        return []
    starts = [struct.unpack_from("<I", body)[0] for kind, body in _globals(stream) if kind == _BOUNDSHEET]
    return [_sheet(stream, start) for start in starts]


class _Quiet:
    def write(self, text: str) -> None:
        """xlrd prints remarks about odd containers; nobody reads them here."""


def _globals(stream: bytes) -> Iterator[tuple[int, bytes]]:
    for kind, body in _records(stream, 0):
        if kind == _EOF:
            return
        yield kind, body


def _sheet(stream: bytes, start: int) -> dict[Place, str]:
    found: dict[Place, str] = {}
    shared: dict[Place, str] = {}
    users: dict[Place, Place] = {}
    depth = 0
    for kind, body in _records(stream, start):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            break
        if kind == _FORMULA and depth == 1 and len(body) >= 22:
            row, column, size = *struct.unpack_from("<HH", body), struct.unpack_from("<H", body, 20)[0]
            tokens = body[22 : 22 + size]
            found[row + 1, column + 1] = _constant(tokens)
            if len(tokens) == 5 and tokens[0] == _PTG_EXP:
                users[row + 1, column + 1] = struct.unpack_from("<HH", tokens, 1)
        elif kind == _SHARED and depth == 1 and len(body) >= 10:
            first_row, _, first_column = struct.unpack_from("<HHB", body)
            shared[first_row, first_column] = _constant(body[10:])
    found.update({place: shared.get(key, "") for place, key in users.items()})
    return found
