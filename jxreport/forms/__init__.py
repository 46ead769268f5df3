"""Blank and pre-filled workbooks: the official target forms and the workbook to fill (完成情况填报表).

What: :func:`fill_in` makes the workbook that a unit fills from its targets, :func:`blank_forms` the empty forms.

Flow: ``questions`` asks the rules what each indicator needs → ``asks`` turns a need into a row with its unit, its
help and its choice list → ``department``, ``project``, ``payments``, ``readings`` lay the sheets out on a ``book`` →
``filler`` writes the input cells with their look (``style``) and validation. ``national``, ``whole``, ``monitoring`` and
``targets`` are the blank official forms. ``entries`` puts values into input cells by path, for samples and tests.

Why: what a rule needs is asked for as one number, tick or choice per row, so that nobody has to compute a
ratio or guess a format. Validation warns and never forbids: 不适用 must be possible everywhere.
"""

from __future__ import annotations

from jxreport.forms.fill import blank_forms, fill_in

__all__ = ["blank_forms", "fill_in"]
