"""Putting the pieces of a sentence together into its tree."""

from __future__ import annotations

from jxreport.rules.build.plan import Plan
from jxreport.rules.build.whole import assemble

__all__ = ["Plan", "assemble"]
