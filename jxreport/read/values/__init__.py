"""What a cell says: numbers, percentages, signs in every disguise, money, dates, words.

A cell either is understood whole or stays a text: no number is ever picked out of a sentence.
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
