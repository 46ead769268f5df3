"""The places: shipped templates and profiles, the user's own templates, the folders written to."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from jxreport import resources
from jxreport.config import Config
from jxreport.doctor.check import Check
from jxreport.finding import JxError
from jxreport.messages import message

GROUP = "模板和文件夹"
ENOUGH = 200  # MB free on the disk of the output
_OWN_KINDS = (("profiles", ".toml"), ("outlines", ".toml"), ("layouts/families", ".toml"))
_OWN_FILES = ("report/css/local.css",)


def checks(config: Config) -> Iterator[Check]:
    """Shipped templates, the user's own, the profile, and the folders that a run with `config` writes to."""
    yield _shipped()
    if config.templates is not None:
        yield from _own(config.templates)
    yield _profile(config)
    yield _writable("输出文件夹", config.output)
    yield _writable("临时文件夹", Path(tempfile.gettempdir()))


def _shipped() -> Check:
    try:
        root = resources.template_root()
        for folder in ("report/css", "profiles", "layouts", "mail", "timers"):
            resources.find(folder)
    except resources.MissingResource as problem:
        return Check(
            group=GROUP, name="自带模板", good=False, text=f"缺少 {problem}", fix="程序不完整，请重新安装"
        )
    return Check(group=GROUP, name="自带模板", text=str(root))


def _own(folder: Path) -> Iterator[Check]:
    """The files that take the place of shipped ones, and those that nothing looks for."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    shipped = {path.relative_to(resources.template_root()).as_posix() for path in resources.template_root().rglob("*")}
    useless = [name for name in files if name not in shipped and not _may_be_own(name)]
    used = [name for name in files if name not in useless]
    yield Check(group=GROUP, name="自己的模板", text=f"{folder}：{'、'.join(used) or '（没有起作用的文件）'}")
    for name in useless:
        near = get_close_matches(name, (*shipped, *_OWN_FILES), n=1, cutoff=0.5)
        hint = f"是不是应当放在 {near[0]}？" if near else "请对照文档“口径配置”检查文件名和所在的文件夹"
        yield Check(group=GROUP, name="自己的模板", good=False, text=f"{name} 不起作用", fix=hint, needed=False)


def _may_be_own(name: str) -> bool:
    """A file of a kind that users may add."""
    path = Path(name)
    return name in _OWN_FILES or any(path.parent.as_posix() == at and path.suffix == end for at, end in _OWN_KINDS)


def _profile(config: Config) -> Check:
    from jxreport.profiles import load_profile, profile_names

    try:
        names = profile_names(config.templates)
        for name in names:
            load_profile(name, config.templates)
        chosen = load_profile(config.profile, config.templates)
    except JxError as problem:
        words = message(problem.finding)
        place = f"{problem.finding.source}：" if problem.finding.source.file else ""
        return Check(group=GROUP, name="口径", good=False, text=f"{place}{words.text}", fix=words.fix)
    text = f"{chosen.name} 版本 {chosen.version}，{chosen.title}；可用：{'、'.join(names)}"
    return Check(group=GROUP, name="口径", text=text)


def _writable(name: str, folder: Path) -> Check:
    """Try to write, in the folder itself or where it would be made; nothing is left behind."""
    place = folder.resolve()
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        with tempfile.TemporaryFile(dir=place):
            free = shutil.disk_usage(place).free // 1_000_000
    except OSError as problem:
        text = f"{folder} 不能写入（{problem.strerror or '原因不明'}）"
        return Check(group=GROUP, name=name, good=False, text=text, fix="换一个文件夹（-o），或请管理员给写入权限")
    text = f"{folder} 可以写入，剩余 {free} MB"
    return Check(group=GROUP, name=name, good=free >= ENOUGH, text=text, fix="请清理磁盘，或换一个文件夹（-o）", needed=False)
