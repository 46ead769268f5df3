"""The overview (汇总) of many units: result objects in, rows and printed pages out.

Flow: ``build`` makes rows from the result objects of a run (or from verified reports) → ``lists`` picks who leads, who
lags and what goes back → ``pages`` makes editions of the printed overview, each shorter than the one before;
the first that fits on two pages is printed. ``words`` are shared. It knows results as JSON only, so that a bureau can
sum up reports that were made elsewhere.
"""

from jxreport.report.overview.build import build_overview
from jxreport.report.overview.pages import build_editions

__all__ = ["build_editions", "build_overview"]
