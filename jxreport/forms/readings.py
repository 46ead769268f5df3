"""口径确认: the unit chooses how a sentence with two readings is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jxreport.forms.book import Book
from jxreport.forms.entries import Entries
from jxreport.forms.filler import Filler
from jxreport.forms.style import HEAD, OPTIONAL_TEXT, PLAIN, TEXT
from jxreport.forms.validation import words

READINGS_TITLE = "口径确认"

_HEAD = ("适用指标", "评分标准", "问题", "可选读法", "选择的读法", "说明")
_WIDTHS = (20, 40, 34, 44, 28, 26)
_BLANK_ROWS = 3
_EXPLAINED = (
    "下列评分标准有两种以上读法。实际完成值落在读法不同的地方时，程序按“选择的读法”计分；"
    "没有选择的会列为待确认，不会替您决定。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """A question about a sentence; `form` and `ordinal` name the indicator for the entries."""

    form: str
    ordinal: int
    indicator: str
    sentence: str
    key: str
    question: str
    readings: tuple[str, ...]


def write_readings(book: Book, points: Sequence[OpenPoint], *, entries: Entries) -> None:
    """Write 口径确认 with a dropdown of the readings for each open point."""
    page = book.page(READINGS_TITLE, _WIDTHS, protected=True)
    page.heading(READINGS_TITLE)
    page.line([(0, page.columns, _EXPLAINED, PLAIN)])
    first = page.line([(column, 1, title, HEAD) for column, title in enumerate(_HEAD)])
    page.repeat(first, first)
    page.freeze(page.row)
    filler = Filler(page, entries, ("readings",))
    for point in points:
        row = page.line(
            [
                (0, 1, point.indicator, TEXT),
                (1, 1, point.sentence, TEXT),
                (2, 1, point.question, TEXT),
                (3, 1, "\n".join(f"· {reading}" for reading in point.readings), TEXT),
            ]
        )
        here = filler.at(point.form, str(point.ordinal), point.key)
        here.input(row, 4, "choice", OPTIONAL_TEXT, validation=words(point.readings, "选择一种读法"))
        here.input(row, 5, "remark", OPTIONAL_TEXT)
    for _ in range(_BLANK_ROWS):  # for questions that depend on the value: they are printed in the report
        page.line([(column, 1, None, OPTIONAL_TEXT) for column in range(len(_HEAD))])
