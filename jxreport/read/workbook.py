"""Bytes to grids: the gate, then the reader of the format, every library error turned into a finding."""

from __future__ import annotations

from jxreport.finding import Finding, Source, error
from jxreport.read.gate import admit
from jxreport.read.gate.sniff import FileKind
from jxreport.read.grid import Grid


def read_grids(name: str, data: bytes) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    """All sheets of a workbook as grids, hidden ones included; no grid where the file is refused."""
    admission = admit(name, data)
    if admission.kind is None:
        return (), admission.findings
    try:
        if admission.kind is FileKind.XLSX:
            from jxreport.read.formats.xlsx import read_xlsx

            grids = read_xlsx(name, data, admission.sheets)
        elif admission.kind is FileKind.XLS:
            from jxreport.read.formats.xls import read_xls

            grids = read_xls(name, data)
        else:
            from jxreport.read.formats.ods import read_ods

            grids = read_ods(name, data)
    except MemoryError:  # says nothing about the file; whoever set the limit gives the verdict
        raise
    except Exception as problem:  # the libraries raise a dozen classes on damaged files
        return (), (*admission.findings, _unreadable(name, problem))
    return tuple(grids), admission.findings


def _unreadable(name: str, problem: Exception) -> Finding:
    if "encrypted" in str(problem).lower():
        return error("JX103", Source(name))
    return error("JX110", Source(name), reason=type(problem).__name__)
