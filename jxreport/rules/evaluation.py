"""The evaluation of a tree: inputs matched to needs, open points, trace.

A node asks this object for what it needs. An open point (`choose`) is explored: the rule is evaluated under every
reading, and only where the readings differ for this very input does it become a question (RULES 7.3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.api import Issue, Need


class Unanswered(Exception):
    """A needed input is missing. Caught where the parts are added up, never seen by callers."""

    def __init__(self, need: Need) -> None:
        super().__init__(need.key)
        self.need = need


class ByHand(Exception):
    """For this input a person has to decide (ranking, discretion). Never seen by callers."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


_LONG = re.compile(r"(\d+\.\d{6})\d+")


@dataclass(slots=True)
class Evaluation:
    """One run over the tree. `answers` maps a need's key to its value (Decimal, bool or the tier's label)."""

    answers: Mapping[str, Decimal | bool | str]
    readings: Mapping[str, str]  # question key → reading label
    weight: Decimal | None = None
    asked: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    missing: list[Need] = field(default_factory=list)
    trace: list[tuple[str, str]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    op: str = ""  # 符号 of the indicator, where it is known
    value: Decimal | None = None
    negative: bool = False  # a chosen reading lets the score fall below 0

    def number(self, need: Need) -> Decimal:
        answer = self.answers.get(need.key)
        if isinstance(answer, bool) or not isinstance(answer, Decimal):
            raise Unanswered(need)
        return answer

    def has(self, need: Need) -> bool:
        return need.key in self.answers

    def truth(self, need: Need) -> bool:
        answer = self.answers.get(need.key)
        if not isinstance(answer, bool):
            raise Unanswered(need)
        return answer

    def word(self, need: Need) -> str:
        answer = self.answers.get(need.key)
        if not isinstance(answer, str):
            raise Unanswered(need)
        return answer

    def choose(self, key: str, text: str, labels: tuple[str, ...]) -> str:
        """The reading to take at an open point; the first one while exploring."""
        self.asked[key] = (text, labels)
        chosen = self.readings.get(key)
        return chosen if chosen in labels else labels[0]

    def say(self, kind: str, text: str) -> None:
        """A line of the trace; a long decimal is cut after six places and marked."""
        self.trace.append((kind, _LONG.sub(r"\1…", text)))

    def doubt_bound(self, value: Decimal, bound: Decimal) -> None:
        """占比不超过3%, and the actual is 30%: a bound of one digit that the actual passes many times is mostly damaged."""
        if 1 <= bound <= 10 and value >= bound * 3 and value - bound >= 7:
            text = f"实际值{plain(value)}%远远超过界线{plain(bound)}%，请核对这条界线是否漏了数字"
            self.note(Issue(code="JX418", text=text))

    def note(self, issue: Issue) -> None:
        if issue not in self.issues:
            self.issues.append(issue)

