"""The names of the library: the same thing before and after their modules are imported."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("name", ["read", "score"])
def test_a_stage_is_the_same_before_and_after_its_module_is_imported(name: str) -> None:
    code = (
        f"import jxreport, importlib; first = jxreport.{name}; importlib.import_module('jxreport.{name}');"
        f"assert first is jxreport.{name} and callable(first) and hasattr(first, '__path__')"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
