"""PDF/A-3u clause by clause, and the structure tree: what a reader in thirty years, or one who cannot see, gets."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator

import pikepdf
import pytest

from jxreport.batch.unit import Settings, UnitTask, make_unit
from jxreport.profiles import load_profile
from tests.gallery.units import silent
from tests.render.pdfa import violations


@pytest.fixture(scope="module")
def data() -> bytes:
    """A whole report with forms, charts and attachments."""
    settings = Settings(profile=load_profile("hebei-2020"), date="2024年3月5日")
    made = make_unit(UnitTask(submission=silent(), findings=(), settings=settings))
    return dict(made.files)["绩效自评报告.pdf"]


def test_no_clause_of_the_standard_is_broken(data: bytes) -> None:
    assert violations(data) == []


@pytest.mark.parametrize(
    ("spoil", "clause"),
    [
        (lambda pdf: pdf.Root.__delattr__("OutputIntents"), "6.2.3"),
        (lambda pdf: pdf.Root.Names.__setattr__("JavaScript", pikepdf.Dictionary(Names=[])), "6.5.1"),
        (lambda pdf: pdf.Root.__delattr__("AF"), "6.8"),
        (lambda pdf: pdf.docinfo.__setitem__("/Title", "另一个标题"), "6.6.3"),
        (lambda pdf: pdf.pages[0].__setattr__("AA", pikepdf.Dictionary()), "6.5.2"),
    ],
)
def test_the_checks_find_what_is_wrong(data: bytes, spoil: object, clause: str) -> None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        spoil(pdf)  # type: ignore[operator]
        buffer = io.BytesIO()
        pdf.save(buffer)
    assert any(clause in found for found in violations(buffer.getvalue()))


class Tree:
    """The structure tree: types, texts by marked content."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.root = pdf.Root.StructTreeRoot
        self.elements = list(self._below(self.root))

    def _below(self, node: pikepdf.Object) -> Iterator[pikepdf.Object]:
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from self._below(kid)

    def of(self, *kinds: str) -> list[pikepdf.Object]:
        return [one for one in self.elements if str(one.S) in kinds]


@pytest.fixture(scope="module")
def pdf(data: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(data)) as opened:
        yield opened


@pytest.fixture(scope="module")
def tree(pdf: pikepdf.Pdf) -> Tree:
    return Tree(pdf)


def test_it_is_tagged_in_chinese(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.Lang == "zh-CN"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_headings_paragraphs_and_tables_are_there(tree: Tree) -> None:
    kinds = Counter(str(one.S) for one in tree.elements)
    assert kinds["/H1"] == 1
    assert kinds["/H2"] >= 8
    assert kinds["/H3"] >= 5
    assert kinds["/P"] > 30
    assert kinds["/Table"] >= 8


def test_every_table_has_head_cells_with_a_scope_and_rows_of_cells(tree: Tree) -> None:
    for table in tree.of("/Table"):
        inside = list(tree._below(table))
        kinds = {str(one.S) for one in inside}
        assert {"/TR", "/TD"} <= kinds
        for row in (one for one in inside if str(one.S) == "/TR"):
            cells = [str(kid.S) for kid in tree._below(row) if str(kid.S) in ("/TH", "/TD")]
            assert cells
    headed = [table for table in tree.of("/Table") if any(str(one.S) == "/TH" for one in tree._below(table))]
    assert len(headed) >= len(tree.of("/Table")) - 6  # the fixed blocks of a form have no column heads


def test_every_figure_says_in_words_what_it_shows(tree: Tree) -> None:
    figures = tree.of("/Figure")
    assert figures
    for figure in figures:
        assert len(str(figure.get("/Alt", ""))) > 10


def test_all_marked_content_belongs_to_an_element(pdf: pikepdf.Pdf) -> None:
    """Every MCID of every page has its entry in the parent tree."""
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    parents = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    for page in pdf.pages:
        own = parents[int(page.StructParents)]
        used = [
            int(operands[1].MCID)
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and "/MCID" in operands[1]
        ]
        assert len(used) == len(set(used))
        assert all("/S" in own[number] for number in used)
