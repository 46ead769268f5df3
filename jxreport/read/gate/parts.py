"""Streaming scan of XML parts: DOCTYPE refused, cells counted and bounded, formulas noted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from jxreport.read.gate.limits import LAST_COLUMN, LAST_ROW, MAX_BOX, MAX_CELLS, MAX_MERGES, MAX_STYLED

_FORMULA_LENGTH = 400
_REF = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)


class Refused(Exception):
    """The part may not be parsed; the text says why, in Chinese."""


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(slots=True)
class SheetScan:
    """What one worksheet part holds: formula texts by cell, and the cells without a stored result.

    A dependent of a shared formula has the text "".
    """

    formulas: dict[str, str] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    rows: int = 0
    columns: int = 0


class _SheetHandler:
    """Expat callbacks over a worksheet part; namespaces do not matter, only local names."""

    def __init__(self) -> None:
        self.scan = SheetScan()
        self.count = 0
        self.valued: set[str] = set()
        self.ref = ""
        self.has_formula = self.has_value = self.is_text = False
        self.previous = (0, 0)
        self.inside = ""
        self.text = self.formula = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            row = attributes.get("r", "")
            self.previous = (int(row) if row.isdigit() else self.previous[0] + 1, 0)
        elif name == "c":
            self._cell(attributes.get("r", ""))
            self.is_text = attributes.get("t") == "str"
        elif name in ("f", "v"):
            self.has_formula = self.has_formula or name == "f"
            self.inside, self.text = name, ""
        elif name == "is":
            self.has_value = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        start, end = _REF.fullmatch(first), _REF.fullmatch(last)
        if start and end:
            self.scan.merges.append((int(start[2]), _column(start[1]), int(end[2]), _column(end[1])))
        if len(self.scan.merges) > MAX_MERGES:
            raise Refused(f"合并单元格超过 {MAX_MERGES} 处")

    def _cell(self, ref: str) -> None:
        self.count += 1
        if self.count > MAX_STYLED:
            raise Refused(f"只设了格式的空单元格超过 {MAX_STYLED} 个")
        self.has_formula = self.has_value = False
        self.formula = ""
        if not ref:
            row, column = self.previous[0], self.previous[1] + 1
            self.previous = (row, column)
            return
        match = _REF.fullmatch(ref)
        if not match or _column(match[1]) > LAST_COLUMN or not 1 <= int(match[2]) <= LAST_ROW:
            raise Refused(f"单元格地址 {ref[:20]} 超出工作表范围")
        self.ref = ref
        self.previous = (int(match[2]), _column(match[1]))

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "v":
            self.inside = ""
            # a formula whose result is the empty text is stored as an empty value of type str
            self.has_value = self.has_value or self.is_text or self.text.strip() != ""
        elif name == "f":
            self.inside, self.formula = "", self.text
        elif name == "c":
            self._close()

    def data(self, text: str) -> None:
        if self.inside:
            self.text = (self.text + text)[:_FORMULA_LENGTH]

    def _close(self) -> None:
        if self.has_formula:
            self.scan.formulas[self.ref] = self.formula
            if not self.has_value:
                self.scan.pending.add(self.ref)
        if not (self.has_value or self.has_formula):
            return
        if self.ref and self.ref in self.valued:
            raise Refused(f"单元格 {self.ref} 出现两次，内容互相矛盾")
        self.valued.add(self.ref or str(self.count))
        if len(self.valued) > MAX_CELLS:
            raise Refused(f"有内容的单元格超过 {MAX_CELLS} 个")
        self.scan.rows = max(self.scan.rows, self.previous[0])
        self.scan.columns = max(self.scan.columns, self.previous[1])
        if self.scan.rows * self.scan.columns > MAX_BOX:
            raise Refused("内容散布范围过大（远处有零星的单元格）")
        self.ref = ""


def _refuse_doctype(*_: object) -> None:
    raise Refused("内部 XML 带有 DOCTYPE 声明（正常的工作簿不会有）")


class PartScan:
    """Feeds one XML part through expat; `sheet` holds the scan when the part is a worksheet."""

    def __init__(self, is_sheet: bool) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        self.sheet: SheetScan | None = None
        if is_sheet:
            handler = _SheetHandler()
            self._parser.StartElementHandler = handler.start
            self._parser.EndElementHandler = handler.end
            self._parser.CharacterDataHandler = handler.data
            self.sheet = handler.scan

    def feed(self, chunk: bytes, last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as problem:
            raise Refused(f"内部 XML 不完整或已损坏（第 {problem.lineno} 行）") from None
        except LookupError:
            raise Refused("内部 XML 声明了不存在的文字编码") from None


class RepeatScan:
    """Feeds content.xml of an .ods: repeated cells and rows are counted before anything expands them."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser.StartElementHandler = self._start
        self._row = 1
        self._cells = 0
        self.sheet: SheetScan | None = None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "table-row":
            self._row = _repeat(attributes, "table:number-rows-repeated")
        elif name == "table-cell" and any(key.startswith("office:") for key in attributes):
            self._cells += self._row * _repeat(attributes, "table:number-columns-repeated")
            if self._cells > MAX_CELLS:
                raise Refused(f"重复的单元格展开后超过 {MAX_CELLS} 个")

    def feed(self, chunk: bytes, last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as problem:
            raise Refused(f"内部 XML 不完整或已损坏（第 {problem.lineno} 行）") from None
        except LookupError:
            raise Refused("内部 XML 声明了不存在的文字编码") from None


def _repeat(attributes: dict[str, str], key: str) -> int:
    text = attributes.get(key, "1")
    return int(text) if text.isdigit() and len(text) < 9 else LAST_ROW
