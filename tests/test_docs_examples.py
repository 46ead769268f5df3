"""The worked examples of the documentation do what the text says."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from jxreport import rules
from jxreport.batch import run_one, work_settings
from jxreport.batch.unit import read_one
from jxreport.config import Config
from jxreport.finding import codes
from jxreport.model.result import IndicatorScore, Status
from jxreport.outline_files import load_outline
from jxreport.profiles import load_profile
from jxreport.render.look import tokens
from jxreport.rules.evaluation import Evaluation
from tests.builders import indicator, profile
from tests.read.books import book

DOCS = Path(__file__).resolve().parents[1] / "docs"


def example(page: str, name: str) -> str:
    found = re.search(rf"<!-- example: {name} -->\n```\w+\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.S)
    assert found, name
    return found[1]


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """The user's own folder with everything that the pages about settings show."""
    put(tmp_path, "profiles/某省-2024.toml", example("口径配置.md", "profile"))
    put(tmp_path, "outlines/某省大纲.toml", example("口径配置.md", "outline"))
    put(tmp_path, "report/tokens.toml", example("口径配置.md", "tokens"))
    put(tmp_path, "layouts/headings.toml", example("开发指南.md", "headings"))
    put(tmp_path, "layouts/families/05_某省.toml", example("开发指南.md", "family"))
    return tmp_path


PROVINCE = [
    ("项目支出绩效自评表",),
    ("（2024年度）",),
    ("项目名称", "", "道路养护"),
    ("主管部门", "", "某某局", "", "实施单位", "", "某某中心"),
    ("一级指标", "二级指标", "考评事项", "年度指标值", "年末兑现数", "配分", "偏差原因分析及改进措施"),
    ("产出指标", "数量指标", "养护里程", "≥300公里", "310公里", 60, ""),
    ("满意度指标", "服务对象满意度指标", "满意度", "≥90%", "92%", 40, ""),
]


def test_the_provinces_profile_and_outline(templates: Path) -> None:
    shipped, own = load_profile("mof-2020-10"), load_profile("某省-2024", templates)
    assert own.weights.execution == 20
    assert [point.month for point in own.checkpoints] == [6, 9, 12]
    assert (own.lights.red, own.lights.causes) == (50, shipped.lights.causes)
    settings = work_settings(Config(profile="某省-2024", templates=templates))
    assert settings.profile.outline == "某省大纲"
    outline = load_outline("某省大纲", templates)
    assert outline is not None
    assert outline.nodes[0].heading == "自评结论"


def test_the_look(templates: Path) -> None:
    found = tokens(templates)
    assert (found["size-table"], found["colour-chart-actual"]) == ("11pt", "#8b0000")
    assert found["size-body"] == tokens(None)["size-body"]


def test_the_provinces_form_is_read_and_reported(templates: Path) -> None:
    data = book({"表": PROVINCE})
    shipped = [item for form in read_one(("表.xlsx", data, None)).complete for item in form.indicators]
    assert all(item.actual is None or not item.actual.text for item in shipped)  # the column's word is not known
    content = read_one(("表.xlsx", data, templates))
    assert [item.name for item in content.complete[0].indicators] == ["养护里程", "满意度"]
    assert [item.actual.text for item in content.complete[0].indicators if item.actual] == ["310公里", "92%"]
    settings = work_settings(Config(profile="某省-2024", templates=templates))
    (made,) = run_one((("表.xlsx", data),), settings)
    names = [name for name, _ in made.files]
    assert "绩效自评报告.pdf" in names, codes(made.findings)


def test_a_word_that_is_no_column_is_refused(templates: Path) -> None:
    from jxreport.finding import JxError
    from jxreport.read.layouts import load_layouts

    put(templates, "layouts/headings.toml", '[indicators]\nactuel = ["年末兑现数"]\n')
    load_layouts.cache_clear()
    with pytest.raises(JxError) as problem:
        load_layouts(templates)
    assert (problem.value.finding.code, problem.value.finding.fact("place")) == ("JX140", "indicators.actuel")
    assert "是不是“actual”？" in problem.value.finding.fact("why")


def executed(text: str) -> SimpleNamespace:
    names: dict[str, Any] = {"__name__": __name__}
    exec(compile(text, "开发指南.md", "exec"), names)
    return SimpleNamespace(**names)


def test_the_new_rule_node() -> None:
    node = executed(example("开发指南.md", "node"))
    first = rules.parse("完成率100%得10分，未完成的按完成比例得分", Decimal(10)).body
    second = rules.parse("完成率≥90%得9分，否则不得分", Decimal(10)).body
    highest = node.Highest(first=first, second=second)
    needs = highest.needs()
    assert {need.key for need in needs} == {"value", "target"}
    for value, score in ((100, 10), (95, Decimal("9.5")), (50, 5)):
        run = Evaluation(answers={"value": Decimal(value), "target": Decimal(100)}, readings={})
        assert highest.evaluate(run) == score
    assert highest.sentence().endswith("取高")
    cells = SimpleNamespace(ref=lambda need: "H5", choice=lambda key: None)
    assert highest.excel(cells).startswith("MAX(IF(")


def test_the_new_check() -> None:
    check = executed(example("开发指南.md", "check")).check
    for length, expected in ((60, []), (61, ["JX299"])):
        row = IndicatorScore(indicator=indicator(name="长" * length), weight=None, status=Status.UNSCORED, score=None)
        assert [finding.code for finding in check(row, profile())] == expected
