"""`doctor` names what is missing, what to do about it, and where every setting comes from."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from jxreport import cli, doctor, resources
from jxreport.doctor import Check, machine, typefaces
from jxreport.mail_settings import PASSWORD_VARIABLE


@pytest.fixture(autouse=True)
def clean_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    return here


def named(name: str) -> Check:
    (check,) = [check for check in doctor.examine() if check.name == name]
    return check


def test_a_set_up_machine_is_sound() -> None:
    assert [check for check in doctor.examine() if not check.good] == []


def test_every_problem_says_what_to_do(clean_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "LIBRARIES", ("pandas", "no-such-library"))
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)
    (clean_place / "output").write_text("", encoding="utf-8")
    checks = [check for check in doctor.examine() if not check.good]
    assert {check.name for check in checks} >= {"Python 依赖", "字体子集库 HarfBuzz", "输出文件夹"}
    assert all(check.fix for check in checks)
    assert doctor.exit_code(checks) == 2


def test_a_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "LIBRARIES", ("pandas", "no-such-library"))
    check = named("Python 依赖")
    assert (check.good, check.text) == (False, "缺少 no-such-library")
    assert "make setup" in check.fix


def test_a_missing_subsetter_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)
    check = named("字体子集库 HarfBuzz")
    assert (check.good, check.needed) == (False, False)
    assert "libharfbuzz-subset0" in check.fix
    assert doctor.exit_code([check]) == 1


def test_fonts_missing_and_incomplete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "font_dir", lambda: None)
    check = named("公文字体包")
    assert (check.good, check.needed) == (False, True)
    assert "make fonts" in check.fix
    (tmp_path / "JXFangSong.ttf").write_bytes(b"")
    monkeypatch.setattr(resources, "font_dir", lambda: tmp_path)
    text = named("公文字体包").text
    assert "缺少 小标宋、黑体" in text
    assert "仿宋" not in text


def test_substitutes_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _, _, packed in typefaces.ROLES.values():
        (tmp_path / f"{packed.replace('-', '')}.ttf").write_bytes(b"")
    (tmp_path / resources.FONT_SOURCES).write_text("JX FangSong\tNotoSerifCJK-Regular.ttc\n", encoding="utf-8")
    monkeypatch.setattr(resources, "font_dir", lambda: tmp_path)
    check = typefaces._pack()
    assert (check.good, check.needed) == (False, False)
    assert "仿宋用思源字体代替" in check.text


@pytest.mark.skipif(resources.font_dir() is None, reason="no font pack: run make setup")
def test_each_role_is_set_in_its_own_face(tmp_path: Path) -> None:
    assert {role: font.removesuffix("-Regular") for role, font in typefaces.fonts_used(None).items()} == {
        role: packed for role, (_, _, packed) in typefaces.ROLES.items()
    }
    own = tmp_path / "report" / "tokens.toml"
    own.parent.mkdir()
    own.write_text("[fonts]\nbody = '\"JX KaiTi\", serif'\n", encoding="utf-8")
    assert typefaces.fonts_used(tmp_path)["body"].startswith("JX-KaiTi")


def test_settings_are_shown_with_their_origin(clean_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JXREPORT_PROFILE", "hebei-2020")
    beside = clean_place / "材料"
    beside.mkdir()
    (beside / "jxreport.toml").write_text('checkpoints = ["6月底", "12月底"]\n', encoding="utf-8")
    shown = {check.name: check.text for check in doctor.examine(beside, {"output": "甲"})}
    assert shown["profile"] == "hebei-2020 ← 环境变量 JXREPORT_PROFILE"
    assert shown["checkpoints"] == f"6月底、12月底 ← 配置文件 {beside / 'jxreport.toml'}"
    assert shown["output"] == "甲 ← 命令行"
    assert shown["timeout"] == "120 ← 默认值"
    assert f"{beside / 'jxreport.toml'}（有）" in shown["设置文件"]


def test_settings_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JXREPORT_JOBS", "many")
    check = named("设置文件")
    assert not check.good
    assert "JXREPORT_JOBS" in check.text


def test_own_templates_that_nothing_looks_for(clean_place: Path) -> None:
    (clean_place / "jxreport.toml").write_text('templates = "模板"\n', encoding="utf-8")
    for name in ("report/css/local.css", "profiles/某省-2024.toml", "css/text.css"):
        path = clean_place / "模板" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('extends = "mof-2020-10"\nname = "某省-2024"\n' if "profiles" in name else "", encoding="utf-8")
    used, useless = (check for check in doctor.examine() if check.name == "自己的模板")
    assert used.text.endswith("profiles/某省-2024.toml、report/css/local.css")
    assert (useless.good, useless.needed) == (False, False)
    assert useless.text == "css/text.css 不起作用"
    assert "report/css/text.css" in useless.fix


def test_where_the_mail_password_comes_from(clean_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = clean_place / "密码.txt"
    (clean_place / "jxreport.toml").write_text(
        '[mail]\nhost = "a.gov.cn"\nsender = "a@b.gov.cn"\nuser = "a"\npassword_file = "密码.txt"\n', encoding="utf-8"
    )
    assert named("邮箱密码").text == "没有找到"
    secret.write_text("秘密", encoding="utf-8")
    secret.chmod(0o644)
    assert "别人也能读" in named("邮箱密码").text
    secret.chmod(0o600)
    assert named("邮箱密码").good
    monkeypatch.setenv(PASSWORD_VARIABLE, "秘密")
    assert named("邮箱密码").text == f"环境变量 {PASSWORD_VARIABLE}"


def test_the_command_says_it_all_and_ends_with_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)
    result = CliRunner().invoke(cli.app, ["doctor"], standalone_mode=False)
    assert result.return_value == 1
    for group in (machine.GROUP, typefaces.GROUP, "模板和文件夹", "设置"):
        assert f"\n{group}\n" in f"\n{result.stdout}"
    assert "[建议处理] 字体子集库 HarfBuzz" in result.stdout
    assert result.stderr == "可以生成报告，有 1 处建议处理。\n"
