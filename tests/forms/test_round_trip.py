"""What is entered in the fill-in workbook is what reading finds, beside its targets."""

from __future__ import annotations

from decimal import Decimal

from jxreport.forms.entries import Entries
from jxreport.forms.fill import fill_in
from jxreport.forms.questions import rule_needs
from jxreport.forms.targets import ProjectTargets, TargetRow, UnitTargets, target_workbook
from jxreport.model.submission import Form, Submission
from jxreport.read import pair, read_workbook
from jxreport.score.inputs import match_inputs
from tests.forms.factory import profile

RATIO = "控制率=（本年追加预算/年初预算）*100%"
TARGETS = UnitTargets(
    unit="某某办公室",
    year=2020,
    title="2020年部门整体绩效目标（某某办公室）",
    paragraphs=("一、部门整体绩效目标", "做好各项工作。", "二、保障措施", "加强管理。"),
    rows=(
        TargetRow(
            level1="产出指标",
            level2="5",
            name="控制率",
            description=RATIO,
            sign="<=",
            value="60.00",
            unit="控制率=0，计60分，大于0不得分。",
        ),
        TargetRow(
            level1="效果指标",
            level2="7",
            name="健全性",
            sign="<=",
            value="40.00",
            unit="健全40分，基本健全30分，不健全不得分。",
        ),
    ),
    projects=(
        ProjectTargets(
            code="101-0109-YBN-GNWK",
            name="接待经费",
            purpose="接待",
            plan=(("3月底", "0"), ("6月底", "10"), ("10月底", "60"), ("12月底", "100.00")),
            goals=("厉行节约",),
            rows=(
                TargetRow(
                    level1="产出指标", level2="数量指标", name="批次", sign="<=", value="20", unit="批"
                ),
                TargetRow(
                    level1="产出指标",
                    level2="质量指标",
                    name="规范性",
                    description="总分20分",
                    sign="文字描述",
                    unit="手续完备10分；票据齐全10分；发现违规一次扣5分，扣完为止。",
                ),
            ),
        ),
    ),
)
CODE = "101-0109-YBN-GNWK"


def _read(tree: dict[str, object]) -> Submission:
    target_data = target_workbook(TARGETS)
    target = read_workbook("目标.xlsx", target_data)
    (empty,), _ = pair([target])
    entries = Entries.from_tree(tree)
    data = fill_in(empty, profile(), entries=entries)
    assert entries.unused() == ()
    (submission,), _ = pair([target, read_workbook("完成情况.xlsx", data)])
    return submission


def _forms(tree: dict[str, object]) -> tuple[Form, Form]:
    department, project = _read(tree).forms
    return department, project


def test_finance_data_reach_the_facts_and_the_ratio() -> None:
    facts = {"年初预算数": Decimal("1000.5"), "本年追加预算": 0}
    department, _ = _forms({"department": {"facts": facts}})
    ratio = department.indicators[0]
    matched = match_inputs(ratio, department, rule_needs(department, ratio))
    assert matched.inputs.vars == (("本年追加预算", Decimal(0)), ("年初预算", Decimal("1000.5")))
    assert {fact.name: fact.value for fact in department.facts if fact.value is not None} == {
        "年初预算数": Decimal("1000.5"),
        "本年追加预算": Decimal(0),
    }


def test_blank_workbook_has_no_answers() -> None:
    department, project = _forms({})
    assert [answer.value for row in department.indicators for answer in row.answers] == [None] * 3
    assert all(row.actual is None or row.actual.is_blank for row in project.indicators)


def test_project_answers_in_the_form_and_in_the_annex() -> None:
    first = {"actual": 18, "completion": "完成", "weight": 70, "reason": "缘由", "measure": "措施"}
    second = {"weight": 20, "answers": {"1": True, "2": False}}
    _, project = _forms({"projects": {CODE: {"indicators": {"1": first, "2": second}}}})
    batch, regular = project.indicators
    assert batch.actual is not None
    assert batch.actual.value == 18
    assert (batch.weight and batch.weight.value, batch.reason and batch.reason.text) == (70, "缘由")
    assert [answer.value for answer in regular.answers][:2] == [True, False]


def test_not_applicable_is_stated_as_the_notes_say() -> None:
    department, project = _forms(
        {
            "department": {"indicators": {"2": {"answers": {"1": "不适用"}, "reason": "本年没有此项工作"}}},
            "projects": {CODE: {"indicators": {"1": {"actual": "不适用", "reason": "项目取消"}}}},
        }
    )
    stated = [form.indicators[at].not_applicable for form, at in ((department, 1), (project, 0))]
    assert [text.text if text else None for text in stated] == ["本年没有此项工作", "项目取消"]


def test_payments_and_causes_reach_the_checkpoints() -> None:
    cells = {
        "initial": 60,
        "adjusted": 60,
        "paid": {"3月底": 0, "6月底": Decimal("2.1")},
        "deviation": {"6月底": {"cause": "其他", "explanation": "推迟", "measure": "加快"}},
    }
    _, project = _forms({"payments": {CODE: cells}})
    march, june = project.checkpoints[:2]
    assert [point.paid.value if point.paid else None for point in (march, june)] == [0, Decimal("2.1")]
    assert [june.cause and june.cause.text, june.explanation and june.explanation.text] == ["其他", "推迟"]


def test_sample_mark_is_read() -> None:
    target = read_workbook("目标.xlsx", target_workbook(TARGETS, mark="示例数据（虚构）"))
    assert target.sample
    assert not read_workbook("目标.xlsx", target_workbook(TARGETS)).sample
