"""Functions of WeasyPrint replaced while our pages are set, and put back afterwards.

A hook is for the release it was written for, gives the same bytes as the function it replaces, and is left
out where that function is missing or takes other parameters.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

import weasyprint

from jxreport.render.lean import boxes, files, lines, references, signatures, styles, text

# exact releases: a later one may do more in a function than what takes its place
TESTED = {"weasyprint": "70.0", "pydyf": "0.13.0"}


@dataclass(frozen=True, slots=True)
class Hook:
    """`make(plain)` returns what takes the place of `module.path`; `parameters` are those of the plain one."""

    module: str
    path: str
    parameters: tuple[str, ...]
    make: Callable[[Any], Any]


HOOKS = (
    Hook("weasyprint.layout.percent", "resolve_percentages", ("box", "containing_block"), boxes.percentages),
    Hook("weasyprint.text.line_break", "Layout.setup", ("self", "style"), text.setup),
    Hook("weasyprint.text.line_break", "_font_style_cache_key", ("style", "include_size"), text.font_key),
    Hook(
        "weasyprint.layout.page",
        "set_page_type_computed_styles",
        ("page_type", "html", "style_for"),
        styles.page_types,
    ),
    Hook(
        "weasyprint.layout.inline",
        "iter_line_boxes",
        (
            "context", "box", "position_y", "bottom_space", "skip_stack", "containing_block",
            "absolute_boxes", "fixed_boxes", "first_letter_style", "first_line_style",
        ),
        lines.broken,
    ),
    Hook("weasyprint.pdf.fonts", "Font", ("pango_font", "description", "font_size"), files.mapped),
    Hook("weasyprint.css", "ComputedStyle.copy", ("self",), signatures.copied),
    Hook("weasyprint.css", "AnonymousStyle.copy", ("self",), signatures.copied),
    Hook("pydyf", "PDF.page_references", ("self",), references.page_references),
)


@contextmanager
def installed() -> Iterator[None]:
    """All hooks that fit the installed release, for the time of the block."""
    with ExitStack() as stack:
        for owner, name, plain, own in _replacements() if known_release() else ():
            stack.callback(setattr, owner, name, plain)
            setattr(owner, name, own)
        yield


@cache
def known_release() -> bool:
    """Whether these are the releases the short ways were written for."""
    return {name: version(name) for name in TESTED} == TESTED and hasattr(weasyprint.HTML, "_ua_stylesheets")


@cache
def _replacements() -> tuple[tuple[Any, str, Any, Any], ...]:
    """(owner, name, plain, own): every place that holds the plain function by its name."""
    found = []
    for hook in HOOKS:
        owner: Any = sys.modules.get(hook.module)
        *parents, name = hook.path.split(".")
        for parent in parents:
            owner = getattr(owner, parent, None)
        plain = inspect.getattr_static(owner, name, None)
        function = plain.fget if isinstance(plain, property) else plain
        if function is None or tuple(inspect.signature(function).parameters) != hook.parameters:
            continue
        own = hook.make(plain)
        places = [owner] if parents else _holders(hook.module.partition(".")[0], name, plain)
        found += [(place, name, plain, own) for place in places]
    return tuple(found)


def _holders(package: str, name: str, plain: Any) -> list[Any]:
    """The modules of `package` that know `plain` by `name`: most import it from where it is defined."""
    return [
        module
        for path, module in sorted(sys.modules.items())
        if (path == package or path.startswith(f"{package}.")) and getattr(module, name, None) is plain
    ]
