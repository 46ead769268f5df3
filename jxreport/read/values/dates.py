"""Dates and deadlines: 2021年12月完成, 11月底前, 9月前, 2021年底, 1-12月, 完成时间为2022年12月30日."""

from __future__ import annotations

import calendar
import datetime
import re

from jxreport.read.grid import GridCell
from jxreport.read.layouts import fold

_YEAR = r"(?P<year>(?:19|20)\d{2})"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?:日|号)?(?P<tail>.*)",
        rf"(?:{_YEAR}年度?)?(?:\d{{1,2}}月?[-—–~至])?(?P<month>\d{{1,2}})月份?(?P<day>\d{{1,2}})(?:日|号)(?P<tail>.*)",
        rf"(?:{_YEAR}年度?)?(?:\d{{1,2}}月?[-—–~至])?(?P<month>\d{{1,2}})月份?(?P<part>底|末|初|上旬|中旬|下旬)?(?P<tail>.*)",
        rf"(?:{_YEAR}年度?)?第?(?P<part>一季度|二季度|三季度|四季度|1季度|2季度|3季度|4季度|上半年|下半年)(?P<tail>.*)",
        rf"{_YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})(?P<tail>)",
        rf"{_YEAR}年?度?(?P<part>年底|底|末|年末|上半年)?(?P<tail>.*)",
        r"(?P<part>年底|年末|年内|全年|当年|本年度?内?|年度内)(?P<tail>.*)",
    )
)
_LEAD = re.compile(
    r"^(?:[<≤]=?)?(?:(?:项目)?(?:完成|实施|支付|竣工|验收|投入使用|交付|发放|到位)?(?:时间|时限|期限|日期)?(?:为|是|:)?"
    r"(?:不晚于|不迟于|截至|截止|至|到|于|在)?)"
)
_TAIL = re.compile(
    r"(?:之?前|以前|内|以内|前后)?(?:按时|按期|及时|全部|全面|基本|已经|已)?"
    r"(?:完成|完工|竣工|验收|支付|发放|到位|投入使用|建成|交付|开工|实施完毕|完毕|结束|执行|支出)?"
    r"(?:支付|支出|发放|建设|工作|任务|项目|率)?(?:100%)?"
)
_BEFORE = re.compile(r"^(?:之?前|以前)")
_PART_MONTH = {"上半年": 6, "一季度": 3, "二季度": 6, "三季度": 9, "1季度": 3, "2季度": 6, "3季度": 9}
_PART_DAY = {"初": 10, "上旬": 10, "中旬": 20}


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year or 2001, month)[1]


def _date(groups: dict[str, str | None], year: int | None) -> str | None:
    """YYYY-MM-DD of the last day meant. Without a year anywhere the year is 0000."""
    of = int(groups.get("year") or year or 0)
    part, tail = groups.get("part") or "", groups.get("tail") or ""
    named_month, named_day = groups.get("month"), groups.get("day")
    month = int(named_month) if named_month else _PART_MONTH.get(part, 12)
    if not 1 <= month <= 12:
        return None
    day = int(named_day) if named_day else _PART_DAY.get(part) or _last_day(of, month)
    if not 1 <= day <= _last_day(of, month):
        return None
    if named_month and not named_day and not part and _BEFORE.match(tail):
        month -= 1  # 9月前 ends with August
        if month == 0:
            return None
        day = _last_day(of, month)
    return f"{of:04}-{month:02}-{day:02}"


def read_date(cell: GridCell, year: int | None) -> str | None:
    """The date that the whole cell is, as YYYY-MM-DD; `year` fills in a missing year. Else None.

    A month or a year alone stands for its last day. A bare number is never a date.
    """
    if isinstance(cell.value, datetime.date):
        return cell.value.isoformat()
    text = fold(cell.shown)
    if not text or len(text) > 24 or not re.search(r"[年月]|季度|\d[-/.]\d+[-/.]\d", text):
        return None
    body = text[len(_LEAD.match(text)[0]) :]  # type: ignore[index]
    for pattern in _PATTERNS:
        match = pattern.fullmatch(body)
        if match and _TAIL.fullmatch(match["tail"]):
            return _date(match.groupdict(), year)
    return None
