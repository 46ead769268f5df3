"""What each shorter way is worth: the same report with all of them, without one, without any; interleaved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from typing import Any
from unittest.mock import patch

from benchmarks.speed.measure import Table, cpu, ms, ratio
from benchmarks.speed.stages import Work, sample, usual, work
from jxreport.batch.unit import load_printer

_NAMES = {
    "resolve_percentages": "边距、宽高等每种样式只算一次",
    "setup": "每种样式只建一个 Pango 上下文",
    "_font_style_cache_key": "字体的键每种样式只写一次",
    "set_page_type_computed_styles": "同样的页共用一个样式",
    "iter_line_boxes": "断好的行记住（每轮之前忘掉，只算一份报告之内）",
    "Font": "字体文件不复制，从映射里取",
    "page_references": "页的编号表不逐个标记重做（几百页的报告才看得出）",
}


def tables(quick: bool) -> list[Table]:
    load_printer()
    works = [work("常见（1 个项目，14 项指标）", usual()), work("样例（1 个部门 3 个项目）", sample())]
    return [_table(one, 2 if quick else 7) for one in works]


def _table(one: Work, rounds: int) -> Table:
    from jxreport.render.lean.lines import kept
    from jxreport.render.pdf import render_pdf

    best = dict.fromkeys(("", *_switches()), float("inf"))
    for _ in range(rounds):
        for name in best:
            with _without(name):
                taken, _ = cpu(lambda: render_pdf(one.document), rounds=1, before=kept.clear)
            best[name] = min(best[name], taken)
    whole = best.pop("")
    rows = [("全部都用", ms(whole), "1.00")]
    rows += [(f"去掉：{name}", ms(taken), ratio(whole, taken)) for name, taken in best.items()]
    note = f"同一进程里轮流测，各取 {rounds} 次中最少的处理器时间；小于 1 就是快了。"
    return Table(f"每一项改动值多少：{one.name}", ("", "HTML → PDF", "用与不用之比"), tuple(rows), note)


def _switches() -> dict[str, Callable[[], Any]]:
    """Name → what switches it off, as a context."""
    from jxreport.render import press, writing
    from jxreport.render.lean import hooks, tree

    full = hooks._replacements()

    def only(kept: tuple[Any, ...]) -> Any:
        return patch.object(hooks, "_replacements", lambda: kept)

    single = {
        title: lambda name=name: only(tuple(found for found in full if found[1] != name))  # type: ignore[misc]
        for name, title in _NAMES.items()
    }
    return {
        **single,
        "不给元素算脚注、列表符号的样式，HTML 由 expat 读": lambda: patch.object(tree, "_tree", lambda html: None),
        "PDF 的每个对象只转一次、压缩一次": lambda: _written_plainly(writing),
        "一份报告做完以前不回收垃圾": lambda: patch.object(press, "_FEW_ROWS", -1),
        "以上全部": lambda: _all_off(tree, press, writing, only(())),
    }


@contextmanager
def _written_plainly(writing: Any) -> Iterator[None]:
    with patch.object(writing, "_packed_once", nullcontext), patch.object(writing, "_settle", lambda *_: None):
        yield


@contextmanager
def _all_off(tree: Any, press: Any, writing: Any, hooks: Any) -> Iterator[None]:
    with ExitStack() as stack:
        for switch in (
            hooks,
            patch.object(tree, "_tree", lambda html: None),
            patch.object(press, "_FEW_ROWS", -1),
            _written_plainly(writing),
        ):
            stack.enter_context(switch)
        yield


def _without(name: str) -> Any:
    return _switches()[name]() if name else nullcontext()
