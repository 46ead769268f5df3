"""The founding forms: T1 and T2 with A1, A2, A3, the text part and 口径确认; pairing of workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

import jxreport
from jxreport.finding import codes
from jxreport.model.submission import WeightOrigin
from jxreport.read import pair, read_path, read_workbook
from jxreport.read.content import WorkbookContent
from tests.read.books import book, self_evaluation

Rows = list[Sequence[Any]]

TARGET_HEAD: Rows = [
    ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "", "", "指标值确定依据"),
    ("", "", "", "", "符号", "值", "单位（文字描述）"),
]
T1: Rows = [
    ("部门整体支出绩效指标情况表",),
    ("单位：某某局", "", "", "", "", "", "", "年度：2020年度"),
    *TARGET_HEAD,
    ("产出指标", "3", "预算控制率", "预算控制率=追加/年初", "<=", (60, "0.00"), "为0计60分；大于30%不得分。", "预算数据"),
    *TARGET_HEAD,
    ("", "3", "预算完成率", "", "", (32, "0.00"), "100%计满分，每低于10%扣1分", "决算数据"),
    ("效果指标", "7", "履职效益", "", "<=", (8, "0.00"), "符合8分，不符合0分", "证明"),
]


def project(code: str = "101-0103-YBN-B8HR", name: str = "办公用房") -> Rows:
    return [
        ("预算项目绩效表",),
        ("项目编码", code, "", "项目名称", name),
        ("项目绩效模板",),
        ("资金用途", "租金2519万元"),
        ("资金支出计划（累计进度%）", "3月底", "", "6月底", "10月底", "", "", "12月底"),
        ("", (0, "0"), "", (25, "0.00"), (75, "0.00"), "", "", (100, "0.00")),
        ("绩效目标", "目标1", "加强管理"),
        ("", "目标2", "及时支付"),
        *TARGET_HEAD,
        ("产出指标", "质量指标", "管理规范性", "是否规范", "文字描述", "", " 依法合规", "资料"),
        ("", "质量指标", "制度健全性", "总分20分", "文字描述", "", "健全20分，不健全0分。", "制度"),
        ("效果指标", "社会效益指标", "利用率", "面积比率", ">=", (90, "0.00"), " %", "合同"),
    ]


A1: Rows = [
    ("部门整体支出绩效自评填报表",),
    ("（2020年度）",),
    ("部门（单位）名称", "", "", "某某局", "", "", "填报人", "张某", "", "联系电话", "0314"),
    ("一、基本财务数据", "", "", "", "", "", "", "", "", "金额单位：万元"),
    ("序号", "数据项", "", "", "", "", "", "填报值", "单位", "说明"),
    ("1", "年初预算数", "", "", "", "", "", 100, "万元", ""),
    ("2", "全年预算数", "", "", "", "", "", 120, "万元", ""),
    ("3", "全年执行数", "", "", "", "", "", "约110", "万元", ""),
    ("二、年度总体目标完成情况",),
    ("序号", "预期目标", "", "", "", "", "", "实际完成情况"),
    ("1", "加强管理", "", "", "", "", "", "已加强"),
    ("三、指标完成情况",),
    ("序号", "一级指标", "二级指标", "三级指标", "分值", "评分标准", "需填报的内容", "填报值", "单位", "填报要求",
     "佐证材料", "偏差原因分析", "改进措施", "人工评分"),
    ("1", "产出指标", "3", "预算控制率", 60, "为0计60分；大于30%不得分。", "追加", 20, "万元", "", "批复", "政策调整", "编细", ""),
    ("", "", "", "", "", "", "年初", 100, "万元", "", "", "", "", ""),
    ("2", "产出指标", "3", "预算完成率", 32, "100%计满分，每低于10%扣1分", "完成率", 0.95, "%", "", "", "", "", ""),
    ("3", "效果指标", "7", "履职效益", 8, "符合8分，不符合0分", "符合规定", "是", "", "", "", "", "", 8),
    ("四、存在问题、原因及下一步整改措施",),
    ("预算编制不够细。",),
]
A1_MERGES = ["A14:A15", "B14:B15", "C14:C15", "D14:D15", "E14:E15", "F14:F15", "K14:K15", "L14:L15", "M14:M15", "N14:N15"]


def actual_project(code: str = "101-0103-YBN-B8HR", name: str = "办公用房", target: object = 90) -> Rows:
    return [
        ("预算项目绩效自评表",),
        ("（2020年度）",),
        ("一、基本情况", "", "", "", "", "", "", "", "金额单位：万元"),
        ("项目编码", code, "", "项目名称", name, "", "", "是否为专项资金", "否", "实施（主管）单位", "", "某某局"),
        ("二、预算执行情况",),
        ("", "", "", "预算安排情况（调整后）", "", "", "资金到位情况", "资金执行情况", "", "预算执行进度(%)"),
        ("预算数", "", "", 2519, "", "", 2519, 2480.55),
        ("其中：财政资金", "", "", 2519, "", "", 2519, 2480.55),
        ("三、目标完成情况",),
        ("年度预期目标", "", "", "", "", "", "", "具体完成情况", "", "", "", "", "", "总体完成率(%)"),
        ("加强管理", "", "", "", "", "", "", "已加强", "", "", "", "", "", 97),
        ("四、年度绩效指标完成情况",),
        ("一级指标", "二级指标", "三级指标", "绩效指标描述", "预期指标值", "", "", "单项指标实际完成值", "单项指标完成情况",
         "单项指标得分", "权重占比(%)", "单项指标折算得分", "偏差原因分析", "改进措施", "人工评分"),
        ("", "", "", "", "符号", "值", "单位（文字描述）"),
        ("产出指标", "质量指标", "管理规范性", "", "文字描述", "", "依法合规", "达成年度指标", "规范", "", 30, "", "", "", 29),
        ("", "质量指标", "制度健全性", "", "文字描述", "", "健全20分，不健全0分。", "见“附”", "", "", 20, "", "", "", ""),
        ("效果指标", "社会效益指标", "利用率", "", ">=", target, "%", 87.5, "", "", 40, "", "调整", "统筹", ""),
        ("预算执行率", "", "", "", "", "", "", "", "", "", 10, "", "结余", "", ""),
        ("自评总分", "", "", "", "", "", "", "", "", "", "", ""),
        ("五、存在问题、原因及下一步整改措施",),
        ("利用率偏低。",),
        ("填报人", "张某", "", "联系电话", "0314"),
        ("附：评分所需数据",),
        ("序号", "一级指标", "二级指标", "三级指标", "分值", "评分标准", "", "需填报的内容", "", "填报值", "", "单位", "填报要求", "佐证材料"),
        ("2", "产出指标", "质量指标", "制度健全性", "20", "健全20分，不健全0分。", "", "档次", "", "健全", "", "", "", "制度汇编"),
    ]


A2_MERGES = ["E13:G13", "A18:I18", "A19:K19"]
A3: Rows = [
    ("资金支出进度表",),
    ("单位：某某局", "", "2020年度", "", "", "单位：万元"),
    ("项目编码", "项目名称", "年初预算数", "全年预算数", "累计支付数"),
    ("", "", "", "", "截至3月底", "截至6月底", "截至10月底", "截至12月底"),
    ("101-0103-YBN-B8HR", "办公用房", 2500, 2519, 0, 1262.3, 1889.25, 2480.55),
    ("999", "无此项目", 1, 1, 1, 1, 1, 1),
    ("偏差说明",),
    ("项目编码", "项目名称", "时点", "偏差原因类别", "原因说明", "", "改进措施"),
    ("101-0103-YBN-B8HR", "办公用房", "3月底", "", "", "", ""),
    ("101-0103-YBN-B8HR", "办公用房", "10月底", "经费保障", "拨款晚", "", "催拨"),
]
READINGS: Rows = [
    ("口径确认",),
    ("适用指标", "评分标准", "问题", "可选读法", "选择的读法", "说明"),
    ("预算完成率", "100%计满分，每低于10%扣1分", "不足10%的部分", "· 不扣\n· 按比例扣", "不扣", ""),
    ("预算控制率", "为0计60分", "其他", "· 甲", "", ""),
]


def targets_book(*extra: tuple[str, Rows]) -> bytes:
    return book({"一": T1, "二": project(), **dict(extra)})


def actuals_book(a1: Rows = A1, **sheets: Rows) -> bytes:
    return book({"甲": a1, "乙": sheets.get("a2", actual_project()), "丙": A3, "丁": READINGS},
                merges={"甲": A1_MERGES, "乙": A2_MERGES})


def both(targets: bytes | None = None, actuals: bytes | None = None) -> list[WorkbookContent]:
    return [
        read_workbook("目标.xlsx", targets or targets_book()),
        read_workbook("完成.xlsx", actuals or actuals_book()),
    ]


def test_points_in_t1_are_weights_and_sentences_rules() -> None:
    (form, _) = both()[0].targets
    assert (form.form, form.name) == ("T1", "某某局")
    assert [(i.level1, i.name, i.weight and i.weight.text, i.weight_origin, i.rule and i.rule.text[:4]) for i in form.indicators] == [
        ("产出指标", "预算控制率", "60.00", WeightOrigin.TARGETS, "为0计6"),
        ("产出指标", "预算完成率", "32.00", WeightOrigin.TARGETS, "100%"),
        ("效果指标", "履职效益", "8.00", WeightOrigin.TARGETS, "符合8分"),
    ]
    assert all(i.target.value is None for i in form.indicators)


def test_t1_is_told_by_shape_where_the_title_says_nothing() -> None:
    rows = [("绩效指标",), *T1[2:]]
    assert [f.form for f in read_workbook("a.xlsx", book({"表": rows})).targets] == ["T1"]


def test_t2_head_plan_goals_and_targets() -> None:
    form = both()[0].targets[1]
    assert (form.form, form.code, form.name, form.purpose) == ("T2", "101-0103-YBN-B8HR", "办公用房", "租金2519万元")
    assert [(c.label, c.month, c.plan and c.plan.text) for c in form.checkpoints] == [
        ("3月底", 3, "0"), ("6月底", 6, "25.00"), ("10月底", 10, "75.00"), ("12月底", 12, "100.00"),
    ]
    assert [(g.label, g.expected.text) for g in form.goals] == [("目标1", "加强管理"), ("目标2", "及时支付")]
    assert [(i.target.text, i.target.op and i.target.op.value, i.rule is not None) for i in form.indicators] == [
        ("依法合规", "定性", False), ("健全20分，不健全0分。", "定性", True), (">=90.00 %", "≥", False),
    ]


def test_several_projects_on_a_sheet() -> None:
    rows = [*project(), (), *project("101-0109-YBN-GNWK", "接待")]
    forms = read_workbook("a.xlsx", book({"表": rows})).targets
    assert [(f.code, len(f.indicators), len(f.checkpoints), len(f.goals)) for f in forms] == [
        ("101-0103-YBN-B8HR", 3, 4, 2), ("101-0109-YBN-GNWK", 3, 4, 2),
    ]


def test_the_whole_unit_is_joined() -> None:
    (unit,), findings = pair(both())
    assert (unit.unit, unit.year, [f.form for f in unit.forms]) == ("某某局", 2020, ["T1+A1", "T2+A2"])
    assert [s.file for s in unit.sources] == ["目标.xlsx", "完成.xlsx"]
    assert codes(findings) == [("JX303", "甲!H8"), ("JX304", "甲!H16"), ("JX310", "丙!B6")]
    assert [(r.sentence, r.question, r.choice) for r in unit.readings] == [
        ("100%计满分，每低于10%扣1分", "不足10%的部分", "不扣")
    ]


def test_a1_answers_facts_and_texts() -> None:
    form = pair(both())[0][0].forms[0]
    assert [(f.name, f.value) for f in form.facts] == [("年初预算数", 100), ("全年预算数", 120), ("全年执行数", None)]
    assert form.budget is not None
    assert form.budget.total is not None
    assert form.budget.total.adjusted is not None
    assert form.budget.total.adjusted.value == 120
    first, second, third = form.indicators
    assert [(a.question, a.value, a.unit) for a in first.answers] == [("追加", 20, "万元"), ("年初", 100, "万元")]
    assert (first.reason and first.reason.text, first.measure and first.measure.text) == ("政策调整", "编细")
    assert [(a.value, a.text) for a in second.answers] == [(None, "0.95")]
    assert third.answers[0].value is True
    assert third.manual_score is not None
    assert third.manual_score.value == 8
    assert form.problems is not None
    assert (form.problems.text, form.contact, form.phone) == ("预算编制不够细。", "张某", "0314")
    assert [g.actual and g.actual.text for g in form.goals] == ["已加强"]


def test_reasons_among_the_basic_data_are_texts_of_the_budget() -> None:
    rows = [*A1[:8], ("4", "预算调整原因", "", "", "", "", "", "追加人员经费20万元"), ("5", "预算执行偏差原因"), *A1[8:]]
    form = pair(both(actuals=book({"甲": rows, "乙": actual_project()}, merges={"乙": A2_MERGES})))[0][0].forms[0]
    assert form.budget is not None
    assert form.budget.adjustment_reason is not None
    assert form.budget.reason is not None
    assert (form.budget.adjustment_reason.text, form.budget.reason.text) == ("追加人员经费20万元", "")
    assert [f.name for f in form.facts if f.value is None] == ["全年执行数", "预算调整原因", "预算执行偏差原因"]


def test_a2_values_weights_annex_and_payments() -> None:
    form = pair(both())[0][0].forms[1]
    ruled, asked, counted = form.indicators
    assert (ruled.actual and ruled.actual.text, ruled.manual_score and ruled.manual_score.value) == ("达成年度指标", 29)
    assert asked.actual is not None
    assert asked.actual.is_blank
    assert [(a.question, a.value) for a in asked.answers] == [("档次", "健全")]
    assert (counted.actual and counted.actual.value, counted.weight and counted.weight.value) == (87.5, 40)
    assert counted.weight_origin is WeightOrigin.ACTUALS
    assert form.budget is not None
    assert form.budget.weight is not None
    assert (form.budget.weight.value, form.budget.reason and form.budget.reason.text) == (10, "结余")
    assert [(c.month, c.plan and c.plan.value, c.paid and str(c.paid.value), c.cause and c.cause.text) for c in form.checkpoints] == [
        (3, 0, "0", None), (6, 25, "1262.3", None), (10, 75, "1889.25", "经费保障"), (12, 100, "2480.55", None),
    ]
    total = form.budget.total
    assert total is not None
    assert [a and a.value for a in (total.initial, total.adjusted, total.arrived)] == [2500, 2519, 2519]
    assert [(g.label, g.rate and g.rate.value) for g in form.goals] == [("目标1", 97), ("目标2", None)]


def test_the_title_between_the_tables_of_a3_is_no_project() -> None:
    assert [p.project for p in both()[1].payments] == ["办公用房", "无此项目"]


def test_a_changed_target_is_told_and_the_target_table_holds() -> None:
    (unit,), findings = pair(both(actuals=actuals_book(a2=actual_project(target=80))))
    assert ("JX306", "乙!F17") in codes(findings)
    assert unit.forms[1].indicators[2].target.value == 90


def test_an_a2_alone_brings_its_own_targets() -> None:
    content = read_workbook("a.xlsx", book({"表": actual_project()}, merges={"表": A2_MERGES}))
    (unit,), _ = pair([content])
    (form,) = unit.forms
    assert form.form == "M1"
    assert [(i.target.text, i.target.op and i.target.op.value) for i in form.indicators] == [
        ("依法合规", "定性"), ("健全20分，不健全0分。", "定性"), (">=90%", "≥"),
    ]


def _without(rows: Rows, *names: str) -> Rows:
    return [row for row in rows if not set(names) & set(row)]


@pytest.mark.parametrize(
    ("actuals", "wanted"),
    [
        (book({"丙": A3}), [("JX300", "一!A3"), ("JX300", "二!A9")]),
        (actuals_book(a1=_without(A1, "履职效益")), [("JX302", "一!C9")]),
        (actuals_book(a1=[*A1[:17], ("4", "效果指标", "7", "多出来的", 8, "", "问", 1), *A1[17:]]), [("JX307", "甲!D18")]),
        (actuals_book(a2=actual_project("101-0000-XXX-0000")), [("JX300", "二!A9")]),
    ],
)
def test_what_does_not_fit_together_is_told(actuals: bytes, wanted: list[tuple[str, str]]) -> None:
    _, findings = pair(both(actuals=actuals))
    kinds = {code for code, _ in wanted}
    assert [found for found in codes(findings) if found[0] in kinds] == wanted


def test_an_a2_without_its_target_table_stands_beside_the_others() -> None:
    (unit,), _ = pair(both(targets=book({"一": T1})))
    assert [form.form for form in unit.forms] == ["T1+A1", "M1"]


def test_an_a1_without_targets_cannot_be_scored() -> None:
    _, findings = pair([read_workbook("a.xlsx", book({"甲": A1}, merges={"甲": A1_MERGES}))])
    assert ("JX301", "甲!A5") in codes(findings)


@pytest.mark.parametrize(("plan", "wanted"), [("75%左右", [("JX202", "表!E7")]), (75, [])])
def test_a_text_in_the_plan_is_told(plan: object, wanted: list[tuple[str, str]]) -> None:
    rows = project()
    rows[5] = ("", 0, "", 25, plan, "", "", 100)
    content = read_workbook("a.xlsx", book({"表": [("单位：甲局", "", "年度：2020年度"), *rows]}))
    assert codes(content.findings) == wanted


def test_a_workbook_without_unit_is_paired_by_project_and_indicators() -> None:
    targets, actuals = both()
    lonely = replace(actuals, unit="", year=None)
    assert [len(unit.forms) for unit in pair([targets, lonely])[0]] == [2]


def test_units_and_years_are_kept_apart_and_a_unit_may_send_several_workbooks() -> None:
    def content(name: str, project: str, unit: str) -> WorkbookContent:
        rows = self_evaluation(("", "产出", "数量", "里程", "≥1公里", "1公里", 100, 100, ""), project=project, unit=unit)
        return read_workbook(name, book({"表": rows}))

    contents = [content("a.xlsx", "路", "甲"), content("b.xlsx", "路", "乙"), content("c.xlsx", "桥", "甲"), content("d.xlsx", "路", "甲")]
    units, findings = pair(contents)
    assert [(u.unit, [f.name for f in u.forms], len(u.sources)) for u in units] == [("甲", ["路", "桥"], 3), ("乙", ["路"], 1)]
    assert [(f.code, f.source.file) for f in findings] == [("JX123", "d.xlsx")]


def test_the_text_part_and_the_sample_mark() -> None:
    text: Rows = [
        ("2020年部门整体绩效目标（某某局）",), ("示例数据：虚构",), ("一、部门整体绩效目标",), ("坚持……",),
        ("二、保障措施",), ("（一）加强管理",), ("第一。",), ("第二。",),
    ]
    content = read_workbook("目标.xlsx", targets_book(("文字部分", text)))
    assert [(b.heading, [p.text for p in b.paragraphs]) for b in content.narrative] == [
        ("一、部门整体绩效目标", ["坚持……"]), ("二、保障措施", []), ("（一）加强管理", ["第一。", "第二。"]),
    ]
    assert content.sample
    assert not read_workbook("目标.xlsx", targets_book()).sample


def test_a_folder_is_read_and_lock_files_are_left_out(tmp_path: Any) -> None:
    (tmp_path / "目标.xlsx").write_bytes(targets_book())
    (tmp_path / "~$目标.xlsx").write_bytes(b"lock")
    (tmp_path / "说明.txt").write_text("无关", encoding="utf-8")
    result = read_path(tmp_path)
    assert [f.source.file for f in result.findings if f.code == "JX801"] == ["~$目标.xlsx"]
    assert [s.unit for s in result.submissions] == ["某某局"]
    assert jxreport.read(tmp_path) == result


@pytest.mark.parametrize(("name", "code"), [("无", "JX126"), ("空", "JX127")])
def test_a_missing_or_empty_folder_is_told(tmp_path: Any, name: str, code: str) -> None:
    (tmp_path / "空").mkdir()
    result = read_path(tmp_path / name)
    assert (result.submissions, [f.code for f in result.findings]) == ((), [code])


def test_many_units_in_one_workbook() -> None:
    def sheet(unit: str, year: str = "（2022年度）") -> Rows:
        rows = self_evaluation(("", "产出", "数量", "里程", "≥1公里", "1公里", 100, 100, ""), project="路", unit=unit)
        return [rows[0], (year,), *rows[2:]]

    data = book({"甲": sheet("甲局"), "乙": sheet("乙局"), "丙": sheet("甲局", "（2021年度）")})
    units, findings = pair([read_workbook("合订.xlsx", data)])
    assert [(u.unit, u.year, [f.sheet for f in u.forms]) for u in units] == [
        ("甲局", 2022, ["甲"]), ("乙局", 2022, ["乙"]), ("甲局", 2021, ["丙"]),
    ]
    assert findings == ()


def test_projects_beside_a_department_form_are_the_departments() -> None:
    other = [("部门整体支出绩效指标情况表",), ("单位：另一局", "", "", "", "", "", "", "年度：2020年度"), *T1[2:]]
    data = book({"一": T1, "二": project(), "三": other, "四": project("101-0109-YBN-GNWK", "接待")})
    units, _ = pair([read_workbook("目标.xlsx", data)])
    assert [(u.unit, [f.name for f in u.forms]) for u in units] == [
        ("某某局", ["某某局", "办公用房"]), ("另一局", ["另一局", "接待"]),
    ]
