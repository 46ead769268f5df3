"""The scoring words of a sentence: every place where points are given, taken, limited or left to a person.

Each atom is one span of the normalised sentence. Order matters: where two kinds start at the same place, the
first one listed wins. What stands between two atoms is the condition of the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from jxreport.rules.vocabulary import NUM, UNIT


class Kind(Enum):
    """What an atom does."""

    HUMAN = "human"
    VETO = "veto"
    TABLE = "table"  # the whole table loses its points
    PARALLEL = "parallel"
    FLOOR = "floor"
    NEGATIVE = "negative"
    LADDER = "ladder"
    INTERP = "interp"
    ONCE = "once"  # 不重复加分, 按最高级别加一次分
    PARTIAL = "partial"
    CAP = "cap"
    SHARE = "share"  # 得满分的50%
    SCALE = "scale"
    ZERO = "zero"
    FULL = "full"
    DECLARE = "declare"
    DEDUCT = "deduct"
    ADD = "add"
    AWARD = "award"
    BARE = "bare"  # a scoring verb without a number


@dataclass(frozen=True, slots=True)
class Atom:
    """`points` and `high` (of a range 2-4分), the unit after a slash (`per`), and the atom's own words."""

    kind: Kind
    start: int
    end: int
    text: str
    points: Decimal | None = None
    high: Decimal | None = None
    per: str = ""
    word: str = ""
    values: tuple[Decimal, ...] = ()


_P = rf"(?P<n>{NUM})(?:分)?(?:(?:-|至|到)(?P<hi>{NUM}))?个?(?:分(?![钟之类别])值?|点(?![\u4e00-\u9fff]))"
_PER = rf"(?:(?:/|每)(?P<per>{UNIT})(?:次)?)?"
_ITEM = r"(?:[此该本]大项|该项|本项|此项|这项|该指标|本指标|该小项|该条|该|本)"
_SCORE = r"(?:分值|分数|得分|总分|标准分|权重分|分)"
_AFTER = r"(?![<≤>≥]|以上|以下|及以|以内|之间|\((?:含|不含)|-|至\d|到\d|[×/÷]|的[,]|或以)"

PATTERNS: dict[Kind, str] = {
    Kind.TABLE: (
        rf"(?:本表|全表|整表|总表|(?:全部|所有|各项)(?:考核|评价)?指标|整个(?:项目|考核|评价|指标体系)|(?:年度|全年|整体)考核|考核总分)(?:的)?(?:自评|考核|绩效)?(?:总)?(?:得分|成绩|分数|分值)?"
        rf"(?:{NUM}分)?(?:全部|均|一律)?(?:扣完|扣光|全扣|不得分|不计分|(?:计|记|为|得|按)+0分(?:计算|计)?|清零|归零)"
    ),
    Kind.VETO: r"(?:实行|执行|予以|即|则|将)?一票否决(?:制)?|否决性指标"
    r"|(?:该|本)年度考核(?:检查|结果)?(?:直接)?(?:定为|评为|确定为|为)?不合格(?:等次)?(?=[;。]|$)|取消[^,;。\d]{0,10}评[先优选][^,;。\d]{0,8}资格(?=[,;。]|$)",
    Kind.HUMAN: (
        r"(?:可|应|应当|由评价人员|由专家组?)?(?:酌情|酌量|酌|(?:根据|依据|按照?)(?:实际|具体)?(?:情况|情节)(?=[扣加给得计记赋打评减])|按照?[^,;。\d]{1,6}(?=适度)|视(?:具体|实际)?情(?:况|节|形)?|视[^,;。\d]{1,12}?(?:程度|情况|效果)|适当|适度)[^,;。\d]{0,8}?"
        rf"(?:扣|加|给|得|计|记|赋|打|评|减|调)(?:除|减|予|增)?(?:(?P<a>{NUM})(?:(?:-|至|到)(?P<b>{NUM}))?)?分?"
        r"|(?:扣除?|减扣?|扣减)(?:其)?相应(?:的)?(?:分值|分数|分)|相应(?:地)?(?:扣除?|扣减|减)(?:分值|分数|分)|相应(?:的)?(?:得|计|给|加)分"
        r"|按?从[高低多少大小优]到[高低多少大小劣差]|(?:综合)?排[名序位]|名次|按?(?:先后|高低)(?:顺序|排序)|横向比较|(?:分段|分档|按幅度)[^,;。\d]{0,4}(?:计|得|扣)分"
        r"|合理确定(?:分值|得分|分数)?|(?:综合)?(?:打分|评议|评判|评定)(?:确定|得出)?(?:分值|得分)?(?=[,;。)]|$)|由[^,;。\d]{1,12}(?:评分|打分|评定|确定得分)|前\d+名|第\d+名"
    ),
    Kind.PARALLEL: rf"(?:分别|依次)(?P<verb>得|计|记|赋|给|扣除|扣减|扣|加|减|为|按)?"
        rf"(?:{_ITEM})?(?:指标)?(?:权重分?|满分|标准分|总分|分值)?(?:值)?的?(?P<list>{NUM}(?:%?分?[、,]{NUM}|%?分?和{NUM}|%?分?及{NUM})+)"
        rf"(?P<u>分|%|(?<=[、,]0)(?=[,;。)]|$)|(?=计分|得分|给分|赋分))(?:的?(?:分值|分数|权重分?|计分|得分|给分|赋分)|值)?",
    Kind.FLOOR: (
        rf"(?:直至|直到|至|以|将)?{_ITEM}?(?:指标|项目)?(?:的)?{_SCORE}?(?:全部)?[扣减](?:完|光|尽|减完|除完|至0分|到0分|至零分|满){_ITEM}?(?:指标|项目)?(?:的)?(?:全部|标准|权重)?"
        rf"(?:(?P<n>{NUM})分|{_SCORE})?(?:为止|止|为限|即止)"
        r"|(?:扣分|扣)至(?:该项)?基[本础]分值?扣?[完光](?:为止)?"
        r"|(?:不计|不得|不出现|不倒扣成?|不扣成|不打)负分|不倒扣(?:分)?|最低(?:得|为|计|至|扣至|扣到|分为)?0分(?:为止)?|(?:得分)?不低于0分|扣(?:至|到)0分(?!的)"
        r"|扣完(?=[,;。)]|$)|不实行倒扣|以0分(?:为限|封底)"
    ),
    Kind.NEGATIVE: r"(?:可以?|允许|会)(?:出现|为|计|打|得|扣(?:至|到|成)?)?负分|(?:可以?|允许)倒扣(?:分)?"
        r"|(?:可以?)?倒扣(?=[,;。)]|$)|可为负(?:值|数)?",
    Kind.LADDER: r"(?:依次|以此|依此|以次|按此|如此)(?:类推|递推|递增|递减)",
    Kind.INTERP: (
        r"(?:介于|处于|在)?(?:其中|其间|中间|两者之间|二者之间|之间|期间)?的?,?(?:按|采用|用|以|按照)(?:直线|线性)?(?:插值法|内插法|线性插值|线性关系|直线法|插入法|线性内插)(?:法)?(?:计算|确定)?(?:得分|计分|分值|计算|记分)?"
    ),
    Kind.ONCE: (
        r"(?:同一?项?|同类|单个|每个|同一个?|多个|多次)[^,;。\d]{0,14}?(?:不重复|不累计|不累加|只(?:计|加|扣|记)|按最高|取最高|就高)[^,;。]{0,14}"
        r"|(?:不|不得)(?:重复|累计|累加|叠加)(?:计|加|得|扣|记|计算)?分?(?:值)?(?=[,;。)]|$)|就高不就低"
    ),
    Kind.PARTIAL: (
        rf"(?:,|\()?(?:不足|不满|未满|未达)(?:{NUM})?(?:%|{UNIT}|一档|1档)?(?:的)?(?:部分)?,?(?P<how>(?:的)?(?:按|以)(?:{NUM}(?:%|{UNIT})|一档|比例|1档)(?:计算|计|算|扣分|折算|扣)*|(?:的)?(?:不扣分|不加分|不计算?|不扣|不予扣分|不计分(?=\)|$)))\)?"
    ),
    Kind.CAP: (
        r"(?P<total>累计|合计|总计|共计|总共|单项|每项|最终|全年|总|两项合计|本项|该项|此项|本指标)?(?P<w1>得分|加分|扣分|计分|分值|分数|加|扣)?(?:总和|总数|总分|总额|值)?"
        rf"(?:最多|最高|至多|上限|不得超过|不超过|不能超过|不高于|最高不超过|最多不超过|最高不得超过)(?:可|只|仅|不)?(?:得分|加分|扣分|计分|累计|奖励)?"
        rf"(?P<w2>得|加|扣除|扣减|减扣|扣|减|计|记|赋|给|为|至)?(?:分)?(?:为|是|不超过|不得超过)?(?P<n>{NUM})分(?:为限|为止|封顶)?(?!以上|以下|及以)"
        rf"|(?P<n2>{NUM})分(?:封顶|为限|为上限|为最高限)|(?P<w5>扣|减|加|得)(?P<n9>{NUM})分(?:封顶|为限|为上限|为最高限)|封顶(?:为)?(?P<n3>{NUM})分|(?P<w3>加|得|计)?(?<!不)(?:满|至)(?P<n4>{NUM})分(?:为止|止|封顶)|(?P<w4>加|得|计)(?:满|至)(?P<n7>{NUM})分|(?:得分|分值|计分|合计)?(?:超过|超出|高于)(?P<n8>{NUM})分的?,?(?:均|一律)?按(?:满分|{NUM}分)计(?:算|分)?|以(?P<n5>{NUM})分为(?:上限|限|封顶)"
        rf"|(?:得分|分值)?(?:最高|最多|上限)*(?:得分)?(?:为|不(?:得|能)?(?:超过|高于))?{_ITEM}?(?:指标|项目|考核|权重)*(?:的)?(?:总|标准|权重)?(?:分值|满分|分|权重)的(?P<nS>{NUM})%(?:为限|封顶)?(?=[,;。)]|$)"
        rf"|(?P<low>(?:累计)?最低(?:得|计|至|为|扣至|不低于|分为)?(?P<n6>{NUM})分(?:为止)?)"
        rf"|(?P<weight>(?:累计)?(?:加|得|计)(?:满|完)(?:{_ITEM}?{_SCORE})?为止|(?:加分|得分|加)至(?:满分|该项分值)(?:为止|封顶)?|以满分为限|(?:得分)?(?:最高|最多|累计)*(?:得分)?不(?:得|能)?(?:超过|高于)"
        rf"{_ITEM}?(?:指标|项目)?(?:的)?(?:总|标准|权重|基本)?(?:分值|满分|标准分|权重|基本分|总分)(?:上限|值)?|(?:得)?满分(?:为止|封顶)|加完为止|(?:完成率)?(?:超过|大于|高于|超出|达到或超过)100%(?:的|时|以上)*,?(?:均|一律)?按100%(?:计算|计分|计)|超过满分的?按满分计|以满分计(?:算)?|(?:得分|计分)?(?:超过|超出|高于|大于)(?:该|本|此)?(?:项|指标)?(?:的)?(?:分值|满分|权重分?|标准分)(?:上限|值)?的?,?(?:以|按)(?:该|本|此)?(?:项|指标)?(?:的)?(?:分值|满分|权重分?|标准分)(?:值)?(?:为上限|为限|封顶|计算|计分|计)|满分为限|超出按满分计|(?:得分)?不超过满分|封顶)"
    ),
    Kind.SHARE: (
        rf"(?P<verb>得|计|记|给|赋|扣除|扣减|扣|按|加)(?:{_ITEM})?(?:指标)?(?:的)?(?:满分|标准分|权重分?|总分|分值|分数|总分值|基本分|权重分值|全部分值)(?:值)?的?(?P<n>{NUM})%(?:的)?(?:分值|分数|得分|计分|记分|计|给分|分)?"
        rf"|(?P<verb4>按)(?P<n3>{NUM})%(?:的比例)?(?:计算得分|计算分值|计分|记分|得分|赋分|给分)"
        rf"|(?P<verb5>得|计|记|给|赋)(?P<n5>{NUM})%(?=[,;。)]|$)"
        rf"|(?P<verb2>得|计|记|给|赋|扣除|扣减|扣)(?P<n2>{NUM})%(?:的)?(?:分值|分数|分|权重|权重分)"
        rf"|(?P<verb3>得|计|记|给|赋|扣除|扣减|扣)(?:{_ITEM})?(?:指标)?(?:的)?(?:满分|标准分|权重分?|总分|分值|分数|基本分)?(?:的)?(?P<half>一半)(?:的)?(?:分值|分数|分)?"
    ),
    Kind.SCALE: (
        r"(?:(?<!否)则|应|就)?(?:按照?|依照?|根据|以)?(?P<what>[^,;。按\d]{0,18}?)(?:的)?(?:同等|相同|相应|同|等|实际|完成|达标|其|该|对应|所占|成|正)*(?:比例|百分比|比率|比重|完成率)"
        r"(?P<verb>(?:折算|换算|相应|计算|来|进行|折合|折)*(?:得|计|记|赋|给|扣除|扣减|扣|减|计算|折算)(?:相应|对应)?(?:的)?(?:分|得分|分值|分数))"
        r"|得分(?:按照?|依)[^,;。按\d]{2,24}?的?(?:比例|百分比)(?:计算|折算|确定)"
        r"|(?:(?<=否则)|(?<=的)|(?<=的,)|(?<=否则,)|(?<=[%0],)|(?<=时,))(?:则|应)?(?:按照?|依照?|以)(?:实际)?[\u4e00-\u9fff]{0,10}(?<!概)率(?P<verb2>(?:折算|换算|计算|来|进行)*(?:得分|计分|记分|赋分|给分))"
    ),
    Kind.ZERO: (
        rf"(?:(?<!否)则|均|一律|直接|应|将|即)?{_ITEM}?(?:指标|全项|整项)?(?:均|一律|全部)?(?:不得分|不计分|不记分|不给分|不予计分|不予得分|不赋分|不能得分|不予记分|不得本项分|不予给分|不得该项分|不得此项分|不评分|不加分)"
        rf"|(?:(?<!否)则|均|一律|直接)?{_ITEM}?(?:指标)?(?:得分|分值|得|计|记|为|按|(?<![好中差])评|赋|给)*(?:为)?(?<![\d.])0分(?:计算|计|处理)?(?!以|为止|钟|之)"
        rf"|(?:(?<!否)则|均|一律|直接)?(?:扣完|扣光|扣除|扣掉|扣|全扣|扣减)(?:完)?{_ITEM}?(?:指标|项目)?(?:的)?(?:全部|所有)(?:分值|分数|得分|分)|(?:扣完|扣除|扣光){_ITEM}(?:指标|项目)?(?:的)?(?:分值|分数|得分|分)(?!的|为|\d)|全扣(?:分)?(?=[,;。)]|$)|分值?全扣|全部扣完(?=[,;。)]|$)|(?<=[,的者])无分(?=[,;。)]|$)"
    ),
    Kind.FULL: (
        rf"(?:可|应|即|均|(?<!否)则|就|才)?(?:得|计|记|赋|给|评|获得|获|拿|按|为(?=基[础本]分|满分\(?\d))(?:到|予)?{_ITEM}?(?:指标|项)?(?:的)?(?:满分|全分|总分值|总分|基[本础]分值?|标准分值?|基准分值?|全部(?:分值|分数|分)|分值|权重分值?)(?:值|计算?|计分)?(?:\(?(?:即|为)?(?P<n>{NUM})分\)?)?"
        r"|(?<=[的者,])满分(?=[,;。)]|$)|(?<=[%上内下])满分(?=[,;。)]|$)|不扣分"
    ),
    Kind.DECLARE: (
        rf"(?:{_ITEM}|本表|共计|合计|总计|指标|项目)?(?P<word>满分|总分|标准分|基本分|基准分|基础分|权重|分值|共|总计|共计)(?:值)?(?:为|是|:|共|计)?(?P<n>{NUM})分(?:\)|(?=[,;。:(])|(?=$)|(?=扣完))"
    ),
    Kind.DEDUCT: rf"(?:再|另|另外|各|均|分别|直接|一次性|(?<!否)则|可|应|予以|须)*"
        rf"(?:倒扣|扣减|扣除|减扣|核减|扣罚|罚|扣|减去|减|少得|少计|少记)(?:去|掉)?{_ITEM}?(?:总分|得分|分值|基本分)?(?:分)?(?:为)?{_P}{_PER}"
        rf"|按(?P<n9>{NUM})分(?:/|每)(?P<per9>{UNIT})扣分|按每(?P<perA>{UNIT})(?P<nA>{NUM})分扣分?",
    Kind.ADD: rf"(?:再|另|另外|额外|可|各|均|分别|(?<!否)则|应|予以|给予|累计)*(?:加计|加记|奖励|增加|加分|加记?|奖)(?:计)?{_P}{_PER}",
    Kind.AWARD: (
        rf"(?:可|各|均|分别|(?<!否)则|共|应|只|仅|即|再|才)*(?P<verb>得分为|得分是|得分|计分为|计分|记分|评分|赋分|给分|得|(?<![合总累统审设会预估])计|(?<![登书标笔])记|赋予|赋|给予|给|获得|获|(?<![自考测点审初复总好中差优良])评为?|打|(?<![行作])为|算|(?<![价产数增保升贬净均面分总])值)(?:为|:)?{_P}{_PER}{_AFTER}"
        rf"|(?<![\d.≥≤<>=于过足满到达至\-×/÷+乘以])\((?P<n2>{NUM})(?:(?:-|至)(?P<hi2>{NUM}))?分(?:/(?P<per2>{UNIT}))?\)(?!(?:的|者)?[,:]?(?:得|计|记|赋|给|为|不得分|不计分|扣|{NUM}分))"
        rf"|(?<![\d.≥≤<>=于过足满到达至超含\-×/÷+])(?<!每[低降少高增升超])(?<!每[下降减上提增][降低少升高加])(?:[各均](?:为|占)?)?(?P<n3>{NUM})(?:(?:-|至)(?P<hi3>{NUM}))?分(?![钟之类别数])值?(?:/(?P<per3>{UNIT}))?{_AFTER}(?!\)?(?:的|者)?[,:]?(?:(?:得|计|记|赋|给|为|扣)(?:{NUM}|满分|全分)|不得分|不计分|\)?{NUM}分))"
    ),
    Kind.BARE: r"(?:扣除|扣减|倒扣|扣|减|加|得|计|记|赋|给|评|打)_*(?:分值|分数|分)"
        r"(?!\d|制|在|达|≥|≤|>|<|不低|不足|低于|高于|大于|小于|率|情况|标准|要点|内容|说明|方式"
        r"|项目|对象|指标|超过|时|点(?!扣)|=|项|类|别|析|管|配|工|钟|之|类|布|散|解|值|数"
        r"|依据|办法|细则|表|规则|原则|公式|方法|为[^\d])",
}  # fmt: skip

PATTERNS = {
    kind: pattern.replace(")分", ")分(?![钟之])") for kind, pattern in PATTERNS.items()
}  # 30分钟 is no score
_COMPILED = {kind: re.compile(pattern) for kind, pattern in PATTERNS.items()}
_NAMED = re.compile(r"\?P<\w+>")
_MASTER = re.compile(
    "|".join(f"(?P<{kind.name}>{_NAMED.sub('?:', pattern)})" for kind, pattern in PATTERNS.items())
)


def scan(text: str, skip: tuple[tuple[int, int], ...] = ()) -> Iterator[Atom]:
    """All atoms left to right; nothing is found inside the spans of `skip`."""
    at = 0
    while at < len(text):
        match = _MASTER.search(text, at)
        if match is not None and match.lastgroup == Kind.PARTIAL.name and _no_remark(match[0]):
            match = _MASTER.search(text, match.start() + 2)  # 85%以上不足95%的,按80%计分: a band, no remark on parts
        if match is None:
            return
        jump = next((end for start, end in skip if start < match.end() and match.start() < end), None)
        if jump is not None:
            inside = next(start for start, end in skip if end == jump)
            at = jump if match.start() >= inside else inside
            if match.start() < inside:
                shorter = _MASTER.search(text, match.start(), inside)
                if shorter is not None:
                    yield _atom(shorter, text)
                    at = max(shorter.end(), match.start() + 1)
                else:
                    at = jump
            continue
        yield _atom(match, text)
        at = match.end()


def _no_remark(text: str) -> bool:
    """Two different numbers, or a large share: 不足95%的,按80%计分 is a band, no remark on the parts of a step."""
    numbers = set(re.findall(NUM, text))
    return len(numbers) > 1 or "%" in text and any(Decimal(n) >= 20 for n in numbers)


def _atom(match: re.Match[str], text: str) -> Atom:
    kind = Kind[match.lastgroup or ""]
    inner = _COMPILED[kind].match(text, match.start(), match.end()) or _COMPILED[kind].match(
        text, match.start()
    )
    groups = inner.groupdict() if inner else {}

    def first(*names: str) -> str:
        return next((groups[n] for n in names if groups.get(n)), "")

    points = first("n", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9", "nA", "a")
    high = first("hi", "hi2", "hi3", "b")
    values: tuple[Decimal, ...] = ()
    if kind is Kind.PARALLEL:
        values = tuple(Decimal(v) for v in re.findall(NUM, groups.get("list") or ""))
    word = first("verb", "verb2", "verb3", "verb4", "verb5", "word", "how", "weight", "low")
    if kind is Kind.CAP and not word:
        word = first("w2") or first("w3") or first("w4") or first("w5") or first("w1")
    if kind is Kind.AWARD and first("n2"):
        word = "()"
    if kind is Kind.SHARE and first("half"):
        points = "50"
    if kind is Kind.CAP and first("nS"):
        kind_word, points = "share", first("nS")
    elif kind is Kind.CAP and first("low"):
        kind_word = "low"
    elif kind is Kind.CAP and first("weight"):
        kind_word = "weight"
    else:
        kind_word = word
    if kind is Kind.CAP and first("total") in (
        "累计",
        "合计",
        "总计",
        "共计",
        "总共",
        "总",
        "两项合计",
        "本项",
        "该项",
        "此项",
        "本指标",
        "全年",
    ):
        kind_word += "|total"
    return Atom(
        kind, match.start(), match.end(), match[0],
        Decimal(points) if points else None, Decimal(high) if high else None,
        first("per", "per2", "per3", "per9", "perA"), kind_word, values,
    )  # fmt: skip
