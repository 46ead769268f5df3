"""The codec of the model: nothing is lost, nothing unknown is let in."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from jxreport.model import codec
from jxreport.model.codec import CodecError, decode, encode
from jxreport.model.profile import Profile
from jxreport.model.submission import Answer, FundRow, Kind, ReadingChoice, Submission
from jxreport.model.values import Op, Sourced, Target
from jxreport.profiles import load_profile, profile_names
from tests.render.submissions import Maker

D = Decimal


def through(value: Any, kind: Any) -> Any:
    """Encoded, written as text, read again, decoded."""
    return decode(json.loads(json.dumps(encode(value, kind))), kind)


@pytest.mark.parametrize("seed", range(8))
def test_a_submission_comes_back_the_same(seed: int) -> None:
    submission = Maker(seed).submission(load_profile("mof-2020-10"), projects=2, indicators=8)
    back = through(submission, Submission)
    assert back == submission
    assert repr(back) == repr(submission)  # Decimal("1.0") and Decimal("1.00") are equal, but not the same


@pytest.mark.parametrize("name", profile_names())
def test_a_profile_comes_back_the_same(name: str) -> None:
    profile = load_profile(name)
    assert repr(through(profile, Profile)) == repr(profile)


@pytest.mark.parametrize("value", [D("12.50"), D("-3"), D("1E+2"), "12.50", "", True, False, None])
def test_an_answer_keeps_what_it_is(value: Any) -> None:
    back = through(Answer(question="数量", value=value), Answer)
    assert type(back.value) is type(value)
    assert str(back.value) == str(value)


def test_what_holds_its_default_is_left_out() -> None:
    assert encode(Target(text="≥90%", op=Op.GE, value=D(90)), Target) == {
        "text": "≥90%",
        "op": "≥",
        "value": "90",
    }
    assert encode(Kind.PROJECT, Kind) == "project"


TARGET = {"text": "≥90%", "op": "≥", "value": "90"}
CHOICE = {"sentence": "句", "question": "问", "choice": "答"}


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (None, Target, "最外层应为对象"),
        ([TARGET], Target, "最外层应为对象"),
        ({**TARGET, "__class__": "x"}, Target, "不认识的项“__class__”"),
        ({**TARGET, "value": 90}, Target, "“value”处应为数"),
        ({**TARGET, "value": "九十"}, Target, "“value”处应为数"),
        ({**TARGET, "value": "NaN"}, Target, "“value”处应为数"),
        ({**TARGET, "value": "1e5"}, Target, "“value”处应为数"),
        ({**TARGET, "value": "１"}, Target, "“value”处应为数"),
        ({**TARGET, "op": "≈"}, Target, "“op”处应为规定的用语"),
        ({**TARGET, "op_inferred": 1}, Target, "“op_inferred”处应为是或否"),
        ({**TARGET, "text": None}, Target, "“text”处应为文字"),
        ({**TARGET, "text": "字" * (codec.MAX_TEXT + 1)}, Target, "“text”处应为文字"),
        ({"sentence": "句"}, ReadingChoice, "缺少“question”"),
        ({**CHOICE, "source": {"file": 1}}, ReadingChoice, "“source.file”处应为文字"),
        ({"unit": "某局", "year": True, "forms": []}, Submission, "“year”处应为整数"),
        ({"unit": "某局", "year": 10**12, "forms": []}, Submission, "“year”处应为整数"),
        ({"unit": "某局", "year": 2020, "forms": {}}, Submission, "“forms”处应为列表"),
        ({"unit": "某局", "year": 2020, "forms": [3]}, Submission, "“forms.0”处应为对象"),
        ({"question": "问", "value": {"decimal": "x"}}, Answer, "“value”处应为数"),
        ({"question": "问", "value": {"decimal": "1", "more": "2"}}, Answer, "“value”处应为文字"),
        ({"question": "问", "value": 1}, Answer, "“value”处应为文字"),
    ],
)  # fmt: skip
def test_what_the_model_does_not_say_is_refused(data: Any, kind: Any, said: str) -> None:
    with pytest.raises(CodecError, match=said.replace(".", r"\.")):
        decode(data, kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A type that holds itself, as outlines do."""

    inner: tuple[Chain, ...] = ()


def test_depth_and_number_of_values_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    deep: dict[str, Any] = {}
    for _ in range(codec.MAX_DEPTH):
        deep = {"inner": [deep]}
    with pytest.raises(CodecError, match="层次过深"):
        decode(deep, Chain)
    monkeypatch.setattr(codec, "MAX_VALUES", 10)
    with pytest.raises(CodecError, match="数据过多"):
        decode({"inner": [{}] * 10}, Chain)


def test_a_generic_value_is_of_its_argument() -> None:
    row = FundRow(label="合计", adjusted=Sourced(value=D("1.50"), text="1.5"))
    assert through(row, FundRow) == row
    with pytest.raises(CodecError, match=r"“adjusted\.value”处应为数"):
        decode({"label": "合计", "adjusted": {"value": "很多"}}, FundRow)


def test_a_type_outside_the_model_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        encode(replace(Target(), text=1.5), Target)  # type: ignore[arg-type]
