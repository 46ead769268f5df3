"""E01–E30 (NORMS 7): each fires on a workbook made for it, and none of them on the clean one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from jxreport.finding import Finding
from jxreport.messages import table
from jxreport.profiles import load_profile
from jxreport.read import pair, read_workbook
from jxreport.score import score_submission
from tests.read.books import book, self_evaluation

Rows = list[list[Any]]
PROFILE = load_profile("mof-2020-10")
HEAD, MONEY, FIRST = 9, 5, 10  # rows of self_evaluation: header, 年度资金总额, first indicator
LEVEL, NAME, TARGET, ACTUAL, WEIGHT, SCORE, REASON = 1, 3, 4, 5, 6, 7, 8


def clean() -> Rows:
    """A form that no check complains of."""
    rows = self_evaluation(
        ("", "产出指标", "数量指标", "养护里程", "≥300公里", "310公里", 25, 25, "", "台账"),
        ("", "", "质量指标", "路面完好率", "≥90%", "92%", 25, 25, "", ""),
        ("", "效益指标", "社会效益指标", "通行时间", "≤30分钟", "28分钟", 30, 30, "", ""),
        ("", "满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "91%", 10, 10, "", ""),
        ("总分", "", "", "", "", "", 100, 99.63, ""),
    )
    made = [list(row) for row in rows]
    made[HEAD] += ["佐证材料"]
    made[MONEY] = ["", "年度资金总额", "", 120, 120, 115.5, 10, (0.9625, "0.00%"), 9.63]
    made[MONEY + 1] = ["", "其中：当年财政拨款", "", 120, 120, 115.5, "—", "", "—"]
    return made


def put(*changes: tuple[int, int, Any]) -> Rows:
    """The clean form with cells changed: (row, column, value)."""
    made = clean()
    for row, column, value in changes:
        made[row] += [""] * (column + 1 - len(made[row]))
        made[row][column] = value
    return made


def ruled(sentence: str, weight: int = 25) -> Rows:
    """The clean form with a column 评分标准 that holds `sentence` for the first row."""
    made = put((FIRST, WEIGHT, weight))
    for row in made:
        row += [""] * (11 - len(row))
    made[HEAD][10], made[FIRST][10] = "评分标准", sentence
    return made


def second_money(rows: Rows) -> Rows:
    """A second money table whose total is another."""
    block = [
        ["资金用途（万元）", "", "", "年初预算数", "全年预算数", "全年执行数"],
        ["", "资金总额", "", 120, 119, 115.5],
    ]
    return [*rows[:7], *block, *rows[7:]]


def schedule(*, plan: Sequence[object], paid: Sequence[object]) -> dict[str, list[list[Any]]]:
    """T2 with its plan, A2 and A3 of one project."""
    points = ["3月底", "6月底", "10月底", "12月底"]
    head = [
        "一级指标",
        "二级指标",
        "三级指标",
        "绩效指标描述",
        "符号",
        "值",
        "单位（文字描述）",
        "指标值确定依据",
    ]
    row = ["产出指标", "数量指标", "里程", "养护里程", ">=", 300, "公里", ""]
    own = ["项目编码", "101-0109-YBN-GNWK", "项目名称", "道路养护"]
    return {
        "目标": [["预算项目绩效表"], own, ["资金支出计划（累计进度%）", *points], ["", *plan], head, row],
        "自评": [
            ["预算项目绩效自评表"], ["（2022年度）"], [*own, "实施（主管）单位", "某某中心"],
            ["", "预算安排情况（调整后）", "资金到位情况", "资金执行情况", "预算执行进度(%)"], ["预算数", 60, 60, 58, ""],
            [*head[:7], "单项指标实际完成值", "单项指标完成情况", "单项指标得分", "权重占比(%)", "单项指标折算得分"],
            [*row[:7], 310, "完成", "", 90, ""], ["预算执行率", "", "", "", "", "", "", "", "", "", 10],
        ],
        "进度": [
            ["资金支出进度表"], ["单位：某某中心", "2022年度", "单位：万元"],
            ["项目编码", "项目名称", "年初预算数", "全年预算数", "累计支付数"],
            ["", "", "", "", *(f"截至{point}" for point in points)],
            ["101-0109-YBN-GNWK", "道路养护", 60, 60, *paid],
        ],
    }  # fmt: skip


def narrative() -> dict[str, list[list[Any]]]:
    """A text part that promises more indicators than the table has."""
    sheets = schedule(plan=(25, 50, 75, 100), paid=(15, 30, 45, 58))
    text = [
        ["2022年部门绩效目标"],
        ["一、道路养护项目绩效目标表"],
        ["设置产出指标3项、效果指标2项。"],
        ["二、保障措施"],
        ["加强管理。"],
    ]
    return {"文字部分": text, **sheets}


CASES: dict[str, Callable[[], Rows | dict[str, list[list[Any]]]]] = {
    "E01": lambda: put((FIRST, ACTUAL, "")),
    "E02": lambda: put((FIRST, ACTUAL, "达标")),
    "E03": lambda: put((FIRST, TARGET, "≥300"), (FIRST, ACTUAL, 310)),
    "E04": lambda: put((FIRST, TARGET, "≥**公里")),
    "E05": lambda: put((FIRST, WEIGHT, 26)),
    "E06": lambda: put((FIRST, WEIGHT, 0)),
    "E07": lambda: put((FIRST, SCORE, 26)),
    "E08": lambda: put((FIRST, ACTUAL, "290公里"), (FIRST, SCORE, 24.17)),
    "E09": lambda: put((FIRST, ACTUAL, "400公里")),
    "E10": lambda: put((FIRST, TARGET, "健全"), (FIRST, ACTUAL, "部分达成年度指标并具有一定效果")),
    "E11": lambda: put((FIRST, TARGET, "健全"), (FIRST, ACTUAL, "较健全")),
    "E12": lambda: put((MONEY, 5, 130), (MONEY + 1, 5, 130)),
    "E13": lambda: put((MONEY + 1, 4, 110)),
    "E14": lambda: second_money(clean()),
    "E15": lambda: put((FIRST, ACTUAL, "290公里"), (FIRST, REASON, "水毁")),
    "E16": lambda: put((MONEY, 5, 60), (MONEY + 1, 5, 60), (MONEY, 8, 5), (MONEY, 7, "50%")),
    "E17": lambda: put((MONEY, 3, 100), (MONEY + 1, 3, 100)),
    "E18": lambda: put((FIRST, 2, "成本指标"), (FIRST, TARGET, ""), (FIRST, ACTUAL, ""), (FIRST, SCORE, 25)),
    "E19": lambda: schedule(plan=(25, 20, 75, 90), paid=(15, 30, 45, 58)),
    "E20": lambda: schedule(plan=(25, 50, 75, 100), paid=(15, 10, 45, 50)),
    "E21": lambda: [row for n, row in enumerate(put((FIRST, WEIGHT, 35))) if n != FIRST + 3],
    "E22": lambda: ruled("90%以上得25分，70%以上得15分，60%以下不得分"),
    "E23": lambda: ruled("90%以上得30分，80%以上得20分，否则不得分"),
    "E24": narrative,
    "E25": lambda: put((FIRST + 1, NAME, "养护里程")),
    "E26": lambda: put((FIRST, NAME, "数量指标")),
    "E27": lambda: put((FIRST + 3, TARGET, "=100%"), (FIRST + 3, ACTUAL, "100%")),
    "E28": lambda: put((FIRST, TARGET, "≥300件数"), (FIRST, ACTUAL, "310件数")),
    "E29": lambda: put((FIRST + 1, TARGET, ">100%"), (FIRST + 1, NAME, "验收合格率"), (FIRST + 1, ACTUAL, "100%")),
    "E30": lambda: put((FIRST, 9, ""), (MONEY, 5, 120), (MONEY + 1, 5, 120), (MONEY, 8, 10), (MONEY, 7, "100%")),
}  # fmt: skip


def found(case: Rows | dict[str, list[list[Any]]]) -> tuple[Finding, ...]:
    """Everything that reading, scoring and checking say of a workbook."""
    sheets = case if isinstance(case, dict) else {"自评表": case}
    submissions, reading = pair([read_workbook("表.xlsx", book(sheets))])
    return (
        *reading,
        *(f for submission in submissions for f in score_submission(submission, PROFILE).findings),
    )


def norms(findings: Sequence[Finding]) -> set[str]:
    return {part[:3] for finding in findings for part in table()[finding.code].norm.split("、")}


def test_the_clean_form_is_clean() -> None:
    assert found(clean()) == ()


@pytest.mark.parametrize("code", [f"E{number:02}" for number in range(1, 31)])
def test_the_code_fires_on_its_workbook(code: str) -> None:
    assert code in norms(found(CASES[code]()))
