"""The overview's workbook as a whole. Same overview, same bytes."""

from __future__ import annotations

from io import BytesIO

from xlsxwriter.workbook import Workbook

from jxreport.finding import Finding
from jxreport.model.overview import Overview
from jxreport.render.overview_xlsx.evaluations import write_rankings
from jxreport.render.overview_xlsx.front import NAME as FRONT_NAME
from jxreport.render.overview_xlsx.front import Front
from jxreport.render.overview_xlsx.listing import Sheets
from jxreport.render.overview_xlsx.pace import write_pace
from jxreport.render.overview_xlsx.problems import write_problems
from jxreport.render.xlsx.options import created_on, options
from jxreport.render.xlsx.texts import clean_text


def render_overview_xlsx(overview: Overview) -> tuple[bytes, tuple[Finding, ...]]:
    """The workbook's bytes, and findings about what had to be cut.

    总览 comes first and is written last, because its formulas refer to the lists.
    """
    buffer = BytesIO()
    workbook = Workbook(buffer, options())
    workbook.set_properties(
        {
            "title": clean_text(overview.title),
            "subject": clean_text(overview.profile)[:255],
            "created": created_on(overview.date),
        }
    )
    sheets = Sheets(workbook, overview.title)
    front = sheets.add(FRONT_NAME, landscape=False)
    write_rankings(sheets, overview)
    write_pace(sheets, overview)
    write_problems(sheets, overview)
    Front(sheets, front, overview).write()
    workbook.close()
    return buffer.getvalue(), tuple(sheets.texts.findings)
