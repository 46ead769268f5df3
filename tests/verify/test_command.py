"""`jxreport verify`: files and folders, exit codes, JSON, the overview of what was received."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jxreport.batch.verifying import Verification, find_reports
from jxreport.cli import app
from jxreport.console import Console
from jxreport.verify.check import Outcome, Verdict, verify_pdf
from tests.verify.reports import RESULT, once, report, with_file

BAD = with_file(report(), RESULT, once('"total": "65.12"', '"total": "85.12"'))


def verify(*arguments: object) -> Result:
    done = CliRunner().invoke(app, ["verify", *map(str, arguments)], standalone_mode=False)
    assert done.exception is None, done.exception
    return done


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a bureau has received: one good report, one changed, one file that is no report."""
    folder = tmp_path_factory.mktemp("收到")
    for name, data in (("甲局/报告.pdf", report()), ("乙局/报告.pdf", BAD), ("丙局/报告.PDF", b"%PDF-1.7")):
        (folder / name).parent.mkdir()
        (folder / name).write_bytes(data)
    (folder / "汇总.pdf").write_bytes(b"ours")
    (folder / "甲局" / ".报告.pdf").write_bytes(b"hidden")
    (folder / "甲局" / "说明.txt").write_bytes(b"no PDF")
    return folder


def test_reports_are_found_by_their_path_below_the_folder(received: Path) -> None:
    assert [name for _, name in find_reports([received])] == [
        "丙局/报告.PDF",
        "乙局/报告.pdf",
        "甲局/报告.pdf",
    ]
    assert [name for _, name in find_reports([received / "甲局" / "报告.pdf"])] == ["报告.pdf"]


def test_a_consistent_file(received: Path) -> None:
    done = verify(received / "甲局" / "报告.pdf")
    assert done.return_value == 0
    assert done.stdout == "[一致] 报告.pdf　示例单位 2020年度：项目1 65.12 分，项目2 57.29 分\n"
    assert done.stderr.endswith("核验 1 份：一致 1 份。\n")


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [("c", 0), ("ccc", 0), ("cic", 1), ("ciu", 3), ("u", 3)],
    ids=lambda value: str(value),
)
def test_the_exit_code_tells_the_worst(outcomes: str, code: int) -> None:
    kinds = {"c": Outcome.CONSISTENT, "i": Outcome.INCONSISTENT, "u": Outcome.UNCHECKED}
    verdicts = tuple(Verdict(file="报告.pdf", outcome=kinds[letter]) for letter in outcomes)
    assert Verification(verdicts=verdicts).exit_code == code


def test_what_is_wrong_stands_below_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    bad, none = verify_pdf("乙局/报告.pdf", BAD), verify_pdf("丙局/报告.PDF", b"%PDF-1.7")
    Console().verdicts(Verification(verdicts=(bad, none)))
    said = capsys.readouterr()
    assert [line.split("　")[0] for line in said.out.splitlines() if line.startswith("[")] == [
        "[不一致] 乙局/报告.pdf",
        "[未核验] 丙局/报告.PDF",
    ]
    assert "总分：内嵌结果为“85.12”，由内嵌数据复算为“65.12”" in said.out
    assert said.err == "核验 2 份：不一致 1 份，未核验 1 份。\n"


def test_the_json_and_the_overview_of_a_folder(received: Path, tmp_path: Path) -> None:
    done = verify(received, "--json", "--summary", tmp_path, "--jobs", 1)
    assert done.return_value == 3
    said = json.loads(done.stdout)
    assert said["schema"] == "jxreport/verify/1"
    assert said["counts"] == {"consistent": 1, "inconsistent": 1, "unchecked": 1}
    outcomes = {entry["file"]: entry["outcome"] for entry in said["reports"]}
    assert outcomes == {
        "丙局/报告.PDF": "unchecked",
        "乙局/报告.pdf": "inconsistent",
        "甲局/报告.pdf": "consistent",
    }
    good = said["reports"][2]
    assert (good["unit"], good["year"], good["as_of"], good["findings"]) == ("示例单位", "2020", "12月底", [])
    assert [(score["name"], score["total"]) for score in good["scores"]] == [
        ("项目1", "65.12"),
        ("项目2", "57.29"),
    ]
    assert [finding["code"] for finding in said["reports"][1]["findings"]] == ["JX770", "JX771"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["汇总.pdf", "汇总.xlsx"]
    assert cells(tmp_path / "汇总.xlsx") >= {"项目1", "乙局/报告.pdf", "丙局/报告.PDF"}


def test_an_empty_folder_is_a_wrong_use(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["verify", str(tmp_path)])
    assert done.exit_code == 2
    assert "没有找到 PDF" in done.output


def cells(path: Path) -> set[object]:
    from openpyxl import load_workbook

    return {
        cell.value for sheet in load_workbook(path).worksheets for row in sheet.iter_rows() for cell in row
    }
