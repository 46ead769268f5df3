"""The overview (汇总) as a workbook: lists to filter, live totals, native charts."""

from jxreport.render.overview_xlsx.book import render_overview_xlsx

__all__ = ["render_overview_xlsx"]
