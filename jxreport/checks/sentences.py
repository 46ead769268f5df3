"""Where the scoring sentence of a row stands, and the full mark written inside its texts."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from jxreport.checks.labels import is_execution
from jxreport.model.submission import Indicator
from jxreport.number import parse_number

# 分 as points: not 部分, 充分, 分配, 分析, 分钟 … A text without it is a criterion, not a sentence.
_POINTS = re.compile(r"(?<![部充十百千])分(?![配析类解公部局行钟别布工期批年级管享之散支])|权重|扣完")
_FULL_MARK = re.compile(r"(?:总分|满分|共计?)\s*(\d+(?:\.\d+)?)\s*分")
_LAST_POINTS = re.compile(r"(\d+(?:\.\d+)?)\s*分[。；;]?$")
_FIRST_POINTS = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*分(?!钟)")


def sentence_of(indicator: Indicator) -> str:
    """The scoring sentence as printed; "" when none of the row's texts speaks of points.

    In the project target table it is the text behind 文字描述, which holds a mere criterion in other rows.
    """
    texts = [indicator.rule.text or (indicator.rule.value or "")] if indicator.rule is not None else []
    if indicator.target.value is None:
        texts += [indicator.target.unit, indicator.target.text]
    return next((text for text in texts if _POINTS.search(unicodedata.normalize("NFKC", text))), "")


def is_execution_row(indicator: Indicator) -> bool:
    """Is this the line 预算执行率 that some forms print as their last indicator, without a target of its own?"""
    return is_execution(indicator.name) and indicator.target.value is None and not sentence_of(indicator)


def points_in_text(indicator: Indicator) -> Decimal | None:
    """Full mark written inside the row's own texts: 总分20分, …健全性20分, else the sentence's first tier."""
    description = unicodedata.normalize("NFKC", indicator.description).strip()
    for pattern in (_FULL_MARK, _LAST_POINTS):
        found = pattern.search(description)
        if found:
            return parse_number(found[1])
    sentence = unicodedata.normalize("NFKC", sentence_of(indicator))
    found = _FULL_MARK.search(sentence) or _FIRST_POINTS.search(sentence)
    return parse_number(found[1]) if found else None
