"""Settings and where each of them came from.

Precedence: command line > environment ``JXREPORT_*`` > ``jxreport.toml`` beside the workbooks > ``jxreport.toml``
in the current folder > the user's own file > defaults. An unknown key, a value of the wrong kind or an
impossible value is a :class:`ConfigError` (exit code 2) that names the place; nothing is ignored in silence.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from jxreport import mail_settings
from jxreport.mail_settings import MailSettings

FILE_NAME = "jxreport.toml"
PREFIX = "JXREPORT_"
OTHER_VARIABLES = frozenset({"JXREPORT_FONTS", mail_settings.PASSWORD_VARIABLE})  # no settings
DEFAULT_ORIGIN = "默认值"


class ConfigError(Exception):
    """A setting that cannot be used; the text is Chinese and says where and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What a run needs to know. `date` is the 成文日期 as printed ("" leaves room for it), `jobs` the
    number of worker processes (0: one per core), `readings` are (sentence, question, choice). `timeout` is
    in seconds and `memory` in MB, both for one workbook or report; `scheduler` is a Dask cluster's address."""

    profile: str = "mof-2020-10"
    output: Path = Path("output")
    inbox: Path = Path()
    as_of: str = ""
    date: str = ""
    jobs: int = 0
    templates: Path | None = None
    readings: tuple[tuple[str, str, str], ...] = ()
    mail: MailSettings | None = None
    timeout: int = 120
    memory: int = 2048
    scheduler: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A configuration and, by key, the place where each value was set."""

    config: Config
    origins: tuple[tuple[str, str], ...]

    def origin(self, key: str) -> str:
        return dict(self.origins).get(key, DEFAULT_ORIGIN)


KEYS = tuple(field.name for field in fields(Config))


def load(
    flags: Mapping[str, Any] | None = None,
    *,
    beside: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Loaded:
    """Settings from all places. `flags` holds what the command line gave (None: not given), `beside` is
    the folder of the workbooks.

    Raises ConfigError.
    """
    config, origins = Config(), dict.fromkeys(KEYS, DEFAULT_ORIGIN)
    for origin, values in _layers(flags or {}, beside, os.environ if environment is None else environment):
        checked = {key: _checked(key, value, origin) for key, value in values.items()}
        config = replace(config, **checked)
        origins.update(dict.fromkeys(checked, origin))
    return Loaded(config=config, origins=tuple(origins.items()))


def user_file() -> Path:
    """The user's own settings: ``%APPDATA%\\jxreport`` or ``~/.config/jxreport`` (XDG)."""
    if sys.platform == "win32":
        root = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    else:
        root = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return root / "jxreport" / "config.toml"


Layer = tuple[str, dict[str, Any]]


def _layers(flags: Mapping[str, Any], beside: Path | None, environment: Mapping[str, str]) -> Iterator[Layer]:
    """The places from weakest to strongest, with their raw values."""
    here = Path(FILE_NAME)
    yield from _file(user_file())
    yield from _file(here)
    if beside is not None and (beside / FILE_NAME).resolve() != here.resolve():
        yield from _file(beside / FILE_NAME)
    for name, text in environment.items():
        if name.startswith(PREFIX) and name not in OTHER_VARIABLES:
            key = name.removeprefix(PREFIX).lower()
            yield f"环境变量 {name}", {_known(key, f"环境变量 {name}"): text}
    yield "命令行", {key: value for key, value in flags.items() if value is not None}


def _file(path: Path) -> Iterator[Layer]:
    if not path.is_file():
        return
    origin = f"配置文件 {path}"
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ConfigError(
            f"{origin} 读不懂：{_where(problem)}。请检查这一处的引号、等号和括号。"
        ) from problem
    except OSError as problem:
        raise ConfigError(f"{origin} 打不开：{problem.strerror}。") from problem
    values = {_known(key, origin): value for key, value in tree.items()}
    for key in ("output", "inbox", "templates"):  # a path in a file is meant from that file's folder
        if isinstance(values.get(key), str):
            values[key] = path.parent / values[key]
    if isinstance(values.get("mail"), dict):
        for key in mail_settings.PATHS:
            if isinstance(values["mail"].get(key), str):
                values["mail"][key] = path.parent / Path(values["mail"][key]).expanduser()
    yield origin, values


def _where(problem: Exception) -> str:
    place = re.search(r"line (\d+), column (\d+)", str(problem))
    if place:
        return f"第 {place[1]} 行第 {place[2]} 列附近"
    return "文件末尾不完整" if "end of document" in str(problem) else "不是 UTF-8 编码的 TOML"


def _known(key: str, origin: str) -> str:
    if key in KEYS:
        return key
    near = get_close_matches(key, KEYS, n=1)
    hint = f"是不是“{near[0]}”？" if near else ""
    raise ConfigError(f"{origin}：没有“{key}”这一项设置。{hint}可用的设置：{'、'.join(KEYS)}。")


def _checked(key: str, value: Any, origin: str) -> Any:
    try:
        return _CHECKS[key](value)
    except ValueError as problem:
        if isinstance(value, dict):  # a table is too long to repeat, and its text says which line it is
            raise ConfigError(f"{origin}：{problem}") from problem
        raise ConfigError(f"{origin}：设置 {key} 的值“{value}”不能用，{problem}") from problem


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("应当是用引号括起来的文字。")
    return value.strip()


def _name(value: Any) -> str:
    if not _text(value):
        raise ValueError("不能为空。")
    return _text(value)


def _path(value: Any) -> Path:
    if not isinstance(value, str | Path) or not str(value):
        raise ValueError("应当是文件夹的路径。")
    return Path(value).expanduser()


def _templates(value: Any) -> Path:
    path = _path(value)
    if not path.is_dir():
        raise ValueError("这个文件夹不存在。")
    return path


def _jobs(value: Any) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,3}", text):
        raise ValueError("应当是 0 到 999 的整数，0 表示按处理器个数。")
    return int(text)


def _timeout(value: Any) -> int:
    return _whole(value, 5, 86_400, "秒")


def _memory(value: Any) -> int:
    return _whole(value, 512, 1_048_576, "MB")


def _whole(value: Any, low: int, high: int, unit: str) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,7}", text) or not low <= int(text) <= high:
        raise ValueError(f"应当是 {low} 到 {high} 的整数，单位是{unit}。")
    return int(text)


def _scheduler(value: Any) -> str:
    text = _text(value)
    if text and not re.fullmatch(r"(?:tcp|tls)://[^\s/]+:[0-9]{1,5}", text):
        raise ValueError("应当是 Dask 调度器的地址，例如 tcp://10.0.0.8:8786。")
    return text


def _checkpoint(value: Any) -> str:
    """6月底, 6月 and 6 are the same checkpoint; the profile decides which months it has."""
    text = _text(str(value) if isinstance(value, int) and not isinstance(value, bool) else value)
    if not text:
        return ""
    month = re.fullmatch(r"(1[0-2]|[1-9])(?:月底?)?", text)
    if month is None:
        raise ValueError("应当是时点，例如 6月底。")
    return f"{month[1]}月底"


def _date(value: Any) -> str:
    """A date in ISO form or as printed, returned as printed: 2021年1月15日."""
    if isinstance(value, date):
        value = value.isoformat()[:10]
    text = _text(value)
    if not text:
        return ""
    parts = re.fullmatch(r"(\d{4})(?:-|年)(\d{1,2})(?:-|月)(\d{1,2})日?", text, re.ASCII)
    if parts is None:
        raise ValueError("应当是日期，例如 2021-01-15。")
    try:
        day = date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError:
        raise ValueError("没有这一天。") from None
    return f"{day.year}年{day.month}月{day.day}日"


def _readings(value: Any) -> tuple[tuple[str, str, str], ...]:
    """``[readings."评分标准原文"]`` with lines ``"问题" = "读法"``."""
    usage = '应当写成 [readings."评分标准原文"]，下面每行一条 "问题" = "选择的读法"。'
    if not isinstance(value, dict):
        raise ValueError(usage)
    found = []
    for sentence, choices in value.items():
        if not isinstance(choices, dict):
            raise ValueError(usage)
        for question, choice in choices.items():
            if not isinstance(choice, str) or not choice.strip():
                raise ValueError(usage)
            found.append((sentence, question, choice))
    return tuple(found)


_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "profile": _name,
    "output": _path,
    "inbox": _path,
    "as_of": _checkpoint,
    "date": _date,
    "jobs": _jobs,
    "templates": _templates,
    "readings": _readings,
    "mail": mail_settings.mail_settings,
    "timeout": _timeout,
    "memory": _memory,
    "scheduler": _scheduler,
}
