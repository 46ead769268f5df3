"""evidence.json: everything a report was computed from, and the digests of what was embedded with it.

    {"schema": "jxreport/evidence/1", "program": version, "files": [{"name", "sha256"}],
     "digest": SHA-256 of the compact text of "content", "content": {submission, profile, as_of, …}}

Written and read by :mod:`jxreport.model.codec`. The digests protect against mishap and thoughtless
changes, not against somebody who recomputes them; that the scores follow from the content is what
:mod:`jxreport.verify.check` computes anew.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from jxreport import __version__
from jxreport.finding import Finding
from jxreport.model.codec import CodecError, decode, encode
from jxreport.model.profile import Profile
from jxreport.model.submission import ReadingChoice, Submission
from jxreport.report.annexes import ANNEXES
from jxreport.report.contents import CONTENTS
from jxreport.report.outlines import Node, Outline

NAME = "evidence.json"
SCHEMA = "jxreport/evidence/1"
MAX_BYTES = 32 * 1024 * 1024
_FAMILY = "jxreport/evidence/"
_TEMPLATE = re.compile(r"(?:[^{}]|\{(?:unit|year|scope|subject|until)\})*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class NewerEvidence(CodecError):
    """Written by a program that is newer than this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a report is a function of.

    `as_of` and `readings` are those given from outside (config), `findings` those made while the workbooks
    were read. `outline` is the bureau's own outline, None for the profile's; `date` is the 成文日期 as
    printed; `templates` says that pages were set with templates other than the shipped ones.
    """

    submission: Submission
    profile: Profile
    as_of: str = ""
    date: str = ""
    readings: tuple[ReadingChoice, ...] = ()
    findings: tuple[Finding, ...] = ()
    outline: Outline | None = None
    templates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedFile:
    """A file embedded beside the evidence."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """evidence.json as read: `intact` False where the content does not have its digest."""

    program: str
    files: tuple[EmbeddedFile, ...]
    content: Content
    intact: bool = field(default=True)


def pack(content: Content, files: Sequence[tuple[str, bytes]]) -> bytes:
    """evidence.json for `content` and the embedded `files` (name, bytes). The same input, the same bytes."""
    inner = encode(content, Content)
    whole = {
        "schema": SCHEMA,
        "program": __version__,
        "files": [{"name": name, "sha256": sha256(data)} for name, data in files],
        "digest": sha256(_compact(inner)),
        "content": inner,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8") + b"\n"


def unpack(data: bytes) -> Evidence:
    """The evidence in `data`, which may come from anybody. Raises CodecError with a Chinese reason."""
    whole = load_json(data)
    schema = whole.get("schema")
    if schema != SCHEMA:
        if isinstance(schema, str) and schema.startswith(_FAMILY):
            raise NewerEvidence(f"格式为{schema[:60]}，本程序只认{SCHEMA}")
        raise CodecError("不是本程序的核验数据")
    if set(whole) != {"schema", "program", "files", "digest", "content"}:
        raise CodecError("最外层的项不齐或有多余")
    program, files = whole["program"], whole["files"]
    if not isinstance(program, str) or len(program) > 40:
        raise CodecError("“program”处应为文字")
    content = decode(whole["content"], Content)
    _check(content)
    return Evidence(
        program=program,
        files=tuple(_file(item) for item in _few(files)),
        content=content,
        intact=whole["digest"] == sha256(_compact(whole["content"])),
    )


def load_json(data: bytes, limit: int = MAX_BYTES) -> dict[str, Any]:
    """A JSON object without floats, NaN or repeated keys. Raises CodecError."""
    if len(data) > limit:
        raise CodecError(f"超过{limit // (1024 * 1024)}MB")
    try:
        found = json.loads(
            data.decode("utf-8"),
            parse_float=_no_number,
            parse_constant=_no_number,
            object_pairs_hook=_unique,
        )
    except CodecError:
        raise
    except (ValueError, RecursionError):
        raise CodecError("不是完整的JSON") from None
    if not isinstance(found, dict):
        raise CodecError("最外层应为对象")
    return found


def sha256(data: bytes) -> str:
    """The digest of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _compact(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _no_number(text: str) -> Any:
    raise CodecError(f"数“{text[:40]}”应写成文字")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise CodecError("同一个项写了两次")
    return found


def _few(files: Any) -> list[Any]:
    if not isinstance(files, list) or len(files) > 20:
        raise CodecError("“files”处应为列表")
    return files


def _file(item: Any) -> EmbeddedFile:
    found = decode(item, EmbeddedFile)
    if not _SHA256.fullmatch(found.sha256):
        raise CodecError("“files”处的摘要不是SHA-256")
    return found


def _check(content: Content) -> None:
    """What the types alone do not say, and the later stages rely on."""
    if not content.profile.checkpoints or not content.profile.grades:
        raise CodecError("口径缺少时点或等级")
    if content.outline is None:
        return
    outline = content.outline
    for text in (*outline.title, outline.opening):
        if not _TEMPLATE.fullmatch(text):  # str.format would obey anything else in braces
            raise CodecError("报告大纲中有不认识的占位词")
    used = {part for node in _nodes(outline.nodes) for part in node.parts}
    if not used <= set(CONTENTS) or not set(outline.annexes) <= set(ANNEXES):
        raise CodecError("报告大纲中有不认识的内容")


def _nodes(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _nodes(node.nodes)
