"""``doctor``: is everything there that the program needs, and what to do where it is not."""

from __future__ import annotations

import ctypes.util
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from jxreport import __version__, resources
from jxreport.config import KEYS, ConfigError, load

LIBRARIES = ("pandas", "openpyxl", "xlsxwriter", "jinja2", "xlrd", "odfpy", "pebble", "fonttools")
FAMILIES = {
    "JXXiaoBiaoSong": "小标宋",
    "JXFangSong": "仿宋",
    "JXKaiTi": "楷体",
    "JXHeiTi": "黑体",
    "JXSongTi": "宋体",
    "JXFallback": "补字",
}
PANGO_FIX = (
    "Debian、Ubuntu、统信、麒麟：apt-get install libpangoft2-1.0-0 libharfbuzz-subset0；"
    "Windows：安装 MSYS2 后运行 pacman -S mingw-w64-x86_64-pango"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing examined. `needed`: without it no good report can be made."""

    name: str
    good: bool
    text: str
    fix: str = ""
    needed: bool = True


def examine() -> list[Check]:
    """All checks, in the order a person would mend them."""
    return [_python(), *_libraries(), _pango(), _subsetter(), *_fonts(), _templates(), *_settings()]


def _python() -> Check:
    good = sys.version_info >= (3, 11)
    text = f"{platform.python_version()}（{platform.system()} {platform.machine()}），jxreport {__version__}"
    return Check(name="Python", good=good, text=text, fix="" if good else "请安装 Python 3.11 或更高版本")


def _libraries() -> Iterator[Check]:
    missing = []
    for name in LIBRARIES:
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
    text = f"缺少 {'、'.join(missing)}" if missing else "齐全"
    yield Check(name="Python 依赖", good=not missing, text=text, fix="运行 make setup" if missing else "")


def _pango() -> Check:
    """WeasyPrint loads Pango when it is imported, and fails then."""
    fontconfig = resources.fontconfig_file()
    if fontconfig is not None:
        os.environ.setdefault("FONTCONFIG_FILE", str(fontconfig))
    try:
        import weasyprint
    except (ImportError, OSError):
        return Check(name="WeasyPrint 与 Pango", good=False, text="不能载入，PDF 做不出来", fix=PANGO_FIX)
    return Check(name="WeasyPrint 与 Pango", good=True, text=f"WeasyPrint {weasyprint.__version__}")


def _subsetter() -> Check:
    """Without HarfBuzz's subsetter every report takes several seconds longer."""
    good = ctypes.util.find_library("harfbuzz-subset") is not None
    text = "已安装" if good else "缺少，每份报告会慢几秒"
    return Check(
        name="字体子集库 HarfBuzz", good=good, text=text, fix="" if good else PANGO_FIX, needed=False
    )


def _fonts() -> Iterator[Check]:
    folder = resources.font_dir()
    if folder is None:
        yield Check(
            name="公文字体包",
            good=False,
            text="没有，将使用系统字体，版面可能与公文格式有出入",
            fix=f"在程序文件夹运行 make fonts，或用环境变量 {resources.FONTS_VARIABLE} 指出字体包的位置",
            needed=False,
        )
        return
    files = {path.stem for path in folder.iterdir()}
    missing = [label for stem, label in FAMILIES.items() if stem not in files]
    text = f"缺少 {'、'.join(missing)}" if missing else f"{'、'.join(FAMILIES.values())}（{folder}）"
    fix = "运行 make fonts" if missing else ""
    yield Check(name="公文字体包", good=not missing, text=text, fix=fix, needed=False)


def _templates() -> Check:
    from jxreport.finding import JxError
    from jxreport.profiles import load_profile, profile_names

    try:
        names = profile_names()
        for name in names:
            load_profile(name)
    except (resources.MissingResource, JxError) as problem:
        return Check(name="模板与口径", good=False, text=f"有缺损：{problem}", fix="请重新安装程序")
    return Check(
        name="模板与口径", good=bool(names), text=f"{'、'.join(names)}（{resources.template_root()}）"
    )


def _settings() -> Iterator[Check]:
    try:
        loaded = load()
    except ConfigError as problem:
        yield Check(name="设置", good=False, text=str(problem))
        return
    for key in KEYS:
        value = getattr(loaded.config, key)
        shown = (
            f"{len(value)} 条" if key == "readings" else str(value) if value not in (None, "") else "（未设）"
        )
        yield Check(name=f"设置 {key}", good=True, text=f"{shown} ← {loaded.origin(key)}")
