"""The kinds of scoring, one file each: frozen nodes with four interpreters.

``evaluate`` gives points in Decimal and says why (trace); ``sentence`` reads the node back, and parsing that text gives
the same tree; ``excel`` is the same computation as a live formula; ``needs`` names what must be asked: a value, an
operand, a count, a tick, a tier. Property tests hold the four together, so a new kind is written once and
tested as a whole (docs/开发指南.md shows one).
"""

from __future__ import annotations

from jxreport.rules.nodes.bands import Band, Bands
from jxreport.rules.nodes.branch import Branch
from jxreport.rules.nodes.formula import Formula
from jxreport.rules.nodes.gate import Gate, HumanGate
from jxreport.rules.nodes.groups import Groups
from jxreport.rules.nodes.human import Human
from jxreport.rules.nodes.interp import Interp
from jxreport.rules.nodes.items import Event, Item, Items
from jxreport.rules.nodes.scale import Scale
from jxreport.rules.nodes.step import Step
from jxreport.rules.nodes.tiers import Tier, Tiers
from jxreport.rules.nodes.total import Total

__all__ = [
    "Band", "Bands", "Branch", "Event", "Formula", "Gate", "Groups", "Human", "HumanGate", "Interp", "Item", "Items", "Scale", "Step",
    "Tier", "Tiers", "Total",
]  # fmt: skip
