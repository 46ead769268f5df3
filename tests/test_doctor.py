"""`doctor` names what is missing, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jxreport import doctor, resources
from jxreport.doctor import Check


def named(name: str) -> Check:
    (check,) = [check for check in doctor.examine() if check.name == name]
    return check


def test_a_set_up_machine_is_sound() -> None:
    assert [check for check in doctor.examine() if check.needed and not check.good] == []


def test_a_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LIBRARIES", ("pandas", "no-such-library"))
    check = named("Python 依赖")
    assert (check.good, check.text, check.fix) == (False, "缺少 no-such-library", "运行 make setup")


def test_a_missing_subsetter_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)
    check = named("字体子集库 HarfBuzz")
    assert (check.good, check.needed) == (False, False)
    assert "libharfbuzz-subset0" in check.fix


def test_fonts_missing_and_incomplete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(resources.FONTS_VARIABLE, str(tmp_path))
    assert "make fonts" in named("公文字体包").fix
    for name in ("fonts.conf", "JXFangSong.otf"):
        (tmp_path / name).write_bytes(b"")
    text = named("公文字体包").text
    assert text.startswith("缺少 小标宋、楷体")
    assert "仿宋" not in text


def test_settings_are_shown_with_their_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JXREPORT_PROFILE", "hebei-2020")
    assert named("设置 profile").text == "hebei-2020 ← 环境变量 JXREPORT_PROFILE"


def test_settings_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JXREPORT_JOBS", "many")
    assert not named("设置").good
