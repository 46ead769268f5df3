"""The profile's norms as formulas: execution score, plain indicators, grades, lights (NORMS 1.4–1.7, 4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jxreport.model.profile import Band, ExecutionRule, Lights, Profile, ReverseRule
from jxreport.model.result import Execution, SchedulePoint
from jxreport.number import HUNDRED, ZERO, plain
from jxreport.render.xlsx.live import Live, quoted_text
from jxreport.report.text import PENDING

TOLERANCE = Decimal("1e-9")


def execution_formula(
    execution: Execution | None, profile: Profile, executed: str | None, adjusted: str | None, weight: str | None
) -> Live | None:
    """Score of budget execution, rounded to 2 decimals, from the cells of its amounts and weight.

    Undefined, as in the engine, for a rate below 0 or (unless the profile allows it) above 100 %.
    """
    if execution is None or execution.score is None or not (executed and adjusted and weight):
        return None
    guard = f"{executed}>=0" if profile.over_execution_allowed else f"AND({executed}>=0,{executed}<={adjusted})"
    return Live(execution_points(profile, executed, adjusted, weight), execution.score, guard, PENDING)


def execution_points(profile: Profile, executed: str, adjusted: str, weight: str) -> str:
    """Points for execution by the profile's rule, rounded; a budget of 0 gives 0 unless the profile says else."""
    rate = f"{executed}/{adjusted}*100"
    if profile.execution_from_printed_rate:
        rate = f"ROUND({rate},2)"
    if profile.execution is ExecutionRule.BANDED:
        points = banded(rate, profile.execution_bands, weight)
    elif profile.execution_from_printed_rate:
        points = f"{weight}*MIN({rate},100)/100"
    else:
        points = f"{weight}*MIN({executed},{adjusted})/{adjusted}"
    empty = f"IF({executed}=0,ROUND({weight},2),0)" if profile.zero_budget_full else "0"
    return f"IF({adjusted}=0,{empty},ROUND({points},2))"


def banded(value: str, bands: Sequence[Band], weight: str) -> str:
    """Points by bands with lower bounds included; below the lowest bound the lowest band holds."""
    ordered = sorted(bands, key=lambda band: band.low)
    text = f"{weight}*{plain(ordered[0].share or ZERO)}/100"
    for band in ordered[1:]:
        text = f"IF({value}>={plain(band.low)},{weight}*{plain(band.share or ZERO)}/100,{text})"
    return text


def norm_formula(norm: str, profile: Profile, target: str, actual: str, weight: str) -> str | None:
    """Score of a plain indicator, unrounded, by the norm ge, eq, le or satisfaction; None for another.

    `actual` is an expression in the target's unit; a negative actual counts as 0.
    """
    value = f"MAX({actual},0)"
    if norm == "satisfaction":
        return banded(value, profile.satisfaction_bands, weight)
    if norm in ("ge", "eq"):
        met, share = f"{value}>={target}", f"{weight}*{value}/{target}"
        passed = f"{value}*100>={plain(profile.pass_mark or ZERO)}*{target}"
        if norm == "eq":  # = 0 means that nothing may happen
            met, share = f"IF({target}=0,{value}<=0,{met})", f"IF({target}=0,0,{share})"
    elif norm == "le" and profile.reverse is ReverseRule.INVERSE:
        met, share = f"{value}<={target}", f"{weight}*{target}/{value}"
        passed = f"{target}*100>={plain(profile.pass_mark or ZERO)}*{value}"
    elif norm == "le":
        rest = f"(2*{target}-{value})"  # 1 − (B−A)/A = (2A−B)/A
        met, share = f"{value}<={target}", f"IF({rest}<=0,0,{weight}*{rest}/{target})"
        passed = f"{rest}*100>={plain(profile.pass_mark or ZERO)}*{target}"
    else:
        return None
    short = f"IF({passed},{share},0)" if profile.pass_mark else share
    return f"IF({met},{weight},{short})"


def grade_formula(grades: Sequence[Band], total: str, full: str) -> str | None:
    """Grade by the share of the full mark, lower bounds included; None where the profile has no grades."""
    bands = sorted(grades, key=lambda band: band.low)
    if not bands:
        return None
    text = quoted_text(bands[0].label)
    for band in bands[1:]:
        text = f"IF({total}*100>={plain(band.low)}*{full},{quoted_text(band.label)},{text})"
    return text


def light_formula(lights: Lights, spent: str, plan: str) -> str:
    """Light by 支付进度率; a plan of 0 is always kept."""
    pace = f"{spent}/{plan}*100"
    text = f'IF({pace}<{plain(lights.red)},"红灯",IF({pace}<{plain(lights.yellow)},"黄灯","绿灯"))'
    return f'IF({plan}<=0,"绿灯",{text})'


def schedule_base(point: SchedulePoint, execution: Execution | None) -> str | None:
    """Which budget the point was measured against: "adjusted" or "initial"; None when neither fits."""
    if execution is None or point.paid is None or point.actual is None:
        return None
    for what in ("adjusted", "initial"):
        base: Decimal | None = getattr(execution, what)
        if base and abs(point.paid * HUNDRED / base - point.actual) < TOLERANCE:
            return what
    return None
