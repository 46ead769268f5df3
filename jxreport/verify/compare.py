"""Two result objects, leaf by leaf: what is embedded against what the embedded data give (pure).

The embedded one may hold anything. Every difference is a finding that names the place in the words of
the form: unit, evaluation, indicator, item.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jxreport.finding import Finding, Source, error

EMPTY = "（空）"
_LONGEST = 60
_NAMES = {
    "schema": "格式名", "profile": "口径", "name": "名称", "version": "版本", "as_of": "截止时点", "units": "单位",
    "unit": "单位", "year": "年度", "sources": "来源文件", "file": "文件", "sha256": "SHA-256", "findings": "问题",
    "code": "编码", "severity": "级别", "sheet": "工作表", "cell": "单元格", "text": "文字", "fix": "处理建议",
    "evaluations": "评价", "kind": "类型", "form": "表样", "budget": "预算执行", "initial": "年初预算数",
    "adjusted": "全年预算数", "executed": "全年执行数", "rate": "执行率", "weight": "分值", "score": "得分",
    "stated_score": "填报的得分", "schedule": "支出进度", "checkpoint": "时点", "plan": "计划累计进度",
    "actual": "实际", "deviation": "偏差", "pace": "支付进度率", "light": "预警", "forecast": "预测",
    "at": "推算时点", "low": "下限", "high": "上限", "monthly_needed": "每月还需支出", "method": "方法",
    "indicators": "指标", "level1": "一级指标", "level2": "二级指标", "description": "绩效指标描述",
    "target": "指标值", "op": "符号", "value": "值", "rule": "评分标准", "reading": "读法", "status": "状态",
    "trace": "评分依据", "reason": "偏差原因", "total": "总分", "full": "满分", "grade": "等级",
}  # fmt: skip
# what may be worded otherwise in another version of the program
_WORDING = frozenset({"trace", "reading", "fix", "text", "method", "findings"})


def differences(found: object, expected: object, where: Source, *, same_program: bool) -> Iterator[Finding]:
    """Where the embedded result object `found` is not the recomputed `expected`.

    `where` is the embedded file. With `same_program` False, wording and added or dropped keys do not count.
    """
    yield from _Comparison(where, same_program).walk(found, expected, ())


class _Comparison:
    def __init__(self, where: Source, same_program: bool) -> None:
        self._where = where
        self._same = same_program

    def walk(self, found: object, expected: object, place: tuple[str, ...]) -> Iterator[Finding]:
        if isinstance(expected, dict) and isinstance(found, dict):
            yield from self._objects(found, expected, place)
        elif isinstance(expected, list) and isinstance(found, list):
            yield from self._lists(found, expected, place)
        elif found != expected or type(found) is not type(expected):
            yield error(
                "JX771", self._where, place=_words(place), found=shown(found), expected=shown(expected)
            )

    def _objects(
        self, found: dict[Any, Any], expected: dict[str, Any], place: tuple[str, ...]
    ) -> Iterator[Finding]:
        for key, value in expected.items():
            if not self._same and key in _WORDING or place == () and key == "version":
                continue
            if key in found:
                yield from self.walk(found[key], value, (*place, _NAMES.get(key, key)))
            elif self._same:
                yield self._structure(place, f"缺少“{_NAMES.get(key, key)}”")
        if self._same and (extra := [key for key in found if key not in expected]):
            yield self._structure(place, f"多出“{shown(extra[0])}”")

    def _lists(self, found: list[Any], expected: list[Any], place: tuple[str, ...]) -> Iterator[Finding]:
        if len(found) != len(expected):
            yield self._structure(place, f"内嵌结果有{len(found)}项，复算为{len(expected)}项")
        for number, (one, other) in enumerate(zip(found, expected, strict=False), 1):
            yield from self.walk(one, other, (*place[:-1], _item(place, number, other)))

    def _structure(self, place: tuple[str, ...], why: str) -> Finding:
        return error("JX772", self._where, place=_words(place), why=why)


def shown(value: object) -> str:
    """A value as a message shows it: short, on one line."""
    if value is None or value == "":
        return EMPTY
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _item(place: tuple[str, ...], number: int, entry: object) -> str:
    """How an entry of a list is called: by its name where it has one, else by its number."""
    name = ""
    if isinstance(entry, dict):
        name = str(
            entry.get("name") or entry.get("unit") or entry.get("checkpoint") or entry.get("code") or ""
        )
    kind = place[-1] if place else ""
    return f"{kind}“{shown(name)}”" if name else f"{kind}第{number}项"


def _words(place: tuple[str, ...]) -> str:
    return "，".join(place) or "全文"
