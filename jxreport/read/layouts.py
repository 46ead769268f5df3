"""The layout data of templates/layouts: synonym tables, layout families, words of values."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jxreport import resources

_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_MARKS = re.compile(r"[\s*＊:：_、，,;；。.“”\"']+")


def fold(text: str) -> str:
    """Text for comparison: NFKC, no white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def label_key(text: str) -> str:
    """A heading as a key: brackets and their content, colons and white space dropped.

    >>> label_key("年初目标值（A）"), label_key(" 项 目 名 称："), label_key("全年(调整)预算数")
    ('年初目标值', '项目名称', '全年预算数')
    """
    return _MARKS.sub("", _BRACKETS.sub("", fold(text))).lower()


@dataclass(frozen=True, slots=True)
class Family:
    """One layout family: which columns make it, which form it is, what is special about it.

    `block` is the kind of block (indicators, money …). All of `all_of` and one of each group in
    `any_of` must be among the columns, none of `none_of`. `words` are headings that mean something
    only here. `weights` says where points come from: column, share, headings, none.
    """

    id: str
    block: str
    title: str
    form: str = ""
    all_of: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()
    none_of: tuple[str, ...] = ()
    words: Mapping[str, str] | None = None
    titles: tuple[str, ...] = ()
    rank: int = 0

    def fits(self, roles: frozenset[str]) -> bool:
        return (
            all(role in roles for role in self.all_of)
            and all(any(role in roles for role in group) for group in self.any_of)
            and not any(role in roles for role in self.none_of)
        )

    def missing(self, roles: frozenset[str]) -> tuple[str, ...]:
        """The roles that keep the columns from being this family."""
        lacking = [role for role in self.all_of if role not in roles]
        lacking += [group[0] for group in self.any_of if not any(role in roles for role in group)]
        return tuple(lacking)


@dataclass(frozen=True, slots=True)
class Layouts:
    """Everything the recogniser knows.

    `headings`: block → heading key → roles it can mean, each with its rank (0 is the surest).
    `labels`: label key → field of the form's head. `names`: role → its usual heading, for messages.
    """

    headings: Mapping[str, Mapping[str, tuple[tuple[str, int], ...]]]
    groups: Mapping[str, Mapping[str, str]]
    labels: Mapping[str, str]
    label_patterns: tuple[tuple[str, re.Pattern[str]], ...]
    names: Mapping[str, str]
    patterns: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]
    families: tuple[Family, ...]
    words: Mapping[str, frozenset[str]]
    values: Mapping[str, Any]
    direction: Mapping[str, Any]


def _headings(data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
    """Heading tables of all blocks: single headings, group headings, usual names of roles."""
    singles: dict[str, dict[str, tuple[tuple[str, int], ...]]] = {}
    groups: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for block, roles in data.items():
        table: dict[str, tuple[tuple[str, int], ...]] = {}
        for role, words in roles.items():
            if role == "groups":
                groups[block] = {label_key(word): target for target, group in words.items() for word in group}
                continue
            names.setdefault(role, words[0])
            for rank, word in enumerate(words):
                key = label_key(word)
                table[key] = (*table.get(key, ()), (role, rank))
        singles[block] = table
    return singles, groups, names


def _family(data: Mapping[str, Any], order: int) -> Family:
    return Family(
        id=data["id"],
        block=data["block"],
        title=data["title"],
        form=data.get("form", ""),
        all_of=tuple(data.get("all", ())),
        any_of=tuple(tuple(group) for group in data.get("any", ())),
        none_of=tuple(data.get("none", ())),
        words={label_key(word): role for role, words in data.get("words", {}).items() for word in words},
        titles=tuple(data.get("titles", ())),
        rank=data.get("rank", order),
    )


def _toml(relative: str, root: Path | None) -> dict[str, Any]:
    return tomllib.loads(resources.find(f"layouts/{relative}", root).read_text(encoding="utf-8"))


def head_field(key: str, layouts: Layouts) -> str:
    """The head field that a label key names, by the table or by the shape of the label; "" for any other."""
    if key in layouts.labels:
        return layouts.labels[key]
    return next((name for name, pattern in layouts.label_patterns if pattern.fullmatch(key)), "")


@lru_cache(maxsize=4)
def load_layouts(root: Path | None = None) -> Layouts:
    """Read templates/layouts; `root` is a user's own template folder laid over the shipped one."""
    data = _toml("headings.toml", root)
    patterns = data.pop("patterns")
    headings, groups, names = _headings(data)
    labels = _toml("labels.toml", root)
    folder = resources.find("layouts/families", root)
    families = tuple(
        _family(tomllib.loads(path.read_text(encoding="utf-8")), order)
        for order, path in enumerate(sorted(folder.glob("*.toml")))
    )
    return Layouts(
        headings=headings,
        groups=groups,
        labels={label_key(word): field for field, words in labels["head"].items() for word in words},
        label_patterns=tuple((name, re.compile(pattern)) for name, pattern in labels["head_patterns"].items()),
        names=names,
        patterns={
            block: tuple((role, re.compile(pattern)) for role, pattern in rows) for block, rows in patterns.items()
        },
        families=families,
        words={name: frozenset(label_key(word) for word in words) for name, words in labels["words"].items()},
        values=_toml("values.toml", root),
        direction=_toml("direction.toml", root),
    )
