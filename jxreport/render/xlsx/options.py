"""What makes every workbook of ours safe and reproducible: XlsxWriter's options and the fixed date."""

from __future__ import annotations

import re
from datetime import UTC, datetime

UNDATED = datetime(
    2000, 1, 1, tzinfo=UTC
)  # a workbook without a 成文日期 still has the same bytes every time

_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def options() -> dict[str, object]:
    """Made anew for every workbook: XlsxWriter writes into what it is given."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        # Column widths count digits of this font: Arial's are 7 pixels wide in every program, also where
        # another font of the same metrics stands in for it.
        "default_format_properties": {"font_name": "Arial", "font_size": 10},
    }


def created_on(date: str) -> datetime:
    """The 成文日期 as the workbook's date of creation; a day that does not exist counts as none."""
    found = _DATE.fullmatch(date)
    if not found:
        return UNDATED
    try:
        year, month, day = (int(part) for part in found.groups())
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return UNDATED
