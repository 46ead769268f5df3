"""The font pack: found, private, and its coverage known."""

import os

import pytest

from jxreport import resources
from jxreport.finding import JxError
from jxreport.render import fonts

pytestmark = pytest.mark.skipif(resources.font_dir() is None, reason="no font pack: run make setup")


def test_the_pack_is_used_whatever_the_environment_says(monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    assert fonts.prepare()
    assert os.environ["FONTCONFIG_FILE"] == str(resources.fontconfig_file())


def test_coverage_by_face():
    assert fonts.uncovered("绩效A≥—〔〕①％\ue5e5") == ("\ue5e5",)
    assert fonts.fallen_back("绩效A堃") == ("堃",)


def test_text_marks_of_the_report_are_in_the_text_faces():
    """What the program itself prints must never need a fallback."""
    printed = "〔〕（）“”—…≥≤＝÷×％%·：；，。、！①②③0123456789—–"
    assert fonts.fallen_back(printed) == ()
    assert fonts.uncovered(printed) == ()


def test_all_faces_share_one_line_height():
    from fontTools.ttLib import TTFont

    folder = resources.font_dir()
    assert folder is not None
    for path in sorted(folder.glob("*.[ot]tf")):
        with TTFont(path, lazy=True) as font:
            em = font["head"].unitsPerEm
            assert font["hhea"].ascent / em == pytest.approx(0.88, abs=0.001), path.name
            assert font["hhea"].descent / em == pytest.approx(-0.12, abs=0.001), path.name
            assert "BASE" not in font, path.name


def test_a_missing_library_is_told_with_its_cure(monkeypatch):
    """Without Pango the import of WeasyPrint fails with OSError."""
    import builtins

    real = builtins.__import__

    def without_pango(name, *rest):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0': libpango-1.0-0: no such file")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(JxError) as problem:
        fonts.load_engine()
    assert problem.value.finding.code == "JX710"
    assert "libpango" in problem.value.finding.fact("detail")
