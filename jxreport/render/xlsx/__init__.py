"""The workbook: official forms in their layout, with live formulas whose stored values are the engine's.

Flow: ``plan`` decides sheets and where every keyed cell will stand → ``data`` and ``inputs`` put the answers on the
sheet 数据 → ``scores``, ``norms``, ``pace`` and ``totals`` build formulas from the rule trees and the profile, with
``formulas`` as their words → ``recompute`` evaluates each in Decimal; one that does not give the engine's score is
not written (JX752) → ``form`` writes cells with ``styles``, ``layout`` and ``setup``; ``charts``, ``names`` and ``texts`` do the rest.

Why: whoever opens the file can change an answer and see the score move, and a phone preview, pandas, WPS and
Excel show the same numbers without calculating. XlsxWriter, because it stores values beside formulas and never
turns text into one.
"""

from jxreport.render.xlsx.book import render_xlsx

__all__ = ["render_xlsx"]
