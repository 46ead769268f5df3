"""Report: scores → document. Pure: no clock, no files; every number comes from the result."""

from jxreport.report.build import build_document, outline_name

__all__ = ["build_document", "outline_name"]
