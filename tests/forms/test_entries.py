"""Entries by path."""

from __future__ import annotations

from decimal import Decimal

from jxreport.forms.entries import Entries


def test_tree_becomes_paths_and_unused_ones_are_known() -> None:
    facts = {"上年结转": 15, "年末结余": Decimal("60.89")}
    entries = Entries.from_tree({"department": {"facts": facts, "yes": True}})
    assert entries.take("department", "facts", "上年结转") == Decimal(15)
    assert entries.take("department", "yes") is True
    assert entries.take("department", "facts", "别的") is None
    assert entries.unused() == (("department", "facts", "年末结余"),)
