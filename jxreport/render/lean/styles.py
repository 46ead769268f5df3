"""Styles: pages that are styled alike share one; what is wrong with a rule is said of every report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


def page_types(plain: Callable[[Any, Any, Any], None]) -> Callable[[Any, Any, Any], None]:
    """`set_page_type_computed_styles`: a page is styled as the last one of its side and name was, unless
    the styles count pages."""

    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        if _counts_pages(style_for):
            plain(page_type, html, style_for)
            return
        sizes = tuple(style_for.initial_page_sizes.values())  # what vw and vh are parts of
        alike = page_type._replace(index=min(page_type.index, 1), groups=()), sizes
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


def pending(sheets: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values of the style sheets that have var() or attr() in them."""
    from weasyprint.css.tokens import Pending

    return tuple(value for sheet in sheets for value in _values(sheet) if isinstance(value, Pending))


def unreported(values: tuple[Any, ...]) -> None:
    """WeasyPrint tells once in a process that such a value cannot be used; it is as wrong in the next report."""
    for value in values:
        value._reported_error = False


def _values(sheet: Any) -> Iterator[Any]:
    for _, _, declarations in sheet.page_rules:
        yield from (value for _, value, _ in declarations)
    for table in vars(sheet.matcher).values():
        groups = table.values() if isinstance(table, dict) else [table] if isinstance(table, list) else []
        for *_, (declarations, _) in (entry for group in groups for entry in group):
            yield from (value for _, value, _ in declarations)
