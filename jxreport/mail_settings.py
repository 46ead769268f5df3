"""The ``[mail]`` table of jxreport.toml, checked. Passwords never stand in it.

Every mistake is a ValueError whose Chinese text says what to write instead; config adds the place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jxreport.suggestion import did_you_mean

STARTTLS, SSL, NONE = "starttls", "ssl", "none"
UNIT, SUMMARY = "unit", "summary"
PORTS = {STARTTLS: 587, SSL: 465, NONE: 25}
MODES = (UNIT, SUMMARY)
PASSWORD_VARIABLE = "JXREPORT_SMTP_PASSWORD"
PATHS = ("password_file", "ca_file")  # meant from the folder of the settings file

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_ADDRESS = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?", re.ASCII
)
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?|::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """How letters go out. `addresses` is the address book: (unit, its recipients); `summary_to` receives 汇总."""

    host: str
    sender: str
    port: int = PORTS[STARTTLS]
    security: str = STARTTLS
    user: str = ""
    password_file: Path | None = None
    ca_file: Path | None = None
    sender_name: str = ""
    mode: str = UNIT
    addresses: tuple[tuple[str, tuple[str, ...]], ...] = ()
    summary_to: tuple[str, ...] = ()
    timeout: int = 60

    def recipients(self, unit: str) -> tuple[str, ...]:
        """The addresses of `unit`; () where the book has none."""
        return dict(self.addresses).get(unit, ())


KEYS = tuple(MailSettings.__dataclass_fields__)


def mail_settings(table: Any) -> MailSettings:
    """Check the table. Raises ValueError."""
    if not isinstance(table, Mapping):
        raise ValueError('应当写成 [mail] 表，下面每行一项，如 host = "smtp.example.gov.cn"。')
    for key in table:
        _known(key)
    for key in ("host", "sender"):
        if key not in table:
            raise ValueError(f"[mail] 缺少 {key}。")
    security = _choice(table.get("security", STARTTLS), "security", tuple(PORTS))
    host = _host(table["host"])
    if security == NONE and host not in _LOCAL:
        raise ValueError('security = "none" 不加密，只允许用于本机（localhost）。请用 starttls 或 ssl。')
    return MailSettings(
        host=host,
        sender=_address(table["sender"]),
        port=_whole(table.get("port", PORTS[security]), "port", 65535),
        security=security,
        user=_line(table.get("user", ""), "user"),
        password_file=_path(table.get("password_file"), "password_file"),
        ca_file=_path(table.get("ca_file"), "ca_file"),
        sender_name=_line(table.get("sender_name", ""), "sender_name"),
        mode=_choice(table.get("mode", UNIT), "mode", MODES),
        addresses=_book(table.get("addresses", {})),
        summary_to=_addresses(table.get("summary_to", [])),
        timeout=_whole(table.get("timeout", 60), "timeout", 600),
    )


def _known(key: str) -> None:
    if "password" in key and key != "password_file":
        raise ValueError(
            f"密码不写在设置文件里。请删去 {key}，改用环境变量 {PASSWORD_VARIABLE}，或用 password_file 指定密码文件。"
        )
    if key not in KEYS:
        hint = did_you_mean(key, KEYS)
        raise ValueError(f"[mail] 没有“{key}”这一项。{hint}可用的有：{'、'.join(KEYS)}。")


def _line(value: Any, key: str) -> str:
    """One line of text: a line break in it could start a header of its own."""
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError(f"{key} 应当是一行文字，不含换行和控制字符。")
    return value.strip()


def _host(value: Any) -> str:
    host = _line(value, "host")
    if not _HOST.fullmatch(host):
        raise ValueError("host 应当是邮件服务器的域名或 IP 地址。")
    return host


def _choice(value: Any, key: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise ValueError(f"{key} 只能是 {'、'.join(choices)}。")
    return str(value)


def _whole(value: Any, key: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise ValueError(f"{key} 应当是 1 到 {most} 的整数。")
    return value


def _path(value: Any, key: str) -> Path | None:
    if value is None:
        return None
    if not isinstance(value, str | Path) or not str(value):
        raise ValueError(f"{key} 应当是文件的路径。")
    return Path(value).expanduser()


def _address(value: Any) -> str:
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value.strip()) or ".." in value:
        raise ValueError(f"“{value!s:.80}”不是电子邮箱地址；一个地址写一项，如 cz@example.gov.cn。")
    return value.strip()


def _addresses(value: Any) -> tuple[str, ...]:
    """One address or a list of them, without repetitions."""
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list):
        raise ValueError('收件人应当写成 ["甲@example.gov.cn", "乙@example.gov.cn"]。')
    return tuple(dict.fromkeys(_address(one) for one in listed))


def _book(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, Mapping):
        raise ValueError('通讯录应当写成 [mail.addresses]，下面每行一个单位："单位名称" = ["邮箱"]。')
    return tuple((unit.strip(), _addresses(addresses)) for unit, addresses in value.items())
