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
from jxreport.model.result import Status, UnitResult
from jxreport.model.submission import Form, Kind, Submission
from jxreport.model.values import Sourced
from jxreport.read import read_path
from jxreport.render.xlsx import render_xlsx
from jxreport.render.xlsx.names import SheetNames
from jxreport.render.xlsx.plan import plan_sheets
from jxreport.report import build_document
from jxreport.rules import needs, parse
from jxreport.rules.api import NeedKind
from jxreport.score import score_submission
from tests import builders
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
        totals = [D(repr(v)) for _, _, f, v in formulas(books[f"left-out-{name}"]) if "ROUND(SUM(" in f]
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


def test_emptying_an_input_shows_what_the_engine_asks_for(tmp_path: Path) -> None:
    """Actuals, manual scores and money are emptied on sheet 数据: the workbook waits where the engine does."""
    profile = factory.profile("mof-2020-10")
    before = Maker(23).submission(profile, 4, 8)
    after = replace(before, forms=tuple(_emptied(form) for form in before.forms))
    old = render_xlsx(build_document(score_submission(before, profile)))[0]
    document = build_document(score_submission(after, profile))
    kept = _filled(after)
    book = openpyxl.load_workbook(BytesIO(old))
    gone = [row[4] for row in book["数据"].iter_rows(min_row=4) if row[8].value in _filled(before) - kept]
    assert len(gone) >= 15
    for cell in gone:
        cell.value = None
    stream = BytesIO()
    book.save(stream)
    shown = recalculate(tmp_path, {"emptied": stream.getvalue()})["emptied"]
    wrong, count = [], 0
    for plan in plan_sheets(document, SheetNames()):
        for box in plan.boxes:
            if not plan.sheet.startswith("项目") or box.cell.key[:1] not in {("score",), ("total",), ("exec_score",), ("actual",)}:
                continue
            count += 1
            value = shown[plan.sheet].cell(box.row + 1, box.column + 1).value
            factor = 100 if box.cell.text.endswith("%") else 1
            number = float(box.cell.value) / factor if box.cell.value is not None else None
            if value != box.cell.text and not same(value, number):
                wrong.append((plan.sheet, box.row, box.column, box.cell.key, box.cell.text, value))
    assert wrong == []
    assert count > 40


def _emptied(form: Form) -> Form:
    """Every other actual and its manual score, and the money spent, left blank."""
    indicators = tuple(
        replace(ind, actual=None, manual_score=None) if ind.ordinal % 2 else ind for ind in form.indicators
    )
    assert form.budget is not None
    less = replace(form.budget.rows[0], executed=None)
    return replace(form, indicators=indicators, budget=replace(form.budget, rows=(less,)))


def _filled(submission: Submission) -> set[str]:
    """Source cells of actuals, manual scores and money spent."""
    found: set[str] = set()
    for form in submission.forms:
        for ind in form.indicators:
            found |= {ind.actual.source.cell} if ind.actual is not None else set()
            found |= {ind.manual_score.source.cell} if ind.manual_score is not None else set()
        assert form.budget is not None
        found |= {row.executed.source.cell for row in form.budget.rows if row.executed is not None}
    return found


# sentence → answers before and after, by question
RULES: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "完成率95%（含）以上得10分；85%（含）-95%得6分；低于85%不得分。": ({"完成率": "96"}, {"完成率": "90"}),
    "100%以下计满分，每超出1%扣1分，扣完为止": ({"": "99"}, {"": "103"}),
    "制度健全得10分；基本健全得6分；不健全不得分。": ({"": "制度健全"}, {"": "基本健全"}),
    "每发现1处违规问题扣2分，扣完为止。": ({"": 0}, {"": 3}),
    "制定实施方案得5分，成立领导小组得5分。": ({"制定实施方案": True, "成立领导小组": True}, {"制定实施方案": True, "成立领导小组": False}),
    "得分=完成率×10分。": ({"": "100"}, {"": "87.5"}),
}


def _ruled(which: int) -> Submission:
    """A department of one indicator a rule, answered in its own words; a single number stands as the actual."""
    rows = []
    # ten rows of ten points
    for place, (sentence, answers) in enumerate([*RULES.items(), *list(RULES.items())[:4]], 1):
        asked = needs(parse(sentence, D(10)))
        given = list(answers[which].values())
        if asked[0].kind is NeedKind.VALUE:
            done = builders.actual(given[0], "%", cell=f"I{place * 10}")
            row = builders.ruled(sentence, 10, {}, name=f"指标{place}", actual=done)
        else:
            named = dict(zip([need.label for need in asked], given, strict=True))
            row = builders.ruled(sentence, 10, named, name=f"指标{place}")
        cells = tuple(
            replace(answer, source=builders.at(f"I{place * 10 + number}")) for number, answer in enumerate(row.answers)
        )
        rows.append(replace(row, answers=cells, weight=builders.num(10, f"E{place * 10}")))
    return builders.submission(builders.form(*rows, kind=Kind.DEPARTMENT, form="T1+A1", name="某单位", sheet="表"))


def _given(result: UnitResult) -> dict[str, float | str]:
    """What was answered, by source cell."""
    found: dict[str, float | str] = {}
    for item in result.evaluations[0].indicators:
        for answer in item.indicator.answers:
            found[answer.source.cell] = float(answer.value) if isinstance(answer.value, D) else answer.text
        if item.indicator.actual is not None and item.indicator.actual.value is not None:
            found[item.indicator.actual.source.cell] = float(item.indicator.actual.value)
    return found


def test_changing_the_answers_of_rules_changes_the_scores_as_the_engine_would(tmp_path: Path) -> None:
    profile = factory.profile("hebei-2020")
    before, after = (score_submission(_ruled(which), profile) for which in (0, 1))
    assert [item.status for result in (before, after) for item in result.evaluations[0].indicators] == [Status.SCORED] * 20
    book = openpyxl.load_workbook(BytesIO(render_xlsx(build_document(before))[0]))
    wanted = _given(after)
    for row in book["数据"].iter_rows(min_row=4):
        if row[8].value in wanted:
            row[4].value = wanted[str(row[8].value)]
    stream = BytesIO()
    book.save(stream)
    shown = recalculate(tmp_path, {"rules": stream.getvalue()})["rules"]
    places = {box.cell.key: (plan.sheet, box) for plan in plan_sheets(build_document(before), SheetNames()) for box in plan.boxes}

    def value(*key: str) -> object:
        sheet, box = places[key]
        return shown[sheet].cell(box.row + 1, box.column + 1).value

    items = after.evaluations[0].indicators
    assert [value("score", "0", str(item.indicator.ordinal)) for item in items] == [item.score for item in items]
    assert value("total", "0") == after.evaluations[0].total
    assert after.evaluations[0].total != before.evaluations[0].total
