"""The run of ``send``: which letters, to whom, what became of each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import chain

from jxreport.batch.lock import RunLock
from jxreport.batch.mail import journal as journals
from jxreport.batch.mail.journal import REFUSED, SENDING, SENT, Journal
from jxreport.batch.mail.letter import Letter, ident_of, message_of
from jxreport.batch.mail.material import Parcel, overview_parcel, unit_parcels
from jxreport.batch.mail.server import NoConnection, Refused, Server, Unknown, password
from jxreport.batch.outcome import EXIT_FAILED, EXIT_OK, EXIT_WAITING
from jxreport.batch.runner import STATE_FOLDER
from jxreport.batch.write import write_atomically
from jxreport.config import Config, ConfigError
from jxreport.mail_settings import SUMMARY, MailSettings

DRY_FOLDER = f"{STATE_FOLDER}/mail"


class State(Enum):
    """What became of a letter; the value is said to the user."""

    SENT = "已发送"
    BEFORE = "早已发送"
    WRITTEN = "已写成"  # dry run
    SKIPPED = "未发送"
    UNCERTAIN = "未确定"
    FAILED = "发送失败"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A letter (or a report without one) and what became of it."""

    state: State
    title: str
    recipient: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """All outcomes, in the order of the reports."""

    outcomes: tuple[Outcome, ...]

    def count(self, state: State) -> int:
        return sum(outcome.state is state for outcome in self.outcomes)

    @property
    def exit_code(self) -> int:
        if self.count(State.FAILED):
            return EXIT_FAILED
        return EXIT_WAITING if self.count(State.UNCERTAIN) + self.count(State.SKIPPED) else EXIT_OK


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user asked for. `units` limits to these; `unfinished` sends reports with obstacles too;
    `resend` sends letters again of which nobody knows whether they arrived."""

    mode: str = ""
    units: tuple[str, ...] = ()
    unfinished: bool = False
    dry_run: bool = False
    resend: bool = False


def send(
    config: Config,
    wishes: Wishes,
    *,
    now: datetime,
    tell: Callable[[Outcome], None] = lambda outcome: None,
    environment: Mapping[str, str] | None = None,
) -> Sent:
    """Send what stands in the output folder; `tell` hears of each letter as it is done.

    Raises ConfigError when there is nothing to send or a setting is missing, Locked when a run holds the folder.
    """
    settings = config.mail
    if settings is None:
        raise ConfigError(
            "还没有邮件设置。请在 jxreport.toml 中写 [mail] 表：host、sender，以及 [mail.addresses] 通讯录。"
        )
    if not (config.output / STATE_FOLDER).is_dir():
        raise ConfigError(
            f"{config.output} 里没有生成过报告。请先运行 jxreport report，或用 -o 指定输出文件夹。"
        )
    with RunLock(config.output / STATE_FOLDER / "lock"):
        job = _Job(config, settings, wishes, now)
        letters, skipped = job.letters()
        secrets = os.environ if environment is None else environment
        done = job.written(letters) if wishes.dry_run else job.sent(letters, secrets)
        outcomes = []
        for outcome in chain(skipped, done):
            tell(outcome)
            outcomes.append(outcome)
    return Sent(outcomes=tuple(outcomes))


class _Job:
    def __init__(self, config: Config, settings: MailSettings, wishes: Wishes, now: datetime) -> None:
        self.config, self.settings, self.wishes, self.now = config, settings, wishes, now
        self.journal: Journal = journals.load(config.output / STATE_FOLDER)

    def letters(self) -> tuple[list[Letter], list[Outcome]]:
        """The letters to be written, and the reports for which there will be none."""
        letters: list[Letter] = []
        skipped: list[Outcome] = []
        for parcel, recipients in self._addressed():
            why = self._why_not(parcel, recipients)
            if why:
                skipped.append(Outcome(state=State.SKIPPED, title=parcel.title, detail=why))
            else:
                letters += [self._letter(parcel, recipient) for recipient in recipients]
        return letters, skipped

    def _why_not(self, parcel: Parcel, recipients: Sequence[str]) -> str:
        if parcel.obstacle and not self.wishes.unfinished:
            return f"{parcel.obstacle}（加 --all 可以照发）"
        return "" if recipients else "通讯录里没有这个单位的邮箱"

    def _addressed(self) -> list[tuple[Parcel, Sequence[str]]]:
        """Parcels with their recipients."""
        output = self.config.output
        if (self.wishes.mode or self.settings.mode) == SUMMARY:
            parcel = overview_parcel(output)
            if parcel is None:
                raise ConfigError(
                    f"{output} 里没有汇总。请先运行 jxreport report（一个单位时加 --summary）。"
                )
            if not self.settings.summary_to:
                raise ConfigError('[mail] 没有汇总的收件人。请写 summary_to = ["邮箱"]。')
            return [(parcel, self.settings.summary_to)]
        parcels = list(unit_parcels(output))
        unknown = set(self.wishes.units) - {parcel.unit for parcel in parcels}
        if unknown:
            raise ConfigError(f"{output} 里没有“{'、'.join(sorted(unknown))}”的报告。")
        if not parcels:
            raise ConfigError(f"{output} 里没有可以发送的报告。请先运行 jxreport report。")
        wanted = self.wishes.units or tuple(parcel.unit for parcel in parcels)
        return [
            (parcel, self.settings.recipients(parcel.unit)) for parcel in parcels if parcel.unit in wanted
        ]

    def _letter(self, parcel: Parcel, recipient: str) -> Letter:
        ident = ident_of(parcel, recipient, self.settings.sender)
        gone = self.journal.gone_to(parcel.unit, parcel.period, recipient)
        return Letter(
            ident=ident, recipient=recipient, parcel=parcel, replaces=bool(gone) and ident not in gone
        )

    def written(self, letters: Sequence[Letter]) -> Iterator[Outcome]:
        """Dry run: the letters as .eml files; nothing is sent, and the sent-log stays as it is."""
        for old in (self.config.output / DRY_FOLDER).glob("*.eml"):
            old.unlink()
        for number, letter in enumerate(letters, start=1):
            name = f"{number:03d}-{letter.ident[1:13]}.eml"
            message = message_of(letter, self.settings, self.now, self.config.templates)
            path = write_atomically(self.config.output, f"{DRY_FOLDER}/{name}", message.as_bytes())
            yield self._outcome(State.WRITTEN, letter, str(path))

    def sent(self, letters: Sequence[Letter], environment: Mapping[str, str]) -> Iterator[Outcome]:
        """Send what has not been sent. The server is asked only when there is something for it."""
        pending = []
        for letter in letters:
            state = self.journal.state(letter.ident)
            if state == SENT:
                yield self._outcome(State.BEFORE, letter)
            elif state == SENDING and not self.wishes.resend:
                yield self._outcome(
                    State.UNCERTAIN,
                    letter,
                    "上次发送时中断，对方可能已收到。向对方核实后，需要重发时加 --resend",
                )
            else:
                pending.append(letter)
        if pending:
            yield from self._through(Server(self.settings, password(self.settings, environment)), pending)

    def _through(self, server: Server, letters: Sequence[Letter]) -> Iterator[Outcome]:
        done = 0
        try:
            with server:
                for letter in letters:
                    outcome = self._one(server, letter)
                    done += 1
                    yield outcome
        except NoConnection as problem:
            for letter in letters[done:]:
                yield self._outcome(State.FAILED, letter, str(problem))

    def _one(self, server: Server, letter: Letter) -> Outcome:
        """One letter, between its two entries in the journal."""
        message = message_of(letter, self.settings, self.now, self.config.templates)
        server.ready()
        self._note(SENDING, letter)
        try:
            server.send(message, letter.recipient)
        except Refused as problem:
            self._note(REFUSED, letter)
            return self._outcome(State.FAILED, letter, str(problem))
        except Unknown as problem:
            return self._outcome(
                State.UNCERTAIN, letter, f"{problem}，对方可能已收到。核实后需要重发时加 --resend"
            )
        self._note(SENT, letter)
        return self._outcome(State.SENT, letter)

    def _note(self, state: str, letter: Letter) -> None:
        at = self.now.isoformat(timespec="seconds")
        self.journal.add(state, letter.ident, letter.parcel.unit, letter.parcel.period, letter.recipient, at)

    def _outcome(self, state: State, letter: Letter, detail: str = "") -> Outcome:
        return Outcome(state=state, title=letter.parcel.title, recipient=letter.recipient, detail=detail)
