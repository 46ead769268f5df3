"""The admission gate: what the bytes are, and whether they may be parsed at all (RELIABILITY 2.4).

Nothing but the standard library touches the bytes before :func:`admit` has let them in.
"""

from __future__ import annotations

from jxreport.read.gate.admission import Admission, admit

__all__ = ["Admission", "admit"]
