"""A bureau's own outline: ``outlines/<name>.toml`` in the folder given with ``--templates``.

It takes the place of the shipped outline of that name, or adds a new one that a profile can name.
Headings, order, cover, title and annexes are free; what stands under a heading is chosen by name from the
contents the report knows. Anything unknown is a :class:`JxError` (JX708) that names the file and the place.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from jxreport.finding import JxError, Source, error
from jxreport.report.annexes import ANNEXES
from jxreport.report.contents import CONTENTS
from jxreport.report.outlines import OUTLINES, Node, Outline

WORDS = ("unit", "year", "scope", "subject", "until")
_TOP = {"title": list, "opening": str, "cover": bool, "annexes": list, "sections": list}
_SECTION = {"heading": str, "parts": list, "sections": list}


def load_outline(name: str, templates: Path | None) -> Outline | None:
    """The outline file called `name` under `templates`, or None where there is none. Raises JxError."""
    path = templates / "outlines" / f"{name}.toml" if templates is not None else None
    if path is None or not path.is_file():
        return None
    try:
        tree = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise _refused(path.name, "全文", f"不是有效的TOML文件（{problem}）") from problem
    return _outline(name, tree, path.name)


def outline_names(templates: Path | None) -> tuple[str, ...]:
    """All outlines a profile may name: the shipped ones, then those in files under `templates`."""
    files = sorted((templates / "outlines").glob("*.toml")) if templates is not None else ()
    return tuple(dict.fromkeys((*OUTLINES, *(path.stem for path in files))))


def _outline(name: str, tree: Mapping[str, Any], file: str) -> Outline:
    _check_keys(tree, _TOP, "全文", file)
    title = tuple(_words(line, "title", file) for line in tree.get("title", ()))
    if not title or not tree.get("sections"):
        raise _refused(file, "title、sections", "缺少标题或章节")
    return Outline(
        name=name,
        title=title,
        opening=_words(tree.get("opening", ""), "opening", file),
        nodes=tuple(_node(item, file) for item in tree["sections"]),
        annexes=_known(tree.get("annexes", ()), ANNEXES, "annexes", file),
        cover=tree.get("cover", False),
    )


def _node(tree: Any, file: str) -> Node:
    if not isinstance(tree, Mapping) or not tree.get("heading"):
        raise _refused(file, "sections", "每个章节都要有heading（标题）")
    heading = str(tree["heading"])
    _check_keys(tree, _SECTION, heading, file)
    return Node(
        heading,
        _known(tree.get("parts", ()), CONTENTS, heading, file),
        tuple(_node(item, file) for item in tree.get("sections", ())),
    )


def _check_keys(tree: Mapping[str, Any], known: Mapping[str, type], place: str, file: str) -> None:
    for key, value in tree.items():
        if key not in known:
            raise _refused(file, place, f"不认识的项“{key}”，可用：{'、'.join(known)}")
        if not isinstance(value, known[key]):
            raise _refused(file, place, f"“{key}”的写法不对")


def _known(names: Any, known: Collection[str], place: str, file: str) -> tuple[str, ...]:
    for name in names:
        if name not in known:
            raise _refused(file, place, f"不认识的内容“{name}”，可用：{'、'.join(known)}")
    return tuple(names)


def _words(text: Any, place: str, file: str) -> str:
    """A template over the known words; anything else in braces is refused."""
    try:
        used = {field for _, field, _, _ in string.Formatter().parse(str(text)) if field is not None}
    except ValueError as problem:
        raise _refused(file, place, "花括号不成对") from problem
    if not used <= set(WORDS):
        raise _refused(file, place, f"不认识的占位词，可用：{'、'.join(f'{{{word}}}' for word in WORDS)}")
    return str(text)


def _refused(file: str, place: str, why: str) -> JxError:
    return JxError(error("JX708", Source(file=file), place=place, why=why))
