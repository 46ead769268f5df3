"""What a file is, told by its first bytes and its inner names, never by its extension."""

from __future__ import annotations

import re
from enum import Enum

from jxreport.read.gate.chains import OLE_SIGNATURE


class FileKind(Enum):
    """`value` is the Chinese name used in messages."""

    XLSX = "Excel 工作簿（.xlsx）"
    XLS = "Excel 97-2003 工作簿（.xls/.et）"
    ODS = "开放文档表格（.ods）"
    EMPTY = "空文件"
    ENCRYPTED = "设有打开密码的工作簿"
    GUARDED = "文档加密系统保护的文件"
    HTML = "网页（HTML）"
    XML2003 = "XML 表格 2003"
    MHTML = "单个文件网页（MHTML）"
    TEXT = "文本或 CSV"
    WORD = "Word 文档"
    SLIDES = "演示文稿"
    PDF = "PDF 文件"
    IMAGE = "图片"
    ARCHIVE = "压缩包"
    OTHER_OLE = "非表格的 Office 旧格式文件"
    UNKNOWN = "无法识别的文件"


READABLE = frozenset({FileKind.XLSX, FileKind.XLS, FileKind.ODS})
RENAMED = frozenset({FileKind.HTML, FileKind.XML2003, FileKind.MHTML, FileKind.TEXT})
OTHER_OFFICE = frozenset(
    {FileKind.WORD, FileKind.SLIDES, FileKind.PDF, FileKind.IMAGE, FileKind.ARCHIVE, FileKind.OTHER_OLE}
)

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08]")
_MAGIC = (
    (b"%PDF", FileKind.PDF),
    (b"\x89PNG", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"Rar!", FileKind.ARCHIVE),
    (b"7z\xbc\xaf", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"{\\rtf", FileKind.WORD),
    (b"\x62\x14\x23\x65", FileKind.GUARDED),
    (b"E-SafeNet", FileKind.GUARDED),
    (b"\x77\x13\x11\x11", FileKind.GUARDED),
)


def _utf16(name: str) -> bytes:
    return name.encode("utf-16le")


def _ole_kind(data: bytes) -> FileKind:
    if _utf16("EncryptedPackage") in data or _utf16("DataSpaces") in data:
        return FileKind.ENCRYPTED
    if _utf16("Workbook") in data or _utf16("Book") + b"\x00\x00" in data:
        return FileKind.XLS
    if _utf16("WordDocument") in data:
        return FileKind.WORD
    if _utf16("PowerPoint") in data:
        return FileKind.SLIDES
    return FileKind.OTHER_OLE


def _decoded_head(data: bytes) -> str | None:
    """The first characters as text, or None when the bytes are not text."""
    head = data[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if b"\x00" in head:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        for cut in range(4):
            try:
                return head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None


def _text_kind(text: str) -> FileKind:
    start = text.lstrip("\ufeff \t\r\n").lower()
    if "mime-version:" in start[:600]:
        return FileKind.MHTML
    if "urn:schemas-microsoft-com:office:spreadsheet" in start and "<workbook" in start:
        return FileKind.XML2003
    if start.startswith("<") and re.search(r"<(html|table|!doctype html|head|body|meta|style)\b", start):
        return FileKind.HTML
    if start.startswith("<?xml"):
        return FileKind.UNKNOWN
    return FileKind.TEXT


def sniff(data: bytes) -> FileKind | None:
    """The kind of file; None for a zip package, whose kind its members tell (:func:`zip_kind`)."""
    if not data.strip(b"\x00"):
        return FileKind.EMPTY
    if data.startswith(OLE_SIGNATURE):
        return _ole_kind(data)
    if data.startswith(_ZIP):
        return None
    for magic, kind in _MAGIC:
        if magic in data[:64] if kind is FileKind.GUARDED else data.startswith(magic):
            return kind
    if _BIFF.match(data) and data[2:4] in (b"\x04\x00", b"\x06\x00", b"\x08\x00", b"\x10\x00"):
        return FileKind.XLS
    text = _decoded_head(data)
    return FileKind.UNKNOWN if text is None else _text_kind(text)


def zip_kind(names: frozenset[str], mimetype: bytes) -> FileKind:
    """The kind of a zip package from its member names and its ODF mimetype member."""
    plain = {name.replace("\\", "/").lower() for name in names}
    if any(name.startswith("xl/workbook") for name in plain):
        return FileKind.XLSX
    if b"opendocument.spreadsheet" in mimetype:
        return FileKind.ODS
    if any(name.startswith("word/") for name in plain) or b"opendocument.text" in mimetype:
        return FileKind.WORD
    if any(name.startswith("ppt/") for name in plain) or b"presentation" in mimetype:
        return FileKind.SLIDES
    return FileKind.ARCHIVE
