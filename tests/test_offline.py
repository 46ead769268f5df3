"""The offline package installs and makes a report where there is no network. `make wheelhouse` makes it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "dist" / "离线包"
REPORT = ("result.json", "绩效自评报告.pdf", "绩效自评报告.xlsx")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not (PACKAGE / "SHA256SUMS").is_file(), reason="no offline package: run make wheelhouse"),
]


def without_network() -> list[str]:
    """A prefix that cuts a command off from the network; [] where this user may not do that."""
    tool = shutil.which("unshare")
    if tool and subprocess.run([tool, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [tool, "-n"]
    return []


def call(place: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("PYTHON", "JXREPORT_", "PIP_"))}
    return subprocess.run(
        [*without_network(), *command],
        cwd=place,
        env={**environment, "PIP_CONFIG_FILE": os.devnull},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_installed_without_network_it_makes_a_report(tmp_path: Path) -> None:
    place = tmp_path / "内网 机器（甲）"
    place.mkdir()
    done = call(place, sys.executable, str(PACKAGE / "install.py"))
    assert done.returncode == 0, done.stdout + done.stderr
    program = place / "jxreport" / "bin" / "jxreport"
    made = call(place, str(program), "report", str(PACKAGE / "sample_workbooks"), "-o", "报告")
    assert made.returncode == 0, made.stderr
    assert sorted(path.name for path in (place / "报告").glob("*/*/*")) == sorted(REPORT)
    examined = call(place, str(program), "doctor")
    assert f"{place / 'jxreport' / 'share' / 'jxreport' / 'fonts'}，齐全" in examined.stdout
    assert examined.returncode == 0


def test_a_damaged_copy_is_not_installed(tmp_path: Path) -> None:
    copy = tmp_path / "离线包"
    (copy / "wheels").mkdir(parents=True)
    shutil.copy(PACKAGE / "install.py", copy)
    (copy / "SHA256SUMS").write_text(f"{'0' * 64}  wheels/a.whl\n", encoding="utf-8")
    (copy / "wheels" / "a.whl").write_bytes(b"half")
    done = call(tmp_path, sys.executable, str(copy / "install.py"), "x")
    assert done.returncode == 2
    assert "请重新拷贝：wheels/a.whl" in done.stdout
    assert not (tmp_path / "x").exists()
