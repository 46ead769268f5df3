"""The printed text against the text the report must have (pure): pieces found one after the other.

A piece is a heading, a paragraph or a table row without its spaces. The pages' text, in the order it was
drawn, must hold all pieces in their order; what stands between them must be table heads, page numbers and
the like. So a changed, a missing and an added character are all seen, wherever a line or page ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from jxreport.finding import Finding, Source, error, warning

_INVISIBLE = re.compile(r"[\s\0\u200b\u00ad\ufeff]+")
_WINDOW = 4_000  # what may stand between two pieces: heads, notes, the texts of charts
_HEAD = 400  # a table's head, repeated on the next page before a row goes on
_ANCHOR = 3  # a piece that is not there word for word is looked for by so many characters,
_ENOUGH = 20  # and taken for changed where so many of it, or half of it, agree
_CANDIDATES = 50  # places looked at for a piece that is not there word for word
_CHANGES = 5  # changes told of one piece
_SHOWN = 40
_NUMERIC = "0123456789.,%+-"
_HOLE = "\0"  # stands for text that has been accounted for


@dataclass(frozen=True, slots=True)
class Piece:
    """Texts drawn one after the other: the cells of a row, or one paragraph."""

    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.cells)

    def token(self, place: int) -> tuple[int, int]:
        """Start and end of the number at `place`, or of the one character; within its cell."""
        low = 0
        for cell in self.cells:
            if place < low + len(cell):
                break
            low += len(cell)
        else:
            return place, place
        inside = place - low
        start = end = inside
        while start and cell[start - 1] in _NUMERIC:
            start -= 1
        while end < len(cell) and cell[end] in _NUMERIC:
            end += 1
        return low + start, low + max(end, inside + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """`pieces` in their order; `loose` must be there too, anywhere between (texts of charts); `known` may
    be there any number of times; `footer` matches what ends a page."""

    pieces: tuple[Piece, ...]
    loose: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()  # labels that a page break repeats, with their mark
    footer: str = ""


def squeezed(text: str) -> str:
    """Without anything invisible."""
    return _INVISIBLE.sub("", text)


def differences(pages: Sequence[str], expected: Expected, file: str, *, strict: bool) -> Iterator[Finding]:
    """Where the text of `pages` is not `expected`; places are pages of `file`.

    With `strict` False (own templates, another version) only changed numbers count as not consistent.
    """
    yield from _Reading(pages, expected, file, strict).findings()


@dataclass(slots=True)
class _Reading:
    """One pass over the pages: `_position` is how far the pieces have been found."""

    pages: Sequence[str]
    expected: Expected
    file: str
    strict: bool
    _text: str = ""
    _starts: list[int] = field(default_factory=list)
    _position: int = 0
    _gaps: list[tuple[int, int]] = field(default_factory=list)
    _unmatched: list[str] = field(default_factory=list)

    def findings(self) -> Iterator[Finding]:
        missing = self._join()
        pieces = [piece for piece in self.expected.pieces if piece.text]
        for piece, after in zip_longest(pieces, pieces[1:]):
            yield from self._piece(piece, after)
        self._gaps.append((self._position, len(self._text)))
        for text in missing:
            yield from self._absent(text, 0)
        yield from self._between()
        if self._unmatched:
            example = _cut(self._unmatched[0])
            yield warning("JX794", Source(self.file), count=len(self._unmatched), example=example)

    def _join(self) -> list[str]:
        """All pages as one text, without what each page adds; the texts of charts that are on none."""
        footer = re.compile(f"(?:{self.expected.footer})$") if self.expected.footer else None
        labels = sorted(self.expected.repeated, key=len, reverse=True)
        charts = sorted((text for text in self.expected.loose if text), key=len, reverse=True)
        cleaned, place = [], 0
        for page in self.pages:
            text = squeezed(page)
            text = footer.sub("", text) if footer else text
            for label in labels:
                text = text.replace(label, "")
            for chart in tuple(charts):  # drawn after the page's other texts
                at = text.rfind(chart)
                if at >= 0:
                    text = text[:at] + text[at + len(chart) :]
                    charts.remove(chart)
            self._starts.append(place)
            place += len(text)
            cleaned.append(text)
        self._text = "".join(cleaned)
        return charts

    def _piece(self, piece: Piece, after: Piece | None) -> Iterator[Finding]:
        wanted, start = piece.text, self._position
        end = start + len(wanted) + _WINDOW
        bound = self._bound(after, end)
        at = self._text.find(wanted, start, end)
        if 0 <= at <= bound:
            self._taken(at, at + len(wanted))
            return
        torn = self._torn(piece)
        if torn is not None:
            self._taken(*torn)
            return
        place = self._likeliest(piece, bound)
        if place is None:
            yield from self._absent(wanted, start)
        else:
            yield from self._changed(piece, place)

    def _taken(self, start: int, end: int) -> None:
        if start > self._position:
            self._gaps.append((self._position, start))
        self._position = end

    def _torn(self, piece: Piece) -> tuple[int, int] | None:
        """A row or paragraph that a page break cuts: what is left of its texts follows on the next page."""
        first = next(cell for cell in piece.cells if cell)
        start = self._text.find(first[:_ANCHOR], self._position, self._position + _WINDOW)
        if start < 0:
            return None
        place, rests = start, []
        for cell in piece.cells:
            length = self._common(cell, place)
            place += length
            if length < len(cell):
                rests.append(cell[length:])
                if not set(cell) - set(_NUMERIC):  # no number is cut
                    return None
        page = self._page(start)
        if not rests or page == len(self._starts) or place != self._starts[page]:
            return None
        end, limit = place, place + _HEAD
        for rest in rests:
            at = self._text.find(rest, end, limit + len(rest))
            if at < 0:
                return None
            end = limit = at + len(rest)
        return start, end

    def _common(self, wanted: str, place: int) -> int:
        """How many characters of `wanted` stand at `place`."""
        length = 0
        while length < len(wanted) and self._text[place + length : place + length + 1] == wanted[length]:
            length += 1
        return length

    def _bound(self, after: Piece | None, end: int) -> int:
        """Where a piece must have begun: before the next one, if that is there and cannot be mistaken."""
        if after is None or len(after.text) < _ENOUGH:
            return end
        at = self._text.find(after.text, self._position, end)
        return at if at >= 0 else end

    def _likeliest(self, piece: Piece, end: int) -> int | None:
        """Where `piece` stands with something changed in it: where most of its characters agree."""
        wanted = piece.text
        best, most = None, len(wanted) // 2 if len(wanted) < 2 * _ENOUGH else _ENOUGH
        at = self._position - 1
        for _ in range(_CANDIDATES):
            at = self._text.find(wanted[:_ANCHOR], at + 1, end)
            if at < 0:
                break
            length = self._common(wanted, at)
            rest = wanted[piece.token(length)[1] :]
            agreed = length + (len(rest) if self._rejoined(rest, at + length) >= 0 else 0)
            if agreed > most:
                best, most = at, agreed
        return best

    def _rejoined(self, rest: str, place: int) -> int:
        """Where `rest` goes on after a change at `place`, -1 where it does not."""
        return self._text.find(rest, place, place + len(rest) + _SHOWN)

    def _changed(self, piece: Piece, at: int) -> Iterator[Finding]:
        """The piece begins at `at`, but further on it says something else."""
        wanted, done = piece.text, 0
        for _ in range(_CHANGES):
            length = self._common(wanted[done:], at)
            if done + length == len(wanted):
                self._taken(at, at + length)
                return
            start, end = piece.token(done + length)
            start = max(start, done)
            yield from self._said(piece, start, end, at + start - done)
            rest = wanted[end:]
            again = self._rejoined(rest[: _SHOWN // 2], at + length) if rest else at + end - done
            if again < 0:
                break
            self._taken(at, again)
            done, at = end, again
        self._taken(at, at + self._common(wanted[done:], at))

    def _said(self, piece: Piece, start: int, end: int, at: int) -> Iterator[Finding]:
        """`at` is where characters `start` to `end` of the piece should stand."""
        right = piece.text[start:end]
        is_number = any(char.isdigit() for char in right)
        if not self.strict and not is_number:
            self._unmatched.append(piece.text)
            return
        yield error(
            "JX776",
            Source(self.file, f"第{self._page(at)}页"),
            found=self._text[at : at + end - start],
            expected=right,
            before=piece.text[max(start - _SHOWN // 2, 0) : start],
        )

    def _absent(self, wanted: str, start: int) -> Iterator[Finding]:
        if self.strict:
            yield error("JX777", Source(self.file, f"第{self._page(start)}页前后"), expected=_cut(wanted))
        else:
            self._unmatched.append(wanted)

    def _between(self) -> Iterator[Finding]:
        """What stands between the pieces must be known."""
        known = sorted((text for text in self.expected.known if text), key=len, reverse=True)
        for start, end in self._gaps:
            rest = self._text[start:end]
            for wanted in known:
                rest = rest.replace(wanted, _HOLE * len(wanted))
            for part in re.finditer(f"[^{_HOLE}]+", rest):
                yield from self._foreign(part.group(), start + part.start())

    def _foreign(self, text: str, place: int) -> Iterator[Finding]:
        if self.strict:
            yield error("JX778", Source(self.file, f"第{self._page(place)}页"), found=_cut(text))
        else:
            self._unmatched.append(text)

    def _page(self, place: int) -> int:
        return bisect_right(self._starts, place)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
