"""Conditions that are steps: 每低于5%, 超1个百分点, 低于90%的每低1%."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from jxreport.rules.interval import Found, Interval, find_interval
from jxreport.rules.pieces import (
    Gives,
    Piece,
    Reader,
    Unreadable,
    What,
    absorb_words,
    clean_measure,
    comma_parts,
    trim,
)
from jxreport.rules.vocabulary import (
    NUM,
)

_VERBS = "完成|节约|压减|节省|减少|减排|降低|下降|实现|达到|支出|执行|投入|消耗|使用|增加|增长|提高|支付|拨付|增收|超支"
_DOWN = rf"少(?:{_VERBS}|[\u4e00-\u9fff]{{2}}(?=\d))|未完成任务|"
_DOWN += r"短收|欠收|少收|短缺|低于|降低|下降|减少|少于|低|降|少|下滑|差|未达到|未达|落后|不足|欠|滞后|未完成|减"


_UP = rf"多(?:{_VERBS})|超支|超收|增收|超额完成|超过目标|超出|超过|超额|高于|高出|增加|增长|提高|上升|升高|提升|超|升|高|增|多"


_EITHER = "相差|偏离|偏差|误差|变动|差异|浮动"


_BOTH = rf"(?:{_DOWN})(?:或者?|、|/|和)(?:{_UP})|(?:{_UP})(?:或者?|、|/|和)(?:{_DOWN})"
_BOTH += rf"|(?:{_DOWN})\((?:或者?)?(?:{_UP})\)|(?:{_UP})\((?:或者?)?(?:{_DOWN})\)"


_DIRECTION = f"{_BOTH}|{_EITHER}|{_DOWN}|{_UP}"


_TARGET_WORDS = (
    r"(?:目标值|指标值|计划值|标准值|目标|计划|任务|标准|要求|规定值|规定|基准值|基准|(?:(?:全|所在)?[省市县区]|全国|同级|同类|行业)?平均(?:值|水平|数)?|"
    r"(?:时序|序时)(?:支出)?进度|支出进度|时间进度|批复概算|概算|合同价|限额|控制价|上年(?:度|同期|水平|实际)?|去年(?:同期|水平)?|同期|年初目标|预算数|预算|预期值|预期|该比例|该标准|该值|满分值|合格线)"
)


_STEP = re.compile(
    rf"(?P<subject>[^,;。\d]*?)(?P<every>每)?(?P<mid>[^,;。\d每]*?)(?P<dir>{_DIRECTION})?(?:了|出|于|到|过)?(?P<target>(?:年初|年度|全年|预期|既定|规定的?|设定的?|考核)*{_TARGET_WORDS})?(?P<of>的)?"
    rf"(?P<n>{NUM})(?P<u>%|个?百分点|‰|个?千分点|分(?![钟之类别值])|(?<=\.\d)(?=$|的|时|以)|(?<=\.\d\d)(?=$|的|时|以))(?P<post>[^,;。\d]*)$"
)


_RATE_STEP_HINT = ("百分点", "个百分点")


def read_per_point(reader: Reader, start: int, cond: str, base: Piece) -> Piece:
    """低于90%的按1分/个百分点扣分: a step of one point from the bound before it."""
    found = find_interval(cond)
    if found is None:
        if re.search(r"\d", cond):
            raise Unreadable(f"“{cond}”不能理解")
        side = re.search(rf"({_UP})|({_DOWN})", cond)
        if side is None:
            raise Unreadable("步长方向不明")
        return replace(
            base, what=What.STEP, side="above" if side[1] else "below", unit="百分点", per="", every=True
        )
    reader.eat(start + found.start, start + found.end)
    return replace(
        base,
        what=What.STEP,
        interval=found.interval,
        label=found.unit,
        unit="百分点",
        measure=clean_measure(found.before),
        per="",
        every=True,
    )


_PLAIN_RATIO = re.compile(r"(?:比值|系数|比|指数|倍数|弹性)$")


def _ratio_named(subject: str, before: list[tuple[int, str]]) -> bool:
    """比值每减0.1, 比值低于1的,每低0.1: only a ratio has steps without a unit."""
    found = find_interval(before[-1][1]) if before else None
    name = subject or (clean_measure(found.before) if found is not None else "")
    return _PLAIN_RATIO.search(name) is not None


def subject_of(match: re.Match[str]) -> str:
    """The words of a step in front of its direction."""
    return (match["subject"] or "") + (match["mid"] or "")


def read_step(reader: Reader, start: int, cond: str, base: Piece) -> Piece | None:
    """每低于5%, 超1个百分点, 低于90%的每低1%."""
    if base.gives not in (Gives.DEDUCT, Gives.ADD) and not (base.gives is Gives.AWARD and "每" in cond):
        return None
    parts = comma_parts(cond)
    offset, last = parts[-1]
    cut = last.rfind("每")
    if cut > 0 and re.search(r"\d", last[:cut]):
        parts[-1:] = [(offset, last[:cut]), (offset + cut, last[cut:])]
        offset, last = parts[-1]
    match = _STEP.match(last)
    if (
        match is None
        or re.sub(r"^(?:的|者|时|以上|及以上|,|部分)+", "", match["post"]).strip("的者时部分") != ""
    ):
        return None
    if "以上" in match["post"]:
        return None
    direction, every, unit = match["dir"] or "", bool(match["every"]), match["u"]
    size = Decimal(match["n"])
    point = "百分点" in unit
    if not every:
        if (
            not direction
            or direction in ("低于", "高于", "少于", "未达到", "未达", "不足", "未完成")
            and not point
        ):
            return None
        if size > 1 or not (
            point
            or direction
            in (
                "超",
                "超出",
                "超过",
                "降",
                "下降",
                "降低",
                "减少",
                "少",
                "低",
                "差",
                "提高",
                "上升",
                "增加",
                "升",
                "增长",
                "高",
                "相差",
                "偏离",
                "偏差",
            )
        ):
            return None
    if unit == "分" and not (every and direction):
        return None
    if not unit and not (every and direction and _ratio_named(subject_of(match), parts[:-1])):
        return None
    if size == 0:
        raise Unreadable("步长为0")
    side = (
        "either"
        if re.fullmatch(f"{_EITHER}|{_BOTH}", direction)
        else "below"
        if re.fullmatch(_DOWN, direction) or direction.startswith("少")
        else "above"
        if direction
        else ""
    )
    subject = subject_of(match)
    gives, from_zero = base.gives, False
    if gives is Gives.AWARD:
        if every and (not base.verb or direction and side == "below"):
            raise Unreadable("没有写明是得分还是扣分")
        announced = re.search(
            r"按照?(?P<m>[^,;。\d按]*(?:率|比例|比重|度))(?:情况)?(?:计分|得分|赋分|给分|记分),$", reader.text[:start]
        )
        if announced and not match["mid"] and not subject:
            subject = announced["m"]
        counted = (
            re.search(r"(?:达到|达|完成|实现)$", match["mid"] or "")
            or not match["mid"]
            and re.search(r"(?:率|比例|比重|度)$", subject)
        )
        if not every or not counted and not direction:
            return None
        gives, from_zero = Gives.ADD, not direction
        side = side or "above"
    if not side:
        over = re.search(rf"({_UP})|({_DOWN})|({_EITHER})", subject)
        if over is not None and re.search(r"部分|幅度|的$", subject):
            side = "above" if over[1] else "below" if over[2] else "either"
            subject = ""
    if from_zero:
        base = replace(base, from_zero=True)
    base = replace(base, gives=gives)
    reader.eat(start + offset + match.start("n"), start + offset + match.end("u"))
    before: Interval | None = None
    before_unit = ""
    for part_offset, part in parts[:-1]:
        found = _rate_in(part)
        stated = found is not None and (
            found.stated_compare
            or found.unit == "%"
            and re.match(r"^(?:为(?:满分|标准|目标|基准|起点|基数|考核)*(?:值|线)?)?$", found.after)
        )
        if found is not None and stated and before is None:
            before, before_unit = found.interval, found.unit
            if not trim(subject):
                subject = found.before
            reader.eat(start + part_offset + found.start, start + part_offset + found.end)
            rest = part[: found.start] + " " * (found.end - found.start) + part[found.end :]
            absorb_words(reader, start + part_offset, rest, base)
        else:
            absorb_words(reader, start + part_offset, part, base)
    against = re.search(rf"(?:低于|高于|未达到|超过|达不到)(?P<t>{_TARGET_WORDS})的?(?:,|$)", "".join(p + "," for _, p in parts[:-1]))
    relative: bool | None = False
    if match["target"] and unit == "%":
        relative = True if match["of"] else None
    return replace(
        base, what=What.STEP, every=every, size=size, side=side, unit=unit, measure=clean_measure(subject),
        interval=before, relative=relative, label=before_unit, scope=trim(cond),
        target=match["target"] or (against["t"] if against and before is None else ""),
    )  # fmt: skip


def _rate_in(text: str) -> Found | None:
    """The first stated rate of a text (抗生素2联及以上联用处方≤20% → ≤20%), else the first interval."""
    first = find_interval(text)
    found, at = first, 0
    while found is not None:
        if found.unit == "%" and found.stated_compare:
            return found
        at = found.end
        found = find_interval(text, at)
    return first
