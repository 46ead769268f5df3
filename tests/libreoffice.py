"""LibreOffice headless as the independent calculator of our workbooks.

A private profile makes it recalculate every formula on loading: by default it keeps cached values, and a
wrong one would pass unseen.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TIMEOUT = 300

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""

needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice（soffice）未安装，无法重算工作簿中的公式"
)


def recalculate(folder: Path, books: Mapping[str, bytes]) -> dict[str, Workbook]:
    """Let LibreOffice open, recalculate and save `books` (name without suffix → xlsx bytes).

    Returns the saved workbooks with the values it computed. One call serves many books.
    """
    source, target = folder / "in", folder / "out"
    source.mkdir()
    for name, data in books.items():
        (source / f"{name}.xlsx").write_bytes(data)
    convert(folder, "xlsx:Calc MS Excel 2007 XML", target, *sorted(source.iterdir()))
    return {
        name: openpyxl.load_workbook(BytesIO((target / f"{name}.xlsx").read_bytes()), data_only=True)
        for name in books
    }


def convert(folder: Path, kind: str, target: Path, *files: Path) -> None:
    """Convert `files` into `target` with a profile of its own below `folder`."""
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    command = [
        str(SOFFICE),
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(target),
        *map(str, files),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    missing = [file.stem for file in files if not list(target.glob(f"{file.stem}.*"))]
    if missing:
        raise AssertionError(f"LibreOffice made nothing of {missing}: {done.stdout}{done.stderr}")
