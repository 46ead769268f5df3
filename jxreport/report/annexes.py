"""Annexes: the official forms, 评分依据, 问题清单, 口径."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from jxreport.finding import Finding, Severity
from jxreport.messages import message
from jxreport.model.document import Block, Paragraph, Row, Table
from jxreport.model.result import Evaluation, IndicatorScore, TraceStep, UnitResult
from jxreport.model.submission import WeightOrigin
from jxreport.number import plain
from jxreport.report import cells, facts, norms
from jxreport.report.contents.deviation import DEVIATIONS, deviation_table
from jxreport.report.contents.deviation import many as many_deviations
from jxreport.report.contents.schedule import many, schedule_table
from jxreport.report.fitting import fitted
from jxreport.report.forms import annex_title, form_tables
from jxreport.report.forms.common import score_cell, weight_cell
from jxreport.report.items import target_text
from jxreport.report.text import MISSING, NOTHING, full_width, signs

_LONG_FRACTION = re.compile(r"(\d\.\d{6})\d{2,}")
_EVIDENCE_FLOORS = {1: 10, 3: 16, 4: 30}
_FINDING_FLOORS = {3: 12, 4: 20, 5: 16}
AnnexDraft = tuple[str, tuple[Block, ...]]


@dataclass(frozen=True, slots=True)
class Files:
    """The workbooks, as tables refer to them: by number where there are several, not at all for one."""

    names: tuple[str, ...]

    def mark(self, file: str) -> str:
        return f"文件{self.names.index(file) + 1}·" if len(self.names) > 1 and file in self.names else ""

    def short(self, text: str) -> str:
        """`text` with “file：sheet” shortened to the file's number."""
        for name in self.names:
            text = text.replace(f"{name}：", self.mark(name))
        return text

    def notes(self) -> tuple[str, ...]:
        if len(self.names) < 2:
            return ()
        listed = "；".join(f"文件{place}为{name}" for place, name in enumerate(self.names, 1))
        return (f"注：{listed}。所注位置为工作表和单元格。",)


_STEP_WORDS = {
    "cell": "取数",
    "number": "数据",
    "clause": "条款",
    "arithmetic": "计算",
    "convention": "约定",
    "rounding": "取舍",
}
_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "说明"}


def department_forms(result: UnitResult) -> tuple[AnnexDraft, ...]:
    """部门整体支出绩效自评表, one annex a department form."""
    return _forms(result, facts.departments(result))


def project_forms(result: UnitResult) -> tuple[AnnexDraft, ...]:
    """The forms of the projects."""
    return _forms(result, facts.projects(result))


def _forms(result: UnitResult, wanted: tuple[Evaluation, ...]) -> tuple[AnnexDraft, ...]:
    tables = form_tables(result, wanted)
    return ((annex_title(result, wanted), tables),) if tables else ()


def schedule(result: UnitResult) -> tuple[AnnexDraft, ...]:
    """The table of all checkpoints, where it is too long for the text."""
    if not many(result):
        return ()
    table = schedule_table(result, result.evaluations)
    return ((table.title, (table,)),)


def deviations(result: UnitResult) -> tuple[AnnexDraft, ...]:
    """Causes and measures of all deviations, where they are too many for the text."""
    if not many_deviations(result):
        return ()
    return ((DEVIATIONS, (deviation_table(result),)),)


def evidence(result: UnitResult) -> tuple[AnnexDraft, ...]:
    """评分依据: for every indicator its sentence, the reading, the way from the cell to the score."""
    tables = fitted([_evidence_table(result, place) for place in range(len(result.evaluations))], _EVIDENCE_FLOORS)
    return (("绩效指标评分依据", tables),) if tables else ()


def _evidence_table(result: UnitResult, place: int) -> Table:
    evaluation = result.evaluations[place]
    files = Files(tuple(source.file for source in result.submission.sources))
    rows = [_evidence_row(place, item, files) for item in evaluation.indicators]
    if evaluation.execution is not None and evaluation.execution.weight is not None:
        rows.append(_execution_row(place, evaluation, files))
    return Table(
        name=f"评分依据{place + 1}",
        title=f"{facts.owner(evaluation)}评分依据",
        widths=cells.widths(4, 14, 6, 24, 45, 7),
        head=(cells.headings("序号", "指标", "分值", "评分标准及读法", "取数、条款、计算和取舍", "得分"),),
        body=tuple(rows),
        notes=files.notes(),
        landscape=True,
    )


def _evidence_row(place: int, item: IndicatorScore, files: Files) -> Row:
    indicator = item.indicator
    key = (str(place), str(indicator.ordinal))
    lines = [f"指标值：{target_text(item) or MISSING}"]
    if indicator.rule is not None:  # the profile's own norm is told as the clause
        lines = [indicator.rule.text] + ([f"读法：{full_width(item.reading)}"] if item.reading else [])
    proposed = "\n（建议分值）" if indicator.weight_origin is WeightOrigin.PROFILE else ""
    return cells.row(
        cells.text(str(indicator.ordinal), align="center"),
        cells.text(f"{indicator.name}{proposed}"),
        weight_cell(item, ("weight", *key)),
        cells.text("\n".join(lines)),
        cells.text(_steps(item.trace, files) or _open_words(item)),
        score_cell(item, ("score", *key)),
    )


def _open_words(item: IndicatorScore) -> str:
    """What is still asked, where there is no way to a score yet."""
    lines = []
    for question in item.questions:
        options = "；".join(
            f"{label}（得{plain(score)}分）" if score is not None else label for label, score in question.options
        )
        lines.append(f"待确认：{question.text}{f' 可选：{options}' if options else ''}")
    return "\n".join(lines) or NOTHING


def _steps(trace: tuple[TraceStep, ...], files: Files) -> str:
    """The way to the score, line by line; the sentence itself stands in the column beside."""
    shown = [step for step in trace if not (step.kind == "cell" and step.text.startswith("评分标准“"))]
    return "\n".join(f"{_STEP_WORDS.get(s.kind, s.kind)}：{_readable(files.short(s.text))}" for s in shown)


def _readable(text: str) -> str:
    """Chinese punctuation; of a long decimal fraction six digits and an ellipsis."""
    return _LONG_FRACTION.sub(r"\1…", signs(full_width(text)))


def _execution_row(place: int, evaluation: Evaluation, files: Files) -> Row:
    found = evaluation.execution
    assert found is not None
    return cells.row(
        cells.text(NOTHING, align="center"),
        cells.text("预算执行率"),
        cells.weight(found.weight, ("exec_weight", str(place))),
        cells.text("全年执行数÷全年预算数（调整后）"),
        cells.text(_steps(found.trace, files) or NOTHING),
        cells.score(found.score, ("exec_score", str(place))),
    )


def findings(result: UnitResult) -> tuple[AnnexDraft, ...]:
    """问题清单, errors first, in the order of the forms."""
    order = list(Severity)
    files = Files(tuple(source.file for source in result.submission.sources))
    found = sorted(result.findings, key=lambda f: order.index(f.severity))
    if not found:
        return (("问题清单", (Paragraph(text="经核查，未发现需要说明的问题。"),)),)
    table = Table(
        name="问题清单",
        widths=cells.widths(5, 6, 7, 18, 38, 26),
        head=(cells.headings("序号", "级别", "编码", "位置", "问题", "处理建议"),),
        body=tuple(_finding_row(place, f, files) for place, f in enumerate(found, 1)),
        notes=files.notes(),
        landscape=True,
    )
    return (("问题清单", fitted((table,), _FINDING_FLOORS)),)


def _finding_row(place: int, found: Finding, files: Files) -> Row:
    words = message(found)
    source = found.source
    sheet = f"{files.mark(source.file)}{source.sheet}"
    spot = "\n".join(part for part in (sheet, source.cell) if part)
    return cells.row(
        cells.text(str(place), align="center"),
        cells.text(_SEVERITIES[found.severity], align="center"),
        cells.text(found.code, align="center"),
        cells.text(spot or NOTHING),
        cells.text(full_width(files.short(words.text))),
        cells.text(full_width(words.fix)),
    )


def conventions(result: UnitResult) -> tuple[AnnexDraft, ...]:
    """评价口径说明: the profile with its sources, and what a convention decided."""
    return (("评价口径说明", norms.blocks(result)),)


ANNEXES: dict[str, Callable[[UnitResult], tuple[AnnexDraft, ...]]] = {
    "department_forms": department_forms,
    "project_forms": project_forms,
    "schedule": schedule,
    "deviations": deviations,
    "evidence": evidence,
    "findings": findings,
    "norms": conventions,
}
