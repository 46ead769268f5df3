"""Entries: what goes into the input cells of a fill-in workbook, by path.

A path names a cell by what it means, e.g. ``("department", "facts", "年初预算数")`` or
``("projects", code, "indicators", "1", "actual")``, so that a table of entries survives any change of layout.
The answer rows of an indicator are numbered: ``("department", "indicators", "2", "answers", "1")``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from jxreport.forms.book import Value

Path = tuple[str, ...]


class Entries:
    """Values by path. :meth:`take` remembers what was asked, :meth:`unused` tells what nobody asked for."""

    def __init__(self, values: Mapping[Path, Value] | None = None) -> None:
        self._values = dict(values or {})
        self._taken: set[Path] = set()

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Entries:
        """Entries from nested tables, e.g. a TOML document; the keys on the way form the path."""
        return cls(dict(_leaves(tree, ())))

    def take(self, *path: str) -> Value:
        """The value at `path`, None where nothing is entered."""
        self._taken.add(path)
        return self._values.get(path)

    def unused(self) -> tuple[Path, ...]:
        """Paths with a value that belong to no cell written so far."""
        return tuple(path for path in self._values if path not in self._taken)


def _leaves(tree: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, Value]]:
    for key, value in tree.items():
        here = (*path, key)
        if isinstance(value, Mapping):
            yield from _leaves(value, here)
        elif isinstance(value, int) and not isinstance(value, bool):
            yield here, Decimal(value)
        else:
            yield here, value
