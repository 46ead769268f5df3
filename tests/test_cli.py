"""The command line: help, usage errors, exit codes, streams. Runs in-process unless a process is the point."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

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
    "config", "completion", "completions", "bash", "zsh", "fish", "powershell", "eval", "tab",
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
    assert out.index("示例：") < out.index("选项:")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rport"], "没有 rport 这个命令。 是不是 'report'？"),
        (["report", "--outputt", "x"], "没有 --outputt 这个选项。 是不是 '--output'？"),
        (["report", "没有的文件.xlsx"], "没有找到“没有的文件.xlsx”，请核对路径是否写对。"),
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


ENCODINGS = ["cp936", "gb18030", "cp437", "cp1252", "ascii", "utf-8"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("arguments", [["--help"], ["nothing"], ["explain", "90%以上得5分，否则不得分（𬭎≥）", "--weight", "5"]])
def test_no_code_page_ends_the_program(encoding: str, arguments: list[str]) -> None:
    """A code page with Chinese is kept, one without gives way to UTF-8; no character is ever an error."""
    made = subprocess.run(
        [sys.executable, "-m", "jxreport", *arguments],
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert made.returncode == (2 if arguments == ["nothing"] else 0)
    shown = encoding if encoding in ("cp936", "gb18030") else "utf-8"
    words = {"--help": "用法：", "nothing": "没有 nothing 这个命令", "explain": "评分标准"}[arguments[0]]
    assert words in (made.stderr if arguments == ["nothing"] else made.stdout).decode(shown)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_sentences_may_be_piped_in_the_encoding_of_the_machine(encoding: str) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "jxreport", "explain"],
        input="90%以上得5分，否则不得分\n".encode(encoding),
        capture_output=True,
        check=True,
    )
    assert "≥90%得5分" in made.stdout.decode("utf-8")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_gives_a_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("completion", shell, capsys=capsys)
    assert code == 0
    assert "_JXREPORT_COMPLETE" in out
    assert "jxreport completion" in err


@pytest.mark.parametrize(
    ("words", "position", "offered"),
    [
        ("jxreport do", 1, {"doctor"}),
        ("jxreport report --prof", 2, {"--profile"}),
        ("jxreport report --profile heb", 3, {"hebei-2020"}),
        ("jxreport completion ", 2, {"bash", "zsh", "fish", "powershell"}),
    ],
)
def test_completion_offers_commands_options_and_profiles(words: str, position: int, offered: set[str]) -> None:
    made = subprocess.run(
        [sys.executable, "-c", "from jxreport.cli import main; main()"],
        env={
            **os.environ,
            "_JXREPORT_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(position),
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert {line.partition(",")[2] for line in made.stdout.split()} == offered
