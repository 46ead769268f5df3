"""The one Chinese table of findings' wording: what, where, why it matters, what to do.

Each module of this package holds one range of codes as data: ``CODES: dict[str, Wording]``. The texts
are ``str.format`` templates over the finding's facts. :func:`message` joins a finding with its wording.

Codes are stable: JX1xx reading, JX2xx target table, JX3xx actuals, JX4xx scoring sentences, JX5xx scoring and
profiles, JX6xx schedule, JX7xx rendering and verification, JX8xx batch. A new code also gets an example in
docs/问题例子.toml; docs/问题代码.md is made from both.
"""

from __future__ import annotations

from dataclasses import dataclass

from jxreport.finding import Finding
from jxreport.messages.wording import Wording


@dataclass(frozen=True, slots=True)
class Message:
    """A finding in words: `title` names the kind, `text` says what and why it matters, `fix` what to do."""

    title: str
    text: str
    fix: str


def table() -> dict[str, Wording]:
    """All wordings by code; a code defined twice is a bug."""
    from jxreport.messages import (
        actuals,
        batch,
        reading,
        rendering,
        rules,
        schedule,
        scoring,
        targets,
        verifying,
    )

    merged: dict[str, Wording] = {}
    for module in (reading, targets, actuals, rules, scoring, schedule, rendering, verifying, batch):
        for code, wording in module.CODES.items():
            if code in merged:
                raise ValueError(f"finding code {code} is defined twice")
            merged[code] = wording
    return merged


_TABLE: dict[str, Wording] = {}


def message(finding: Finding) -> Message:
    """The Chinese wording of `finding`. KeyError for an unknown code or a fact the wording needs."""
    wording = _wordings()[finding.code]
    facts = {name: " ".join(text.split("\n")) for name, text in finding.facts}
    return Message(wording.title, wording.text.format(**facts), wording.fix.format(**facts))


def title_of(code: str) -> str:
    """The kind of finding in a few words; "" for a code of another version of the program."""
    wording = _wordings().get(code)
    return wording.title if wording else ""


def _wordings() -> dict[str, Wording]:
    if not _TABLE:
        _TABLE.update(table())
    return _TABLE
