"""Findings (问题): data about what is wrong or noteworthy, with the place where it stands.

A finding carries a stable code, a severity, a place and facts; its Chinese wording lives in
:mod:`jxreport.messages`. Stages return ``(value, tuple[Finding, ...])``. Exceptions
(:class:`JxError`) are only for "cannot go on with this file".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Severity(Enum):
    """error: this form is not shipped as good; warning and note do not stop it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value stands: file name (no folder), sheet name, cell address such as ``F12``."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        inside = "!".join(part for part in (self.sheet, self.cell) if part)
        return "：".join(part for part in (self.file, inside) if part)


NOWHERE = Source()


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. `facts` are the named texts that the wording of `code` asks for.

    `waiting` marks what a person still has to answer (an open question, a missing cause): the
    report is made, and the run ends with exit code 1 instead of 0.
    """

    code: str
    severity: Severity
    source: Source = NOWHERE
    facts: tuple[tuple[str, str], ...] = ()
    waiting: bool = False

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def fact(self, name: str) -> str:
        """The fact called `name`; KeyError when the finding does not carry it."""
        return dict(self.facts)[name]


def finding(
    code: str,
    severity: Severity,
    source: Source | None = None,
    *,
    waiting: bool = False,
    **facts: object,
) -> Finding:
    """Make a finding; facts become texts (their order is kept)."""
    return Finding(
        code,
        severity,
        source or NOWHERE,
        tuple((name, str(value)) for name, value in facts.items()),
        waiting,
    )


def error(code: str, source: Source | None = None, *, waiting: bool = False, **facts: object) -> Finding:
    """A finding that keeps its form from being shipped as good."""
    return finding(code, Severity.ERROR, source, waiting=waiting, **facts)


def warning(code: str, source: Source | None = None, *, waiting: bool = False, **facts: object) -> Finding:
    """A finding to look at; with `waiting` it asks for an answer."""
    return finding(code, Severity.WARNING, source, waiting=waiting, **facts)


def note(code: str, source: Source | None = None, **facts: object) -> Finding:
    """A finding to know about, shown with -v."""
    return finding(code, Severity.NOTE, source, waiting=False, **facts)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Findings as short tuples ``("JX203", "指标表!F12")``: the shape tests compare."""
    return [(f.code, "!".join(p for p in (f.source.sheet, f.source.cell) if p)) for f in findings]


@dataclass(slots=True)
class JxError(Exception):
    """This file cannot be processed. Carries the finding that says why."""

    finding: Finding
    others: tuple[Finding, ...] = field(default=())

    def __str__(self) -> str:
        return f"{self.finding.code} {self.finding.source}"
