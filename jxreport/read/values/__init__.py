"""Cells as values: amounts, targets, answers, dates. Pure functions over one cell's text and number.

``amount`` reads money with its unit, ``target`` a sign with number and unit (≥95%, 3次以上), ``answer`` a unit's answer,
``dates`` deadlines, ``direction`` whether more is better where no sign is printed. Each gives a value, or a problem
for the caller to tell with its place; none has a default. Floats are cleaned to the fifteen digits a user
sees, once, here.
"""

from __future__ import annotations

from jxreport.read.values.amount import Amount, Money, read_amount, read_money, read_number
from jxreport.read.values.answer import read_answer
from jxreport.read.values.dates import read_date
from jxreport.read.values.direction import infer
from jxreport.read.values.target import Heading, read_actual, read_target

__all__ = [
    "Amount",
    "Heading",
    "Money",
    "infer",
    "read_actual",
    "read_amount",
    "read_answer",
    "read_date",
    "read_money",
    "read_number",
    "read_target",
]
