"""Sheet names and references."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxreport.render.xlsx.names import LIMIT, SheetNames, clean_sheet_name, cut_utf16, reference, utf16_length


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("支出进度", "支出进度"),
        ("业务费[2020]:一", "业务费 2020 一"),
        ("a/b\\c?d*e", "a b c d e"),
        ("'引号'", "引号"),
        (" \t\n ", "表"),
        ("", "表"),
        ("甲" * 40, "甲" * 31),
        ("😀" * 20, "😀" * 15),
        ("\ud800坏\x0b字\ufffe", "坏 字"),
    ],
)
def test_names_are_cleaned(wanted: str, name: str) -> None:
    assert clean_sheet_name(wanted) == name


def test_names_are_unique_without_regard_to_case_and_reserved_words_are_numbered() -> None:
    names = SheetNames()
    assert [names.unique(n) for n in ("数据", "数据", "ABC", "abc", "History")] == [
        "数据", "数据(2)", "ABC", "abc(2)", "History(2)",
    ]  # fmt: skip


def test_a_number_fits_inside_the_limit() -> None:
    names = SheetNames()
    names.unique("甲" * 31)
    assert names.unique("甲" * 31) == "甲" * 28 + "(2)"


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_text_gives_acceptable_names(wanted: list[str]) -> None:
    names = SheetNames()
    made = [names.unique(text) for text in wanted]
    assert len({name.casefold() for name in made}) == len(made)
    for name in made:
        assert 0 < utf16_length(name) <= LIMIT
        assert not set(name) & set("\\/?*[]:")
        assert not name.startswith("'")
        assert not name.endswith("'")
        name.encode("utf-8")


def test_cutting_never_splits_a_pair() -> None:
    assert cut_utf16("a😀b", 2) == "a"
    assert cut_utf16("a😀b", 3) == "a😀"


def test_references_quote_the_sheet() -> None:
    assert reference("数据", 4, 4) == "'数据'!$E$5"
    assert reference("张三's", 0, 27) == "'张三''s'!$AB$1"
