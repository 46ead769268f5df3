"""Lines of text: what depends on the style alone is made once for each style."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# in the order of font_features
_FEATURES = (
    "kerning", "variant_ligatures", "variant_position", "variant_caps", "variant_numeric",
    "variant_alternates", "variant_east_asian", "feature_settings",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Face:
    """What Pango needs to set text of a style; `features` is empty where the style has none."""

    context: Any
    language: Any
    description: Any
    features: bytes


def setup(plain: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """`Layout.setup`: one Pango context for each style, not for each line.

    The plain one also keeps a list of font features for each line for ever.
    """
    from weasyprint.text.ffi import ffi, gobject, pango

    def setup(layout: Any, style: Any) -> None:
        face = style.__dict__.get("face")
        if face is None:
            if style["text_decoration_line"] != "none":
                plain(layout, style)
                return
            face = style.face = _face(style)
        layout.style = style
        layout.first_line_direction = 0
        layout.language = face.language
        layout.layout = ffi.gc(pango.pango_layout_new(face.context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)
        pango.pango_layout_set_font_description(layout.layout, face.description)
        layout.ascent = layout.underline_position = layout.strikethrough_position = None
        if face.features:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
            pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(face.features))
            pango.pango_layout_set_attributes(layout.layout, attributes)

    return setup


def _face(style: Any) -> _Face:
    from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
    from weasyprint.text.ffi import ffi, gobject, pango
    from weasyprint.text.fonts import get_font_description

    context = ffi.gc(
        pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
    )
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    override = style["font_language_override"]
    tag = style["lang"] if override == "normal" else LST_TO_ISO.get(override.lower(), override)
    if tag:
        language = pango.pango_language_from_string(ffi.new("char[]", tag.encode()))
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    return _Face(context, language, get_font_description(style), _features(style))


def _features(style: Any) -> bytes:
    from weasyprint.text.fonts import font_features

    features = font_features(*(style[f"font_{name}"] for name in _FEATURES))
    return ",".join(f"{tag} {value}" for tag, value in features.items()).encode()


def font_key(plain: Callable[..., str]) -> Callable[..., str]:
    """`_font_style_cache_key`: written once for each style."""

    def key(style: Any, include_size: bool = False) -> str:
        name = "sized_font_key" if include_size else "font_key"
        found = style.__dict__.get(name)
        if found is None:
            found = style.__dict__[name] = plain(style, include_size)
        return found

    return key
