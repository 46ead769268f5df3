"""The gate: what a file really is, and whether it may be parsed at all (pure standard library).

Flow: ``sniff`` names the format by content → ``admission`` inflates every part to its end within ``limits`` (sizes,
members, checksums) → ``parts`` walks the XML with expat: no DOCTYPE, no cell twice, nothing outside the grid →
``chains`` follows the sectors of old binary files. A refused file is a :class:`JxError` with its reason.

Why: workbooks come from anywhere. Bombs, damaged archives and entities are refused within a second and in a
few megabytes, before a library that could hang, abort or read other numbers sees them.
"""

from __future__ import annotations

from jxreport.read.gate.admission import Admission, admit

__all__ = ["Admission", "admit"]
