"""A PDF from anybody, taken apart: embedded files, the text of each page, what may cover text.

pypdf limits what a stream may inflate to; the sizes here limit the rest. Whatever pypdf throws at a
damaged or hostile file becomes one finding.
"""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jxreport.finding import Finding, JxError, Source, error, warning

MAX_BYTES = 64 * 1024 * 1024
MAX_PAGES = 2_000
MAX_FILES = 20
MAX_FILE_BYTES = 32 * 1024 * 1024
MAX_CHARACTERS = 5_000_000
_MEGABYTE = 1024 * 1024
_MARKS = {"/Link"}  # annotations that our own pages have


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a PDF holds: embedded files by name, the text of its pages, remarks on them."""

    files: dict[str, bytes]
    pages: tuple[str, ...]
    remarks: tuple[Finding, ...]


def open_pdf(name: str, data: bytes) -> Opened:
    """Take the PDF apart. Raises JxError (JX76x) for what cannot be read, and MemoryError."""
    source = Source(name)
    _limit(source, "文件", len(data), MAX_BYTES)
    if b"%PDF-" not in data[:1024]:
        raise JxError(error("JX760", source, why="开头不是PDF文件的标记"))
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _opened(source, data)
    except (JxError, MemoryError):
        raise
    except Exception as problem:  # whatever a library throws at a hostile file
        raise JxError(error("JX760", source, why=f"结构损坏（{type(problem).__name__}）")) from problem


def _opened(source: Source, data: bytes) -> Opened:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise JxError(error("JX762", source))
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise JxError(error("JX761", source, what="页数", size=f"{count}页", limit=f"{MAX_PAGES}页"))
    files = _files(source, reader)
    pages: list[str] = []
    remarks: list[Finding] = []
    total = 0
    for number, page in enumerate(reader.pages, 1):
        pages.append(page.extract_text())
        total += len(pages[-1])
        if total > MAX_CHARACTERS:
            raise JxError(
                error("JX761", source, what="文字", size=f"{total}字以上", limit=f"{MAX_CHARACTERS}字")
            )
        place = Source(source.file, f"第{number}页")
        remarks += (warning("JX792", place, what=what) for what in _covers(page))
    return Opened(files=files, pages=tuple(pages), remarks=tuple(remarks))


def _files(source: Source, reader: Any) -> dict[str, bytes]:
    listed = []
    for entry in reader.attachment_list:
        listed.append(entry)
        if len(listed) > MAX_FILES:
            raise JxError(
                error("JX761", source, what="内嵌文件", size=f"{MAX_FILES}个以上", limit=f"{MAX_FILES}个")
            )
    # a viewer goes by the specification's own name, so that one counts
    names = Counter(str(entry.alternative_name or entry.name) for entry in listed)
    for name, count in names.items():
        if count > 1:
            raise JxError(error("JX766", source, name=name[:60], count=count))
    files = {}
    for entry in listed:
        content = entry.content
        name = str(entry.alternative_name or entry.name)
        _limit(source, f"内嵌文件“{name[:60]}”", len(content), MAX_FILE_BYTES)
        files[name] = content
    return files


def _covers(page: Any) -> Iterator[str]:
    """Pictures and annotations: our own pages have none, and text may lie under them."""
    annotations = page.get("/Annots")
    kinds = {
        str(item.get_object().get("/Subtype", ""))
        for item in (annotations.get_object() if annotations else ())
    }
    if kinds - _MARKS:
        yield "批注或印章"
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources else None
    if objects and any(
        item.get_object().get("/Subtype") == "/Image" for item in objects.get_object().values()
    ):
        yield "图片"


def _limit(source: Source, what: str, size: int, limit: int) -> None:
    if size > limit:
        shown = f"{size / _MEGABYTE:.1f}MB"
        raise JxError(error("JX761", source, what=what, size=shown, limit=f"{limit // _MEGABYTE}MB"))
