"""Workbook formats to grids: one module a format, each with an explicit pandas engine."""
