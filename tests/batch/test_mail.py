"""``send`` against a real server: verified encryption, at most once, clean headers, no secret anywhere."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from jxreport.batch import Locked
from jxreport.batch.lock import RunLock
from jxreport.batch.mail import State, Wishes, send
from jxreport.batch.mail.letter import header_text
from jxreport.config import Config, ConfigError
from jxreport.mail_settings import PASSWORD_VARIABLE, MailSettings
from jxreport.render.overview_xlsx import render_overview_xlsx
from jxreport.report.overview import build_overview
from tests.batch.mailserver import HOST, SECRET, USER, Post, served
from tests.bureau import bureau, finding, unit_name

NOW = datetime(2021, 1, 15, 8, 30, tzinfo=UTC)
FIRST, SECOND = unit_name(0), unit_name(1)
ENVIRONMENT = {PASSWORD_VARIABLE: SECRET}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder with two finished reports."""
    result = bureau(2, bad=0)
    (tmp_path / "out" / ".jxreport").mkdir(parents=True)
    for unit in result["units"]:
        unit["findings"] = []
        put(tmp_path / "out", {**result, "units": [unit]})
    return tmp_path / "out"


def put(output: Path, result: dict[str, Any], pdf: bytes = b"%PDF-1.7 report", folder: str = "") -> None:
    """What a run leaves of one unit."""
    (unit,) = result["units"]
    home = output / (folder or unit["unit"]) / unit["year"]
    home.mkdir(parents=True, exist_ok=True)
    (home / "result.json").write_text(json.dumps(result), encoding="utf-8")
    (home / "绩效自评报告.pdf").write_bytes(pdf)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    with served(tmp_path) as server:
        yield server


def config(output: Path, post: Post, **changes: Any) -> Config:
    settings = MailSettings(
        host=HOST,
        port=post.port,
        sender="jx@caizheng.gov.cn",
        sender_name="某市财政局",
        user=USER,
        ca_file=output.parent / "ca.pem",
        addresses=((FIRST, ("a@one.gov.cn", "b@one.gov.cn")), (SECOND, ("c@two.gov.cn",))),
        summary_to=("ju@caizheng.gov.cn",),
        timeout=10,
    )
    return Config(output=output, mail=replace(settings, **changes))


def sent(config: Config, **wishes: Any) -> list[tuple[str, str]]:
    """Recipient (or title) and outcome of each letter."""
    done = send(config, Wishes(**wishes), now=NOW, environment=ENVIRONMENT)
    return [(outcome.recipient or outcome.title, outcome.state.name) for outcome in done.outcomes]


ALL = [("a@one.gov.cn", "SENT"), ("b@one.gov.cn", "SENT"), ("c@two.gov.cn", "SENT")]


def test_every_unit_gets_its_report_over_an_encrypted_line_after_logging_in(output: Path, post: Post) -> None:
    # folders in the order of their names, recipients in the order of the book
    assert sorted(sent(config(output, post))) == ALL
    assert post.logins == [(USER.encode(), SECRET.encode())]
    recipient, message = next(letter for letter in post.letters if letter[0] == "a@one.gov.cn")
    assert message["To"] == recipient
    assert message["From"] == "某市财政局 <jx@caizheng.gov.cn>"
    assert message["Subject"] == f"{FIRST}2020年度绩效自评报告"
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_body(("plain",)).get_content()
    assert f"{FIRST}：" in text
    assert "专项经费1：" in text
    (attachment,) = message.iter_attachments()
    assert attachment.get_content_type() == "application/pdf"
    assert attachment.get_filename() == f"{FIRST}2020年度绩效自评报告.pdf"
    assert attachment.get_content() == b"%PDF-1.7 report"


def test_the_file_name_is_encoded_as_rfc_2231_says(output: Path, post: Post) -> None:
    send(config(output, post), Wishes(dry_run=True), now=NOW, environment={})
    raw = next((output / ".jxreport" / "mail").glob("*.eml")).read_bytes()
    assert b"filename*" in raw
    assert b"utf-8''" in raw
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()


def test_a_letter_goes_once(output: Path, post: Post) -> None:
    sent(config(output, post))
    before = (output / ".jxreport" / "sent.jsonl").read_bytes()
    assert {state for _, state in sent(config(output, post))} == {"BEFORE"}
    assert len(post.letters) == 3
    assert (output / ".jxreport" / "sent.jsonl").read_bytes() == before


def test_a_new_recipient_alone_gets_it(output: Path, post: Post) -> None:
    sent(config(output, post))
    more = ((FIRST, ("a@one.gov.cn", "new@one.gov.cn")),)
    assert ("new@one.gov.cn", "SENT") in sent(config(output, post, addresses=more))
    assert len(post.letters) == 4


def test_another_version_goes_out_and_says_that_it_replaces(output: Path, post: Post) -> None:
    sent(config(output, post))
    result = json.loads((output / FIRST / "2020" / "result.json").read_text(encoding="utf-8"))
    put(output, result, pdf=b"%PDF-1.7 another")
    assert sorted(sent(config(output, post))) == [*ALL[:2], ("c@two.gov.cn", "BEFORE")]
    message = post.letters[-1][1]
    assert message["Subject"] == f"（更新）{FIRST}2020年度绩效自评报告"
    assert "替代此前发送的同一报告" in message.get_body(("plain",)).get_content()
    assert message["Message-ID"] != post.letters[0][1]["Message-ID"]


def test_the_message_id_depends_on_report_recipient_and_period_alone(output: Path, post: Post) -> None:
    sent(config(output, post))
    (output / ".jxreport" / "sent.jsonl").unlink()
    sent(config(output, post))
    idents = [message["Message-ID"] for _, message in post.letters]
    assert idents[:3] == idents[3:]
    assert len(set(idents)) == 3


def test_what_the_server_refuses_is_tried_again_and_costs_no_other(output: Path, post: Post) -> None:
    post.refused = {"a@one.gov.cn"}
    done = send(config(output, post), Wishes(), now=NOW, environment=ENVIRONMENT)
    assert done.exit_code == 3
    (failed,) = [outcome for outcome in done.outcomes if outcome.state is State.FAILED]
    assert (failed.recipient, failed.detail) == ("a@one.gov.cn", "服务器不接受收件地址（550 no such user）")
    assert done.count(State.SENT) == 2
    post.refused = set()
    assert ("a@one.gov.cn", "SENT") in sent(config(output, post))
    assert "更新" not in str(post.letters[-1][1]["Subject"])


def test_a_connection_that_breaks_leaves_the_letter_uncertain_until_it_is_resent(
    output: Path, post: Post
) -> None:
    post.dies_at = 2
    first = sent(config(output, post))
    assert [state for _, state in first] == ["SENT", "UNCERTAIN", "SENT"]
    lost = first[1][0]
    assert (lost, "UNCERTAIN") in sent(config(output, post))
    assert len(post.letters) == 2
    assert (lost, "SENT") in sent(config(output, post), resend=True)
    assert [recipient for recipient, _ in post.letters].count(lost) == 1
    assert {state for _, state in sent(config(output, post), resend=True)} == {"BEFORE"}


def test_sending_is_on_the_disk_before_the_letter_leaves(
    output: Path, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, seen = output / ".jxreport" / "sent.jsonl", []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (seen.append(len(post.letters)), real(handle))[1])
    sent(config(output, post))
    states = [json.loads(line)["state"] for line in journal.read_text(encoding="utf-8").splitlines()]
    assert states == ["sending", "sent"] * 3
    assert seen == [0, 1, 1, 2, 2, 3]


def test_a_journal_that_cannot_be_written_stops_the_sending(
    output: Path, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    (output / ".jxreport" / "sent.jsonl").write_text('{"state": "sent", "id"', encoding="utf-8")  # torn

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jxreport.batch.mail.journal.os.fsync", full)
    with pytest.raises(ConfigError, match="发送记录"):
        sent(config(output, post))
    assert post.letters == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ca_file": None}, "证书不能验证"),
        ({"host": "127.0.0.1"}, "证书不能验证"),  # the certificate is for localhost
        ({"security": "ssl"}, "建立加密连接失败"),
        ({"user": "wrong"}, "不接受用户名或密码"),
        ({"port": 1}, "连不上邮件服务器 localhost:1"),
    ],
)
def test_without_a_verified_line_nothing_leaves(
    output: Path, post: Post, changes: dict[str, Any], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    done = send(config(output, post, **changes), Wishes(), now=NOW, environment=ENVIRONMENT)
    assert {outcome.state for outcome in done.outcomes} == {State.FAILED}
    assert all(said in outcome.detail for outcome in done.outcomes)
    assert done.exit_code == 3
    assert post.letters == []
    if "user" not in changes:
        assert post.logins == []
    told = "".join(outcome.detail for outcome in done.outcomes) + caplog.text
    assert SECRET not in told
    assert not (output / ".jxreport" / "sent.jsonl").exists()


def test_a_server_without_starttls_gets_no_password(output: Path, tmp_path: Path) -> None:
    with served(tmp_path, "none") as plain:
        done = send(config(output, plain), Wishes(), now=NOW, environment=ENVIRONMENT)
        assert all("不支持所需的加密" in outcome.detail for outcome in done.outcomes)
        assert (plain.letters, plain.logins) == ([], [])


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # aiosmtpd means STARTTLS
def test_tls_from_the_start_and_plain_on_this_machine_work_too(output: Path, tmp_path: Path) -> None:
    with served(tmp_path, "ssl") as post:
        assert sorted(sent(config(output, post, security="ssl"))) == ALL
    (output / ".jxreport" / "sent.jsonl").unlink()
    with served(tmp_path, "none") as post:
        assert sorted(sent(config(output, post, security="none", user=""))) == ALL


def test_the_password_comes_from_a_file_that_nobody_else_can_read(output: Path, post: Post) -> None:
    path = output.parent / "password"
    path.write_text(f"{SECRET}\n", encoding="utf-8")
    path.chmod(0o644)
    settings = config(output, post, password_file=path)
    with pytest.raises(ConfigError, match="chmod 600"):
        send(settings, Wishes(), now=NOW, environment={})
    path.chmod(0o600)
    assert send(settings, Wishes(), now=NOW, environment={}).exit_code == 0


def test_a_user_without_a_password_is_told_where_to_put_it(output: Path, post: Post) -> None:
    with pytest.raises(ConfigError, match=PASSWORD_VARIABLE):
        send(config(output, post), Wishes(), now=NOW, environment={})
    assert post.letters == []


def test_a_password_that_smtp_cannot_carry_is_refused_without_repeating_it(output: Path, post: Post) -> None:
    with pytest.raises(ConfigError, match="授权码") as caught:
        send(config(output, post), Wishes(), now=NOW, environment={PASSWORD_VARIABLE: "口令hunter2"})
    assert "hunter2" not in str(caught.value)


def test_the_secret_is_nowhere_in_what_is_written(output: Path, post: Post) -> None:
    sent(config(output, post), dry_run=True)
    sent(config(output, post))
    for path in output.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes()


@pytest.mark.parametrize(
    "name",
    ["甲局\r\nBcc: spy@evil.example", "甲局\nSubject: x", "甲局\u2028Bcc: spy@evil.example", "甲局\x00\x0b"],
)
def test_a_name_cannot_smuggle_a_header(output: Path, post: Post, name: str) -> None:
    result = bureau(1, projects=0, bad=0)
    result["units"][0] |= {"unit": name, "findings": []}
    put(output, result, folder="甲局")
    sent(config(output, post, addresses=((name, ("a@one.gov.cn",)),)), units=(name,))
    ((recipient, message),) = post.letters
    assert (recipient, message["Bcc"], message.get_all("Subject")) == (
        "a@one.gov.cn",
        None,
        [header_text(f"{name}2020年度绩效自评报告")],
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            {"findings": [finding("JX311", "error", "甲.xlsx", "错。")]},
            "有1条错误待改正（加 --all 可以照发）",
        ),
        ({"status": "ask"}, "有1项指标待填报、确认或人工评分（加 --all 可以照发）"),
    ],
)
def test_an_unfinished_report_stays_unless_told_otherwise(
    output: Path, post: Post, change: dict[str, Any], why: str
) -> None:
    result = json.loads((output / FIRST / "2020" / "result.json").read_text(encoding="utf-8"))
    if "findings" in change:
        result["units"][0] |= change
    else:
        result["units"][0]["evaluations"][0]["indicators"][0] |= change
    put(output, result)
    done = send(config(output, post), Wishes(), now=NOW, environment=ENVIRONMENT)
    (skipped,) = [outcome for outcome in done.outcomes if outcome.state is State.SKIPPED]
    assert (skipped.title, skipped.detail) == (f"{FIRST}2020年度绩效自评报告", why)
    assert done.exit_code == 1
    assert [recipient for recipient, _ in post.letters] == ["c@two.gov.cn"]
    assert ("a@one.gov.cn", "SENT") in sent(config(output, post), unfinished=True)


def test_a_letter_keeps_quiet_about_no_evaluation(output: Path, post: Post) -> None:
    result = json.loads((output / FIRST / "2020" / "result.json").read_text(encoding="utf-8"))
    result["units"][0]["evaluations"][1]["total"] = None
    put(output, result)
    sent(config(output, post), units=(FIRST,))
    text = post.letters[0][1].get_body(("plain",)).get_content()
    assert "专项经费1：尚未得出总分。" in text
    assert text.count("分，等级为") == len(result["units"][0]["evaluations"]) - 1


def test_open_rows_do_not_stop_a_monitoring_report(output: Path, post: Post) -> None:
    result = json.loads((output / FIRST / "2020" / "result.json").read_text(encoding="utf-8"))
    result["as_of"] = "6月底"
    for evaluation in result["units"][0]["evaluations"]:
        evaluation |= {"total": None, "grade": None, "not_scored": "截至6月底为绩效运行监控"}
        evaluation["indicators"][0]["status"] = "unscored"
    put(output, result)
    sent(config(output, post), units=(FIRST,))
    assert post.letters[0][1]["Subject"] == f"{FIRST}2020年度截至6月底绩效运行监控报告"


def test_a_unit_without_an_address_is_named(output: Path, post: Post) -> None:
    done = sent(config(output, post, addresses=((SECOND, ("c@two.gov.cn",)),)))
    assert sorted(done) == [("c@two.gov.cn", "SENT"), (f"{FIRST}2020年度绩效自评报告", "SKIPPED")]


def test_the_overview_goes_to_its_recipients(output: Path, post: Post) -> None:
    book, _ = render_overview_xlsx(build_overview(bureau(2)))
    (output / "汇总.xlsx").write_bytes(book)
    (output / "汇总.pdf").write_bytes(b"%PDF-1.7 overview")
    assert sent(config(output, post), mode="summary") == [("ju@caizheng.gov.cn", "SENT")]
    message = post.letters[0][1]
    assert message["Subject"] == "2020年度绩效自评汇总"
    assert [part.get_filename() for part in message.iter_attachments()] == ["汇总.pdf", "汇总.xlsx"]


def test_a_dry_run_writes_letters_and_touches_nothing_else(output: Path, post: Post) -> None:
    old = output / ".jxreport" / "mail" / "old.eml"
    old.parent.mkdir()
    old.write_bytes(b"")
    done = send(config(output, post), Wishes(dry_run=True), now=NOW, environment={})
    paths = [Path(outcome.detail) for outcome in done.outcomes]
    assert done.count(State.WRITTEN) == 3
    assert sorted(old.parent.iterdir()) == sorted(paths)
    letters = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
    assert {letter["To"] for letter in letters} == {"a@one.gov.cn", "b@one.gov.cn", "c@two.gov.cn"}
    assert (post.letters, post.logins) == ([], [])
    assert not (output / ".jxreport" / "sent.jsonl").exists()


def test_a_run_in_the_folder_keeps_letters_out(output: Path, post: Post) -> None:
    with RunLock(output / ".jxreport" / "lock"), pytest.raises(Locked):
        sent(config(output, post))


@pytest.mark.parametrize(
    ("wishes", "said"),
    [({"units": ("没有的局",)}, "没有“没有的局”的报告"), ({"mode": "summary"}, "没有汇总")],
)
def test_what_is_not_there_is_said(output: Path, post: Post, wishes: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        sent(config(output, post), **wishes)


def test_without_settings_or_output_it_says_what_to_do(output: Path, post: Post, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"\[mail\]"):
        sent(Config(output=output))
    with pytest.raises(ConfigError, match="请先运行 jxreport report"):
        sent(replace(config(output, post), output=tmp_path / "none"))
