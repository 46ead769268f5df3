"""Conditions that compare with a target outside the sentence: 低于目标值的80%, 高于上年平均单价, 低于目标值10个百分点以上."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from jxreport.rules.interval import Interval
from jxreport.rules.pieces import (
    Gives,
    Piece,
    Reader,
    What,
    benign_numbers,
    clean_measure,
    comma_parts,
    context,
)
from jxreport.rules.values_read import masked_dates
from jxreport.rules.vocabulary import COMPARE_WORDS, NUM, PREFIX_COMPARE

_VAGUE = ("为", "是", "=", "超", "仅", "仅为", "最低", "至少", "达")


_AGAINST = re.compile(
    rf"(?P<measure>[^,;。\d]*?)(?P<cmp>{'|'.join(w for w in COMPARE_WORDS if w not in _VAGUE)})"
    rf"(?:或超过|及以上|或高于)?(?P<target>[^,;。\d<>≤≥]{{0,24}}?"
    r"(?:上年(?:平均|实际)?(?:单价|成本|费用|价格|能耗|用量)|目标值|指标值|计划数|计划值|平均值|平均水平|平均数|平均(?!单价|成本|费用|价格|水平)|标准值|目标数|任务数|预算数|上年数?|上年同期|去年同期|"
    r"上一年度?|上年度|上年水平|下达的[^,;。\d]{1,12}|规划目标|年初目标值|预期值|计划投资|批复概算|概算|"
    r"(?:预算|计划|目标|批复|核定|标准|合同|规定|控制|设定|预期|指标)(?:总?(?:成本|投资|金额|造价|单价|价格?|费用|总额|限额|额度|支出|工期|时间|周期|天数|人数|数量|产量|面积|里程))(?:数|值|额)?))"
    rf"(?:的)?(?:(?P<n>{NUM})%)?"
    r"(?P<suf>及以上|以上|或以上|及以下|以下|以内)?(?P<post>[^,;。\d]{0,8})$"
)


_COMPARED = "|".join(w for w in COMPARE_WORDS if w not in _VAGUE)


_AIMED = r"[^,;。\d<>≤≥]{0,6}?(?:目标值|指标值|计划值|计划数|任务数)"


_TWO_SHARES = re.compile(
    rf"^(?P<m>[^,;。\d]*?)(?P<c1>{_COMPARED})(?P<t1>{_AIMED})(?:的(?P<n1>{NUM})%)?(?:,?(?:但|且|并|而)|,)+"
    rf"(?P<c2>{_COMPARED})(?P<t2>{_AIMED})?(?:的)?(?P<n2>{NUM})%(?P<suf>及?以上|及?以下)?的?$"
)


def read_two_shares(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """低于目标值但不低于目标值的80%: between two shares of the target."""
    match = _TWO_SHARES.match(cond)
    if match is None or base.gives not in (Gives.AWARD, Gives.ZERO, Gives.FULL) or match["t2"] not in (None, match["t1"]):
        return None
    ends = sorted(
        ((PREFIX_COMPARE[match[c]], Decimal(match[n] or 100)) for c, n in (("c1", "n1"), ("c2", "n2"))),
        key=lambda end: end[1],
    )
    (low_op, low), (high_op, high) = ends
    if match["suf"] and (match["c2"] not in ("达到", "到达") or "下" in match["suf"]):
        return None
    if low_op not in ("≥", ">") or high_op not in ("≤", "<") or low >= high:
        return None
    reader.eat(start, start + match.end())
    interval = Interval(lo=low, hi=high, lo_in=low_op == "≥", hi_in=high_op == "≤")
    return replace(
        base, what=What.VALUE, interval=interval, unit="%", measure=clean_measure(match["m"]), of_target=True, target=match["t1"]
    )


_AWAY_FROM = re.compile(
    rf"(?P<measure>[^,;。\d]*?)(?P<cmp>低于|高于|超过|超出)(?P<target>(?:年度|年初|绩效)*(?:目标值?|指标值|计划值|平均水平|平均值|基准值|标准值))"
    rf"(?:的)?(?P<over>超过|达到|达)?(?P<n>{NUM})(?P<u>个?百分点)(?P<inc>\(含\)|\(不含\))?(?P<suf>及以上|以上)?(?:的|时|者)*$"
)


def read_away(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """低于目标值10个百分点以上: so far from a target outside the sentence."""
    if base.gives is not Gives.ZERO:
        return None
    offset, last = comma_parts(cond)[-1]
    match = _AWAY_FROM.match(last)
    if match is None or not (match["suf"] or match["over"]):
        return None
    strict = match["over"] == "超过" and not match["suf"] or match["inc"] == "(不含)"
    below = match["cmp"] == "低于"
    for part_offset, part in comma_parts(cond)[:-1]:
        context(reader, start + part_offset, part)
    reader.eat(start + offset + match.start("n"), start + offset + match.end("u"))
    number = Decimal(match["n"])
    return replace(
        base, what=What.TARGET, op=("<" if strict else "≤") if below else (">" if strict else "≥"),
        measure=clean_measure(match["measure"]), target=match["target"], away=-number if below else number,
    )  # fmt: skip


def read_target(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """高于或等于市平均, 大于或等于规划下达的保有量, 低于目标值的80%."""
    away = read_away(reader, start, cond, base)
    if away is not None:
        return away
    parts = comma_parts(cond)
    offset, last = parts[-1]
    match = _AGAINST.match(masked_dates(last))
    if match is None:
        return None
    post = re.sub(r"^的?(?:县\(区\)|县区|县|区|市|单位|部门|乡镇|地区|学校|项目)*(?:的)?$", "", match["post"])
    if post:
        return None
    op = PREFIX_COMPARE[match["cmp"]]
    if match["suf"] and match["cmp"] in ("达到", "到达"):
        op = "≥" if "上" in match["suf"] else "≤"
    elif match["suf"]:
        return None
    if match["n"]:
        reader.eat(start + offset + match.start("n"), start + offset + match.end("n") + 1)
    for span in benign_numbers(last, loose=False) or ():
        reader.eat(start + offset + span[0], start + offset + span[1])
    for part_offset, part in parts[:-1]:
        context(reader, start + part_offset, part)
    return replace(
        base, what=What.TARGET, op=op, measure=clean_measure(last[: match.start("cmp")]), target=match["target"],
        factor=Decimal(match["n"]) if match["n"] else Decimal(100),
    )  # fmt: skip
