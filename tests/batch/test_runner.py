"""Whole runs: one verdict per file, whole files or none, the right exit code."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest

from jxreport.batch import Locked, Settings, Summary, run_one, work_settings
from jxreport.batch import run as run_batch
from jxreport.batch.deliver import Delivery, places, unit_folder
from jxreport.batch.executor import Failure, Reason
from jxreport.batch.listing import score_lines
from jxreport.batch.lock import RunLock
from jxreport.batch.manifest import load as load_manifest
from jxreport.batch.unit import Artefacts, UnitTask
from jxreport.config import Config, ConfigError, load
from jxreport.console import Console
from jxreport.finding import Finding, Source, codes, error, note, warning
from jxreport.messages import message
from jxreport.report.overview import build_overview
from tests.batch.in_process import InProcess
from tests.conftest import SAMPLE, SampleRun

NAMES = ["result.json", "绩效自评报告.pdf", "绩效自评报告.xlsx"]


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """A copy of the sample's workbooks and settings, free to be spoiled."""
    folder = tmp_path / "books"
    folder.mkdir()
    for path in (*SAMPLE.glob("*.xlsx"), SAMPLE / "jxreport.toml"):
        shutil.copy(path, folder)
    return folder


def config(books: Path, **flags: object) -> Config:
    return load({"output": str(books.parent / "output"), **flags}, beside=books, environment={}).config


def made(output: Path) -> list[str]:
    """Files of the results, without the run's own state."""
    files = (path.relative_to(output) for path in output.rglob("*") if path.is_file())
    return sorted(path.name for path in files if path.parts[0] != ".jxreport")


def test_the_sample_is_complete(sample_run: SampleRun) -> None:
    summary = sample_run.summary
    assert [code for code, _ in codes(tuple(f for f in summary.findings if f.is_error))] == []
    assert (summary.exit_code, summary.waiting, summary.log) == (0, 0, None)
    assert made(sample_run.output) == NAMES
    assert sample_run.folder == sample_run.output / "承德高新区党政办公室" / "2020"
    assert sample_run.weasyprint == ()


def test_the_result_file_is_the_result_object(sample_run: SampleRun) -> None:
    kept = json.loads((sample_run.folder / "result.json").read_text(encoding="utf-8"))
    whole = sample_run.summary.result()
    assert (
        kept["profile"] == whole["profile"] == {"name": "hebei-2020", "version": kept["profile"]["version"]}
    )
    assert [unit["unit"] for unit in kept["units"]] == [unit["unit"] for unit in whole["units"]]
    assert kept["units"][0]["evaluations"] == whole["units"][0]["evaluations"]


def test_the_pure_function_makes_the_same_bytes(sample_run: SampleRun) -> None:
    settings = work_settings(load(beside=SAMPLE, environment={}).config)
    workbooks = tuple((path.name, path.read_bytes()) for path in sorted(SAMPLE.glob("*.xlsx")))
    (unit,) = run_one(workbooks, settings)
    assert {name: (sample_run.folder / name).read_bytes() for name in NAMES} == dict(unit.files)


def test_workers_make_the_same_bytes(books: Path, sample_run: SampleRun) -> None:
    summary = run_batch([books], config(books, jobs=2))
    assert summary.exit_code == 0
    for path in summary.written:
        assert path.read_bytes() == (sample_run.folder / path.name).read_bytes()


def test_a_bad_file_costs_only_itself(books: Path) -> None:
    (books / "坏.xlsx").write_bytes(b"not a workbook")
    (books / "~$目标.xlsx").write_bytes(b"")
    summary = run_batch([books], config(books))
    assert summary.exit_code == 3
    assert made(books.parent / "output") == [*NAMES, "退回修改_坏.xlsx"]
    assert {finding.source.file for finding in summary.findings if finding.is_error} == {"坏.xlsx"}
    result = summary.result()
    assert [unit["unit"] for unit in result["units"]] == ["承德高新区党政办公室", None]


def test_a_corrected_workbook_loses_its_marked_copy(books: Path) -> None:
    (path,) = books.glob("*完成情况.xlsx")
    good = path.read_bytes()
    path.write_bytes(b"not a workbook")
    output = books.parent / "output"
    assert run_batch([books], config(books)).exit_code == 3
    assert list(output.rglob("退回修改_*"))
    path.write_bytes(good)
    assert run_batch([books], config(books)).exit_code == 0
    assert not [
        copy
        for copy in output.rglob("退回修改_*.xlsx")
        if "完成情况" in copy.name and copy.parent.name == "2020"
    ]


def test_check_writes_nothing(books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(books.parent.rglob("*"))
    summary = run_batch([books], config(books), write=False)
    assert (summary.exit_code, summary.written) == (0, ())
    assert sorted(books.parent.rglob("*")) == before
    assert summary.result()["units"][0]["evaluations"]


def test_an_internal_error_is_a_finding_with_a_log(books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(task: UnitTask) -> Artefacts:
        raise RuntimeError("boom")

    monkeypatch.setattr("jxreport.batch.steps.make_unit", broken)
    summary = run_batch([books], config(books))
    assert "JX804" in [finding.code for finding in summary.findings]
    assert summary.exit_code == 3
    assert summary.log is not None
    assert "RuntimeError: boom" in summary.log.read_text(encoding="utf-8")
    assert made(books.parent / "output") == []


@pytest.mark.parametrize(
    ("failure", "code", "said"),
    [
        (Failure(Reason.TIMEOUT), "JX805", "超过 120 秒没有完成"),
        (Failure(Reason.DIED), "JX806", "处理进程被系统终止"),
        (Failure(Reason.MEMORY), "JX810", "超过 2048 MB 的上限"),
        (Failure(Reason.UNFIT, "字体包"), "JX811", "与本机不同（字体包）"),
    ],
)
def test_every_failure_is_told_by_file_and_code(
    books: Path, monkeypatch: pytest.MonkeyPatch, failure: Failure, code: str, said: str
) -> None:
    """The unit whose report failed is named by its workbook; its old files stay."""

    def answers(self: InProcess, function: object, tasks: Sequence[object]) -> Iterator[tuple[int, object]]:
        for number, task in enumerate(tasks):
            yield number, failure if isinstance(task, UnitTask) else self.answer(function, task)  # type: ignore[arg-type]

    monkeypatch.setattr(InProcess, "stream", answers)
    summary = run_batch([books], config(books))
    (found,) = [finding for finding in summary.findings if finding.code.startswith("JX8")]
    assert (found.code, found.source.file) == (code, "承德高新区党政办公室_2020年_完成情况.xlsx")
    assert said in message(found).text
    assert (summary.exit_code, made(books.parent / "output")) == (3, [])


def test_a_result_that_cannot_be_written_is_a_finding(books: Path) -> None:
    blocked = books.parent / "output" / "承德高新区党政办公室" / "2020" / "绩效自评报告.pdf"
    (blocked / "occupied").mkdir(parents=True)
    summary = run_batch([books], config(books))
    assert summary.exit_code == 3
    assert [finding.code for finding in summary.findings if finding.is_error] == ["JX807"]
    assert sorted(path.name for path in summary.written) == ["result.json", "绩效自评报告.xlsx"]


def test_two_runs_into_one_folder(books: Path) -> None:
    with RunLock(books.parent / "output" / ".jxreport" / "lock"), pytest.raises(Locked):
        run_batch([books], config(books))


def test_nothing_to_do_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="没有找到工作簿"):
        run_batch([tmp_path], Config(output=tmp_path / "output"))
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize(
    ("flags", "said"),
    [({"profile": "hebei-2O20"}, "hebei-2020"), ({"as_of": "5月底"}, "没有时点“5月底”")],
)
def test_settings_that_cannot_be_used(books: Path, flags: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        run_batch([books], config(books, **flags))


def summary_of(*findings: Finding, waiting: int = 0) -> Summary:
    unit = Artefacts(unit="某局", year=2020, sources=("a.xlsx",), findings=findings, waiting=waiting)
    settings: Settings = work_settings(Config())
    return Summary(units=(unit,), findings=findings, loose=(), profile=settings.profile, as_of="")


@pytest.mark.parametrize(
    ("findings", "waiting", "code"),
    [
        ((), 0, 0),
        ((note("JX801", why="x"), warning("JX801", why="x")), 0, 0),
        ((), 1, 1),
        ((error("JX802"),), 1, 3),
    ],
)
def test_exit_codes(findings: tuple[Finding, ...], waiting: int, code: int) -> None:
    assert summary_of(*findings, waiting=waiting).exit_code == code


def test_two_submissions_of_one_unit_and_year_are_kept_apart(tmp_path: Path) -> None:
    units = [
        Artefacts(
            unit="某局",
            year=2020,
            sources=(name,),
            files=(("result.json", name.encode()),),
            result={"units": []},
        )
        for name in ("a.xlsx", "b.xlsx")
    ]
    homes, findings = places(units, [unit.sources[0] for unit in units])
    delivery = Delivery(tmp_path, load_manifest(tmp_path / ".jxreport"))
    for unit, home in zip(units, homes, strict=True):
        assert delivery.store(home, "", unit) == ()
    assert [(finding.code, finding.source) for finding in findings] == [("JX808", Source(file="b.xlsx"))]
    assert (tmp_path / "某局" / "2020" / "result.json").read_bytes() == b"a.xlsx"
    assert (tmp_path / "某局" / "2020_2" / "result.json").read_bytes() == b"b.xlsx"


def test_reports_are_listed_in_order_whichever_was_ready_first(tmp_path: Path) -> None:
    homes = ["乙局/2020", "甲局/2020"]
    delivery = Delivery(tmp_path, load_manifest(tmp_path / ".jxreport"))
    for home in reversed(homes):
        unit = Artefacts(
            unit=home[:2], year=2020, sources=(), files=(("b", b""), ("a", b"")), result={"units": []}
        )
        delivery.store(home, "", unit)
    delivery.in_order(homes)
    assert delivery.written == [tmp_path / home / name for home in homes for name in "ba"]


@pytest.mark.parametrize(
    ("unit", "year", "folder"),
    [("某局", 2020, "某局/2020"), ("", None, "未注明单位/未注明年度")],
)
def test_unit_folders(unit: str, year: int | None, folder: str) -> None:
    assert unit_folder(Artefacts(unit=unit, year=year, sources=())) == folder


def test_findings_of_the_batch_are_not_returned_to_the_unit(books: Path) -> None:
    from jxreport.batch.inputs import Workbook

    (path,) = books.glob("*完成情况.xlsx")
    book = Workbook(name=path.name, path=path, data=path.read_bytes())
    said = (error("JX804", Source(file=path.name), stage="计分", log="x"),)
    assert Delivery(books.parent, load_manifest(books)).to_return([book], [], said) == ()


def test_a_spoiled_cell_is_returned_with_its_mark(books: Path) -> None:
    """A text where the form wants a number: the unit gets its own workbook back, the cell marked."""
    (path,) = books.glob("*绩效目标.xlsx")
    book = openpyxl.load_workbook(path)
    spoiled = _spoil_schedule(book)
    book.save(path)
    summary = run_batch([books], config(books))
    assert summary.exit_code == 3
    marked = [f for f in summary.findings if f.is_error and (f.source.sheet, f.source.cell) == spoiled]
    assert marked, codes(summary.findings)
    (copy,) = summary.returned
    cell = openpyxl.load_workbook(copy)[spoiled[0]][spoiled[1]]
    assert cell.comment is not None
    assert cell.fill.fill_type == "solid"


def _spoil_schedule(book: openpyxl.Workbook) -> tuple[str, str]:
    """Write a word into the first number below 3月底 of a spending plan; (sheet, cell) of it."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "3月底":
                    below = sheet.cell(cell.row + 1, cell.column)
                    below.value = "三成"
                    return sheet.title, below.coordinate
    raise AssertionError("the sample has no spending plan")


def test_before_year_end_nobody_claims_a_total(books: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not the result object, not the terminal, not the list of scores, not the overview."""
    summary = run_batch([books], config(books, as_of="6月底"), write=False)
    result = summary.result()
    evaluations = result["units"][0]["evaluations"]
    assert {(e["total"], e["full"], e["grade"]) for e in evaluations} == {(None, None, None)}
    assert {row["score"] for e in evaluations for row in e["indicators"]} == {None}
    assert all(e["not_scored"].startswith("截至6月底") for e in evaluations)
    assert evaluations[1]["indicators"][3]["outlook"]["likelihood"] == "有可能"
    assert (summary.exit_code, summary.waiting) == (0, 0), "the sample has filled in June"
    Console().outcome(summary)
    said = [*capsys.readouterr().err.splitlines(), *score_lines(result)]
    assert not [line for line in said if re.search(r"：[\d.]+ 分|^ *合计|^ +[\d.]+/\d", line)]
    assert any("截至6月底运行监控，不计分" in line for line in said)
    overview = build_overview(result)
    assert [row.kind for row in overview.rows] == ["monitoring"] * 4
    assert [(row.total, row.rank, row.grade, row.waiting) for row in overview.rows] == [(None, None, "", 0)] * 4
    assert overview.title == "2020年6月底绩效运行监控汇总"


def test_before_year_end_what_was_not_filled_in_is_waited_for(books: Path) -> None:
    summary = run_batch([books], config(books, as_of="3月底"), write=False)
    asked = [finding.fact("form") for finding in summary.findings if finding.code == "JX630"]
    assert len(asked) == 3, "once for each project, not for each row"
    assert (summary.exit_code, summary.waiting) == (1, 3)


def test_the_journal_tells_the_whole_run_and_keeps_the_one_before(books: Path) -> None:
    output = books.parent / "output"
    (books / "坏.xlsx").write_bytes(b"not a workbook")
    for _ in range(2):
        run_batch([books], config(books, as_of="6月底"), write=True)
    journal = (output / ".jxreport" / "运行日志.上一次.txt").read_text(encoding="utf-8")
    lines = [line[20:] for line in journal.splitlines()]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d jxreport .* 开始", journal.splitlines()[0])
    assert [line for line in lines if line.startswith("读取 ")][-1].startswith("读取 3/3：")
    assert "生成报告 1/1：承德高新区党政办公室" in lines
    assert [line for line in lines if line.startswith("错误 ") and "坏.xlsx" in line]
    assert f"写入 {output / '承德高新区党政办公室' / '2020' / '绩效自评报告.pdf'}" in lines
    assert lines[-1] == "完成，部分材料有错误（退出码 3）"
    last = (output / ".jxreport" / "运行日志.txt").read_text(encoding="utf-8")
    assert "未变化 " in last


def test_an_interrupted_run_says_so_in_its_journal(books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(task: UnitTask) -> Artefacts:
        raise KeyboardInterrupt

    monkeypatch.setattr("jxreport.batch.steps.make_unit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run_batch([books], config(books))
    journal = books.parent / "output" / ".jxreport" / "运行日志.txt"
    assert journal.read_text(encoding="utf-8").rstrip().endswith("已中断")
