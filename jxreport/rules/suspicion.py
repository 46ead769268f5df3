"""Numbers that are possible but look damaged: said beside the score."""

from __future__ import annotations

import re
from decimal import Decimal

from jxreport.number import half_up, plain
from jxreport.rules.conditions import ValueAgainstTarget, ValueIn
from jxreport.rules.evaluation import Evaluation
from jxreport.rules.expression import Operand, binaries, compute, constants, operands
from jxreport.rules.nodes import Bands, Branch, Event, Formula, Gate, Item, Items, Scale, Step, Total

_FREE_RATE = re.compile(
    r"(?:增长|增幅|增速|下降|降低|减少|变动|调整|结余|结转|偏差|偏离|超支|投诉|事故|死亡|发病|失业|负债|差错|返修|流失|利润|收益|回报|占比|比重|比例|"
    r"信访|感染|患病|违约|不良|逾期|空置|漏|出生|复发|提升|提高|节约|超额|贡献|上升|升学|录取|考取|变化|替代|自给|国产|压减|压缩|削减|减排|节能|降幅|森林覆盖|绿地|绿化|回收利用|占)[^,;]{0,4}$|占[^,;]{2,12}$"
)


_LOW, _NEVER, _HIGH = Decimal(50), Decimal(20), Decimal(60)


_TO_HUNDRED = re.compile(r"(?:控制率|执行率|使用率|支出率|完成率)$")


_SIGNED = re.compile(r"增长|增幅|增速|变动|调整|偏差|偏离|结余|节约|利润|收益|回报|变化|下降|降低|上升|提高")


def _low_loss(part: Item | Event) -> str:
    """化解率低于8%的扣1分: a threshold this low on such a rate is mostly a lost digit."""
    cond = part.cond if isinstance(part, Item) else None
    if not isinstance(cond, ValueIn) or part.points >= 0 or cond.measure.unit != "%" or cond.interval.lo is not None:
        return ""
    bound, name = cond.interval.hi or Decimal(0), cond.measure.name
    if bound <= 0 and not _SIGNED.search(name) or bound < 20 and not _FREE_RATE.search(name):
        return f"扣分的界线只有{plain(bound)}%，请核对是否漏了数字"
    return ""


def suspiciously_low(node: object, indicator: str = "") -> str:
    """完成率≥9%得满分: a full mark this low on such a rate is mostly a lost digit. Said beside the score."""
    if isinstance(node, Gate):
        return _low_gate(node) or suspiciously_low(node.body, indicator)
    if isinstance(node, Branch):
        return suspiciously_low(node.body, indicator)
    if isinstance(node, Items):
        return next((text for part in node.parts for text in [_low_loss(part)] if text), "")
    if isinstance(node, Total):
        return next((text for part in node.parts for text in [suspiciously_low(part, indicator)] if text), "")
    if isinstance(node, Formula):
        return _small_formula(node)
    if isinstance(node, Step) and node.points > 0 and node.side == "below":
        return _short_bonus(node)
    if isinstance(node, Scale):
        return _low_line(node.measure.name or indicator, node.full_at)
    if isinstance(node, Step) and node.measure.unit == "%" and node.points < 0 and node.anchor is not None:
        return _low_anchor(node, node.anchor, indicator)
    if isinstance(node, Bands) and node.measure.unit == "%":
        return _low_bands(node, node.measure.name or indicator)
    return ""


def _low_line(name: str, line: Decimal) -> str:
    if 0 <= line < _LOW and not _FREE_RATE.search(name):
        return f"满分线只有{plain(line)}%，请核对是否漏了数字"
    return ""


def _low_gate(node: Gate) -> str:
    """低于6%不得分, 低于目标值6%的不得分, and a formula that falls far from the full mark beside it."""
    cond = node.cond
    if isinstance(cond, ValueAgainstTarget):
        low = cond.op in ("<", "≤") and cond.factor < _NEVER and not cond.away
        return f"不得分的界线只有目标值的{plain(cond.factor)}%，请核对是否漏了数字" if low else ""
    if not isinstance(cond, ValueIn) or cond.measure.unit != "%":
        return ""
    bound = cond.interval.lo
    if node.points and bound is not None and cond.interval.hi is None and isinstance(node.body, Formula):
        known = {o.need.key: bound for o in operands(node.body.expr)}
        at = compute(node.body.expr, Evaluation(answers=known, readings={})) if len(known) == 1 else node.points
        if at < node.points / 2:
            return f"{plain(bound)}%得{plain(node.points)}分，而按公式只有{plain(half_up(at))}分，请核对是否漏了数字"
    if cond.interval.lo is None and (cond.interval.hi or 0) < _NEVER and not _FREE_RATE.search(cond.measure.name):
        return f"不得分的界线只有{plain(cond.interval.hi or Decimal(0))}%，请核对是否漏了数字"
    return ""


def _small_formula(node: Formula) -> str:
    """A/B×10%×8: even full completion earns a tenth; mostly 100% was meant."""
    expr = node.expr
    if any(e.op in ("+", "-", "min", "max") for e in binaries(expr)):
        return ""
    shares = [c.value for c in constants(expr) if c.percent and c.value < 1]
    divides = any(e.op == "÷" and isinstance(e.left, Operand) and isinstance(e.right, Operand) for e in binaries(expr))
    if divides and len(shares) == 1:
        return f"公式里乘以{plain(shares[0] * 100)}%，全部完成也只得这么多，请核对是否漏了数字"
    return ""


def _short_bonus(node: Step) -> str:
    """信访率1%的得8分,每下降1个百分点加1分: from there the bonus can hardly be earned."""
    if node.anchor is None or node.measure.unit != "%" or node.relative:
        return ""
    reach = node.anchor / node.size
    if 0 < reach <= 2:
        return f"每低{plain(node.size)}%加分，从{plain(node.anchor)}%起最多只能加{plain(reach)}档，请核对是否漏了数字"
    return ""


def _low_anchor(node: Step, anchor: Decimal, indicator: str) -> str:
    name = node.measure.name
    if node.side == "below" or node.side == "above" and _TO_HUNDRED.search(name or indicator):
        return _low_line(name or indicator, anchor)
    nothing = anchor == 0 and node.measure.absolute
    return "满分的范围是±0%，请核对是否漏了数字" if nothing else ""


def _low_bands(node: Bands, name: str) -> str:
    rows = [r for r in node.rows if r.points]
    best = max(rows, key=lambda r: r.points or 0, default=None)
    if best is None or best.interval.lo is None or best.interval.hi is not None:
        return ""
    lows = [r.interval.lo for r in rows if r.interval.lo is not None and 0 < r.interval.lo < _NEVER]
    if lows and best.interval.lo >= _HIGH and not _FREE_RATE.search(name):
        return f"有一档从{plain(min(lows))}%起就得分，请核对是否漏了数字"
    return _low_line(name, best.interval.lo)
