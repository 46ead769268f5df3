"""Commands for runs that nobody watches: ``send``, ``schedule``, ``watch``."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jxreport.cli_options import (
    AS_OF,
    EXISTING,
    EXISTING_FOLDER,
    FOLDER,
    OUTPUT,
    PROFILE,
    console_of,
    shared,
)
from jxreport.config import load
from jxreport.mail_settings import MODES

if TYPE_CHECKING:
    from jxreport.batch import Summary
    from jxreport.batch.mail import Outcome

_MAIL_COLOURS = {
    "SENT": "green",
    "WRITTEN": "green",
    "UNCERTAIN": "yellow",
    "SKIPPED": "yellow",
    "FAILED": "red",
}


@click.command(options_metavar="[选项]")
@click.argument("folder", metavar="[待填报文件夹]", required=False, type=EXISTING)
@click.option("-o", "--output", metavar="文件夹", help="报告在哪里，默认 output。")
@click.option("--mode", type=click.Choice(MODES), help="unit 每个单位一封，附其报告；summary 一封，附汇总。")
@click.option("--unit", "units", metavar="单位", multiple=True, help="只发这些单位的，可重复写。")
@click.option("--all", "unfinished", is_flag=True, help="有错误或待处理事项的报告也发送。")
@click.option("--resend", is_flag=True, help="重发上次中断、未确定是否送达的。")
@click.option("--dry-run", is_flag=True, help="只写成 .eml 文件，不发送。")
@shared
def send(folder: Path | None, output: str | None, **options: Any) -> int:
    """发送报告：按 jxreport.toml 的 [mail] 设置和通讯录发邮件，每封只发一次。

    \b
    示例：
      jxreport send --dry-run             先看要发哪些，写成 .eml
      jxreport send -o output
      jxreport send --mode summary        把汇总发给 summary_to

    密码放在环境变量 JXREPORT_SMTP_PASSWORD，或 password_file 指定的文件（权限 0600）。
    """
    from datetime import UTC, datetime

    from jxreport.batch.mail import State, Wishes
    from jxreport.batch.mail import send as send_mail

    console = console_of(options)
    beside = None if folder is None else folder if folder.is_dir() else folder.parent
    config = load({"output": output}, beside=beside).config
    wishes = Wishes(
        **{key: options[key] for key in ("units", "unfinished", "resend", "dry_run")},
        mode=options["mode"] or "",
    )

    def tell(outcome: Outcome) -> None:
        if outcome.state is State.BEFORE and console.verbosity < 1:
            return
        to = f" → {outcome.recipient}" if outcome.recipient else ""
        detail = f"：{outcome.detail}" if outcome.detail else ""
        write = console.out if outcome.state in (State.SENT, State.WRITTEN) else console.say
        write(
            f"[{outcome.state.value}] {outcome.title}{to}{detail}", fg=_MAIL_COLOURS.get(outcome.state.name)
        )

    done = send_mail(config, wishes, now=datetime.now(UTC).astimezone(), tell=tell)
    counts = [f"{state.value} {done.count(state)} 封" for state in State if done.count(state)]
    console.say(f"邮件：{'，'.join(counts)}。")
    return done.exit_code


def _clock(context: click.Context, parameter: click.Parameter, value: str) -> str:
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])", value)
    if found is None:
        raise click.BadParameter("应当是时间，例如 08:30。")
    return f"{int(found[1]):02d}:{found[2]}"


@click.command(options_metavar="[选项]")
@click.argument("folder", metavar="[待填报文件夹]", required=False, type=EXISTING_FOLDER)
@OUTPUT
@click.option(
    "--kind", type=click.Choice(("systemd", "cron", "windows")), help="哪一种定时任务，默认按本机。"
)
@click.option(
    "--day",
    metavar="日",
    type=click.IntRange(0, 28),
    default=5,
    show_default=True,
    help="时点次月的第几日运行；0 为时点当月最后一日。",
)
@click.option("--at", metavar="时间", default="08:30", show_default=True, callback=_clock, help="几点运行。")
@click.option("--send", "mail", is_flag=True, help="生成后接着发送邮件。")
@PROFILE
@click.option("--save", metavar="文件夹", type=FOLDER, help="写成文件，不在屏幕上显示。")
@shared
def schedule(folder: Path | None, output: str | None, profile: str | None, **options: Any) -> int:
    """定时运行：给出各时点（3月底、6月底、10月底、12月底等）的定时任务，由您安装。

    \b
    示例：
      jxreport schedule 待填报 -o output --kind systemd --save 定时
      jxreport schedule 待填报 --kind cron --day 3 --at 07:00
      jxreport schedule 待填报 --kind windows --send --save 定时
    """
    from jxreport.batch import work_settings
    from jxreport.batch.schedule import Plan, definitions, encoded, slots
    from jxreport.batch.write import write_atomically

    console = console_of(options)
    config = load({"output": output, "profile": profile}, beside=folder).config
    plan = Plan(
        folder=(folder or config.inbox).resolve(),
        output=config.output.resolve(),
        slots=slots(work_settings(config).profile, options["day"], options["at"]),
        options=("--profile", profile) if profile else (),
        mail=options["mail"],
        templates=config.templates,
    )
    for name, text in definitions(options["kind"] or _usual_kind(), plan):
        if options["save"] is not None:
            console.out(str(write_atomically(options["save"], name, encoded(name, text))))
        else:
            console.out(f"# 文件：{name}")
            console.out(text)
    return 0


def _usual_kind() -> str:
    if sys.platform == "win32":
        return "windows"
    return "systemd" if Path("/run/systemd/system").is_dir() else "cron"


@click.command(options_metavar="[选项]")
@click.argument("folder", metavar="[文件夹]", required=False, type=EXISTING_FOLDER)
@OUTPUT
@AS_OF
@PROFILE
@click.option(
    "--interval",
    metavar="秒",
    type=click.FloatRange(min=0.1),
    default=5.0,
    show_default=True,
    help="隔多久看一次。",
)
@click.option("--once", is_flag=True, help="看两次，处理已经稳定的，然后退出。")
@shared
def watch(folder: Path | None, interval: float, once: bool, **options: Any) -> int:
    """守候文件夹：放进工作簿，自动生成报告；按 Ctrl-C 结束。

    \b
    示例：
      jxreport watch 待填报 -o output
      jxreport watch 网络盘上的文件夹 --interval 30

    工作簿的大小和时间不再变化后才处理；只重新生成有变化的单位。
    """
    from jxreport.batch import work_settings
    from jxreport.batch.watch import Watcher

    console = console_of(options)
    flags = {key: options[key] for key in ("output", "as_of", "profile")}
    place = folder or load(flags).config.inbox
    config = load(flags, beside=place).config
    work_settings(config)  # a wrong setting is told now, not with every workbook

    def made(summary: Summary) -> None:
        console.findings(summary.findings)
        for path in (*summary.written, *summary.returned):
            console.out(str(path))
        console.last_line(summary)

    watcher = Watcher(place, config, tell=console.say, made=made)
    if once:
        return watcher.once(interval)
    if console.verbosity >= 0:
        console.say(f"正在守候 {place}，报告写到 {config.output}。按 Ctrl-C 结束。")
    watcher.watch(interval)
    return 0


COMMANDS = (send, schedule, watch)
