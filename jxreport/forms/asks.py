"""What to ask for an indicator: the needs of its rule, or what the profile's norm needs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from jxreport.checks.sentences import sentence_of
from jxreport.model.profile import Profile
from jxreport.model.submission import Indicator
from jxreport.model.values import Op
from jxreport.number import plain
from jxreport.rules.api import Need, NeedKind
from jxreport.score.pace import is_schedule_rule


class AskKind(Enum):
    """How an answer is entered."""

    NUMBER = "number"
    COUNT = "count"
    TICK = "tick"
    CHOICE = "choice"
    TEXT = "text"
    FACT = "fact"  # stands in the basic finance data; not asked again


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One answer row: printed question, unit, words to choose from, short help."""

    kind: AskKind
    question: str
    unit: str = ""
    options: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """A row of 一、基本财务数据: an amount, or a text where `is_text`."""

    name: str
    help: str
    is_text: bool = False


FACTS = (
    FactRow(name="年初预算数", help="年初批复的部门预算总额（基本支出加全部项目支出）"),
    FactRow(name="全年预算数", help="调整后的预算总额，一般等于上年结转＋年初预算＋本年追加（减去追减）"),
    FactRow(name="全年执行数", help="截至12月底的实际支出总额"),
    FactRow(name="上年结转", help="上年结转到本年使用的资金；没有填0"),
    FactRow(name="本年追加预算", help="年度中追加的预算；没有填0，追减填负数"),
    FactRow(name="年末结余", help="年末尚未支出的资金；没有填0"),
    FactRow(name="预算调整原因", help="全年预算数与年初预算数不同的，写明原因和依据", is_text=True),
    FactRow(name="预算执行偏差原因", help="执行率明显偏低（一般指不足90%）或超过100%的，写明原因", is_text=True),
)
# 年初预算, 年初预算数 and 年初预算总额 are one datum; scoring looks them up in the same way.
_AMOUNT_WORD = re.compile(r"(?:数|总额|总数|金额|数额)$")

ACTUAL = "实际完成值"
TIER = "完成档次"
DESCRIPTION = "完成情况说明"
SEE_FACTS = "见基本财务数据"

_HELP = {
    AskKind.NUMBER: "填数字，不带单位和符号",
    AskKind.COUNT: "填整数，没有发生填0",
    AskKind.TICK: "填“是”或“否”",
    AskKind.CHOICE: "从下拉列表中选一档",
}
_PERCENT_HELP = "按百分数填：95%填95"
_OPERAND_HELP = "填数字，各数单位一致"
_MANUAL_HELP = "此标准须由人评定：写明情况，并在“人工评分”填得分"
_SCHEDULE_HELP = "按支出进度表计分：请在“口径确认”选择办法，或者在“人工评分”填得分"
_KINDS = {
    NeedKind.VALUE: AskKind.NUMBER,
    NeedKind.TARGET: AskKind.NUMBER,
    NeedKind.OPERAND: AskKind.NUMBER,
    NeedKind.COUNT: AskKind.COUNT,
    NeedKind.TICK: AskKind.TICK,
    NeedKind.TIER: AskKind.CHOICE,
    NeedKind.GROUP: AskKind.CHOICE,
}


def asks(
    indicator: Indicator, needs: Sequence[Need], profile: Profile, *, facts: bool = True
) -> tuple[Ask, ...]:
    """The answer rows of `indicator`. `needs` are those of its rule (none: a person must score it);
    `facts`: the form has the basic finance data, so that operands found there are not asked again.
    """
    sentence = sentence_of(indicator)
    if not sentence:
        return (_qualitative(profile),) if is_qualitative(indicator) else (_quantitative(indicator),)
    if not needs:
        by_schedule = is_schedule_rule(sentence, indicator.name)
        help_text = _SCHEDULE_HELP if by_schedule else _MANUAL_HELP
        return (Ask(kind=AskKind.TEXT, question=DESCRIPTION, help=help_text),)
    return tuple(_from_need(need, facts) for need in needs)


def is_qualitative(indicator: Indicator) -> bool:
    """Without a scoring sentence: judged by the profile's tiers, not by a number."""
    target = indicator.target
    return not sentence_of(indicator) and (target.op is Op.QUALITATIVE or target.value is None)


def needs_person(indicator: Indicator, needs: Sequence[Need]) -> bool:
    """No number or word decides the score; 人工评分 has to be filled."""
    sentence = sentence_of(indicator)
    if not sentence:
        return is_qualitative(indicator)
    return not needs and not is_schedule_rule(sentence, indicator.name)


def fact_named(operand: str) -> str | None:
    """The row of the basic finance data that holds `operand`, None where it is no such datum."""
    name = _stem(operand)
    return next((row.name for row in FACTS if not row.is_text and _stem(row.name) == name), None)


def _stem(name: str) -> str:
    return _AMOUNT_WORD.sub("", "".join(unicodedata.normalize("NFKC", name).split()))


def tier_help(profile: Profile) -> str:
    """The profile's tiers with the share of the points that each allows."""
    return "；".join(
        f"{tier.label}：分值的{plain(tier.low)}%—{plain(tier.high)}%"
        + ("" if tier.high_included else f"（不含{plain(tier.high)}%）")
        for tier in profile.tiers
    )


def _from_need(need: Need, facts: bool) -> Ask:
    if facts and need.kind is NeedKind.OPERAND and fact_named(need.label) is not None:
        return Ask(kind=AskKind.FACT, question=need.label, unit=need.unit, help=SEE_FACTS)
    kind = _KINDS[need.kind]
    standard = _HELP[kind]
    if kind is AskKind.NUMBER and need.unit == "%":
        standard = _PERCENT_HELP
    elif need.kind is NeedKind.OPERAND and not need.unit:
        standard = _OPERAND_HELP
    return Ask(
        kind=kind,
        question=need.asked,
        unit=need.unit,
        options=need.options,
        help=need.help or standard,
    )


def _quantitative(indicator: Indicator) -> Ask:
    unit = indicator.target.unit.strip()
    help_text = _PERCENT_HELP if unit == "%" else _HELP[AskKind.NUMBER]
    return Ask(kind=AskKind.NUMBER, question=ACTUAL, unit=unit, help=help_text)


def _qualitative(profile: Profile) -> Ask:
    return Ask(
        kind=AskKind.CHOICE,
        question=TIER,
        options=tuple(tier.label for tier in profile.tiers),
        help="选一档，并在“人工评分”填该档范围内的得分",
    )
