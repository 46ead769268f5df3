"""Writing results: whole old or whole new files, never half ones, never outside the output folder."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

TEMPORARY_PREFIX = ".jxreport-"
TEMPORARY_SUFFIX = ".part"


class OutsideOutput(ValueError):
    """A result would have left the output folder."""


def write_atomically(folder: Path, relative: str, data: bytes) -> Path:
    """Write `data` to `folder`/`relative`: temporary file beside it, fsync, replace, fsync of the folder.

    Raises OSError (disk full, no permission, target open elsewhere); the old file then stands unchanged.
    """
    target = folder / relative
    if not target.resolve().is_relative_to(folder.resolve()):
        raise OutsideOutput(relative)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f"{TEMPORARY_PREFIX}{os.getpid()}{TEMPORARY_SUFFIX}")
    try:
        with temporary.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)
    return target


def sweep(folder: Path) -> None:
    """Remove temporary files that a killed run left; the caller holds the lock."""
    for path in folder.rglob(f"{TEMPORARY_PREFIX}*{TEMPORARY_SUFFIX}"):
        with contextlib.suppress(OSError):
            path.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the rename durable; Windows has no handle on folders and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
