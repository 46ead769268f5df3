"""Putting what was made into the output folder: output/<单位>/<年度>/…, all names cleaned, and only what changed."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from jxreport.batch.changes import Change, changes, points
from jxreport.batch.inputs import RETURNED_PREFIX, Workbook
from jxreport.batch.manifest import CopyRecord, Manifest, UnitRecord, digest
from jxreport.batch.names import clean_name
from jxreport.batch.overview import NAMES as OVERVIEW_NAMES
from jxreport.batch.overview import STEM as OVERVIEW
from jxreport.batch.returned import ReturnTask
from jxreport.batch.trouble import why
from jxreport.batch.unit import RESULT_NAME, Artefacts, once
from jxreport.batch.write import write_together
from jxreport.finding import Finding, Source, error, warning

NO_UNIT, NO_YEAR = "未注明单位", "未注明年度"
RETURNED_FOLDER = "退回修改"  # for workbooks that belong to no unit


class UnitYear(Protocol):
    """What a folder is named after."""

    @property
    def unit(self) -> str: ...

    @property
    def year(self) -> int | None: ...


class Delivery:
    """Writes files, remembers which, and knows what is there already; what cannot be written is a finding.

    With `force` nothing counts as being there.
    """

    def __init__(self, output: Path, manifest: Manifest, *, force: bool = False) -> None:
        self.output, self.manifest = output, manifest
        self.written: list[Path] = []
        self.unchanged: list[Path] = []
        self.returned: list[Path] = []
        self.changes: list[Change] = []
        self.is_complete = True
        self._force = force

    def standing(self, place: str, key: str) -> Artefacts | None:
        """What was made for `place` before, if it was made from the same (`key`) and stands whole."""
        record = self.manifest.units.get(place)
        if self._force or record is None or record.key != key or not record.stands_in(self.output):
            return None
        try:
            result = json.loads((self.output / place / RESULT_NAME).read_bytes())
        except (OSError, ValueError):
            return None
        return Artefacts(
            unit=record.unit,
            year=record.year,
            sources=record.sources,
            findings=record.findings,
            result=result,
            scores=record.scores,
            waiting=record.waiting,
        )

    def keep(self, place: str) -> None:
        """Count a unit as unchanged; changed scores that a cut-off run did not come to tell are told now."""
        record = self.manifest.units[place]
        self.unchanged += [self.output / place / name for name, _ in record.files]
        self.changes += changes(self.manifest.before.get(place), record)

    def store(self, place: str, key: str, unit: Artefacts) -> tuple[Finding, ...]:
        """Write a unit's files, then say so in the manifest."""
        if not unit.files:
            return ()
        problems = self._put([(f"{place}/{name}", data) for name, data in unit.files], self.written)
        if problems:
            return problems
        record = UnitRecord(
            place=place,
            key=key,
            unit=unit.unit,
            year=unit.year,
            sources=unit.sources,
            files=tuple((name, hashlib.sha256(data).hexdigest()) for name, data in unit.files),
            findings=unit.findings,
            scores=unit.scores,
            waiting=unit.waiting,
            points=points(unit.result),
        )
        self.manifest.add(record)
        self.changes += changes(self.manifest.before.get(place), record)
        return ()

    def in_order(self, homes: Sequence[str]) -> None:
        """List what was written in the order of the units, whichever was ready first."""
        order = {self.output / home: number for number, home in enumerate(homes)}
        self.written.sort(key=lambda path: order[path.parent])

    def to_return(
        self, workbooks: Sequence[Workbook], units: Sequence[Artefacts], loose: tuple[Finding, ...]
    ) -> tuple[ReturnTask, ...]:
        """The workbooks with errors whose marked copy has still to be made.

        A marked copy of an earlier run goes where there are no errors any more.
        """
        found = once((*loose, *(finding for unit in units for finding in unit.findings)))
        tasks: list[ReturnTask] = []
        for book in workbooks:
            place = self._place(book, units)
            own = tuple(finding for finding in found if _is_for_the_unit(finding, book))
            if any(finding.is_error for finding in own):
                task = ReturnTask(name=book.name, place=place, data=book.data, findings=own)
                if self._is_returned(task):
                    self.returned.append(self.output / place)
                else:
                    tasks.append(task)
                self._withdraw(book.name, keep=place)
            else:
                self._withdraw(book.name)
                with contextlib.suppress(OSError):
                    (self.output / place).unlink(missing_ok=True)
        return tuple(tasks)

    def give_back(self, task: ReturnTask, data: bytes) -> tuple[Finding, ...]:
        """Write the marked copy of a workbook."""
        problems = self._put([(task.place, data)], self.returned)
        if not problems:
            sha256 = hashlib.sha256(data).hexdigest()
            self.manifest.add(
                CopyRecord(name=task.name, place=task.place, key=_copy_key(task), sha256=sha256)
            )
        return problems

    def _withdraw(self, name: str, keep: str = "") -> None:
        """Remove the marked copies of a workbook, wherever earlier runs have put them."""
        known = [copy.place for copy in self.manifest.copies.values() if copy.name == name]
        for place in known:
            if place != keep:
                del self.manifest.copies[place]
                path = self.output / place
                # a manifest can be edited; whatever it says, only marked copies in this folder go
                if path.name.startswith(RETURNED_PREFIX) and path.resolve().is_relative_to(
                    self.output.resolve()
                ):
                    with contextlib.suppress(OSError):
                        path.unlink(missing_ok=True)

    def keep_overview(self) -> bool:
        """Does the overview of the last run stand? It then counts as unchanged."""
        records = [self.manifest.copies.get(name) for name in OVERVIEW_NAMES]
        stands = all(record is not None and record.stands_in(self.output) for record in records)
        if stands:
            self.unchanged += [self.output / name for name in OVERVIEW_NAMES]
        return stands

    def store_overview(self, files: Sequence[tuple[str, bytes]]) -> tuple[Finding, ...]:
        """Write the overview beside the units' folders."""
        problems = self._put(files, self.written)
        if not problems:
            for name, data in files:
                sha256 = hashlib.sha256(data).hexdigest()
                self.manifest.add(CopyRecord(name=OVERVIEW, place=name, key="", sha256=sha256))
        return problems

    def _is_returned(self, task: ReturnTask) -> bool:
        record = self.manifest.copies.get(task.place)
        return (
            record is not None
            and not self._force
            and record.key == _copy_key(task)
            and record.stands_in(self.output)
        )

    def _place(self, book: Workbook, units: Sequence[Artefacts]) -> str:
        home = next((unit_folder(unit) for unit in units if book.name in unit.sources), RETURNED_FOLDER)
        return f"{home}/{RETURNED_PREFIX}{clean_name(Path(book.name).stem)}.xlsx"

    def _put(self, files: Sequence[tuple[str, bytes]], made: list[Path]) -> tuple[Finding, ...]:
        outcomes = write_together(self.output, files)
        made += [path for path, problem in outcomes if problem is None]
        failed: dict[OSError, Path] = {}
        for path, problem in outcomes:
            if problem is not None:  # one trouble that stopped them all is told once, of their folder
                failed[problem] = path.parent if problem in failed else path
        self.is_complete = self.is_complete and not failed
        return tuple(
            error("JX807", Source(file=self._called(path)), path=path, why=why(problem))
            for problem, path in failed.items()
        )

    def _called(self, path: Path) -> str:
        """A result as users know it: a file by its name, a unit's folder as 单位/年度."""
        return path.name if path.suffix else path.relative_to(self.output).as_posix()


def places(tasks: Sequence[UnitYear], files: Sequence[str]) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The folder of each unit's year. Two submissions of one unit and year never overwrite each other.

    `files` says, for the finding, where each comes from.
    """
    found: list[str] = []
    findings: list[Finding] = []
    taken: set[str] = set()
    for task, file in zip(tasks, files, strict=True):
        folder = unit_folder(task)
        if folder in taken:
            folder = _free(folder, taken)
            year = task.year or NO_YEAR
            findings.append(warning("JX808", Source(file=file), unit=task.unit, year=year, folder=folder))
        taken.add(folder)
        found.append(folder)
    return tuple(found), tuple(findings)


def unit_folder(unit: UnitYear) -> str:
    """<单位>/<年度> below the output folder."""
    year = str(unit.year) if unit.year is not None else NO_YEAR
    return f"{clean_name(unit.unit, NO_UNIT)}/{year}"


def _copy_key(task: ReturnTask) -> str:
    from jxreport.batch.identity import identity

    mine = identity()
    sha256 = hashlib.sha256(task.data).hexdigest()
    return digest(mine.program, mine.libraries, task.name, sha256, task.findings)


def _is_for_the_unit(finding: Finding, book: Workbook) -> bool:
    """Said of this workbook, and by it: the batch's own troubles (JX8xx) are not the unit's to mend."""
    return finding.source.file == book.name and not finding.code.startswith("JX8")


def _free(folder: str, taken: set[str]) -> str:
    number = 2
    while f"{folder}_{number}" in taken:
        number += 1
    return f"{folder}_{number}"
