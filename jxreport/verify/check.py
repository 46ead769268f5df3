"""One report's verdict: take the PDF apart, compute everything anew from its evidence, compare.

Compared are the embedded result.json, the embedded workbook's cells and the printed text. The PDF may come
from anybody; call :func:`verify_pdf` in a process that may be stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any

from jxreport import __version__
from jxreport.finding import Finding, JxError, Source, error, warning
from jxreport.model.codec import CodecError
from jxreport.model.profile import Profile
from jxreport.model.result import UnitResult
from jxreport.verify import compare, evidence, printed
from jxreport.verify import workbook as workbooks
from jxreport.verify.evidence import Content, Evidence
from jxreport.verify.pdf import Opened, open_pdf

RESULT_NAME = "result.json"
_WORKBOOK = ".xlsx"
MOST = 50  # differences told of one thing; the rest is counted


class Outcome(Enum):
    """The verdict; the value is the text used in the JSON."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came out for one file. `result` is the recomputed result object ({} where unchecked)."""

    file: str
    outcome: Outcome
    program: str = ""
    profile: Profile | None = None
    findings: tuple[Finding, ...] = ()
    result: dict[str, Any] = field(default_factory=dict)


def verify_pdf(name: str, data: bytes, templates: Path | None = None) -> Verdict:
    """The verdict on the PDF `data`, called `name`. `templates` is where the bureau keeps its profiles.

    What the computation raises for absurd data is left to the caller.
    """
    try:
        opened = open_pdf(name, data)
        found = _evidence(name, opened)
    except JxError as problem:
        return unchecked(name, problem.finding)
    result = _recomputed(found.content)
    from jxreport.render.json import result_object

    expected = result_object([result])
    findings = (*_differences(name, opened, found, result, expected), *_remarks(name, found, templates))
    findings = (*findings, *opened.remarks)
    bad = any(finding.is_error for finding in findings)
    return Verdict(
        file=name,
        outcome=Outcome.INCONSISTENT if bad else Outcome.CONSISTENT,
        program=found.program,
        profile=found.content.profile,
        findings=findings,
        result=expected,
    )


def unchecked(name: str, finding: Finding) -> Verdict:
    """The verdict on a file that could not be checked."""
    return Verdict(file=name, outcome=Outcome.UNCHECKED, findings=(finding,))


def _evidence(name: str, opened: Opened) -> Evidence:
    source = Source(name)
    if evidence.NAME not in opened.files:
        raise JxError(error("JX763", source, name=evidence.NAME))
    try:
        return evidence.unpack(opened.files[evidence.NAME])
    except evidence.NewerEvidence as problem:
        raise JxError(error("JX765", source, why=str(problem))) from problem
    except CodecError as problem:
        raise JxError(error("JX764", source, name=evidence.NAME, why=str(problem))) from problem


def _recomputed(content: Content) -> UnitResult:
    """The same computation as when the report was made."""
    from jxreport.score import score_submission

    result = score_submission(
        content.submission, content.profile, as_of=content.as_of or None, readings=content.readings
    )
    return replace(result, findings=tuple(dict.fromkeys((*content.findings, *result.findings))))


def _differences(
    name: str, opened: Opened, found: Evidence, result: UnitResult, expected: dict[str, Any]
) -> Iterator[Finding]:
    from jxreport.render.xlsx import render_xlsx
    from jxreport.report import build_document
    from jxreport.verify.expected import expected_text

    content, same = found.content, found.program == __version__
    if not found.intact:
        yield error("JX773", Source(name, evidence.NAME))
    yield from _digests(name, opened, found)
    yield from _at_most(name, RESULT_NAME, _result(name, opened, expected, same))
    document = build_document(result, date=content.date, outline=content.outline)
    rendered, _ = render_xlsx(document)
    for file, data in opened.files.items():
        if same and file.endswith(_WORKBOOK):
            yield from _at_most(name, file, workbooks.differences(data, rendered, name, file))
    strict = same and not content.templates
    text = printed.differences(opened.pages, expected_text(document), name, strict=strict)
    yield from _at_most(name, "印出的文字", text)


def _digests(name: str, opened: Opened, found: Evidence) -> Iterator[Finding]:
    listed = {file.name: file.sha256 for file in found.files}
    for file, digest in listed.items():
        where = Source(name, file)
        if file not in opened.files:
            yield error("JX779", where, name=file, why="缺失")
        elif evidence.sha256(opened.files[file]) != digest:
            yield error("JX770", where, name=file)
    expected = [RESULT_NAME, *(file for file in opened.files if file.endswith(_WORKBOOK))]
    for file in expected:
        if file not in listed:
            yield error("JX779", Source(name, evidence.NAME), name=file, why="没有登记")
    if len(expected) == 1:
        yield error("JX779", Source(name), name=_WORKBOOK, why="缺失")


def _result(name: str, opened: Opened, expected: dict[str, Any], same: bool) -> Iterator[Finding]:
    where = Source(name, RESULT_NAME)
    data = opened.files.get(RESULT_NAME)
    if data is None:
        return
    try:
        found = evidence.load_json(data)
    except CodecError as problem:
        yield error("JX779", where, name=RESULT_NAME, why=f"读不出来（{problem}）")
        return
    yield from compare.differences(found, expected, where, same_program=same)


def _at_most(name: str, where: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    yield from islice(findings, MOST)
    rest = sum(1 for finding in findings if finding.is_error)
    if rest:
        yield error("JX793", Source(name), where=where, count=rest)


def _remarks(name: str, found: Evidence, templates: Path | None) -> Iterator[Finding]:
    source, same = Source(name), found.program == __version__
    if not same:
        yield warning("JX790", source, theirs=found.program, ours=__version__)
    profile = found.content.profile
    ours = _our_profile(profile, templates)
    if ours is None:
        yield warning("JX791", source, name=profile.name[:60], version=profile.version[:60])
    elif (ours := replace(ours, outline=profile.outline)) != profile:  # the outline decides no number
        places = "、".join(
            field.name
            for field in fields(Profile)
            if getattr(ours, field.name) != getattr(profile, field.name)
        )
        say = error if same else warning
        yield say("JX774", source, name=profile.name, version=profile.version, places=places)


def _our_profile(profile: Profile, templates: Path | None) -> Profile | None:
    """The profile of that name and version on this machine."""
    from jxreport.profiles import load_profile, profile_names

    if profile.name not in profile_names(templates):  # the name is never used as a path
        return None
    try:
        ours = load_profile(profile.name, templates)
    except JxError:
        return None
    return ours if ours.version == profile.version else None
