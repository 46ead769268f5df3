"""The settings: the files looked for, and every value with the place it was set."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jxreport.config import FILE_NAME, KEYS, Loaded, user_file
from jxreport.doctor.check import Check
from jxreport.mail_settings import PASSWORD_VARIABLE, MailSettings

GROUP = "设置"


def unreadable(text: str) -> list[Check]:
    """The one check where the settings cannot be read; `text` says why."""
    return [Check(group=GROUP, name="设置文件", good=False, text=text, fix="改正后再运行一次")]


def checks(loaded: Loaded, beside: Path | None) -> list[Check]:
    """The files, every setting with its origin, and where the mail password would come from."""
    found = [Check(group=GROUP, name="设置文件", text="；".join(_files(beside)), fact=True)]
    found += [
        Check(
            group=GROUP,
            name=key,
            text=f"{_shown(getattr(loaded.config, key))} ← {loaded.origin(key)}",
            fact=True,
        )
        for key in KEYS
    ]
    if loaded.config.mail is not None:
        found.append(_password(loaded.config.mail))
    return found


def _files(beside: Path | None) -> Iterator[str]:
    """The files in rising rank, each with whether it is there."""
    places = [user_file(), Path(FILE_NAME)]
    if beside is not None and (beside / FILE_NAME).resolve() != Path(FILE_NAME).resolve():
        places.append(beside / FILE_NAME)
    for path in places:
        yield f"{path}（{'有' if path.is_file() else '没有'}）"


def _shown(value: Any) -> str:
    match value:
        case None | "" | ():
            return "（未设）"
        case MailSettings():
            book = len(value.addresses)
            return f"{value.host}:{value.port}（{value.security}），发件人 {value.sender}，通讯录 {book} 个单位"
        case tuple() if all(isinstance(one, str) for one in value):
            return "、".join(value)
        case tuple():
            return f"{len(value)} 条"
    return str(value)


def _password(mail: MailSettings) -> Check:
    """Where the password would come from; the password itself is not read."""
    if not mail.user:
        return Check(group=GROUP, name="邮箱密码", text="未设 user，不登录", fact=True)
    if os.environ.get(PASSWORD_VARIABLE):
        return Check(group=GROUP, name="邮箱密码", text=f"环境变量 {PASSWORD_VARIABLE}")
    fix = f"设环境变量 {PASSWORD_VARIABLE}，或在 [mail] 里写 password_file 并设权限 0600"
    if mail.password_file is None or not mail.password_file.is_file():
        return Check(group=GROUP, name="邮箱密码", good=False, text="没有找到", fix=fix, needed=False)
    open_to_others = os.name == "posix" and mail.password_file.stat().st_mode & 0o077
    text = f"{mail.password_file}{'，别人也能读' if open_to_others else ''}"
    fix = f"运行 chmod 600 {mail.password_file}"
    return Check(group=GROUP, name="邮箱密码", good=not open_to_others, text=text, fix=fix, needed=False)
