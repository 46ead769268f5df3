"""Merged cells at page breaks."""

from jxreport.model.document import Cell, Row
from jxreport.render.splitting import crossing, split_rows


def rows(*lines):
    """Rows from tuples: "名*3" is a cell over three rows."""
    made = []
    for line in lines:
        cells = []
        for item in line:
            text, _, span = item.partition("*")
            cells.append(Cell(text=text, rowspan=int(span or 1)))
        made.append(Row(cells=tuple(cells)))
    return tuple(made)


FORM = rows(("产出*4", "数量*2", "甲"), ("乙",), ("质量*2", "丙"), ("丁",), ("效益", "社会", "戊"))


def shown(split):
    return [[f"{c.text}*{c.rowspan}" if c.rowspan > 1 else c.text for c in row.cells] for row in split]


def test_no_break_no_change():
    assert split_rows(FORM, ()) == FORM
    assert not crossing(FORM, (4,))


def test_both_levels_are_repeated_in_their_columns():
    assert crossing(FORM, (1,))
    assert shown(split_rows(FORM, (1,))) == [
        ["产出", "数量", "甲"],
        ["产出（续）*3", "数量（续）", "乙"],
        ["质量*2", "丙"],
        ["丁"],
        ["效益", "社会", "戊"],
    ]


def test_a_break_between_level_2_groups_repeats_level_1_only():
    assert shown(split_rows(FORM, (2,)))[2] == ["产出（续）*2", "质量*2", "丙"]


def test_several_breaks():
    split = split_rows(FORM, (1, 3))
    assert [row[0] for row in shown(split)] == ["产出", "产出（续）*2", "质量", "产出（续）", "效益"]
    assert not crossing(split, (1, 3))


def test_an_empty_merged_cell_stays_empty():
    split = split_rows(rows(("*2", "甲"), ("乙",)), (1,))
    assert shown(split) == [["", "甲"], ["", "乙"]]


def test_column_spans_shift_columns():
    wide = (
        Row(cells=(Cell(text="左", rowspan=2), Cell(text="中", colspan=2), Cell(text="右", rowspan=2))),
        Row(cells=(Cell(text="a"), Cell(text="b"))),
    )
    assert shown(split_rows(wide, (1,)))[1] == ["左（续）", "a", "b", "右（续）"]



def test_the_mark_of_a_narrow_label_runs_downwards():
    form = rows(("绩效指标*2", "产出指标*2", "甲"), ("乙",))
    assert shown(split_rows(form, (1,), narrow=(0,)))[1] == ["绩效指标︵续︶", "产出指标（续）", "乙"]
