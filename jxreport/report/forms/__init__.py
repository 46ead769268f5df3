"""The official forms as tables: which form an evaluation is printed in."""

from __future__ import annotations

from jxreport.model.document import Table
from jxreport.model.result import Evaluation, UnitResult
from jxreport.model.submission import Kind
from jxreport.report import facts
from jxreport.report.forms.department import department_form
from jxreport.report.forms.hebei import hebei_form
from jxreport.report.forms.mof import mof_form
from jxreport.report.forms.monitoring import monitoring_form


def form_table(result: UnitResult, place: int) -> Table:
    """The official form of evaluation `place`: Hebei's own forms for T1 and T2, the ministry's otherwise.

    Before year end a project is printed in the monitoring form.
    """
    evaluation = result.evaluations[place]
    if is_monitored(result, evaluation):
        return monitoring_form(result, place)
    if evaluation.form.form.startswith("T1"):
        return department_form(result, place)
    if evaluation.form.form.startswith("T2"):
        return hebei_form(result, place)
    return mof_form(result, place)


def is_monitored(result: UnitResult, evaluation: Evaluation) -> bool:
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
