"""Writes one planned table on its sheet: official look, borders in every merged cell, A4 print set-up."""

from __future__ import annotations

from dataclasses import replace

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jxreport.finding import Finding, Source, note
from jxreport.model.document import Document
from jxreport.render.xlsx.charts import colour_lights
from jxreport.render.xlsx.data import DataBook
from jxreport.render.xlsx.formulas import Formulas
from jxreport.render.xlsx.layout import MAX_ROW_POINTS, text_height
from jxreport.render.xlsx.plan import Box, FormPlan, title_heights, title_lines
from jxreport.render.xlsx.setup import set_up_page
from jxreport.render.xlsx.styles import (
    LINK_BLUE,
    NOTE,
    WARNING_RED,
    Look,
    Styles,
    look_of,
    shown,
    stored,
)
from jxreport.render.xlsx.texts import TextWriter, clean_text

FIXED_SCORE = "本单元格为数值：该项计分办法不能写成公式，改动数据后不会自动重算。"


class FormWriter:
    """Writes planned tables, each on its own sheet, keyed cells as formulas, sources as links to 数据."""

    def __init__(
        self,
        workbook: Workbook,
        document: Document,
        styles: Styles,
        texts: TextWriter,
        formulas: Formulas,
        data: DataBook,
    ) -> None:
        self._workbook = workbook
        self._document = document
        self._styles = styles
        self._texts = texts
        self._formulas = formulas
        self._data = data
        self.findings: list[Finding] = []

    def write(self, plan: FormPlan) -> None:
        """Write the sheet of `plan`."""
        sheet = self._workbook.add_worksheet(plan.sheet)
        for column, pixels in enumerate(plan.pixels):
            sheet.set_column_pixels(column, column, pixels)
        self._headings(sheet, plan)
        for offset, height in enumerate(plan.heights):
            sheet.set_row(plan.first + offset, height)
        links = {} if plan.table.form else self._links(plan)
        for box in plan.boxes:
            self._box(sheet, box, plan, links.get(box))
        colour_lights(self._workbook, sheet, plan)
        end = self._notes(sheet, plan)
        sheet.print_area(0, 0, max(end - 1, 0), len(plan.pixels) - 1)
        # ordinals and percentages in running words are texts, and no mistakes to be marked
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(max(end, 1), len(plan.pixels))}"})
        if plan.breaks:
            sheet.set_h_pagebreaks(list(plan.breaks))
        if plan.head:
            sheet.repeat_rows(*plan.head)
            if not plan.table.form:
                sheet.freeze_panes(plan.head[1] + 1, 0)
        set_up_page(sheet, self._document, landscape=plan.table.landscape)

    def _headings(self, sheet: Worksheet, plan: FormPlan) -> None:
        heights = title_heights(plan.table, plan.pixels)
        lines = zip(title_lines(plan.table), heights, strict=True)
        for row, ((text, look), height) in enumerate(lines):
            self._line(sheet, row, text, look, plan, height)

    def _notes(self, sheet: Worksheet, plan: FormPlan) -> int:
        """Notes below the grid, the sample mark last; returns the first free row."""
        notes = [(text, NOTE) for text in plan.table.notes]
        if self._document.sample_notice:
            notes.append((self._document.sample_notice, replace(NOTE, colour=WARNING_RED)))
        for row, (text, look) in enumerate(notes, start=plan.end):
            self._line(sheet, row, text, look, plan, look.size * 1.5)
        return plan.end + len(notes)

    def _line(
        self, sheet: Worksheet, row: int, text: str, look: Look, plan: FormPlan, minimum: float
    ) -> None:
        """One line across the whole width of the form."""
        sheet.set_row(row, min(max(text_height(text, sum(plan.pixels), look.size), minimum), MAX_ROW_POINTS))
        self._merge(sheet, (row, 0, row, len(plan.pixels) - 1), look)
        self._texts.write(sheet, row, 0, text, look)

    def _merge(self, sheet: Worksheet, area: tuple[int, int, int, int], look: Look) -> None:
        if area[:2] != area[2:]:
            sheet.merge_range(*area, "", self._styles.get(look))

    def _links(self, plan: FormPlan) -> dict[Box, str]:
        """The first cell of a row about an indicator, or about a place, leads to the row of 数据.

        The short 序号 carries the link: LibreOffice does not wrap the text of a linked cell.
        """
        found: dict[int, str] = {}
        for box in plan.boxes:
            if box.cell.key[:1] == ("score",):
                link = self._data.link_to(("weight", *box.cell.key[1:]))
            elif not box.cell.key:
                link = self._data.link(box.cell.text)
            else:
                link = None
            if link:
                found.setdefault(box.row, link)
        firsts = (box for box in plan.boxes if box.column == 0 and box.cell.text.isdigit())
        return {box: found[box.row] for box in firsts if box.row in found}

    def _box(self, sheet: Worksheet, box: Box, plan: FormPlan, link: str | None) -> None:
        cell, number = box.cell, shown(box.cell)
        words = cell.value is not None and number is None  # the printed text is not the number behind it
        live = None if words else self._formulas.of(plan.sheet, box)
        look = look_of(cell, plan.size)
        if number is not None:
            look = replace(look, number=number.number)
        formula = live.formula(number.scale if number else 1) if live is not None else None
        if link:
            look = replace(look, colour=LINK_BLUE, underline=True)
        self._merge(sheet, (box.row, box.column, box.last_row, box.last_column), look)
        row, column = box.row, box.column
        if live is not None and formula is not None:
            cached = live.value if isinstance(live.value, str) else stored(live.value, number.scale if number else 1)
            sheet.write_formula(row, column, formula, self._styles.get(look), cached)
        elif cell.value is not None and number is not None:
            sheet.write_number(row, column, stored(cell.value, number.scale), self._styles.get(look))
            if cell.key[:1] == ("score",) and plan.table.form:
                self._say_fixed(sheet, box)
        elif link:
            sheet.write_url(row, column, link, self._styles.get(look), string=clean_text(cell.text))
        else:
            self._texts.write(sheet, row, column, cell.text, look)

    def _say_fixed(self, sheet: Worksheet, box: Box) -> None:
        """A score that does not follow from a formula says so where it stands."""
        sheet.write_comment(box.row, box.column, FIXED_SCORE, {"x_scale": 1.5, "font_name": "宋体"})
        item = self._formulas.indicator(box.cell.key)
        source = Source(sheet=sheet.get_name(), cell=xl_rowcol_to_cell(box.row, box.column))
        self.findings.append(
            note("JX752", source, name=item.indicator.name if item else "", score=box.cell.text)
        )
