"""The manifest of an output folder: what was made from what, so that only what changed is made again.

``.jxreport/manifest.jsonl`` has one JSON object a line, each appended and synced after the files it speaks
of are in place. A line torn by a crash is passed over: what it would have said is made again. A finished run
writes the whole anew, with a line of its own at the end; lines after it belong to a run that was cut short.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jxreport.batch.write import write_atomically
from jxreport.finding import Finding, Severity, Source

NAME = "manifest.jsonl"
SCHEMA = "jxreport/manifest/1"

Points = tuple[tuple[str, str, str], ...]  # evaluation, item, what was scored


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecord:
    """A unit's year as it was last written: `key` says from what, `files` are (name, SHA-256)."""

    place: str
    key: str
    unit: str
    year: int | None
    sources: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    scores: tuple[tuple[str, str, str], ...]
    waiting: int
    points: Points

    def stands_in(self, output: Path) -> bool:
        """Is every file there, and is it the one that was written?"""
        return all(file_hash(output / self.place / name) == digest for name, digest in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRecord:
    """A marked copy of the workbook `name` (退回修改_…), or a file of the overview (汇总)."""

    name: str
    place: str
    key: str
    sha256: str

    def stands_in(self, output: Path) -> bool:
        return file_hash(output / self.place) == self.sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """The end of a run: `key` over all that it read, its units' (place, key), findings of no unit.

    A run that was not whole (something failed or could not be written) has no key: it is never repeated from here.
    """

    key: str
    units: tuple[tuple[str, str], ...]
    loose: tuple[Finding, ...]


Record = UnitRecord | CopyRecord | RunRecord


@dataclass(slots=True)
class Manifest:
    """What is known of an output folder. `before` are the units at the end of the last finished run."""

    path: Path
    units: dict[str, UnitRecord] = field(default_factory=dict)
    copies: dict[str, CopyRecord] = field(default_factory=dict)
    run: RunRecord | None = None
    before: dict[str, UnitRecord] = field(default_factory=dict)

    def add(self, record: UnitRecord | CopyRecord) -> None:
        """Remember a record. A disk that refuses costs the memory only: that unit is made again next time."""
        self._take(record)
        with contextlib.suppress(OSError):
            _append(self.path, _line(record))

    def finish(self, run: RunRecord) -> None:
        """The run is complete: write the whole anew, without what later lines made obsolete."""
        self.run = run
        records: list[Record] = [*self.units.values(), *self.copies.values(), run]
        text = "".join((json.dumps({"schema": SCHEMA}) + "\n", *(_line(record) for record in records)))
        with contextlib.suppress(OSError):
            write_atomically(self.path.parent, self.path.name, text.encode("utf-8"))

    def _take(self, record: Record) -> None:
        match record:
            case UnitRecord():
                self.units[record.place] = record
                self.run = None  # what the last run left is no longer all there is
            case CopyRecord():
                self.copies[record.place] = record
            case RunRecord():
                self.run = record
                self.before = dict(self.units)


def load(folder: Path) -> Manifest:
    """The manifest in the state folder; an absent, foreign or unreadable one is empty."""
    manifest = Manifest(path=folder / NAME)
    try:
        lines = manifest.path.read_bytes().splitlines()
    except OSError:
        return manifest
    for number, line in enumerate(lines):
        try:
            tree = json.loads(line)
            if number == 0 and tree != {"schema": SCHEMA}:
                return manifest
            if number:
                manifest._take(_record(tree))
        except (ValueError, KeyError, TypeError):
            if number == 0:
                return manifest
    return manifest


def digest(*parts: object) -> str:
    """One key over JSON values and findings."""
    text = json.dumps(parts, ensure_ascii=False, default=_plain, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def file_hash(path: Path) -> str:
    """SHA-256 of a file, "" where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _append(path: Path, line: str) -> None:
    """Add a line, durably, on a line of its own even after a torn one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as stream:
        if stream.tell() == 0:
            stream.write(json.dumps({"schema": SCHEMA}).encode() + b"\n")
        else:
            stream.seek(-1, os.SEEK_END)
            if stream.read(1) != b"\n":
                stream.write(b"\n")
        stream.write(line.encode("utf-8"))
        stream.flush()
        os.fsync(stream.fileno())


def _line(record: Record) -> str:
    kind = {UnitRecord: "unit", CopyRecord: "copy", RunRecord: "run"}[type(record)]
    values = {name: getattr(record, name) for name in record.__dataclass_fields__}
    return json.dumps({"kind": kind, **values}, ensure_ascii=True, default=_plain) + "\n"


def _plain(value: object) -> Any:
    if isinstance(value, Finding):
        place = value.source
        return [
            value.code, value.severity.value, place.file, place.sheet, place.cell, value.facts, value.waiting,
        ]  # fmt: skip
    raise TypeError(type(value).__name__)


def _record(tree: dict[str, Any]) -> Record:
    kind = tree.pop("kind")
    if kind == "copy":
        return CopyRecord(**tree)
    if kind == "run":
        units = tuple((place, key) for place, key in tree["units"])
        return RunRecord(key=tree["key"], units=units, loose=tuple(_findings(tree["loose"])))
    tree["findings"] = tuple(_findings(tree["findings"]))
    tree["sources"] = tuple(tree["sources"])
    for name in ("files", "scores", "points"):
        tree[name] = tuple(tuple(entry) for entry in tree[name])
    return UnitRecord(**tree)


def _findings(trees: Iterable[list[Any]]) -> Iterable[Finding]:
    for code, severity, file, sheet, cell, facts, waiting in trees:
        named = tuple((name, value) for name, value in facts)
        yield Finding(code, Severity(severity), Source(file, sheet, cell), named, waiting)
