"""The sent-log ``.jxreport/sent.jsonl``: at most once, never silently.

``sending`` is on the disk before a letter leaves, ``sent`` after the server took it. A ``sending`` without an
end means that the program or the connection died in between: nobody knows whether the letter arrived.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from jxreport.config import ConfigError

NAME = "sent.jsonl"
SENDING, SENT, REFUSED = "sending", "sent", "refused"


@dataclass(slots=True)
class Journal:
    """What is known of each letter: its last entry, by Message-ID."""

    path: Path
    entries: dict[str, dict[str, str]] = field(default_factory=dict)

    def state(self, ident: str) -> str:
        """sending | sent | refused, "" for a letter never tried."""
        return self.entries[ident]["state"] if ident in self.entries else ""

    def gone_to(self, unit: str, period: str, recipient: str) -> frozenset[str]:
        """The letters about this unit and period that have gone, or may have gone, to the recipient."""
        about = {"unit": unit, "period": period, "to": recipient}
        return frozenset(
            ident
            for ident, entry in self.entries.items()
            if entry["state"] != REFUSED and about.items() <= entry.items()
        )

    def add(self, state: str, ident: str, unit: str, period: str, recipient: str, at: str) -> None:
        """Remember, durably; a letter whose ``sending`` cannot be written is not sent.

        Raises ConfigError when the disk refuses.
        """
        entry = {"state": state, "id": ident, "unit": unit, "period": period, "to": recipient, "at": at}
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        try:
            _append(self.path, line.encode("utf-8", "replace"))
        except OSError as problem:
            raise ConfigError(
                f"发送记录 {self.path} 写不进去（{problem.strerror}），为避免重复发送已停止。请检查磁盘后再运行。"
            ) from problem
        self.entries[ident] = entry


def load(folder: Path) -> Journal:
    """The journal in the state folder; a line torn by a crash is passed over."""
    journal = Journal(path=folder / NAME)
    try:
        lines = journal.path.read_bytes().splitlines()
    except FileNotFoundError:
        return journal
    except OSError as problem:
        raise ConfigError(f"发送记录 {journal.path} 读不出：{problem.strerror}。") from problem
    for line in lines:
        try:
            entry = json.loads(line)
            if entry["state"] in (SENDING, SENT, REFUSED):
                journal.entries[entry["id"]] = entry
        except (ValueError, KeyError, TypeError):
            continue
    return journal


def _append(path: Path, line: bytes) -> None:
    """Add a line, on a line of its own even after a torn one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as stream:
        if stream.tell():
            stream.seek(-1, os.SEEK_END)
            if stream.read(1) != b"\n":
                stream.write(b"\n")
        stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())
