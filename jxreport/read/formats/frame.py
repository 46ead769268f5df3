"""pandas at the edge: one sheet's values as plain Python objects, nothing converted or dropped."""

from __future__ import annotations

import warnings
from typing import Any

import pandas as pd


def frames(book: Any, engine: str) -> dict[str, list[list[Any]]]:
    """All sheets of an opened book as rows of objects. `engine` is always explicit.

    Empty cells come as None or ""; an error cell comes as NaN and is told apart by the caller.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas means to drop xlrd one day; the lock holds the version
        with pd.ExcelFile(book, engine=engine) as workbook:  # type: ignore[arg-type]
            tables = pd.read_excel(
                workbook, sheet_name=None, header=None, dtype=object, keep_default_na=False, na_filter=False
            )
    return {str(name): table.to_numpy(dtype=object).tolist() for name, table in tables.items()}
