"""Font files stay mapped: WeasyPrint copies each whole file into memory for every document, some 30 MB, and then
keeps only the part that the text needs. Pango has the file mapped already, so a view of it does."""

from __future__ import annotations

from typing import Any


def mapped(plain: Any) -> Any:
    """The class Font, whose content is a view of the file until it is cut down to what is written."""
    from weasyprint.pdf import fonts

    copied = fonts.get_hb_object_data

    class Font(plain):  # type: ignore[misc]
        file_content: Any

        def __init__(self, *arguments: Any) -> None:
            fonts.get_hb_object_data = _view
            try:
                super().__init__(*arguments)
            finally:
                fonts.get_hb_object_data = copied

        def clean(self, *arguments: Any) -> None:
            super().clean(*arguments)
            self.file_content = bytes(self.file_content)

    return Font


def _view(face: Any) -> Any:
    """The file of a HarfBuzz face as a buffer that keeps it mapped; None for a face without one."""
    from weasyprint.text.ffi import ffi, harfbuzz

    length = ffi.new("unsigned int *")
    blob = ffi.gc(harfbuzz.hb_face_reference_blob(face), harfbuzz.hb_blob_destroy)
    data = harfbuzz.hb_blob_get_data(blob, length)
    if data == ffi.NULL:
        return None
    # the buffer holds on to the data, and the data by this to the blob
    return ffi.buffer(ffi.gc(data, lambda _: ffi.release(blob)), length[0])
