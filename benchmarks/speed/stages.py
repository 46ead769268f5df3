"""One report, stage by stage in a warm process, beside bare WeasyPrint on the finished HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from benchmarks.speed.measure import ROOT, Table, cpu, ms, ratio
from benchmarks.speed.workload import Size, submission
from jxreport.batch.unit import Settings, UnitTask, load_printer, make_unit, read_one, unit_tasks
from jxreport.model.document import Document
from jxreport.profiles import load_profile

DATE = "2023年1月15日"
Books = tuple[tuple[str, bytes], ...]

# the least a page of tables and text needs to look like ours
_PLAIN = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center { content: "— " counter(page) " —" } }
@page wide { size: A4 landscape; margin: 28mm 37mm 26mm 35mm }
body { font: 15.79pt/28.95pt "JX Latin", "JX FangSong", "JX Fallback", serif; margin: 0 }
.wide { page: wide }
p { text-indent: 2em; margin: 0 }
table { table-layout: fixed; width: 100%; border-collapse: collapse; text-indent: 0 }
table { font: 10pt/13.5pt "JX Latin", "JX SongTi", "JX Fallback" }
td, th { border: 0.5pt solid; padding: 3pt; overflow-wrap: anywhere; white-space: pre-line }
tr { break-inside: avoid }
"""


@dataclass(frozen=True, slots=True)
class Work:
    """One submission on its way: workbooks, the task made of them, the document, its finished HTML."""

    name: str
    books: Books
    settings: Settings
    task: UnitTask
    document: Document
    html: str


def sample() -> Books:
    """The shipped sample."""
    return tuple(
        (path.name, path.read_bytes()) for path in sorted((ROOT / "sample_workbooks").glob("*.xlsx"))
    )


def usual() -> Books:
    """One project of 14 indicators: what most units hand in."""
    return (submission(3, Size(projects=1, indicators=14)),)


def work(name: str, books: Books) -> Work:
    """Everything up to the finished HTML, kept for measuring."""
    from jxreport.report import build_document
    from jxreport.score import score_submission

    settings = Settings(profile=load_profile(), date=DATE)
    task = _task(books, settings)
    document = build_document(score_submission(task.submission, settings.profile), date=DATE)
    return Work(name, books, settings, task, document, finished_html(document))


def finished_html(document: Document) -> str:
    """The HTML of the final layout."""
    from jxreport.render import pdf
    from jxreport.render.press import Press

    seen: list[str] = []
    plain = Press.layout

    def layout(press: Press, html: str) -> Any:
        seen.append(html)
        return plain(press, html)

    Press.layout = layout  # type: ignore[method-assign]
    try:
        pdf.render_pdf(document)
    finally:
        Press.layout = plain  # type: ignore[method-assign]
    return seen[-1]


def bare(html: str, styles: str) -> tuple[bytes, int]:
    """WeasyPrint as it comes, with the fonts and the options of our PDF and nothing else; (PDF, pages)."""
    import weasyprint

    from jxreport.render import fonts
    from jxreport.render.writing import OPTIONS

    document = weasyprint.HTML(string=html).render(
        font_config=fonts.configuration(), stylesheets=[weasyprint.CSS(string=styles)], **OPTIONS
    )
    return document.write_pdf(**OPTIONS), len(document.pages)


def our_styles() -> str:
    """The report's style sheets as they are handed to WeasyPrint."""
    from jxreport.render.look import style_texts
    from jxreport.render.pdf import STYLES

    texts = [(ROOT / f"templates/report/css/{name}.css").read_text("utf-8") for name in STYLES]
    return "".join(style_texts(texts, None))


def minimal(html: str) -> str:
    """The same text and tables without classes, ids and styles; only the turned pages stay turned."""
    root = ElementTree.fromstring(html)
    for element in root.iter():
        wide = "wide" in element.get("class", "").split()
        for name in ("class", "id", "style", "data-notice", "data-name", "data-title"):
            if element.tag != "col":
                element.attrib.pop(name, None)
        if wide:
            element.set("class", "wide")
    return "<!DOCTYPE html>" + ElementTree.tostring(root, encoding="unicode", method="html")


def tables(quick: bool) -> list[Table]:
    load_printer()
    works = [
        work("样例（2 份工作簿，1 个部门 3 个项目）", sample()),
        work("常见（1 个项目，14 项指标）", usual()),
    ]
    rounds = 2 if quick else 5
    return [table for one in works for table in (_stages(one, rounds), _pages(one, rounds))]


def _stages(one: Work, rounds: int) -> Table:
    from jxreport.render.json import dumps, result_object
    from jxreport.render.lean.lines import kept
    from jxreport.render.pdf import render_pdf, report_html
    from jxreport.render.xlsx import render_xlsx
    from jxreport.report import build_document
    from jxreport.score import score_submission

    profile = one.settings.profile
    result = score_submission(one.task.submission, profile)
    steps: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("读取、配对", lambda: _task(one.books, one.settings)),
        ("计分", lambda: score_submission(one.task.submission, profile)),
        ("组成报告", lambda: build_document(result, date=DATE)),
        ("HTML（视图和模板，一遍）", lambda: report_html(one.document)),
        ("XLSX", lambda: render_xlsx(one.document)),
        ("JSON", lambda: dumps(result_object([result]))),
        ("HTML → PDF", lambda: render_pdf(one.document)),
    )
    # the same report again and again: its lines must not be remembered from the round before
    taken = {name: cpu(step, rounds=rounds, before=kept.clear)[0] for name, step in steps}
    whole, _ = cpu(lambda: make_unit(one.task), rounds=rounds, before=kept.clear)
    floor, (_, pages) = cpu(lambda: bare(one.html, our_styles()), rounds=rounds)
    rest = sum(seconds for name, seconds in taken.items() if name != "HTML → PDF")
    rows = [(name, ms(seconds), ratio(seconds, floor)) for name, seconds in taken.items()]
    rows += [
        ("生成一份报告（计分到三个文件，含附件）", ms(whole), ratio(whole, floor)),
        (f"裸 WeasyPrint（同一 HTML，{pages} 页）", ms(floor), "1.00"),
        ("**HTML → PDF 以外合计**（目标 ≤ 0.15）", ms(rest), f"**{ratio(rest, floor)}**"),
    ]
    return Table(f"一份报告，各阶段：{one.name}", ("阶段", "处理器时间", "与裸 WeasyPrint 之比"), tuple(rows))


def _pages(one: Work, rounds: int) -> Table:
    from jxreport.render.lean.lines import kept
    from jxreport.render.pdf import render_pdf

    ours, _ = cpu(lambda: render_pdf(one.document), rounds=rounds, before=kept.clear)
    floor, (_, pages) = cpu(lambda: bare(one.html, our_styles()), rounds=rounds)
    lean = minimal(one.html)
    least, (_, lean_pages) = cpu(lambda: bare(lean, _PLAIN), rounds=rounds)
    rows = (
        (
            "本程序的 HTML → PDF（目标 ≤ 60 ms）",
            str(pages),
            ms(ours / pages),
            ratio(ours / pages, least / lean_pages),
        ),
        (
            "裸 WeasyPrint，本程序的 HTML 和样式",
            str(pages),
            ms(floor / pages),
            ratio(floor / pages, least / lean_pages),
        ),
        ("裸 WeasyPrint，手工减到最简的同样内容", str(lean_pages), ms(least / lean_pages), "1.00"),
    )
    return Table(f"每页：{one.name}", ("", "页数", "每页处理器时间", "与最简之比"), rows)


def _task(books: Books, settings: Settings) -> UnitTask:
    tasks, _ = unit_tasks([read_one((name, data, None)) for name, data in books], settings)
    return tasks[0]


def files_of(path: Path) -> Books:
    return tuple((file.name, file.read_bytes()) for file in sorted(path.glob("*.xlsx")))
