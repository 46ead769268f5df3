"""The arithmetic that vouches for a formula before it is shipped."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jxreport.render.xlsx.recompute import NotComputable, Result, recompute

D = Decimal
CELLS: dict[str, Result] = {
    "'数据'!$E$4": D("85"),
    "'数据'!$E$5": D("90"),
    "'数据'!$E$6": "基本健全",
    "'数据'!$E$7": None,
    "'数据'!$E$8": D("0"),
    "'张''三'!$A$1": D("-2.5"),
}
A, B, WORD, BLANK, ZERO = (f"'数据'!$E${row}" for row in range(4, 9))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (f"ROUND(IF({A}>={B},10,10*{A}/{B}),2)", D("9.44")),
        ("ROUND(2.675,2)", D("2.68")),
        ("ROUND(-2.675,2)", D("-2.68")),
        ("1+2*3-4/2", D(5)),
        ("-2*-(3-1)", D(4)),
        ("INT(-1.5)", D(-2)),
        ("ROUNDUP(1.2,0)", D(2)),
        ("MIN(3,MAX(1,2),ABS('张''三'!$A$1))", D(2)),
        (f'IF({WORD}="健全",20,IF({WORD}="基本健全",15,0))', D(15)),
        (f'IF({BLANK}="","",1)', ""),
        (f"{BLANK}+1", D(1)),
        (f"IFERROR({WORD}+1,0)", D(0)),
        (f'IFERROR(1/{ZERO},"待确认")', "待确认"),
        (f'IF({ZERO}=0,"—",1/{ZERO})', "—"),
        ("AND(1<2,2<=2,3<>4)", True),
        ("OR(1>2,NOT(1=1))", False),
        (f"N({WORD})", D(0)),
        (f"TRIM({WORD})", "基本健全"),
        (f'{WORD}>"a"', True),
        (f"{WORD}>999", True),
        ("SUM(1,2,3)", D(6)),
        ('"说""好"""', '说"好"'),
    ],
)  # fmt: skip
def test_values_are_those_of_a_spreadsheet(formula: str, value: Result) -> None:
    assert recompute(formula, CELLS) == value


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "1+",
        "(1",
        "1 2",
        "VLOOKUP(1,2,3)",
        "'别处'!$A$1",
        "A1+1",
        f"1/{ZERO}",
        f"{WORD}*2",
        "MIN(1,待确认)",
        '"a"&"b"',
        "IF(1,2",
    ],
)
def test_what_is_not_understood_vouches_for_nothing(formula: str) -> None:
    with pytest.raises(NotComputable):
        recompute(formula, CELLS)


def test_only_the_branch_taken_is_worked_out() -> None:
    assert recompute(f"IF({B}>0,1,{WORD}*2)", CELLS) == D(1)
