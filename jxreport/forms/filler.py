"""Writing input cells: the entered value, the look of an input cell and its validation in one step."""

from __future__ import annotations

from dataclasses import dataclass, field

from jxreport.forms.asks import Ask, AskKind
from jxreport.forms.book import Page, Value
from jxreport.forms.entries import Entries, Path
from jxreport.forms.style import IDLE, INPUT, INPUT_TEXT, Style
from jxreport.forms.validation import Options, for_ask


@dataclass(frozen=True, slots=True)
class Filler:
    """Writes input cells of one page; `base` is the path that all its entries begin with."""

    page: Page
    entries: Entries
    base: Path = field(default=())

    def at(self, *path: str) -> Filler:
        """The same page with a longer base path."""
        return Filler(self.page, self.entries, (*self.base, *path))

    def input(
        self,
        row: int,
        column: int,
        key: str,
        style: Style = INPUT,
        *,
        rows: int = 1,
        columns: int = 1,
        known: Value = None,
        validation: Options | None = None,
    ) -> None:
        """One input cell at `key`; `known` is what the targets already say (an entry goes before it)."""
        entered = self.entries.take(*self.base, key)
        value = known if entered is None else entered
        self.page.cell(row, column, value, style, rows=rows, columns=columns)
        if validation is not None:
            self.page.validate(row, column, validation)

    def answer(self, row: int, column: int, ask: Ask, key: str, *, columns: int = 1) -> None:
        """The cell where `ask` is answered, in the look and with the validation that fit its kind."""
        if ask.kind is AskKind.FACT:
            self.page.cell(row, column, None, IDLE, columns=columns)
            return
        style = INPUT_TEXT if ask.kind is AskKind.TEXT else INPUT
        self.input(row, column, key, style, columns=columns, validation=for_ask(ask))
