"""Only what changed is made again; what stands is told as if it had been made; changed scores are told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from jxreport.batch import Summary, identity, steps
from jxreport.batch import run as run_batch
from jxreport.batch.manifest import NAME, load
from jxreport.batch.unit import Artefacts, UnitTask
from jxreport.config import Config
from jxreport.finding import error
from tests.batch.bureau import config, contents, make_quickly, plain_printing, settle

UNITS = ("甲中心", "乙中心", "丙中心")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return plain_printing(monkeypatch)


@pytest.fixture
def books(tmp_path: Path) -> Path:
    settle(tmp_path / "books", *UNITS)
    return tmp_path / "books"


def run(books: Path, *, force: bool = False, **changes: object) -> Summary:
    return run_batch([books], config(books.parent, **changes), force=force)


def lines(books: Path) -> list[dict[str, object]]:
    text = (books.parent / "output" / ".jxreport" / NAME).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_a_second_run_reads_and_makes_nothing_and_tells_the_same(
    books: Path, printed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (books / "坏.xlsx").write_bytes(b"not a workbook")
    first = run(books)
    before = contents(books.parent / "output")
    assert sorted(printed) == sorted(UNITS)
    assert (len(first.written), first.unchanged, len(first.returned)) == (9, (), 1)

    def refuse(*arguments: object) -> None:
        raise AssertionError("something was made again")

    monkeypatch.setattr(steps, "read_one", refuse)
    monkeypatch.setattr(steps, "make_unit", refuse)
    monkeypatch.setattr(steps, "returned_copy", refuse)
    second = run(books)
    assert (second.written, set(second.unchanged)) == ((), set(first.written))
    assert contents(books.parent / "output") == before
    assert first.units == second.units
    assert first.findings == second.findings
    assert first.returned == second.returned
    assert first.result() == second.result()
    assert first.exit_code == second.exit_code == 3
    assert (first.changes, second.changes) == ((), ())


def own_template(books: Path) -> None:
    (books.parent / "templates" / "css" / "own.css").write_text("", encoding="utf-8")


def all_damaged(books: Path) -> None:
    for path in (books.parent / "output").rglob("*.pdf"):
        path.write_bytes(path.read_bytes()[:-1])


def all_removed(books: Path) -> None:
    for path in (books.parent / "output").rglob("*.xlsx"):
        path.unlink()


def foreign_manifest(books: Path) -> None:
    path = books.parent / "output" / ".jxreport" / NAME
    path.write_bytes(path.read_bytes().replace(b"manifest/1", b"manifest/9"))


def nothing(books: Path) -> None:
    return None


@pytest.mark.parametrize(
    ("happens", "settings"),
    [
        (nothing, {"date": "2023年2月1日"}),
        (nothing, {"profile": "hebei-2020"}),
        (nothing, {"as_of": "6月底"}),
        (nothing, {"readings": (("每低1%扣1分", "从哪里起", "从满分起"),)}),
        (own_template, {}),
        (all_damaged, {}),
        (all_removed, {}),
        (foreign_manifest, {}),
    ],
)
def test_what_makes_everything_anew(
    books: Path, printed: list[str], happens: Callable[[Path], None], settings: dict[str, object]
) -> None:
    own = books.parent / "templates"
    (own / "css").mkdir(parents=True)
    run(books, templates=own)
    printed.clear()
    happens(books)
    assert run(books, templates=own, **settings).unchanged == ()
    assert sorted(printed) == sorted(UNITS)
    assert run(books, templates=own, **settings).written == ()


def test_force_makes_everything_anew(books: Path, printed: list[str]) -> None:
    run(books)
    printed.clear()
    assert run(books, force=True).unchanged == ()
    assert sorted(printed) == sorted(UNITS)


def test_another_program_makes_everything_anew(
    books: Path, printed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(books)
    printed.clear()
    newer = replace(identity.identity(), program="0.0.0 other")
    monkeypatch.setattr(steps, "identity", lambda: newer)
    assert run(books).unchanged == ()
    assert len(printed) == len(UNITS)


def test_only_the_changed_unit_is_made_and_its_scores_are_told(books: Path, printed: list[str]) -> None:
    first = run(books)
    total = dict(zip((unit.unit for unit in first.units), first.units, strict=True))["乙中心"].scores[0][1]
    printed.clear()
    settle(books, "乙中心", length=150)
    second = run(books)
    assert printed == ["乙中心"]
    assert (len(second.written), len(second.unchanged)) == (3, 6)
    assert {unit.unit for unit in second.units} == set(UNITS)
    changed = {change.item: (change.before, change.after) for change in second.changes}
    assert {change.unit for change in second.changes} == {"乙中心"}
    assert changed["养护里程"] == ("50.00", "25.00")
    assert changed["总分"][0] == total
    assert "事故" not in changed
    assert run(books).changes == ()


def test_changes_are_told_since_the_last_finished_run(
    books: Path, printed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run was cut off after it had made the changed unit: the next one has nothing to make, but to tell."""
    run(books)
    settle(books, "乙中心", length=150)
    with monkeypatch.context() as cut:
        cut.setattr(
            "jxreport.batch.manifest.Manifest.finish", lambda self, run: (_ for _ in ()).throw(OSError)
        )
        with pytest.raises(OSError):
            run(books)
    printed.clear()
    resumed = run(books)
    assert printed == []
    assert ("养护里程", "50.00", "25.00") in [(c.item, c.before, c.after) for c in resumed.changes]


def test_an_unfit_run_does_not_pass_for_a_whole_one(
    books: Path, printed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run fails on a changed unit; the third must not answer with what the first had made."""
    run(books)
    settle(books, "甲中心", length=200)
    with monkeypatch.context() as broken:

        def fail(task: UnitTask) -> Artefacts:
            raise RuntimeError("boom")

        broken.setattr(steps, "make_unit", fail)
        assert run(books).exit_code == 3
    printed.clear()
    third = run(books)
    assert printed == ["甲中心"]
    assert "JX804" not in [finding.code for finding in third.findings]


def test_a_unit_whose_report_cannot_be_printed_is_tried_again(
    books: Path, printed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(books)
    settle(books, "甲中心", length=200)
    with monkeypatch.context() as broken:
        broken.setattr(
            steps, "make_unit", lambda task: replace(make_quickly(task), files=(), findings=(error("JX706"),))
        )
        for _ in range(2):
            summary = run(books)
            assert [finding.code for finding in summary.findings if finding.is_error] == ["JX706"]
            assert len(summary.unchanged) == 6
    assert len(run(books).written) == 3


@pytest.mark.parametrize("tail", [b'{"kind": "un', b'{"kind": "unit"}\n', b"\xff\xfe\n", b"[]\n", b"\n"])
def test_a_torn_line_costs_only_itself(books: Path, printed: list[str], tail: bytes) -> None:
    run(books)
    path = books.parent / "output" / ".jxreport" / NAME
    path.write_bytes(path.read_bytes() + tail)
    assert run(books).written == ()
    assert len(lines(books)) == 1 + len(UNITS) + 1, "a finished run leaves the manifest tidy"


def test_a_line_after_a_torn_one_stands_on_its_own(books: Path, printed: list[str]) -> None:
    run(books)
    state = books.parent / "output" / ".jxreport"
    (state / NAME).write_bytes((state / NAME).read_bytes()[:-20])
    manifest = load(state)
    assert manifest.run is None
    record = replace(manifest.units["甲中心/2022"], key="other")
    manifest.add(record)
    assert load(state).units["甲中心/2022"] == record


def test_a_manifest_that_cannot_be_written_costs_only_the_memory(books: Path, printed: list[str]) -> None:
    (books.parent / "output" / ".jxreport" / NAME / "occupied").mkdir(parents=True)
    for _ in range(2):
        assert len(run(books).written) == 9


def test_a_corrected_workbook_and_an_unchanged_wrong_one(books: Path, printed: list[str]) -> None:
    for name in ("坏", "更坏"):
        (books / f"{name}.xlsx").write_bytes(b"not a workbook")
    first = run(books)
    settle(books, "坏")
    second = run(books)
    assert sorted(path.name for path in first.returned) == ["退回修改_坏.xlsx", "退回修改_更坏.xlsx"]
    assert [path.name for path in second.returned] == ["退回修改_更坏.xlsx"]
    assert [path.name for path in (books.parent / "output").rglob("退回修改_*.xlsx")] == [
        "退回修改_更坏.xlsx"
    ]


def test_settings_have_their_defaults() -> None:
    assert (Config().timeout, Config().memory, Config().scheduler) == (120, 2048, "")
