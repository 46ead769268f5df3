"""Conditions that compare a number, with a bound in the sentence or a target outside it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from jxreport.rules.interval import Found, Interval, find_interval
from jxreport.rules.pieces import (
    Gives,
    Piece,
    Reader,
    Unreadable,
    What,
    benign_numbers,
    clean_measure,
    comma_parts,
    context,
    trim,
)
from jxreport.rules.vocabulary import (
    COMPARE_WORDS,
    INERT_NUMBER,
    NUM,
    PREFIX_COMPARE,
    RATE_UNITS,
    TIME_UNITS,
)


def read_value(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """A number in an interval: the last comma parts that hold it; words before it may be a further condition."""
    parts = comma_parts(cond)
    for index in range(len(parts)):
        offset, part = parts[index]
        rest = cond[offset:]
        inert = benign_numbers(part, loose=False)
        if inert is not None and re.search(r"\d", part):
            continue  # only a date or a document number
        masked = masked_dates(rest)
        found = find_interval(masked)
        if found is None:
            continue
        if found.start >= len(part) and index < len(parts) - 1:
            continue
        return _valued(reader, start, cond, parts, index, found, base)
    return None


_AND = re.compile(r",?(?:并且|同时|且|但|,)+")


def read_pairs(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """办结率=100%且满意率≥95%: each part names its own rate."""
    if base.gives not in (Gives.AWARD, Gives.FULL, Gives.ZERO):
        return None
    cuts = list(_AND.finditer(cond))
    sides = list(zip([0, *(m.end() for m in cuts)], [*(m.start() for m in cuts), len(cond)], strict=True))
    found = [(a, find_interval(cond[a:z])) for a, z in sides]
    if len(found) < 2:
        return None
    pairs = []
    for _, one in found:
        name = clean_measure(one.before) if one is not None else ""
        if one is None or one.unit != "%" or one.absolute or one.interval.reversed_ or one.after.strip("的者时"):
            return None
        if not re.search(r"(?:率|比例|比重|满意度)$", name):
            return None
        pairs.append((name, one.interval))
    if len({name for name, _ in pairs}) != len(pairs):
        return None
    for at, one in found:
        assert one is not None
        reader.eat(start + at + one.start, start + at + one.end)
    return replace(base, what=What.VALUE, pairs=tuple(pairs), unit="%")


_OR = re.compile(r",?(?:或者|或|、)(?!等于|以上|以下|更高)")


def read_union(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """80%以上或60%-70%, 小于5%或10%-20%: several intervals that earn the same points."""
    if base.gives not in (Gives.AWARD, Gives.FULL, Gives.ZERO) or not re.search(r"[或、]", cond):
        return None
    cuts = [0, *(m.end() for m in _OR.finditer(cond))]
    ends = [*(m.start() for m in _OR.finditer(cond)), len(cond)]
    sides = [(a, cond[a:z]) for a, z in zip(cuts, ends, strict=True)]
    while len(sides) > 1 and not re.search(r"\d", sides[0][1]):
        sides[:2] = [(sides[0][0], cond[sides[0][0] : sides[1][0] + len(sides[1][1])])]
    if len(sides) < 2 or any(not re.search(r"\d", text) for _, text in sides):
        return None
    rest = []
    for offset, text in sides[1:]:
        found = find_interval(text)
        if found is None or not (found.stated_compare or found.interval.is_point and found.unit):
            return None
        name = clean_measure(found.before)
        if found.after.strip("之间的者时,") or name and name not in sides[0][1] or "," in text.strip(","):
            return None
        rest.append((offset, found))
    eaten = len(reader.eaten)
    first = read_value(reader, start, sides[0][1], base)
    fits = first is not None and not first.also and not first.label and first.interval is not None
    units = {found.unit for _, found in rest if found.unit} | ({first.unit} if first and first.unit else set())
    if not fits or len(units) > 1 or any(found.absolute != first.absolute for _, found in rest):  # type: ignore[union-attr]
        del reader.eaten[eaten:]
        return None
    assert first is not None
    assert first.interval is not None
    intervals = [first.interval, *(found.interval for _, found in rest)]
    if _overlap(intervals) or "、" in cond and not all(i.is_two_sided or i.is_point for i in intervals):
        del reader.eaten[eaten:]
        return None
    for offset, found in rest:
        reader.eat(start + offset + found.start, start + offset + found.end)
    return replace(first, unit=next(iter(units), ""), more=tuple(found.interval for _, found in rest))


def _overlap(intervals: list[Interval]) -> bool:
    """Do two of them share more than a bound?"""
    low, high = Decimal("-Infinity"), Decimal("Infinity")
    ends = sorted(
        (low if i.lo is None else i.lo, high if i.hi is None else i.hi) for i in intervals
    )
    return any(i.reversed_ for i in intervals) or any(b[0] < a[1] for a, b in pairwise(ends))


_COMPARISON = "|".join(w for w in COMPARE_WORDS if len(w) > 1)
_AGAINST_AMOUNT = re.compile(rf"(?:{_COMPARISON})[^,;\d]{{2,14}}(?:数|量|额|面积|总数|人数|任务|计划)的$")
_COMPARED_NOUN = re.compile(rf"(?:{_COMPARISON})(?!$)[^,;]{{1,20}}$")
_NAMED_BOUND = re.compile(
    rf"^(?P<m>[^\d]*?)(?P<cmp>{_COMPARISON})(?P<noun>[^\d,;()]{{1,10}})\((?P<n>{NUM})%\)的?$"
)


def read_named_bound(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """预算执行率达到序时进度(75%): the bound stands in brackets behind its name."""
    offset, last = comma_parts(cond)[-1]
    match = _NAMED_BOUND.match(last)
    if match is None or base.gives not in (Gives.AWARD, Gives.FULL, Gives.ZERO):
        return None
    op, bound = PREFIX_COMPARE[match["cmp"]], Decimal(match["n"])
    if op not in ("≥", ">", "≤", "<"):
        return None
    interval = Interval(lo=bound, lo_in=op == "≥") if op in "≥>" else Interval(hi=bound, hi_in=op == "≤")
    for part_offset, part in comma_parts(cond)[:-1]:
        context(reader, start + part_offset, part)
    reader.eat(start + offset + match.start("n"), start + offset + match.end("n") + 1)
    return replace(base, what=What.VALUE, interval=interval, unit="%", measure=clean_measure(match["m"]))


_OF_TARGET = re.compile(
    r"(?:占|为|在|相当于|处于|介于|完成|达到|达|超过|低于|不足|高于|小于|大于|不低于|不高于)*(?:年度|年初|预期|设定的?|既定|绩效|全年)?"
    r"(?P<target>目标值|指标值|计划值|计划数|任务数|目标任务|目标)的$"
)


def masked_dates(text: str) -> str:
    """Dates and names with digits hidden, so that they are not taken for bounds."""
    return INERT_NUMBER.sub(lambda m: "口" * len(m[0]), text) if INERT_NUMBER.search(text) else text


def _valued(
    reader: Reader, start: int, cond: str, parts: list[tuple[int, str]], index: int, found: Found, base: Piece
) -> Piece | None:
    offset = parts[index][0]
    rest = cond[offset:]
    after = re.sub(r"^(?:的部分|的|之间|者|时|范围内|区间|分|左右)+", "", rest[found.end :]).strip(",的者")
    after = re.sub(r"^(?:\)|是|为(?:基准|标准|目标|满分|基数|起点)值?)$", "", after)
    before = rest[: found.start].replace("口", "")
    against = _AGAINST_AMOUNT.search(re.sub(r"\([^()]*\)(?=的$)", "", before))
    if against and base.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO) and found.unit == "%" and not after:
        op = PREFIX_COMPARE[next(w for w in COMPARE_WORDS if against[0].startswith(w))]
        bound = found.interval.lo if found.interval.lo is not None else found.interval.hi
        if found.interval.is_point and op != "=":
            one = Interval(lo=bound, lo_in=op == "≥") if op in "≥>" else Interval(hi=bound, hi_in=op == "≤")
            reader.eat(start + offset + found.start, start + offset + found.end)
            return replace(base, what=What.VALUE, interval=one, unit="%", measure=clean_measure(before))
    share = _OF_TARGET.search(rest[: found.start]) if found.unit == "%" else None
    if share is not None:
        before = before[: max(0, len(before) - len(share[0]))]
    after = _without_done(re.sub(r"^/[\u4e00-\u9fff]{1,3}(?:·[\u4e00-\u9fff]{1,2})?", "", after), found.unit)
    if found.unit == "个" and found.stated_compare:
        after = re.sub(r"^(?:项目|单位|任务|企业|部门|乡镇|村|点)$", "", after)
    if re.search(r"(?:率|度|比|比例|性|时)、", before) or (after and base.gives is Gives.ZERO):
        return None  # several conditions in one: a statement to tick
    if re.search(r"或|存在", before) and not found.stated_compare:
        return None  # 支出不及时或资金滞留10%: words and a number in one condition
    interval = found.interval
    word = next((w for w in COMPARE_WORDS if share and share[0].startswith(w)), "")
    if share is not None and interval.is_point and PREFIX_COMPARE.get(word, "=") != "=":
        op, bound = PREFIX_COMPARE[word], interval.lo
        interval = Interval(lo=bound, lo_in=op == "≥") if op in "≥>" else Interval(hi=bound, hi_in=op == "≤")
    elif share is not None and PREFIX_COMPARE.get(word, "=") not in "=≥" and not interval.is_point:
        return None  # 低于目标值的90%以上
    excess = found.unit == "%" and not found.absolute and not interval.is_point and _EXCESS.search(before)
    if (
        re.search(rf"{_EXCESS.pattern}|(?:低|少|高|差|降|晚|迟|多|慢|短|超[支概标额编员]|逾期|超期|延迟|延误|推迟|超时|延期|滞后)$", before)
        and interval.lo is None
        and (interval.hi or 0) > 0
        and not found.absolute
    ):
        interval = replace(interval, lo=Decimal(0), lo_in=False)  # 比指标低5%以内: a distance, not a level
    if (
        re.search(r"[\u4e00-\u9fff]\d|\d", before)
        and benign_numbers(rest[: found.start], loose=False) is None
    ):
        return None
    if not excess and _COMPARED_NOUN.search(
        re.sub(r"到达(?=现场|地点|指定|[^\d,;]{1,6}$)", "", before) if rest[found.start : found.start + 1] in "不≤<小低少" else before,
    ) and not re.search(r"(?:率|比例|度|比重|数)$", before):
        return None  # 少于实际采购量70%: the number belongs to something else
    if re.search(r"\d", after):
        return None
    joined = re.match(r"^(?:且|并|,|但|同时|及)", rest[found.end :].lstrip("的"))
    loose = found.stated_compare and base.gives not in (Gives.DEDUCT, Gives.ADD) and found.unit == "%"
    if after and not joined and (not loose or len(after) > 12):
        return None
    if (
        not found.stated_compare
        and found.unit not in RATE_UNITS
        and base.gives not in (Gives.AWARD, Gives.FULL)
    ):
        return None
    if found.unit in ("级", "档", "届", "卷"):
        return None
    each = re.search(r"每([^,;]{0,8})$", rest[: found.start])
    counted = each and (len(each[1]) <= 6 or _PER_CASE.search(each[0]))
    per_head = each and (_PER_HEAD.fullmatch(each[1]) or _PER_CASE.search(each[0]))
    if counted and not (per_head and found.stated_compare and base.gives in (Gives.AWARD, Gives.FULL, Gives.ZERO)):
        return None
    if not found.unit and not found.stated_compare:
        return None
    if (
        not found.stated_compare
        and found.unit not in RATE_UNITS
        and not re.search(r"[\u4e00-\u9fff]", before)
    ):
        return None
    reader.eat(start + offset + found.start, start + offset + found.end)
    for span in benign_numbers(rest[: found.start], loose=False) or ():
        reader.eat(start + offset + span[0], start + offset + span[1])
    lead, heading = [], ""
    for part_offset, part in parts[:index]:
        context(reader, start + part_offset, part)
        if cond[part_offset + len(part) : part_offset + len(part) + 1] == ":":
            heading = part
            continue
        if not re.match(
            r"^(?:看|查看?|查阅|根据|依据|按照?|参照|以|经|截至|年末|到|至|在|若|如果|合理|加强|对|通过|\d)",
            part,
        ):
            lead.append(trim(part))
    named = re.search(r"(?:率|比例|比重|满意度|完成度)$", lead[-1]) if lead and not clean_measure(rest[: found.start]) else None
    if named is not None and not re.search(r"\d|[得扣]", lead[-1]) and share is None:
        share_start, name = 0, lead.pop()
    else:
        share_start, name = share.start() if share else found.start, ""
    if not name and share is None and re.search(r"(?:率|比例|比重|满意度)$", heading) and not clean_measure(rest[: found.start]):
        name = heading  # 公路优良路率:≥92%
    also = re.sub(r"^(?:且|并且|并|,|但|同时|及(?!时)|的|又)+", "", after)
    tail = rest[found.end :]
    lost = found.interval.is_point and _INCLUDED.search(rest[found.start : found.end])
    if tail.startswith("-") or rest[: found.start].endswith("-") or lost:
        raise Unreadable(f"“{rest.strip(',;')}”少了一个数或符号")
    if not found.stated_compare and found.unit == "%" and (found.interval.lo or 0) > 100:
        raise Unreadable(f"“{rest.strip(',;')}”超过100%，可能少了比较符号")
    named_inside = share is None and "口" not in found.before and found.before != rest[: found.start]
    measure = clean_measure(name or (found.before if named_inside else rest[:share_start]))
    aimed = _AIMED_AT.search(measure)
    if aimed and interval.is_point and not found.stated_compare and base.gives in (Gives.AWARD, Gives.FULL):
        measure = clean_measure(measure[: aimed.start()])
        if _LOWER_BETTER.search(measure):
            raise Unreadable(f"“{rest.strip(',;')}”：高于还是低于目标算完成，没有写明")
        interval = Interval(lo=interval.lo, lo_in=True)
    away = re.sub(r"(?:的)?绝对值|^\|([^|]+)\|$", r"\1", measure)
    if found.absolute is False and away != measure and (interval.lo or 0) < 0:
        raise Unreadable(f"“{rest.strip(',;')}”绝对值小于0")
    return replace(
        base, what=What.VALUE, interval=interval, unit=found.unit, measure=away,
        of_target=share is not None, target=share["target"] if share else "",
        absolute=found.absolute or away != measure, also=trim(also), label=",".join(x for x in lead if x),
        stated_compare=found.stated_compare,
    )  # fmt: skip


_EXCESS = re.compile(
    r"(?:超过|超出|超|突破)(?:批复|年度|年初|核定)?(?:的)?(?:预算|概算|限额|计划|目标|目标值|指标值|定额|标准|编制|工期|控制数|控制价)(?:总额|数)?$"
)
_AIMED_AT = re.compile(r"(?:完成|达到|实现)(?:了|全年|年度|年初|预期|既定|规定|的)*(?:目标|指标|任务|计划)(?:任务|值|数)?$")
_LOWER_BETTER = re.compile(
    r"死亡|事故|发病|感染|投诉|差错|成本|费用|失业|负债|逾期|辍学|流失|不良|违规|能耗(?!下降|降低)|排放(?!下降|降低|削减)"
)
_DONE = re.compile(
    r"(?:完成|办结|上报|报送|拨付|响应|到位|办理|处理|提交|反馈|公开|下达|支付|到达|解决|整改|审结|结案|竣工|完工|验收|交付)(?:到位|完毕)?"
)
_PER_HEAD = re.compile(
    r"(?:万?人|[个名位]?(?:学?生|学员|职工|床位?|病人|患者)|户|辆车?|件|亩|公里|千米|平方米|立方米|吨|例|人次|套|台|座|次|万元|处)"
    r"(?:均|的)?(?:成本|费用|标准)?(?:为|在|控制在)?"
)


_PER_CASE = re.compile(
    r"每(?:案|件|项|人|户|亩|次|单|例|生|床|公里|吨|台|辆|万元)(?:均|平均)?[\u4e00-\u9fff]{0,6}(?:成本|费用|周期|时间|用时|耗时|产量|收入|支出|单价|能耗|投资|时长|天数)(?:为|在)?$"
)


def _without_done(after: str, unit: str) -> str:
    """5个工作日内办结: the verb behind a time says nothing more."""
    verb = _DONE.fullmatch(after) or re.fullmatch(r"(?![无未不没])[\u4e00-\u9fff]{2}(?:到位|完毕|完成)?", after)
    return "" if unit in TIME_UNITS and verb else after


_INCLUDED = re.compile(r"\((?:不?含|包[含括])")


