"""What a run tells: its progress while it goes on, its summary at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from jxreport.batch.changes import Change
from jxreport.batch.unit import Artefacts
from jxreport.finding import Finding, Severity
from jxreport.model.profile import Profile

EXIT_OK, EXIT_WAITING, EXIT_FAILED = 0, 1, 3


class Progress(Protocol):
    """Told what a run is doing; how it is shown is the command line's business."""

    def phase(self, name: str, total: int) -> None: ...

    def step(self, label: str) -> None: ...


class Silent:
    """For callers that show nothing."""

    def phase(self, name: str, total: int) -> None:
        return None

    def step(self, label: str) -> None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run did. `findings` are all of them, `loose` those that belong to no unit.

    `written` are the files made by this run, `unchanged` those that stood already and were made from the same;
    `returned` are all marked copies that stand. `changes` compares the scores with the last finished run.
    The units' files themselves are on the disk, not here.
    """

    units: tuple[Artefacts, ...]
    findings: tuple[Finding, ...]
    loose: tuple[Finding, ...]
    profile: Profile
    as_of: str
    written: tuple[Path, ...] = field(default=())
    unchanged: tuple[Path, ...] = field(default=())
    returned: tuple[Path, ...] = field(default=())
    changes: tuple[Change, ...] = field(default=())
    log: Path | None = None

    @property
    def waiting(self) -> int:
        return sum(unit.waiting for unit in self.units)

    @property
    def exit_code(self) -> int:
        if any(finding.is_error for finding in self.findings):
            return EXIT_FAILED
        if self.waiting or any(finding.waiting for finding in self.loose):
            return EXIT_WAITING
        return EXIT_OK

    def result(self) -> dict[str, Any]:
        """The result object (schema jxreport/result/1) over all units and unread files."""
        from jxreport.render.json import result_object

        parts = [unit.result for unit in self.units if unit.result]
        as_of = self.as_of or next((part["as_of"] for part in parts if part["as_of"]), "")
        unread = tuple(finding for finding in self.loose if finding.severity is not Severity.NOTE)
        whole = result_object((), unread=unread, profile=self.profile, as_of=as_of)
        whole["units"] = [*(entry for part in parts for entry in part["units"]), *whole["units"]]
        return whole

    def json(self) -> bytes:
        """The result object as UTF-8 text."""
        from jxreport.render.json import dumps

        return dumps(self.result()).encode("utf-8")
