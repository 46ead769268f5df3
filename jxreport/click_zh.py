"""Chinese for the sentences that Click writes itself.

Click asks gettext for them, and gettext looks at the machine's locale; government PCs have any. The
program speaks Chinese everywhere, so its catalogue stands in front of gettext in Click's modules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from unicodedata import east_asian_width

from click import core, decorators, exceptions, formatting, parser, types, unstyle

CATALOGUE: Mapping[str, str] = {
    "Usage:": "用法：",
    "Options": "选项",
    "Positional arguments": "参数",
    "Commands": "命令",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "查看用法：{command} {option}",
    "Show this message and exit.": "显示这份说明。",
    "Show the version and exit.": "显示版本。",
    "%(prog)s, version %(version)s": "%(prog)s %(version)s",
    "Aborted!": "已中断。",
    "Missing command.": "没有写命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少 {param_type}",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Invalid value: {message}": "不能用的值：{message}",
    "Invalid value for {param_hint}: {message}": "{message}（{param_hint}）",
    "No such option {name!r}.": "没有 {name} 这个选项。",
    "No such command {name!r}.": "没有 {name} 这个命令。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中之一：{possibilities}？）",
    "Got unexpected extra argument ({args})": "多余的参数：{args}",
    "Got unexpected extra arguments ({args})": "多余的参数：{args}",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要写 {nargs} 个值。",
    "Option {name!r} does not take a value.": "选项 {name} 后面不写值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name} 要写 {nargs} 个值。",
    "{name} {filename!r} does not exist.": "没有找到“{filename}”，请核对路径是否写对。",
    "{name} {filename!r} is a file.": "“{filename}”是文件，这里要写文件夹。",
    "{name} {filename!r} is a directory.": "“{filename}”是文件夹，这里要写文件。",
    "{name} {filename!r} is not readable.": "“{filename}”没有读取权限。",
    "{name} {filename!r} is not writable.": "“{filename}”没有写入权限。",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "{value!r} is not a valid {number_type}.": "“{value}”不是数。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 的范围内。",
    "{value!r} is not {choice}.": "“{value}”不是 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”不是其中之一：{choices}。",
    "Could not open file {filename!r}: {message}": "打不开文件“{filename}”：{message}",
    "unknown error": "原因不明",
    "default: {default}": "默认：{default}",
    "env var: {var}": "环境变量：{var}",
    "required": "必填",
}


def translate(text: str) -> str:
    """The Chinese sentence; the text itself where the catalogue has none."""
    return CATALOGUE.get(text, text)


def translate_plural(one: str, many: str, count: int) -> str:
    """Chinese has one form for both."""
    return translate(one if count == 1 else many)


def width(text: str) -> int:
    """Columns a text takes on a terminal: a Chinese character takes two."""
    return sum(1 + (east_asian_width(char) in "WF") for char in unstyle(text))


REPLACED: Mapping[str, Callable[..., object]] = {
    "_": translate,
    "ngettext": translate_plural,
    "term_len": width,
}


def install() -> None:
    """Put the catalogue before gettext in the modules of Click that speak, and align by columns."""
    modules: tuple[ModuleType, ...] = (core, decorators, exceptions, formatting, parser, types)
    for module in modules:
        for name, replacement in REPLACED.items():
            if hasattr(module, name):
                setattr(module, name, replacement)
