"""Which files are read, and that only whole ones are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jxreport.batch import inputs
from jxreport.batch.inputs import find_workbooks, snapshot
from jxreport.finding import Severity, codes
from tests.batch.bureau import workbook


def fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())


def test_workbooks_of_a_folder_in_order(tmp_path: Path) -> None:
    fill(tmp_path, "b.xlsx", "a.XLS", "丙局/c.et", "丙局/d.ods", "jxreport.toml", "说明.txt")
    found, findings = find_workbooks([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "a.XLS",
        "b.xlsx",
        "丙局/c.et",
        "丙局/d.ods",
    ]
    assert findings == ()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("~$目标.xlsx", "临时文件"),
        ("目标.xlsx.tmp", "正在复制"),
        ("目标.csv", "不是工作簿"),
        ("目标.docx", "不是工作簿"),
        ("退回修改_目标.xlsx", "本程序生成"),
        ("绩效自评报告.xlsx", "本程序生成"),
    ],
)
def test_what_is_passed_over_with_a_word(tmp_path: Path, name: str, said: str) -> None:
    fill(tmp_path, name)
    found, findings = find_workbooks([tmp_path])
    assert found == ()
    assert [finding.code for finding in findings] == ["JX801"]
    assert said in findings[0].fact("why")


def test_hidden_files_and_the_output_folder_are_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, ".a.xlsx", ".git/b.xlsx", "output/某局/2020/x.xlsx", "c.xlsx")
    found, findings = find_workbooks([tmp_path], tmp_path / "output")
    assert [path.name for path in found] == ["c.xlsx"]
    assert findings == ()


def test_a_file_that_is_named_is_always_taken_once(tmp_path: Path) -> None:
    fill(tmp_path, "目标.csv")
    found, _ = find_workbooks([tmp_path / "目标.csv", tmp_path / "目标.csv"])
    assert found == (tmp_path / "目标.csv",)


def test_snapshot_keeps_bare_names_unless_they_clash(tmp_path: Path) -> None:
    fill(tmp_path, "甲/自评.xlsx", "乙/自评.xlsx", "丙.xlsx")
    paths = [tmp_path / "甲/自评.xlsx", tmp_path / "乙/自评.xlsx", tmp_path / "丙.xlsx"]
    books, findings = snapshot(paths)
    assert [book.name for book in books] == [paths[0].as_posix(), paths[1].as_posix(), "丙.xlsx"]
    assert books[2].data == "丙.xlsx".encode()
    assert findings == ()


def test_a_file_that_keeps_changing_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "a.xlsx")
    monkeypatch.setattr(inputs, "_PAUSE", 0)
    sizes = iter(range(1000))
    monkeypatch.setattr(inputs, "_stamp", lambda path: (0, next(sizes), 1))
    books, findings = snapshot([tmp_path / "a.xlsx"])
    assert books == ()
    assert [(finding.code, finding.source.file) for finding in findings] == [("JX802", "a.xlsx")]


def test_a_file_that_settles_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "a.xlsx")
    monkeypatch.setattr(inputs, "_PAUSE", 0)
    stamps = iter([(0, 1, 1), (0, 2, 1), (0, 6, 1), (0, 6, 1)])
    monkeypatch.setattr(inputs, "_stamp", lambda path: next(stamps))
    books, findings = snapshot([tmp_path / "a.xlsx"])
    assert [book.data for book in books] == [b"a.xlsx"]
    assert findings == ()


def test_a_half_copied_package_is_skipped_with_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy over a network pauses: nothing moves for a moment, yet the package has no end."""
    monkeypatch.setattr(inputs, "_PAUSE", 0)
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook("甲中心")[:-100])
    books, findings = snapshot([path])
    assert books == ()
    assert [(finding.code, finding.severity, finding.waiting) for finding in findings] == [
        ("JX802", Severity.WARNING, True)
    ]


def test_an_old_cut_off_package_is_for_the_reader_to_judge(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook("甲中心")[:-100])
    os.utime(path, (1_600_000_000, 1_600_000_000))
    (book,), findings = snapshot([path])
    assert (book.data, findings) == (path.read_bytes(), ())


def test_a_package_whose_copying_goes_on_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = workbook("甲中心")
    path = tmp_path / "a.xlsx"
    path.write_bytes(whole[:5000])
    monkeypatch.setattr(
        inputs.time, "sleep", lambda seconds: path.write_bytes(whole) if seconds > 0.1 else None
    )
    (book,), findings = snapshot([path])
    assert (book.data, findings) == (whole, ())


def test_a_locked_file_and_a_vanished_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "a.xlsx")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    _, findings = snapshot([tmp_path / "a.xlsx", tmp_path / "gone.xlsx"])
    assert codes(findings) == [("JX803", ""), ("JX803", "")]
    assert "正在被其他程序打开" in findings[0].fact("why")


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "a.xlsx")
    monkeypatch.setattr(inputs, "MAX_BYTES", 3)
    books, findings = snapshot([tmp_path / "a.xlsx"])
    assert books == ()
    assert codes(findings) == [("JX809", "")]
