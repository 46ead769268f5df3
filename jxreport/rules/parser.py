"""Sentence → rule. The strict part: no digit, percent sign or scoring verb may stay unconsumed.

The sentence is cut at its scoring words (atoms), the text in front of each is read as a condition (pieces), and
the pieces are put together (assemble). Whatever cannot be accounted for makes the rule a :class:`Human` node.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.api import Context, Issue
from jxreport.rules.atoms import scan
from jxreport.rules.build import Plan, assemble
from jxreport.rules.build.lists import RESTATED
from jxreport.rules.classes import class_segments
from jxreport.rules.coefficients import coefficient_tiers
from jxreport.rules.definition import Definition, find_definition, in_unit
from jxreport.rules.formulas import find_formulas
from jxreport.rules.labelled import labelled_bands, score_first, stated_line
from jxreport.rules.list_heads import check_subtotals
from jxreport.rules.nodes import Groups, Human
from jxreport.rules.normalise import Text, normalised
from jxreport.rules.pieces import Gives, Piece, Reader, Unreadable, What
from jxreport.rules.point_ranges import refuse_ranges
from jxreport.rules.suspicion import suspiciously_low
from jxreport.rules.tree import Node
from jxreport.rules.vocabulary import NUM, UNIT
from jxreport.rules.walker import FAULT, Walk

MAX_LENGTH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A scoring sentence understood. `full`: the points a full mark reaches by the text (None: bonus only).

    `cap` None: the weight; `bonus`: the text adds points beyond the full mark; `capped`: it says that the
    weight is the limit; `floor_stated`: it says that the score stops at 0 (扣完为止).
    """

    text: str
    normalised: str
    weight: Decimal | None
    kind: str
    body: Node
    issues: tuple[Issue, ...] = ()
    definition: Definition | None = None
    full: Decimal | None = None
    cap: Decimal | None = None
    floor: Decimal | None = None
    floor_stated: bool = False
    negative: bool = False
    bonus: bool = False
    over: bool = False
    capped: bool = False
    effects: tuple[str, ...] = ()
    context: Context = field(default_factory=Context)
    source: Text = field(compare=False, repr=False, default_factory=lambda: Text("", (), ""))


_NUMBER_MISSING = re.compile(r"_{1,}|\(\s*\)分|(?<![\d.])%|(?:扣|得|加|计|减)\(?\s*\)?分(?=$)|□|�|\?\?")


_DAMAGE = re.compile(r"[�□_]|(?<![\d.:])0\d+(?=分(?!钟)|%|个?百分点)|\?{2,}|(?:扣|得|加|计|减)[A-Za-z.]{1,3}\d*分|\d[A-Za-z]\d*分")


_CHOICE = re.compile(r"[二两2三3]者?(?:之中|中|项中)?[择选]其?[一1]|任选(?:其中)?[其一1]|择其?[一1](?!流)项?")


_DIGITS = re.compile(r"[0-9%‰½¼¾²³]")


_FRACTION = re.compile(r"[一二三四五六七八九十]+分之[一二三四五六七八九十]+")


def parse_sentence(sentence: str, weight: Decimal | None, around: Context) -> Rule:
    """Read one sentence. Never raises for user text: what cannot be read becomes a Human node with the reason."""
    source = normalised(sentence)
    rule = Rule(
        text=sentence,
        normalised=source.text.rstrip("。.;,"),
        weight=weight,
        kind="human",
        body=Human(why=""),
        source=source,
        context=around,
    )
    try:
        if not source.text:
            raise Unreadable("没有评分标准")
        if len(source.text) > MAX_LENGTH:
            raise Unreadable("评分标准过长")
        if weight is not None and weight <= 0:
            raise Unreadable("分值不是正数")
        classes = class_segments(rule.normalised)
        return _for_classes(rule, classes) if classes else _parse(rule, source)
    except Unreadable as problem:
        why = str(problem)
        code = "JX402" if any(w in why for w in ("酌情", "排序", "人工评定", "区间分")) else "JX401"
        issue = Issue(code=code, text=f"需要人工评分：{why}", start=0, end=len(sentence))
        return replace(rule, body=Human(why=why), issues=(issue,))


def _for_classes(rule: Rule, classes: tuple[tuple[str, str], ...]) -> Rule:
    """Each class of unit read as a sentence of its own; together one rule that asks for the class."""
    parts = [_parse(replace(rule, normalised=words), normalised(words)) for _, words in classes]
    first = parts[0]
    alike = all(
        (p.full, p.cap, p.floor, p.negative, p.bonus, p.over, p.capped, p.effects)
        == (first.full, first.cap, first.floor, first.negative, first.bonus, first.over, first.capped, first.effects)
        for p in parts
    )
    if not alike or rule.weight is not None and first.full not in (None, rule.weight):
        raise Unreadable("各类单位的计分办法不能分开理解")
    rows = tuple((label, part.body) for (label, _), part in zip(classes, parts, strict=True))
    issues = tuple(dict.fromkeys(issue for part in parts for issue in part.issues))
    return replace(
        first, normalised=rule.normalised, kind="groups", body=Groups(rows=rows), issues=issues,
        floor_stated=any(p.floor_stated for p in parts),
    )  # fmt: skip


def _parse(rule: Rule, source: Text) -> Rule:
    text = source.text
    if _DAMAGE.search(text):
        raise Unreadable("文字有缺损")
    if _CHOICE.search(text):
        raise Unreadable("几项中选择一项考核，选哪一项没有写明")
    reader = Reader(text)
    plan = Plan(weight=rule.weight, reader=reader, target_unit=rule.context.unit, indicator=rule.context.indicator)
    plan.description = normalised(rule.context.description).text
    refuse_ranges(text, rule.weight)
    shares = coefficient_tiers(reader)
    reader.text = _mask_remarks(reader, plan)
    formulas, unreadable = find_formulas(reader.text, rule.weight)
    if unreadable:
        raise Unreadable("计分公式不能理解")
    line = stated_line(reader, rule.weight)
    plan.interp = bool(line)
    state = Walk(reader=reader, plan=plan, pieces=shares or line or labelled_bands(reader) or score_first(reader))
    masked = reader.text
    for found in formulas:
        reader.eat(found.start, found.end)
        state.pieces.append(
            Piece(
                what=What.NOTHING,
                gives=Gives.FORMULA,
                label=found.name,
                expr=found.expr,
                interval=found.interval,
                start=found.start,
                end=found.end,
            )
        )
    spans = tuple((f.start, f.end) for f in formulas)
    definition, definition_span = _definition_inside(text, rule.context, formulas)
    if definition_span:
        spans = (*spans, definition_span)
        reader.eat(*definition_span)
    state.jumps = spans
    for atom in scan(masked, spans):
        state.take(atom)
    state.rest()
    if not state.pieces:
        raise Unreadable("没有找到得分或扣分的规定")
    state.pieces.sort(key=lambda p: p.start)
    state.pieces = check_subtotals(state.pieces, text)
    _verbs(state.pieces, rule.weight)
    body = assemble(state.pieces, plan)
    _strict(reader, masked)
    return _finish(rule, body, plan, state, definition)


_FAULT_SAID = re.compile(
    r"(?:未|没有|不)(?!发生|出现|发现|存在|被|超过)|发现|出现|.*(?:不符合|不合格|不规范|不到位|不及时|无[\u4e00-\u9fff]{1,3}性|未(?:及时|按|落实|建立|制定|开展|组织))"
)


def _verbs(pieces: list[Piece], weight: Decimal | None) -> None:
    """未制定的2分,未检查的扣2分: points without a verb for a fault among deductions have lost their 扣."""
    awards = [p for p in pieces if p.gives in (Gives.AWARD, Gives.FULL)]
    alone = len(awards) == 1 and awards[0].what in (What.TEXT, What.VALUE, What.EVENT) and len(pieces) > 1 and awards[0].points != weight
    plain_awards = [p for p in awards if p.what in (What.TEXT, What.EVENT, What.VALUE) and not p.verb and p.share is None]
    lone = plain_awards[0] if len(plain_awards) == 1 and plain_awards[0].gives is Gives.AWARD else None
    if lone is not None and (lone.what is not What.VALUE or not lone.stated_compare) and _FAULT_SAID.match(lone.label or lone.scope):
        raise Unreadable(f"“{lone.label or lone.scope}”的分数没有写明是得分还是扣分")
    if not any(p.gives is Gives.DEDUCT for p in pieces) and not alone:
        return
    for piece in pieces:
        number = piece.what is What.VALUE and not piece.stated_compare
        bare = (
            (piece.what in (What.TEXT, What.EVENT) or number)
            and piece.gives is Gives.AWARD
            and not piece.verb
        )
        if bare and (FAULT.search(piece.scope) or re.match(r"(?:未|没有|无|不)", piece.label)):
            raise Unreadable(f"“{piece.label}”的分数没有写明是得分还是扣分")


def _definition_inside(
    text: str, around: Context, formulas: object
) -> tuple[Definition | None, tuple[int, int] | None]:
    """A ratio definition inside the sentence itself, else in the description or the name."""
    match = re.search(
        r"(?:^|[,;。:(])(?P<all>(?P<name>[^,;。:=<>≤≥()]{1,30}(?:率|比例|比重|度))=(?P<expr>\(?[^;。=,]+[/÷][^;。=,]+?×100%?\)?))(?=$|[,;。])",
        text,
    )
    if match:
        inner = find_definition(match["all"], around.indicator)
        if inner is not None:
            return inner, match.span("all")
    if around.description and not formulas:
        return find_definition(around.description, around.indicator, around.indicator), None
    return None, None


def _mask_remarks(reader: Reader, plan: Plan) -> str:
    """Blank out remarks inside a condition (不足1个百分点的按1个百分点计; 同一项不重复扣分)."""
    text = reader.text
    scale = re.match(r"(?:以|按)(?:100|百)分为(?:满分|总分),(?=[^;。]*[×*])", text)
    if scale is not None:  # 以100分为满分,得分=考核得分×8%: what the number in the formula is out of
        reader.eat(*scale.span())
        text = _blank(text, *scale.span())
    capped = re.search(rf"\((?:得分)?(?:超过|高于)(?P<a>{NUM})分的?,?(?:均)?按(?P<b>{NUM})分计(?:算|分)?\)", text)
    if capped is not None and capped["a"] == capped["b"]:
        plan.cap = Decimal(capped["a"])
        plan.capped = plan.cap == plan.weight
        reader.eat(*capped.span())
        text = _blank(text, *capped.span())
    for match in re.finditer(
        rf"[,(]?(?:不足|不满|未满)(?P<n>{NUM})?(?P<u>个?百分点|%|{UNIT}|一档|1档)?的?(?:部分)?,?(?P<how>(?:按|以)(?P<m>{NUM})?(?:个?百分点|%|{UNIT}|一档|比例)(?:计算|计|算|扣分|折算|扣|加分)*|"
        rf"不予?扣分|不加分|不计算?|不扣|忽略不计|不予计算|舍去)\)?(?=[,;。)扣加]|$)",
        text,
    ):
        how = match["how"]
        if match["m"] and match["n"] and match["m"] != match["n"]:
            continue
        if (
            how.startswith("不")
            and match["u"] in ("%",)
            and match["n"] not in ("1", None)
            and not match[0].startswith("(")
        ):
            continue
        plan.partial = "prorate" if "比例" in how else "begun" if how[0] in "按以" else "whole"
        reader.eat(*match.span())
        text = _blank(text, *match.span())
    for match in RESTATED.finditer(text):
        plan.restated = True
        reader.eat(*match.span())
        text = _blank(text, *match.span())
    return text


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _strict(reader: Reader, text: str) -> None:
    """Every digit and percent sign must be eaten: what is left is how damage looks."""
    eaten = bytearray(len(text))
    for start, end in reader.eaten:
        for i in range(max(0, start), min(end, len(text))):
            eaten[i] = 1
    for match in _DIGITS.finditer(text):
        if not eaten[match.start()]:
            around = text[max(0, match.start() - 6) : match.end() + 6]
            raise Unreadable(f"“{around}”中的数字不能理解")
    for char_index, char in enumerate(text):
        if (
            unicodedata.category(char) == "No"
            and not eaten[char_index]
            and char not in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
        ):
            raise Unreadable(f"“{char}”不能理解")


def _finish(rule: Rule, body: Node, plan: Plan, state: Walk, definition: Definition | None) -> Rule:
    if plan.no_bonus and plan.bonus:
        raise Unreadable("“不加分”与加分条款的关系不明")
    kinds = {"Total": "sum", "Bands": "bands", "Items": "items", "HumanGate": "gate"}
    kind = type(body).__name__
    issues = tuple(
        Issue(
            code="JX409",
            start=0,
            end=len(rule.text),
            text=f"多出一个“{note}”字，按无此字理解"
            if note
            else "“得分”没有写明分数，后面写有“否则不得分”，按得满分理解",
        )
        for note in state.reader.notes
    )
    low = suspiciously_low(body, rule.context.indicator)
    if not low and state.low_share is not None:
        low = f"有一档只得{plain(state.low_share)}%的分值，请核对是否漏了数字"
    if definition is not None:
        unit = next((n.unit for n in body.needs() if n.key == "value"), "")
        definition = in_unit(definition, unit)
    if definition is not None and definition.repaired:
        text = f"公式的括号不配对，按唯一合理的方式理解为：{definition.words()}"
        fix = f"请把公式改写为：{definition.name}={definition.words()}"
        issues = (*issues, Issue(code="JX408", text=text, start=0, end=len(rule.text), suggestion=fix))
    if low:
        issues = (*issues, Issue(code="JX418", text=low, start=0, end=len(rule.text)))
    if state.headings and plan.full is not None and state.headings != plan.full:
        raise Unreadable("小标题的分值与各项分值之和不符")
    return replace(
        rule, kind=kinds.get(kind, kind.lower()), body=body, definition=definition, full=plan.full, cap=plan.cap, floor=plan.floor,
        floor_stated=state.floor_stated, negative=state.negative, bonus=plan.bonus, over=plan.over or state.negative, capped=plan.capped,
        effects=tuple(state.effects), issues=issues,
    )  # fmt: skip
