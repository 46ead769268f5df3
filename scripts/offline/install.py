"""Install jxreport from this folder, without network: a virtual environment with the program and its fonts.

    python3 install.py [目标文件夹]          默认装到当前文件夹下的 jxreport
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def damaged() -> list[str]:
    """Files that are not as they were packed: copying by USB stick or cloud disk breaks some."""
    wrong = []
    for line in (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        path = HERE / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append(name)
    return wrong


def made_for() -> set[str]:
    """Python versions (cp311) that the packed wheels are for."""
    tags = (re.search(r"-(cp3\d+)-(?!abi3)", path.name) for path in (HERE / "wheels").glob("*.whl"))
    return {tag[1] for tag in tags if tag}


def install_fonts(home: Path) -> None:
    """The font pack inside the environment, its configuration naming the new place."""
    target = home / "share" / "jxreport" / "fonts"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(HERE / "fonts", target)
    conf = target / "fonts.conf"
    text = conf.read_text(encoding="utf-8")
    text = re.sub(r"<dir>.*?</dir>", lambda _: f"<dir>{target}</dir>", text)
    text = re.sub(r"<cachedir>.*?</cachedir>", lambda _: f"<cachedir>{target / 'cache'}</cachedir>", text)
    conf.write_text(text, encoding="utf-8")


def main() -> int:
    home = Path(sys.argv[1] if len(sys.argv) > 1 else "jxreport").resolve()
    tag = f"cp{sys.version_info.major}{sys.version_info.minor}"
    if made_for() and tag not in made_for():
        print(f"这个离线包是给 Python {'、'.join(sorted(made_for()))} 做的，这里是 {tag}。请换用相同版本的 Python。")
        return 2
    wrong = damaged()
    if wrong:
        print(f"离线包不完整，请重新拷贝：{'、'.join(wrong[:5])}{' 等' if len(wrong) > 5 else ''}")
        return 2
    print(f"正在安装到 {home} ……")
    venv.create(home, with_pip=True, clear=True)
    python = home / SCRIPTS / ("python.exe" if os.name == "nt" else "python")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "-q", "install", "--no-index"]
    wheels = sorted(str(path) for path in (HERE / "wheels").glob("*.whl"))
    subprocess.run([*pip, "--no-deps", *wheels], check=True)  # the folder holds the locked set, and nothing else
    install_fonts(home)
    command, samples = home / SCRIPTS / "jxreport", HERE / "sample_workbooks"
    code = subprocess.run([str(python), "-m", "jxreport", "doctor", "-q"], check=False).returncode
    print(f'装好了。试一试：\n  "{command}" report "{samples}" -o output')
    return 0 if code < 2 else 1


if __name__ == "__main__":
    sys.exit(main())
