"""“Did you mean”: the nearest of the known names, for messages about a name that nobody knows."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches


def did_you_mean(name: str, known: Collection[str]) -> str:
    """是不是“…”？ with the nearest of `known`, "" where none is near.

    >>> did_you_mean("profil", ["profile", "output"]), did_you_mean("xyz", ["profile"])
    ('是不是“profile”？', '')
    """
    near = get_close_matches(name, known, n=1)
    return f"是不是“{near[0]}”？" if near else ""
