"""``schedule``: the definitions are what systemd, cron and Windows accept, and run what they should."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from jxreport.batch.schedule import CRON, KINDS, SYSTEMD, WINDOWS, Plan, Slot, definitions, encoded, slots
from jxreport.config import ConfigError
from jxreport.profiles import load_profile

PROFILE = load_profile("mof-2020-10")
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="没有 systemd-analyze")


def plan(folder: str = "/数据/待 填报", *, day: int = 5, mail: bool = False, **more: object) -> Plan:
    return Plan(
        folder=Path(folder),
        output=Path("/数据/output"),
        slots=slots(PROFILE, day, "08:30"),
        program=("/opt/jx/python", "-m", "jxreport"),
        mail=mail,
        **more,  # type: ignore[arg-type]
    )


def test_every_checkpoint_runs_in_the_month_after_it() -> None:
    found = [(slot.label, slot.run_month, slot.day) for slot in slots(PROFILE, 5, "08:30")]
    assert found == [("3月底", 4, 5), ("6月底", 7, 5), ("10月底", 11, 5), ("12月底", 1, 5)]


@pytest.mark.parametrize(
    ("day", "calendar", "cron"),
    [(5, "*-01-05 08:30:00", "30 8 5 1 *"), (0, "*-12~01 08:30:00", "30 8 31 12 *")],
)
def test_the_year_s_end_in_each_language(day: int, calendar: str, cron: str) -> None:
    slot = slots(PROFILE, day, "08:30")[-1]
    assert (slot.calendar, slot.cron) == (calendar, cron)


@needs_systemd
@pytest.mark.parametrize("day", [5, 0])
def test_systemd_reads_the_calendar_as_meant(day: int) -> None:
    for slot in slots(PROFILE, day, "08:30"):
        command = [
            "systemd-analyze",
            "calendar",
            "--iterations=2",
            "--base-time=2023-02-01 00:00:00",
            slot.calendar,
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stderr
        days = re.findall(r"\d{4}-(\d\d)-(\d\d) 08:30:00", said.stdout)
        last = {3: "31", 6: "30", 10: "31", 12: "31"}
        assert (f"{slot.run_month:02d}", f"{day:02d}" if day else last[slot.month]) in days


def test_the_units_say_what_to_run(tmp_path: Path) -> None:
    files = dict(definitions(SYSTEMD, plan(mail=True)))
    assert list(files) == ["jxreport@.service", *(f"jxreport-{month}.timer" for month in (3, 6, 10, 12))]
    service = files["jxreport@.service"]
    starts = [
        line.removeprefix("ExecStart=") for line in service.splitlines() if line.startswith("ExecStart=")
    ]
    assert starts == [
        '/opt/jx/python -m jxreport report "/数据/待 填报" -o "/数据/output" --as-of %i',
        '/opt/jx/python -m jxreport send "/数据/待 填报" -o "/数据/output"',
    ]
    assert "Restart=on-failure\nRestartPreventExitStatus=2 4 130\n" in service, "only 75 is tried again"
    assert "enable --now jxreport-3.timer jxreport-6.timer jxreport-10.timer jxreport-12.timer" in service
    assert "OnCalendar=*-11-05 08:30:00\n" in files["jxreport-10.timer"]
    assert "Unit=jxreport@10.service" in files["jxreport-10.timer"]


@needs_systemd
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    real = plan(str(tmp_path), mail=True)
    sound = Plan(
        folder=real.folder, output=real.output, slots=real.slots, program=("/bin/true", "-m"), mail=True
    )
    for name, text in definitions(SYSTEMD, sound):
        (tmp_path / name).write_bytes(encoded(name, text))
    units = [f"jxreport-{slot.month}.timer" for slot in real.slots]
    for slot in real.slots:  # as the timers start it
        shutil.copy(tmp_path / "jxreport@.service", tmp_path / f"jxreport@{slot.month}.service")
        units.append(f"jxreport@{slot.month}.service")
    assert complaints(tmp_path, units) == []
    service = tmp_path / "jxreport@3.service"
    service.write_text(service.read_text("utf-8") + "RestartForceExitStatus=75\n", encoding="utf-8")
    assert complaints(tmp_path, ["jxreport@3.service"]), "a unit that systemd refuses is told"


def complaints(folder: Path, units: list[str]) -> list[str]:
    """What systemd says of the units. The user's manager may not be running: the system's verifies as well."""
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(folder / unit) for unit in units)],
        capture_output=True,
        text=True,
        check=False,
    )
    return [line for line in said.stderr.splitlines() if "jxreport" in line]


@pytest.mark.parametrize(
    ("folder", "written"),
    [("/a b/100%", '"/a b/100%%"'), ('/a"b', '"/a\\"b"'), ("/a$HOME", '"/a$$HOME"'), ("/a\\b", '"/a\\\\b"')],
)
def test_odd_paths_are_escaped_for_systemd(folder: str, written: str) -> None:
    assert f"report {written} -o" in dict(definitions(SYSTEMD, plan(folder)))["jxreport@.service"]


def test_cron_lines_run_as_a_shell_reads_them(tmp_path: Path) -> None:
    """The command of a line, run by sh with the program replaced by echo."""
    folder = tmp_path / "it's 100% 填报"
    folder.mkdir()
    mine = Plan(
        folder=folder,
        output=tmp_path / "out put",
        slots=slots(PROFILE, 5, "08:30"),
        program=("echo",),
        mail=True,
    )
    ((name, text),) = definitions(CRON, mine)
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", "PYTHON"))]
    assert name == "jxreport.cron"
    assert [line.split()[:5] for line in lines] == [slot.cron.split() for slot in mine.slots]
    command = lines[1].split(maxsplit=5)[5]
    assert "%" not in command.replace("\\%", "")  # a bare one ends a cron command
    done = subprocess.run(["sh", "-c", command.replace("\\%", "%")], check=False)
    assert done.returncode == 0
    log = (tmp_path / "out put" / ".jxreport" / "定时运行.log").read_text(encoding="utf-8")
    assert log.splitlines() == [
        f"report {folder} -o {tmp_path / 'out put'} --as-of 6",
        f"send {folder} -o {tmp_path / 'out put'}",
    ]


@pytest.mark.parametrize(("code", "sends"), [(0, True), (1, True), (3, True), (2, False), (75, False)])
def test_letters_follow_what_was_made(tmp_path: Path, code: int, sends: bool) -> None:
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$1"\n[ "$1" = send ] || exit {code}\n', encoding="utf-8")
    program.chmod(0o755)
    mine = Plan(
        folder=tmp_path,
        output=tmp_path,
        slots=slots(PROFILE, 5, "08:30")[:1],
        program=(str(program),),
        mail=True,
    )
    ((_, text),) = definitions(CRON, mine)
    subprocess.run(["sh", "-c", text.splitlines()[-1].split(maxsplit=5)[5]], check=False)
    log = (tmp_path / ".jxreport" / "定时运行.log").read_text(encoding="utf-8").split()
    assert log == (["report", "send"] if sends else ["report"])


def test_windows_tasks_are_wellformed_and_quote_their_words() -> None:
    files = dict(definitions(WINDOWS, plan("/数据/甲&乙 <填报>", mail=True)))
    assert list(files)[-1] == "install.cmd"
    data = encoded("jxreport-3.xml", files["jxreport-3.xml"])
    assert data.startswith((b"\xff\xfe", b"\xfe\xff"))
    task = ElementTree.fromstring(data)
    arguments = [found.text or "" for found in task.iter(f"{TASK}Arguments")]
    assert (
        '"/opt/jx/python" "-m" "jxreport" "report" "/数据/甲&乙 <填报>" "-o" "/数据/output" "--as-of" "3" >>'
        in arguments[0]
    )
    assert '"send"' in arguments[1]
    assert [element.tag for element in task.iter() if element.tag == f"{TASK}April"] == [f"{TASK}April"]
    assert task.findtext(f".//{TASK}Day") == "5"
    assert task.findtext(f".//{TASK}StartBoundary") == "2020-01-01T08:30:00"


def test_the_last_day_on_windows() -> None:
    task = ElementTree.fromstring(dict(definitions(WINDOWS, plan(day=0)))["jxreport-12.xml"])
    assert task.findtext(f".//{TASK}Day") == "Last"
    assert task.find(f".//{TASK}December") is not None


def test_the_windows_script_registers_every_task() -> None:
    script = encoded("install.cmd", dict(definitions(WINDOWS, plan()))["install.cmd"])
    assert script.isascii()
    assert script.count(b"schtasks /Create") == 4
    assert b"\r\n" in script


@pytest.mark.parametrize("kind", KINDS)
def test_options_reach_every_run(kind: str) -> None:
    files = definitions(kind, plan(options=("--profile", "hebei-2020")))
    runs = [unescape(line) for _, text in files for line in text.splitlines() if "--as-of" in line]
    assert runs
    assert all("--profile hebei-2020" in run.replace('"', "") for run in runs)


@pytest.mark.parametrize(
    ("kind", "folder"), [(SYSTEMD, "/a\nb"), (CRON, "/a\x00b"), (WINDOWS, "/a%PATH%"), (WINDOWS, '/a"b')]
)
def test_a_path_that_cannot_be_written_down_is_refused(kind: str, folder: str) -> None:
    with pytest.raises(ConfigError, match="请换一个文件夹"):
        definitions(kind, plan(folder))


def test_february_comes_early_rather_than_never() -> None:
    assert Slot(label="2月底", month=2, run_month=2, day=0, at="08:30").cron == "30 8 28 2 *"
