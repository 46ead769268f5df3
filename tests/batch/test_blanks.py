"""`init`: the workbook to fill, and the blank forms; a unit's answers are never overwritten."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from jxreport.batch.blanks import make
from jxreport.config import Config, ConfigError, load
from tests.conftest import SAMPLE

(TARGETS,) = SAMPLE.glob("*绩效目标.xlsx")


@pytest.fixture(scope="module")
def config() -> Config:
    return load(beside=SAMPLE, environment={}).config


def test_the_workbook_to_fill_is_made_from_the_targets(tmp_path: Path, config: Config) -> None:
    made = make(TARGETS, tmp_path, config)
    assert made.exit_code == 0
    assert [path.name for path in made.written] == ["承德高新区党政办公室_2020年_完成情况.xlsx"]
    (sample,) = SAMPLE.glob("*完成情况.xlsx")
    assert openpyxl.load_workbook(made.written[0]).sheetnames == openpyxl.load_workbook(sample).sheetnames


def test_blank_forms_without_targets(tmp_path: Path, config: Config) -> None:
    made = make(None, tmp_path / "空白表", config)
    assert (made.exit_code, made.findings) == (0, ())
    assert len(made.written) == 8
    assert {path.parent for path in made.written} == {tmp_path / "空白表"}


def test_what_is_there_is_kept_unless_forced(tmp_path: Path, config: Config) -> None:
    (filled,) = make(TARGETS, tmp_path, config).written
    filled.write_bytes("填好的".encode())
    with pytest.raises(ConfigError, match="没有覆盖"):
        make(TARGETS, tmp_path, config)
    assert filled.read_bytes() == "填好的".encode()
    make(TARGETS, tmp_path, config, force=True)
    assert filled.read_bytes() != "填好的".encode()


def test_a_file_that_is_no_target_table(tmp_path: Path, config: Config) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"not a workbook")
    made = make(tmp_path / "a.xlsx", tmp_path / "out", config)
    assert (made.exit_code, made.written) == (3, ())
    assert [finding.source.file for finding in made.findings if finding.is_error] == ["a.xlsx"]
