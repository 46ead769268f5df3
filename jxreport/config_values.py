"""What the value of each setting may be: raw value → checked value, or a ValueError whose Chinese text says what to write.

:mod:`jxreport.config` adds the place where the value stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jxreport import mail_settings
from jxreport.resources import FONTCONFIG_NAME


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


def _folder(value: Any) -> Path:
    path = _path(value)
    if not path.is_dir():
        raise ValueError("这个文件夹不存在。")
    return path


def _fonts(value: Any) -> Path:
    path = _folder(value)
    if not (path / FONTCONFIG_NAME).is_file():
        raise ValueError(f"这个文件夹里没有 {FONTCONFIG_NAME}，不是字体包；字体包用 make fonts 制作。")
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


def _checkpoints(value: Any) -> tuple[str, ...]:
    """A list of checkpoints, or one text with commas; months must rise."""
    listed = [part for part in re.split("[,，、]", value) if part.strip()] if isinstance(value, str) else value
    if not isinstance(listed, list):
        raise ValueError('应当写成 ["6月底", "9月底", "12月底"]。')
    labels = tuple(_checkpoint(one) for one in listed)
    months = [int(label.removesuffix("月底") or 0) for label in labels]
    if months != sorted(set(months)) or 0 in months:
        raise ValueError("各时点应当按月份从早到晚，不重复。")
    return labels


def _units(value: Any) -> tuple[tuple[str, str], ...]:
    """``[units]`` with lines ``"表里的写法" = "规范全称"``."""
    if not isinstance(value, dict) or not all(isinstance(name, str) and name.strip() for name in value.values()):
        raise ValueError('应当写成 [units]，下面每行一条 "表里的写法" = "规范全称"。')
    return tuple((written.strip(), name.strip()) for written, name in value.items())


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


CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "profile": _name,
    "output": _path,
    "inbox": _path,
    "as_of": _checkpoint,
    "date": _date,
    "jobs": _jobs,
    "templates": _folder,
    "fonts": _fonts,
    "outline": _text,
    "checkpoints": _checkpoints,
    "units": _units,
    "readings": _readings,
    "mail": mail_settings.mail_settings,
    "timeout": _timeout,
    "memory": _memory,
    "scheduler": _scheduler,
}
