"""How the forms look: fonts, borders and fills as data, in the manner of official tables."""

from __future__ import annotations

from dataclasses import dataclass, replace

SONG = "宋体"
HEI = "黑体"

INPUT_FILL = "#FFF2CC"  # pale yellow: must be filled
OPTIONAL_FILL = "#FFFBEB"  # fainter: filled where the case arises (a reason, a remark)
HEAD_FILL = "#E8EDF3"
IDLE_FILL = "#F2F2F2"  # computed by the program or stated elsewhere: leave blank

MONEY = "#,##0.00"
TEXT_FORMAT = "@"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Look of one cell; `locked` cells cannot be typed into while the sheet is protected."""

    font: str = SONG
    size: float = 10
    bold: bool = False
    align: str = "left"
    valign: str = "vcenter"
    border: bool = True
    fill: str = ""
    color: str = ""
    indent: int = 0
    locked: bool = True
    number_format: str = ""

    def properties(self) -> dict[str, object]:
        """The same as XlsxWriter properties."""
        found: dict[str, object] = {
            "font_name": self.font,
            "font_size": self.size,
            "bold": self.bold,
            "align": self.align,
            "valign": self.valign,
            "text_wrap": True,
            "locked": self.locked,
        }
        optional = {
            "border": 1 if self.border else 0,
            "bg_color": self.fill,
            "font_color": self.color,
            "indent": self.indent,
            "num_format": self.number_format,
        }
        return found | {key: value for key, value in optional.items() if value}


TITLE = Style(font=HEI, size=16, align="center", border=False)
SUBTITLE = Style(size=11, align="center", border=False)
SAMPLE = Style(font=HEI, size=11, align="center", border=False, color="#C00000")
PLAIN = Style(border=False)
PLAIN_RIGHT = Style(border=False, align="right")
# Lines of a blank form that the unit completes (单位：…).
OPEN_PLAIN = replace(PLAIN, fill=INPUT_FILL, locked=False)
OPEN_RIGHT = replace(PLAIN_RIGHT, fill=INPUT_FILL, locked=False)
OPEN_SUBTITLE = replace(SUBTITLE, fill=INPUT_FILL, locked=False)
BLOCK = Style(font=HEI, size=11, border=False)
HEAD = Style(font=HEI, align="center", fill=HEAD_FILL)
LABEL = Style(align="center")
TEXT = Style()
IDLE = Style(align="center", fill=IDLE_FILL)
INPUT = Style(align="center", fill=INPUT_FILL, locked=False)
INPUT_TEXT = Style(fill=INPUT_FILL, locked=False)
OPTIONAL = Style(align="center", fill=OPTIONAL_FILL, locked=False)
OPTIONAL_TEXT = Style(fill=OPTIONAL_FILL, locked=False)
INPUT_MONEY = replace(INPUT, align="right", number_format=MONEY)
OPTIONAL_MONEY = replace(OPTIONAL, align="right", number_format=MONEY)
# Codes, telephone numbers and words must stay text whatever is typed.
INPUT_LITERAL = replace(INPUT, number_format=TEXT_FORMAT)


def shown_as(style: Style, text: str) -> Style:
    """`style` with the number format that shows a number exactly as `text` prints it.

    >>> shown_as(LABEL, "7.00").number_format, shown_as(LABEL, "10").number_format
    ('0.00', '0')
    """
    decimals = len(text.partition(".")[2])
    return replace(style, number_format="0." + "0" * decimals if decimals else "0")
