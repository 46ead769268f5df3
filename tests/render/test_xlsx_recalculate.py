"""LibreOffice opens the workbooks, recalculates, and every cell shows what the engine and the PDF say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jxreport.model.document import Document
from jxreport.model.result import UnitResult
from jxreport.model.submission import Form, Submission
from jxreport.model.values import Sourced
from jxreport.read import read_path
from jxreport.render.xlsx import render_xlsx
from jxreport.render.xlsx.names import SheetNames
from jxreport.render.xlsx.plan import plan_sheets
from jxreport.report import build_document
from jxreport.score import score_submission
from tests.libreoffice import needs_libreoffice, recalculate
from tests.render.submissions import Maker
from tests.report import factory

pytestmark = needs_libreoffice

PROFILES = ("hebei-2020", "mof-2020-10", "mof-2021-101")
SAMPLE = Path(__file__).resolve().parents[2] / "sample_workbooks"
D = Decimal


def sample(as_of: str | None = None) -> UnitResult:
    found = read_path(SAMPLE)
    return score_submission(found.submissions[0], factory.profile("hebei-2020"), as_of=as_of)


def results() -> dict[str, UnitResult]:
    made = {
        f"random-{name}": score_submission(Maker(seed).submission(factory.profile(name), 4, 8), factory.profile(name))
        for seed, name in enumerate(PROFILES, 11)
    }
    for name in PROFILES:
        whole = Maker(31).submission(factory.profile(name), 1, 6)
        made[f"left-out-{name}"] = score_submission(_left_out(whole), factory.profile(name))
    made["sample"] = sample()
    made["june"] = sample("6月底")
    made["waiting"] = factory.result(factory.department(waiting=True), factory.mof_project())
    made["monitoring"] = factory.monitoring()
    return made


def _left_out(submission: Submission) -> Submission:
    """The satisfaction row is not applicable, by the unit's statement."""
    form = submission.forms[0]
    statement: Sourced[str] = Sourced(value="本年未开展", text="本年未开展")
    rows = tuple(replace(ind, not_applicable=statement) if ind.level1 == "满意度指标" else ind for ind in form.indicators)
    return replace(submission, forms=(replace(form, indicators=rows),))


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {name: build_document(result) for name, result in results().items()}


@pytest.fixture(scope="module")
def books(documents: dict[str, Document]) -> dict[str, bytes]:
    return {name: render_xlsx(document)[0] for name, document in documents.items()}


@pytest.fixture(scope="module")
def recalculated(books: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workbook]:
    return recalculate(tmp_path_factory.mktemp("recalculated"), books)


def formulas(data: bytes) -> Iterator[tuple[str, str, str, object]]:
    """Sheet, cell, formula and cached value of every formula."""
    cached = openpyxl.load_workbook(BytesIO(data), data_only=True)
    for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets:
        assert isinstance(sheet, Worksheet)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    value = cached[sheet.title][cell.coordinate].value
                    yield sheet.title, cell.coordinate, str(cell.value), value


def same(one: object, other: object) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) < 1e-9
    return one == other


def test_every_formula_recalculates_to_its_cached_value(
    books: dict[str, bytes], recalculated: dict[str, Workbook]
) -> None:
    count, wrong = 0, []
    for name, data in books.items():
        for sheet, cell, formula, cached in formulas(data):
            count += 1
            value = recalculated[name][sheet][cell].value
            if not same(cached, value):
                wrong.append(f"{name} {sheet}!{cell}: {cached!r} → {value!r} {formula}")
    assert wrong == []
    assert count > 1500


def test_a_total_with_rows_left_out_is_a_formula_too(documents: dict[str, Document], books: dict[str, bytes]) -> None:
    for name in PROFILES:
        evaluation = documents[f"left-out-{name}"].result.evaluations[0]
        assert evaluation.rescaling
        totals = [D(repr(v)) for _, _, f, v in formulas(books[f"left-out-{name}"]) if f.startswith("=IF(COUNT(")]
        assert totals == [evaluation.total]


def test_the_sample_has_a_formula_for_every_score(documents: dict[str, Document], books: dict[str, bytes]) -> None:
    held = {(sheet, cell) for sheet, cell, _, _ in formulas(books["sample"])}
    wanted = {"score", "total", "grade", "rate", "exec_score", "deviation", "pace", "pace_actual", "single"}
    plain = [
        f"{plan.sheet}!{openpyxl.utils.get_column_letter(box.column + 1)}{box.row + 1}"
        for plan in plan_sheets(documents["sample"], SheetNames())
        for box in plan.boxes
        if box.cell.key[:1] and box.cell.key[0] in wanted and box.cell.value is not None
        if (plan.sheet, f"{openpyxl.utils.get_column_letter(box.column + 1)}{box.row + 1}") not in held
    ]
    assert plain == []


def test_changing_an_input_changes_the_scores_as_the_engine_would(tmp_path: Path) -> None:
    """Every actual and payment is changed on sheet 数据; the old workbook then shows the new scores."""
    profile = factory.profile("mof-2020-10")
    before = Maker(21).submission(profile, 4, 8)
    after = replace(before, forms=tuple(_changed(form) for form in before.forms))
    old, new = (render_xlsx(build_document(score_submission(s, profile)))[0] for s in (before, after))
    book = openpyxl.load_workbook(BytesIO(old))
    places = _values(after)
    changed = 0
    for row in book["数据"].iter_rows(min_row=4):
        if row[8].value in places:
            row[4].value = float(places[row[8].value])
            changed += 1
    assert changed >= 20
    stream = BytesIO()
    book.save(stream)
    shown = recalculate(tmp_path, {"changed": stream.getvalue()})["changed"]
    wanted = {(sheet, cell): value for sheet, cell, _, value in formulas(new)}
    common = [(sheet, cell) for sheet, cell, _, _ in formulas(old) if sheet.startswith("项目") and (sheet, cell) in wanted]
    wrong = [(s, c, wanted[s, c], shown[s][c].value) for s, c in common if not same(wanted[s, c], shown[s][c].value)]
    assert wrong == []
    assert len(common) > 100


def _changed(form: Form) -> Form:
    """Every other actual a fifth lower, less money spent."""
    indicators = tuple(
        replace(ind, actual=replace(ind.actual, value=(low := ind.actual.value * D("0.8")), text=f"{low:f}"))
        if ind.actual is not None and ind.actual.value is not None and ind.ordinal % 2
        else ind
        for ind in form.indicators
    )
    assert form.budget is not None
    row = form.budget.rows[0]
    assert row.executed is not None
    assert row.executed.value is not None
    less = replace(row, executed=replace(row.executed, value=row.executed.value / 2))
    return replace(form, indicators=indicators, budget=replace(form.budget, rows=(less,)))


def _values(submission: Submission) -> dict[str, Decimal]:
    """Changed values by source cell."""
    found: dict[str, Decimal] = {}
    for form in submission.forms:
        for ind in form.indicators:
            if ind.actual is not None and ind.actual.value is not None:
                found[ind.actual.source.cell] = ind.actual.value
        assert form.budget is not None
        for row in form.budget.rows:
            if row.executed is not None and row.executed.value is not None:
                found[row.executed.source.cell] = row.executed.value
    return found
