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
from jxreport.rules.atoms import Atom, Kind, scan
from jxreport.rules.build import Plan, assemble
from jxreport.rules.definition import Definition, find_definition
from jxreport.rules.formulas import find_formulas
from jxreport.rules.interval import find_interval
from jxreport.rules.labelled import labelled_bands, score_first
from jxreport.rules.nodes import Bands, Gate, Human, Scale, Step, Total
from jxreport.rules.normalise import Text, normalised
from jxreport.rules.pieces import MARK, Gives, Piece, Reader, Unreadable, What, context, read_clause
from jxreport.rules.tree import Node, ValueIn
from jxreport.rules.vocabulary import NUM, UNIT

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
_FAULT = re.compile(
    r"错|漏|缺|少|未|不|违|事故|投诉|迟|逾|延|差|问题|通报|处罚|损|失|超|晚|罚|案件|纠纷|上访"
)
_HAPPENED = re.compile(r"(?:发现|出现|发生|违规|问题|错|漏|迟|少|缺|逾|超)[^,;]*\d[^\d,;]{1,2}$")
_MERIT = re.compile(
    rf"^(?:每|按)(?:符合|具备|完成|达到|获得|获|新增|组织|开展|建成|引进|举办|有|增加)?1?个?(?:{UNIT}|要点)(?!.*(?:错|漏|缺|少|未|不|违|事故|投诉|迟|逾|延))"
)
_DAMAGE = re.compile(r"[�□]|\?{2,}")
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
        return _parse(rule, source)
    except Unreadable as problem:
        why = str(problem)
        code = "JX402" if any(w in why for w in ("酌情", "排序", "人工评定", "区间分")) else "JX401"
        issue = Issue(code=code, text=f"需要人工评分：{why}", start=0, end=len(sentence))
        return replace(rule, body=Human(why=why), issues=(issue,))


def _parse(rule: Rule, source: Text) -> Rule:
    text = source.text
    if _DAMAGE.search(text):
        raise Unreadable("文字有缺损")
    reader = Reader(text)
    plan = Plan(weight=rule.weight, reader=reader, target_unit=rule.context.unit)
    formulas, unreadable = find_formulas(text, rule.weight)
    if unreadable:
        raise Unreadable("计分公式不能理解")
    reader.text = _mask_remarks(reader, plan)
    state = _State(reader=reader, plan=plan, pieces=labelled_bands(reader) or score_first(reader))
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
    _verbs(state.pieces, rule.weight)
    body = assemble(state.pieces, plan)
    _strict(reader, masked)
    return _finish(rule, body, plan, state, definition)


def _one_segment(text: str, pieces: list[Piece]) -> bool:
    """Do the clauses stand between the same full stops or semicolons?"""
    return not re.search(r"[;。]", text[pieces[0].start : pieces[-1].start])


def _verbs(pieces: list[Piece], weight: Decimal | None) -> None:
    """未制定的2分,未检查的扣2分: points without a verb for a fault among deductions have lost their 扣."""
    awards = [p for p in pieces if p.gives in (Gives.AWARD, Gives.FULL)]
    alone = len(awards) == 1 and awards[0].what is What.TEXT and len(pieces) > 1 and awards[0].points != weight
    if not any(p.gives is Gives.DEDUCT for p in pieces) and not alone:
        return
    for piece in pieces:
        number = piece.what is What.VALUE and not piece.stated_compare
        bare = (
            (piece.what in (What.TEXT, What.EVENT) or number)
            and piece.gives is Gives.AWARD
            and not piece.verb
        )
        if bare and (_FAULT.search(piece.scope) or re.match(r"(?:未|没有|无|不)", piece.label)):
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
    return text


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


@dataclass(slots=True)
class _State:
    """Walks over the atoms; `at` is where the text not yet used begins."""

    reader: Reader
    plan: Plan
    at: int = 0
    pieces: list[Piece] = field(default_factory=list)
    floor_stated: bool = False
    negative: bool = False
    effects: list[str] = field(default_factory=list)
    headings: Decimal = Decimal(0)
    low_share: Decimal | None = None
    jumps: tuple[tuple[int, int], ...] = ()

    def take(self, atom: Atom) -> None:
        if atom.start < self.at:
            return  # inside a segment that was taken whole
        for start, end in self.jumps:
            if self.at <= start < atom.start:
                context(self.reader, self.at, self.reader.text[self.at : start])
                self.at = end
        handler = _HANDLERS.get(atom.kind)
        if handler is not None:
            handler(self, atom)
            return
        self._clause(atom)

    def _clause(self, atom: Atom) -> None:
        gives, points, share = _GIVES[atom.kind], atom.points, None
        if atom.kind is Kind.SHARE:
            share, points = atom.points, None
            gives = Gives.DEDUCT if "扣" in atom.word else Gives.ADD if "加" in atom.word else Gives.AWARD
        elif atom.kind is Kind.AWARD and points == 0:
            gives = Gives.ZERO
        if atom.high is not None:
            gives = Gives.HUMAN
        if atom.kind is Kind.ADD and atom.points == 0 or atom.kind is Kind.DEDUCT and atom.points == 0:
            points = Decimal(0)
        if atom.kind is Kind.SCALE and re.search(r"超|未", atom.text) and "扣" not in atom.word:
            raise Unreadable("按什么比例计分不明")
        self.reader.eat(atom.start, atom.end)
        if atom.kind is Kind.FULL and re.search(r"基准分|基本分|基础分", atom.text):
            self.plan.over = True
        if atom.kind is Kind.AWARD and self.reader.text[atom.end : atom.end + 1] in (":",) and atom.points:
            context(self.reader, self.at, self.reader.text[self.at : atom.start])
            self.headings += atom.points
            self.at = atom.end
            return
        piece = read_clause(self.reader, self.at, atom, gives, points)
        if share is not None and share < 20 and gives is Gives.AWARD:
            self.low_share = share
        piece = replace(piece, share=share)
        if gives is Gives.HUMAN:
            piece = replace(
                piece,
                why=f"文字给的是分数区间（{plain(atom.points or Decimal(0))}—{plain(atom.high or Decimal(0))}分），需要人工评定",
            )
        if piece.what is What.NOTHING and gives is not Gives.SCALE:
            self._no_condition(atom, piece)
        else:
            event = piece.what is What.EVENT and not (_MERIT.match(piece.label) and not _FAULT.search(piece.scope))
            number = piece.what is What.VALUE and not piece.stated_compare and _HAPPENED.search(piece.scope)
            if (event or number) and gives is Gives.AWARD and not atom.word and piece.unit != "%":
                raise Unreadable(f"“{atom.text}”没有写明是得分还是扣分")
            self.pieces.append(piece)
        self.at = atom.end
        self._stray()

    def _no_condition(self, atom: Atom, piece: Piece) -> None:
        """Points without a condition: 计满分 twice, or text that was lost."""
        raise Unreadable(f"“{atom.text}”前面没有写明条件")

    def _stray(self) -> None:
        """One stray character between the points and the next stop (15分人,) is an obvious slip: noted, not read."""
        match = re.match(r"([\u4e00-\u9fff])(?=[,;。]|$)", self.reader.text[self.at :])
        if match and match[1] not in "止":
            self.reader.notes.append(match[1])
            self.at += 1

    def human(self, atom: Atom) -> None:
        end = self._segment_end(atom.end)
        self.reader.eat(atom.start, end)
        cond_end = atom.start
        piece = read_clause(self.reader, self.at, replace(atom, start=cond_end), Gives.HUMAN, None)
        why = {"扣": "“相应扣分”没有写明扣多少分"}.get(
            atom.text[0] if "相应" in atom.text and "扣" in atom.text else "", ""
        )
        if "相应" in atom.text and not why:
            why = "“相应扣分”没有写明扣多少分" if "扣" in atom.text else "“相应计分”没有写明多少分"
        if re.search(r"从[高低多少]|排|名次|第\d|前\d|横向", atom.text):
            why = "按排序计分，需要其他单位的数据"
        why = why or f"“{atom.text}”由评分人裁量，需要人工评定"
        self.pieces.append(replace(piece, why=why))
        self.at = end

    def _segment_end(self, start: int) -> int:
        match = re.search(r"[;。]", self.reader.text[start:])
        return start + match.start() if match else len(self.reader.text)

    def veto(self, atom: Atom) -> None:
        """一票否决 acts on the whole table: kept as an effect, never as points."""
        end = self._segment_end(atom.end)
        text = self.reader.text[self.at : end].strip(",;。:")
        self.effects.append(MARK.sub("", text))
        self.reader.eat(self.at, end)
        self.plan.veto = True
        self.at = end

    def declare(self, atom: Atom) -> None:
        self._between(atom)
        if atom.word in ("基本分", "基准分", "基础分"):
            self.plan.base = atom.points
        else:
            if self.plan.declared not in (None, atom.points):
                raise Unreadable("写了两个不同的满分")
            self.plan.declared = atom.points
        self._done(atom)

    def floor(self, atom: Atom) -> None:
        self._between(atom)
        self.floor_stated = True
        if atom.points is not None and atom.points != self.plan.weight and atom.points != 0:
            self._limit("扣", atom.points, total=False)
        self._done(atom)

    def may_be_negative(self, atom: Atom) -> None:
        self._between(atom)
        self.negative = True
        self._done(atom)

    def ladder(self, atom: Atom) -> None:
        self._between(atom)
        self.plan.ladder = True
        self._done(atom)

    def interp(self, atom: Atom) -> None:
        text = self.reader.text[self.at : atom.start].strip(",;。")
        between = find_interval(text)
        if (
            between is not None
            and between.interval.is_two_sided
            and not re.search(r"\d", between.before + between.after)
        ):
            self.plan.interp_range = (between.interval.lo, between.interval.hi)
            self.reader.eat(self.at, atom.start)
            self.at = atom.start
        self._between(atom)
        self.plan.interp = True
        self._done(atom)

    def remark(self, atom: Atom) -> None:
        self._between(atom)
        self.plan.once = True
        self._done(atom)

    def bare(self, atom: Atom) -> None:
        """A verb without a number is an announcement (根据…计分, 计分:) or the sign of a lost number."""
        if atom.text == "得分" and re.match(r"[,;]否则(?:不得分|不计分|0分)", self.reader.text[atom.end :]):
            self.reader.notes.append("")
            self._clause(replace(atom, kind=Kind.FULL))  # …得分,否则不得分: all or nothing
            return
        before = self.reader.text[max(self.at, self.reader.text.rfind("。", 0, atom.start) + 1) : atom.start]
        after = self.reader.text[atom.end : atom.end + 1]
        announced = (
            re.search(r"(?:根据|按照|按(?!期|时|规|要求|计划|质|量)|依据|以|据)[^;。\d]{2,}$", before)
            and after in (",", ";", "。", ":")
            and "_" not in atom.text
        )
        if not (
            announced or (after == ":" and atom.text in ("计分", "评分", "得分"))
        ) or atom.text.startswith("扣"):
            raise Unreadable(f"“{atom.text}”没有写明分数")
        self._between(atom)
        self._done(atom)

    def cap(self, atom: Atom) -> None:
        self._between(atom)
        word, _, total = atom.word.partition("|")
        if word == "low":
            self.plan.floor = atom.points
        elif word == "weight":
            self.plan.capped = True
        elif atom.points is not None:
            self._limit(word, atom.points, total=bool(total))
        self._done(atom)

    def _limit(self, word: str, points: Decimal, total: bool) -> None:
        """Where a limit belongs: to the clause before it, to all clauses of its sign, or to the score."""
        plan = self.plan
        sign = Gives.DEDUCT if "扣" in word else Gives.ADD if "加" in word else None
        last = self.pieces[-1] if self.pieces else None
        changes = [
            p
            for p in self.pieces
            if p.gives in (Gives.ADD, Gives.DEDUCT) or p.gives is Gives.AWARD and p.what is What.EVENT
        ]
        counted = last is not None and last.gives is Gives.AWARD and last.what is What.EVENT
        if (
            last is not None
            and last in changes
            and (sign is None or word in ("得", "计", "记", "赋", "给") and counted)
        ):
            sign = last.gives
        elif sign is Gives.ADD and last is not None and last.gives is Gives.AWARD and last.what is What.EVENT:
            sign = Gives.AWARD
        same = [p for p in changes if p.gives is sign]
        base = any(p.gives in (Gives.AWARD, Gives.FULL) and p.what is not What.EVENT for p in self.pieces)
        together = sign is not None and len(same) > 1 and (not word or _one_segment(self.reader.text, same))
        if together and not (points == plan.weight and base):
            total = True
        if (
            points == plan.weight
            and not (counted and sign is Gives.AWARD)
            and (
                word == "得"
                or "满" in self.reader.text[self.at : self.at + 6]
                or base
                and sign is Gives.ADD
                and not total
            )
        ):
            plan.cap, plan.capped = points, True
        elif sign is None or not same:
            plan.cap = points
        elif sign is Gives.ADD and all(p.what is What.VALUE for p in same):
            plan.add_limit = points
        elif len(same) > 1 and (total or "每" not in word):
            if not total and len(same) > 1 and last is same[-1]:
                self.pieces[-1] = replace(last, limit=points)
                return
            if sign is Gives.DEDUCT:
                plan.deduct_limit = points
            elif sign is Gives.ADD:
                plan.add_limit = points
            else:
                plan.award_limit = points
        else:
            index = self.pieces.index(same[-1])
            self.pieces[index] = replace(same[-1], limit=points)

    def parallel(self, atom: Atom) -> None:
        """好、中、差,分别扣0、3、5分: labels and points zipped by position, never padded."""
        raw = self.reader.text[self.at : atom.start]
        stripped = MARK.sub("", raw)
        start = self.at + len(raw) - len(stripped)
        lead = re.split(r"[;。]", stripped)
        if len(lead) > 1:
            context(self.reader, start, stripped[: len(stripped) - len(lead[-1])])
            start += len(stripped) - len(lead[-1])
        words = lead[-1].rstrip(",:的")
        each = re.search(rf"(?:的)?,?每(?P<u>{UNIT})(?:的)?$", words)
        if each is not None:
            words = words[: each.start()].rstrip(",:的")
        colon = max(words.rfind(":"), words.rfind("分为"), words.rfind("为"), words.rfind(","))
        names = words[colon + 1 :] if colon >= 0 and "、" in words[colon:] else words
        place = start + words.rfind(names)
        labels = [label for label in re.split(r"、|和|及|或", names) if label]
        if len(labels) != len(atom.values) or len(labels) < 2:
            raise Unreadable("“分别”前后的项数不一致")
        self.reader.eat(atom.start, atom.end)
        kind = (
            Kind.DEDUCT
            if "扣" in atom.word or "减" in atom.word
            else Kind.ADD
            if atom.word == "加"
            else Kind.AWARD
        )
        share = "%" in atom.text
        base = self.plan.weight
        for label, value in zip(labels, atom.values, strict=True):
            at = self.reader.text.index(label, place)
            place = at + len(label)
            fake = replace(atom, kind=kind, start=place, end=atom.end, points=value, high=None, per="")
            gives = _GIVES[kind]
            if each is not None and not atom.word:
                raise Unreadable(f"“{atom.text}”没有写明是得分还是扣分")
            if each is not None:
                sign = Gives.DEDUCT if kind is Kind.DEDUCT else Gives.ADD if kind is Kind.ADD else Gives.AWARD
                name = MARK.sub("", label).rstrip("的") + f"每{each['u']}"
                self.pieces.append(
                    Piece(
                        what=What.EVENT,
                        gives=sign,
                        points=value,
                        label=name,
                        scope=name,
                        unit=each["u"],
                        every=True,
                        start=at,
                        end=atom.end,
                    )
                )
                continue
            if kind is Kind.DEDUCT:
                # tiers whose fault is deducted: the tier earns the weight less its deduction
                if base is None:
                    raise Unreadable("不知道该指标的分值，无法扣分")
                fake, gives = replace(fake, points=base - value), Gives.AWARD
            if fake.points == 0:
                gives = Gives.ZERO
            piece = read_clause(self.reader, at, fake, gives, None if share else fake.points)
            self.pieces.append(replace(piece, share=value if share else None, start=at))
        self.at = atom.end

    def _between(self, atom: Atom) -> None:
        """Text in front of an atom that takes no condition: requirement text, or a full stop of nothing."""
        text = self.reader.text[self.at : atom.start]
        if text.strip(",;。:、() "):
            context(self.reader, self.at, text, loose=False)

    def _done(self, atom: Atom) -> None:
        self.reader.eat(atom.start, atom.end)
        self.at = atom.end

    def rest(self) -> None:
        for start, end in self.jumps:
            if self.at <= start:
                context(self.reader, self.at, self.reader.text[self.at : start])
                self.at = end
        if self.at < len(self.reader.text):
            context(self.reader, self.at, self.reader.text[self.at :], loose=False)


_GIVES = {
    Kind.AWARD: Gives.AWARD, Kind.FULL: Gives.FULL, Kind.ZERO: Gives.ZERO, Kind.ADD: Gives.ADD, Kind.DEDUCT: Gives.DEDUCT,
    Kind.SCALE: Gives.SCALE, Kind.SHARE: Gives.AWARD, Kind.HUMAN: Gives.HUMAN,
}  # fmt: skip
_HANDLERS = {
    Kind.HUMAN: _State.human, Kind.VETO: _State.veto, Kind.DECLARE: _State.declare, Kind.FLOOR: _State.floor,
    Kind.NEGATIVE: _State.may_be_negative, Kind.LADDER: _State.ladder, Kind.INTERP: _State.interp, Kind.ONCE: _State.remark,
    Kind.PARTIAL: _State.remark, Kind.BARE: _State.bare, Kind.CAP: _State.cap, Kind.PARALLEL: _State.parallel,
}  # fmt: skip


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


_FREE_RATE = re.compile(
    r"(?:增长|增幅|增速|下降|降低|减少|变动|调整|结余|结转|偏差|偏离|超支|投诉|事故|死亡|发病|失业|负债|差错|返修|流失|利润|收益|回报|占比|比重|比例|"
    r"信访|感染|患病|违约|不良|逾期|空置|漏|出生|复发|提升|提高|节约|超额|贡献|上升|升学|录取|考取|变化|替代|自给|国产)[^,;]{0,4}$"
)
_LOW = Decimal(50)


_TO_HUNDRED = re.compile(r"(?:控制率|执行率|使用率|支出率|完成率)$")


def _low_line(node: object, indicator: str = "") -> str:
    """完成率≥9%得满分: a full mark this low on such a rate is mostly a lost digit. Said beside the score."""
    if isinstance(node, Gate):
        cond = node.cond
        if (
            isinstance(cond, ValueIn)
            and cond.measure.unit == "%"
            and cond.interval.lo is None
            and (cond.interval.hi or 0) < 20
            and not _FREE_RATE.search(cond.measure.name)
        ):
            return f"不得分的界线只有{plain(cond.interval.hi or Decimal(0))}%，请核对是否漏了数字"
        return _low_line(node.body, indicator)
    if isinstance(node, Total):
        return next((text for part in node.parts for text in [_low_line(part, indicator)] if text), "")
    if isinstance(node, Scale):
        name, line = node.measure.name, node.full_at
    elif isinstance(node, Step) and node.measure.unit == "%" and node.points < 0 and node.anchor is not None:
        name, line = node.measure.name, node.anchor
        if node.side != "below" and not (node.side == "above" and _TO_HUNDRED.search(name or indicator)):
            return ""
    elif isinstance(node, Bands) and node.measure.unit == "%":
        best = max((r for r in node.rows if r.points), key=lambda r: r.points or 0, default=None)
        if best is None or best.interval.lo is None or best.interval.hi is not None:
            return ""
        name, line = node.measure.name, best.interval.lo
    else:
        return ""
    if 0 <= line < _LOW and not _FREE_RATE.search(name):
        return f"满分线只有{plain(line)}%，请核对是否漏了数字"
    return ""


def _finish(rule: Rule, body: Node, plan: Plan, state: _State, definition: Definition | None) -> Rule:
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
    low = _low_line(body, rule.context.indicator)
    if not low and state.low_share is not None:
        low = f"有一档只得{plain(state.low_share)}%的分值，请核对是否漏了数字"
    if low:
        issues = (*issues, Issue(code="JX418", text=low, start=0, end=len(rule.text)))
    if state.headings and plan.full is not None and state.headings != plan.full:
        raise Unreadable("小标题的分值与各项分值之和不符")
    return replace(
        rule, kind=kinds.get(kind, kind.lower()), body=body, definition=definition, full=plan.full, cap=plan.cap, floor=plan.floor,
        floor_stated=state.floor_stated, negative=state.negative, bonus=plan.bonus, over=plan.over or state.negative, capped=plan.capped,
        effects=tuple(state.effects), issues=issues,
    )  # fmt: skip
