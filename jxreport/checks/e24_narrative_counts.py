"""E24: the text promises other numbers of goals and indicators than the table has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jxreport.checks.labels import fold, group_of
from jxreport.finding import Finding, Source, warning
from jxreport.model.profile import Profile
from jxreport.model.submission import Form, Kind, Submission, TextBlock

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


def check(submission: Submission, profile: Profile) -> Iterator[Finding]:
    for form, blocks in _narratives(submission):
        told: set[tuple[str, int]] = set()
        for block in blocks:
            for paragraph in block.paragraphs:
                text = paragraph.text or (paragraph.value or "")
                yield from _check_text(text, paragraph.source, form, told)


def _check_text(text: str, source: Source, form: Form, told: set[tuple[str, int]]) -> Iterator[Finding]:
    for pattern in _PROMISES:
        for found in pattern.finditer(text):
            word = found["w"]
            promised = _NUMERALS.get(found["n"]) or int(found["n"])
            actual = _count(form, word)
            if actual == promised or (word, promised) in told:
                continue
            told.add((word, promised))
            facts = {"form": form.name, "word": word, "promised": promised, "actual": actual}
            yield warning("JX228", source, **facts)


def _count(form: Form, word: str) -> int:
    if word == "绩效目标":
        return len(form.goals)
    if word == "绩效指标":
        return len(form.indicators)
    return sum(1 for ind in form.indicators if group_of(ind.level1) == group_of(word))


def _narratives(submission: Submission) -> Iterator[tuple[Form, tuple[TextBlock, ...]]]:
    """Each project with the blocks of text about it: its own, else those under a heading that names it."""
    projects = [form for form in submission.forms if form.kind is Kind.PROJECT]
    for form in projects:
        if form.narrative:
            yield form, form.narrative
    blocks: dict[int, list[TextBlock]] = {}
    current: int | None = None
    for block in submission.narrative:
        named = _named(block.heading, projects)
        current = named if named is not None else current
        if current is not None:
            blocks.setdefault(current, []).append(block)
    for number, found in blocks.items():
        if not projects[number].narrative:
            yield projects[number], tuple(found)


def _named(heading: str, projects: list[Form]) -> int | None:
    """The project that a heading such as 二、商务接待项目绩效目标表 is about."""
    if "表" not in heading and "项目" not in heading:
        return None
    stem = fold(_COMMON.sub("", heading))
    if len(stem) < 2:
        return None
    for number, form in enumerate(projects):
        name = fold(_COMMON.sub("", form.name))
        if name and (stem in name or name in stem):
            return number
    return None
