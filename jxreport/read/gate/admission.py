"""Let bytes in, or say precisely why not and what to do about it."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field

from jxreport.finding import Finding, Source, error, note
from jxreport.read.gate.chains import runs_in_circles
from jxreport.read.gate.limits import CHUNK, MAX_BYTES, MAX_INFLATED, MAX_MEMBERS, MAX_PART
from jxreport.read.gate.parts import PartScan, Refused, RepeatScan, SheetScan
from jxreport.read.gate.sniff import (
    OTHER_OFFICE,
    READABLE,
    RENAMED,
    FileKind,
    sniff,
    zip_kind,
)

_XML = (".xml", ".rels", ".vml")
_EXTENSIONS = {
    FileKind.XLSX: ("xlsx", "xlsm"),
    FileKind.XLS: ("xls", "et"),
    FileKind.ODS: ("ods",),
}


@dataclass(frozen=True, slots=True)
class Admission:
    """A file that may be parsed (`kind` readable), or the findings that say why not (`kind` None).

    `sheets` maps a worksheet part (xl/worksheets/sheet1.xml) to what the scan saw in it.
    """

    kind: FileKind | None
    findings: tuple[Finding, ...] = ()
    sheets: dict[str, SheetScan] = field(default_factory=dict)


def _refusal(kind: FileKind, source: Source, size: int) -> Finding:
    if kind is FileKind.EMPTY:
        return error("JX101", source, size=size)
    if kind is FileKind.ENCRYPTED:
        return error("JX103", source)
    if kind is FileKind.GUARDED:
        return error("JX109", source)
    if kind in RENAMED:
        return error("JX104", source, format=kind.value)
    if kind in OTHER_OFFICE:
        return error("JX105", source, format=kind.value)
    return error("JX102", source)


def _scanner(kind: FileKind, name: str) -> PartScan | RepeatScan:
    lower = name.replace("\\", "/").lower()
    if kind is FileKind.ODS and lower == "content.xml":
        return RepeatScan()
    return PartScan(kind is FileKind.XLSX and lower.startswith("xl/worksheets/") and lower.endswith(".xml"))


def _scan_member(package: zipfile.ZipFile, info: zipfile.ZipInfo, kind: FileKind) -> tuple[int, SheetScan | None]:
    """Inflate one member to its end (which checks its CRC) and scan it if it is XML."""
    scanner = _scanner(kind, info.filename) if info.filename.lower().endswith(_XML) else None
    size = 0
    with package.open(info) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > MAX_PART:
                raise Refused("解压后的内容过大")
            if scanner:
                scanner.feed(chunk)
    if scanner and size:
        scanner.feed(b"", last=True)
    return size, scanner.sheet if scanner else None


def _scan_package(data: bytes) -> tuple[FileKind, dict[str, SheetScan]]:
    """Scan a zip package whole. Raises Refused, BadZipFile and friends."""
    sheets: dict[str, SheetScan] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = package.infolist()
        names = [info.filename for info in members]
        if len(members) > MAX_MEMBERS:
            raise Refused(f"压缩包内文件超过 {MAX_MEMBERS} 个")
        if len(set(names)) != len(names):
            raise Refused("压缩包内有同名文件")
        if any(info.flag_bits & 1 for info in members):
            raise Refused("压缩包带密码")
        kind = zip_kind(frozenset(names), package.read("mimetype")[:200] if "mimetype" in names else b"")
        if kind not in READABLE:
            return kind, sheets
        total = 0
        for info in members:
            size, sheet = _scan_member(package, info, kind)
            total += size
            if total > MAX_INFLATED:
                raise Refused("解压后的内容过大")
            if sheet is not None:
                sheets[info.filename.replace("\\", "/")] = sheet
    return kind, sheets


def _admit_package(source: Source, data: bytes) -> Admission:
    try:
        kind, sheets = _scan_package(data)
    except Refused as reason:
        return Admission(None, (error("JX107", source, reason=reason),))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError, ValueError):
        cut = data.rfind(b"PK\x05\x06") < 0
        return Admission(None, (error("JX106", source, reason="文件不完整，可能没有传完" if cut else "内容校验不符"),))
    if kind not in READABLE:
        return Admission(None, (_refusal(kind, source, len(data)),))
    return Admission(kind, (), sheets)


def _name_note(kind: FileKind, name: str, source: Source) -> tuple[Finding, ...]:
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if extension in _EXTENSIONS[kind]:
        return (note("JX120", source),) if extension == "xlsm" else ()
    return (note("JX119", source, format=kind.value, extension=extension or "无"),)


def admit(name: str, data: bytes) -> Admission:
    """Decide by content whether these bytes may be parsed, and as what. Never raises for bad data."""
    source = Source(name)
    if len(data) > MAX_BYTES:
        return Admission(None, (error("JX108", source, size=len(data) // (1024 * 1024)),))
    kind = sniff(data)
    admission = _admit_package(source, data) if kind is None else Admission(kind)
    if admission.kind is None:
        return admission
    if admission.kind not in READABLE:
        return Admission(None, (_refusal(admission.kind, source, len(data)),))
    if admission.kind is FileKind.XLS and runs_in_circles(data):
        return Admission(None, (error("JX106", source, reason="内部的存储结构首尾相接，没有终点"),))
    return Admission(admission.kind, _name_note(admission.kind, name, source), admission.sheets)
