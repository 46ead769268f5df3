"""References to the pages of a PDF."""

from __future__ import annotations

from typing import Any


def page_references(plain: property) -> property:
    """`PDF.page_references`: the list is made anew for a new page, not for each of its thousand marks."""

    def references(pdf: Any) -> Any:
        count = len(pdf.pages["Kids"])
        known = pdf.__dict__.get("known_references")
        if known is None or known[0] != count:
            known = pdf.known_references = count, plain.__get__(pdf)
        return known[1]

    return property(references)
