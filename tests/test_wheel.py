"""The wheel is complete: installed into an empty environment elsewhere, it makes a report."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from jxreport import resources

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `jxreport` command of an environment that holds the wheel, and borrows this one's libraries.

    The libraries come through a path file, so that nothing is downloaded; path files of the borrowed
    folder (the development install among them) are not followed.
    """
    home = tmp_path_factory.mktemp("elsewhere") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run([*pip, "install", "-q", "--no-index", "--no-deps", str(wheel)], check=True)
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    asked = subprocess.run([str(python), "-c", ask], check=True, capture_output=True, text=True)
    borrowed = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (Path(asked.stdout.strip()) / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    return home / "bin" / "jxreport"


def test_templates_are_inside(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name.removeprefix("jxreport/_templates/") for name in archive.namelist()}
    shipped = (ROOT / "templates").rglob("*")
    wanted = {
        path.relative_to(ROOT / "templates").as_posix()
        for path in shipped
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted
    assert wanted <= inside


def test_a_report_is_made_from_another_folder(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "sample_workbooks", tmp_path / "材料", ignore=shutil.ignore_patterns("*.py", "source")
    )
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JXREPORT_"))
    }
    fonts = resources.font_dir()
    if fonts is not None:
        environment[resources.FONTS_VARIABLE] = str(fonts)
    made = subprocess.run(
        [str(installed), "report", "材料", "-o", "结果"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert made.returncode == 0, made.stderr
    results = (path.relative_to(tmp_path / "结果") for path in (tmp_path / "结果").rglob("*.*"))
    written = sorted(path.name for path in results if path.parts[0] != ".jxreport")
    assert written == ["result.json", "绩效自评报告.pdf", "绩效自评报告.xlsx"]
    assert sorted(made.stdout.split()) == sorted(
        str(path.relative_to(tmp_path)) for path in (tmp_path / "结果").rglob("*.*") if path.name in written
    )
    origin = subprocess.run(
        [str(installed.with_name("python")), "-c", "import jxreport; print(jxreport.__file__)"],
        cwd=tmp_path, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert str(installed.parent.parent) in origin.stdout
