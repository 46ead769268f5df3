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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from jxreport import mail_settings
from jxreport.config_values import CHECKS
from jxreport.mail_settings import MailSettings
from jxreport.suggestion import did_you_mean

FILE_NAME = "jxreport.toml"
PREFIX = "JXREPORT_"
OTHER_VARIABLES = frozenset({mail_settings.PASSWORD_VARIABLE})  # no settings
DEFAULT_ORIGIN = "默认值"


class ConfigError(Exception):
    """A setting that cannot be used; the text is Chinese and says where and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What a run needs to know. `date` is the 成文日期 as printed ("" leaves room for it), `jobs` the
    number of worker processes (0: one per core), `readings` are (sentence, question, choice). `timeout` is
    in seconds and `memory` in MB, both for one workbook or report; `scheduler` is a Dask cluster's address.
    `outline` and `checkpoints` replace the profile's own ("" and (): keep them), `fonts` is the folder of a
    font pack, `units` are (name as written in the workbooks, official name)."""

    profile: str = "mof-2020-10"
    output: Path = Path("output")
    inbox: Path = Path()
    as_of: str = ""
    date: str = ""
    jobs: int = 0
    templates: Path | None = None
    fonts: Path | None = None
    outline: str = ""
    checkpoints: tuple[str, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
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
    for key in ("output", "inbox", "templates", "fonts"):  # a path in a file is meant from that file's folder
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
    hint = did_you_mean(key, KEYS)
    raise ConfigError(f"{origin}：没有“{key}”这一项设置。{hint}可用的设置：{'、'.join(KEYS)}。")


def _checked(key: str, value: Any, origin: str) -> Any:
    try:
        return CHECKS[key](value)
    except ValueError as problem:
        if isinstance(value, dict):  # a table is too long to repeat, and its text says which line it is
            raise ConfigError(f"{origin}：{problem}") from problem
        raise ConfigError(f"{origin}：设置 {key} 的值“{value}”不能用，{problem}") from problem
