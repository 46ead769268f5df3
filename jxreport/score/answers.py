"""Which answer of a row belongs to which need of its rule, and whether it can be used."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jxreport.checks.labels import fold
from jxreport.model.submission import Answer, Indicator
from jxreport.rules.api import Need, NeedKind
from jxreport.rules.names import best

Value = Decimal | bool | str

_NUMBERS = (NeedKind.VALUE, NeedKind.TARGET, NeedKind.OPERAND, NeedKind.COUNT)
_YES, _NO = frozenset({"是", "有", "√", "对", "符合"}), frozenset({"否", "无", "×", "不符合"})


def take(answers: list[Answer], need: Need) -> Answer | None:
    """The first unused answer under the need's label: questions of one label are answered in order."""
    for answer in answers:
        if fold(answer.question) in (fold(need.asked), fold(need.label)):
            answers.remove(answer)
            return answer
    return None


def take_other(
    answers: list[Answer], need: Need, needs: Sequence[Need], indicator: Indicator
) -> Answer | None:
    """An answer whose question is worded otherwise, where it can mean this need only.

    A tier's word that only this need offers; a count or a tick whose question is the label or a part of it;
    the indicator's own name over its one value.
    """
    found = [answer for answer in answers if _means(answer, need, needs, indicator)]
    if len(found) != 1:
        return None
    answers.remove(found[0])
    return found[0]


def _means(answer: Answer, need: Need, needs: Sequence[Need], indicator: Indicator) -> bool:
    same_kind = [other for other in needs if other.kind is need.kind]
    if need.kind is NeedKind.TIER:
        exact = [other for other in same_kind if _option(other, answer.text)]
        loose = [other for other in same_kind if usable(other, answer.value, answer.text)]
        return (exact or loose) == [need]
    if need.kind in (NeedKind.COUNT, NeedKind.TICK):
        index = best(answer.question, [other.label for other in same_kind], [other.asked for other in same_kind])
        return index is not None and same_kind[index] is need
    if need.kind is NeedKind.VALUE:
        return len(same_kind) == 1 and fold(answer.question) == fold(indicator.name)
    return False


def _option(need: Need, word: str) -> str | None:
    """The offered tier that `word` says exactly."""
    return next((option for option in need.options if fold(option) == fold(word)), None)


def usable(need: Need, value: Value | None, text: str) -> Value | None:
    """`value` in the kind the need asks for, or None: a count is whole and not negative, a tier is one of
    the offered words, a tick is 是 or 否."""
    if need.kind in _NUMBERS:
        if isinstance(value, bool) or not isinstance(value, Decimal):
            return None
        whole = value == value.to_integral_value() and value >= 0
        return value if need.kind is not NeedKind.COUNT or whole else None
    if need.kind is NeedKind.TICK:
        if isinstance(value, bool):
            return value
        word = text.strip()
        return True if word in _YES else (False if word in _NO else None)
    word = value if isinstance(value, str) else text
    exact = _option(need, word)
    if exact is not None or not word.strip():
        return exact
    index = best(word, need.options)
    return need.options[index] if index is not None else None
