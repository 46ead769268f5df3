"""The fonts: the pack, and which font each role of the report is really set in on this machine."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from jxreport import resources
from jxreport.doctor.check import Check
from jxreport.finding import JxError

GROUP = "字体"
# token of the look (templates/report/tokens.toml) → what is set in it, the face 公文 wants, and the pack's
ROLES: Mapping[str, tuple[str, str, str]] = {
    "title": ("标题", "小标宋", "JX-XiaoBiaoSong"),
    "body": ("正文", "仿宋", "JX-FangSong"),
    "heading": ("一级标题、表头", "黑体", "JX-HeiTi"),
    "kai": ("二级标题、说明", "楷体", "JX-KaiTi"),
    "table": ("表格", "宋体", "JX-SongTi"),
    "page": ("页码", "宋体", "JX-SongTi"),
}
SAMPLE = "绩效"  # two characters that every Chinese font has
MAKE_FIX = (
    "在程序文件夹运行 make fonts（Windows：双击 report.bat 会自动制作）；字体包已在别处的，"
    "在 jxreport.toml 里写 fonts = \"字体包的文件夹\""
)


def checks(templates: Path | None) -> Iterator[Check]:
    """The pack, then each role with the font it is set in; `templates` may hold other tokens."""
    yield _pack()
    try:
        used = fonts_used(templates)
    except (ImportError, OSError):
        return  # WeasyPrint cannot be loaded; the machine's checks say what to do
    except JxError as problem:
        from jxreport.messages import message

        words = message(problem.finding)
        yield Check(group=GROUP, name="版式设置", good=False, text=words.text, fix=words.fix)
        return
    for role, (place, face, packed) in ROLES.items():
        font = used[role]
        good = bool(font)
        text = f"{face} ← {_plain(font, packed)}" if good else f"{face} ← 没有可用的中文字体"
        yield Check(group=GROUP, name=place, good=good, text=text, fix=MAKE_FIX)
    yield Check(group=GROUP, name="工作簿", text="宋体、仿宋、黑体、楷体，由打开工作簿的电脑提供", fact=True)


def _pack() -> Check:
    folder = resources.font_dir()
    if folder is None:
        text = "没有，改用系统字体，版面不合公文格式，报告不作为合格文件"
        return Check(group=GROUP, name="公文字体包", good=False, text=text, fix=MAKE_FIX)
    stems = {path.stem for path in folder.iterdir()}
    wanted = {packed.replace("-", ""): face for _, face, packed in ROLES.values()}
    missing = dict.fromkeys(face for stem, face in wanted.items() if stem not in stems)
    if missing:
        text = f"{folder}，缺少 {'、'.join(missing)}"
        return Check(group=GROUP, name="公文字体包", good=False, text=text, fix=MAKE_FIX)
    substitutes = _substitutes(folder)
    text = f"{folder}，齐全" if not substitutes else f"{folder}，{'、'.join(substitutes)}用思源字体代替"
    fix = "联网后运行 make fonts 可以补齐；也可以指定本机已有的字体，见文档“口径配置”"
    return Check(group=GROUP, name="公文字体包", good=not substitutes, text=text, fix=fix, needed=False)


def sources(folder: Path) -> dict[str, str]:
    """Family → file that a face of the pack was made from; {} for a pack without the list."""
    path = folder / resources.FONT_SOURCES
    if not path.is_file():
        return {}
    rows = (line.partition("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line)
    return {family: file for family, _, file in rows}


def _substitutes(folder: Path) -> list[str]:
    """The faces that had to be made from Noto because the right font was not there."""
    made = sources(folder)
    special = {"JX FangSong": "仿宋", "JX KaiTi": "楷体", "JX XiaoBiaoSong": "小标宋"}
    return [face for family, face in special.items() if made.get(family, "").startswith("Noto")]


def fonts_used(templates: Path | None) -> dict[str, str]:
    """Role → PostScript name of the font its sample was set in, "" where none has the characters.

    A page is set for each role and the fonts of the finished PDF are read: what is seen is what is used.
    """
    return {role: _font_of(_page(role, templates)) for role in ROLES}


def _page(role: str, templates: Path | None) -> object:
    import pypdf

    from jxreport.render.listening import listening
    from jxreport.render.press import Press

    html = f"<html lang='zh-CN'><body><p style='font-family: var(--font-{role})'>{SAMPLE}</p></body></html>"
    with listening():
        press = Press((), templates)
        pdf = press.write(press.layout(html))
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[0]


def _font_of(page: object) -> str:
    fonts = page["/Resources"].get("/Font", {})  # type: ignore[index]
    names = [str(font.get_object()["/BaseFont"]) for font in fonts.values()]
    return names[0].lstrip("/").partition("+")[2] if names else ""


def _plain(font: str, packed: str) -> str:
    """The font in words: one of the pack with the file it was made from, else its name and a warning."""
    family = font.removesuffix("-Regular").replace("-", " ")
    folder = resources.font_dir()
    if folder is None or not font.startswith(packed):
        return f"{font}（不是字体包里的）"
    made = sources(folder).get(family)
    return f"{family}（{made}）" if made else family
