"""Data validation of input cells. All of it warns and none forbids: 不适用 must be possible everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from jxreport.forms.asks import Ask, AskKind

Options = dict[str, object]

TICK_WORDS = ("是", "否")
_LIST_LENGTH = 255  # a list written into the validation itself may not be longer
_MESSAGE_LENGTH = 255
_LIMIT = 10**12


def for_ask(ask: Ask) -> Options | None:
    """The validation of an answer cell, None where any text may stand."""
    if ask.kind is AskKind.TICK:
        return words(TICK_WORDS, ask.question)
    if ask.kind is AskKind.CHOICE:
        return words(ask.options, ask.question)
    if ask.kind is AskKind.COUNT:
        return whole(ask.question)
    if ask.kind is AskKind.NUMBER:
        return number(ask.question, ask.help)
    return None


def words(options: Sequence[str], message: str = "") -> Options | None:
    """A dropdown; None where Excel cannot hold the list in the cell (a comma inside, or too long)."""
    if not options or any("," in option for option in options) or len(",".join(options)) > _LIST_LENGTH:
        return None
    return {
        "validate": "list",
        "source": list(options),
        "error_message": "请从列表中选择；指标确不适用时可填“不适用”。",
        **_common("请选择", message),
    }


def whole(message: str = "") -> Options:
    """A whole number from 0."""
    return {
        "validate": "integer",
        "criteria": ">=",
        "value": 0,
        "error_message": "应填0或正整数；指标确不适用时可填“不适用”。",
        **_common("请填整数", message),
    }


def number(message: str = "", help_text: str = "") -> Options:
    """Any number; signs are allowed because 追减 is negative."""
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -_LIMIT,
        "maximum": _LIMIT,
        "error_message": "应填数字，不要带单位、符号或文字；指标确不适用时可填“不适用”。",
        **_common("请填数字", "。".join(part for part in (message, help_text) if part)),
    }


def between(low: int, high: int, message: str = "") -> Options:
    """A number from `low` to `high`."""
    return number(message) | {"minimum": low, "maximum": high}


def _common(title: str, message: str) -> Options:
    shown = message if len(message) <= _MESSAGE_LENGTH else message[: _MESSAGE_LENGTH - 1] + "…"
    hint = {"input_title": title, "input_message": shown} if shown else {}
    return {"error_type": "warning", "error_title": "请核对", **hint}
