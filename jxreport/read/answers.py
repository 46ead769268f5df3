"""A1 and the annex of A2: answer rows under each indicator, and the basic finance data."""

from __future__ import annotations

from dataclasses import dataclass

from jxreport.finding import Finding, error, warning
from jxreport.model.submission import Answer, FactItem, Indicator, WeightOrigin
from jxreport.model.values import Actual, Sourced, Target
from jxreport.read.indicators import number_in, number_to_fill
from jxreport.read.layouts import Layouts, fold, label_key
from jxreport.read.row import Row
from jxreport.read.sections import Block, Section
from jxreport.read.values import read_answer

_VALUE_QUESTIONS = ("实际完成值",)


@dataclass(slots=True)
class _Group:
    """The rows of one indicator: its own cells are merged over its answer rows."""

    rows: list[Row]

    @property
    def first(self) -> Row:
        return self.rows[0]


def _complain(row: Row, complaint: str, findings: list[Finding]) -> None:
    source, text = row.source("answer"), row.cell("answer").shown[:40]
    question = row.cell("question").shown or row.seen("name").shown
    if complaint == "percent":
        findings.append(warning("JX304", source, waiting=True, question=question, text=text))
    elif complaint == "number":
        findings.append(error("JX303", source, column=question, text=text))
    elif complaint:
        findings.append(error("JX305", source, question=question, unit=row.cell("unit").shown, text=text))


def _answer(row: Row, layouts: Layouts, findings: list[Finding]) -> Answer | None:
    question = row.cell("question").shown
    if not question:
        return None
    cell, unit = row.cell("answer"), row.cell("unit").shown
    value, complaint = (None, "") if cell.error or cell.pending else read_answer(cell, unit, layouts)
    _complain(row, complaint, findings)
    return Answer(question=question, value=value, text=cell.shown, unit=unit, source=row.source("answer"))


def _groups(section: Section, block: Block) -> list[_Group]:
    """Rows by indicator: a new one where an ordinal or a name is printed."""
    groups: list[_Group] = []
    for number in block.rows:
        row = Row(section.grid, block.header, number)
        if row.cell("ordinal").shown or row.cell("name").shown or not groups:
            groups.append(_Group([row]))
        else:
            groups[-1].rows.append(row)
    return [group for group in groups if group.first.cell("name").shown]


def answered_indicators(
    section: Section, block: Block, layouts: Layouts, findings: list[Finding]
) -> tuple[Indicator, ...]:
    """The indicators of an answer block with their answers; targets are left to the target workbook."""
    found: list[Indicator] = []
    for group in _groups(section, block):
        row = group.first
        answers = tuple(a for r in group.rows if (a := _answer(r, layouts, findings)))
        weight = number_in(row, "weight", findings)
        ordinal = row.cell("ordinal").number
        actual = next((a for a in answers if a.question in _VALUE_QUESTIONS and not isinstance(a.value, (bool, str))), None)
        found.append(
            Indicator(
                ordinal=int(ordinal) if ordinal is not None else _ordinal(row, len(found) + 1),
                level1=row.seen("level1").shown,
                level2=row.seen("level2").shown,
                name=row.cell("name").shown,
                target=Target(),
                rule=row.text("rule"),
                weight=weight,
                weight_origin=WeightOrigin.ACTUALS if weight else None,
                actual=Actual(text=actual.text, value=actual.value, unit=actual.unit, source=actual.source)  # type: ignore[arg-type]
                if actual
                else None,
                answers=answers,
                not_applicable=_not_applicable(group, layouts),
                manual_score=number_to_fill(row, "manual", findings),
                reason=row.to_fill("reason"),
                measure=row.to_fill("measure"),
                evidence=row.text("evidence"),
                source=row.source("name"),
            )
        )
    return tuple(found)


def _ordinal(row: Row, default: int) -> int:
    text = fold(row.cell("ordinal").shown)
    return int(text) if text.isdigit() else default


def _not_applicable(group: _Group, layouts: Layouts) -> Sourced[str] | None:
    """不适用 in an answer cell; the statement is the reason given beside it (empty: none given)."""
    words = layouts.values["words"]["not_applicable"]
    for row in group.rows:
        if fold(row.cell("answer").shown) in words:
            return group.first.text("reason") or Sourced(text="", source=row.source("answer"))
    return None


def read_facts(section: Section, block: Block, layouts: Layouts, findings: list[Finding]) -> tuple[FactItem, ...]:
    """The rows of 一、基本财务数据 in their printed unit; rows that ask for a reason hold a text."""
    facts = []
    for number in block.rows:
        row = Row(section.grid, block.header, number)
        name = row.cell("name").shown
        if not name:
            continue
        cell, unit = row.cell("answer"), row.cell("unit").shown
        if label_key(name) in layouts.words["text_facts"]:
            facts.append(FactItem(name=name, value=None, text=cell.shown, source=row.source("answer")))
            continue
        value, complaint = (None, "") if cell.error or cell.pending else read_answer(cell, "", layouts)
        if isinstance(value, (str, bool)):
            value, complaint = None, "number"
        if complaint:
            findings.append(error("JX303", row.source("answer"), column=name, text=cell.shown[:40]))
        facts.append(FactItem(name=name, value=value, text=cell.shown, unit=unit, source=row.source("answer")))
    return tuple(facts)
