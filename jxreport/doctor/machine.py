"""The machine: versions of Python and the libraries, Pango, HarfBuzz, the terminal's encoding."""

from __future__ import annotations

import ctypes.util
import platform
import sys
from collections.abc import Iterator
from importlib import metadata

from jxreport import __version__
from jxreport.doctor.check import Check
from jxreport.render import fonts

GROUP = "运行环境"
LIBRARIES = (
    "click", "defusedxml", "fonttools", "jinja2", "odfpy", "openpyxl", "pandas", "pebble", "pypdf", "rich",
    "weasyprint", "xlrd", "xlsxwriter",
)  # fmt: skip
PYTHON, WEASYPRINT = (3, 11), 70
REINSTALL = "在程序文件夹运行 make setup（Windows：删去 .venv 文件夹后双击 report.bat）"
PANGO_FIX = (
    "Debian、Ubuntu、统信、麒麟：apt-get install libpangoft2-1.0-0 libharfbuzz-subset0；"
    "Windows：安装 MSYS2 后运行 pacman -S mingw-w64-x86_64-pango，再把 C:\\msys64\\mingw64\\bin 加入 PATH"
)


def checks() -> Iterator[Check]:
    """Python, libraries, Pango, HarfBuzz, terminal."""
    yield _python()
    yield _libraries()
    yield _pango()
    yield _subsetter()
    yield _terminal()


def _python() -> Check:
    text = f"{platform.python_version()}（{platform.system()} {platform.machine()}），jxreport {__version__}"
    good = sys.version_info >= PYTHON
    return Check(group=GROUP, name="Python", good=good, text=text, fix="请安装 Python 3.11 或更高版本")


def _libraries() -> Check:
    versions = {name: _version(name) for name in LIBRARIES}
    missing = [name for name, version in versions.items() if not version]
    text = "，".join(f"{name} {version}" for name, version in versions.items() if version)
    if missing:
        text = f"缺少 {'、'.join(missing)}"
    return Check(group=GROUP, name="Python 依赖", good=not missing, text=text, fix=REINSTALL)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _pango() -> Check:
    """WeasyPrint loads Pango when it is imported, and fails then."""
    name = "WeasyPrint 与 Pango"
    fonts.prepare()  # before WeasyPrint, which looks for fonts when it is imported
    try:
        import weasyprint
        from weasyprint.text.ffi import pango
    except (ImportError, OSError):
        return Check(group=GROUP, name=name, good=False, text="不能载入，PDF 做不出来", fix=PANGO_FIX)
    number = pango.pango_version()  # 15012 is 1.50.12
    version = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    good = int(weasyprint.__version__.partition(".")[0]) >= WEASYPRINT
    text = f"WeasyPrint {weasyprint.__version__}，Pango {version}"
    return Check(group=GROUP, name=name, good=good, text=text, fix=f"WeasyPrint 须为 {WEASYPRINT} 以上：{REINSTALL}")


def _subsetter() -> Check:
    """Without HarfBuzz's subsetter every report takes several seconds longer."""
    good = ctypes.util.find_library("harfbuzz-subset") is not None
    text = "已安装" if good else "缺少，每份报告会慢几秒"
    return Check(group=GROUP, name="字体子集库 HarfBuzz", good=good, text=text, fix=PANGO_FIX, needed=False)


def _terminal() -> Check:
    """Results are UTF-8 in files; only what is shown depends on the terminal."""
    encoding = sys.stdout.encoding or "未知"
    kind = "终端" if sys.stdout.isatty() else "文件或管道"
    return Check(group=GROUP, name="输出", text=f"{kind}，编码 {encoding}", fact=True)
