"""Write the reference pages of the documentation from what the program says itself.

    python scripts/docs_reference.py

* docs/问题代码.md: every finding code, from the wording tables and the examples in docs/问题例子.toml.
* docs/命令.md: every command and option, from the command line's own help.

A test compares both pages with what this script would write.
"""

from __future__ import annotations

import ast
import inspect
import string
import sys
import textwrap
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import click  # noqa: E402

from jxreport import cli  # noqa: E402
from jxreport.messages import table  # noqa: E402
from jxreport.messages.wording import Wording  # noqa: E402

DOCS = ROOT / "docs"
EXAMPLES = DOCS / "问题例子.toml"
GROUPS = {
    "JX1": "JX1 读取工作簿",
    "JX2": "JX2 绩效目标表",
    "JX3": "JX3 完成情况和自评表",
    "JX4": "JX4 评分标准",
    "JX5": "JX5 计分和口径",
    "JX6": "JX6 支出进度",
    "JX7": "JX7 报告的排版和核验",
    "JX8": "JX8 批处理",
}
LEVELS = {"error": "错误", "warning": "警告", "note": "提示"}
_MADE_BY = "<!-- 本页由 scripts/docs_reference.py 生成，请勿手改。 -->\n\n"


def examples() -> dict[str, dict[str, Any]]:
    return tomllib.loads(EXAMPLES.read_text(encoding="utf-8"))


def facts_of(wording: Wording) -> set[str]:
    """Names of the facts that a wording asks for."""
    texts = (wording.text, wording.fix)
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def levels() -> dict[str, list[str]]:
    """Code → severities it is given where the code says so plainly; a code judged by the profile has none."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "jxreport").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LEVELS:
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.setdefault(first.value, set()).add(node.func.id)
    return {code: [LEVELS[name] for name in LEVELS if name in names] for code, names in found.items()}


def findings_page() -> str:
    given, known, severities = examples(), table(), levels()
    missing = sorted(set(known) - set(given))
    if missing:
        raise SystemExit(f"{EXAMPLES.relative_to(ROOT)}: no example for {', '.join(missing)}")
    lines = [
        "# 问题代码\n",
        "每个问题都有一个固定的代码。屏幕上、报告的“问题清单”里、退回的工作簿的批注里，用的是同一个代码。"
        "按代码在本页查找：下面每一条先写程序怎样说，再举一个例子，再写怎样改。\n",
        "**错误**：这张表改好以前不作为合格报告；**警告**：不影响出报告，但要看一看；**提示**：知道即可。"
        "标“视情形”的，由评价口径或当时的情形决定。\n",
    ]
    for prefix, title in GROUPS.items():
        lines.append(f"## {title}\n")
        for code in sorted(code for code in known if code.startswith(prefix)):
            lines += _finding(code, known[code], given[code], severities.get(code, []))
    return _MADE_BY + "\n".join(lines)


def _finding(code: str, wording: Wording, example: Mapping[str, Any], severities: list[str]) -> Iterator[str]:
    facts = example.get("facts", {})
    yield f"({code.lower()})=\n### {code} {wording.title}\n"
    yield f"{'、'.join(severities) or '视情形'}。{_plain(wording.text.format(**facts))}\n"
    yield f"- 例子：{_plain(example['wrong'])}\n- 改成：{_plain(example['right'])}"
    yield f"- 怎样改：{_plain(wording.fix.format(**facts))}\n"


def _plain(text: str) -> str:
    """Text that Markdown shows as it stands."""
    for mark in "\\*_<[":
        text = text.replace(mark, f"\\{mark}")
    return text


def commands_page() -> str:
    lines = [
        "# 命令\n",
        "每个命令都可以加 `--help` 看说明。`make report` 等只是替您先装好程序，再运行这里的命令。\n",
        *_exit_codes(),
    ]
    for name in cli.app.commands:
        command = cli.app.commands[name]
        app = click.Context(cli.app, info_name="jxreport", help_option_names=["-h", "--help"])
        context = click.Context(command, info_name=name, parent=app)
        lines += _command(name, command, context)
    return _MADE_BY + "\n".join(lines)


def _exit_codes() -> Iterator[str]:
    yield "## 退出码\n"
    yield "| 退出码 | 意思 |\n|---|---|"
    for code, meaning in cli.EXIT_CODES.items():
        yield f"| {code} | {meaning} |"
    yield ""


def _command(name: str, command: click.Command, context: click.Context) -> Iterator[str]:
    summary, _, rest = inspect.cleandoc(command.help or "").replace("\b\n", "").partition("\n\n")
    yield f"(cmd-{name})=\n## jxreport {name}\n"
    yield f"{summary}\n"
    yield f"    {command.get_usage(context).removeprefix('用法：').strip()}\n"
    for part in filter(None, rest.split("\n\n")):
        heading, _, body = part.partition("\n")
        if body.startswith("  "):
            yield f"{heading}\n\n```text\n{textwrap.dedent(body)}\n```\n"
        else:
            yield f"{part}\n"
    yield "| 选项 | 说明 |\n|---|---|"
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and record[1]:
            option, words = (text.replace("|", "\\|") for text in record)
            yield f"| `{option}` | {words} |"
    yield ""


PAGES = {"问题代码.md": findings_page, "命令.md": commands_page}


def main() -> None:
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        print(DOCS / name)


if __name__ == "__main__":
    main()
