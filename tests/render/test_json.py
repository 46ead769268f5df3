"""The result object: its exact shape, decimal strings, nulls."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from jxreport.finding import Source, error, warning
from jxreport.model.result import Evaluation, Execution, Forecast, SchedulePoint, UnitResult
from jxreport.model.submission import Kind
from jxreport.render.json import SCHEMA, dumps, result_object
from tests.report import factory

D = Decimal

TEXT, NULL = str, type(None)
FINDING = {
    "code": TEXT, "severity": TEXT, "file": (TEXT, NULL), "sheet": (TEXT, NULL), "cell": (TEXT, NULL),
    "text": TEXT, "fix": TEXT,
}  # fmt: skip
NUMBER = (TEXT, NULL)
SHAPE: dict[str, Any] = {
    "schema": TEXT, "version": TEXT, "profile": {"name": NUMBER, "version": NUMBER}, "as_of": NUMBER,
    "units": [{
        "unit": NUMBER, "year": NUMBER, "sources": [{"file": TEXT, "sha256": NUMBER}], "findings": [FINDING],
        "evaluations": [{
            "kind": TEXT, "form": TEXT, "code": NUMBER, "name": NUMBER, "sheet": NUMBER,
            "budget": {"initial": NUMBER, "adjusted": NUMBER, "executed": NUMBER, "rate": NUMBER,
                       "weight": NUMBER, "score": NUMBER, "stated_score": NUMBER},
            "schedule": [{"checkpoint": TEXT, "plan": NUMBER, "actual": NUMBER, "deviation": NUMBER,
                          "pace": NUMBER, "light": NUMBER}],
            "forecast": (dict, NULL),
            "indicators": [{
                "level1": NUMBER, "level2": NUMBER, "name": NUMBER, "description": NUMBER,
                "sheet": NUMBER, "cell": NUMBER,
                "target": {"text": NUMBER, "op": NUMBER, "value": NUMBER, "unit": NUMBER},
                "actual": {"text": NUMBER, "value": NUMBER, "unit": NUMBER},
                "weight": NUMBER, "rule": {"text": NUMBER, "reading": NUMBER, "kind": NUMBER},
                "status": TEXT, "score": NUMBER, "stated_score": NUMBER, "trace": [TEXT],
                "reason": NUMBER, "outlook": (dict, NULL), "findings": [TEXT],
            }],
            "total": NUMBER, "full": NUMBER, "grade": NUMBER, "not_scored": NUMBER,
        }],
    }],
}  # fmt: skip


def check(value: object, shape: object, path: str = "$") -> None:
    """Exactly the keys of the shape, in their order, with the types it names."""
    if isinstance(shape, dict):
        assert isinstance(value, dict), path
        assert list(value) == list(shape), path
        for key, inner in shape.items():
            check(value[key], inner, f"{path}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list), path
        for number, item in enumerate(value):
            check(item, shape[0], f"{path}[{number}]")
    else:
        assert isinstance(value, shape), f"{path}: {value!r}"  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def results() -> tuple[UnitResult, ...]:
    return (factory.result(), factory.monitoring())


def test_the_shape_is_exact_for_finished_and_running_years(results: tuple[UnitResult, ...]) -> None:
    check(result_object(results), SHAPE)


def test_a_bare_evaluation_has_every_key_with_null(results: tuple[UnitResult, ...]) -> None:
    form = replace(results[0].submission.forms[0], kind=Kind.MONITORING, code="", name="", sheet="")
    bare = replace(results[0], evaluations=(Evaluation(form=form, indicators=()),), findings=())
    made = result_object([bare])["units"][0]["evaluations"][0]
    check(result_object([bare]), SHAPE)
    assert made["kind"] == "monitoring"
    assert set(made["budget"].values()) == {None}
    assert (made["name"], made["forecast"], made["total"], made["grade"]) == (None, None, None, None)


def test_computed_numbers_have_two_decimals_and_entered_ones_are_plain(results: tuple[UnitResult, ...]) -> None:
    project = factory.project()
    money = Execution(adjusted=D("76"), executed=D("75.96"), rate=D("75.96") / 76 * 100, weight=D("10.00"), score=D("9.99"))
    point = project.schedule[2]
    third = SchedulePoint(
        checkpoint=point.checkpoint, plan=D("75.00"), paid=point.paid, actual=D(100) / 3, deviation=D(100) / 3 - 75,
        pace=D(400) / 9, time_pace=D(0), light="红",
    )  # fmt: skip
    made = replace(project, execution=money, schedule=(third,), total=D("97.1"), full=D("1E+2"))
    found = result_object([replace(results[0], evaluations=(made,))])["units"][0]["evaluations"][0]
    assert found["budget"]["rate"] == "99.95"
    assert (found["budget"]["weight"], found["budget"]["score"]) == ("10", "9.99")
    assert found["schedule"][0] == {
        "checkpoint": "10月底", "plan": "75", "actual": "33.33", "deviation": "-41.67", "pace": "44.44", "light": "红"
    }  # fmt: skip
    assert (found["total"], found["full"]) == ("97.10", "100")


def test_no_json_number_occurs_anywhere(results: tuple[UnitResult, ...]) -> None:
    def numbers(value: object) -> list[object]:
        if isinstance(value, dict):
            return [n for inner in value.values() for n in numbers(inner)]
        if isinstance(value, list):
            return [n for inner in value for n in numbers(inner)]
        return [value] if isinstance(value, (int, float)) else []

    assert numbers(result_object(results)) == []
    assert result_object(results)["units"][0]["year"] == "2020"


def test_findings_carry_their_wording_and_place(results: tuple[UnitResult, ...]) -> None:
    found = warning("JX702", Source("目标.xlsx", "指标表", "F12"), char="𬭎", point="U+2CB4E")
    made = result_object([replace(results[0], findings=(found,))])["units"][0]["findings"]
    assert [(f["code"], f["severity"], f["file"], f["sheet"], f["cell"]) for f in made] == [
        ("JX702", "warning", "目标.xlsx", "指标表", "F12")
    ]
    assert "𬭎" in made[0]["text"]
    assert made[0]["fix"]


def test_a_file_that_was_not_read_is_a_unit_without_a_name(results: tuple[UnitResult, ...]) -> None:
    lost = error("JX701", Source(file="坏.xlsx"), detail="甲")
    made = result_object(results[:1], unread=(lost,))
    check(made, SHAPE)
    assert [unit["unit"] for unit in made["units"]] == [factory.UNIT, None]
    assert made["units"][1]["sources"] == [{"file": "坏.xlsx", "sha256": None}]
    assert [f["code"] for f in made["units"][1]["findings"]] == ["JX701"]


def test_without_results_profile_and_checkpoint_come_from_the_caller() -> None:
    empty = result_object((), profile=factory.profile(), as_of="6月底")
    assert (empty["schema"], empty["profile"]["name"], empty["as_of"], empty["units"]) == (SCHEMA, "hebei-2020", "6月底", [])
    assert result_object(())["profile"] == {"name": None, "version": None}


def test_forecast_is_an_object_of_decimal_strings(results: tuple[UnitResult, ...]) -> None:
    guess = Forecast(at="6月底", rate=D("88"), low=D("80.005"), high=D(96), monthly_needed=None, method="按计划曲线推算")
    made = replace(results[0], evaluations=(replace(factory.project(), forecast=guess),))
    assert result_object([made])["units"][0]["evaluations"][0]["forecast"] == {
        "at": "6月底", "rate": "88.00", "low": "80.01", "high": "96.00", "monthly_needed": None, "method": "按计划曲线推算"
    }  # fmt: skip


def test_text_is_readable_and_stable(results: tuple[UnitResult, ...]) -> None:
    text = dumps(result_object(results))
    assert factory.UNIT in text
    assert text.endswith("}\n")
    assert text == dumps(result_object(results))
    assert json.loads(text) == result_object(results)
