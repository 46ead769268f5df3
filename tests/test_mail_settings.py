"""The [mail] table: what is accepted, and how mistakes are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jxreport.config import ConfigError, load
from jxreport.mail_settings import MailSettings, mail_settings

LEAST = {"host": "smtp.example.gov.cn", "sender": "jx@example.gov.cn"}


def test_the_least_is_encrypted() -> None:
    assert mail_settings(LEAST) == MailSettings(
        host="smtp.example.gov.cn", sender="jx@example.gov.cn", port=587, security="starttls"
    )


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("ssl", 465)])
def test_the_port_follows_the_security(security: str, port: int) -> None:
    assert mail_settings({**LEAST, "security": security}).port == port


def test_the_address_book() -> None:
    settings = mail_settings(
        {**LEAST, "addresses": {" 甲局 ": "a@x.cn", "乙局": ["b@x.cn", "b@x.cn", "c@x.cn"]}}
    )
    assert settings.recipients("甲局") == ("a@x.cn",)
    assert settings.recipients("乙局") == ("b@x.cn", "c@x.cn")
    assert settings.recipients("丙局") == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "hunter2"}, "密码不写在设置文件里"),
        ({"smtp_password": "hunter2"}, "密码不写在设置文件里"),
        ({"hosts": "x"}, "是不是“host”"),
        ({"security": "tls"}, "starttls、ssl、none"),
        ({"security": "none"}, "只允许用于本机"),
        ({"host": "a b"}, "host 应当是"),
        ({"host": ""}, "host 应当是"),
        ({"port": "587"}, "port 应当是"),
        ({"port": True}, "port 应当是"),
        ({"port": 70000}, "port 应当是"),
        ({"sender": "财政局"}, "不是电子邮箱地址"),
        ({"sender": "a@b.cn\nBcc: x@y.cn"}, "不是电子邮箱地址"),
        ({"sender_name": "财政局\r\nBcc: x@y.cn"}, "一行文字"),
        ({"user": "a\nb"}, "一行文字"),
        ({"addresses": {"甲局": "a@x.cn, b@x.cn"}}, "一个地址写一项"),
        ({"addresses": {"甲局": "a@x.cn\r\nBcc: b@x.cn"}}, "不是电子邮箱地址"),
        ({"addresses": {"甲局": "<a@x.cn>"}}, "不是电子邮箱地址"),
        ({"addresses": {"甲局": "a@x..cn"}}, "不是电子邮箱地址"),
        ({"addresses": {"甲局": 5}}, "收件人应当写成"),
        ({"addresses": ["a@x.cn"]}, "通讯录应当写成"),
        ({"summary_to": "局长"}, "不是电子邮箱地址"),
        ({"mode": "每周"}, "unit、summary"),
        ({"ca_file": 1}, "ca_file 应当是"),
        ({"timeout": 0}, "timeout 应当是"),
    ],
)
def test_mistakes_are_explained_without_repeating_secrets(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said) as caught:
        mail_settings({**LEAST, **changes})
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("missing", ["host", "sender"])
def test_what_is_needed_is_named(missing: str) -> None:
    with pytest.raises(ValueError, match=f"缺少 {missing}"):
        mail_settings({key: value for key, value in LEAST.items() if key != missing})


def test_it_is_read_from_the_file_with_paths_meant_from_there(tmp_path: Path) -> None:
    (tmp_path / "jxreport.toml").write_text(
        '[mail]\nhost = "smtp.x.cn"\nsender = "a@x.cn"\npassword_file = "密码.txt"\nca_file = "/etc/ca.pem"\n'
        '[mail.addresses]\n"甲局" = ["b@x.cn"]\n',
        encoding="utf-8",
    )
    settings = load(beside=tmp_path, environment={"JXREPORT_SMTP_PASSWORD": "hunter2"}).config.mail
    assert settings is not None
    assert settings.password_file == tmp_path / "密码.txt"
    assert settings.ca_file == Path("/etc/ca.pem")
    assert settings.recipients("甲局") == ("b@x.cn",)


def test_a_mistake_names_the_file_and_not_the_whole_table(tmp_path: Path) -> None:
    (tmp_path / "jxreport.toml").write_text('[mail]\nhost = "h"\npassword = "hunter2"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(beside=tmp_path, environment={})
    assert str(tmp_path) in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_the_environment_cannot_hold_a_table() -> None:
    with pytest.raises(ConfigError, match=r"应当写成 \[mail\]"):
        load(environment={"JXREPORT_MAIL": "x"})
