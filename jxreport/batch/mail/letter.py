"""One letter as a MIME message: clean headers, Chinese file names (RFC 2231), a Message-ID that repeats."""

from __future__ import annotations

import hashlib
import mimetypes
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any

from jxreport import resources
from jxreport.batch.mail.material import Parcel
from jxreport.mail_settings import MailSettings

MOST_SUBJECT = 120  # characters
_TEMPLATES = {True: "unit.txt.j2", False: "summary.txt.j2"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A parcel on its way to one recipient. `replaces`: an earlier version has gone there before."""

    ident: str
    recipient: str
    parcel: Parcel
    replaces: bool = False


def ident_of(parcel: Parcel, recipient: str, sender: str) -> str:
    """The Message-ID: the same report to the same recipient for the same period has the same one, always."""
    digest = hashlib.sha256()
    for part in (parcel.unit, parcel.period, recipient.lower()):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    for _, data in parcel.files:
        digest.update(hashlib.sha256(data).digest())
    return f"<{digest.hexdigest()[:40]}@{sender.rpartition('@')[2]}>"


def message_of(letter: Letter, settings: MailSettings, now: datetime, templates: Path | None) -> EmailMessage:
    """The letter ready to send. What a workbook said is cleaned; addresses come from the settings only."""
    parcel = letter.parcel
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = Address(settings.sender_name, addr_spec=settings.sender)
    message["To"] = Address(addr_spec=letter.recipient)
    message["Subject"] = header_text(f"{'（更新）' if letter.replaces else ''}{parcel.title}")
    message["Date"] = format_datetime(now)
    message["Message-ID"] = letter.ident
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_body(letter, templates), charset="utf-8", cte="base64")
    for name, data in parcel.files:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=header_text(name))
    return message


def header_text(text: str) -> str:
    """Text for a header: one line, no control or format characters, not endless."""
    shown = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    return " ".join(shown.split())[:MOST_SUBJECT]


def _body(letter: Letter, templates: Path | None) -> str:
    parcel = letter.parcel
    filled = _template(_TEMPLATES[bool(parcel.unit)], templates).render(
        unit=header_text(parcel.unit),
        title=header_text(parcel.title),
        scores=[header_text(line) for line in parcel.lines],
        replaces=letter.replaces,
    )
    return str(filled)


@cache
def _template(name: str, templates: Path | None) -> Any:
    """Plain text: nothing to escape; texts of a workbook are values, never template code."""
    from jinja2 import Environment, StrictUndefined

    source = resources.find(f"mail/{name}", templates).read_text("utf-8")
    environment = Environment(autoescape=False, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(source)
