"""E24: the text promises other numbers of goals and indicators than the table has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jxreport.checks.labels import fold, group_of
from jxreport.finding import Finding, Source, warning
from jxreport.model.profile import Profile
from jxreport.model.submission import Form, Kind, Submission
from jxreport.model.values import Sourced

_NUMERALS = {char: number for number, char in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_WORDS = "绩效目标|产出指标|效果指标|效益指标|满意度指标|绩效指标"
_COUNT = r"(?P<n>\d{1,2}|[一二两三四五六七八九十])"
# 3项产出指标, 产出指标3项; a list mark such as 1）项 is no count.
_PROMISES = (
    re.compile(_COUNT + rf"\s*(?:项|个)(?P<w>{_WORDS})"),
    re.compile(rf"(?P<w>{_WORDS}){_COUNT}\s*(?:项|个)"),
)
_COMMON = re.compile(
    r"预算项目|绩效目标|绩效|目标表|项目|专项|资金|经费|建设|表$|^[一二三四五六七八九十]+、|\d"
)
_LONGEST_HEADING = 40
_SHORTEST_STEM = 2


def check(submission: Submission, profile: Profile) -> Iterator[Finding]:
    for form, paragraphs in _narratives(submission):
        told: set[tuple[str, int]] = set()
        for paragraph in paragraphs:
            yield from _check_text(_shown(paragraph), paragraph.source, form, told)


def _check_text(text: str, source: Source, form: Form, told: set[tuple[str, int]]) -> Iterator[Finding]:
    for pattern in _PROMISES:
        for found in pattern.finditer(text):
            word = found["w"]
            promised = _NUMERALS.get(found["n"]) or int(found["n"])
            actual = _count(form, word)
            if actual == promised or (word, promised) in told:
                continue
            told.add((word, promised))
            facts: dict[str, Any] = {"form": form.name, "word": word, "promised": promised, "actual": actual}
            yield warning("JX228", source, **facts)


def _count(form: Form, word: str) -> int:
    if word == "绩效目标":
        return len(form.goals)
    if word == "绩效指标":
        return len(form.indicators)
    return sum(1 for ind in form.indicators if group_of(ind.level1) == group_of(word))


def _narratives(submission: Submission) -> Iterator[tuple[Form, list[Sourced[str]]]]:
    """Each project with the paragraphs about it: its own, else those behind a heading that names it.

    The heading of a project (…项目绩效目标表) often stands as a paragraph of its own.
    """
    projects = [form for form in submission.forms if form.kind is Kind.PROJECT]
    found: dict[int, list[Sourced[str]]] = {}
    current: int | None = None
    for block in submission.narrative:
        current = _named(block.heading, projects, current)
        for paragraph in block.paragraphs:
            text = _shown(paragraph)
            if len(text) <= _LONGEST_HEADING:
                current = _named(text, projects, current)
            if current is not None:
                found.setdefault(current, []).append(paragraph)
    for number, form in enumerate(projects):
        own = [paragraph for block in form.narrative for paragraph in block.paragraphs]
        yield form, own or found.get(number, [])


def _shown(paragraph: Sourced[str]) -> str:
    return paragraph.text or (paragraph.value or "")


def _named(heading: str, projects: list[Form], current: int | None) -> int | None:
    """The project that a heading such as 二、商务接待项目绩效目标表 is about, else `current`."""
    if "表" not in heading:
        return current
    stem = fold(_COMMON.sub("", heading))
    for number, form in enumerate(projects):
        name = fold(_COMMON.sub("", form.name))
        if len(stem) >= _SHORTEST_STEM and name and (stem in name or name in stem):
            return number
    return current
