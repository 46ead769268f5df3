"""The walk over the atoms of a sentence: each takes the text in front of it as its condition."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from jxreport.number import plain
from jxreport.rules.atoms import Atom, Kind
from jxreport.rules.build import Plan
from jxreport.rules.clause_limits import place_limit
from jxreport.rules.clauses import GIVES, read_clause
from jxreport.rules.interval import find_interval
from jxreport.rules.list_heads import EACH, any_of, one_each, subtotal
from jxreport.rules.parallel_lists import parallel_list
from jxreport.rules.pieces import Gives, Piece, Reader, Unreadable, What, context
from jxreport.rules.table_effects import table_zero, veto, wider_zero
from jxreport.rules.vocabulary import NUM, UNIT

FAULT = re.compile(
    r"错|漏|缺|少|未|不|违|事故|投诉|迟|逾|延|差|问题|通报|处罚|损|失|超|晚|罚|案件|纠纷|上访"
)


_HAPPENED = re.compile(r"(?:发现|出现|发生|违规|问题|错|漏|迟|少|缺|逾|超)[^,;]*\d[^\d,;]{1,2}$")


_MERIT = re.compile(
    rf"^(?:每|按)(?:符合|具备|完成|达到|获得|获|新增|组织|开展|建成|引进|举办|有|增加)?1?个?(?:{UNIT}|要点)(?!.*(?:错|漏|缺|少|未|不|违|事故|投诉|迟|逾|延))"
)


_ELSEWHERE = re.compile(r"(?:并|同时)?(?:在|从)?(?:单位|部门|个人|年终|年度|考核)*(?:总分|总成绩|总得分)(?:中|里|内)?$")


@dataclass(slots=True)
class Walk:
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
        gives, points, share = GIVES[atom.kind], atom.points, None
        if atom.kind is Kind.SHARE:
            share, points = atom.points, None
            if re.fullmatch(r"[得计记给赋][\d.]+%", atom.text) and not re.search(r"满分|分值|权重|全分", self.reader.text[: atom.start]):
                raise Unreadable(f"“{atom.text}”是百分之几的什么，没有写明")
            gives = Gives.DEDUCT if "扣" in atom.word else Gives.ADD if "加" in atom.word else Gives.AWARD
        elif atom.kind is Kind.AWARD and points == 0:
            gives = Gives.ZERO
        if atom.kind is Kind.ZERO and atom.text.endswith("不加分") and self._no_bonus(atom):
            return
        if atom.high is not None:
            gives = Gives.HUMAN
        if atom.kind is Kind.ADD and atom.points == 0 or atom.kind is Kind.DEDUCT and atom.points == 0:
            points = Decimal(0)
        if atom.kind is Kind.SCALE and re.search(r"超|未", atom.text) and "扣" not in atom.word:
            raise Unreadable("按什么比例计分不明")
        self.reader.eat(atom.start, atom.end)
        if atom.kind is Kind.FULL and re.search(r"基准分|基本分|基础分", atom.text):
            self.plan.over = True
        if atom.kind is Kind.AWARD and self.reader.text[atom.end : atom.end + 1] == ":" and atom.points and not EACH.match(atom.text):
            context(self.reader, self.at, self.reader.text[self.at : atom.start])
            self.headings += atom.points
            self.at = atom.end
            return
        costs = gives is Gives.HUMAN and atom.kind is Kind.DEDUCT  # 每次扣1-2分 is read as a deduction
        piece = read_clause(self.reader, self.at, atom, Gives.DEDUCT if costs else gives, points)
        piece = replace(piece, gives=gives) if costs else piece
        if share is not None and share < 20 and gives is Gives.AWARD:
            self.low_share = share
        piece = replace(piece, share=share, sums=gives is Gives.AWARD and subtotal(self, atom))
        if gives in (Gives.ZERO, Gives.FULL):
            piece = wider_zero(self, replace(piece, verb=atom.text), atom)
        if gives is Gives.HUMAN:
            piece = replace(
                piece,
                why=f"文字给的是分数区间（{plain(atom.points or Decimal(0))}—{plain(atom.high or Decimal(0))}分），需要人工评定",
            )
        if piece.what is What.NOTHING and gives is not Gives.SCALE:
            self._no_condition(atom, piece)
        else:
            event = piece.what is What.EVENT and not (_MERIT.match(piece.label) and not FAULT.search(piece.scope))
            number = piece.what is What.VALUE and not piece.stated_compare and _HAPPENED.search(piece.scope)
            if (event or number) and gives is Gives.AWARD and not atom.word and piece.unit != "%":
                raise Unreadable(f"“{atom.text}”没有写明是得分还是扣分")
            if piece.gives is Gives.DEDUCT and _ELSEWHERE.match(piece.label):
                raise Unreadable(f"“{piece.label}”扣分，作用于整个考核")
            self.at = atom.end
            self.pieces.extend(one_each(atom, any_of(self, piece)))
        self.at = max(self.at, atom.end)
        self._stray()

    def _no_bonus(self, atom: Atom) -> bool:
        """高于基准的不加分: nothing beyond the full mark. (未获奖不加分 stays a row of its own.)"""
        words = re.split(r"[,;。]", self.reader.text[self.at : atom.start].rstrip(",;。"))[-1]
        if not re.search(r"高于|超过|超出|超额|大于|多于|优于|超", words):
            return False
        if re.search(r"\d", words) and find_interval(words) is None:
            return False
        context(self.reader, self.at, self.reader.text[self.at : atom.start])
        self.plan.capped = self.plan.no_bonus = True
        self._done(atom)
        return True

    def _no_condition(self, atom: Atom, piece: Piece) -> None:
        """Points without a condition: 计满分 twice, or text that was lost."""
        if atom.kind is Kind.AWARD and not self.pieces and atom.points == self.plan.weight and self.plan.declared is None:
            self.plan.declared = atom.points  # (2分,1个部门0.5分): the points of the row
            return
        last = self.pieces[-1] if self.pieces else None
        joined = last is not None and re.fullmatch(r"(?:的)?[,]?(?:并|且|同时|另)*", self.reader.text[last.end : atom.start])
        if last is not None and joined and last.gives is Gives.ZERO and piece.gives is Gives.DEDUCT:
            why = f"“{last.verb}”之外再“{atom.text}”，得分会低于0分，需要人工评定"
            self.pieces[-1] = replace(last, gives=Gives.HUMAN, why=why, end=atom.end)
            return
        raise Unreadable(f"“{atom.text}”前面没有写明条件")

    def _stray(self) -> None:
        """One stray character between the points and the next stop (15分人,) is an obvious slip: noted, not read."""
        match = re.match(r"([\u4e00-\u9fff])(?=[,;。]|$)", self.reader.text[self.at :])
        if match and match[1] not in "止":
            self.reader.notes.append(match[1])
            self.at += 1

    def human(self, atom: Atom) -> None:
        end = self._discretion_end(atom.end)
        self.reader.eat(atom.start, end)
        before = self.reader.text[self.at : atom.start]
        by = re.search(r"[的,](?P<by>(?:根据|按照?|视|依据)[^,;。]{2,20}?)$", before)  # 部分达到的,根据工作开展情况酌情扣分
        cond_end = self.at + by.start("by") if by is not None else atom.start
        costs = re.search(r"扣|减", atom.text) is not None
        read_as = Gives.DEDUCT if costs else Gives.HUMAN
        piece = read_clause(self.reader, self.at, replace(atom, start=cond_end), read_as, None)
        piece = replace(piece, gives=Gives.HUMAN)
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

    def _discretion_end(self, start: int) -> int:
        """落实不好的酌情扣分,未上报的扣2分: the next clause is a clause of its own, a limit of the discretion is not."""
        end = self.segment_end(start)
        after = self.reader.text[start:end]
        own = re.match(r"\)?,(?!(?:但|且)?(?:累计|合计|总共|每次|单项)?(?:最[多高低]|至多|不超过|不得超过|上限|[扣减]完|直至|以))", after)
        return start + own.end() - 1 if own and re.search(r"分", after) else end

    def segment_end(self, start: int) -> int:
        match = re.search(r"[;。]", self.reader.text[start:])
        return start + match.start() if match else len(self.reader.text)

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
        self.floor_stated = self.plan.stops = True
        if atom.points is not None and atom.points != self.plan.weight and atom.points != 0:
            place_limit(self, "扣", atom.points, total=False)
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
        own = self.reader.text[self.at : atom.start]
        if atom.text in ("扣分", "加分") and self.pieces and re.fullmatch(r"的(?:标准|办法|幅度|比例)(?:进行|予以)?", own):
            self._done(atom)  # 按每低1个百分点扣1分的标准扣分
            return
        before = self.reader.text[max(self.at, self.reader.text.rfind("。", 0, atom.start) + 1) : atom.start]
        after = self.reader.text[atom.end : atom.end + 1]
        if atom.text == "得分" and re.match(r"[A-Za-zα-ω]:", self.reader.text[atom.end :]):
            return  # 综合得分S:S≥95: a name
        detailed = re.match(r"[,:](?=每[^;。]{1,30}扣\d)", self.reader.text[atom.end :])
        if atom.text == "扣分" and detailed and re.search(r"(?:未|没有|没|不)[^,;。\d]*的$|低于[^,;。\d]*的$", own):
            self._between(atom)  # 没有完成的扣分,每低于目标值2%扣1分
            self._done(atom)
            return
        announced = (
            re.search(r"(?:根据|按照|按(?!期|时|规|要求|计划|质|量)|依据|以|据)[^;。\d]{2,}$", before)
            and after in (",", ";", "。", ":")
            and "_" not in atom.text
            and not re.search(r"否则|未达|不足|低于|达不到|未完成|小于|大于|高于|\d%", own)
        )
        if not (
            announced or (after == ":" and atom.text in ("计分", "评分", "得分"))
        ) or atom.text.startswith("扣"):
            self._lost_points(atom)
            return
        context(self.reader, self.at, self.reader.text[self.at : atom.start])
        self._done(atom)

    def _lost_points(self, atom: Atom) -> None:
        """每户扣分: how much is missing. A person scores where that very fault is there; the other clauses stand."""
        why = f"“{atom.text}”没有写明分数"
        last = self.pieces[-1] if self.pieces else None
        own = last is not None and re.search(r"[;。]", self.reader.text[last.end : atom.start])
        if not own or not atom.text.startswith(("扣", "减")) or "_" in atom.text:
            raise Unreadable(why)
        piece = read_clause(self.reader, self.at, atom, Gives.DEDUCT, None)
        if piece.what not in (What.TEXT, What.EVENT):
            raise Unreadable(why)
        self.pieces.append(replace(piece, gives=Gives.HUMAN, why=why))
        self._done(atom)

    def cap(self, atom: Atom) -> None:
        self._between(atom)
        if re.search("按", atom.text) and len(set(re.findall(rf"({NUM})分", atom.text))) > 1:
            raise Unreadable(f"“{atom.text}”里的两个分数不一致")
        word, _, total = atom.word.partition("|")
        if word == "low":
            self.plan.floor = atom.points
        elif word == "weight":
            self.plan.capped = True
        elif word == "share" and atom.points is not None:
            self.plan.cap = self.plan.worth() * atom.points / 100
        elif atom.points is not None:
            place_limit(self, word, atom.points, total=bool(total))
        self._done(atom)

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


_HANDLERS = {
    Kind.HUMAN: Walk.human, Kind.VETO: veto, Kind.TABLE: table_zero, Kind.DECLARE: Walk.declare, Kind.FLOOR: Walk.floor,
    Kind.NEGATIVE: Walk.may_be_negative, Kind.LADDER: Walk.ladder, Kind.INTERP: Walk.interp, Kind.ONCE: Walk.remark,
    Kind.PARTIAL: Walk.remark, Kind.BARE: Walk.bare, Kind.CAP: Walk.cap, Kind.PARALLEL: parallel_list,
}  # fmt: skip
