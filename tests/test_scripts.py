"""The set-up scripts choose the right fonts and the right wheels, whatever machine they run on."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

build_fonts = pytest.importorskip("scripts.build_fonts", reason="HarfBuzz for the font pack is not installed")
wheelhouse = pytest.importorskip("scripts.wheelhouse")

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = ("simfang.ttf", "simkai.ttf", "simhei.ttf", "simsun.ttc", "simsunb.ttf", "times.ttf", "seguisym.ttf")
FANDOL = ("FandolFang-Regular.otf", "FandolKai-Regular.otf", "FandolSong-Regular.otf", "FandolSong-Bold.otf")
DEBIAN = (
    "NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", "NotoSansCJK-Regular.ttc", "LiberationSerif-Regular.ttf",
    "DejaVuSans.ttf",
)  # fmt: skip


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose fonts are the files in this folder."""
    monkeypatch.setattr(build_fonts, "FONT_ROOTS", (tmp_path / "fonts",))
    (tmp_path / "fonts" / "truetype").mkdir(parents=True)
    return tmp_path / "fonts" / "truetype"


def put(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"")


def chosen(fandol: Path | None = None, own: dict[str, Path] | None = None) -> tuple[dict[str, str], bool]:
    faces, genuine = build_fonts.pack(fandol, own or {})
    return {face.family: face.source.name for face in faces}, genuine


def test_on_debian_with_fandol_every_face_is_what_it_is_called(machine: Path, tmp_path: Path) -> None:
    put(machine, *DEBIAN)
    put(tmp_path / "fandol", *FANDOL)
    found, genuine = chosen(tmp_path / "fandol")
    assert genuine
    assert found["JX FangSong"] == "FandolFang-Regular.otf"
    assert found["JX XiaoBiaoSong"] == "FandolSong-Bold.otf"
    assert found["JX Fallback"] == "NotoSerifCJK-Regular.ttc"


def test_without_fandol_noto_stands_in_and_it_is_told(machine: Path) -> None:
    put(machine, *DEBIAN)
    found, genuine = chosen()
    assert not genuine
    assert found["JX XiaoBiaoSong"] == "NotoSerifCJK-Bold.ttc"


def test_windows_has_all_but_the_title_face(machine: Path) -> None:
    put(machine, *WINDOWS)
    found, genuine = chosen()
    assert not genuine  # there is no 小标宋
    assert found == {
        "JX FangSong": "simfang.ttf",
        "JX KaiTi": "simkai.ttf",
        "JX SongTi": "simsun.ttc",
        "JX XiaoBiaoSong": "simsun.ttc",
        "JX HeiTi": "simhei.ttf",
        "JX Fallback": "simsun.ttc",
        "JX Fallback Ext": "simsunb.ttf",
        "JX Latin": "times.ttf",
        "JX Symbols": "seguisym.ttf",
    }
    put(machine, "FZXBSJW.TTF")
    assert chosen()[1]


def test_a_font_of_the_units_own(machine: Path, tmp_path: Path) -> None:
    put(machine, *WINDOWS)
    put(tmp_path, "方正小标宋简体.ttf")
    family, path = build_fonts.chosen_font(f"小标宋={tmp_path / '方正小标宋简体.ttf'}")
    found, genuine = chosen(own={family: path})
    assert (found["JX XiaoBiaoSong"], genuine) == ("方正小标宋简体.ttf", True)
    for wrong in ("小标宋=没有.ttf", "隶书=方正小标宋简体.ttf", "小标宋"):
        with pytest.raises(argparse.ArgumentTypeError, match="角色=字体文件"):
            build_fonts.chosen_font(wrong)


def test_the_wheelhouse_takes_every_pin_that_holds_on_the_target() -> None:
    locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.M))
    assert {pin.name for pin in wheelhouse.pins()} == locked
    for platform in (None, "win_amd64"):
        names = [pin.name for pin in wheelhouse.wanted(platform)]
        assert {"pandas", "weasyprint", "odfpy", "brotli"} <= set(names)
        assert "brotlicffi" not in names  # for other Pythons
    assert all("--hash=sha256:" in pin.lines for pin in wheelhouse.pins())


def test_report_bat_can_be_read_by_windows() -> None:
    """CRLF, UTF-8 announced before the first Chinese line that is shown, every label there, folders quoted."""
    data = (ROOT / "report.bat").read_bytes()
    text = data.decode("utf-8").replace("\r\n", "\n")
    assert b"\r\n" in data or (ROOT / ".gitattributes").read_text(encoding="utf-8").startswith("*.bat text eol=crlf")
    shown = re.search(r"^\s*echo .*[\u4e00-\u9fff]", text, re.M)
    assert shown
    assert text.index("chcp 65001") < shown.start()
    labels = set(re.findall(r"^:(\w+)$", text, re.M))
    assert set(re.findall(r"goto (\w+)", text)) <= labels
    assert '"%IN%" -o "%OUT%"' in text
    assert "%~f1" in text
