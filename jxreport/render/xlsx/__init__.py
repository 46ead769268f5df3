"""The XLSX writer: official forms with live formulas, spending schedule, lists and the data behind them."""

from jxreport.render.xlsx.book import render_xlsx

__all__ = ["render_xlsx"]
