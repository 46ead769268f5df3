"""number: what the user saw, half-up rounding, plain texts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jxreport.number import at_least, clean, fixed, grouped, half_up, normal, parse_number, plain

AMOUNTS = st.decimals(min_value=-10**9, max_value=10**9, places=4, allow_nan=False)


@pytest.mark.parametrize(
    ("seen", "number"),
    [
        (274.65999999999997, "274.66"),
        (14.999999999999998, "15"),
        (0.1 + 0.2, "0.3"),
        (3, "3"),
        (1e21, "1000000000000000000000"),
        (1e-12, "0"),
        (-1e-12, "0"),
    ],
)
def test_clean_returns_the_fifteen_digit_value(seen: float, number: str) -> None:
    assert format(clean(seen), "f") == number


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf"), Decimal("NaN"), 1e22, -(10**400)])
def test_clean_refuses_what_is_not_a_number(bad: float) -> None:
    with pytest.raises(ValueError):
        clean(bad)


def test_clean_refuses_truth_values() -> None:
    with pytest.raises(TypeError):
        clean(True)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.30 ", "12.30"),
        ("１２．５", "12.5"),
        ("1,234.50", "1234.50"),
        ("−3", "-3"),
        ("0", "0"),
    ],
)
def test_parse_number_reads_whole_plain_numbers(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "12分", "95%", "1〇", "1_000", "٣", "1,23", "1.2.3", "½", "--3", "9" * 22])
def test_parse_number_refuses_everything_else(text: str) -> None:
    assert parse_number(text) is None


@given(AMOUNTS)
def test_plain_round_trips_and_has_no_exponent(number: Decimal) -> None:
    text = plain(number)
    assert Decimal(text) == number
    assert "E" not in text.upper()


@given(st.integers(min_value=-(10**7), max_value=10**7))
def test_half_up_goes_away_from_zero_on_the_tie(thousandths: int) -> None:
    number = Decimal(thousandths * 10 + 5) / 1000
    expected = Fraction(thousandths * 10 + 5, 1000)
    rounded = Fraction(half_up(number))
    assert abs(rounded - expected) <= Fraction(1, 200)
    if abs(rounded - expected) == Fraction(1, 200):
        assert abs(rounded) > abs(expected)


def test_rounding_texts() -> None:
    assert fixed(Decimal("2.675")) == "2.68"
    assert fixed(Decimal("-0.001")) == "0.00"
    assert grouped(Decimal("11122315.04")) == "11,122,315.04"
    assert normal(Decimal("1E+2")) == Decimal(100)
    assert str(normal(Decimal("100.00"))) == "100"


def test_at_least_is_exact_on_the_bound() -> None:
    assert at_least(Decimal("137.70"), Decimal("153.00"), Decimal(90))
    assert not at_least(Decimal("137.69"), Decimal("153.00"), Decimal(90))
