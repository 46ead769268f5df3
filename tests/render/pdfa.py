"""What ISO 19005-3 (PDF/A-3, level U) asks of a file, checked on its objects.

veraPDF is a program of its own that few machines have; these are the clauses that a writer like ours can
break. Each check yields sentences that name the clause; a sound file yields none.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

import pikepdf
from fontTools.ttLib import TTFont

from tests.render.pdf_fonts import Face, faces

PDF = pikepdf.Pdf
_LINKS = {"/Link"}
_ACTIONS = {"/GoTo", "/URI", "/Named"}
_FILTERS = {"/FlateDecode", "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/ASCIIHexDecode",
            "/ASCII85Decode", "/RunLengthDecode"}  # fmt: skip
_BLENDS = {"/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten"}
_XMP = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}


def violations(data: bytes) -> list[str]:
    """Every clause the file breaks, in words."""
    found = list(_file(data))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for check in _CHECKS:
            found += check(pdf)
    return found


def _file(data: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", data):
        yield "6.1.2 the header is not %PDF-1.n with a line of binary bytes"
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3 something follows the end of the file"


def _trailer(pdf: PDF) -> Iterator[str]:
    if "/Encrypt" in pdf.trailer:
        yield "6.1.3 the file is encrypted"
    if "/ID" not in pdf.trailer or any(len(bytes(part)) < 16 for part in pdf.trailer.ID):
        yield "6.1.3 no file identifier"


def _streams(pdf: PDF) -> Iterator[str]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            if {"/F", "/FFilter", "/FDecodeParms"} & set(item.keys()):
                yield "6.1.7.1 a stream lies outside the file"
            filters = item.get("/Filter", [])
            names = {str(filters)} if isinstance(filters, pikepdf.Name) else {str(name) for name in filters}
            if not names <= _FILTERS:
                yield f"6.1.7.2 filter {names - _FILTERS}"
        if isinstance(item, pikepdf.Dictionary):
            for key in item:
                if len(key.encode()) > 128:
                    yield "6.1.13 a name of more than 127 bytes"


def _intent(pdf: PDF) -> Iterator[str]:
    intents = [one for one in pdf.Root.get("/OutputIntents", []) if one.get("/S") == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield "6.2.3 no output intent, or several"
        return
    profile = intents[0].DestOutputProfile.read_bytes()
    if profile[12:16] not in (b"mntr", b"prtr") or profile[16:20] != b"RGB " or profile[36:40] != b"acsp":
        yield "6.2.3 the output intent is no RGB profile"
    if int(intents[0].DestOutputProfile.N) != 3:
        yield "6.2.3 the profile has not three components"


def _content(pdf: PDF) -> Iterator[str]:
    """Operators and graphics states: colours the intent can show, no device tricks."""
    for number, page in enumerate(pdf.pages, 1):
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += (name == "q") - (name == "Q")
            if depth > 28:
                yield f"6.1.13 q nested too deep on page {number}"
            if name in ("k", "K"):
                yield f"6.2.4.3 DeviceCMYK on page {number}"
            if name in ("cs", "CS") and str(operands[0]) == "/DeviceCMYK":
                yield f"6.2.4.3 DeviceCMYK on page {number}"
        if depth:
            yield f"6.1 unbalanced q and Q on page {number}"
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/ExtGState":
            if "/TR" in item or item.get("/TR2", "/Default") != "/Default" or "/HTP" in item:
                yield "6.2.5 transfer function or halftone"
            if str(item.get("/BM", "/Normal")) not in _BLENDS:
                yield "6.2.10 blend mode"
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image" and item.get("/Interpolate", False):
            yield "6.2.8 interpolated image"
        if isinstance(item, pikepdf.Stream) and (item.get("/Subtype") == "/PS" or "/Ref" in item or "/OPI" in item):
            yield "6.2.9 PostScript or reference XObject"


def _fonts(pdf: PDF) -> Iterator[str]:
    for face in faces(pdf):
        yield from _font(face)


def _font(face: Face) -> Iterator[str]:
    name = face.name
    if face.program is None:
        yield f"6.2.11.4 {name} is not embedded"
        return
    if not re.match(r"/[A-Z]{6}\+", name):
        yield f"6.2.11.4 {name} is a subset without a tag"
    if face.kind == "/CIDFontType2" and face.cid_to_gid is None:
        yield f"6.2.11.3.2 {name} has no CIDToGIDMap"
    if face.encoding not in ("/Identity-H", "/Identity-V"):
        yield f"6.2.11.3.3 {name} has another CMap"
    if face.cid_set:
        yield f"6.2.11.4.2 {name} has a CIDSet, which must then be complete"
    font = TTFont(io.BytesIO(face.program)) if face.program[:4] in (b"OTTO", b"\0\1\0\0", b"true") else None
    for code in sorted(face.used):
        if code == 0:
            yield f"6.2.11.8 {name} shows .notdef"
        said = face.unicode.get(code)
        if not said or set(said) & {"\0", "\ufeff", "\ufffe"}:
            yield f"6.2.11.7.2 {name}: code {code} has no Unicode value"
        if font is None:
            continue
        glyphs = font.getGlyphOrder()
        if code >= len(glyphs):
            yield f"6.2.11.4.1 {name}: glyph {code} is not in the font program"
            continue
        advance = font["hmtx"][glyphs[code]][0] * 1000 / font["head"].unitsPerEm
        if abs(advance - face.width(code)) > 1:
            yield f"6.2.11.5 {name}: glyph {code} is {advance} wide, the file says {face.width(code)}"


def _interaction(pdf: PDF) -> Iterator[str]:
    root = pdf.Root
    if "/AA" in root or "/Perms" in root or "/Requirements" in root or "/NeedsRendering" in root:
        yield "6.1.12, 6.5 the catalog asks for actions or permissions"
    if "/AcroForm" in root or "/OCProperties" in root or "/AlternatePresentations" in root.get("/Names", {}):
        yield "6.4, 6.9, 6.10 forms, layers or presentations"
    if "/JavaScript" in root.get("/Names", {}):
        yield "6.5.1 JavaScript"
    opened = root.get("/OpenAction")
    if isinstance(opened, pikepdf.Dictionary) and str(opened.get("/S")) not in _ACTIONS:
        yield "6.5.1 an action on opening"
    for page in pdf.pages:
        if "/AA" in page or "/PresSteps" in page:
            yield "6.5.2, 6.10 a page acts by itself"
        for note in page.get("/Annots", []):
            flags = int(note.get("/F", 0))
            if str(note.Subtype) not in _LINKS:
                yield f"6.3.1 annotation {note.Subtype}"
            elif not flags & 4 or flags & 0b100011:
                yield "6.3.2 an annotation that is not printed"
            action = note.get("/A")
            if action is not None and str(action.S) not in _ACTIONS:
                yield f"6.5.1 action {action.S}"


def _metadata(pdf: PDF) -> Iterator[str]:
    tree = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
    if _said(tree, "pdfaid:part") != "3" or _said(tree, "pdfaid:conformance") != "U":
        yield "6.6.4 not declared as PDF/A-3u"
    info = pdf.trailer.get("/Info", {})
    for key, path in (
        ("/Title", "dc:title"), ("/Author", "dc:creator"), ("/Subject", "dc:description"),
        ("/Creator", "xmp:CreatorTool"), ("/Producer", "pdf:Producer"),
    ):  # fmt: skip
        if key in info and str(info[key]) != _said(tree, path):
            yield f"6.6.3 {key} differs between Info and XMP: {info[key]!s} / {_said(tree, path)}"
    for key, path in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        if key in info and re.sub(r"\D", "", str(info[key]))[:14] != re.sub(r"\D", "", _said(tree, path) or "")[:14]:
            yield f"6.6.3 {key} differs between Info and XMP"


def _said(tree: ElementTree.Element, path: str) -> str | None:
    """The text of a property, as an element, an attribute, or the first item of a list."""
    prefix, name = path.split(":")
    tag = f"{{{_XMP[prefix]}}}{name}"
    for part in tree.iter(f"{{{_XMP['rdf']}}}Description"):
        if tag in part.attrib:
            return part.attrib[tag]
        found = part.find(tag)
        if found is not None:
            item = found.find(".//rdf:li", _XMP)
            return (item if item is not None else found).text
    return None


def _attachments(pdf: PDF) -> Iterator[str]:
    names = pdf.Root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    told = {one.objgen for one in pdf.Root.get("/AF", [])}
    for spec in list(names)[1::2]:
        label = str(spec.get("/UF", spec.get("/F", "")))
        if not {"/F", "/UF", "/EF", "/AFRelationship"} <= set(spec.keys()):
            yield f"6.8 {label} lacks a name or its relationship"
        if spec.objgen not in told:
            yield f"6.8 {label} is not an associated file of the document"
        stream = spec.EF.F
        if "/Subtype" not in stream or "/ModDate" not in stream.get("/Params", {}):
            yield f"6.8 {label} lacks its type or date"


_CHECKS: tuple[Callable[[PDF], Iterator[str]], ...] = (
    _trailer, _streams, _intent, _content, _fonts, _interaction, _metadata, _attachments,
)  # fmt: skip
