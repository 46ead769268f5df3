"""Sector chains of an OLE container (.xls, .et): one that runs in a circle would be followed for ever."""

from __future__ import annotations

import struct
from collections.abc import Iterator

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = 512
_ENTRY = 128  # bytes of a directory entry
_STREAM, _ROOT = 2, 5  # kinds of entries that have content
_LARGEST_SHIFT = 20


def runs_in_circles(data: bytes) -> bool:
    """Does the directory, the short-sector table or any stream come back to where it was?"""
    if len(data) < _HEADER or not data.startswith(OLE_SIGNATURE):
        return False
    (shift,) = struct.unpack_from("<H", data, 30)
    if not 7 <= shift <= _LARGEST_SHIFT:
        return False  # no container that the reader would follow
    container = _Container(data, 1 << shift)
    try:
        return any(not container.ends(table, start) for table, start in container.chains())
    except _Circle:
        return True


class _Circle(Exception):
    """A chain that is needed to find the others has no end."""


class _Container:
    def __init__(self, data: bytes, size: int) -> None:
        self._data, self._size = data, size
        directory, self._cutoff, self._short_start = struct.unpack_from("<i4xIi", data, 48)
        self._table = [number for sector in self._table_sectors() for number in self._numbers(sector)]
        self._directory = directory

    def chains(self) -> Iterator[tuple[list[int], int]]:
        """Each chain's table and first sector; raises _Circle where one of the first two has no end."""
        entries = b"".join(self._sector(number) for number in self._chain(self._directory))
        short = [n for sector in self._chain(self._short_start) for n in self._numbers(sector)]
        for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
            kind, start, length = entries[at + 66], *struct.unpack_from("<iI", entries, at + 116)
            if kind in (_STREAM, _ROOT):
                yield (self._table if kind == _ROOT or length >= self._cutoff else short), start

    def ends(self, table: list[int], start: int) -> bool:
        """Does the chain from `start` leave the table or stop, rather than meet itself?"""
        seen: set[int] = set()
        while 0 <= start < len(table):
            if start in seen:
                return False
            seen.add(start)
            start = table[start]
        return True

    def _chain(self, start: int) -> Iterator[int]:
        if not self.ends(self._table, start):
            raise _Circle
        while 0 <= start < len(self._table):
            yield start
            start = self._table[start]

    def _table_sectors(self) -> Iterator[int]:
        """Where the sector table is: 109 places in the header, more in sectors of their own."""
        yield from struct.unpack_from("<109i", self._data, 76)
        (more,) = struct.unpack_from("<i", self._data, 68)
        seen: set[int] = set()
        while more >= 0 and more not in seen and (numbers := self._numbers(more)):
            seen.add(more)
            yield from numbers[:-1]
            more = numbers[-1]

    def _sector(self, number: int) -> bytes:
        if number < 0:
            return b""
        return self._data[_HEADER + number * self._size : _HEADER + (number + 1) * self._size]

    def _numbers(self, sector: int) -> tuple[int, ...]:
        content = self._sector(sector)
        return struct.unpack(f"<{len(content) // 4}i", content[: len(content) // 4 * 4])
