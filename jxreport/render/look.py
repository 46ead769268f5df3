"""The look's tokens: every font, size and colour that can be changed by itself (templates/report/tokens.toml).

The user's own ``report/tokens.toml`` holds only what differs. In the style sheets a token is a custom
property (``--font-body``, ``--size-table``, ``--colour-rule``), in the templates ``look["colour-chart-bar"]``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jxreport import resources
from jxreport.finding import JxError, Source, error
from jxreport.suggestion import did_you_mean

_FILE = "report/tokens.toml"
_VAR = re.compile(r"var\(\s*--([\w-]+)\s*\)")
_KINDS = {"fonts": "font", "sizes": "size", "colours": "colour"}
_FORMS = {
    "fonts": re.compile(r"[\w\s\"',\-]+"),
    "sizes": re.compile(r"\d+(?:\.\d+)?(?:pt|mm|px|em)"),
    "colours": re.compile(r"#[0-9A-Fa-f]{3}(?:[0-9A-Fa-f]{3})?|[A-Za-z]+"),
}
_EXPECTED = {
    "fonts": "字体名称，用英文逗号隔开，名称带空格或汉字的加引号",
    "sizes": "带单位的数，例如 10.5pt",
    "colours": "颜色，例如 #b00000",
}


@cache
def tokens(templates: Path | None) -> Mapping[str, str]:
    """Token → CSS value: the shipped ones with those in the user's file laid over them.

    Raises JxError (JX709) for an unknown token or a value that is no font list, size or colour.
    """
    shipped = _read(resources.find(_FILE))
    own = _read(resources.find(_FILE, templates)) if templates is not None else {}
    found = {
        f"{_KINDS[kind]}-{name}": value for kind, rows in shipped.items() for name, value in rows.items()
    }
    for kind, rows in own.items():
        for name, value in rows.items():
            if name not in shipped[kind]:
                raise _refused(f"{kind}.{name}", f"没有这一项。{_hint(name, shipped[kind])}")
            found[f"{_KINDS[kind]}-{name}"] = value
    return found


def style_texts(texts: Sequence[str], templates: Path | None) -> tuple[str, ...]:
    """The style sheets with the tokens' values in their places.

    WeasyPrint works out ``var(…)`` anew for every element, a tenth of the whole layout; a value costs nothing.
    What a sheet sets itself (``:root { --size-table: … }``) stays a custom property, as it is in CSS, and the
    first sheet holds them all for ``style="font-family: var(--font-kai)"`` in a template.
    """
    fixed = {
        name: value
        for name, value in tokens(templates).items()
        if not any(re.search(rf"--{name}\s*:", text) for text in texts)
    }
    filled = tuple(_VAR.sub(lambda found: fixed.get(found[1], found[0]), text) for text in texts)
    return (_root_css(templates), *filled)


def _root_css(templates: Path | None) -> str:
    """The tokens as custom properties of the root element."""
    return ":root {" + "".join(f" --{name}: {value};" for name, value in tokens(templates).items()) + " }"


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        tree = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise _refused("全文", f"不是有效的TOML文件（{problem}）。") from problem
    for kind, rows in tree.items():
        if kind not in _KINDS or not isinstance(rows, dict):
            raise _refused(str(kind), f"没有这一节。{_hint(str(kind), _KINDS)}")
        for name, value in rows.items():
            _check(kind, name, value)
    return tree


def _check(kind: str, name: str, value: Any) -> None:
    """A value that could close its declaration or fetch something never reaches the style sheet."""
    if not isinstance(value, str) or not _FORMS[kind].fullmatch(value):
        raise _refused(f"{kind}.{name}", f"值“{value!s:.60}”不能用，应当是{_EXPECTED[kind]}。")


def _hint(name: str, known: Mapping[str, Any]) -> str:
    return did_you_mean(name, known) + f"可用的有：{'、'.join(known)}。"


def _refused(place: str, why: str) -> JxError:
    return JxError(error("JX709", Source(file="tokens.toml"), place=place, why=why))
