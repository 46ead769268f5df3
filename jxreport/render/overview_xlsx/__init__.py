"""汇总.xlsx: the overview of many units as filterable lists with formulas and native charts.

``book`` joins the sheets: ``front`` 总览, ``evaluations`` rankings, ``pace`` 支出进度, ``problems`` what goes back and what is
often wrong; ``listing`` is the table they share (heads, filters, sums that follow the filter). Ranks, rates, sums and
counts are formulas over the rows, so that sorting and filtering stay right. Sheets without rows are left out.
"""

from jxreport.render.overview_xlsx.book import render_overview_xlsx

__all__ = ["render_overview_xlsx"]
