"""The command line: help, usage errors, exit codes, streams. Runs in-process unless a process is the point."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from jxreport import batch, cli
from jxreport.batch import Locked
from jxreport.config import ConfigError

COMMANDS = sorted(cli.app.commands)
LATIN_IN_HELP = {
    "jxreport", "init", "check", "report", "score", "explain", "doctor", "output", "inbox", "json", "pdf", "xlsx",
    "result", "help", "version", "date", "force", "quiet", "verbose", "no", "color", "as", "of", "profile",
    "templates", "jobs", "scheduler", "dask", "tcp", "exit", "zero", "weight", "value", "hebei", "jsonl", "o", "v", "q", "f", "h", "n",
    "summary", "send", "mail", "mode", "unit", "all", "resend", "dry", "run", "eml", "smtp", "password", "file", "toml",
    "schedule", "systemd", "cron", "windows", "kind", "day", "at", "save", "watch", "interval", "once", "ctrl", "c", "x",
    "verify", "to", "form", "m", "t", "a",
}  # fmt: skip


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        cli.main(list(arguments))
    said = capsys.readouterr()
    assert isinstance(end.value.code, int)
    return end.value.code, said.out, said.err


@pytest.fixture(autouse=True)
def clean_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))


def test_the_bare_command_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys=capsys)
    assert (code, err) == (0, "")
    assert out.index("示例：") < out.index("命令:")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese_and_gives_examples_first(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(*command.split(), "--help", capsys=capsys)
    assert code == 0
    assert out.startswith("用法：")
    words = {word.lower() for word in re.findall(r"[A-Za-z]+", out)}
    assert words <= LATIN_IN_HELP, words - LATIN_IN_HELP
    if command != "doctor":
        assert out.index("示例：") < out.index("选项:")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rport"], "没有 rport 这个命令。 是不是 'report'？"),
        (["report", "--outputt", "x"], "没有 --outputt 这个选项。 是不是 '--output'？"),
        (["report", "没有的文件.xlsx"], "“没有的文件.xlsx”不存在。"),
        (["report", "-o"], "选项 -o 后面要写一个值。"),
        (["report", "--json=1"], "选项 --json 后面不写值。"),
        (["explain", "甲", "乙"], "多余的参数：乙"),
        (["explain", "甲", "--weight", "五"], "--weight 的值“五”不是数。"),
        (["check", "--as-of", "昨天"], "应当是时点"),
        (["check", "--profile", "hebei-2002"], "hebei-2020"),
        (["check", "--jobs", "-1"], "0 到 999"),
        (["check"], "没有找到工作簿"),
    ],
)
def test_wrong_usage_is_explained_in_chinese(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if "--profile" in arguments:
        Path("a.xlsx").write_bytes(b"")
    code, out, err = run(*arguments, capsys=capsys)
    assert (code, out) == (2, "")
    assert said in err
    assert not re.search(r"Error|Usage|Try|such|Invalid|Traceback|Got", err)


@pytest.mark.parametrize(
    ("problem", "code", "said"),
    [
        (Locked("进程 7，主机 pc"), 75, "另一次运行正在写这个输出文件夹（进程 7，主机 pc）"),
        (KeyboardInterrupt(), 130, "已中断"),
        (ConfigError("设置不对。"), 2, "错误：设置不对。"),
        (RuntimeError("boom"), 4, "程序内部出错"),
    ],
)
def test_every_end_has_its_exit_code_and_no_traceback(
    problem: BaseException,
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise problem

    monkeypatch.setattr(batch, "run", fail)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    ended, out, err = run("report", capsys=capsys)
    assert (ended, out) == (code, "")
    assert said in err
    assert "Traceback" not in err
    logs = list(tmp_path.glob("*.txt"))
    assert len(logs) == (1 if code == 4 else 0)
    assert all("RuntimeError: boom" in log.read_text(encoding="utf-8") for log in logs)


HEAVY = ("pandas", "numpy", "openpyxl", "weasyprint", "jinja2", "xlsxwriter", "lark", "rich", "fontTools")


def test_help_loads_nothing_heavy() -> None:
    """What makes the help slow is an import; the time itself is the benchmarks' business."""
    script = (
        "import sys\nfrom jxreport.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, encoding="utf-8")
    assert ended.stdout.splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "zh_CN.GBK"])
def test_chinese_whatever_the_locale(locale: str) -> None:
    environment = {**os.environ, "LC_ALL": locale, "PYTHONIOENCODING": "utf-8"}
    made = subprocess.run(
        [sys.executable, "-m", "jxreport", "nothing"], env=environment, capture_output=True, check=False
    )
    assert made.returncode == 2
    assert "没有 nothing 这个命令" in made.stderr.decode("utf-8")


def test_doctor_examines_this_machine() -> None:
    result = CliRunner().invoke(cli.app, ["doctor"])
    for name in ("Python 依赖", "WeasyPrint 与 Pango", "公文字体包", "模板与口径", "设置 profile"):
        assert name in result.stdout
    assert "mof-2020-10" in result.stdout
