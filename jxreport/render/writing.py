"""Writing laid-out pages as PDF bytes.

pydyf asks for the bytes of every object twice, to write it and for the file's identifier, and packs a stream each
time. Here each is made once.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/a-3u", "pdf_tags": True}
# level 9, which pydyf takes, needs a third more time for 0.5 % less
_LEVEL = 6


def pdf_bytes(rendered: Any, *, once: bool = True) -> bytes:
    """The PDF/A-3u of WeasyPrint's document. Unless `once`, pydyf goes its own, longer way: for a release of it
    that may look at an object before it is complete."""
    if not once:
        return bytes(rendered.write_pdf(**OPTIONS))
    with _packed_once():
        return bytes(rendered.write_pdf(finisher=_settle, **OPTIONS))


_turn = threading.Lock()


@contextmanager
def _packed_once() -> Iterator[None]:
    """Streams remember that they are packed. One PDF at a time: the class is changed meanwhile."""
    import pydyf

    def data(stream: Any) -> bytes:
        if stream.compress:
            _pack(stream)
        return bytes(plain.__get__(stream))

    with _turn:
        plain = pydyf.Stream.data
        pydyf.Stream.data = property(data)
        try:
            yield
        finally:
            pydyf.Stream.data = plain


def _pack(stream: Any) -> None:
    """Compress the stream's content in its place."""
    stream.compress = False
    content = bytes(stream.data).partition(b"stream\n")[2].removesuffix(b"\nendstream")
    stream.stream = [zlib.compress(content, _LEVEL)]
    stream.extra["Filter"] = "/FlateDecode"


def _settle(document: Any, pdf: Any) -> None:
    """Put in the place of every finished object one that knows its bytes."""
    import pydyf

    class Settled(pydyf.Object):  # type: ignore[misc]
        """An object whose bytes are known."""

        data = b""

        def __init__(self, number: int, data: bytes) -> None:
            super().__init__()
            self.number, self.data = number, data

    changed_later = (pdf.catalog, pdf.pages, pdf.info)
    for place, item in enumerate(pdf.objects):
        finished = item.free == "n" and item.generation == 0 and not any(item is kept for kept in changed_later)
        if finished and not isinstance(item, pydyf.Stream):
            pdf.objects[place] = Settled(item.number, item.data)
