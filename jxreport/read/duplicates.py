"""The same form handed in twice (副本 …): kept once; where the two differ nobody can say which holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from jxreport.finding import Finding, Source, error, warning
from jxreport.model.submission import Form, Kind, ReadingChoice, TextBlock
from jxreport.read.content import Deviation, OutlookRow, Payments
from jxreport.read.layouts import fold

T = TypeVar("T", Form, Payments, Deviation, OutlookRow, ReadingChoice)
_PLACES = ("source", "sheet")  # where something stands is not what it says


def content_of(value: object) -> object:
    """Everything `value` says, its places left out: equal for two copies of one form."""
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(content_of(getattr(value, f.name)) for f in fields(value) if f.name not in _PLACES)
    if isinstance(value, tuple):
        return tuple(content_of(item) for item in value)
    return fold(value) if isinstance(value, str) else value


def unique_forms(forms: Sequence[Form], findings: list[Finding]) -> list[Form]:
    """Each form once. A copy is told; a copy that says something else is an error."""
    return _unique(forms, _form_key, lambda form: form.name, findings)


def unique_payments(rows: Sequence[Payments], findings: list[Finding]) -> list[Payments]:
    """Rows of A3, one a project; a second one that differs is a finding."""
    return _unique(rows, lambda row: (fold(row.code), fold(row.project)), lambda row: row.project, findings)


def unique_deviations(rows: Sequence[Deviation], findings: list[Finding]) -> list[Deviation]:
    """Rows of 偏差说明, one a project and month."""
    return _unique(
        rows,
        lambda row: (fold(row.code), fold(row.project), str(row.month)),
        lambda row: f"{row.project}{row.month}月底偏差说明",
        findings,
    )


def unique_outlooks(rows: Sequence[OutlookRow], findings: list[Finding]) -> list[OutlookRow]:
    """Rows of 运行监控, one an indicator and month."""
    return _unique(
        rows,
        lambda row: (fold(row.code), fold(row.project), str(row.ordinal), fold(row.name), str(row.outlook.month)),
        lambda row: f"{row.project}“{row.name}”{row.outlook.label}运行监控",
        findings,
    )


def unique_choices(rows: Sequence[ReadingChoice], findings: list[Finding]) -> list[ReadingChoice]:
    """Rows of 口径确认, one a sentence and question."""
    return _unique(rows, lambda row: (fold(row.sentence), fold(row.question)), lambda row: row.question, findings)


def unique_texts(texts: Sequence[tuple[TextBlock, ...]]) -> tuple[TextBlock, ...]:
    """The text parts of all workbooks one after the other; that of a copied workbook adds nothing."""
    seen = {content_of(blocks): blocks for blocks in reversed(texts)}
    return tuple(block for blocks in texts if seen[content_of(blocks)] is blocks for block in blocks)


def _form_key(form: Form) -> tuple[str, ...]:
    """A unit has one department form, a project one target table and one A2; tables like M1 are told by their rows too."""
    ours = form.form[:1] in ("T", "A")
    names = () if ours else sorted({fold(indicator.name) for indicator in form.indicators})
    whose = "" if form.kind is Kind.DEPARTMENT else fold(form.code) or f"{fold(form.name)}/{fold(form.implementer)}"
    return (form.kind.value, form.form, whose, *names)


def _unique(
    items: Sequence[T], key_of: Callable[[T], tuple[str, ...]], name_of: Callable[[T], str], findings: list[Finding]
) -> list[T]:
    seen: dict[tuple[str, ...], T] = {}
    for item in items:
        key = key_of(item)
        first = seen.setdefault(key, item)
        if first is item:
            continue
        facts: dict[str, Any] = {"form": name_of(item), "other": _place(first.source, item.source)}
        same = content_of(first) == content_of(item)
        if same and isinstance(item, Form):
            findings.append(warning("JX123", item.source, **facts))
        elif not same:
            findings.append(error("JX131", item.source, **facts))
    return list(seen.values())


def _place(first: Source, second: Source) -> str:
    """The place of the first copy, as far as it differs from that of the second."""
    if first.file == second.file:
        return f"{first.sheet}!{first.cell}"
    return str(Source(first.file, first.sheet))
