"""Commands that prepare and examine: ``init``, ``doctor``, ``completion``."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import click

from jxreport.cli_options import (
    EXISTING,
    EXISTING_FOLDER,
    FOLDER,
    OUTPUT,
    PROFILE,
    TEMPLATES,
    console_of,
    shared,
)
from jxreport.config import ConfigError, load
from jxreport.console import Console
from jxreport.form_names import FORM_NAMES

SHELLS = ("bash", "zsh", "fish", "powershell")
_WHERE = {
    "bash": "把这一行写进 ~/.bashrc：  eval \"$(jxreport completion bash)\"",
    "zsh": "把这一行写进 ~/.zshrc：  eval \"$(jxreport completion zsh)\"",
    "fish": "运行：  jxreport completion fish > ~/.config/fish/completions/jxreport.fish",
    "powershell": "把这一行写进 $PROFILE：  jxreport completion powershell | Out-String | Invoke-Expression",
}


@click.command(options_metavar="[选项]")
@click.argument("targets", metavar="[绩效目标.xlsx]", required=False, type=EXISTING)
@click.option(
    "-o", "--output", metavar="文件夹", type=FOLDER, default=Path(), help="写到哪里，默认当前文件夹。"
)
@click.option(
    "--form",
    "forms",
    metavar="表",
    multiple=True,
    type=click.Choice(tuple(FORM_NAMES), case_sensitive=False),
    help=f"只要这张空白表，可重复：{'、'.join(f'{code} {name}' for code, name in FORM_NAMES.items())}。",
)
@PROFILE
@TEMPLATES
@click.option("-f", "--force", is_flag=True, help="已有同名文件时覆盖。")
@click.option("--config", "settings", is_flag=True, help="只生成带注释的设置文件 jxreport.toml。")
@shared
def init(
    targets: Path | None, output: Path, forms: tuple[str, ...], force: bool, settings: bool, **options: Any
) -> int:
    """生成要填报的工作簿：由绩效目标表预填；不写目标表时给出空白的官方表格。

    \b
    示例：
      jxreport init 绩效目标.xlsx -o 待填报
      jxreport init -o 空白表
      jxreport init --form M1 -o 空白表
      jxreport init --config -o 待填报         生成设置文件，每一项都有说明
    """
    console = console_of(options)
    if settings:
        return _settings_file(console, output, force=force)
    if targets is not None and forms:
        raise click.UsageError("--form 给出的是空白表；由目标表生成填报工作簿时不用写。")
    from jxreport.batch.blanks import make

    flags = {key: options[key] for key in ("profile", "templates")}
    config = load(flags, beside=targets.parent if targets else None).config
    made = make(targets, output, config, forms=forms, force=force)
    console.findings(made.findings)
    for path in made.written:
        console.out(str(path))
    if made.written and targets is not None:
        console.say(f"请在“{made.written[0].name}”的填报栏内填写，保存后运行：jxreport report {output}")
    elif made.written:
        console.say("这些是空白表。已有绩效目标表的，用它生成预填好的填报表：jxreport init 绩效目标.xlsx")
    return made.exit_code


def _settings_file(console: Console, folder: Path, *, force: bool) -> int:
    from jxreport import resources
    from jxreport.batch.trouble import why
    from jxreport.batch.write import write_atomically
    from jxreport.config import FILE_NAME

    target = folder / FILE_NAME
    if target.exists() and not force:
        raise ConfigError(f"已有 {target}，没有覆盖。换一个文件夹（-o），或加 -f 覆盖。")
    try:
        written = write_atomically(folder, FILE_NAME, resources.find(f"config/{FILE_NAME}").read_bytes())
    except OSError as problem:
        raise ConfigError(f"写不进 {target}：{why(problem)}。") from problem
    console.out(str(written))
    console.say("去掉要用的行前面的 # 再改；改好后运行 jxreport doctor 查看每一项设置和它的来源。")
    return 0


@click.command(options_metavar="[选项]")
@click.argument("folder", metavar="[待填报文件夹]", required=False, type=EXISTING_FOLDER)
@OUTPUT
@PROFILE
@TEMPLATES
@shared
def doctor(folder: Path | None, **options: Any) -> int:
    """检查运行环境：系统库、字体、模板、写入权限、每项设置的来源，并说明怎样补齐。

    \b
    示例：
      jxreport doctor
      jxreport doctor 待填报 -o output     按处理这个文件夹时的设置检查

    退出码：0 一切正常；1 可以生成报告，但有欠缺；2 还不能生成合格的报告。
    """
    from jxreport.doctor import examine, exit_code

    console = console_of(options)
    checks = examine(folder, {key: options[key] for key in ("output", "profile", "templates")})
    for group, members in groupby(checks, key=lambda check: check.group):
        shown = [check for check in members if console.verbosity >= 0 or not check.good]
        if shown:
            console.out(group, bold=True)
        for check in shown:
            colour = "green" if check.good else "red" if check.needed else "yellow"
            mark = "正常" if check.good else "必须处理" if check.needed else "建议处理"
            if check.fact:
                console.out(f"  {check.name}：{check.text}")
            else:
                console.out(f"  [{mark}] {check.name}：{check.text}", fg=colour)
            if not check.good and check.fix:
                console.out(f"    → {check.fix}")
    code = exit_code(checks)
    bad = sum(1 for check in checks if not check.good)
    words = ("一切正常，可以生成报告。", f"可以生成报告，有 {bad} 处建议处理。", f"有 {bad} 处要处理，处理前报告不合格或做不出来。")
    console.say(words[code], fg=("green", "yellow", "red")[code])
    return code


@click.command(options_metavar="[选项]")
@click.argument("shell", metavar="bash|zsh|fish|powershell", type=click.Choice(SHELLS))
@shared
def completion(shell: str, **options: Any) -> int:
    """命令补全：给出所用命令行的补全脚本，装好后按 Tab 键补全命令、选项和口径名称。

    \b
    示例：
      eval "$(jxreport completion bash)"        在当前窗口试用
      jxreport completion fish > ~/.config/fish/completions/jxreport.fish
    """
    from click.shell_completion import get_completion_class

    console = console_of(options)
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"所装的 click 不支持 {shell}。")
    root = click.get_current_context().find_root().command
    console.out(kind(root, {}, "jxreport", "_JXREPORT_COMPLETE").source())
    console.say(_WHERE[shell])
    return 0


COMMANDS = (init, doctor, completion)
