"""What a profile file may contain, as data, and the check of a tree against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jxreport.suggestion import did_you_mean

# Tables that an extending profile replaces as a whole: half a split of points is no split.
REPLACED = frozenset({"weights.groups", "weights.without_cost", "codes.level2"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One setting: what it must be (`kind`), the words allowed, the range of a number."""

    kind: str  # text | number | flag | texts | month
    required: bool = True
    words: tuple[str, ...] = ()
    low: int | None = 0
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: known `keys`, or free keys that all hold a `free` leaf; `many` for an array of tables."""

    keys: Mapping[str, Leaf | Table] | None = None
    free: Leaf | None = None
    many: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A finding to be: its code and facts."""

    code: str
    facts: Mapping[str, Any]


_TEXT = Leaf(kind="text")
_FLAG = Leaf(kind="flag")
_PERCENT = Leaf(kind="number", high=100)
_NUMBER = Leaf(kind="number")
_SHARES = Table(many=True, keys={"low": _NUMBER, "label": _TEXT, "share": _PERCENT})
_SEVERITIES = ("error", "waiting", "warning", "note", "off")

SCHEMA = Table(
    required=True,
    keys={
        "name": _TEXT,
        "version": _TEXT,
        "title": _TEXT,
        "weights": Table(
            required=True,
            keys={
                "execution": _PERCENT,
                "groups": Table(required=True, free=_PERCENT),
                "without_cost": Table(free=_PERCENT),
            },
        ),
        "norm": Table(
            required=True,
            keys={
                "reverse": Leaf(kind="text", words=("linear", "inverse")),
                "overshoot": Leaf(kind="number", low=100),
                "overshoot_severity": Leaf(kind="text", words=("error", "warning")),
                "pass_mark": Leaf(kind="number", high=100, required=False),
                "yes_no_full_or_zero": _FLAG,
                "not_applicable": Leaf(kind="text", words=("rescale", "benefit")),
            },
        ),
        "tiers": Table(
            many=True,
            required=True,
            keys={
                "label": _TEXT,
                "aliases": Leaf(kind="texts"),
                "low": _PERCENT,
                "high": _PERCENT,
                "high_included": _FLAG,
            },
        ),
        "execution": Table(
            required=True,
            keys={
                "rule": Leaf(kind="text", words=("proportional", "banded")),
                "from_printed_rate": _FLAG,
                "zero_budget_full": _FLAG,
                "over_allowed": _FLAG,
                "explain_below": Leaf(kind="number", high=100, required=False),
                "bands": _SHARES,
            },
        ),
        "satisfaction": _SHARES,
        "grades": Table(many=True, required=True, keys={"low": _PERCENT, "label": _TEXT}),
        "lights": Table(
            required=True,
            keys={
                "red": _NUMBER,
                "yellow": _NUMBER,
                "cause_required": Leaf(kind="texts", words=("红", "黄", "绿")),
                "causes": Leaf(kind="texts"),
            },
        ),
        "likelihoods": Table(
            required=True, keys={"words": Leaf(kind="texts"), "cause_required": Leaf(kind="texts")}
        ),
        "checkpoints": Table(
            many=True, required=True, keys={"label": _TEXT, "month": Leaf(kind="month", low=1, high=12)}
        ),
        "report": Table(required=True, keys={"outline": _TEXT}),
        "labels": Table(free=_TEXT),
        "readings": Table(free=_TEXT),
        "codes": Table(keys={"project": Leaf(kind="text", required=False), "level2": Table(free=_TEXT)}),
        "severities": Table(free=Leaf(kind="text", words=_SEVERITIES)),
        "sources": Table(required=True, free=_TEXT),
    },
)


def check_tree(value: Any, schema: Table | Leaf, path: str = "") -> Iterator[Problem]:
    """Problems of `value` against `schema`: unknown key JX591 (with a suggestion), bad value JX592."""
    if isinstance(schema, Leaf):
        why = _leaf_problem(value, schema)
        if why:
            yield Problem(code="JX592", facts={"key": path, "why": why})
        return
    rows = value if schema.many and isinstance(value, list) else [value]
    for number, row in enumerate(rows, 1):
        where = f"{path}[{number}]" if schema.many else path
        if not isinstance(row, dict):
            yield Problem(code="JX592", facts={"key": where, "why": "应为一组设置"})
        elif schema.free is not None:
            for key, below in row.items():
                yield from check_tree(below, schema.free, f"{where}.{key}")
        else:
            yield from _check_keys(row, schema.keys or {}, where)


def _check_keys(row: Mapping[str, Any], keys: Mapping[str, Leaf | Table], path: str) -> Iterator[Problem]:
    prefix = f"{path}." if path else ""
    for key, value in row.items():
        if key in keys:
            yield from check_tree(value, keys[key], prefix + key)
            continue
        hint = did_you_mean(key, keys)
        yield Problem(code="JX591", facts={"key": prefix + key, "hint": hint, "known": "、".join(keys)})
    for key, below in keys.items():
        if below.required and key not in row:
            yield Problem(code="JX592", facts={"key": prefix + key, "why": "没有这一项"})


def _leaf_problem(value: Any, leaf: Leaf) -> str:
    """Why `value` does not fit `leaf`; "" when it fits."""
    if leaf.kind == "flag":
        return "" if isinstance(value, bool) else "应为 true 或 false"
    if leaf.kind == "texts":
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            return "应为一列文字"
        return _unknown_words(value, leaf.words)
    if leaf.kind == "text":
        if not isinstance(value, str) or not value:
            return "应为文字，且不能为空"
        return _unknown_words([value], leaf.words)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return "应为数字"
    if leaf.kind == "month" and not isinstance(value, int):
        return "应为整数月份"
    if (leaf.low is not None and value < leaf.low) or (leaf.high is not None and value > leaf.high):
        return f"应在 {leaf.low} 与 {'不限' if leaf.high is None else leaf.high} 之间"
    return ""


def _unknown_words(values: list[str], words: tuple[str, ...]) -> str:
    wrong = [value for value in values if words and value not in words]
    return f"“{wrong[0]}”不是可用的值（{'、'.join(words)}）" if wrong else ""
