"""The documentation site (`make docs`): Markdown pages, Furo, and a search that works offline in Chinese."""

import re
from pathlib import Path

from sphinx.search import SearchLanguage

ROOT = Path(__file__).resolve().parents[1]

project = "jxreport"
release = re.search(r'__version__ = "(.+)"', (ROOT / "jxreport/__init__.py").read_text("utf-8"))[1]
language = "zh_CN"
extensions = ["myst_parser"]
myst_enable_extensions = ["html_image"]
source_suffix = {".md": "markdown"}
exclude_patterns = []
myst_heading_anchors = 3
nitpicky = True
html_theme = "furo"
html_title = "jxreport 使用说明"
html_search_language = "zh"
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_theme_options = {"navigation_with_keys": True}
# No font or script from elsewhere: the pages are read on machines without network.
html_last_updated_fmt = None


class Pairs(SearchLanguage):
    """Chinese in overlapping pairs of characters (支出进度 → 支出, 出进, 进度): finds any phrase, needs no dictionary."""

    lang = "zh"
    language_name = "Chinese"
    # what the page's script does with the words that the reader types
    js_splitter_code = """
function splitQuery(query) {
  var found = [];
  (query.match(/[\\u3400-\\u9fff]+|[A-Za-z0-9_.-]+/g) || []).forEach(function (part) {
    if (!/[\\u3400-\\u9fff]/.test(part) || part.length < 3) { found.push(part); return; }
    for (var i = 0; i < part.length - 1; i++) { found.push(part.slice(i, i + 2)); }
  });
  return found;
}
"""
    _parts = re.compile(r"[\u3400-\u9fff]+|[A-Za-z0-9_.-]+")

    def split(self, input: str) -> list[str]:
        found = []
        for part in self._parts.findall(input):
            if part[0] < "\u3400":
                found.append(part)
            else:
                found += [part[i : i + 2] for i in range(len(part) - 1)] or [part]
        return found

    def word_filter(self, word: str) -> bool:
        return bool(word)

    def stem(self, word: str) -> str:
        return word.lower()


def setup(app):
    app.add_search_language(Pairs)
