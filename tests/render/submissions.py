"""Random submissions: plain indicators of every sign, budgets, schedules, tiers, deductions."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from jxreport.finding import Source
from jxreport.model.profile import Profile
from jxreport.model.submission import (
    Budget,
    Checkpoint,
    Form,
    FundRow,
    Indicator,
    Kind,
    SourceFile,
    Submission,
    WeightOrigin,
)
from jxreport.model.values import Actual, Op, Sourced, Target

FILE = "完成情况.xlsx"
GROUPS = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度"))
D = Decimal


class Maker:
    """Makes submissions from a seed; every value has a cell of its own."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._row = 0

    def submission(self, profile: Profile, projects: int = 2, indicators: int = 6) -> Submission:
        forms = tuple(self.form(f"项目{n + 1}", profile, indicators) for n in range(projects))
        return Submission(
            unit="示例单位",
            year=2020,
            forms=forms,
            sources=(SourceFile(file=FILE, sha256="0" * 64),),
            sample=True,
        )

    def form(self, name: str, profile: Profile, indicators: int) -> Form:
        weights = self._weights(indicators)
        return Form(
            kind=Kind.PROJECT,
            form=self._random.choice(("T2+A2", "M1")),
            name=name,
            code="0101",
            sheet="自评",
            budget=self._budget(),
            checkpoints=self._checkpoints(),
            indicators=tuple(self._indicator(n, weight, profile) for n, weight in enumerate(weights, 1)),
        )

    def _source(self) -> Source:
        self._row += 1
        return Source(FILE, "自评", f"H{self._row}")

    def number(self, value: Decimal) -> Sourced[Decimal]:
        return Sourced(value=value, text=str(value), source=self._source())

    def _weights(self, count: int) -> list[Decimal]:
        """Whole and half points that add to 90."""
        cuts = sorted(self._random.sample(range(1, 180), count - 1))
        return [D(b - a) / 2 for a, b in zip([0, *cuts], [*cuts, 180], strict=True)]

    def _amount(self, top: int) -> Decimal:
        return D(self._random.randrange(top * 100)) / 100

    def _budget(self) -> Budget:
        adjusted = self._amount(900) + 1
        executed = self._random.choice((adjusted, adjusted * self._random.randrange(101) / 100, D(0)))
        total = FundRow(
            label="年度资金总额",
            initial=self.number(self._amount(900)),
            adjusted=self.number(adjusted),
            arrived=self.number(adjusted),
            executed=self.number(executed.quantize(D("0.01"))),
            is_total=True,
        )
        return Budget(rows=(total,), weight=self.number(D(10)))

    def _checkpoints(self) -> tuple[Checkpoint, ...]:
        plans = [*sorted(self._random.choice((0, 0, 25, 40, 60, 75)) for _ in range(3)), 100]
        paid = sorted(self._amount(800) for _ in range(4))
        return tuple(
            Checkpoint(label=f"{m}月底", month=m, plan=self.number(D(p)), paid=self.number(x))
            for m, p, x in zip((3, 6, 10, 12), plans, paid, strict=True)
        )

    def _indicator(self, ordinal: int, weight: Decimal, profile: Profile) -> Indicator:
        level1, level2 = GROUPS[min(ordinal - 1, 3)] if ordinal < 5 else GROUPS[2]
        plain = Indicator(
            ordinal=ordinal,
            level1=level1,
            level2=level2,
            name=f"指标{ordinal}",
            target=Target(),
            weight=self.number(weight),
            weight_origin=WeightOrigin.ACTUALS,
            source=self._source(),
        )
        if self._random.random() < 0.2:
            return self._qualitative(plain, weight, profile)
        return self._quantitative(plain)

    def _quantitative(self, plain: Indicator) -> Indicator:
        op = self._random.choice((Op.GE, Op.GT, Op.EQ, Op.LE, Op.LT))
        unit, actual_unit = self._random.choice((("%", "%"), ("个", "个"), ("万元", "元"), ("天", "天")))
        target = D(self._random.choice((0, 3, 7, 30, 90, 95, 100, 365)))
        actual = self._random.choice((target, target * self._random.randrange(250) / 100, self._amount(200)))
        factor = 10000 if actual_unit != unit else 1
        value = (actual * factor).quantize(D("0.01"))
        deduction = self.number(D(self._random.choice(("0.5", "3")))) if self._random.random() < 0.1 else None
        return replace(
            plain,
            target=Target(text=f"{op.value}{target}{unit}", op=op, value=target, unit=unit, source=self._source()),
            actual=Actual(text=f"{value}", value=value, unit=actual_unit, source=self._source()),
            deduction=deduction,
        )

    def _qualitative(self, plain: Indicator, weight: Decimal, profile: Profile) -> Indicator:
        tier = self._random.choice(profile.tiers)
        score = (weight * (tier.low + (tier.high - tier.low) * self._random.randrange(99) / 100) / 100)
        score = score.quantize(D("0.01"), ROUND_DOWN)
        return replace(
            plain,
            target=Target(text="效果良好", op=Op.QUALITATIVE, source=self._source()),
            actual=Actual(text=tier.label, source=self._source()),
            completion="完成",
            manual_score=self.number(score),
        )
