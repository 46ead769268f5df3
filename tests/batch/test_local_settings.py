"""Settings of a place reach the reports: official unit names, own checkpoints, own outline, own look."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jxreport.batch import run, work_settings
from jxreport.config import ConfigError
from jxreport.finding import codes
from tests.batch import bureau
from tests.e2e import workbooks
from tests.e2e.workbooks import copied, totals


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bureau.settle(tmp_path / "in", "甲局", "乙局")
    return tmp_path


def test_units_get_their_official_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.plain_printing(monkeypatch)
    summary = run([folder / "in"], bureau.config(folder, units=(("甲局", "某市甲局"), ("丙局", "某市丙局"))))
    assert {unit.unit for unit in summary.units} == {"某市甲局", "乙局"}
    assert [path.name for path in (folder / "output").glob("某市甲局/*")] == ["2022"]
    told = [finding for finding in summary.findings if finding.code == "JX139"]
    assert [(finding.fact("written"), finding.fact("name")) for finding in told] == [("甲局", "某市甲局")]


def test_another_name_makes_the_report_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = bureau.plain_printing(monkeypatch)
    for names in ((), (("甲局", "甲"),), (("甲局", "甲"),)):
        run([folder / "in"], bureau.config(folder, units=names))
    assert sorted(printed) == sorted(["甲局", "乙局", "甲", "乙局"])


def test_two_writings_of_one_unit_are_joined(tmp_path: Path) -> None:
    """The sample's targets and actuals name the unit differently; the settings say that they are one."""
    place = copied(tmp_path / "in")

    def shortened(book: Any) -> None:
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("承德高新区党政办公室", "高新区党政办")

    workbooks.spoilt(place, workbooks.ACTUALS, shortened)
    (place / "jxreport.toml").write_text(
        'profile = "hebei-2020"\n[units]\n"高新区党政办" = "承德高新区党政办公室"\n', encoding="utf-8"
    )
    summary = workbooks.checked(place)
    assert [unit.unit for unit in summary.units] == ["承德高新区党政办公室"]
    assert None not in totals(summary)
    assert "JX139" in {code for code, _ in codes(summary.findings)}


def test_own_checkpoints_reach_the_profile(tmp_path: Path) -> None:
    settings = work_settings(bureau.config(tmp_path, checkpoints=("6月底", "9月底", "12月底"), as_of="9月底"))
    assert [point.label for point in settings.profile.checkpoints] == ["6月底", "9月底", "12月底"]
    with pytest.raises(ConfigError, match="没有时点“3月底”"):
        work_settings(bureau.config(tmp_path, checkpoints=("6月底", "12月底"), as_of="3月底"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"outline": "heibei"}, "没有报告大纲“heibei”。是不是“hebei”？"),
        ({"profile": "hebei-2002"}, "hebei-2020"),
    ],
)
def test_what_does_not_exist_is_told_with_the_nearest(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        work_settings(bureau.config(tmp_path, **changes))


def test_an_unknown_token_stops_before_the_first_report(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "tokens.toml").write_text('[sizes]\nbodi = "16pt"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"sizes\.bodi.*是不是“body”？"):
        work_settings(bureau.config(tmp_path, templates=tmp_path))
