"""Answers to questions about short texts, kept: a form asks for the same labels and units again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Concatenate, ParamSpec, TypeVar

More = ParamSpec("More")
Value = TypeVar("Value")
OfText = Callable[Concatenate[str, More], Value]


def remembered(*, longest: int, most: int) -> Callable[[OfText[More, Value]], OfText[More, Value]]:
    """Keep the last `most` answers of a pure function whose first argument is a text of at most `longest`
    characters; longer texts seldom return and would fill the memory."""

    def keep(function: OfText[More, Value]) -> OfText[More, Value]:
        kept = lru_cache(maxsize=most)(function)

        def answer(text: str, /, *more: More.args, **named: More.kwargs) -> Value:
            return (kept if len(text) <= longest else function)(text, *more, **named)

        return answer

    return keep
