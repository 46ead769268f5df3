"""What the commands share: options that every one has, kinds of arguments, the console."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from jxreport.console import Console, colour_choice

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Command = TypeVar("Command", bound=Callable[..., Any])

EXISTING = click.Path(exists=True, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
EXISTING_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def _profiles(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str | CompletionItem]:
    """Names of profiles, for shell completion."""
    from jxreport.profiles import profile_names

    return [name for name in profile_names() if name.startswith(incomplete)]


PROFILE = click.option("--profile", metavar="口径", help="评价口径，如 hebei-2020。", shell_complete=_profiles)
AS_OF = click.option("--as-of", metavar="时点", help="截至哪个时点，如 6月底；默认取数据中最后一个。")
OUTPUT = click.option("-o", "--output", metavar="文件夹", help="报告写到哪里，默认 output。")
TEMPLATES = click.option("--templates", metavar="文件夹", help="自己的模板和口径，逐个文件优先于自带的。")


def shared(command: Command) -> Command:
    """Options that every command has."""
    for option in (
        click.option("--no-color", is_flag=True, help="不用颜色（也可设环境变量 NO_COLOR）。"),
        click.option("-v", "--verbose", is_flag=True, help="连提示一起显示。"),
        click.option("-q", "--quiet", is_flag=True, help="只显示错误和最后一行。"),
    ):
        command = option(command)
    return command


def console_of(options: dict[str, Any]) -> Console:
    """The console that the shared options ask for."""
    verbosity = -1 if options["quiet"] else int(options["verbose"])
    return Console(verbosity, colour_choice(options["no_color"]))
