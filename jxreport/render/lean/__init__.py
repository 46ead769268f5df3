"""The same pages for less work: what WeasyPrint does for any page of the web and ours never need.

All of it is for the release it was written for; any other takes WeasyPrint's own way. The finished bytes are
the same either way.

``tree`` a page's tree and WeasyPrint's own style sheet; ``hooks`` functions replaced while our pages are set
(``styles``, ``boxes``, ``text``, ``lines``, ``signatures``, ``files``, ``references``).
"""

from jxreport.render.lean.hooks import installed, known_release
from jxreport.render.lean.styles import pending, unreported
from jxreport.render.lean.tree import page

__all__ = ["installed", "known_release", "page", "pending", "unreported"]
