"""Worked sentences about events, lists, tiers and gates: (sentence, weight, input, expected), as in `cases`."""

from __future__ import annotations

from tests.rules.cases import Case

COUNTED: tuple[Case, ...] = (
    ("档案不全，缺一卷扣0.5分；归档不规范，每卷扣0.2分", "8", {"events": {"缺一卷": 2, "归档不规范": 5}}, "6"),
    ("每缺一堂课扣1分，扣完为止", "5", {"events": 2}, "3"),
    ("水质反弹的，每月次扣3分；水质下降的，每个断面扣2分", "9", {"events": {"水质反弹": 2, "水质下降": 0}}, "3"),
    ("每月未召开例会的扣1分，扣完为止", "4", {"events": 2}, "2"),
    ("每月未召开例会的扣1分，扣完为止", "4", {"checks": {"未召开例会": True}}, "ask"),
    ("每人未完成学习任务的扣0.5分，扣完为止", "4", {"events": 3}, "2.5"),
    ("按要求整改到位得满分；整改不到位得权重的60%；未整改不得分", "8", {"level": "整改不到位"}, "4.8"),
    ("迟交1次报表扣0.5分，迟交1次其它资料扣0.3分，扣完为止", "2", {"events": {"迟交报表": 1, "迟交其它资料": 2}}, "0.9"),
    ("程序不规范扣1分，目标不明确扣1分", "4", {"checks": {"程序规范": True, "目标明确": False}}, "3"),
)  # fmt: skip

LISTS: tuple[Case, ...] = (*COUNTED,)
