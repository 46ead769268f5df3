"""What is wrong and what changed: returned files, kinds of findings, all findings, scores against the last run."""

from __future__ import annotations

from decimal import Decimal

from jxreport.model.overview import ChangeRow, Overview
from jxreport.number import parse_number
from jxreport.render.overview_xlsx.listing import COUNT, FIRST_ROW, POINTS, SCORE, Column, Live, Sheets, Value
from jxreport.render.xlsx.names import quoted
from jxreport.report.overview.words import FAILED, RETURNED, SEVERITY_WORDS

RETURNED_NAME, CODES_NAME, FINDINGS_NAME, CHANGES_NAME = "退回和未处理", "问题分类", "问题明细", "得分变化"
MOST_FINDINGS = 200_000  # rows; a sheet holds five times as many, no person reads them
TREATMENT = "处理"

_RETURNED = (
    Column(title="工作簿", width=230),
    Column(title="单位", width=180),
    Column(title="年度", width=48, align="center"),
    Column(title=TREATMENT, width=76, align="center"),
    Column(title="报告", width=64, align="center"),
    Column(title="错误数", width=56, number=COUNT, total="sum"),
    Column(title="原因", width=420),
    Column(title="怎样修改", width=320),
)
_CODES = (
    Column(title="代码", width=64, align="center"),
    Column(title="问题", width=260),
    Column(title="程度", width=56, align="center"),
    Column(title="条数", width=64, number=COUNT, total="sum"),
    Column(title="涉及单位数", width=84, number=COUNT),
)
_FINDINGS = (
    Column(title="单位", width=170),
    Column(title="年度", width=48, align="center"),
    Column(title="工作簿", width=200),
    Column(title="工作表", width=130),
    Column(title="单元格", width=60, align="center"),
    Column(title="程度", width=48, align="center"),
    Column(title="代码", width=60, align="center"),
    Column(title="问题", width=420),
    Column(title="怎样修改", width=320),
)
_CHANGES = (
    Column(title="单位", width=180),
    Column(title="年度", width=48, align="center"),
    Column(title="评价", width=190),
    Column(title="项目", width=230),
    Column(title="上次", width=70, number=SCORE),
    Column(title="本次", width=70, number=SCORE),
    Column(title="变化", width=70, number=POINTS),
    Column(title="说明", width=110, align="center"),
)


def write_problems(sheets: Sheets, overview: Overview) -> None:
    """The four lists, each where it has rows."""
    _write_returned(sheets, overview)
    _write_codes(sheets, overview)
    _write_findings(sheets, overview)
    _write_changes(sheets, overview)


def _write_returned(sheets: Sheets, overview: Overview) -> None:
    rows: list[list[Value]] = [
        [
            row.file,
            row.unit,
            row.year,
            FAILED if row.failed else RETURNED,
            "已生成" if row.reported else "未生成",
            row.errors,
            row.why,
            row.fix,
        ]
        for row in overview.returned
    ]
    if rows:
        remark = (
            "有错误的工作簿已标出要改的单元格，另存为“退回修改_原名.xlsx”；已生成的报告在改正前不作为定稿。"
        )
        sheets.add_list(
            RETURNED_NAME, f"{overview.title}：{RETURNED_NAME}的工作簿", remark, _RETURNED, rows, frozen=1
        )


def _write_codes(sheets: Sheets, overview: Overview) -> None:
    codes, severities = _area("代码", overview), _area("程度", overview)
    whole = len(overview.findings) <= MOST_FINDINGS
    rows: list[list[Value]] = []
    for number, row in enumerate(overview.codes):
        line = FIRST_ROW + 1 + number
        formula = f"COUNTIFS({codes},A{line},{severities},C{line})"
        count = Live(formula, row.count) if whole else row.count
        rows.append([row.code, row.title, SEVERITY_WORDS[row.severity], count, row.units])
    if rows:
        remark = f"条数由“{FINDINGS_NAME}”统计得出。错误须改正后重新报送，警告请核对，提示供参考。"
        sheets.add_list(CODES_NAME, f"{overview.title}：{CODES_NAME}", remark, _CODES, rows)


def _area(title: str, overview: Overview) -> str:
    """A column of the findings, which come on a later sheet."""
    letter = chr(ord("A") + [column.title for column in _FINDINGS].index(title))
    last = FIRST_ROW + min(len(overview.findings), MOST_FINDINGS)
    return f"{quoted(FINDINGS_NAME)}!${letter}${FIRST_ROW + 1}:${letter}${last}"


def _write_findings(sheets: Sheets, overview: Overview) -> None:
    shown = overview.findings[:MOST_FINDINGS]
    rows: list[list[Value]] = [
        [
            row.unit,
            row.year,
            row.file,
            row.sheet,
            row.cell,
            SEVERITY_WORDS[row.severity],
            row.code,
            row.text,
            row.fix,
        ]
        for row in shown
    ]
    if rows:
        cut = len(overview.findings) - len(shown)
        remark = f"另有{cut}条没有列出，见各单位的结果。" if cut else "可按单位、程度、代码筛选。"
        sheets.add_list(
            FINDINGS_NAME, f"{overview.title}：{FINDINGS_NAME}", remark, _FINDINGS, rows, frozen=1
        )


def _write_changes(sheets: Sheets, overview: Overview) -> None:
    if not overview.changes:
        return
    rows = [_change(row, FIRST_ROW + 1 + number) for number, row in enumerate(overview.changes)]
    remark = "与上一次完成的运行逐项比较；只列上次已有的单位中有变化的项目。"
    sheets.add_list(CHANGES_NAME, f"{overview.title}：{CHANGES_NAME}", remark, _CHANGES, rows, frozen=1)


def _change(row: ChangeRow, line: int) -> list[Value]:
    before, after = _points(row.before), _points(row.after)
    change: Value = None
    if isinstance(before, Decimal) and isinstance(after, Decimal):
        change = Live(f"F{line}-E{line}", after - before)
    return [row.unit, row.year, row.evaluation, row.item, before, after, change, _said(row)]


def _points(scored: str | None) -> Decimal | str | None:
    """A score as a number, a grade as the text it is."""
    if not scored:
        return None
    number = parse_number(scored)
    return scored if number is None else number


def _said(row: ChangeRow) -> str:
    """What happened where the two values do not say it."""
    if row.before is None:
        return "新增"
    if row.after is None:
        return "不再出现"
    if not row.before:
        return "已得出"
    return "待定" if not row.after else ""
