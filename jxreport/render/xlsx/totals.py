"""Total and full mark: sums over the lines that count, rescaled as the engine does where rows are left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jxreport.checks.labels import group_of
from jxreport.model.result import Evaluation, Status
from jxreport.number import ZERO, half_up
from jxreport.render.xlsx.data import DataBook
from jxreport.render.xlsx.live import Live, call
from jxreport.render.xlsx.plan import Homes, Key, ranges
from jxreport.report.text import PENDING


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the total: an indicator or budget execution."""

    score_key: Key
    weight_key: Key
    score: Decimal | None
    weight: Decimal | None
    counts: bool
    benefit: bool = False  # an 效益 indicator: some profiles move the points of 满意度 there


def total_formula(evaluation: Evaluation, index: str, data: DataBook, homes: Homes) -> Live | None:
    """Sum of the printed scores, rescaled where rows were left out; undefined while a score is missing."""
    lines = _lines(evaluation, index)
    counted = [line for line in lines if line.counts]
    refs = _cells([line.score_key for line in counted], homes)
    if evaluation.total is None or refs is None:
        return None
    scored = sum((line.score or ZERO for line in counted), ZERO)
    guard = f"{call('COUNT', refs)}={len(counted)}"
    if scored == evaluation.total and len(counted) == len(lines):
        return Live(f"ROUND({call('SUM', refs)},2)", evaluation.total, guard, PENDING)
    full, whole = _sum(counted), _sum(lines)
    if full and half_up(scored * whole / full) == evaluation.total:
        text = f"ROUND({call('SUM', refs)}*{_weights(lines, data, homes)}/{_weights(counted, data, homes)},2)"
        return Live(text, evaluation.total, guard, PENDING)
    moved = _moved_to_benefit(lines, scored, evaluation.total, data, homes)
    return Live(f"ROUND({call('SUM', refs)}+{moved},2)", evaluation.total, guard, PENDING) if moved else None


def _moved_to_benefit(
    lines: Sequence[_Line], scored: Decimal, total: Decimal, data: DataBook, homes: Homes
) -> str | None:
    """What the benefit rows earn on the points moved to them; None where that does not give the total."""
    out, group = ([line for line in lines if not line.counts], [line for line in lines if line.benefit])
    left_out, points = _sum(out), _sum(group)
    share = sum((line.score or ZERO for line in group), ZERO)
    refs = _cells([line.score_key for line in group], homes)
    if not points or refs is None or half_up(scored + share * left_out / points) != total:
        return None
    return f"{call('SUM', refs)}*{_weights(out, data, homes)}/{_weights(group, data, homes)}"


def full_formula(evaluation: Evaluation, index: str, data: DataBook, homes: Homes) -> Live | None:
    """Sum of the weights: of all lines where rescaling brings them back, else of those that count."""
    lines = _lines(evaluation, index)
    used = lines if evaluation.rescaling else [line for line in lines if line.counts]
    text = _weights(used, data, homes)
    if text is None or evaluation.full is None or _sum(used) != evaluation.full:
        return None
    return Live(text, evaluation.full)


def _lines(evaluation: Evaluation, index: str) -> list[_Line]:
    lines = []
    for item in evaluation.indicators:
        tail = (index, str(item.indicator.ordinal))
        counts = item.status is not Status.NOT_APPLICABLE
        benefit = counts and group_of(item.indicator.level1) == "效益指标"
        lines.append(_Line(("score", *tail), ("weight", *tail), item.score, item.weight, counts, benefit))
    done = evaluation.execution
    if done is not None and done.weight is not None:
        lines.append(_Line(("exec_score", index), ("exec_weight", index), done.score, done.weight, True))
    return lines


def _sum(lines: Sequence[_Line]) -> Decimal:
    return sum((line.weight or ZERO for line in lines), ZERO)


def _weights(lines: Sequence[_Line], data: DataBook, homes: Homes) -> str | None:
    keys = [line.weight_key for line in lines if line.weight is not None]
    refs = _cells(keys, homes) or tuple(ref for key in keys if (ref := data.ref(key)))
    return call("SUM", refs) if refs else None


def _cells(keys: Sequence[Key], homes: Homes) -> tuple[str, ...] | None:
    """References to the first cells of `keys`, neighbours in a column joined to ranges."""
    found = [homes.get(key) for key in keys]
    cells = [home for home in found if home is not None]
    return ranges(cells) if cells and len(cells) == len(found) else None
