"""jxreport: 绩效自评 reports from filled workbooks.

The library mirrors the stages of the command line (see docs/开发指南.md):
``read`` a workbook, ``score`` the submission, ``build`` the document, ``render`` it.
Names are resolved on first use, so that ``import jxreport`` stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# A name and the module of the same name cannot both be kept: once imported, the module is the attribute.
# So `read` and `score` are their packages, which can be called.
_LAZY = {
    "read": ("jxreport.read", ""),
    "score": ("jxreport.score", ""),
    "build": ("jxreport.report", "build_document"),
    "render_pdf": ("jxreport.render.pdf", "render_pdf"),
    "render_xlsx": ("jxreport.render.xlsx", "render_xlsx"),
}

__all__ = ["__version__", *_LAZY]


def __getattr__(name: str) -> Any:
    try:
        module, attribute = _LAZY[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    found = import_module(module)
    return getattr(found, attribute) if attribute else found
