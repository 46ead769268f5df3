"""The overview (汇总) of many units: result objects in, rows and printed pages out."""

from jxreport.report.overview.build import build_overview
from jxreport.report.overview.pages import build_editions

__all__ = ["build_editions", "build_overview"]
