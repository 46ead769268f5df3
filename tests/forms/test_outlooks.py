"""The sheets 运行监控 of the fill-in workbook: made, filled, read again."""

from __future__ import annotations

from decimal import Decimal

from jxreport.forms.entries import Entries
from jxreport.forms.fill import fill_in
from jxreport.model.submission import Outlook
from jxreport.read import read_workbook
from jxreport.read.watching import add_outlooks
from tests.forms.factory import needs_of, opened, profile, submission, validations
from tests.read.books import book

CODE = "101-0109-YBN-GNWK"


def filled(**cells: object) -> bytes:
    entries = Entries({("outlooks", "3月底", CODE, "2", key): value for key, value in cells.items()})  # type: ignore[misc]
    return fill_in(submission(), profile(), entries=entries, needs_of=needs_of)


def test_one_sheet_a_checkpoint_before_year_end_with_a_row_an_indicator() -> None:
    sheet = opened(filled())["运行监控（3月底）"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [row[:6] for row in rows] == [
        [CODE, "接待经费", str(number), name, target, "3月底"]
        for number, name, target in (
            (1, "制度健全性", "健全20分"),
            (2, "执行率", "≥90%"),
            (3, "满意情况", "按制度办理"),
            (4, "接待规范", "手续规范，满分15分，不规范一次扣1分"),
        )
    ]
    assert all(value is None for row in rows for value in row[6:])


def test_likelihood_and_cause_are_chosen_from_the_profile_s_words() -> None:
    rules = validations(opened(filled())["运行监控（3月底）"])
    assert rules["I4"] == ("list", '"确定能,有可能,完全不可能"')
    assert rules["J4"] == ("list", '"经费保障,其他"')


def test_what_is_filled_in_is_read_again() -> None:
    data = filled(
        actual=Decimal("45.5"),
        expected="88%左右",
        likelihood="有可能",
        cause="其他",
        explanation="审批晚",
        measure="加快",
    )
    content = read_workbook("甲.xlsx", data)
    assert not [finding for finding in content.findings if finding.is_error]
    (form,) = (form for form in submission().forms if form.form == "T2")
    (joined,) = add_outlooks([form], content.outlooks, [])
    march: Outlook = joined.indicators[1].outlooks[0]
    assert (march.label, march.month) == ("3月底", 3)
    assert march.actual is not None
    assert march.actual.value == Decimal("45.5")
    said = (march.expected, march.likelihood, march.cause, march.explanation, march.measure)
    assert [text.text for text in said if text is not None] == ["88%左右", "有可能", "其他", "审批晚", "加快"]
    assert march.likelihood is not None
    assert str(march.likelihood.source) == "甲.xlsx：运行监控（3月底）!I5"
    blank = joined.indicators[0].outlooks[0]
    assert blank.likelihood is not None
    assert blank.likelihood.is_blank
    assert blank.likelihood.source.cell == "I4", "a finding can point at the cell to fill"


HEAD = ("项目编码", "项目名称", "序号", "三级指标", "年度指标值", "时点", "执行情况", "全年预计完成情况", "完成目标可能性")  # fmt: skip


def test_a_row_that_fits_no_indicator_or_checkpoint_is_told() -> None:
    rows = (
        ("项目支出绩效运行监控填报表",),
        HEAD,
        (CODE, "接待经费", 1, "别的指标", "≥1", "3月底", "1", "2", "确定能"),
        (CODE, "接待经费", 2, "执行率", "≥1", "春天", "1", "2", "确定能"),
    )
    content = read_workbook("甲.xlsx", book({"运行监控": rows}))
    findings = [*content.findings]
    (form,) = (form for form in submission().forms if form.form == "T2")
    add_outlooks([form], content.outlooks, findings)
    assert [(f.code, f.source.cell) for f in findings if f.code.startswith("JX6")] == [
        ("JX639", "F4"),
        ("JX638", "D3"),
    ]
