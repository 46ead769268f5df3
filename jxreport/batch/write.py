"""Writing results: whole old or whole new files, never half ones, never outside the output folder."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from itertools import count
from pathlib import Path

TEMPORARY_PREFIX = ".jxreport-"
TEMPORARY_SUFFIX = ".part"

_numbers = count(1)


class OutsideOutput(ValueError):
    """A result would have left the output folder."""


def write_atomically(folder: Path, relative: str, data: bytes) -> Path:
    """Write `data` to `folder`/`relative`: temporary file beside it, fsync, replace, fsync of the folder.

    Raises OSError (disk full, no permission, target open elsewhere); the old file then stands unchanged.
    """
    ((_, problem),) = write_together(folder, [(relative, data)])
    if problem is not None:
        raise problem
    return folder / relative


def write_together(
    folder: Path, files: Sequence[tuple[str, bytes]]
) -> tuple[tuple[Path, OSError | None], ...]:
    """Write files that belong together; for each, its path and what prevented it (None: it is there).

    All of them are on the disk under temporary names before the first old file is replaced: where one does
    not fit, none is replaced. Only a target that is open elsewhere (Windows) can be left out alone.
    """
    staged: list[_Staged] = []
    try:
        for relative, data in files:
            staged.append(_Staged(folder, relative, data))
    except OSError as problem:
        _discard(staged)
        return tuple((folder / relative, problem) for relative, _ in files)
    except BaseException:
        _discard(staged)
        raise
    try:
        outcomes = tuple((file.target, file.replace()) for file in staged)
    finally:
        _discard(staged)
    for parent in dict.fromkeys(file.target.parent for file in staged):
        _sync_folder(parent)
    return outcomes


def sweep(folder: Path) -> None:
    """Remove temporary files that a killed run left; the caller holds the lock."""
    for path in folder.rglob(f"{TEMPORARY_PREFIX}*{TEMPORARY_SUFFIX}"):
        with contextlib.suppress(OSError):
            path.unlink()


class _Staged:
    """A file's new content, safely on the disk beside its target."""

    def __init__(self, folder: Path, relative: str, data: bytes) -> None:
        self.target = folder / relative
        if not self.target.resolve().is_relative_to(folder.resolve()):
            raise OutsideOutput(relative)
        self.target.parent.mkdir(parents=True, exist_ok=True)
        name = f"{TEMPORARY_PREFIX}{os.getpid()}-{next(_numbers)}{TEMPORARY_SUFFIX}"
        self.temporary = self.target.with_name(name)
        try:
            with self.temporary.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        except BaseException:
            self.discard()
            raise

    def replace(self) -> OSError | None:
        try:
            self.temporary.replace(self.target)
        except OSError as problem:
            return problem
        return None

    def discard(self) -> None:
        with contextlib.suppress(OSError):
            self.temporary.unlink()


def _discard(staged: Sequence[_Staged]) -> None:
    """Remove the temporary files that are still there."""
    for file in staged:
        file.discard()


def _sync_folder(folder: Path) -> None:
    """Make the renames durable. Windows has no handle on folders and needs none.

    Some network shares refuse; the files are whole all the same, so that is no failure of the write.
    """
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
