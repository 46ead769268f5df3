"""Counts worked out from ticks on the things that the sentence lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jxreport.rules.api import Inputs, NeedKind
from jxreport.rules.matching import Matched
from jxreport.rules.names import plain_name
from jxreport.rules.parser import Rule
from jxreport.rules.wanted import scopes


def count_from_ticks(rule: Rule, inputs: Inputs, matched: Matched) -> None:
    """每缺一项扣分 / 每符合一项得分 answered by ticks on the listed things: the missing or the fulfilled are counted."""
    counts = [n for n in rule.body.needs() if n.kind is NeedKind.COUNT and n.key not in matched.answers]
    names = [name for name, _ in inputs.checks]
    if len(counts) != 1 or not names:
        return
    lacking = re.search(r"缺|少|漏|未|不", counts[0].label.split("每")[-1])
    if lacking is None and not re.search(
        r"符合|具备|满足|达到|做到|完成|每.{0,2}[项个条点]$", counts[0].label
    ):
        return
    ticks = {plain_name(name): holds for name, holds in inputs.checks}
    for listed in _lists(rule, scopes(rule).get(counts[0].key, counts[0].label)):
        partners = {name: [item for item in listed if name in item] for name in ticks}
        if len(listed) == len(ticks) and all(len(p) == 1 for p in partners.values()):
            matched.answers[counts[0].key] = Decimal(
                sum(1 for holds in ticks.values() if holds != bool(lacking))
            )
            for name in names:
                if name in matched.unmatched:
                    matched.unmatched.remove(name)
            return


def _lists(rule: Rule, scope: str) -> Iterator[list[str]]:
    """Lists of things that the counted clause may speak of: its own, the text before it, the description."""
    own = re.split(r"每|,(?=[^、]*$)", scope)[0]
    before = (
        rule.normalised.split(scope.split("每")[0] or scope)[0]
        if scope.split("每")[0]
        else rule.normalised.split("每")[0]
    )
    behind = rule.normalised.split(scope, 1)[-1] if scope in rule.normalised else ""
    behind = re.sub(r"^[^:]*?分[:,]", "", behind)
    for text in (own, before, behind, rule.context.description):
        for separators in (r"[①-⑳]|\(\d{1,2}\)|(?<![\d.])\d{1,2}[、.](?!\d)", r"、", r"[、;,。]|和|及", r"[;,。]|[①-⑳]|\(\d\)"):
            items = [plain_name(item) for item in re.split(separators, text)]
            items = [item for item in items if len(item) > 1]
            if len(items) > 1:
                yield items
