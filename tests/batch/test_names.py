"""One cleaning function for every name that users' texts become."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jxreport.batch.names import MAX_BYTES, clean_name


@pytest.mark.parametrize("name", ["承德高新区党政办公室", "2020", "A 部门（本级）", "目标.v2"])
def test_a_harmless_name_stays(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("raw", "start"),
    [
        ("../../etc/passwd", "_.._etc_passwd-"),
        ("a/b", "a_b-"),
        ("con", "_con-"),
        ("COM1.txt", "_COM1.txt-"),
        ("~$临时", "临时-"),
        (" 局 ", "局-"),
        ("换\n行", "换_行-"),
        ("a\u202eb", "a_b-"),
        ("...", "未命名-"),
    ],
)
def test_a_bad_name_is_cleaned_and_marked(raw: str, start: str) -> None:
    name = clean_name(raw)
    assert name.startswith(start)
    assert len(name) == len(start) + 8


def test_two_raw_names_never_meet() -> None:
    assert clean_name("a/b") != clean_name("a:b") != clean_name("a_b")


def test_nothing_left() -> None:
    assert clean_name("") == "未命名"
    assert clean_name("  ", "未注明单位") == "未注明单位"


def test_long_names_are_cut_between_characters() -> None:
    name = clean_name("局" * 100)
    assert len(name.encode()) <= MAX_BYTES
    assert set(name[:-9]) == {"局"}


@settings(max_examples=1000)
@given(st.text(max_size=300))
def test_every_text_becomes_one_safe_path_component(raw: str) -> None:
    name = clean_name(raw)
    assert name
    assert len(name.encode("utf-8")) <= MAX_BYTES
    assert not set(name) & set('\\/:*?"<>|\0\n\r\t')
    assert not name.startswith((".", " ", "-", "~", "$"))
    assert not name.endswith((".", " "))
    assert clean_name(name) == name
