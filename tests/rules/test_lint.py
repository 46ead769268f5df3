"""Defects of sentences: all those of the founding table are found, sound sentences have none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jxreport.rules import lint, parse


def found(sentence: str, weight: str) -> list[str]:
    return [issue.code for issue in lint(parse(sentence, Decimal(weight)))]


@pytest.mark.parametrize(
    ("sentence", "weight", "codes"),
    [
        ("申报比率90%以上7分；70%以上4分；60%以下不计分。", "7", ["JX403"]),
        ("预算控制率=0，计10分，0-10%（含），计8分，10-20%（含）计5分；20-30%（含）计3分；大于30%不得分。", "10", ["JX403"]),
        ("90%（含）以上计5分；80%（含）-90%，计4分；70%（含 ）-60%，计3分；低于60%不得分。", "5", ["JX403", "JX405"]),
        ("100%计满分，每低于10%扣1分，扣完为止", "8", ["JX414"]),
        ("支出及时无资金滞留，8分；支出不及时或资金滞留10%，6分；存在挪用资金现象，4分；"
         "支出不及时、资金滞留30%以上同时存在挪用专项资金现象不得分。", "8", ["JX403"]),
        ("非税收入管理符合8分，不符合规定扣除相应分值；资金管理合规6分，被审计、纪检、财政处罚扣4分", "8",
         ["JX401", "JX407"]),
        ("95%及以上10分，90%-94%8分，80%-89%6分，低于80%不得分", "10", ["JX413", "JX413"]),
        ("每发现一处扣2分", "10", ["JX416"]),
        ("落实不好的酌情扣分", "5", ["JX402"]),
    ],
)  # fmt: skip
def test_defects_are_found(sentence: str, weight: str, codes: list[str]) -> None:
    assert found(sentence, weight) == codes


@pytest.mark.parametrize(
    ("sentence", "weight"),
    [
        ("完全符合规定4分，基本符合规定3分，不符合规定0分；资金拨付手续完备4分，基本完备3分，审批和手续不完备0分", "8"),
        ("内部财务管理制度及会计核算管理制度健全10分；不健全6分；无不得分。", "10"),
        ("100%以下计满分，每超出1%扣1分，扣完为止", "10"),
        ("100%以下（含）且管理规范计满分，每超出1%扣1分，财务手续不规范，一次扣1分，扣完为止。", "10"),
        ("工作透明2分；重点工作办结率较好2分；部门预决算公开透明2分；被通报一次扣除2分，扣完为止。", "6"),
        ("90%（含）以上5分；80%（含）-90%（不含）4分；低于80%不得分", "5"),
        ("制度健全20分，基本健全15分，不健全不得分。", "20"),
    ],
)
def test_nothing_is_invented(sentence: str, weight: str) -> None:
    assert found(sentence, weight) == []


def test_an_issue_names_the_stretch_and_a_cure() -> None:
    issue = lint(parse("90%以上5分；70%以上3分；60%以下不得分", Decimal(5)))[0]
    assert "60%" in issue.text
    assert "70%" in issue.text
    assert "请" in issue.suggestion
