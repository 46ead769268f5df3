"""What is shown, where, and in what order."""

from __future__ import annotations

import re

import pytest

from jxreport.batch import Artefacts, Summary
from jxreport.console import LONG, MANY, Console, Lines, Silent, by_place, colour_choice
from jxreport.finding import Finding, Source, error, note, warning
from jxreport.profiles import load_profile

FINDINGS = (
    warning("JX801", Source("乙.xlsx", "表二", "B2"), why="其一"),
    error("JX803", Source("甲.xlsx", "表一", "A1"), why="其二"),
    note("JX801", Source("乙.xlsx", "表一", "C3"), why="其三"),
    error("JX802", Source("乙.xlsx")),
    warning("JX801", Source("乙.xlsx", "表二", "B9"), why="其四"),
)


def lines(
    findings: tuple[Finding, ...], verbosity: int, capsys: pytest.CaptureFixture[str], **where: bool
) -> list[str]:
    Console(verbosity, colour=False).findings(findings, **where)
    said = capsys.readouterr()
    assert (said.out == "") is where.get("err", True)
    return (said.out + said.err).splitlines()


def test_findings_stand_by_file_and_sheet() -> None:
    places = [(f.source.file, f.source.sheet, f.source.cell) for f in by_place(FINDINGS)]
    assert places == [
        ("乙.xlsx", "", ""),
        ("乙.xlsx", "表二", "B2"),
        ("乙.xlsx", "表二", "B9"),
        ("乙.xlsx", "表一", "C3"),
        ("甲.xlsx", "表一", "A1"),
    ]


@pytest.mark.parametrize(
    ("verbosity", "codes"),
    [
        (-1, ["JX803", "JX802"]),
        (0, ["JX802", "JX801", "JX801", "JX803"]),
        (1, ["JX802", "JX801", "JX801", "JX801", "JX803"]),
    ],
)
def test_how_much_is_shown(verbosity: int, codes: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    shown = lines(FINDINGS, verbosity, capsys)
    assert [word for line in shown for word in line.split() if word.startswith("JX")] == codes


def test_each_finding_says_where_what_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    shown = lines(FINDINGS[1:2], 0, capsys, err=False)
    assert shown[:3] == ["甲.xlsx", "  表一", "    A1 错误 JX803"]
    assert "其二" in shown[3]
    assert shown[4].lstrip().startswith("→ ")


def test_progress_is_plain_lines_off_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Console().progress()
    assert isinstance(progress, Lines)
    progress.phase("读取", 2)
    progress.step("甲.xlsx")
    progress.step("乙.xlsx")
    assert capsys.readouterr().err.splitlines() == ["读取 1/2：甲.xlsx", "读取 2/2：乙.xlsx"]


def test_a_long_list_is_told_in_parts(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Console().progress()
    progress.phase("读取", 200)
    for number in range(200):
        progress.step(f"{number + 1}.xlsx")
    shown = capsys.readouterr().err.splitlines()
    assert len(shown) <= MANY
    assert shown[-1] == "读取 200/200：200.xlsx"


def run_of(units: int, findings: tuple[Finding, ...]) -> Summary:
    made = Artefacts(unit="某局", year=2024, sources=(), scores=(("项目", "96.49", "优"),))
    return Summary(
        units=(made,) * units, findings=findings, loose=(), profile=load_profile("mof-2020-10"), as_of="12月底"
    )


@pytest.mark.parametrize(
    ("units", "verbosity", "codes", "scores"),
    [(1, 0, 4, True), (MANY, 0, 4, True), (MANY + 1, 0, 2, False), (MANY + 1, 1, 5, True), (1, -1, 2, False)],
)
def test_many_units_are_told_in_sums(
    units: int, verbosity: int, codes: int, scores: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    Console(verbosity, colour=False).outcome(run_of(units, FINDINGS))
    said = capsys.readouterr().err
    assert len(re.findall(r" JX8", said)) == codes
    assert ("96.49" in said) is scores
    assert ("见 汇总.xlsx" in said) is (units > MANY and verbosity == 0)


def test_errors_in_a_long_list_come_once_more_at_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    many = (*FINDINGS, *(warning("JX801", Source("丙.xlsx"), why=str(number)) for number in range(LONG)))
    Console(0, colour=False).outcome(run_of(1, many))
    shown = capsys.readouterr().err.splitlines()
    assert shown[-3:] == ["要改的：", "  甲.xlsx：表一!A1　文件打不开（JX803）", "  乙.xlsx　文件正在变化（JX802）"]
    Console(0, colour=False).outcome(run_of(1, FINDINGS))
    assert "要改的：" not in capsys.readouterr().err


def test_quiet_has_no_progress() -> None:
    assert type(Console(-1).progress()) is Silent


@pytest.mark.parametrize(
    ("flag", "variables", "choice"),
    [
        (False, {}, None),
        (True, {}, False),
        (False, {"NO_COLOR": "1"}, False),
        (False, {"NO_COLOR": ""}, None),
        (False, {"TERM": "dumb"}, False),
    ],
)
def test_colour(
    flag: bool, variables: dict[str, str], choice: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert colour_choice(flag) is choice
