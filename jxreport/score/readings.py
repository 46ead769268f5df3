"""Readings the unit has chosen (口径确认), kept under the normalised sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jxreport.checks.labels import fold
from jxreport.finding import Finding, warning
from jxreport.model.submission import ReadingChoice
from jxreport.rules import normalise
from jxreport.rules.api import RuleQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The choices for one sentence, and the profile's conventions for all sentences."""

    choices: tuple[ReadingChoice, ...]
    conventions: tuple[tuple[str, str], ...] = ()

    def answer(self, question: RuleQuestion) -> str | None:
        """The label chosen for `question`, by its key or its printed text; None where none is offered so."""
        labels = {fold(reading.label): reading.label for reading in question.readings}
        names = {fold(question.key), fold(question.text)}
        for choice in self.choices:
            if fold(choice.question) in names or not choice.question:
                chosen = labels.get(fold(choice.choice))
                if chosen is not None:
                    return chosen
        return next(
            (label for key, label in self.conventions if key == question.key and fold(label) in labels), None
        )

    def told(self, label: str) -> str:
        """The line of the trace on a chosen reading: where it was chosen, if the unit did."""
        places = [str(choice.source) for choice in self.choices if fold(choice.choice) == fold(label)]
        place = f"（{places[0]}）" if places and places[0] else ""
        return f"口径确认：{label}{place}"

    def unknown(self, questions: tuple[RuleQuestion, ...], name: str) -> Iterator[Finding]:
        """Choices for one of `questions` whose label is none of its readings."""
        for question in questions:
            if self.answer(question) is not None:
                continue
            for choice in self.choices:
                if choice.choice and fold(choice.question) in (fold(question.key), fold(question.text)):
                    offered = "；".join(reading.label for reading in question.readings)
                    facts: dict[str, Any] = {"name": name, "choice": choice.choice, "offered": offered}
                    yield warning("JX511", choice.source, waiting=True, **facts)


def chosen_for(
    sentence: str, readings: tuple[ReadingChoice, ...], conventions: tuple[tuple[str, str], ...]
) -> Chosen:
    """The choices stored for `sentence`, whatever its punctuation."""
    key = normalise(sentence)
    own = tuple(choice for choice in readings if normalise(choice.sentence) == key)
    return Chosen(choices=own, conventions=conventions)


def stale(readings: tuple[ReadingChoice, ...], sentences: set[str]) -> Iterator[Finding]:
    """Choices for sentences that stand in no form any more."""
    known = {normalise(sentence) for sentence in sentences}
    for choice in readings:
        if choice.choice and normalise(choice.sentence) not in known:
            yield warning("JX512", choice.source, sentence=choice.sentence)
