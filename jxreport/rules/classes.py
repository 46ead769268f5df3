"""Sentences that score classes of units apart: 山区:覆盖300户以上得10分,…;其他地区:覆盖450户以上得10分,…."""

from __future__ import annotations

import re

_NOUN = (
    r"(?:地区|区县|县区|县市区|县\(市、?区\)|县\(区\)|市州|州市|区|县|市|州|盟|旗|乡镇|镇街|街道|乡|镇|部门|单位|机关|学校|院校|高校|中学|小学|幼儿园|"
    r"医院|卫生院|企业|机构|牧区|山区|组|类|村|社区|园区|开发区)"
)
_HEADING = re.compile(rf"(?:^|(?<=[;。]))(?P<h>[^;。:\d,]{{0,60}}?{_NOUN}(?:\([^()\d]*\))?):")
_NO_CLASS = re.compile(r"评[分价]|考核|责任|牵头|主管|数据|加分|扣分|得分|提供|填报")


def class_segments(text: str) -> tuple[tuple[str, str], ...]:
    """(class, its own scoring words) for each class of unit; () where the sentence names no classes."""
    found = list(_HEADING.finditer(text))
    if len(found) < 2 or found[0].start() > 0 or any(_NO_CLASS.search(match["h"]) for match in found):
        return ()
    ends = [match.start() for match in found[1:]] + [len(text)]
    rows = [(match["h"], text[match.end() : end].strip("。;,")) for match, end in zip(found, ends, strict=True)]
    labels = [label for label, _ in rows]
    if len(set(labels)) != len(labels) or any("分" not in words for _, words in rows):
        return ()
    return tuple(rows)
