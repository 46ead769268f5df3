"""The manual of outlines names every outline, content and annex there is."""

from pathlib import Path

import pytest

from jxreport.report.annexes import ANNEXES
from jxreport.report.contents import CONTENTS
from jxreport.report.outlines import OUTLINES

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "报告模板.md"


@pytest.mark.parametrize("name", [*OUTLINES, *CONTENTS, *ANNEXES])
def test_the_manual_names_it(name):
    assert f"`{name}`" in MANUAL.read_text("utf-8")
