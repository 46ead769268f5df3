"""The layers of the package: what each may import, walked over the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "jxreport"

# One direction: number, finding → model → rules → checks, score → report → render; batch joins; cli on top.
MAY_IMPORT = {
    "number": set(),
    "finding": set(),
    "form_names": set(),
    "suggestion": set(),
    "messages": {"finding", "messages"},
    "model": {"number", "finding", "model"},
    "rules": {"number", "finding", "model", "rules"},
    "checks": {"number", "finding", "model", "rules", "checks"},
    "score": {"number", "finding", "model", "rules", "checks", "score"},
    "report": {"number", "finding", "messages", "model", "rules", "checks", "score", "report"},
    "config": {"config", "config_values", "mail_settings", "resources", "suggestion"},
    "config_values": {"mail_settings", "resources"},
    "mail_settings": {"suggestion"},
    "resources": {"resources"},
    "cli": {"batch", "click_zh", "cli_options", "cli_setup", "cli_unattended", "config", "console"},
    "cli_options": {"console", "profiles"},
    "cli_setup": {"batch", "cli_options", "config", "console", "doctor", "form_names", "resources"},
    "cli_unattended": {"batch", "cli_options", "config", "console", "mail_settings"},
}
PURE = {"number", "finding", "messages", "model", "rules", "checks", "score", "report"}
FORBIDDEN = {
    "pandas", "numpy", "openpyxl", "xlsxwriter", "xlrd", "odf", "weasyprint", "jinja2", "click", "rich", "pebble",
    "os", "sys", "io", "pathlib", "time", "datetime", "locale", "random", "subprocess", "logging", "socket",
    "tempfile", "shutil", "zipfile", "urllib", "http",
}  # fmt: skip
# Reading its own grammar file, and being callable as jxreport.score(…), need these and nothing else of them.
EXCUSED = {"rules": {"importlib"}, "score": {"sys"}}


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules(*layers: str) -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if layer(path) in layers)


def imports(path: Path) -> Iterator[str]:
    """Dotted names of everything a module imports, imports inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "jxreport":
                yield from (f"jxreport.{alias.name}" for alias in node.names)
            elif node.module:
                yield node.module


def own(names: Iterator[str]) -> set[str]:
    """Layers of jxreport among imported names; names like __version__ belong to no layer."""
    parts = (name.split(".") for name in names if name.startswith("jxreport."))
    return {part[1] for part in parts if not part[1].startswith("__")}


@pytest.mark.parametrize("name", sorted(PURE))
def test_the_layer_exists(name: str) -> None:
    assert modules(name), name


@pytest.mark.parametrize("path", modules(*PURE), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_core_touches_no_library_and_no_machine(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(path)}
    assert roots & FORBIDDEN <= EXCUSED.get(layer(path), set())


@pytest.mark.parametrize("path", modules(*PURE), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_core_neither_prints_nor_opens(path: Path) -> None:
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"print", "open", "input", "exec", "eval", "float", "round"}


@pytest.mark.parametrize("path", modules(*MAY_IMPORT), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_run_in_one_direction(path: Path) -> None:
    assert own(imports(path)) <= MAY_IMPORT[layer(path)]


@pytest.mark.parametrize(
    "path", modules("read", "render", "verify"), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_the_edges_do_not_know_the_batch(path: Path) -> None:
    assert not own(imports(path)) & {"batch", "cli", "console", "config"}


def test_the_command_line_starts_without_heavy_libraries() -> None:
    """Everything cli imports at its top level, followed through the package, is light."""
    seen: set[Path] = set()
    found = top_level(PACKAGE / "cli.py", seen)
    assert not found & {
        "pandas",
        "numpy",
        "openpyxl",
        "weasyprint",
        "jinja2",
        "xlsxwriter",
        "lark",
        "rich",
        "pebble",
    }
    assert PACKAGE / "config.py" in seen


def top_level(path: Path, seen: set[Path]) -> set[str]:
    """Roots of foreign modules imported when `path` is imported (not inside functions or TYPE_CHECKING)."""
    if path in seen:
        return set()
    seen.add(path)
    roots: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            deeper = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [node.module, *(name for name in deeper if file_of(name) is not None)]
        for name in names:
            file = file_of(name)
            roots |= top_level(file, seen) if file is not None else {name.split(".")[0]}
    return roots


def file_of(name: str) -> Path | None:
    if name.split(".")[0] != "jxreport":
        return None
    base = PACKAGE.joinpath(*name.split(".")[1:])
    if (base / "__init__.py").is_file():
        return base / "__init__.py"
    return base.with_suffix(".py") if base.with_suffix(".py").is_file() else None
