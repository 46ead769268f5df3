"""Words of the forms brought to one shape for comparison: level names, groups, indicator names."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from jxreport.number import parse_number

# One line per level-1 group: the name used inside, then the other names met in published forms.
_GROUPS: tuple[tuple[str, ...], ...] = (
    (
        "产出指标",
        "产出",
        "项目产出",
        "产出类指标",
        "数量指标",
        "质量指标",
        "时效指标",
        "产出数量",
        "产出质量",
        "产出时效",
    ),
    (
        "效益指标",
        "效果指标",
        "效益",
        "效果",
        "项目效益",
        "项目效果",
        "效益类指标",
        "经济效益指标",
        "社会效益指标",
        "生态效益指标",
        "可持续影响指标",
        "经济效益",
        "社会效益",
        "生态效益",
        "可持续影响",
    ),
    ("满意度指标", "满意度", "服务对象满意度指标", "服务对象满意度", "满意度类指标"),
    ("成本指标", "成本", "项目成本", "成本类指标"),
)
_BY_NAME = {name: names[0] for names in _GROUPS for name in names}

_POINTS = re.compile(r"[（(]?\s*(\d+(?:\.\d+)?)\s*分\s*[）)]?")
_NOT_A_WORD = re.compile(r"[\s\W_]+")

EXECUTION_NAMES = frozenset({"预算执行率", "预算执行", "预算执行情况", "执行率"})


def fold(text: str) -> str:
    """Text for comparison: NFKC, no spaces, no punctuation, lower case.

    >>> fold(" 服务对象 满意度（指标） ")
    '服务对象满意度指标'
    """
    return _NOT_A_WORD.sub("", unicodedata.normalize("NFKC", text)).lower()


def group_of(level1: str) -> str:
    """The level-1 group under its inside name (效果指标 → 效益指标), "" where it is none of the known ones.

    >>> group_of("效果指标（30分）")
    '效益指标'
    """
    return _BY_NAME.get(fold(_POINTS.sub("", level1)), "")


def points_in(label: str) -> Decimal | None:
    """The points printed inside a level label: 产出指标（50分） → 50.

    >>> points_in("产出指标（50分）")
    Decimal('50')
    """
    found = _POINTS.search(unicodedata.normalize("NFKC", label))
    return parse_number(found[1]) if found else None


def is_execution(name: str) -> bool:
    """Is this row the line of budget execution that some forms print among the indicators?"""
    return fold(_POINTS.sub("", name)) in EXECUTION_NAMES


def is_satisfaction(level1: str, level2: str, name: str) -> bool:
    """Does the row belong to satisfaction (满意度), by its group or its name?"""
    return group_of(level1) == "满意度指标" or any("满意" in text for text in (level1, level2, name))
