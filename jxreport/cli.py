"""The command line (DESIGN 10). Heavy libraries are imported inside the commands that need them.

Exit codes: 0 all made; 1 made, but something waits for a person; 2 wrong usage or settings; 3 at least
one workbook failed; 4 internal error; 75 another run holds the output folder; 130 interrupted.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from jxreport import __version__, cli_setup, cli_unattended, click_zh
from jxreport.cli_options import AS_OF, EXISTING, FOLDER, OUTPUT, PROFILE, TEMPLATES, Command, shared
from jxreport.cli_options import console_of as _console
from jxreport.config import Config, ConfigError, load
from jxreport.console import Console, colour_choice, speak_chinese

if TYPE_CHECKING:
    from jxreport.batch import Summary
    from jxreport.batch.verifying import Verification

EXIT_USAGE, EXIT_INTERNAL, EXIT_LOCKED, EXIT_INTERRUPTED = 2, 4, 75, 130
EXIT_CODES = {
    0: "全部完成（可以有警告和提示）",
    1: "已完成，但有事项等人处理：问题待回答、原因待填写",
    2: "命令或设置有误，什么也没有做",
    3: "至少一份工作簿有错误或没有做成，其余已完成",
    EXIT_INTERNAL: "程序内部出错，详情在日志里",
    EXIT_LOCKED: "另一次运行正在写这个输出文件夹",
    EXIT_INTERRUPTED: "被中断，写好的文件都是完整的",
}

click_zh.install()


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code; the user never sees a traceback."""
    speak_chinese(sys.stdout, sys.stderr)
    sys.exit(_guarded(arguments))


def _guarded(arguments: list[str] | None) -> int:
    try:
        code = app.main(arguments, prog_name="jxreport", standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        return EXIT_USAGE
    except ConfigError as problem:
        click.echo(f"错误：{problem}", err=True)
        return EXIT_USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo("已中断。写好的报告都是完整的，再运行一次即可。", err=True)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; nobody is left to tell
        return 0
    except Exception as problem:
        return _other(problem)
    return code if isinstance(code, int) else 0


def _other(problem: Exception) -> int:
    """What only some commands can raise, and what nobody foresaw."""
    from jxreport.batch import Locked

    if isinstance(problem, Locked):
        holder = f"（{problem.holder}）" if problem.holder else ""
        click.echo(f"另一次运行正在写这个输出文件夹{holder}。请等它结束，或用 -o 换一个文件夹。", err=True)
        return EXIT_LOCKED
    import tempfile
    import traceback

    from jxreport.batch.log import RunLog

    log = RunLog(Path(tempfile.gettempdir()))
    log.add("命令行", traceback.format_exc())
    click.echo(f"程序内部出错，没有完成。这不是填报问题，请把日志文件交给维护人员：{log.path}", err=True)
    return EXIT_INTERNAL


def scoring(command: Command) -> Command:
    """Arguments and options of the commands that read and score workbooks."""
    for option in (
        click.option("--scheduler", metavar="地址", help="在 Dask 集群上处理，如 tcp://10.0.0.8:8786。"),
        click.option("--jobs", metavar="N", help="同时处理几份，0 表示按处理器个数。"),
        TEMPLATES,
        PROFILE,
        AS_OF,
        click.argument("paths", metavar="[工作簿或文件夹]...", nargs=-1, type=EXISTING),
    ):
        command = option(command)
    return shared(command)


@click.group(
    invoke_without_command=True,
    options_metavar="[选项]",
    subcommand_metavar="[命令] [参数]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", message="%(prog)s %(version)s")
@click.pass_context
def app(context: click.Context) -> None:
    """绩效自评报告生成器：填好的工作簿进，PDF、XLSX、JSON 出。

    \b
    示例：
      jxreport init 目标.xlsx -o 待填报     由绩效目标表生成要填的工作簿
      jxreport check 待填报                检查填报情况，不写任何文件
      jxreport report 待填报 -o output     生成报告
      jxreport doctor                      检查运行环境和设置

    每个命令的说明：jxreport 命令 --help
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@app.command(options_metavar="[选项]")
@OUTPUT
@click.option("--date", metavar="日期", help="报告的成文日期，如 2021-01-15；不写则留空待填。")
@click.option("--json", "as_json", is_flag=True, help="在标准输出给出结果对象，不列文件名。")
@click.option("-f", "--force", is_flag=True, help="不论有无变化都重新生成。")
@click.option("--summary", "overview", is_flag=True, help="只有一个单位时也做汇总。")
@scoring
def report(paths: tuple[Path, ...], as_json: bool, force: bool, overview: bool, **options: Any) -> int:
    """生成报告：output/单位/年度/绩效自评报告.pdf、.xlsx 和 result.json。

    \b
    示例：
      jxreport report                          处理当前文件夹（或配置的 inbox）
      jxreport report 待填报 -o output
      jxreport report 待填报 --as-of 6月底       季度运行监控

    有错误的工作簿另存为“退回修改_原名.xlsx”，标出要改的单元格。
    有两个以上单位时，另有“汇总.xlsx”和“汇总.pdf”。
    """
    console, summary = _run(paths, options, write=True, force=force, overview=overview)
    if as_json:
        _json(summary)
    else:
        for path in (*summary.written, *summary.unchanged, *summary.returned):
            console.out(str(path))
    console.outcome(summary)
    console.last_line(summary)
    return summary.exit_code


@app.command(options_metavar="[选项]")
@click.option("--json", "as_json", is_flag=True, help="在标准输出给出结果对象。")
@click.option("--exit-zero", is_flag=True, help="发现问题也以 0 退出，供脚本使用。")
@scoring
def check(paths: tuple[Path, ...], as_json: bool, exit_zero: bool, **options: Any) -> int:
    """检查工作簿：读取、查错、试算，不写任何文件。

    \b
    示例：
      jxreport check 待填报
      jxreport check 完成情况.xlsx 目标.xlsx -v
    """
    console, summary = _run(paths, options, write=False)
    if as_json:
        _json(summary)
    else:
        console.findings(summary.findings, err=False)
    console.last_line(summary)
    return 0 if exit_zero else summary.exit_code


@app.command(options_metavar="[选项]")
@click.option("--json", "as_json", is_flag=True, help="在标准输出给出结果对象（jxreport/result/1）。")
@scoring
def score(paths: tuple[Path, ...], as_json: bool, **options: Any) -> int:
    """计分：列出每个指标的得分，不写任何文件。

    \b
    示例：
      jxreport score 待填报
      jxreport score 待填报 --json > 结果.json
    """
    console, summary = _run(paths, options, write=False)
    if as_json:
        _json(summary)
    else:
        from jxreport.batch.listing import score_lines

        for line in score_lines(summary.result()):
            console.out(line)
    console.last_line(summary)
    return summary.exit_code


@app.command(options_metavar="[选项]")
@click.argument("sentence", metavar="[评分标准]", required=False)
@click.option("--weight", metavar="分值", help="这个指标的分值。")
@click.option("--value", "values", metavar="数值", multiple=True, help="实际完成值，可重复写，逐个试算。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出；不写评分标准时从标准输入逐行读 JSON，不加此项时逐行读句子。")
@shared
def explain(
    sentence: str | None, weight: str | None, values: tuple[str, ...], as_json: bool, **options: Any
) -> int:
    """说明一句评分标准读成了什么，缺什么，并试算。

    \b
    示例：
      jxreport explain "90%以上得5分，80%以上得3分，否则不得分" --weight 5 --value 85
      jxreport explain --json < 评分标准.jsonl
    """
    from jxreport.batch import explaining

    if sentence is None:
        if sys.stdin.isatty():
            raise click.UsageError("请写一句评分标准，或从标准输入逐行给出（加 --json 时每行一个 JSON 对象）。")
        if as_json:
            return explaining.stream(sys.stdin.buffer, sys.stdout.buffer)
        lines = explaining.text_stream(sys.stdin.buffer)
    elif as_json:
        lines = explaining.json_lines(explaining.records(sentence, weight, values))
    else:
        lines = iter([explaining.text(sentence, weight, values)])
    for line in lines:
        click.echo(line, color=colour_choice(options["no_color"]))
    return 0


@app.command(options_metavar="[选项]")
@click.argument("paths", metavar="报告.pdf或文件夹...", nargs=-1, required=True, type=EXISTING)
@click.option("--json", "as_json", is_flag=True, help="在标准输出给出核验结果（jxreport/verify/1）。")
@click.option(
    "--summary", metavar="文件夹", type=FOLDER, help="由核验一致的报告做 汇总.xlsx 和 汇总.pdf，写到哪里。"
)
@click.option("--templates", metavar="文件夹", type=FOLDER, help="存放自有口径的文件夹。")
@click.option(
    "--jobs", metavar="N", type=click.IntRange(min=0), default=0, help="同时核验几份，0 表示按处理器个数。"
)
@shared
def verify(
    paths: tuple[Path, ...],
    as_json: bool,
    summary: Path | None,
    templates: Path | None,
    jobs: int,
    **options: Any,
) -> int:
    """核验报告：由 PDF 内嵌的数据重新计算每个得分，与内嵌结果、内嵌工作簿和印出的文字比较。

    \b
    示例：
      jxreport verify 绩效自评报告.pdf
      jxreport verify 收到的报告 --summary 汇总
      jxreport verify 收到的报告 --json > 核验结果.json

    退出码：0 全部一致；1 有不一致；3 有文件不能核验。
    """
    from jxreport.batch import verifying

    console = _console(options)
    reports = verifying.find_reports(paths)
    if not reports:
        raise click.UsageError(f"在 {'、'.join(str(path) for path in paths)} 里没有找到 PDF，请写明报告或它所在的文件夹。")
    progress = console.progress()
    try:
        done = verifying.verify(reports, templates=templates, jobs=jobs, progress=progress)
    finally:
        progress.close()
    if as_json:
        _write(done.json())
    else:
        console.verdicts(done)
    return max(done.exit_code, _summarise(console, done, summary, templates) if summary else 0)


for _command in (*cli_setup.COMMANDS, *cli_unattended.COMMANDS):
    app.add_command(_command)


def _run(
    paths: tuple[Path, ...], options: dict[str, Any], *, write: bool, **how: bool
) -> tuple[Console, Summary]:
    """Read the settings, run the batch, show its progress."""
    console = _console(options)
    keys = ("output", "as_of", "profile", "date", "templates", "jobs", "scheduler")
    flags = {key: options.get(key) for key in keys}
    places = paths or (load(flags).config.inbox,)
    config: Config = load(flags, beside=places[0] if places[0].is_dir() else places[0].parent).config
    if console.verbosity >= 0:
        console.say(f"正在读取：{'、'.join(str(place) for place in places)}")
    progress = console.progress()
    from jxreport.batch import run

    try:
        return console, run(places, config, write=write, progress=progress, **how)
    finally:
        progress.close()


def _summarise(console: Console, done: Verification, folder: Path, templates: Path | None) -> int:
    """Write the overview of verified reports; 3 where that failed."""
    from jxreport.batch import verified, verifying

    written, findings = verified.write_overview(done, folder, templates, verifying.LIMITS)
    console.findings(findings)
    for path in written:
        console.say(str(path))
    return verifying.EXIT_UNCHECKED if any(finding.is_error for finding in findings) else 0


def _json(summary: Summary) -> None:
    """The result object as UTF-8, whatever the terminal's encoding is."""
    _write(summary.json())


def _write(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
