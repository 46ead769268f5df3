"""Blank and pre-filled workbooks: the official target forms and the workbook to fill (完成情况填报表).

:func:`fill_in` makes the workbook that a unit fills from its targets, :func:`blank_forms` the empty forms.
"""

from __future__ import annotations

from jxreport.forms.fill import blank_forms, fill_in

__all__ = ["blank_forms", "fill_in"]
