"""The layout data of templates/layouts: synonym tables, layout families, words of values."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jxreport import resources
from jxreport.finding import JxError, Source, error
from jxreport.remembered import remembered
from jxreport.suggestion import did_you_mean

_FAMILIES = "layouts/families"
_FAMILY_KEYS = ("id", "block", "title", "form", "all", "any", "none", "rank")
_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[\s*＊:：_、，,;；。.“”\"']+")


def fold(text: str) -> str:
    """Text for comparison: NFKC, no white space."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def label_key(text: str) -> str:
    """A heading as a key: brackets and their content, colons and white space dropped.

    >>> label_key("年初目标值（A）"), label_key(" 项 目 名 称："), label_key("全年(调整)预算数")
    ('年初目标值', '项目名称', '全年预算数')
    """
    return _key(text)


@remembered(longest=60, most=8192)
def _key(text: str) -> str:
    return _MARKS.sub("", _BRACKETS.sub("", fold(text))).lower()


@dataclass(frozen=True, slots=True)
class Family:
    """One layout family: which columns make it, which form it is, what is special about it.

    `block` is the kind of block (indicators, money …). All of `all_of` and one of each group in
    `any_of` must be among the columns, none of `none_of`.
    """

    id: str
    block: str
    title: str
    form: str = ""
    all_of: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()
    none_of: tuple[str, ...] = ()
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
        rank=data.get("rank", order),
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise _refused(path.name, "全文", f"不是有效的TOML文件（{problem}）") from problem


def _table(relative: str, root: Path | None) -> dict[str, Any]:
    """A shipped table of words, the words of the user's own file added to it."""
    table = _toml(resources.find(f"layouts/{relative}"))
    own = root / "layouts" / relative if root is not None else None
    if own is not None and own.is_file():
        _add(table, _toml(own), own.name, "")
    return table


def _add(table: dict[str, Any], own: Mapping[str, Any], file: str, place: str) -> None:
    for key, value in own.items():
        where = f"{place}{key}"
        if key not in table:
            raise _refused(file, where, f"没有这一项。{_hint(key, table)}")
        if type(value) is not type(table[key]):
            raise _refused(file, where, "写法不对，请对照自带的文件")
        if isinstance(value, dict):
            _add(table[key], value, file, f"{where}.")
        elif isinstance(value, list):
            table[key] = [*table[key], *(word for word in value if word not in table[key])]
        else:
            table[key] = value


def _families(root: Path | None) -> Iterator[Family]:
    """The shipped families and the user's own; an own file takes the place of the shipped one of its name."""
    folders = [resources.find(_FAMILIES), *([root / _FAMILIES] if root is not None else [])]
    files = {path.name: path for folder in folders for path in folder.glob("*.toml")}
    for order, name in enumerate(sorted(files)):
        data = _toml(files[name])
        for key in data:
            if key not in _FAMILY_KEYS:
                raise _refused(name, key, f"没有这一项。{_hint(key, _FAMILY_KEYS)}")
        for key in ("id", "block", "title"):
            if key not in data:
                raise _refused(name, key, "缺少这一项")
        yield _family(data, order)


def _hint(key: str, known: Collection[str]) -> str:
    return did_you_mean(key, known) + f"可用的有：{'、'.join(known)}"


def _refused(file: str, place: str, why: str) -> JxError:
    return JxError(error("JX140", Source(file=file), place=place, why=why))


def head_field(key: str, layouts: Layouts) -> str:
    """The head field that a label key names, by the table or by the shape of the label; "" for any other."""
    if key in layouts.labels:
        return layouts.labels[key]
    return next((name for name, pattern in layouts.label_patterns if pattern.fullmatch(key)), "")


@lru_cache(maxsize=4)
def load_layouts(root: Path | None = None) -> Layouts:
    """Read templates/layouts; `root` is a user's own template folder, whose words and families are added.

    Raises JxError (JX140) for an own file with an unknown key or a wrong form.
    """
    data = _table("headings.toml", root)
    patterns = data.pop("patterns")
    headings, groups, names = _headings(data)
    labels = _table("labels.toml", root)
    return Layouts(
        headings=headings,
        groups=groups,
        labels={label_key(word): field for field, words in labels["head"].items() for word in words},
        label_patterns=tuple((name, re.compile(pattern)) for name, pattern in labels["head_patterns"].items()),
        names=names,
        patterns={
            block: tuple((role, re.compile(pattern)) for role, pattern in rows) for block, rows in patterns.items()
        },
        families=tuple(_families(root)),
        words={name: frozenset(label_key(word) for word in words) for name, words in labels["words"].items()},
        values=_table("values.toml", root),
        direction=_table("direction.toml", root),
    )
