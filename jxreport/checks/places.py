"""Where the unit fills in what a finding asks for: the row in its actuals, not the name in the target table."""

from __future__ import annotations

from typing import Any

from jxreport.finding import NOWHERE, Source
from jxreport.model.submission import Indicator
from jxreport.model.values import Sourced


def to_fill(indicator: Indicator, cell: Sourced[Any] | None = None) -> Source:
    """The place of `cell` (it may be blank), else of what the unit filled in beside it, else the indicator."""
    beside = (indicator.manual_score, indicator.reason, indicator.measure, indicator.evidence)
    places = (
        cell.source if cell is not None else NOWHERE,
        indicator.actual.source if indicator.actual is not None else NOWHERE,
        *(answer.source for answer in indicator.answers),
        *(other.source for other in beside if other is not None),
    )
    return next((place for place in places if place != NOWHERE), indicator.source)
