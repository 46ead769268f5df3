"""运行监控, one sheet a checkpoint before year end: how far each indicator has come and what is expected (136号)."""

from __future__ import annotations

from collections.abc import Sequence

from jxreport.checks.sentences import sentence_of
from jxreport.forms.book import Book
from jxreport.forms.entries import Entries
from jxreport.forms.filler import Filler
from jxreport.forms.style import HEAD, INPUT, INPUT_TEXT, LABEL, OPTIONAL, OPTIONAL_TEXT, PLAIN, TEXT
from jxreport.forms.validation import words
from jxreport.model.profile import Profile
from jxreport.model.submission import Form, Indicator
from jxreport.number import plain

OUTLOOK_TITLE = "项目支出绩效运行监控填报表"

_HEAD = (
    "项目编码",
    "项目名称",
    "序号",
    "三级指标",
    "年度指标值",
    "时点",
    "执行情况",
    "全年预计完成情况",
    "完成目标可能性",
    "偏差原因类别",
    "原因说明",
    "改进措施",
)
_WIDTHS = (18, 22, 5, 22, 18, 8, 18, 18, 12, 14, 30, 30)


def outlook_name(checkpoint: str) -> str:
    """The sheet's name, as findings and notes call it."""
    return f"运行监控（{checkpoint}）"


def write_outlooks(
    book: Book,
    projects: Sequence[Form],
    checkpoint: str,
    profile: Profile,
    *,
    unit: str = "",
    year: int | None = None,
    entries: Entries,
) -> None:
    """Write the sheet of one checkpoint: a row for every indicator of every project."""
    page = book.page(outlook_name(checkpoint), _WIDTHS, protected=True)
    page.heading(OUTLOOK_TITLE)
    page.line([(0, 3, f"单位：{unit}", PLAIN), (3, 3, f"{year}年度" if year else "      年度", PLAIN)])
    first = page.line([(column, 1, title, HEAD) for column, title in enumerate(_HEAD)])
    page.repeat(first, first)
    page.freeze(page.row, 4)
    filler = Filler(page, entries, ("outlooks", checkpoint))
    for form in projects:
        top = page.row
        for indicator in form.indicators:
            here = filler.at(form.code or form.name, str(indicator.ordinal))
            _row(here, form, indicator, checkpoint, profile)
        page.keep(top, page.row - 1)


def _row(filler: Filler, form: Form, indicator: Indicator, checkpoint: str, profile: Profile) -> None:
    row = filler.page.line(
        [
            (0, 1, form.code, LABEL),
            (1, 1, form.name, TEXT),
            (2, 1, str(indicator.ordinal), LABEL),
            (3, 1, indicator.name, TEXT),
            (4, 1, _target_text(indicator), TEXT),
            (5, 1, checkpoint, LABEL),
        ]
    )
    chances = profile.likelihoods
    needed = f"为{'、'.join(chances.cause_required)}的，还要填原因类别、原因说明和改进措施"
    filler.input(row, 6, "actual", INPUT)
    filler.input(row, 7, "expected", INPUT_TEXT)
    filler.input(row, 8, "likelihood", INPUT, validation=words(chances.words, needed))
    causes = words(profile.lights.causes, "有两类以上的，用顿号隔开")
    filler.input(row, 9, "cause", OPTIONAL, validation=causes)
    filler.input(row, 10, "explanation", OPTIONAL_TEXT)
    filler.input(row, 11, "measure", OPTIONAL_TEXT)


def _target_text(indicator: Indicator) -> str:
    """The target as a reader sees it: sign, number and unit, else the words."""
    target = indicator.target
    if target.value is None:
        return target.text or sentence_of(indicator)
    sign = target.op.value if target.op is not None and not target.op_inferred else ""
    return f"{sign}{plain(target.value)}{target.unit}"
