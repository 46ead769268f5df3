"""Gather what an installation without network needs: wheels, font pack, samples, installer.

    python scripts/wheelhouse.py --out dist/离线包 [--platform win_amd64]

The versions and hashes are those of requirements.lock. For the machine's own platform everything is taken as
pip would install it; for another one pip downloads that platform's wheels, and what is published as source
only is built here (it is pure Python). SHA256SUMS lists every file, and the installer checks them.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
FONTS = ROOT / ".fonts"
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"}
SOURCE_ONLY = frozenset({"odfpy"})
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "-q")
BUILD = ("wheel", "--no-deps", "--no-build-isolation", "--use-pep517")


@dataclass(frozen=True)
class Pin:
    """One entry of the lock, with its lines as they stand (version, marker, hashes)."""

    name: str
    marker: str
    lines: str


def pins() -> Iterator[Pin]:
    for block in re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8")):
        head = re.match(r"([a-z0-9._-]+)==\S+(?: ; ([^\\\n]+))?", block)
        if head:
            yield Pin(head[1], (head[2] or "").strip(), block)


def wanted(platform: str | None) -> list[Pin]:
    """The pins that hold on the target."""
    target = WINDOWS if platform and platform.startswith("win") else {}
    return [pin for pin in pins() if not pin.marker or Marker(pin.marker).evaluate(target)]


def gather(chosen: list[Pin], folder: Path, *command: str) -> None:
    """Run pip over the pins, their hashes required; markers are settled already."""
    text = "\n".join(pin.lines.replace(f" ; {pin.marker}", "", 1) if pin.marker else pin.lines for pin in chosen)
    with tempfile.TemporaryDirectory() as place:
        listed = Path(place) / "requirements.txt"
        listed.write_text(text, encoding="utf-8")
        subprocess.run([*PIP, *command, "--require-hashes", "-r", str(listed)], cwd=folder, check=True)


def wheels(folder: Path, platform: str | None) -> None:
    chosen = wanted(platform)
    if platform is None:
        gather(chosen, folder, *BUILD, "-w", ".")
    else:
        built = [pin for pin in chosen if pin.name in SOURCE_ONLY]
        gather(built, folder, *BUILD, "-w", ".")
        rest = [pin for pin in chosen if pin not in built]
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        target = ("--platform", platform, "--python-version", version, "--implementation", "cp")
        gather(rest, folder, "download", "--no-deps", "--only-binary=:all:", *target, "-d", ".")
    subprocess.run([*PIP, *BUILD, "-w", str(folder), str(ROOT)], check=True)


def sums(folder: Path) -> str:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}" for path in paths
    )
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--platform", help="例如 win_amd64；不写则为本机")
    options = parser.parse_args()
    if not (FONTS / "fonts.conf").is_file():
        print("还没有字体包，请先运行 make fonts。", file=sys.stderr)
        return 1
    shutil.rmtree(options.out, ignore_errors=True)
    folder = options.out / "wheels"
    folder.mkdir(parents=True)
    wheels(folder.resolve(), options.platform)
    shutil.copytree(FONTS, options.out / "fonts", ignore=shutil.ignore_patterns("cache", ".stamp"))
    samples = shutil.ignore_patterns("*.py", "source", "__pycache__")
    shutil.copytree(ROOT / "sample_workbooks", options.out / "sample_workbooks", ignore=samples)
    for path in (ROOT / "scripts" / "offline").iterdir():
        shutil.copy(path, options.out)
    (options.out / "SHA256SUMS").write_text(sums(options.out), encoding="utf-8")
    size = sum(path.stat().st_size for path in options.out.rglob("*") if path.is_file()) // 1_000_000
    print(f"离线包：{options.out}（{size} MB）。整个文件夹拷到内网机器，运行其中的 安装.sh 或 安装.bat。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
