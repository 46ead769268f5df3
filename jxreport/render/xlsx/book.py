"""The workbook as a whole: its sheets in order, its properties, its reproducible bytes."""

from __future__ import annotations

from io import BytesIO

from xlsxwriter.workbook import Workbook

from jxreport.finding import Finding
from jxreport.model.document import Document
from jxreport.render.xlsx.charts import NAME as CHARTS_NAME
from jxreport.render.xlsx.charts import write_charts
from jxreport.render.xlsx.data import NAME as DATA_NAME
from jxreport.render.xlsx.data import DataBook
from jxreport.render.xlsx.data_sheet import write_data_sheet
from jxreport.render.xlsx.form import FormWriter
from jxreport.render.xlsx.formulas import Formulas
from jxreport.render.xlsx.names import SheetNames
from jxreport.render.xlsx.options import created_on, options
from jxreport.render.xlsx.plan import Homes, home_reference, homes, plan_sheets
from jxreport.render.xlsx.styles import Styles
from jxreport.render.xlsx.texts import TextWriter, clean_text


def render_xlsx(document: Document) -> tuple[bytes, tuple[Finding, ...]]:
    """The report as a workbook: its bytes, and findings about what had to be cut.

    The same document gives the same bytes. Official forms come first, then the other tables of the
    report (支出进度 with its charts, 评分依据, 问题清单 …), and 数据, which every formula refers to.
    """
    buffer = BytesIO()
    workbook = Workbook(buffer, options())
    _set_properties(workbook, document)
    styles = Styles(workbook)
    texts = TextWriter(styles)
    names = SheetNames()
    data = DataBook(document.result, names.unique(DATA_NAME))
    sheets = plan_sheets(document, names)
    places = homes(sheets)
    formulas = Formulas(document.result, data, places)
    forms = FormWriter(workbook, document, styles, texts, formulas, data)
    for plan in sheets:
        forms.write(plan)
    write_charts(workbook, names.unique(CHARTS_NAME), sheets, document)
    _define_names(workbook, places)
    write_data_sheet(workbook, data, document, styles, texts)
    workbook.close()
    return buffer.getvalue(), (*texts.findings, *forms.findings)


def _set_properties(workbook: Workbook, document: Document) -> None:
    workbook.set_properties(
        {
            "title": clean_text(document.title),
            "subject": clean_text(document.profile_note)[:255],
            "author": clean_text(document.unit),
            "company": clean_text(document.unit),
            "created": created_on(document.date),
        }
    )


def _define_names(workbook: Workbook, places: Homes) -> None:
    """自评总分_1, 满分_1 … for each evaluation: names that other workbooks and macros can rely on."""
    for what, word in (("total", "自评总分"), ("full", "满分")):
        for key, home in places.items():
            if key[0] == what:
                workbook.define_name(f"{word}_{int(key[1]) + 1}", f"={home_reference(home)}")
