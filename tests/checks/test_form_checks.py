"""Checks that look at a form or at a whole submission."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jxreport.checks import (
    codes as code_checks,
)
from jxreport.checks import (
    e05_sums,
    e06_weight,
    e13_fund_rows,
    e19_plan,
    e21_dimensions,
    e24_narrative_counts,
    e25_duplicates,
    money_unit,
)
from jxreport.finding import Finding, Severity, codes
from jxreport.messages import message
from jxreport.model.submission import Kind, TextBlock, WeightOrigin
from jxreport.model.values import Sourced
from tests.builders import (
    at,
    budget,
    checkpoints,
    form,
    fund,
    goal,
    indicator,
    num,
    profile,
    submission,
    words,
)


def told(findings: Any) -> list[tuple[str, str]]:
    found: tuple[Finding, ...] = tuple(findings)
    for one in found:
        assert message(one).text
    return codes(found)


def rows(*weights: object) -> list[Any]:
    return [indicator(weight=weight) for weight in weights]


class TestE05Sums:
    @pytest.mark.parametrize(
        ("weights", "execution", "ok"),
        [
            ([60, 40], None, True),
            ([50, 40], None, True),
            ([50, 40], 10, True),
            ([60, 40], 10, False),
            ([50, 41], None, False),
            (["22.5", "22.5", "45"], 10, True),
            ([51, 40], 9, True),
        ],
    )
    def test_the_total(self, weights: list[object], execution: object, ok: bool) -> None:
        money = budget(fund(adjusted=1), weight=None if execution is None else num(execution))
        found = tuple(e05_sums.check(form(*rows(*weights), budget=money), profile()))
        assert told(found) == ([] if ok else [("JX224", "表!G5")])
        assert all(f.is_error for f in found)

    def test_points_of_the_target_table_are_told_there(self) -> None:
        made = [replace(row, weight_origin=WeightOrigin.TARGETS) for row in rows(30, 30)]
        assert told(e05_sums.check(form(*made), profile())) == [("JX224", "表!A1")]

    def test_a_missing_weight_leaves_the_sum_open(self) -> None:
        assert told(e05_sums.check(form(*rows(60, None)), profile())) == []

    def test_points_taken_from_the_rows_own_scores_prove_nothing(self) -> None:
        made = form(*[replace(row, weight_origin=WeightOrigin.SCORE) for row in rows(50, 20)])
        assert told(e05_sums.check(made, profile())) == []

    def test_the_points_printed_in_the_level(self) -> None:
        made = form(
            indicator(weight=30, level1="产出指标（50分）"),
            indicator(weight=25, level1="产出指标（50分）"),
            indicator(weight=45, level1="效益指标（45分）"),
        )
        assert told(e05_sums.check(made, profile())) == [("JX225", "表!A5")]


def test_e06_missing_and_empty_weights() -> None:
    zero = replace(indicator(), weight=num(0, "G6"))
    assert told(e06_weight.check(form(indicator(), zero, indicator(weight=None)), profile())) == [
        ("JX226", "表!G6"),
        ("JX226", "表!A5"),
    ]


def test_e06_a_row_struck_out_has_no_points_to_miss() -> None:
    struck = replace(indicator(), weight=None, not_applicable=words("指标1：/", "D5"))
    assert told(e06_weight.check(form(indicator(), struck), profile())) == []
    zero = replace(struck, weight=num(0, "G6"))
    assert told(e06_weight.check(form(indicator(), zero), profile())) == [("JX226", "表!G6")]


def test_e06_a_part_of_another_row_has_no_points_of_its_own() -> None:
    part = replace(indicator(), weight=None, is_part=True)
    assert told(e06_weight.check(form(indicator(), part), profile())) == []


def test_e06_a_table_without_any_points_is_another_matter() -> None:
    assert told(e06_weight.check(form(*rows(None, None)), profile())) == []


def part(label: str, **amounts: object) -> Any:
    return fund(label, is_total=False, **amounts)


class TestE13FundRows:
    def check(self, *funds: Any) -> list[tuple[str, str]]:
        return told(e13_fund_rows.check(form(budget=budget(*funds)), profile()))

    def test_the_parts_add_up(self) -> None:
        assert (
            self.check(
                fund(initial=100, adjusted=120, executed=110),
                part("其中：当年财政拨款", initial=80, adjusted=100, executed=90),
                part("上年结转资金", initial=20, adjusted=20, executed=20),
            )
            == []
        )

    def test_every_column_is_checked(self) -> None:
        assert self.check(
            fund(initial=100, adjusted=120, executed=110),
            part("其中：当年财政拨款", initial=99, adjusted=120, executed=100),
        ) == [("JX330", "表!B3"), ("JX330", "表!D3")]

    def test_what_rounding_to_two_decimals_leaves(self) -> None:
        assert (
            self.check(fund(adjusted="100.01"), part("财政", adjusted="60"), part("其他", adjusted="40"))
            == []
        )

    def test_a_part_of_a_part_is_not_counted_twice(self) -> None:
        assert (
            self.check(
                fund(adjusted=100),
                part("财政资金", adjusted=90),
                part("其中：上级补助", adjusted=50),
                part("其他资金", adjusted=10),
            )
            == []
        )

    def test_a_blank_total_beside_filled_parts(self) -> None:
        total = replace(fund(), adjusted=Sourced(source=at("C3")))
        assert self.check(total, part("当年财政拨款", adjusted=90)) == [("JX330", "表!C3")]

    def test_a_text_in_place_of_the_total_is_the_readers_business(self) -> None:
        total = replace(fund(), adjusted=Sourced(text="达标", source=at("C3")))
        assert self.check(total, part("当年财政拨款", adjusted=90)) == []

    def test_e14_two_totals(self) -> None:
        assert self.check(
            fund(adjusted=100, executed=90), fund("资金方向合计", adjusted=101, executed=90)
        ) == [("JX331", "表!C3")]


class TestE19Plan:
    @pytest.mark.parametrize("plan", [[25, 50, 75, 100], [0, 10, 60, 100], [0, 0, 75, 100]])
    def test_the_founding_plans_are_sound(self, plan: list[int]) -> None:
        assert told(e19_plan.check(form(checkpoints=checkpoints(plan)), profile())) == []

    @pytest.mark.parametrize(
        ("plan", "expected"),
        [
            ([25, 20, 75, 100], [("JX601", "表!C9")]),
            ([25, 50, 75, 99], [("JX603", "表!E9")]),
            ([25, 50, 75, 101], [("JX602", "表!E9"), ("JX603", "表!E9")]),
            ([-5, 50, 75, 100], [("JX602", "表!B9"), ("JX601", "表!B9")]),
            (["0.25", "0.5", "0.75", 1], [("JX613", "表!B9")]),
            ([0, 0, 0, 1], [("JX613", "表!B9")]),
        ],
    )
    def test_plans_that_fall_or_do_not_end(self, plan: list[int], expected: list[tuple[str, str]]) -> None:
        found = tuple(e19_plan.check(form(checkpoints=checkpoints(plan)), profile()))
        assert told(found) == expected
        assert {f.severity for f in found} == {Severity.ERROR}

    def test_a_blank_plan_cell(self) -> None:
        made = list(checkpoints([25, 50, 75, 100]))
        made[1] = replace(made[1], plan=Sourced(source=at("C9")))
        assert told(e19_plan.check(form(checkpoints=tuple(made)), profile())) == [("JX604", "表!C9")]

    def test_no_plan_at_all_is_no_defect_of_a_plan(self) -> None:
        made = [replace(point, plan=Sourced(source=at("C9"))) for point in checkpoints([25, 50, 75, 100])]
        assert told(e19_plan.check(form(checkpoints=tuple(made)), profile())) == []


class TestE21Dimensions:
    def groups(self, *names: str, **more: Any) -> Any:
        return form(*[replace(indicator(level1=name), **more) for name in names])

    def test_all_there_under_either_name(self) -> None:
        for benefit in ("效益指标", "效果指标（30分）"):
            made = self.groups("产出指标", benefit, "满意度指标")
            assert told(e21_dimensions.check(made, profile())) == []

    def test_points_that_do_without_it_are_a_declared_change(self) -> None:
        for weight, code in ((50, "JX238"), (45, "JX238"), (40, "JX227")):
            made = self.groups("产出指标", "效益指标", weight=num(weight))
            assert told(e21_dimensions.check(made, profile())) == [(code, "表!A1")]

    def test_a_table_without_points_gives_none_to_a_dimension(self) -> None:
        made = self.groups("产出指标", "效益指标", weight=None)
        assert told(e21_dimensions.check(made, profile())) == []

    def test_proposed_points_are_not(self) -> None:
        made = self.groups("产出指标", "效益指标", weight_origin=WeightOrigin.PROFILE)
        found = tuple(e21_dimensions.check(made, profile()))
        assert told(found) == [("JX227", "表!A1")]
        assert found[0].fact("missing") == "满意度指标"
        assert found[0].waiting


OFFICE = (
    "办公用房管理工作活动主要设置了3项绩效目标：一是……",
    "对应绩效目标设置3项产出指标和3项效果指标，",
    "3项产出指标分别是办公用房管理规范性……",
)


class TestE24NarrativeCounts:
    def office(self) -> Any:
        levels = ["产出指标"] * 3 + ["效果指标", "满意度指标"]
        return form(
            *[indicator(level1=level) for level in levels],
            name="管委会办公用房租赁及运行项目经费",
            goals=(goal("目标1"), goal("目标2")),
        )

    def block(self, heading: str, *texts: str) -> TextBlock:
        return TextBlock(heading=heading, paragraphs=tuple(words(t, f"A{k}") for k, t in enumerate(texts, 1)))

    def test_promises_are_counted_in_the_table(self) -> None:
        text = self.block("管委会办公用房租赁及运行项目绩效目标表", *OFFICE)
        found = tuple(e24_narrative_counts.check(submission(self.office(), narrative=(text,)), profile()))
        assert told(found) == [("JX228", "表!A1"), ("JX228", "表!A2")]
        assert [(f.fact("word"), f.fact("promised"), f.fact("actual")) for f in found] == [
            ("绩效目标", "3", "2"),
            ("效果指标", "3", "1"),
        ]

    def test_a_list_mark_is_no_count(self) -> None:
        text = self.block("办公用房租赁及运行", "1）项产出指标是接待的次数。", "产出指标3项，分别是")
        made = replace(self.office(), narrative=(text,))
        assert told(e24_narrative_counts.check(submission(made), profile())) == []

    def test_text_about_nothing_known_is_left_alone(self) -> None:
        text = self.block("三、保障措施", *OFFICE)
        assert told(e24_narrative_counts.check(submission(self.office(), narrative=(text,)), profile())) == []

    def test_each_project_gets_its_own_text(self) -> None:
        other = form(indicator(), indicator(), indicator(), name="商务接待专项经费", goals=(goal(),))
        blocks = (
            self.block("办公用房租赁及运行项目绩效目标表", "设置了2项绩效目标"),
            self.block("2绩效指标", "设置3项产出指标和1项效果指标"),
            self.block("二、商务接待项目绩效目标表", "设置1项产出指标和2项效果指标"),
        )
        found = tuple(
            e24_narrative_counts.check(submission(self.office(), other, narrative=blocks), profile())
        )
        assert [(f.fact("form"), f.fact("word"), f.fact("promised"), f.fact("actual")) for f in found] == [
            ("商务接待专项经费", "产出指标", "1", "3"),
            ("商务接待专项经费", "效果指标", "2", "0"),
        ]


class TestE25Duplicates:
    def check(self, *named: Any) -> list[tuple[str, str]]:
        return told(e25_duplicates.check(form(*named), profile()))

    def quality(self, name: str, **more: Any) -> Any:
        return indicator("制度健全", name=name, level2="质量指标", **more)

    def test_the_same_name(self) -> None:
        assert self.check(indicator(name="履职效益"), indicator(name="履职效益", source=at("A9"))) == [
            ("JX229", "表!A9")
        ]

    def test_each_repetition_is_told_once(self) -> None:
        rows = [indicator(name="履职效益", source=at(f"A{row}")) for row in (7, 8, 9)]
        assert self.check(*rows) == [("JX229", "表!A8"), ("JX229", "表!A9")]

    def test_the_same_in_more_words(self) -> None:
        assert self.check(
            self.quality("商务接待支出制度健全性"), self.quality("商务接待制度健全性", source=at("A9"))
        ) == [("JX239", "表!A9")]

    def test_different_things_of_similar_name(self) -> None:
        assert (
            self.check(
                self.quality("商务接待支出制度健全性"),
                self.quality("商务接待支出管理规范性"),
                indicator(name="常年法律服务协议签订率"),
                indicator(name="常年法律服务协议有效率"),
                indicator(name="重点工作完成率"),
                indicator(name="重点工作按期完成率"),
            )
            == []
        )


class TestCodes:
    def test_a_code_off_the_pattern(self) -> None:
        hebei = profile("hebei-2020")
        assert told(code_checks.check(form(code="101-0103-YBN-B8HR"), hebei)) == []
        assert told(code_checks.check(form(code="101-103-YBN-B8HR"), hebei)) == [("JX240", "表!A1")]
        assert told(code_checks.check(form(code="101-103"), profile())) == []

    def test_level_two_codes_are_told_once(self) -> None:
        made = form(indicator(level2="12"), indicator(level2="3"), indicator(level2="3"))
        found = tuple(code_checks.check(made, profile("hebei-2020")))
        assert told(found) == [("JX241", "表!A5")]
        assert found[0].fact("codes").startswith("3（数量指标？）、12")

    def test_an_unknown_code(self) -> None:
        made = form(indicator(level2="77"))
        assert [code for code, _ in told(code_checks.check(made, profile("hebei-2020")))] == [
            "JX241",
            "JX242",
        ]


class TestMoneyUnit:
    def test_ten_thousand_times_the_neighbour(self) -> None:
        made = form(budget=budget(fund(initial=76, adjusted=76, executed=759600)))
        assert told(money_unit.check(made, profile())) == [("JX347", "表!D3")]

    def test_ordinary_amounts(self) -> None:
        made = form(
            budget=budget(fund(initial=76, adjusted=760, executed=76)),
            checkpoints=checkpoints([0, 0, 75, 100], [0, 1]),
        )
        assert told(money_unit.check(made, profile())) == []


def test_a_monitoring_form_has_no_points_to_add() -> None:
    made = form(*rows(60, 30), kind=Kind.MONITORING)
    for check in (e05_sums.check, e06_weight.check, e21_dimensions.check):
        assert told(check(made, profile())) == []
