"""Properties of every rule: within 0 and the weight, monotone where one-directional, never an exception."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from jxreport.rules import evaluate, lint, needs, parse, sentence
from jxreport.rules.api import Inputs, Verdict

VALUES = st.decimals(min_value=-20, max_value=180, places=1)

RISING = [
    "90%以上得10分；80%（含）-90%得8分；低于80%不得分",
    "100%计满分，每低于5%扣2分，扣完为止",
    "完成率≥95%得10分，每低1个百分点扣0.5分，低于60%不得分",
    "按完成比例得分",
    "得分=执行率×分值，最高不超过分值",
    "达到80%得6分，每提高5%加1分，最高10分",
]
FALLING = [
    "预算控制率=0，计10分，0-10%（含），计8分，10-20%（含）计5分；大于20%不得分",
    "100%以下计满分，每超出1%扣1分，扣完为止",
    "结转结余率≤10%得10分，每高1个百分点扣1分，扣完为止",
]


def score(text: str, value: Decimal) -> Decimal | None:
    outcome = evaluate(parse(text, Decimal(10)), Inputs(value=value))
    return outcome.score if outcome.verdict is Verdict.SCORED else None


@given(text=st.sampled_from(RISING + FALLING), value=VALUES)
def test_a_score_lies_between_nothing_and_the_weight(text: str, value: Decimal) -> None:
    result = score(text, value)
    assert result is None or 0 <= result <= 10


@given(text=st.sampled_from(RISING), a=VALUES, b=VALUES)
def test_more_is_never_worth_less(text: str, a: Decimal, b: Decimal) -> None:
    low, high = score(text, min(a, b)), score(text, max(a, b))
    assert low is None or high is None or low <= high


@given(text=st.sampled_from(FALLING), a=VALUES, b=VALUES)
def test_more_of_a_reverse_measure_is_never_worth_more(text: str, a: Decimal, b: Decimal) -> None:
    low, high = score(text, min(a, b)), score(text, max(a, b))
    assert low is None or high is None or low >= high


@given(count=st.integers(min_value=0, max_value=50))
def test_more_faults_never_score_higher(count: int) -> None:
    rule = parse("每发现1处扣0.5分，扣完为止", Decimal(5))
    scores = [evaluate(rule, Inputs(events=(("", Decimal(n)),))).score for n in (count, count + 1)]
    assert scores[0] is not None
    assert scores[1] is not None
    assert scores[0] >= scores[1] >= 0


PIECES = st.lists(
    st.sampled_from(
        ["90%以上", "得5分", "，", "；", "每低1%", "扣1分", "扣完为止", "不得分", "否则", "健全", "不健全", "（含）", "80%", "-", "每发现1处",
         "酌情", "分别", "得", "3、2、1分", "依次类推", "最多", "2分", "完成率", "×", "分值", "=", "/", "(", ")", "一次", "①", "60%以下", "按比例得分"]
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(pieces=PIECES, weight=st.sampled_from([None, Decimal(5), Decimal("0.5")]), value=VALUES)
def test_no_text_raises(pieces: list[str], weight: Decimal | None, value: Decimal) -> None:
    rule = parse("".join(pieces), weight)
    assert isinstance(sentence(rule), str)
    assert len({need.key for need in needs(rule)}) == len(needs(rule))
    lint(rule)
    outcome = evaluate(rule, Inputs(value=value))
    assert (outcome.score is not None) == (outcome.verdict is Verdict.SCORED)


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="一二三得扣分每%≥≤<>（）()、，；。0123456789.-~以上下为满计按比例率不完", max_size=40))
def test_noise_never_raises(text: str) -> None:
    evaluate(parse(text, Decimal(10)), Inputs(value=Decimal(50)))
