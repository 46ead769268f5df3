"""What WeasyPrint prepares before it styles a page; a page that is not plain and well-formed takes its own way.

* Its own style sheet gives every element five kinds of foot-note marks and a list marker; each costs a computed
  style of its own, six for one that is used. Pages without lists and foot-notes do without them, and without
  the margin boxes that no style of theirs names.
* Its parser is made for broken HTML. Our templates are well-formed, so expat reads them.
"""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import Any
from xml.etree import ElementTree

import weasyprint

from jxreport.render.lean import hooks

# what would need the marks: list elements in the page, list items and foot-notes in its styles
_MARKED_PAGE = re.compile(r"<(?:li|ol|ul|dir|menu|summary)\b")
_MARKED_STYLE = re.compile(r"list-item|footnote|note-|element\(|::marker")


def page(html: str, styles: str, fetcher: Any) -> Any:
    """WeasyPrint's HTML object for `html`, which is to be set with the style sheets of the text `styles`."""
    root = _tree(html) if hooks.known_release() else None
    if root is None:
        return weasyprint.HTML(string=html, url_fetcher=fetcher)
    marked = _MARKED_PAGE.search(html) or _MARKED_STYLE.search(styles)
    return _LeanHTML(root, fetcher, None if marked else styles)


class _LeanHTML(weasyprint.HTML):  # type: ignore[misc]
    """HTML that is already a tree; `styles` is None where it has lists or foot-notes."""

    def __init__(self, root: Any, fetcher: Any, styles: str | None) -> None:
        import cssselect2

        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root
        self._styles = styles

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        sheets = super()._ua_stylesheets(forms)
        return list(sheets) if self._styles is None else [_slim(sheet, self._styles) for sheet in sheets]


def _tree(html: str) -> Any:
    """The page as an element tree with HTML's plain tag names; None where HTML would make another tree of it."""
    try:
        root = ElementTree.fromstring(html)
    except ElementTree.ParseError:
        return None
    # HTML puts a <tbody> around such rows
    bare = any(child.tag == "tr" for table in root.iter("table") for child in table)
    return None if bare else root


@cache
def _slim(sheet: Any, styles: str) -> Any:
    """The sheet without the rules that match every element or page only to style what `styles` never use."""
    slim = copy.copy(sheet)
    slim.matcher = copy.copy(sheet.matcher)
    slim.matcher.other_selectors = [
        entry for entry in sheet.matcher.other_selectors if not _is_mark(entry[3])
    ]
    slim.page_rules = [rule for rule in sheet.page_rules if _is_used(rule, styles)]
    return slim


def _is_mark(pseudo: str | None) -> bool:
    return pseudo is not None and (pseudo == "marker" or "note-" in pseudo)


def _is_used(rule: Any, styles: str) -> bool:
    """A page's own rule, its areas for notes, which the layout always asks for, and the margin boxes named."""
    _, selectors, _ = rule
    boxes = [pseudo for _, pseudo, _ in selectors if pseudo is not None]
    return all("note" in box or re.search(f"{box}(?![-a-z])", styles) for box in boxes)
