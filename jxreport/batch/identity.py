"""What the outputs depend on besides the workbooks: program, libraries, templates, fonts.

Two machines with the same identity make the same bytes from the same task; a report made under another
identity is made again.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from jxreport import __version__, resources

# those whose version shows in what is read or printed
_LIBRARIES = (
    "defusedxml", "fonttools", "jinja2", "odfpy", "openpyxl", "pandas", "pydyf", "weasyprint",
    "xlrd", "xlsxwriter",
)  # fmt: skip
_FONTS = frozenset({".otf", ".ttf", ".ttc"})
_NO_SOURCE = frozenset({"__pycache__", ".DS_Store"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Digests and versions; equal texts mean equal parts."""

    python: str
    program: str
    libraries: str
    templates: str
    fonts: str

    def differences(self, other: Identity) -> tuple[str, ...]:
        """The parts, in Chinese, in which `other` is not this."""
        return tuple(
            _NAMES[field.name]
            for field in fields(self)
            if getattr(self, field.name) != getattr(other, field.name)
        )


_NAMES = {
    "python": "Python 版本",
    "program": "jxreport 的版本",
    "libraries": "所用程序库的版本",
    "templates": "自带的模板",
    "fonts": "字体包",
}


@cache
def identity() -> Identity:
    """The identity of this process's installation, without the user's own templates."""
    package = Path(resources.__file__).parent
    fonts = resources.font_dir()
    return Identity(
        python=".".join(platform.python_version_tuple()[:2]),
        # the code itself too: in a checkout it changes while the version stays
        program=f"{__version__} {_digest(package, package.rglob('*.py'))}",
        libraries=" ".join(f"{name} {_version(name)}" for name in _LIBRARIES),
        templates=folder_digest(resources.template_root()),
        fonts=_digest(fonts, (path for path in fonts.iterdir() if path.suffix in _FONTS)) if fonts else "",
    )


def folder_digest(folder: Path) -> str:
    """One digest over names and contents of a folder's files."""
    return _digest(folder, folder.rglob("*"))


def _digest(root: Path, paths: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    named = {path.relative_to(root).as_posix(): path for path in paths if path.is_file()}
    for name, path in sorted(named.items()):
        if _NO_SOURCE.isdisjoint(path.parts):
            whole.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"
