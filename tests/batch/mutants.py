"""Broken and hostile workbooks by number: the same seed and number give the same bytes on every machine."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from random import Random
from xml.sax.saxutils import escape

from tests.batch.bureau import workbook
from tests.conftest import ROOT, SAMPLE

Mutation = Callable[[bytes, Random], bytes]

HOSTILE = (
    "", " ", "——", "-", "0", "-1", "1e308", "-1e-320", "NaN", "inf", "9" * 400, "0x10", "1_000", "３００", "٣",
    "=1+1", "=HYPERLINK(\"http://x\")", "+cmd|' /C calc'!A0", "@SUM(1)", "<script>alert(1)</script>", "{{7*7}}",
    "{% include '/etc/passwd' %}", "../../etc/passwd", "CON", "a" * 40_000, "\u202e反", "\ufeff", "﷽" * 50, "👩‍👩‍👧" * 20,
    "每低1%扣1分", "90%以上得5分，80%以上得3分，否则不得分", "得得得分分分", "（（（（（（", "0/0", "100%" * 30, "万元亿元%", "2022-13-45",
    "&amp;&lt;", "_x000D_", "\t\n\r", "示例数据", "一级指标", "项目支出绩效自评表", "分值", "#DIV/0!", "#REF!", "TRUE",
)  # fmt: skip
_NUMBERS = (
    "0",
    "-1",
    "1",
    "1048576",
    "1048577",
    "16384",
    "4294967296",
    "99999999999999999999",
    "1.5",
    "x",
    "",
)
_CELL_TEXT = re.compile(rb"(<(?:t|v)(?: [^>]*)?>)([^<]*)(?=</)")
_CELL = re.compile(rb'<c r="(?P<place>[A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_ROW = re.compile(rb'<row r="(?P<number>\d+)"[^>]*>(?P<cells>.*?)</row>', re.DOTALL)
_KINDS_OF_CELL = (
    *('<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>',) * 3,
    *('<c r="{place}"><v>{number}</v></c>',) * 3,
    '<c r="{place}"/>',
    '<c r="{place}" t="b"><v>1</v></c>',
    '<c r="{place}" t="e"><v>#DIV/0!</v></c>',
    '<c r="{place}"><f>1+1</f></c>',
    '<c r="{place}"><f>1+1</f><v>{number}</v></c>',
)
_VALUES = (
    "0",
    "-1",
    "1",
    "0.95",
    "95",
    "100",
    "1e15",
    "274.65999999999997",
    "1E-300",
    "44197",
    "9.99",
    "0.0049",
)
_ATTRIBUTE = re.compile(rb'(\s[a-zA-Z:]+=")([^"]*)(?=")')


@cache
def bases() -> tuple[tuple[str, bytes], ...]:
    """The workbooks that are spoiled: our own layouts, the national one, and the other formats."""
    files = (*sorted(SAMPLE.glob("*.xlsx")), *sorted((ROOT / "tests" / "read" / "data").glob("mixed.*")))
    named = (("自评.xlsx", workbook("甲中心")),) * 3
    return (*named, *((path.name, path.read_bytes()) for path in files))


def mutant(seed: int, number: int) -> tuple[str, bytes]:
    """The name and bytes of a workbook with one to four things wrong."""
    random = Random(f"{seed} {number}")
    name, data = random.choice(bases())
    for _ in range(random.choice((1, 1, 2, 4))):
        is_package = zipfile.is_zipfile(io.BytesIO(data))
        data = random.choice(_PACKAGE if is_package else _BYTES)(data, random)
    return name, data


def _flipped(data: bytes, random: Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(random.choice((1, 1, 8, 64))):
        if spoiled:
            spoiled[random.randrange(len(spoiled))] ^= 1 << random.randrange(8)
    return bytes(spoiled)


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _shuffled(data: bytes, random: Random) -> bytes:
    """A stretch stands once more in another place."""
    a, b = sorted((random.randrange(len(data) + 1), random.randrange(len(data) + 1)))
    at = random.randrange(len(data) + 1)
    return data[:at] + data[a : min(b, a + 4096)] + data[at:]


def _in_part(change: Mutation, parts: str = r".*\.xml") -> Mutation:
    """`change` within one part of the package, which is otherwise sound."""

    def changed(data: bytes, random: Random) -> bytes:
        out = io.BytesIO()
        try:
            with (
                zipfile.ZipFile(io.BytesIO(data)) as old,
                zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
            ):
                names = [name for name in old.namelist() if re.fullmatch(parts, name)]
                chosen = random.choice(names) if names else ""
                for name in old.namelist():
                    content = old.read(name)
                    new.writestr(
                        zipfile.ZipInfo(name), change(content, random) if name == chosen else content
                    )
        except Exception:  # spoiled already beyond what zipfile reads
            return _flipped(data, random)
        return out.getvalue()

    return changed


def _texts(content: bytes, random: Random) -> bytes:
    """Some cells hold something hostile."""
    found = list(_CELL_TEXT.finditer(content))
    for match in sorted(
        random.sample(found, min(len(found), random.choice((1, 3, 10)))), key=lambda m: -m.start()
    ):
        text = escape(random.choice(HOSTILE)).encode("utf-8", "surrogatepass")
        content = content[: match.start(2)] + text + content[match.end(2) :]
    return content


def _cells(content: bytes, random: Random) -> bytes:
    """Some cells hold something else; the workbook stays sound, so that this gets as far as the scores."""
    found = list(_CELL.finditer(content))
    chosen = random.sample(found, min(len(found), random.choice((1, 2, 5, 20))))
    for match in sorted(chosen, key=lambda match: -match.start()):
        cell = random.choice(_KINDS_OF_CELL).format(
            place=match["place"].decode(),
            text=escape(_printable(random.choice(HOSTILE))),
            number=random.choice(_VALUES),
        )
        content = content[: match.start()] + cell.encode("utf-8") + content[match.end() :]
    return content


def _rows(content: bytes, random: Random) -> bytes:
    """A row or some are gone, or the content of one stands in another as well."""
    found = list(_ROW.finditer(content))
    if len(found) < 2:
        return content
    if random.random() < 0.5:
        first = random.randrange(len(found))
        last = min(len(found) - 1, first + random.choice((0, 0, 1, 4)))
        return content[: found[first].start()] + content[found[last].end() :]
    here, there = random.sample(found, 2)
    number = here["number"]
    moved = re.sub(rb'r="([A-Z]+)\d+"', lambda cell: b'r="' + cell[1] + number + b'"', there["cells"])
    return content[: here.start("cells")] + moved + content[here.end("cells") :]


def _printable(text: str) -> str:
    """What XML can hold."""
    return "".join(char for char in text if char in "\t\n\r" or char >= " ")


def _swapped(content: bytes, random: Random) -> bytes:
    """Two cells change places."""
    found = list(_CELL_TEXT.finditer(content))
    if len(found) < 2:
        return content
    first, second = sorted(random.sample(found, 2), key=lambda match: match.start())
    return (
        content[: first.start(2)] + second[2] + content[first.end(2) : second.start(2)] + first[2]
        + content[second.end(2) :]
    )  # fmt: skip


def _attributes(content: bytes, random: Random) -> bytes:
    """An index, a reference or a size that leads nowhere."""
    found = list(_ATTRIBUTE.finditer(content))
    if not found:
        return content
    match = random.choice(found)
    return content[: match.start(2)] + random.choice(_NUMBERS).encode() + content[match.end(2) :]


def _without(data: bytes, random: Random) -> bytes:
    """A part is missing."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            gone = random.choice(old.namelist() or [""])
            for name in old.namelist():
                if name != gone:
                    new.writestr(zipfile.ZipInfo(name), old.read(name))
    except Exception:  # spoiled already beyond what zipfile reads
        return _cut(data, random)
    return out.getvalue()


_BYTES: tuple[Mutation, ...] = (_flipped, _cut, _shuffled)
_SHEETS = r".*(?:sheet\d*|sharedStrings|content)\.xml"
_PACKAGE: tuple[Mutation, ...] = (
    *_BYTES,
    _without,
    *(_in_part(_cells, r".*sheet\d*\.xml"),) * 10,
    *(_in_part(_rows, r".*sheet\d*\.xml"),) * 4,
    *(_in_part(_texts, _SHEETS),) * 6,
    *(_in_part(_swapped, _SHEETS),) * 3,
    *(_in_part(_attributes),) * 3,
    *(_in_part(change) for change in _BYTES),
)
