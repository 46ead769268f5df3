"""The official forms as tables: which form an evaluation is printed in.

One module a form (``department``, ``hebei``, ``mof``, ``monitoring``), each a function from an evaluation to a
:class:`Table` with the form's own columns, merges and notes; ``common`` and ``blocks`` hold what they share. Cells carry
a key (score, 0, 4), so that the XLSX writer can put a live formula there. The layout of a form is law: its
paragraph stands in the module's first line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jxreport.model.document import Table
from jxreport.model.result import Evaluation, UnitResult
from jxreport.model.submission import Kind
from jxreport.report import facts
from jxreport.report.fitting import fitted
from jxreport.report.forms import department, hebei, mof, monitoring
from jxreport.report.forms.department import department_form
from jxreport.report.forms.hebei import hebei_form
from jxreport.report.forms.mof import mof_form
from jxreport.report.forms.monitoring import monitoring_form


@dataclass(frozen=True, slots=True)
class _Maker:
    """How one kind of form is made, and the least widths of its columns of text."""

    table: Callable[[UnitResult, int], Table]
    floors: Mapping[int, int]


_MONITORING = _Maker(monitoring_form, monitoring.FLOORS)
_DEPARTMENT = _Maker(department_form, department.FLOORS)
_HEBEI = _Maker(hebei_form, hebei.FLOORS)
_MINISTRY = _Maker(mof_form, mof.FLOORS)


def form_tables(result: UnitResult, wanted: Sequence[Evaluation]) -> tuple[Table, ...]:
    """The official forms of `wanted`, in their order; forms of one kind have the same column widths."""
    places = [p for p, e in enumerate(result.evaluations) if any(e is one for one in wanted)]
    kinds = [_maker(result, result.evaluations[place]) for place in places]
    made: dict[int, Table] = {}
    for kind in (_MONITORING, _DEPARTMENT, _HEBEI, _MINISTRY):
        own = [place for place, one in zip(places, kinds, strict=True) if one is kind]
        tables = [kind.table(result, place) for place in own]
        made.update(zip(own, fitted(tables, kind.floors), strict=True))
    return tuple(made[place] for place in places)


def _maker(result: UnitResult, evaluation: Evaluation) -> _Maker:
    """Hebei's own forms for T1 and T2, the ministry's otherwise; before year end the monitoring form."""
    if is_monitored(result, evaluation):
        return _MONITORING
    if evaluation.form.form.startswith("T1"):
        return _DEPARTMENT
    return _HEBEI if evaluation.form.form.startswith("T2") else _MINISTRY


def is_monitored(result: UnitResult, evaluation: Evaluation) -> bool:
    """Whether the evaluation is printed as 绩效目标执行监控表: a monitoring form, or a project before year end."""
    whole = evaluation.form.kind is Kind.DEPARTMENT
    return evaluation.form.kind is Kind.MONITORING or (not whole and not facts.is_year_end(result))


def annex_title(result: UnitResult, evaluations: tuple[Evaluation, ...]) -> str:
    """Title of the annex that holds these forms."""
    if all(is_monitored(result, e) for e in evaluations):
        return "项目支出绩效目标执行监控表"
    if all(e.form.kind is Kind.DEPARTMENT for e in evaluations):
        return "部门整体支出绩效自评表"
    if all(e.form.form.startswith("T2") for e in evaluations):
        return "预算项目绩效自评表"
    return "项目支出绩效自评表"
