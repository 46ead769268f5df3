"""Numbers that are possible but look damaged: said beside the score."""

from __future__ import annotations

import re
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.nodes import Bands, Gate, Scale, Step, Total
from jxreport.rules.tree import ValueIn

_FREE_RATE = re.compile(
    r"(?:增长|增幅|增速|下降|降低|减少|变动|调整|结余|结转|偏差|偏离|超支|投诉|事故|死亡|发病|失业|负债|差错|返修|流失|利润|收益|回报|占比|比重|比例|"
    r"信访|感染|患病|违约|不良|逾期|空置|漏|出生|复发|提升|提高|节约|超额|贡献|上升|升学|录取|考取|变化|替代|自给|国产)[^,;]{0,4}$"
)


_LOW = Decimal(50)


_TO_HUNDRED = re.compile(r"(?:控制率|执行率|使用率|支出率|完成率)$")


def suspiciously_low(node: object, indicator: str = "") -> str:
    """完成率≥9%得满分: a full mark this low on such a rate is mostly a lost digit. Said beside the score."""
    if isinstance(node, Gate):
        cond = node.cond
        if (
            isinstance(cond, ValueIn)
            and cond.measure.unit == "%"
            and cond.interval.lo is None
            and (cond.interval.hi or 0) < 20
            and not _FREE_RATE.search(cond.measure.name)
        ):
            return f"不得分的界线只有{plain(cond.interval.hi or Decimal(0))}%，请核对是否漏了数字"
        return suspiciously_low(node.body, indicator)
    if isinstance(node, Total):
        return next((text for part in node.parts for text in [suspiciously_low(part, indicator)] if text), "")
    if isinstance(node, Scale):
        name, line = node.measure.name, node.full_at
    elif isinstance(node, Step) and node.measure.unit == "%" and node.points < 0 and node.anchor is not None:
        name, line = node.measure.name, node.anchor
        if node.side != "below" and not (node.side == "above" and _TO_HUNDRED.search(name or indicator)):
            return ""
    elif isinstance(node, Bands) and node.measure.unit == "%":
        best = max((r for r in node.rows if r.points), key=lambda r: r.points or 0, default=None)
        if best is None or best.interval.lo is None or best.interval.hi is not None:
            return ""
        name, line = node.measure.name, best.interval.lo
    else:
        return ""
    if 0 <= line < _LOW and not _FREE_RATE.search(name):
        return f"满分线只有{plain(line)}%，请核对是否漏了数字"
    return ""
