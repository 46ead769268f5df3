"""Contents of the narrative: a name an outline uses → the function that writes it.

Each function takes the result and returns blocks and drafts; an empty answer leaves its heading out.
"""

from __future__ import annotations

from collections.abc import Callable

from jxreport.model.result import UnitResult
from jxreport.report.contents import (
    closing,
    completion,
    conclusion,
    deviation,
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
    "progress": conclusion.progress,
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
