"""The mail server: verified encryption first, then the password, then letters. Nothing secret is ever shown."""

from __future__ import annotations

import contextlib
import os
import smtplib
import ssl
import stat
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType

from jxreport.config import ConfigError
from jxreport.mail_settings import NONE, PASSWORD_VARIABLE, SSL, MailSettings


class NoConnection(Exception):
    """The server could not be used at all: no letter has left. The text is Chinese."""


class Refused(Exception):
    """The server refused this letter for certain; the text says why."""


class Unknown(Exception):
    """The connection broke while the letter was under way: it may have arrived or not."""


def password(settings: MailSettings, environment: Mapping[str, str]) -> str:
    """The password from the environment or from the password file; "" where no user is set.

    Raises ConfigError when it is missing, when others could read the file, or when SMTP cannot carry it.
    """
    if not settings.user:
        return ""
    secret = environment.get(PASSWORD_VARIABLE) or _from_file(settings.password_file)
    if not (secret.isascii() and settings.user.isascii()):
        raise ConfigError("邮箱的用户名和密码只能用英文字母、数字和半角符号。请改用邮箱的授权码。")
    return secret


def _from_file(path: Path | None) -> str:
    if path is None:
        raise ConfigError(
            f"[mail] 有 user 而没有密码。请设环境变量 {PASSWORD_VARIABLE}，或用 password_file 指定密码文件。"
        )
    try:
        if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise ConfigError(f"密码文件 {path} 其他用户也能读取。请先运行：chmod 600 {path}")
        text = path.read_text(encoding="utf-8-sig").strip("\r\n")
    except UnicodeDecodeError:
        raise ConfigError(f"密码文件 {path} 不是 UTF-8 文本。") from None
    except OSError as problem:
        raise ConfigError(f"密码文件 {path} 打不开：{problem.strerror}。") from problem
    if not text:
        raise ConfigError(f"密码文件 {path} 是空的。")
    return text


class Server:
    """``with Server(settings, password) as server: server.send(…)``. Raises NoConnection on entering."""

    def __init__(self, settings: MailSettings, secret: str) -> None:
        self._settings, self._secret = settings, secret
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Server:
        self._connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._smtp is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()

    def ready(self) -> None:
        """Make sure of the connection before a letter is begun: one closed in the meantime is made anew.

        Raises NoConnection.
        """
        if self._smtp is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                if self._smtp.noop()[0] == 250:
                    return
        self._connect()

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Hand over one letter over a connection that is ready. Raises Refused or Unknown."""
        assert self._smtp is not None
        try:
            self._smtp.send_message(message, self._settings.sender, [recipient])
        except smtplib.SMTPRecipientsRefused as problem:
            raise Refused(f"服务器不接受收件地址（{_reply(*problem.recipients[recipient])}）") from None
        except smtplib.SMTPResponseException as problem:
            raise Refused(f"服务器拒绝（{_reply(problem.smtp_code, problem.smtp_error)}）") from None
        except (smtplib.SMTPException, OSError):
            self._smtp.close()
            self._smtp = None
            raise Unknown("连接在发送途中断开") from None

    def _connect(self) -> None:
        settings = self._settings
        place = f"{settings.host}:{settings.port}"
        try:
            self._smtp = self._opened()
            if settings.user:
                self._smtp.login(settings.user, self._secret)
        except ssl.SSLCertVerificationError as problem:
            raise NoConnection(
                f"邮件服务器 {place} 的证书不能验证（{problem.verify_message}），没有登录，也没有发送密码。"
                "请核对 host；服务器用单位自签证书的，在 [mail] 中用 ca_file 指定其根证书。"
            ) from None
        except smtplib.SMTPNotSupportedError:
            raise NoConnection(
                f"邮件服务器 {place} 不支持所需的加密或登录方式，没有发送密码。请核对 port 和 security。"
            ) from None
        except smtplib.SMTPAuthenticationError as problem:
            raise NoConnection(
                f"邮件服务器 {place} 不接受用户名或密码（{problem.smtp_code}）。请核对 user 和密码（有的邮箱要用授权码）。"
            ) from None
        except ssl.SSLError:
            raise NoConnection(
                f"与邮件服务器 {place} 建立加密连接失败。请核对 port 和 security（465 用 ssl，587 用 starttls）。"
            ) from None
        except (smtplib.SMTPException, OSError) as problem:
            why = problem.strerror if isinstance(problem, OSError) and problem.strerror else "没有正常应答"
            raise NoConnection(f"连不上邮件服务器 {place}：{why}。请核对 host、port 和网络。") from None

    def _opened(self) -> smtplib.SMTP:
        """A connection encrypted and verified, except to this very machine where that was allowed."""
        settings = self._settings
        if settings.security == SSL:
            return smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=settings.timeout, context=_context(settings)
            )
        smtp = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout)
        if settings.security != NONE:
            smtp.starttls(context=_context(settings))
        return smtp


def _context(settings: MailSettings) -> ssl.SSLContext:
    """Certificates are verified always; `ca_file` adds an authority, it takes none away."""
    context = ssl.create_default_context()
    if settings.ca_file is not None:
        try:
            context.load_verify_locations(cafile=settings.ca_file)
        except (OSError, ssl.SSLError) as problem:
            raise ConfigError(f"ca_file {settings.ca_file} 不是能用的证书文件（PEM）。") from problem
    return context


def _reply(code: int, text: bytes | str) -> str:
    """The server's answer, one line of it."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())[:120]}".strip()
