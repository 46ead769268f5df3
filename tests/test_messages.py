"""Every finding has Chinese wording that formats with the facts it names."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

import pytest

from jxreport.finding import Finding, Severity, warning
from jxreport.messages import message, table
from jxreport.messages.wording import Wording

ROOT = Path(__file__).resolve().parents[1]
CODES = sorted(table())


def _facts(wording: Wording) -> set[str]:
    texts = (wording.text, wording.fix)
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", CODES)
def test_wording_is_complete_and_chinese(code: str) -> None:
    wording = table()[code]
    assert re.fullmatch(r"JX[1-8]\d\d", code)
    facts = tuple((name, "甲") for name in sorted(_facts(wording)))
    said = message(Finding(code, Severity.NOTE, facts=facts))
    for text in (said.title, said.text, said.fix):
        assert re.search(r"[\u4e00-\u9fff]", text), f"{code} has a text without Chinese"
        assert "{" not in text


def test_every_code_has_an_example_in_the_documentation() -> None:
    """docs/问题例子.toml: `facts` for the wording, `wrong` and `right` in the user's words."""
    examples = tomllib.loads((ROOT / "docs" / "问题例子.toml").read_text(encoding="utf-8"))
    assert set(CODES) - set(examples) == set(), "add a line, then run python scripts/docs_reference.py"


def test_a_missing_fact_is_an_error_not_a_gap() -> None:
    code = next(code for code in CODES if _facts(table()[code]))
    with pytest.raises(KeyError):
        message(warning(code))
