"""What the sentence says beside its pieces, and small helpers that all steps of building share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from jxreport.rules.interval import Interval
from jxreport.rules.nodes import Band
from jxreport.rules.pieces import Gives, Piece, Reader, Unreadable

ZERO = Decimal(0)


@dataclass(slots=True)
class Plan:
    """What the sentence says beside its pieces: limits, flags, and what came out."""

    weight: Decimal | None
    reader: Reader
    declared: Decimal | None = None
    base: Decimal | None = None  # 基本分N分
    add_limit: Decimal | None = None
    deduct_limit: Decimal | None = None
    award_limit: Decimal | None = None
    cap: Decimal | None = None
    floor: Decimal | None = None
    capped: bool = False
    ceiling: tuple[str, Decimal] | None = None  # what may be counted without loss (投诉不超过2件)
    stops: bool = False  # 扣完为止 is written
    restated: bool = False  # a remark says again that each part of a list earns its own points
    no_bonus: bool = False  # 高于基准的不加分
    partial: str = ""
    ladder: bool = False
    required: tuple[str, Decimal] | None = None  # (below | above, the number) that counted deviations start from
    shortfall: bool = False  # deductions count from the target
    over: bool = False  # 基准分: the bonus may pass it
    interp: bool = False
    interp_range: tuple[Decimal | None, Decimal | None] | None = None
    veto: bool = False
    once: bool = False
    target_unit: str = ""
    indicator: str = ""
    description: str = ""  # 绩效指标描述: may state the requirement that steps begin from
    full: Decimal | None = None  # the most the awarding parts give
    bonus: bool = False
    measures: list[str] = field(default_factory=list)

    def worth(self) -> Decimal:
        """The points of a full mark; Unreadable where the row's weight is not known."""
        if self.declared is not None:
            return self.declared
        if self.weight is None:
            raise Unreadable("不知道该指标的分值，无法确定满分")
        return self.weight


def points_of(piece: Piece, plan: Plan) -> Decimal:
    if piece.points is not None:
        return piece.points
    if piece.share is not None:
        return plan.worth() * piece.share / 100
    if piece.gives is Gives.ZERO:
        return ZERO
    if piece.gives is Gives.FULL:
        return plan.worth()
    raise Unreadable("没有写明分数")


_NEUTRAL = (
    "实际|全年|年度|本年|当年|项目|任务|目标|资金|总体|该项|指标|上述|其|综合|累计|最终|平均|部门|单位|"
    "全县|全市|全区|全省|总|的|工作"
)


_GENERIC = re.compile(
    r"(?:增幅|增速|降幅|增长率|(?:增长|下降|变动|偏离)?幅度|(?:该|此)?(?:比例|比率|比值|比重|指标|率)|完成值|实际值|结果|数值|偏差|偏离|误差)"
)


def same_measure(a: str, b: str) -> bool:
    if _GENERIC.fullmatch(a) or _GENERIC.fullmatch(b):
        return True  # 收入增长5%得满分,增幅每低…: only another word for it
    a, b = a.replace("“", "").replace("”", ""), b.replace("“", "").replace("”", "")
    if not a or not b or a in b or b in a:
        return True
    common = 0
    while common < min(len(a), len(b)) and a[-1 - common] == b[-1 - common]:
        common += 1
    if common < 3:
        return False
    heads = [re.sub(_NEUTRAL, "", x[:-common]) for x in (a, b)]
    return not all(heads) or heads[0] == heads[1]


MEASURED = frozenset(
    "分钟 小时 个小时 天 日 个工作日 工作日 月 个月 年 周 元 万元 亿元 千元 百元 "
    "微克/立方米 毫克/立方米 毫克/升 微克/升 分贝 公里 千米 米 平方米 立方米 亩 吨 公顷 平方公里 公斤 千克".split()
)


def same_unit(a: str, b: str) -> bool:
    return a == b or {a, b} in (
        {"天", "日"},
        {"月", "个月"},
        {"小时", "个小时"},
        {"工作日", "个工作日"},
        {"公里", "千米"},
    )


def same_counter(a: str, b: str) -> bool:
    """Do two counters count the same things (名 and 人)?"""
    same = (
        {"人", "名", "位"},
        {"家", "个", "户"},
        {"次", "起", "例"},
        {"天", "日", "个工作日", "工作日"},
        {"项", "个", "件"},
    )
    return a == b or any(a in group and b in group for group in same)


def exact_band(number: Decimal, points: Decimal) -> Band:
    return Band(interval=Interval(lo=number, hi=number, lo_in=True, hi_in=True), points=points)


def shift_interval(interval: Interval | None, by: Decimal) -> Interval | None:
    if interval is None:
        return None
    return replace(
        interval,
        lo=None if interval.lo is None else interval.lo + by,
        hi=None if interval.hi is None else interval.hi + by,
    )
