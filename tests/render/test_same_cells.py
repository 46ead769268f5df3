"""The official forms on paper and in the workbook are the same, cell for cell."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace

import pdfplumber
import pytest

from jxreport.model.document import Document
from jxreport.render.pdf import render_pdf
from jxreport.render.splitting import CONTINUED, CONTINUED_DOWN
from jxreport.render.xlsx.names import SheetNames
from jxreport.render.xlsx.plan import plan_sheets
from jxreport.report import build_document
from tests.report import factory


def squeezed(text: str) -> str:
    """Without line breaks, marks of continuation and the spaces that only the sheet has."""
    plain = "".join(text.replace("\u200b", "").split())
    return plain.replace(CONTINUED, "").replace(CONTINUED_DOWN, "")


def on_paper(document: Document) -> Counter[str]:
    """Texts of all cells of the annexes' tables, a cell that a page break repeats once more each time."""
    found: Counter[str] = Counter()
    data, _ = render_pdf(document)
    with pdfplumber.open(io.BytesIO(data)) as opened:
        texts = ["".join((page.extract_text() or "").split()) for page in opened.pages]
        start = next(n for n, text in enumerate(texts) if "附件1" in text and "绩效自评表" in text and "附件：" not in text)
        for page in opened.pages[start:]:
            if "附件2" in (page.extract_text() or ""):
                break
            for table in page.extract_tables():
                found.update(squeezed(cell) for row in table for cell in row if cell and cell.strip())
    return found


def in_the_workbook(document: Document, sheet: str) -> Counter[str]:
    plan = next(one for one in plan_sheets(document, SheetNames()) if one.sheet == sheet)
    return Counter(squeezed(box.cell.text) for box in plan.boxes if box.cell.text.strip())


@pytest.mark.parametrize(
    ("evaluation", "sheet"),
    [(factory.mof_project(), "法制专项经费"), (factory.project(), "法制专项经费"), (factory.department(), "部门整体支出绩效自评表")],
    ids=["ministry", "hebei", "department"],
)
def test_every_cell_of_the_form_is_in_both(evaluation: object, sheet: str) -> None:
    document = build_document(replace(factory.result(evaluation), findings=()))  # type: ignore[arg-type]
    paper, book = on_paper(document), in_the_workbook(document, sheet)
    title = {squeezed(document.annexes[0].title), "（2020年度）", "金额单位：万元", squeezed(document.sample_notice)}
    assert set(book) - title - set(paper) == set()
    assert set(paper) - set(book) == set()
    # a head or label is on paper again where a page goes on; numbers and texts are not
    repeated = {text for text, count in paper.items() if count > book[text]}
    assert not any(text.replace(".", "").isdigit() for text in repeated)
    assert {text for text in set(book) - title if paper[text] < book[text]} == set()
