"""What the blank official forms share: pre-printed levels, fund rows and notes, and the blocks made of them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jxreport import resources
from jxreport.forms.book import Page
from jxreport.forms.style import HEAD, INPUT_TEXT, LABEL, PLAIN, Style
from jxreport.forms.validation import Options

Groups = Mapping[str, Mapping[str, int]]  # level 1 → level 2 → empty rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Preprinted:
    """templates/forms/official.toml: what stands in the forms before anybody fills them."""

    levels: Groups
    with_cost: Groups
    funds: Mapping[str, tuple[str, ...]]
    notes: Mapping[str, tuple[str, ...]]


def load_preprinted(templates: Path | None = None) -> Preprinted:
    """The pre-printed words; `templates` is a user's own folder laid over the shipped one."""
    data = tomllib.loads(resources.find("forms/official.toml", templates).read_text(encoding="utf-8"))
    return Preprinted(
        levels=data["levels"],
        with_cost=data["with_cost"],
        funds={name: tuple(rows) for name, rows in data["funds"].items()},
        notes={name: tuple(lines) for name, lines in data["notes"].items()},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An input column of the indicator rows: where it stands, how it looks, what may be typed."""

    column: int
    style: Style
    columns: int = 1
    validation: Options | None = None


def headings(page: Page, titles: Sequence[tuple[int, int, str]]) -> int:
    """One row of headings (column, columns, title); returns its number."""
    return page.line([(column, columns, title, HEAD) for column, columns, title in titles])


def indicator_rows(page: Page, groups: Groups, entries: Sequence[Entry], first: int = 0) -> None:
    """Empty rows under the pre-printed levels, each level merged over its rows from column `first` on."""
    for level1, seconds in groups.items():
        page.cell(page.row, first, level1, LABEL, rows=sum(seconds.values()))
        for level2, rows in seconds.items():
            page.cell(page.row, first + 1, level2, LABEL, rows=rows)
            page.keep(page.row, page.row + rows - 1)
            for _ in range(rows):
                _empty_row(page, entries)


def _empty_row(page: Page, entries: Sequence[Entry]) -> None:
    row = page.row
    for entry in entries:
        page.cell(row, entry.column, None, entry.style, columns=entry.columns)
        if entry.validation is not None:
            page.validate(row, entry.column, entry.validation)
    page.least_height(row, 24)
    page.row += 1


def fund_rows(
    page: Page, labels: Sequence[str], write: Callable[[int, bool], None], column: int, columns: int
) -> None:
    """One row a source of funds; `write(row, is_total)` adds its cells."""
    for place, label in enumerate(labels):
        row = page.line([(column, columns, label, LABEL)])
        write(row, place == 0)


def prose(page: Page, cells: Sequence[tuple[int, int]], points: float = 48) -> None:
    """A row of cells (column, columns) for longer texts."""
    row = page.line([(column, columns, None, INPUT_TEXT) for column, columns in cells])
    page.least_height(row, points)


def instructions(page: Page, lines: Sequence[str]) -> None:
    """填表说明 under the form, over all columns; reading stops at it."""
    numbered = "\n".join(f"{number}.{line}" for number, line in enumerate(lines, start=1))
    if lines:
        page.line([(0, page.columns, f"填表说明：\n{numbered}", PLAIN)])
