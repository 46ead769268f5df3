"""Rules of the house that a reader relies on: every folder and module says what it is, none is too long."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.test_purity import PACKAGE

MODULES = sorted(PACKAGE.rglob("*.py"))
FOLDERS = sorted(path for path in MODULES if path.name == "__init__.py")
LONGEST = 350
TABLES = "messages/"  # tables of wording, not code
LONGER = {  # the language of scoring sentences: one idea a module, and some ideas have many forms
    "rules/build/formulas.py": 450,
    "rules/build/prepare.py": 450,
    "rules/build/steps.py": 450,
    "rules/matching.py": 450,
    "rules/tree.py": 450,
    "rules/values_read.py": 450,
}
# words in a folder's docstring that are commands, methods or keys
ALLOWED = {"send", "verify", "init", "explain", "evaluate", "sentence", "excel", "needs", "render", "look"}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def docstring(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert docstring(path), name(path)


@pytest.mark.parametrize("path", FOLDERS, ids=name)
def test_every_folder_says_what_flow_and_why(path: Path) -> None:
    assert len(docstring(path)) >= 250, f"{name(path)}: what it is, how data flows through it, why it is so"


@pytest.mark.parametrize("path", FOLDERS, ids=name)
def test_modules_named_in_a_folders_docstring_exist(path: Path) -> None:
    """A double-quoted word that looks like a module is one, or a public name of the package."""
    text = path.read_text(encoding="utf-8")
    known = {other.stem for other in MODULES} | {other.parent.name for other in FOLDERS}
    for word in re.findall(r"``([a-z_]+)``", docstring(path)):
        assert word in known or word in text.replace(docstring(path), "") or word in ALLOWED, word



@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_is_too_long(path: Path) -> None:
    if not name(path).startswith(TABLES):
        length = len(path.read_text(encoding="utf-8").splitlines())
        assert length <= LONGER.get(name(path), LONGEST), f"{name(path)}: {length} lines; split it by its ideas"
