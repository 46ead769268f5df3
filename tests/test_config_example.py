"""The annotated settings file of `init --config`: every setting is in it, and every line of it can be used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jxreport import cli, mail_settings, resources
from jxreport.config import KEYS, load

EXAMPLE = resources.find("config/jxreport.toml").read_text(encoding="utf-8")
_SETTING = re.compile(r"# (\[[^\]]+\]|[a-z_]+ = .*|\"[^\"]+\" = .*)")


def uncommented() -> str:
    """The example with all its settings switched on."""
    lines = EXAMPLE.splitlines()
    return "\n".join(found[1] if (found := _SETTING.fullmatch(line)) else "" for line in lines)


def test_as_it_is_it_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "jxreport.toml").write_text(EXAMPLE, encoding="utf-8")
    assert load(environment={}, beside=tmp_path).config == load(environment={}).config


def test_every_setting_is_in_it_and_can_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "模板").mkdir()
    (tmp_path / "字体包").mkdir()
    (tmp_path / "字体包" / "fonts.conf").write_text("<fontconfig/>", encoding="utf-8")
    (tmp_path / "jxreport.toml").write_text(uncommented(), encoding="utf-8")
    loaded = load(environment={})
    assert [key for key in KEYS if "jxreport.toml" not in loaded.origin(key)] == []
    mail = loaded.config.mail
    assert mail is not None
    mentioned = set(re.findall(r"^([a-z_]+) =", uncommented(), re.M)) | {"addresses"}
    assert set(mail_settings.KEYS) <= mentioned
    assert mail.recipients("承德高新区党政办公室") == ("dzb@example.gov.cn",)


def test_the_commented_defaults_are_the_defaults() -> None:
    """A setting shown with a default value shows the real one."""
    defaults = load(environment={}).config
    for key in ("profile", "jobs", "timeout", "memory", "output"):
        (shown,) = re.findall(rf'^# {key} = "?([^"\n]+)"?$', EXAMPLE.partition("# [mail]")[0], re.M)
        assert shown == str(getattr(defaults, key)), key


def test_init_writes_it_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as end:
            cli.main(list(arguments))
        said = capsys.readouterr()
        return end.value.code, said.out, said.err

    code, out, err = run("init", "--config", "-o", str(tmp_path / "待填报（测试）"))
    written = tmp_path / "待填报（测试）" / "jxreport.toml"
    assert (code, out) == (0, f"{written}\n")
    assert "jxreport doctor" in err
    assert written.read_text(encoding="utf-8") == EXAMPLE
    written.write_text('profile = "hebei-2020"\n', encoding="utf-8")
    code, _, err = run("init", "--config", "-o", str(written.parent))
    assert code == 2
    assert "没有覆盖" in err
    assert written.read_text(encoding="utf-8") == 'profile = "hebei-2020"\n'
