"""An indicator in words: target, achievement, the number a score rests on, cause and measure."""

from __future__ import annotations

import re
from decimal import Decimal

from jxreport.model.result import IndicatorScore
from jxreport.model.submission import Answer, Indicator
from jxreport.model.values import Op
from jxreport.number import fixed, half_up, plain
from jxreport.report import facts
from jxreport.report.text import clause, signs

LONGEST_WORDS = 20


def target_text(item: IndicatorScore) -> str:
    """指标值 as the form states it, its sign in print."""
    return signs(item.indicator.target.text)


def target_words(item: IndicatorScore) -> str:
    """指标值 in prose (≥90%); nothing where the form states points or only a scoring sentence."""
    target = item.indicator.target
    if target.op is None or target.op is Op.QUALITATIVE or target.value is None:
        return ""
    sign = "" if target.op is Op.EQ else target.op.value
    return f"{sign}{plain(target.value)}{unit_words(target.unit)}"


def unit_words(unit: str) -> str:
    """A unit as prose says it: 件数 → 件, spaces dropped (NORMS E28)."""
    trimmed = unit.strip()
    return trimmed[:-1] if len(trimmed) > 1 and trimmed.endswith("数") else trimmed


def actual_words(item: IndicatorScore) -> str:
    """What was achieved, short enough for a sentence: a number with its unit, or a few words."""
    indicator = item.indicator
    actual = indicator.actual
    if actual is not None and actual.value is not None:
        return f"{plain(actual.value)}{unit_words(actual.unit or indicator.target.unit)}"
    if actual is not None and not actual.is_blank:
        return _brief(actual.text)
    if item.value is not None:
        return value_words(item)
    texts = [answer.text for answer in indicator.answers if answer.text.strip()]
    return _brief(texts[0]) if len(texts) == 1 else ""


def _brief(text: str) -> str:
    """The words themselves when they are few; a whole sentence belongs in the form."""
    trimmed = text.strip()
    return trimmed if len(trimmed) <= LONGEST_WORDS and not set(trimmed) & set("。；") else ""


def value_words(item: IndicatorScore) -> str:
    """The number the score rests on, with its unit where the form leaves no doubt about it."""
    if item.value is None:
        return ""
    indicator = item.indicator
    unit = indicator.actual.unit if indicator.actual is not None else ""
    if not unit and _is_rate(indicator):
        unit = "%"
    return f"{fixed(item.value)}%" if unit == "%" else f"{plain(half_up(item.value, 4))}{unit}"


def _is_rate(indicator: Indicator) -> bool:
    rule = indicator.rule.text if indicator.rule is not None else ""
    return "%" in indicator.description + rule or indicator.name.endswith("率")


def achieved(item: IndicatorScore) -> str:
    """实际完成情况: the answers line by line after the number computed from them, else the actual as entered.

    Operands may stand in the unit's basic data instead: then only the computed number is here.
    """
    answers = [a for a in item.indicator.answers if a.text.strip() or a.value is not None]
    actual = item.indicator.actual
    if len(answers) == 1:
        return _statement(answers[0], alone=True)
    if not answers and item.value is not None and (actual is None or actual.is_blank):
        return value_words(item)
    if not answers and actual is not None and not actual.is_blank:
        return with_unit(actual.text.strip(), actual.unit, actual.value is not None)
    computed = [f"计算结果：{value_words(item)}"] if item.value is not None else []
    return "\n".join([*computed, *(_statement(answer) for answer in answers)])


def _statement(answer: Answer, *, alone: bool = False) -> str:
    """An answer as a statement of fact: words chosen or written say it themselves, a number says of what.

    The count in a question (被通报1次) belongs to the rule; the statement is 被通报：0次.
    """
    words = _answer_words(answer)
    if alone or not isinstance(answer.value, (bool, Decimal)):
        return words
    step = rf"[,，]?每?[1一]{re.escape(answer.unit)}$" if answer.unit else "$"
    return f"{re.sub(step, '', answer.question)}：{words}"


def _answer_words(answer: Answer) -> str:
    text = answer.text.strip()
    if isinstance(answer.value, bool):
        return text or ("是" if answer.value else "否")
    return with_unit(text, answer.unit, isinstance(answer.value, Decimal))


def with_unit(text: str, unit: str, numeric: bool) -> str:
    """A number followed by its unit, unless its text already ends with it."""
    return f"{text}{unit}" if numeric and unit and not text.endswith(unit) else text


def deviation_lines(items: tuple[IndicatorScore, ...]) -> tuple[str, ...]:
    """Causes and measures of a form's own deviating indicators, one line each, for block 五 of its form."""
    lines = []
    for place, item in enumerate(items, 1):
        measure = facts.measure_of(item)
        tail = f"改进措施：{clause(measure)}。" if measure else ""
        lines.append(f"{place}.{item.indicator.name}：{clause(facts.cause_of(item))}。{tail}")
    return tuple(lines)
