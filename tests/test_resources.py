"""Where templates and fonts are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from jxreport import resources


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pretended checkout: tmp_path/jxreport beside tmp_path/templates."""
    (tmp_path / "jxreport").mkdir()
    (tmp_path / "templates" / "css").mkdir(parents=True)
    (tmp_path / "templates" / "css" / "a.css").write_text("checkout", encoding="utf-8")
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "jxreport")
    monkeypatch.setattr(resources, "_CHECKOUT", tmp_path)
    monkeypatch.delenv(resources.FONTS_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def test_the_checkout_serves_while_nothing_is_packaged(installation: Path) -> None:
    assert resources.template_root() == installation / "templates"


def test_the_wheel_comes_before_the_checkout(installation: Path) -> None:
    (installation / "jxreport" / "_templates").mkdir()
    assert resources.template_root() == installation / "jxreport" / "_templates"


def test_an_override_lies_over_the_shipped_files_one_by_one(installation: Path) -> None:
    own = installation / "own"
    (own / "css").mkdir(parents=True)
    assert resources.find("css/a.css", own).read_text(encoding="utf-8") == "checkout"
    (own / "css" / "a.css").write_text("own", encoding="utf-8")
    assert resources.find("css/a.css", own).read_text(encoding="utf-8") == "own"


def test_a_missing_file_is_named(installation: Path) -> None:
    with pytest.raises(resources.MissingResource, match=r"css/none\.css"):
        resources.find("css/none.css")


def test_no_font_pack_is_none(installation: Path) -> None:
    assert resources.font_dir() is None
    assert resources.fontconfig_file() is None


@pytest.mark.parametrize("place", ["checkout", "user"])
def test_the_font_pack_is_found(installation: Path, place: str) -> None:
    folder = installation / ".fonts" if place == "checkout" else installation / "data" / "jxreport" / "fonts"
    folder.mkdir(parents=True)
    (folder / "fonts.conf").write_text("<fontconfig/>", encoding="utf-8")
    assert resources.fontconfig_file() == folder / "fonts.conf"


def test_the_variable_decides_where_fonts_are(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (installation / ".fonts").mkdir()
    (installation / ".fonts" / "fonts.conf").write_text("<fontconfig/>", encoding="utf-8")
    monkeypatch.setenv(resources.FONTS_VARIABLE, str(installation / "elsewhere"))
    assert resources.font_dir() is None
