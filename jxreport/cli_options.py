"""What the commands share: options that every one has, kinds of arguments, the console."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from jxreport.console import Console, colour_choice

Command = TypeVar("Command", bound=Callable[..., Any])

EXISTING = click.Path(exists=True, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
EXISTING_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


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
