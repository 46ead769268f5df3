"""Roles of columns: by their headings, the surest first, and by what stands below where words mean several things."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from jxreport.read.headings import MANY, HeadingReader, checkpoint_month
from jxreport.read.layouts import Layouts, fold, label_key
from jxreport.read.values.amount import read_sign

Spans = list[tuple[int, str, str]]  # (first column, heading, role of its group or "")

_YEAR = re.compile(r"((?:19|20)\d{2})年")
# Another year, a part of the year, another body, before the change: not what the form itself reports.
_ASIDE = re.compile(
    r"(?:(?:19|20)\d{2}年)?(?:调整前|变更前|全市|全省|全县|全区|全国|其他|复核|核定|累计|合同|三年|上年|去年|上一年|上年度|往年|历年|次年|下年|下一年|明年|上半年|下半年|前三季度"
    r"|第?[一二三四1-4]季度|半年|季度|\d{1,2}[-—–~至]\d{1,2}月|截[至止]\d{1,2}月|\d{1,2}月底)"
)
_CHOSEN = {"target", "value", "actual", "weight", "score", "initial", "adjusted", "executed"}
_SIGN = re.compile(r"[<>=≥≤≧≦＜＞＝═﹦]|大于|小于|等于|不少于|不超过|不低于")
_WEAK = 100_000  # added for 绩效指标, mostly the label left of the whole block
_AMOUNTS = ("initial", "adjusted", "arrived", "executed")
_OF_ROW = ("weight", "score")
_FAR = 1000  # added for points left of the names
_ONE_OF = ("target", "actual", "weight")  # a row has one, whatever columns stand side by side
_SURE = ("name", "target", "value", "actual", "weight", "score", "unit")  # never taken for a column of signs


def assign(reader: HeadingReader, spans: Spans) -> dict[int, str]:
    """One role a column, the surest words first; a role is given once (causes excepted)."""
    offers: list[tuple[int, int, str]] = []
    spans = _of_this_year(reader, spans)
    keys = Counter(label_key(text) for _, text, _ in spans)
    for column, text, group in spans:
        own = reader.candidates(text)
        if (group == "target" and not own) or (keys[label_key(text)] > 1 and any(role == "target" for role, _ in own)):
            own = (("area", 0),)  # 指标值 over 甲县 | 乙县, or the heading printed once for each
        if group in _AMOUNTS:  # 预算数 over 总额 | 其中：财政拨款: the whole counts, its parts do not
            own = ((group, -1),) if label_key(text) in reader.layouts.words["whole"] else ()
        if "四级" in text:  # the lowest level has the indicators
            own = tuple((role, -1) for role, _ in own if role == "name")
        weak = label_key(text) in reader.layouts.words["label_column"]
        # Left of the levels it is the label of the block, right of them it heads the names.
        offers += [(rank + (_WEAK - column if weak else 0), column, role) for role, rank in own]
        if group and not own and (group in MANY or checkpoint_month(text) is not None):
            offers.append((0, column, group))
    names = [(rank, column) for rank, column, role in offers if role == "name"]
    at = min(names)[1] if names else 0
    # 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值: the points of a row stand right of its name.
    offers = [(rank + (_FAR if role in _OF_ROW and column < at else 0), column, role) for rank, column, role in offers]
    if reader.block == "indicators":
        offers = _decided(offers, spans, reader.layouts)
    roles: dict[int, str] = {}
    for _, column, role in sorted(offers):
        if column not in roles and (role in MANY or role == "paid" or role not in roles.values()):
            roles[column] = role
    _second_units(reader, spans, roles)
    return roles


def _second_units(reader: HeadingReader, spans: Spans, roles: dict[int, str]) -> None:
    """目标值 | 单位 | 完成值 | 单位: the second unit is that of the actual."""
    for (before, _, _), (column, text, _) in pairwise(spans):
        is_unit = any(role == "unit" for role, _ in reader.candidates(text))
        if is_unit and column not in roles and roles.get(before) in ("actual", "interim"):
            roles[column] = "actual_unit"


def _decided(offers: list[tuple[int, int, str]], spans: Spans, layouts: Layouts) -> list[tuple[int, int, str]]:
    """Two columns that could hold the same thing (全市指标值 | 本单位指标值): words such as 本单位 and 调整后 decide.

    Where nothing decides, none is taken: targets become a question, for the rest the table is unclear.
    """
    heading = {column: fold(text) for column, text, _ in spans}
    for role in _ONE_OF:
        mine = sorted((rank, column) for rank, column, of in offers if of == role)
        rivals = [column for rank, column in mine if rank == mine[0][0] and rank < _FAR]
        if len(rivals) < 2:
            continue
        meant = [c for c in rivals if any(word in heading[c] for word in layouts.words["meant"])]
        chosen = meant[0] if len(meant) == 1 else None
        losers = [c for c in rivals if c != chosen]
        offers = [o for o in offers if not (o[2] == role and (o[1] in losers or (chosen is None and role != o[2])))]
        if chosen is None and role == "target":
            offers += [(0, column, "area") for column in rivals]
    return offers


def _of_this_year(reader: HeadingReader, spans: Spans) -> Spans:
    """The columns of this form's year: 2022年目标值, 1-6月完成值, 次年指标值 beside 目标值, 完成值 are asides.

    An aside gives way only to another column that can hold the same thing.
    """
    if reader.block not in ("money", "indicators"):
        return spans
    stated = _year_above(reader)
    years = {column: int(match[1]) for column, text, _ in spans if (match := _YEAR.match(fold(text)))}
    if stated is None and len(set(years.values())) > 1:
        stated = max(years.values())
    asides = {
        column
        for column, text, _ in spans
        if years.get(column, stated) != stated or (column in years and stated is None) or _ASIDE.match(fold(text))
    }
    roles = {column: {role for role, _ in reader.candidates(text)} & _CHOSEN for column, text, _ in spans}
    plain = {role for column, found in roles.items() if column not in asides for role in found}
    return [span for span in spans if span[0] not in asides or not roles[span[0]] & plain]


def _year_above(reader: HeadingReader) -> int | None:
    """The year of the form: the first one printed in a line above the header."""
    for row in range(1, reader.row):
        for column in reader.grid.filled(row):
            match = _YEAR.search(fold(reader.grid.text(row, column)))
            if match and len(reader.grid.text(row, column)) <= 40:
                return int(match[1])
    return None


def settle(reader: HeadingReader, spans: Spans, roles: dict[int, str], bottom: int) -> None:
    """指标性质 and 指标值 mean different things in different tables: the cells below decide."""
    heading = {column: text for column, text, _ in spans}
    for column, role in list(roles.items()):
        if role in ("kind", "symbol") and {"kind", "symbol"} <= {r for r, _ in reader.candidates(heading[column])}:
            below = (reader.grid.text(r, column) for r in range(bottom + 1, min(bottom + 200, reader.grid.rows) + 1))
            signed = any(_SIGN.search(text) for text in below if len(text) <= 12)
            roles[column] = "symbol" if (signed and "symbol" not in roles.values()) or (role == "symbol" and signed) else "kind"
    _find_signs(reader, spans, roles, bottom)
    present = set(roles.values())
    if not present & {"actual", "interim"}:
        for column, role in roles.items():
            if role == "completion" and any(r == "actual" for r, _ in reader.candidates(heading[column])):
                roles[column] = "actual"
                break
    if "value" in present and not present & {"symbol", "target"} and not _unit_beside(spans, roles):
        roles.update({column: "target" for column, role in roles.items() if role == "value"})
    if "symbol" in present and "value" not in present:
        at = next((column for column, role in roles.items() if role == "target"), None)
        if at is not None:
            roles[at] = "value"


def _find_signs(reader: HeadingReader, spans: Spans, roles: dict[int, str], bottom: int) -> None:
    """A column of nothing but signs is the comparison, whatever stands over it (指标类型 | 大于等于)."""
    if reader.block != "indicators" or "symbol" in roles.values():
        return
    rows = range(bottom + 1, min(bottom + 60, reader.grid.rows) + 1)
    for column, _, _ in spans:
        if roles.get(column) in _SURE:
            continue
        texts = [text for row in rows if (text := reader.grid.text(row, column))]
        signs = [text for text in texts if read_sign(text, reader.layouts) or label_key(text) in _directions(reader.layouts)]
        if len(signs) >= 2 and len(signs) * 2 > len(texts):
            roles[column] = "symbol"
            return


def _directions(layouts: Layouts) -> frozenset[str]:
    words = layouts.values["words"]
    return frozenset((*words["forward"], *words["reverse"]))


def _unit_beside(spans: Spans, roles: dict[int, str]) -> bool:
    """Does the column of units stand right of the values, as the second half of the target?"""
    order = [roles.get(column, "") for column, _, _ in spans]
    return "unit" in order and order[order.index("unit") - 1] == "value"
