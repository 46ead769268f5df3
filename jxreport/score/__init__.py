"""Scores: indicators, budget execution, spending schedule, totals (pure).

What: the package itself can be called: ``jxreport.score(submission, profile)``.

Flow: ``unit`` takes a unit's year → ``form`` each form: ``weights`` (stated, else proposed and marked) → ``indicator``
chooses for each row: ``sentence`` (its own scoring sentence, fed by ``inputs`` and ``answers``), ``tiers``, ``norm`` (sign and
number), ``deadline`` or ``execution`` → ``schedule`` compares payments with the declared plan, ``forecast`` looks ahead →
``totals`` adds what is printed. ``steps`` words every line of 评分依据; ``unsettled`` says what keeps a row open.

Why: a row without a score stays without one: the total is missing rather than wrong. Scores come from
unrounded rates and are rounded at named places only, so that the printed column always adds up.
"""

from __future__ import annotations

import sys
from types import ModuleType

from jxreport.model.profile import Profile
from jxreport.model.result import UnitResult
from jxreport.model.submission import ReadingChoice, Submission
from jxreport.score.unit import score_submission

__all__ = ["score_submission"]


class _Callable(ModuleType):
    """The package as a function, so that its name serves for both."""

    def __call__(
        self,
        submission: Submission,
        profile: Profile,
        *,
        as_of: str | None = None,
        readings: tuple[ReadingChoice, ...] = (),
    ) -> UnitResult:
        return score_submission(submission, profile, as_of=as_of, readings=readings)


sys.modules[__name__].__class__ = _Callable
