"""One thing examined by ``doctor``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """`group` is the heading it stands under, `fix` what to do where it is not `good`.

    `fact`: told for information, there is nothing to judge. `needed`: without it no good report can be made;
    else the report is made, with the drawback told.
    """

    group: str
    name: str
    good: bool = True
    text: str = ""
    fix: str = ""
    needed: bool = True
    fact: bool = False
