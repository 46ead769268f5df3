"""Workbook formats to grids: one module a format, each with an explicit pandas engine.

Flow: ``xlsx`` (openpyxl), ``xls`` (xlrd, with ``biff`` for formulas) and ``ods`` (odfpy) give raw values and number
formats; ``frame`` takes a sheet out of pandas without conversion; ``cells`` makes one :class:`GridCell` of value and
format, ``shown`` the text that a person sees. ``formula`` computes plain arithmetic that was never calculated,
``slim`` drops styled emptiness before openpyxl has to carry it.

Why: pandas alone loses what an auditor asks about: error cells, formulas without a result, percent formats,
merges, hidden rows. 0.9 shown as 90 % is not 0.9 %.
"""
