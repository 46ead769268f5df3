"""The commands for unattended runs: arguments reach the batch, results go to stdout, codes are right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jxreport import cli
from jxreport.batch.lock import RunLock
from tests.bureau import bureau, unit_name

SETTINGS = """[mail]
host = "smtp.example.gov.cn"
sender = "jx@example.gov.cn"
[mail.addresses]
"{unit}" = ["a@one.gov.cn"]
"""


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        cli.main(list(arguments))
    said = capsys.readouterr()
    assert isinstance(end.value.code, int)
    return end.value.code, said.out, said.err


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of workbooks with mail settings, and an output folder with one report."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "jxreport.toml").write_text(SETTINGS.format(unit=unit_name(0)), encoding="utf-8")
    home = tmp_path / "out" / "甲" / "2020"
    home.mkdir(parents=True)
    (tmp_path / "out" / ".jxreport").mkdir()
    (home / "result.json").write_text(json.dumps(bureau(1, projects=0, bad=0)), encoding="utf-8")
    (home / "绩效自评报告.pdf").write_bytes(b"%PDF-1.7")
    return tmp_path


def test_a_dry_run_lists_what_would_go(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("send", "in", "-o", "out", "--dry-run", capsys=capsys)
    assert code == 0
    assert out.startswith(f"[已写成] {unit_name(0)}2020年度绩效自评报告 → a@one.gov.cn：")
    assert err == "邮件：已写成 1 封。\n"


def test_without_mail_settings_it_is_wrong_usage(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("send", "-o", "out", capsys=capsys)
    assert (code, out) == (2, "")
    assert "[mail]" in err


def test_a_running_batch_keeps_the_mail_out(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with RunLock(place / "out" / ".jxreport" / "lock"):
        code, _, err = run("send", "in", "-o", "out", "--dry-run", capsys=capsys)
    assert code == 75
    assert "另一次运行" in err


def test_timers_are_printed_or_saved(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(
        "schedule", "in", "-o", "out", "--kind", "cron", "--at", "7:05", "--day", "0", capsys=capsys
    )
    assert code == 0
    assert out.startswith("# 文件：jxreport.cron\n")
    assert "5 7 30 6 * cd " in out
    code, out, _ = run("schedule", "in", "--kind", "windows", "--save", "timers", capsys=capsys)
    names = [Path(line).name for line in out.splitlines()]
    assert names == ["jxreport-3.xml", "jxreport-6.xml", "jxreport-10.xml", "jxreport-12.xml", "install.cmd"]
    assert all((place / "timers" / name).is_file() for name in names)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["schedule", "--at", "25:00"], "应当是时间"),
        (["schedule", "--kind", "at"], "systemd"),
        (["schedule", "--day", "31"], "--day"),
        (["schedule", "--profile", "hebei-2002"], "hebei-2020"),
        (["watch", "in", "--profile", "hebei-2002"], "hebei-2020"),
        (["send", "--mode", "每周"], "unit"),
        (["watch", "没有的文件夹"], "没有找到"),
        (["watch", "--interval", "0"], "--interval"),
    ],
)
def test_wrong_usage_is_explained(
    place: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(*arguments, capsys=capsys)
    assert (code, out) == (2, "")
    assert said in err
