"""``schedule``: definitions of timers for the profile's checkpoints. Nothing is installed, only written out.

Each checkpoint has a run of its own with its ``--as-of``. Runs keep out of each other's way by the lock of the
output folder (exit code 75); what they say goes to the system's journal or to a log beside the state.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PureWindowsPath
from typing import Any

from jxreport import resources
from jxreport.batch.runner import STATE_FOLDER
from jxreport.config import ConfigError
from jxreport.model.profile import Profile

SYSTEMD, CRON, WINDOWS = "systemd", "cron", "windows"
KINDS = (SYSTEMD, CRON, WINDOWS)
LOG_NAME = "定时运行.log"

_LAST_DAYS = (
    31,
    28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
)  # cron knows no last day; never too late in February
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """When the run of a checkpoint comes: `run_month` and `day` (0: its last day), `at` as 08:30."""

    label: str
    month: int
    run_month: int
    day: int
    at: str

    @property
    def calendar(self) -> str:
        """OnCalendar of systemd; ~01 counts from the end of the month."""
        return f"*-{self.run_month:02d}{f'-{self.day:02d}' if self.day else '~01'} {self.at}:00"

    @property
    def cron(self) -> str:
        """Minute, hour, day, month, weekday."""
        hour, minute = self.at.split(":")
        return f"{int(minute)} {int(hour)} {self.day or _LAST_DAYS[self.run_month - 1]} {self.run_month} *"

    @property
    def month_name(self) -> str:
        return _MONTHS[self.run_month - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the timers are to do. `folder` and `output` are absolute; `mail` sends the reports afterwards."""

    folder: Path
    output: Path
    slots: tuple[Slot, ...]
    program: tuple[str, ...] = (
        sys.executable,
        "-P",
        "-m",
        "jxreport",
    )  # -P: no module from the folder of workbooks
    options: tuple[str, ...] = ()
    mail: bool = False
    templates: Path | None = None

    def report(self, as_of: str) -> tuple[str, ...]:
        where = (str(self.folder), "-o", str(self.output))
        return (*self.program, "report", *where, "--as-of", as_of, *self.options)

    def send(self) -> tuple[str, ...]:
        return (*self.program, "send", str(self.folder), "-o", str(self.output))


def slots(profile: Profile, day: int, at: str) -> tuple[Slot, ...]:
    """A slot per checkpoint: `day` of the month after it, or with 0 the last day of its own month."""
    return tuple(
        Slot(
            label=point.label,
            month=point.month,
            run_month=point.month % 12 + 1 if day else point.month,
            day=day,
            at=at,
        )
        for point in profile.checkpoints
    )


def definitions(kind: str, plan: Plan) -> tuple[tuple[str, str], ...]:
    """The files of one kind, as (name, text). Raises ConfigError for a path that the kind cannot hold."""
    for path in (plan.folder, plan.output, *plan.program):
        if not str(path).isprintable() or (kind == WINDOWS and set(str(path)) & set('"%')):
            raise ConfigError(f"路径“{path}”里有定时任务不能用的字符，请换一个文件夹。")
    return _MAKERS[kind](plan)


def _systemd(plan: Plan) -> tuple[tuple[str, str], ...]:
    commands = [plan.report("%i"), *([plan.send()] if plan.mail else [])]
    timers = [f"jxreport-{slot.month}.timer" for slot in plan.slots]
    service = _filled(
        plan,
        "service.j2",
        timers=timers,
        folder=_percent(str(plan.folder)),
        commands=[" ".join(_unit_word(word) for word in command) for command in commands],
    )
    return (
        ("jxreport@.service", service),
        *(
            (name, _filled(plan, "timer.j2", slot=slot))
            for name, slot in zip(timers, plan.slots, strict=True)
        ),
    )


def _unit_word(word: str) -> str:
    """A word of ExecStart: quoted, with systemd's specifiers and variables escaped; %i is meant as it is."""
    if word == "%i":
        return word
    escaped = _percent(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return escaped if word.isascii() and word.replace("-", "").replace("/", "").isalnum() else f'"{escaped}"'


def _percent(text: str) -> str:
    return text.replace("%", "%%")


def _cron(plan: Plan) -> tuple[tuple[str, str], ...]:
    log = plan.output / STATE_FOLDER / LOG_NAME
    lines = [(slot, _cron_command(plan, slot, log)) for slot in plan.slots]
    return (("jxreport.cron", _filled(plan, "cron.j2", lines=lines, log=log)),)


def _cron_command(plan: Plan, slot: Slot, log: Path) -> str:
    """One shell line; in a crontab a bare % would end it."""
    run = shlex.join(plan.report(str(slot.month)))
    if plan.mail:  # what was made is sent, whoever else's workbook went back
        run = f"{{ {run}; case $? in 0|1|3) {shlex.join(plan.send())};; esac; }}"
    line = f"cd {shlex.quote(str(plan.folder))} && mkdir -p {shlex.quote(str(log.parent))} && {run} >>{shlex.quote(str(log))} 2>&1"
    return line.replace("%", "\\%")


def _windows(plan: Plan) -> tuple[tuple[str, str], ...]:
    log = PureWindowsPath(plan.output) / STATE_FOLDER / "timer.log"
    files = [f"jxreport-{slot.month}.xml" for slot in plan.slots]
    tasks = [
        _filled(
            plan,
            "task.xml.j2",
            slot=slot,
            folder=str(plan.folder),
            commands=[
                _cmd(words, log)
                for words in (plan.report(str(slot.month)), *([plan.send()] if plan.mail else []))
            ],
        )
        for slot in plan.slots
    ]
    named = [{"name": str(slot.month), "file": file} for slot, file in zip(plan.slots, files, strict=True)]
    return (*zip(files, tasks, strict=True), ("install.cmd", _filled(plan, "install.cmd.j2", tasks=named)))


def _cmd(words: tuple[str, ...], log: PureWindowsPath) -> str:
    """Arguments of cmd.exe: with /s it strips exactly the outer quotes and keeps all others."""
    command = " ".join(f'"{word}"' for word in words)
    return f'/d /s /c "(if not exist "{log.parent}" mkdir "{log.parent}") & {command} >>"{log}" 2>&1"'


def encoded(name: str, text: str) -> bytes:
    """A file as its reader wants it: the Windows task scheduler takes UTF-16, cmd.exe CRLF lines."""
    if name.endswith(".xml"):
        return ('<?xml version="1.0" encoding="UTF-16"?>\n' + text).replace("\n", "\r\n").encode("utf-16")
    return text.replace("\n", "\r\n").encode("ascii") if name.endswith(".cmd") else text.encode("utf-8")


def _filled(plan: Plan, name: str, **values: Any) -> str:
    return str(_template(name, plan.templates).render(values))


@cache
def _template(name: str, templates: Path | None) -> Any:
    from jinja2 import Environment, StrictUndefined

    source = resources.find(f"timers/{name}", templates).read_text("utf-8")
    environment = Environment(
        autoescape=name.endswith(".xml.j2"), undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.from_string(source)


_MAKERS: Mapping[str, Any] = {SYSTEMD: _systemd, CRON: _cron, WINDOWS: _windows}
