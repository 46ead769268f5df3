"""How hard a check hits: the profile may soften or sharpen it."""

from __future__ import annotations

from collections.abc import Iterator

from jxreport.finding import Finding, Severity, Source, finding
from jxreport.model.profile import Profile

_SEVERITIES = {
    "error": (Severity.ERROR, False),
    "waiting": (Severity.WARNING, True),
    "warning": (Severity.WARNING, False),
    "note": (Severity.NOTE, False),
}


def graded(
    profile: Profile, norm: str, default: str, code: str, source: Source, **facts: object
) -> Iterator[Finding]:
    """The finding of check `norm` (E13 …) with the severity that the profile gives it, or none (off)."""
    chosen = _SEVERITIES.get(profile.severity(norm, default))
    if chosen is not None:
        severity, waiting = chosen
        yield finding(code, severity, source, waiting=waiting, **facts)
