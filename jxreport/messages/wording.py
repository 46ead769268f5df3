"""The shape of one entry of the wording table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """`norm` names the rule behind the code (E05, 10号 art. 16 …), for the docs; texts are templates."""

    title: str
    text: str
    fix: str
    norm: str = ""
