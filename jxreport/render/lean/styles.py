"""Computed styles: pages that are styled alike share one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def page_types(plain: Callable[[Any, Any, Any], None]) -> Callable[[Any, Any, Any], None]:
    """`set_page_type_computed_styles`: a page is styled as the last one of its side and name was, unless
    the styles count pages."""

    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        if _counts_pages(style_for):
            plain(page_type, html, style_for)
            return
        alike = page_type._replace(index=min(page_type.index, 1), groups=())
        known = style_for.__dict__.setdefault("alike", {})
        styles = style_for.get_computed_styles()
        if alike not in known:
            plain(page_type, html, style_for)
            known[alike] = [(pseudo, style) for (element, pseudo), style in styles.items() if element == page_type]
            return
        for pseudo, style in known[alike]:
            styles[page_type, pseudo] = style

    return set_page_type_computed_styles


def _counts_pages(style_for: Any) -> bool:
    return any(
        selector.index is not None
        for sheet, _, _ in style_for._sheets
        for _, selectors, _ in sheet.page_rules
        for _, _, selector in selectors
    )
