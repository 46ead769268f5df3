"""Numbers and references of a PDF as bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def to_bytes(plain: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    """`_to_bytes`: the commonest kinds first, and few numbers are written twice."""

    def to_bytes(item: Any) -> bytes:
        kind = type(item)
        if kind is bytes:
            return item
        if kind is str:
            return item.encode("ascii")
        return plain(item)

    return to_bytes


def page_references(plain: property) -> property:
    """`PDF.page_references`: the list is made anew for a new page, not for each of its thousand marks."""

    def references(pdf: Any) -> Any:
        count = len(pdf.pages["Kids"])
        known = pdf.__dict__.get("known_references")
        if known is None or known[0] != count:
            known = pdf.known_references = count, plain.__get__(pdf)
        return known[1]

    return property(references)
