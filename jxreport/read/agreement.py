"""Sheets of one workbook that name different years or units: one of them is a slip of the pen, or a stray sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jxreport.finding import Finding, Source, warning
from jxreport.read.head import Head, bare_unit
from jxreport.read.layouts import fold

_OURS = ("notes", "narrative", "T1", "A1", "")  # one of each a workbook; "" is a sheet of payments
_DEPARTMENT = ("T1", "A1")


def disagreements(heads: Sequence[tuple[str, Head]]) -> Iterator[Finding]:
    """Every head of a fill-in or target workbook is compared with the first that names the same thing.

    A workbook with several department forms is a collection of many units; they may well differ.
    """
    if sum(code in _DEPARTMENT for code, _ in heads) > 1:
        return
    ours = [head for code, head in heads if code in _OURS]
    years = [(str(head.year), head.year_source) for head in ours if head.year]
    units = [(bare_unit(found.text), found.source) for head in ours if (found := head.fields.get("unit"))]
    yield from _different("年度", years)
    yield from _different("单位", units)


def _different(what: str, named: Sequence[tuple[str, Source]]) -> Iterator[Finding]:
    for text, source in named[1:]:
        first, place = named[0]
        if fold(text) != fold(first):
            at = f"{place.sheet}!{place.cell}"
            yield warning("JX129", source, waiting=True, what=what, here=text, there=first, place=at)
