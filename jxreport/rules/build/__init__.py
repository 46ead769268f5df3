"""Putting the pieces of a sentence together into its tree.

Flow: ``prepare`` and ``lists`` put pieces straight → ``doubts`` refuses readings that would count a thing twice →
``whole`` lets each family take its pieces: ``gates``, ``values``, ``targets``, ``steps``, ``changes``, ``formulas``, ``words``,
``sections``, ``humans`` … , with the ``plan`` of what the sentence says beside them (limits, flags) and the ``builder`` of
what is left → the parts become one node.

Why: every piece is used exactly once. One left over is a refusal with its place in the sentence, never a
default: that is what keeps a half-understood sentence from giving a score.
"""

from __future__ import annotations

from jxreport.rules.build.plan import Plan
from jxreport.rules.build.whole import assemble

__all__ = ["Plan", "assemble"]
