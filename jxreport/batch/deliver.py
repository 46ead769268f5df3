"""Putting what was made into the output folder: output/<单位>/<年度>/…, all names cleaned."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from jxreport.batch.inputs import RETURNED_PREFIX, Workbook
from jxreport.batch.names import clean_name
from jxreport.batch.returned import ReturnTask
from jxreport.batch.unit import Artefacts, once
from jxreport.batch.write import write_atomically
from jxreport.finding import Finding, Source, error, warning

NO_UNIT, NO_YEAR = "未注明单位", "未注明年度"
RETURNED_FOLDER = "退回修改"  # for workbooks that belong to no unit


class Delivery:
    """Writes files and remembers which; what cannot be written is a finding."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.written: list[Path] = []
        self.returned: list[Path] = []

    def reports(self, units: Sequence[Artefacts]) -> tuple[Finding, ...]:
        """Write every unit's files. Two submissions of one unit and year never overwrite each other."""
        taken: set[str] = set()
        findings: list[Finding] = []
        for unit in units:
            folder = unit_folder(unit)
            if folder in taken:
                folder = _free(folder, taken)
                source, year = Source(file="、".join(unit.sources)), unit.year or NO_YEAR
                findings.append(warning("JX808", source, unit=unit.unit, year=year, folder=folder))
            taken.add(folder)
            for name, data in unit.files:
                findings.extend(self._put(f"{folder}/{name}", data, self.written))
        return tuple(findings)

    def to_return(
        self, workbooks: Sequence[Workbook], units: Sequence[Artefacts], loose: tuple[Finding, ...]
    ) -> tuple[ReturnTask, ...]:
        """The workbooks with errors. A marked copy of an earlier run goes where there are none any more."""
        found = once((*loose, *(finding for unit in units for finding in unit.findings)))
        tasks: list[ReturnTask] = []
        for book in workbooks:
            place = self._place(book, units)
            own = tuple(finding for finding in found if _is_for_the_unit(finding, book))
            if any(finding.is_error for finding in own):
                tasks.append(ReturnTask(name=book.name, place=place, data=book.data, findings=own))
            else:
                with contextlib.suppress(OSError):
                    (self.output / place).unlink(missing_ok=True)
        return tuple(tasks)

    def returns(self, copies: Sequence[tuple[str, bytes]]) -> tuple[Finding, ...]:
        """Write the marked copies, given by place and bytes."""
        return tuple(problem for place, data in copies for problem in self._put(place, data, self.returned))

    def _place(self, book: Workbook, units: Sequence[Artefacts]) -> str:
        home = next((unit_folder(unit) for unit in units if book.name in unit.sources), RETURNED_FOLDER)
        return f"{home}/{RETURNED_PREFIX}{clean_name(Path(book.name).stem)}.xlsx"

    def _put(self, place: str, data: bytes, made: list[Path]) -> tuple[Finding, ...]:
        try:
            made.append(write_atomically(self.output, place, data))
        except PermissionError:
            why = "旧文件正在被其他程序打开，或没有写入权限"
        except OSError as problem:
            why = problem.strerror or "写入出错"
        else:
            return ()
        return (error("JX807", Source(file=Path(place).name), path=self.output / place, why=why),)


def _is_for_the_unit(finding: Finding, book: Workbook) -> bool:
    """Said of this workbook, and by it: the batch's own troubles (JX8xx) are not the unit's to mend."""
    return finding.source.file == book.name and not finding.code.startswith("JX8")


def unit_folder(unit: Artefacts) -> str:
    """<单位>/<年度> below the output folder."""
    year = str(unit.year) if unit.year is not None else NO_YEAR
    return f"{clean_name(unit.unit, NO_UNIT)}/{year}"


def _free(folder: str, taken: set[str]) -> str:
    number = 2
    while f"{folder}_{number}" in taken:
        number += 1
    return f"{folder}_{number}"
