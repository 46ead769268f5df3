"""The documentation says what the program does: commands, options, codes, settings, tokens, columns, both ways."""

from __future__ import annotations

import io
import re
from pathlib import Path

import click
import openpyxl
import pytest

from jxreport import cli, mail_settings
from jxreport.config import KEYS
from jxreport.form_names import FORM_NAMES
from jxreport.forms import blank_forms
from jxreport.messages import table
from jxreport.profile_schema import SCHEMA, Table
from jxreport.profiles import load_profile
from jxreport.render.look import tokens
from scripts import docs_reference

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in (*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md")}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
REMEDY = "run python scripts/docs_reference.py"


def listed(page: str, heading: str) -> str:
    """The part of a page under a heading."""
    after = PAGES[page].partition(f"{heading}\n")[2]
    assert after, heading
    return re.split(r"^#{1,3} ", after, maxsplit=1, flags=re.M)[0]


@pytest.mark.parametrize("name", sorted(docs_reference.PAGES))
def test_reference_pages_are_current(name: str) -> None:
    assert PAGES[name] == docs_reference.PAGES[name](), REMEDY


def test_every_code_has_an_example_that_fits_its_wording() -> None:
    examples, known = docs_reference.examples(), table()
    assert set(examples) == set(known), "docs/问题例子.toml: one entry a code"
    for code, wording in known.items():
        assert set(examples[code].get("facts", {})) == docs_reference.facts_of(wording), code
        assert set(examples[code]) <= {"facts", "wrong", "right"}, code
        assert examples[code]["wrong"] != examples[code]["right"], code


@pytest.mark.parametrize("name", sorted(PAGES))
def test_codes_that_are_named_exist(name: str) -> None:
    assert set(re.findall(r"JX\d{3}", PAGES[name])) <= {*table(), "JX299"}  # JX299: the guide's worked example


def shown_commands(text: str) -> set[tuple[str, tuple[str, ...]]]:
    """(command, options) of every call of jxreport that a page shows."""
    calls = re.findall(r"(?<![\w.-])jxreport((?: +[^\s`|;，。、（）：]+)+)", text)
    found = set()
    for call in calls:
        words = call.split()
        if re.fullmatch(r"[a-z]+", words[0]):
            found.add((words[0], tuple(word for word in words if re.match(r"--?[a-z]", word))))
    return found


@pytest.mark.parametrize("name", sorted(PAGES))
def test_calls_that_are_shown_work(name: str) -> None:
    """A command or option in the text is one that the program has."""
    for command, options in shown_commands(PAGES[name]):
        assert command in cli.app.commands, (name, command)
        known = {text for parameter in cli.app.commands[command].params for text in (*parameter.opts, *parameter.secondary_opts)}
        assert set(options) <= {*known, "--help", "-h"}, (name, command, options)


def test_every_command_is_told_in_a_guide() -> None:
    """Not only in the reference: a reader meets it where it is used."""
    guides = " ".join(text for name, text in PAGES.items() if name not in docs_reference.PAGES)
    assert [name for name in cli.app.commands if f"jxreport {name}" not in guides] == []


def test_options_are_in_the_reference() -> None:
    for name, command in cli.app.commands.items():
        part = listed("命令.md", f"## jxreport {name}")
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, (name, parameter.name)
                assert all(option in part for option in parameter.opts), (name, parameter.opts)


def test_settings_are_all_listed_and_all_real() -> None:
    rows = re.findall(r"^\| `\[?([a-z_]+)\]?` \|", listed("口径配置.md", "## 设置文件"), re.M)
    assert sorted(rows) == sorted(KEYS)
    mail = listed("口径配置.md", "## 设置文件").partition("`[mail]` 里的项：")[2].partition("\n\n")[0]
    assert set(re.findall(r"`([a-z_]+)`", mail)) == set(mail_settings.KEYS)


def test_parts_of_a_profile_are_all_named() -> None:
    part = PAGES["口径配置.md"].partition("可写的项：")[2].partition("\n\n")[0]

    def keys(schema: Table) -> set[str]:
        below = (value for value in (schema.keys or {}).values() if isinstance(value, Table))
        return {*(schema.keys or {}), *(key for table in below for key in keys(table))}

    missing = keys(SCHEMA) - set(re.findall(r"`([a-z0-9_]+)`", part)) - {"label", "low", "share", "high", "month"}
    assert missing == set()


def test_tokens_are_all_listed_and_all_real() -> None:
    part = PAGES["口径配置.md"].partition("全部可改的项：")[2].partition("\n\n正文")[0]
    kinds = {"fonts": "font", "sizes": "size", "colours": "colour"}
    rows = re.findall(r"^\| `\[(\w+)\]` \| (.+) \|$", part, re.M)
    found = {f"{kinds[kind]}-{name}" for kind, text in rows for name in re.findall(r"`([a-z-]+)`", text)}
    assert found == set(tokens(None))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\\]+", "", text)


@pytest.mark.parametrize("code", sorted(FORM_NAMES))
def test_every_column_of_every_form_is_explained(code: str) -> None:
    """Whatever a blank form prints as a heading is in the guide to that form."""
    part = squeezed(listed("填报指南.md", f"## {code} {FORM_NAMES[code]}"))
    books = dict(blank_forms(load_profile("hebei-2020"), (code,)))
    (data,) = books.values()
    book = openpyxl.load_workbook(io.BytesIO(data))
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    headings = {squeezed(text) for text in texts if re.fullmatch(r"[\w（）()／/%\n \t]{2,16}", text) and not re.search(r"\d\.|目标\d|^[（(]|^\d+$", text)}
    fixed = {"产出指标", "效益指标", "满意度指标", "数量指标", "质量指标", "时效指标", "成本指标", "经济效益指标", "社会效益指标",
             "生态效益指标", "可持续影响指标", "服务对象满意度指标", "总分", FORM_NAMES[code], "偏差说明", "万元", "年度", "截至12月底的实际支出总额"}  # fmt: skip
    missing = {text for text in headings - fixed if text.strip("（）()") not in part}
    assert missing == set()


def test_make_targets_are_told_and_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):(?!=)", MAKEFILE, re.M))
    helped = set(re.findall(r'echo "make ([a-z-]+)', MAKEFILE))
    named = {target for text in PAGES.values() for target in re.findall(r"(?<![\w-])make ([a-z-]+)", text)}
    assert named <= targets
    assert targets - helped <= {"help", "system", "distclean"}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_links_lead_somewhere(name: str) -> None:
    home = DOCS if (DOCS / name).is_file() else ROOT
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", PAGES[name]):
        assert target.startswith("http") or (home / target).is_file(), target


def test_every_page_is_in_the_table_of_contents() -> None:
    pages = {path.stem for path in DOCS.glob("*.md")} - {"index"}
    assert pages == set(re.findall(r"^(\w+)$", PAGES["index.md"], re.M))
