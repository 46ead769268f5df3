"""Write scoring sentences by the thousand whose scores are known by construction.

    python -m benchmarks.synth [--seed 1] [--count 1000] [--noise 0.5] > sentences.jsonl

The wording of each part is drawn from the variants that real tables use, the numbers at random. The lines have
the form of the worked corpus, so `benchmarks.rules` measures them; a fresh seed gives sentences nobody has seen.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

Sentence = dict[str, Any]

RATES = ("预算执行率", "验收合格率", "按期办结率", "服务对象满意度", "覆盖率", "资金到位率", "")
LOWER = ("公用经费控制率", "结转结余率", "预算调整率", "费用增长率")
FAULTS = ("漏报", "投诉", "差错", "违规问题", "安全事故", "不合格事项")
COUNTERS = ("次", "起", "处", "例", "件", "个")
DUTIES = ("制定实施方案", "成立领导小组", "召开推进会", "建立工作台账", "公开年度计划", "开展业务培训")
OMISSIONS = ("未制定实施方案", "未签订责任书", "未公开预算", "未建立台账", "未按时报送", "未落实整改")
LADDERS = (("优秀", "良好", "一般", "较差"), ("健全", "基本健全", "不健全"), ("完成", "基本完成", "未完成"))
GAIN = ("得", "计", "记", "赋")
NOTHING = ("不得分", "得0分", "0分", "不计分")
FLOOR = ("，扣完为止", ",扣完为止", "，直至扣完", "，最低0分")
JOIN = ("；", ";", "，", "。")


LEADS = (
    "评分要点：", "根据年度决算数据，", "反映和考核部门履职情况。", "查阅资料、现场查看。", "评分标准：",
    "以财政部门批复数为准，", "2023年度，",
)  # fmt: skip
TAILS = (
    "（以主管部门确认的数据为准）",
    "。数据来源：部门决算。",
    "（查看佐证材料）",
    "。佐证材料由主管部门审核。",
)


def text(value: Decimal) -> str:
    """A number as tables print it: no trailing zeros."""
    plain = format(value.normalize(), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def points(rng: Random, low: int, high: int) -> Decimal:
    """A whole or half number of points."""
    return Decimal(rng.randint(low * 2, high * 2)) / 2


def case(given: Any, score: Decimal) -> Sentence:
    """One worked input; scores rounded half up to two decimals as the forms do."""
    kept = score.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return {"input": given, "score": float(kept), "why": ""}


def value_case(value: Decimal, score: Decimal) -> Sentence:
    """A worked input of one number."""
    return case({"value": float(value)}, score)


def sentence(kind: str, weight: Decimal, rule: str, cases: list[Sentence]) -> Sentence:
    """A line of the corpus without its id."""
    return {
        "indicator": "", "description": "", "weight": float(weight), "rule": rule, "kind": kind,
        "source": "own", "conventions": [], "cases": cases, "must_ask": [],
    }  # fmt: skip


def top_words(rng: Random, edge: int) -> str:
    """The condition of the best tier, its bound included in so many words."""
    return rng.choice(
        (f"≥{edge}%", f"{edge}%（含）以上", f"{edge}%以上（含{edge}%）", f"达到{edge}%", f"不低于{edge}%")
    )


def band(rng: Random) -> Sentence:
    """Tiers of a rate, the higher the better, every bound stated."""
    rate, count = rng.choice(RATES), rng.randint(2, 4)
    edges = sorted(rng.sample(range(50, 100, 5), count), reverse=True)
    scores = sorted((points(rng, 1, 10) for _ in range(count)), reverse=True)
    dash, gain, join = rng.choice(("-", "～", "—", "至")), rng.choice(GAIN), rng.choice(JOIN[:3])
    comma = rng.choice(("", "，", "的，"))
    rows = [f"{rate}{top_words(rng, edges[0])}{comma}{gain}{text(scores[0])}分"]
    for upper, lower, score in zip(edges, edges[1:], scores[1:], strict=False):
        style = rng.choice(
            (
                f"{lower}%（含）{dash}{upper}%",
                f"≥{lower}%且＜{upper}%",
                f"{lower}%≤{rate or '完成率'}＜{upper}%",
            )
        )
        rows.append(f"{style}{comma}{gain}{text(score)}分")
    last = rng.choice((f"低于{edges[-1]}%", f"＜{edges[-1]}%", f"不足{edges[-1]}%"))
    rule = join.join([*rows, f"{last}{comma}{rng.choice(NOTHING)}"]) + rng.choice(("", "。"))
    cases = []
    for lower, score in zip(edges, scores, strict=True):
        cases += [value_case(Decimal(lower), score), value_case(Decimal(lower) + Decimal("1.5"), score)]
    cases.append(value_case(Decimal(edges[-1]) - Decimal("0.5"), Decimal(0)))
    return sentence("band", scores[0], rule, cases)


def lower_band(rng: Random) -> Sentence:
    """Tiers of a rate, the lower the better."""
    rate, edges = rng.choice(LOWER), sorted(rng.sample(range(5, 45, 5), 3))
    scores = sorted((points(rng, 1, 10) for _ in range(3)), reverse=True)
    gain, join = rng.choice(GAIN), rng.choice(JOIN[:3])
    first = rng.choice((f"≤{edges[0]}%", f"不超过{edges[0]}%", f"小于等于{edges[0]}%"))
    rows = [f"{rate}{first}，{gain}{text(scores[0])}分"]
    rows += [
        f"{a}-{b}%（含），{gain}{text(s)}分" for a, b, s in zip(edges, edges[1:], scores[1:], strict=False)
    ]
    rule = join.join([*rows, f"{rng.choice(('大于', '超过', '高于'))}{edges[-1]}%{rng.choice(NOTHING)}"])
    cases = [value_case(Decimal(edge), score) for edge, score in zip(edges, scores, strict=True)]
    cases += [value_case(Decimal(edge) - 1, score) for edge, score in zip(edges, scores, strict=True)]
    cases.append(value_case(Decimal(edges[-1]) + Decimal("0.5"), Decimal(0)))
    return sentence("band", scores[0], rule, cases)


def step(rng: Random) -> Sentence:
    """Full marks at an anchor, then so many points per step; only whole steps are tried."""
    falls = rng.random() < 0.6
    rate, anchor = (rng.choice(RATES), rng.choice((100, 98, 95, 90))) if falls else (rng.choice(LOWER), 100)
    weight, size, each = (
        points(rng, 2, 15),
        rng.choice((1, 1, 2, 5, 10)),
        rng.choice(("0.1", "0.2", "0.5", "1", "2")),
    )
    unit = rng.choice(("%", "个百分点"))
    full = rng.choice(("得满分", "计满分", f"得{text(weight)}分", f"计{text(weight)}分"))
    if falls:
        head = top_words(rng, anchor) if anchor < 100 else rng.choice(("100%", "达到100%"))
        verb = rng.choice(("每低", "每低于", "每降低", "每下降", "每少", "低于的，每低"))
    else:
        head = rng.choice((f"≤{anchor}%", f"不超过{anchor}%", f"不高于{anchor}%"))
        verb = rng.choice(("每超", "每超过", "每超出", "每高"))
    floor = rng.choice(FLOOR)
    rule = f"{rate}{head}{rng.choice(('', '的，'))}{full}{rng.choice(JOIN[:3])}{verb}{size}{unit}扣{each}分{floor}"
    sign = -1 if falls else 1
    cases = [value_case(Decimal(anchor), weight)]
    for steps in sorted({1, 2, rng.randint(3, 6), rng.randint(7, 9)}):
        worked = max(Decimal(0), weight - steps * Decimal(each))
        if anchor + sign * steps * size >= 0:
            cases.append(value_case(Decimal(anchor + sign * steps * size), worked))
    return sentence("linear_deduct", weight, rule, cases)


def share(rng: Random) -> Sentence:
    """Points in proportion to the rate, with a stated cap and sometimes a zero point."""
    weight, rate = points(rng, 2, 20), rng.choice(("完成率", "到位率", "执行率"))
    zero = rng.choice((0, 0, 50, 60))
    rule = rng.choice(
        (
            f"得分={rate}×{text(weight)}分，最高{text(weight)}分",
            f"按{rate}乘以分值计算得分，超过100%的按100%计算",
            f"{rate}达到100%得满分，未达到的，得分={rate}×分值",
            f"{rate}100%得{text(weight)}分，低于100%的按比例得分",
        )
    )
    if zero:
        rule += f"{rng.choice(JOIN[:2])}低于{zero}%的不得分"
    cases = [value_case(Decimal(100), weight)]
    for value in rng.sample(range(30, 100), 4):
        worked = weight * value / 100 if value >= zero else Decimal(0)
        cases.append(value_case(Decimal(value), worked))
    return sentence("linear_proportional", weight, rule, cases)


def tiers(rng: Random) -> Sentence:
    """Words with points."""
    names = rng.choice(LADDERS)
    scores = [*sorted((points(rng, 1, 10) for _ in names[1:]), reverse=True), Decimal(0)]
    gain, join = rng.choice(("得", "计", "")), rng.choice(("，", "；", ",", ";", "、"))
    head = rng.choice(("", "工作质量", "（1）"))
    rows = [f"{name}{gain}{text(score)}分" for name, score in zip(names, scores, strict=True)]
    rows[-1] = f"{names[-1]}{rng.choice(NOTHING)}"
    cases = [case({"level": name}, score) for name, score in zip(names, scores, strict=True)]
    return sentence("band_text", scores[0], head.replace("（1）", "") + join.join(rows), cases)


def ticks(rng: Random) -> Sentence:
    """A list of required things with points, or of omissions with deductions."""
    adds, count = rng.random() < 0.5, rng.randint(2, 4)
    names = rng.sample(DUTIES if adds else OMISSIONS, count)
    each = [points(rng, 1, 3) for _ in names]
    marks = rng.choice((("①", "②", "③", "④"), ("1.", "2.", "3.", "4."), ("", "", "", "")))
    join, verb = (
        rng.choice(("；", "，", ";")),
        rng.choice(("得", "计")) if adds else rng.choice(("的扣", "，扣", "扣")),
    )
    style = (
        rng.choice(("{mark}{name}{verb}{score}分", "{mark}{name}（{score}分）"))
        if adds
        else "{mark}{name}{verb}{score}分"
    )
    rule = join.join(
        style.format(mark=mark, name=name, verb=verb, score=text(score))
        for mark, name, score in zip(marks, names, each, strict=False)
    )
    weight, cases = sum(each, Decimal(0)), []
    for _ in range(4):
        held = [rng.random() < 0.5 for _ in names]
        moved = sum((score for score, yes in zip(each, held, strict=True) if yes), Decimal(0))
        given = {"checks": dict(zip(names, held, strict=True))}
        cases.append(case(given, moved if adds else weight - moved))
    unique = list({str(item["input"]): item for item in cases}.values())
    return sentence("checklist_additive" if adds else "checklist_deduct", weight, rule, unique)


def events(rng: Random) -> Sentence:
    """So many points per event, with a floor or a cap."""
    adds, counter, each = (
        rng.random() < 0.3,
        rng.choice(COUNTERS),
        Decimal(rng.choice(("0.2", "0.5", "1", "2", "3"))),
    )
    weight = points(rng, 2, 10)
    one = rng.choice(("1", "一"))
    if adds:
        thing = rng.choice(("典型经验", "示范项目", "表彰奖励", "宣传稿件"))
        limit = rng.choice((f"最高{text(weight)}分", f"最多得{text(weight)}分", f"满{text(weight)}分为止"))
        rule = f"每{rng.choice(('获得', '完成', '新增'))}{one}{counter}{thing}得{text(each)}分，{limit}"
    else:
        fault = rng.choice(FAULTS)
        verb = rng.choice(("每发生", "每出现", "每发现", "发现", "发生"))
        head = rng.choice(("", f"无{fault}得{text(weight)}分，", f"未发生{fault}的得满分；"))
        rule = f"{head}{verb}{one}{counter}{fault}扣{text(each)}分{rng.choice(FLOOR)}"
    cases = []
    for count in (0, 1, 3, 40):
        moved = count * each
        cases.append(case({"events": count}, min(weight, moved) if adds else max(Decimal(0), weight - moved)))
    return sentence("per_event_add" if adds else "per_event_deduct", weight, rule, cases)


def quotient(rng: Random) -> Sentence:
    """A formula over two named numbers, capped."""
    weight = points(rng, 2, 15)
    done, planned = rng.choice(
        (("实际完成数", "计划完成数"), ("已办结件数", "应办结件数"), ("实际受益人数", "目标受益人数"))
    )
    times, over = rng.choice(("×", "*", "乘以")), rng.choice(("/", "÷"))
    factor = rng.choice(("分值", text(weight), f"{text(weight)}分"))
    rule = f"得分=（{done}{over}{planned}）{times}{factor}，最高不超过{text(weight)}分"
    cases = []
    for a, b in ((40, 50), (50, 50), (75, 60), (7, 80)):
        cases.append(case({"vars": {done: a, planned: b}}, min(weight, weight * a / b)))
    return sentence("formula", weight, rule, cases)


def mixed(rng: Random) -> Sentence:
    """A falling step and a deduction per event in one sentence, sometimes behind a gate."""
    rate, anchor, weight = rng.choice(RATES[:4]), rng.choice((100, 95, 90)), points(rng, 4, 15)
    each, per = Decimal(rng.choice(("0.2", "0.5", "1"))), Decimal(rng.choice(("0.5", "1", "2")))
    fault, gate = rng.choice(FAULTS), rng.random() < 0.4
    join = rng.choice(("；", ";"))
    rule = f"{rate}达到{anchor}%得{text(weight)}分，每低1个百分点扣{text(each)}分{join}每发生一次{fault}扣{text(per)}分"
    rule += rng.choice(FLOOR)
    if gate:
        rule += f"{join}弄虚作假的不得分"
    cases = []
    for below, count, caught in ((0, 0, False), (2, 1, False), (4, 0, False), (30, 9, False), (0, 1, True)):
        if caught and not gate:
            continue
        given: Sentence = {"value": anchor - below, "events": count}
        if gate:
            given["checks"] = {"弄虚作假": caught}
        worked = Decimal(0) if caught else max(Decimal(0), weight - below * each - count * per)
        cases.append(case(given, worked))
    return sentence("mixed", weight, rule, cases)


MAKERS: tuple[Callable[[Random], Sentence], ...] = (
    band, band, lower_band, step, step, share, tiers, ticks, events, quotient, mixed,
)  # fmt: skip


def write(seed: int, count: int, noise: float = 0.0) -> list[Sentence]:
    """`count` sentences of `seed`, each family in turn; the share `noise` stands among words that score nothing."""
    rng = Random(seed)
    written = []
    for n in range(count):
        line = {"id": f"s{seed}-{n:04d}"} | MAKERS[n % len(MAKERS)](rng)
        if rng.random() < noise:
            line["rule"] = rng.choice(("", *LEADS)) + line["rule"].rstrip("。") + rng.choice(("", *TAILS))
        written.append(line)
    return written


def main(argv: Sequence[str] | None = None) -> int:
    """Command line; JSON lines on stdout."""
    parser = argparse.ArgumentParser(prog="benchmarks.synth", description="按构造已知得分的评分句")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--noise", type=float, default=0.0, help="前后带有与计分无关文字的比例，0 至 1")
    options = parser.parse_args(argv)
    for line in write(options.seed, options.count, options.noise):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
