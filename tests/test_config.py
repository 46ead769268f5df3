"""Settings: precedence, origins, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from jxreport.config import ConfigError, load
from jxreport.mail_settings import PASSWORD_VARIABLE


@pytest.fixture(autouse=True)
def clean_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder and an empty home for the user's own file."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    return here


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults() -> None:
    loaded = load(environment={})
    assert loaded.config.profile == "mof-2020-10"
    assert loaded.origin("profile") == "默认值"


def test_each_place_wins_over_the_one_before(tmp_path: Path, clean_place: Path) -> None:
    """user file < current folder < folder of the workbooks < environment < command line"""
    own = write(tmp_path / "home" / "jxreport" / "config.toml", 'profile = "1"\n')
    assert load(environment={}).config.profile == "1"
    assert load(environment={}).origin("profile") == f"配置文件 {own}"
    write(clean_place / "jxreport.toml", 'profile = "2"\n')
    assert load(environment={}).config.profile == "2"
    beside = tmp_path / "books"
    write(beside / "jxreport.toml", 'profile = "3"\n')
    assert load(environment={}, beside=beside).config.profile == "3"
    environment = {"JXREPORT_PROFILE": "4", "PATH": "/bin"}
    assert load(environment=environment, beside=beside).config.profile == "4"
    assert load(environment=environment, beside=beside).origin("profile") == "环境变量 JXREPORT_PROFILE"
    loaded = load({"profile": "5", "output": None}, environment=environment, beside=beside)
    assert loaded.config.profile == "5"
    assert loaded.origin("profile") == "命令行"
    assert loaded.origin("output") == "默认值"


def test_paths_in_a_file_are_meant_from_that_file(tmp_path: Path) -> None:
    write(tmp_path / "books" / "jxreport.toml", 'output = "报告"\n')
    assert load(environment={}, beside=tmp_path / "books").config.output == tmp_path / "books" / "报告"


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("2021-01-15", "2021年1月15日"),
        ("2021年1月15日", "2021年1月15日"),
        ("", ""),
    ],
)
def test_date(given: str, understood: str) -> None:
    assert load({"date": given}, environment={}).config.date == understood


def test_date_may_be_a_toml_date(clean_place: Path) -> None:
    write(clean_place / "jxreport.toml", "date = 2021-01-15\n")
    assert load(environment={}).config.date == "2021年1月15日"


@pytest.mark.parametrize("given", ["10月底", "10月", "10", 10])
def test_checkpoint(given: object) -> None:
    assert load({"as_of": given}, environment={}).config.as_of == "10月底"


def test_readings(clean_place: Path) -> None:
    write(clean_place / "jxreport.toml", '[readings."酌情扣分"]\n"每次扣几分" = "扣1分"\n')
    assert load(environment={}).config.readings == (("酌情扣分", "每次扣几分", "扣1分"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('profil = "x"', "没有“profil”这一项设置。是不是“profile”？"),
        ("profile = 3", "应当是用引号括起来的文字"),
        ('profile = ""', "不能为空"),
        ("jobs = -1", "0 到 999 的整数"),
        ("jobs = true", "0 到 999 的整数"),
        ('as_of = "13月底"', "应当是时点"),
        ('date = "2021-02-30"', "没有这一天"),
        ('date = "昨天"', "应当是日期"),
        ('templates = "没有的文件夹"', "不存在"),
        ('readings = "x"', "应当写成"),
        ('units = ["甲"]', "应当写成 [units]"),
        ('[units]\n"甲" = ""', "应当写成 [units]"),
        ('checkpoints = ["12月底", "6月底"]', "从早到晚"),
        ('checkpoints = "年底"', "应当是时点"),
        ("checkpoints = 6", "应当写成"),
        ('fonts = "没有的文件夹"', "不存在"),
        ('[unit]\n"甲" = "乙"', "是不是“units”"),
        ('profile = "a', "第 1 行第"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(clean_place: Path, text: str, said: str) -> None:
    write(clean_place / "jxreport.toml", text + "\n")
    with pytest.raises(ConfigError) as problem:
        load(environment={})
    assert said in str(problem.value)
    assert "jxreport.toml" in str(problem.value)


def test_a_mistyped_variable_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"环境变量 JXREPORT_OUTPT.*是不是“output”"):
        load(environment={"JXREPORT_OUTPT": "x"})


def test_variables_of_other_parts_are_no_settings() -> None:
    assert load(environment={PASSWORD_VARIABLE: "x"}).config == load(environment={}).config


def test_a_font_pack_is_named_by_its_folder(clean_place: Path) -> None:
    write(clean_place / "字体 包（甲）" / "fonts.conf", "<fontconfig/>")
    write(clean_place / "jxreport.toml", 'fonts = "字体 包（甲）"\n')
    assert load(environment={}).config.fonts == Path("字体 包（甲）")
    with pytest.raises(ConfigError, match=r"JXREPORT_FONTS.*不是字体包"):
        load(environment={"JXREPORT_FONTS": str(clean_place)})


def test_checkpoints_and_units(clean_place: Path) -> None:
    write(clean_place / "jxreport.toml", 'checkpoints = ["6月", 9, "12月底"]\n[units]\n"甲局" = "某市甲局"\n')
    config = load(environment={}).config
    assert config.checkpoints == ("6月底", "9月底", "12月底")
    assert config.units == (("甲局", "某市甲局"),)
    assert load(environment={"JXREPORT_CHECKPOINTS": "6月底，12月底"}).config.checkpoints == ("6月底", "12月底")
