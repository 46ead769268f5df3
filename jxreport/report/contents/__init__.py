"""Contents of the narrative: a name an outline uses → the function that writes it.

A content takes a :class:`UnitResult` and gives blocks and drafts of sections; where it gives nothing, its heading
is left out. Its numbers come from ``report.facts``, causes and measures only in the unit's own words. Adding one:
a function in the module of its chapter, and a name in CONTENTS; outlines can use it at once.
"""

from __future__ import annotations

from collections.abc import Callable

from jxreport.model.result import UnitResult
from jxreport.report.contents import (
    closing,
    completion,
    conclusion,
    deviation,
    monitoring,
    overview,
    schedule,
    spending,
    work,
)
from jxreport.report.draft import Content

CONTENTS: dict[str, Callable[[UnitResult], Content]] = {
    "unit_goals": overview.unit_goals,
    "budget": overview.budget,
    "targets": overview.targets,
    "scope": work.scope,
    "method": work.method,
    "safeguards": work.safeguards,
    "conclusion": conclusion.conclusion,
    "outlook": monitoring.outlook,
    "outlook_deviations": monitoring.outlook_deviations,
    "execution": spending.execution,
    "schedule": schedule.schedule,
    "goals": completion.goals,
    "department_completion": completion.department_completion,
    "project_completion": completion.project_completion,
    "indicator_deviations": deviation.indicator_deviations,
    "schedule_deviations": deviation.schedule_deviations,
    "problems": deviation.problems,
    "usage": closing.usage,
    "experience": closing.experience,
    "suggestions": closing.suggestions,
    "key_evaluation": closing.key_evaluation,
    "other": closing.other,
}
