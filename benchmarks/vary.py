"""Rewrite worked sentences and watch the score: what must not change it, and what must stop it.

    python -m benchmarks.vary FILE [--show] [--ids h001,h002…]

*Spellings* (width of punctuation, ≤ for ≦, 计 for 得, stray spaces, …) keep the meaning: the worked score must
come out, or a question. *Damage* (a lost digit, ≥ read as 2, a lost dash, …) breaks it: the sentence may no
longer give another number without a word. Exit code 1 when a spelling gives a wrong number silently.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.rules import Engine, Mark, Record, Result, detail, load, percent, run_rule, shipped_engine

Rewrite = Callable[[str], str]

HALF, FULL = ",;:()%~", "，；：（）％～"
WIDEN = str.maketrans(HALF + "0123456789", FULL + "０１２３４５６７８９")
NARROW = str.maketrans(FULL, HALF)


def replaced(pattern: str, new: str, count: int = 0) -> Rewrite:
    """A rewrite by regular expression."""
    return lambda text: re.sub(pattern, new, text, count=count)


SPELLINGS: dict[str, Rewrite] = {
    "全角": lambda text: text.translate(WIDEN),
    "半角": lambda text: text.translate(NARROW),
    "≤写作≦": lambda text: text.replace("≤", "≦").replace("≥", "≧"),
    "≥写作大于等于": lambda text: text.replace("≤", "小于等于").replace("≥", "大于等于"),
    "百分之": replaced(r"(?<![\d.\-~—])(\d+(?:\.\d+)?)%(?![(（\-~—至])", r"百分之\1"),
    "个百分点写作百分点": lambda text: text.replace("个百分点", "百分点"),
    "得写作计": replaced(r"得(?=\d+(?:\.\d+)?分)", "计"),
    "得写作赋": replaced(r"[得计](?=\d+(?:\.\d+)?分)", "赋"),
    "数字后空格": replaced(r"(\d)(?=[%分])", r"\1 "),
    "换行": replaced(r"(?<=[;；])", "\n"),
    "分号写作句号": lambda text: text.replace(";", "。").replace("；", "。"),
    "分号写作逗号": lambda text: text.replace(";", ",").replace("；", "，"),
    "①写作(1)": lambda text: re.sub("[①-⑨]", lambda mark: f"({ord(mark[0]) - 0x245F})", text),
    "末尾句号": lambda text: text.rstrip("。.") + "。",
}
DAMAGE: dict[str, Rewrite] = {
    "丢末位数字": replaced(r"(\d)\d(?=%)", r"\1", count=1),
    "丢首位数字": replaced(r"\d(?=\d%)", "", count=1),
    "≥误作2": lambda text: text.replace("≥", "2", 1),
    "≤误作字母": lambda text: text.replace("≤", "W", 1),
    "丢连接号": replaced(r"(?<=[\d%])[-—~～至](?=\d)", "", count=1),
    "丢端点": replaced(r"([-—~～])\d+%", r"\1", count=1),
    "丢分值": replaced(r"(扣|得|计)\d+(?:\.\d+)?分", r"\1分", count=1),
    "小数点误作句号": replaced(r"(\d)\.(\d)", r"\1。\2", count=1),
    "丢百分号": replaced(r"(?<=\d)%", "", count=1),
    "丢扣字": replaced(r"扣(?=\d)", "", count=1),
}


def rewritten(rules: Sequence[Record], rewrites: dict[str, Rewrite]) -> Iterator[tuple[str, Record]]:
    """(name of the rewrite, rule with the rewritten sentence) for every sentence that the rewrite changes."""
    for name, rewrite in rewrites.items():
        for rule in rules:
            text = rewrite(str(rule["rule"]))
            if text != rule["rule"]:
                yield name, {**rule, "rule": text, "must_ask": []}


def measure(rules: Sequence[Record], engine: Engine, rewrites: dict[str, Rewrite]) -> dict[str, list[Result]]:
    """Results by name of the rewrite; only sentences with worked scores take part."""
    scored = [rule for rule in rules if rule.get("cases")]
    results: dict[str, list[Result]] = {}
    for name, rule in rewritten(scored, rewrites):
        results.setdefault(name, []).extend(run_rule(rule, engine))
    return results


def lines(title: str, measured: dict[str, list[Result]]) -> Iterator[str]:
    """One line per rewrite: same score, no score, another score in silence, another score with a word."""
    yield f"{title}：原得分 / 未给分 / 静默改变 / 有提示改变 / 异常"
    for name, results in measured.items():
        marks = Counter(result.mark for result in results)
        cells = "  ".join(f"{percent(marks[mark], len(results)):>6} ({marks[mark]})" for mark in Mark)
        yield f"  {name:<12}{len(results):>5}  {cells}"


def main(argv: Sequence[str] | None = None, engine: Engine | None = None) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="benchmarks.vary", description="改写句子，看得分是否变化")
    parser.add_argument("file", type=Path)
    parser.add_argument("--show", action="store_true", help="列出静默改变的明细")
    parser.add_argument("--ids", default="", help="只测这些编号，逗号分隔")
    options = parser.parse_args(argv)
    wanted = {ident for ident in options.ids.split(",") if ident}
    rules = [rule for rule in load(options.file) if not wanted or rule["id"] in wanted]
    chosen = engine if engine is not None else shipped_engine()
    spellings, damage = measure(rules, chosen, SPELLINGS), measure(rules, chosen, DAMAGE)
    output = [*lines("改写（意思不变）", spellings), *lines("损坏（意思已变）", damage)]
    if options.show:
        for name, results in [*spellings.items(), *damage.items()]:
            output += [f"{name} {detail(result)}" for result in results if result.mark is Mark.WRONG]
    sys.stdout.write("\n".join(output) + "\n")
    broken = (Mark.WRONG, Mark.CRASHED)
    return 1 if any(result.mark in broken for results in spellings.values() for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
