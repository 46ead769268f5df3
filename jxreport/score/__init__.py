"""Scores: indicators, budget execution, spending schedule, totals (pure).

The package itself can be called: ``jxreport.score(submission, profile)``.
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
