"""The official forms: labels, order, numbers and what a missing score looks like."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jxreport.model.document import Role
from jxreport.model.result import TraceStep
from jxreport.model.submission import Answer
from jxreport.report import build_document
from jxreport.report.forms.common import single_score
from jxreport.report.items import achieved
from tests.report import factory
from tests.report.helpers import rows, table, tables
from tests.report.test_build import assert_filled

D = Decimal


def form(document, title):
    return next(t for t in tables(document) if t.form and t.title == title)


def flat(found):
    return [cell.text for row in rows(found) for cell in row.cells]


def test_hebei_form_has_its_five_blocks_and_labels():
    found = form(build_document(factory.result(factory.project())), "预算项目绩效自评表")
    words = flat(found)
    blocks = [w for w in words if w[:2] in ("一、", "二、", "三、", "四、", "五、")]
    assert blocks == ["一、基本情况", "二、预算执行情况", "三、目标完成情况", "四、年度绩效指标完成情况", "五、存在问题、原因及下一步整改措施"]
    labels = [w.replace("\n", "") for w in words]
    for label in ("预算安排情况（调整后）", "资金到位情况", "资金执行情况", "预算执行进度（%）", "单项指标折算得分", "权重占比（%）", "是否为专项资金"):
        assert label in labels
    assert found.subtitle == "（2020年度）"


def test_hebei_form_prints_score_weight_and_total():
    found = form(build_document(factory.result(factory.project())), "预算项目绩效自评表")
    last = [cell.text for cell in found.body[-1].cells]
    assert last == ["自评总分（等级：优）", "100", "97.10"]
    execution = [cell.text for cell in found.body[-2].cells]
    assert (execution[0], execution[-3:]) == ("预算执行率", ["99.90", "10", "9.99"])


def test_hebei_form_carries_causes_in_its_last_block():
    found = form(build_document(factory.result(factory.project())), "预算项目绩效自评表")
    text = found.foot[1].cells[0].text
    assert "2.案件代理手续及答辩状递交及时率：个别案件开庭通知送达较晚。改进措施：与律师事务所约定材料提交时限。" in text
    assert "3.常年法律服务长期影响行政工作：〔未填写〕。" in text


def test_department_form_columns():
    found = form(build_document(factory.result(factory.department())), "部门整体支出绩效自评表")
    assert [cell.text for cell in found.head[0].cells] == [
        "一级指标", "二级指标", "三级指标", "绩效指标描述", "分值", "评分标准", "实际完成情况", "得分", "偏差原因分析及改进措施",
    ]  # fmt: skip
    fourth = [cell.text for cell in found.body[3].cells]
    assert "计算结果：1.45%\n本年追加预算：38.50万元\n年初预算：2655.00万元" in fourth
    assert "年度中按管委会批复追加网络运行维护经费。\n改进措施：提高预算编制的前瞻性，年初一次编足编准。" in fourth
    assert [c.text for c in found.body[-1].cells] == ["总分", "100", "", "97.80", "等级：优"]


def test_department_form_marks_what_waits():
    found = form(build_document(factory.result(factory.department(waiting=True))), "部门整体支出绩效自评表")
    waiting = [c for c in found.body[9].cells if c.role is Role.MISSING]
    assert [c.text for c in waiting] == ["待确认"]
    assert found.body[-1].cells[3].text == "待确认"


def test_ministry_form_labels_and_order():
    found = form(build_document(factory.result(factory.mof_project(), norms="mof-2020-10")), "项目支出绩效自评表")
    words = [w.replace("\n", "") for w in flat(found)]
    order = ["项目名称", "主管部门", "实施单位", "项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分",
             "年度总体目标", "预期目标", "实际完成情况", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "偏差原因分析及改进措施", "绩效指标", "总分"]  # fmt: skip
    places = [words.index(label) for label in order]
    assert places == sorted(places)
    sub_row = [cell.text for cell in found.front[4].cells]
    assert (sub_row[0], sub_row[4], sub_row[6]) == ("其中：财政资金", "—", "—")


@pytest.mark.parametrize("make", [factory.department, factory.project, factory.mof_project])
def test_level_cells_merge_and_fill_the_grid(make):
    document = build_document(factory.result(make()))
    found = next(t for t in tables(document) if t.form)
    for part in (found.front, found.head, found.body, found.foot):
        assert_filled(part, len(found.widths), found.title)


@pytest.mark.parametrize(
    ("raw", "score", "weight"),
    [("19.1111", "19.11", "20"), ("47.123456", "47.12", "50"), ("0", "0.00", "10"), ("9.4444", "9.44", "10")],
)
def test_single_score_times_weight_gives_the_printed_score(raw, score, weight):
    item = replace(
        factory.project().indicators[0], raw=D(raw), score=D(score), weight=D(weight)
    )
    single = single_score(item)
    assert single is not None
    assert round(single * D(weight) / 100 + D("1e-9"), 2) == D(score)


def test_evidence_shows_the_way_from_cell_to_score():
    document = build_document(factory.result(factory.department()))
    found = table(document, "部门整体支出评分依据")
    assert found.body[3].cells[4].text.splitlines() == [
        "取数：取自“A1”H13",
        "条款：适用“预算控制率=0，计10分，0-10%”",
        "计算：10.00×100%＝8.00",
        "取舍：四舍五入保留两位小数，得8.00分",
    ]


def test_findings_annex_words_each_finding():
    document = build_document(factory.result(factory.department()))
    annex = next(a for a in document.annexes if a.title == "问题清单")
    cells = [cell.text for cell in annex.blocks[0].body[0].cells]
    assert cells[1:4] == ["提醒", "JX702", "指标表\nF12"]
    assert "没有字形" in cells[4]


def test_no_findings_is_said():
    clean = replace(factory.result(factory.department()), findings=())
    annex = next(a for a in build_document(clean).annexes if a.title == "问题清单")
    assert annex.blocks[0].text == "经核查，未发现需要说明的问题。"


def test_before_year_end_projects_stand_in_the_monitoring_form():
    found = form(build_document(factory.monitoring()), "项目支出绩效目标执行监控表")
    words = [w.replace("\n", "") for w in flat(found)]
    for label in ("1—6月执行数", "1—6月执行率", "全年预计执行数", "偏差原因分析", "硬件条件保障", "完成目标可能性", "完全不可能"):
        assert label in words
    assert "66.88" in words  # 88.00 % of 76.00
    for part in (found.front, found.head, found.body):
        assert_filled(part, len(found.widths), found.title)


def test_a_number_from_the_basic_data_is_the_achievement():
    base = factory.department()
    item = replace(base.indicators[3], indicator=replace(base.indicators[3].indicator, answers=()))
    result = factory.result(replace(base, indicators=(*base.indicators[:3], item, *base.indicators[4:])))
    found = form(build_document(result), "部门整体支出绩效自评表")
    assert "1.45%" in [cell.text for cell in found.body[3].cells]


def test_long_fractions_are_shortened_in_the_evidence():
    base = factory.department()
    step = TraceStep(kind="clause", text="1.228751512064684535557394792% 在“0%-10%(含)”档,8分")
    item = replace(base.indicators[3], trace=(step,))
    result = factory.result(replace(base, indicators=(item,)))
    found = table(build_document(result), "部门整体支出评分依据")
    assert found.body[0].cells[4].text == "条款：1.228751…% 在“0%-10%（含）”档，8分"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((Answer(question="符合哪一档", value="完全符合规定", text="完全符合规定"),), "完全符合规定"),
        (
            (
                Answer(question="符合哪一档", value="完全符合规定", text="完全符合规定"),
                Answer(question="符合哪一档", value="手续完备", text="手续完备"),
            ),
            "完全符合规定\n手续完备",
        ),
        (
            (
                Answer(question="工作透明", value=True, text="是"),
                Answer(question="被通报1次", value=Decimal(0), text="0", unit="次"),
                Answer(question="财务手续不规范,1次", value=Decimal(2), text="2", unit="次"),
            ),
            "工作透明：是\n被通报：0次\n财务手续不规范：2次",
        ),
    ],
)
def test_answers_are_printed_as_statements(answers, words):
    base = factory.department().indicators[0]
    item = replace(base, value=None, indicator=replace(base.indicator, answers=answers))
    assert achieved(item) == words


def test_a_block_nobody_filled_in_says_so():
    """Money and goals that are not there at all leave a marked row, not a head above nothing."""
    base = factory.project()
    bare = replace(base, form=replace(base.form, budget=None, goals=()), execution=None, schedule=())
    front = form(build_document(factory.result(bare)), "预算项目绩效自评表").front
    at = [row.cells[0].text for row in front].index
    for block in ("二、预算执行情况", "三、目标完成情况"):
        below = front[at(block) + 2]
        assert [cell.text for cell in below.cells if cell.text != "预算数"] == ["〔未填写〕"] * (4 if "预算" in block else 3)
    assert_filled(front, 12, "预算项目绩效自评表")
