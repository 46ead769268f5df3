"""Profiles: the shipped ones, extends, and what a wrong file is told."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from jxreport.finding import JxError
from jxreport.messages import message
from jxreport.model.profile import ExecutionRule, ReverseRule
from jxreport.profiles import adapted, load_profile, profile_names
from jxreport.report.outlines import OUTLINES
from tests.builders import TEMPLATES

SHIPPED = ("hebei-2020", "mof-2020-10", "mof-2021-101")


def test_the_shipped_profiles_are_found() -> None:
    assert set(SHIPPED) <= set(profile_names(TEMPLATES))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_profile_loads_and_says_where_its_numbers_come_from(name: str) -> None:
    profile = load_profile(name, TEMPLATES)
    assert profile.name == name
    for key in ("weights", "norm", "tiers", "execution", "grades", "lights", "checkpoints"):
        assert profile.source(key), key


def test_the_default_profile() -> None:
    profile = load_profile(template_root=TEMPLATES)
    assert profile.name == "mof-2020-10"
    assert dict(profile.weights.groups) == {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
    assert profile.weights.execution == 10
    assert profile.reverse is ReverseRule.LINEAR
    assert [(b.label, b.low) for b in profile.grades] == [("优", 90), ("良", 80), ("中", 60), ("差", 0)]
    assert [(p.label, p.month) for p in profile.checkpoints] == [
        ("3月底", 3),
        ("6月底", 6),
        ("10月底", 10),
        ("12月底", 12),
    ]
    assert profile.pass_mark is None


def test_the_banded_profile_changes_what_the_norm_changes_and_keeps_the_rest() -> None:
    profile = load_profile("mof-2021-101", TEMPLATES)
    assert dict(profile.weights.groups)["成本指标"] == 20
    assert dict(profile.weights.without_cost) == {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
    assert profile.execution is ExecutionRule.BANDED
    assert [(b.low, b.share) for b in profile.execution_bands] == [(100, 100), (80, 70), (60, 50), (0, 0)]
    assert profile.pass_mark == Decimal(60)
    assert profile.grades == load_profile("mof-2020-10", TEMPLATES).grades


def test_the_founding_profile() -> None:
    profile = load_profile("hebei-2020", TEMPLATES)
    assert dict(profile.weights.groups) == {"产出指标": 50, "效果指标": 30, "满意度指标": 10}
    assert profile.lights.causes == ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
    assert (profile.lights.red, profile.lights.yellow) == (60, 80)
    assert dict(profile.level2_codes)["12"] == "服务对象满意度指标"
    assert profile.overshoot == Decimal(120)


@pytest.mark.parametrize("name", profile_names())
def test_every_shipped_profile_names_a_shipped_outline(name: str) -> None:
    assert load_profile(name).outline in OUTLINES


def test_own_checkpoints_change_the_version_and_an_outline_does_not() -> None:
    shipped = load_profile("hebei-2020")
    assert adapted(shipped) == shipped
    assert adapted(shipped, checkpoints=("3月底", "6月底", "10月底", "12月底")) == shipped
    own = adapted(shipped, outline="transfer", checkpoints=("6月底", "12月底"))
    assert [(point.label, point.month) for point in own.checkpoints] == [("6月底", 6), ("12月底", 12)]
    assert (own.outline, own.version, own.source("checkpoints")) == ("transfer", "2020.1+本地时点", "本地设置")
    assert adapted(shipped, outline="transfer").version == shipped.version


def _write(folder: Path, name: str, text: str) -> None:
    (folder / "profiles").mkdir(exist_ok=True)
    (folder / "profiles" / f"{name}.toml").write_text(text, encoding="utf-8")


HEAD = 'name = "own"\nversion = "1"\ntitle = "本地口径"\nextends = "mof-2020-10"\n'


def test_a_profile_of_ones_own_extends_a_shipped_one(tmp_path: Path) -> None:
    _write(tmp_path, "own", HEAD + '[norm]\novershoot = 130\nreverse = "inverse"\n')
    profile = load_profile("own", tmp_path)
    assert (profile.overshoot, profile.reverse) == (130, ReverseRule.INVERSE)
    assert profile.overshoot_severity == "warning"
    assert "own" in profile_names(tmp_path)


def test_a_split_of_points_is_replaced_as_a_whole(tmp_path: Path) -> None:
    _write(
        tmp_path,
        "own",
        HEAD + '[weights]\nexecution = 20\n[weights.groups]\n"产出指标" = 40\n"效益指标" = 40\n',
    )
    assert dict(load_profile("own", tmp_path).weights.groups) == {"产出指标": 40, "效益指标": 40}


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ("[norm]\novershot = 130\n", "JX591", "overshoot"),
        ("[norm]\novershoot = 90\n", "JX592", "norm.overshoot"),
        ('[norm]\nreverse = "直线"\n', "JX592", "linear"),
        ("[norm]\novershoot = true\n", "JX592", "应为数字"),
        ('[weights.groups]\n"产出指标" = 60\n', "JX593", "不是 100"),
        ('[[grades]]\nlow = 90\nlabel = "优"\n', "JX593", "从0起"),
        ('[[grades]]\nlow = 0\nlabel = "差"\n[[grades]]\nlow = 0\nlabel = "中"\n', "JX593", "下限相同"),
        ('[execution]\nrule = "banded"\n', "JX593", "没有给出各档"),
        ("[lights]\nred = 90\n", "JX593", "红灯"),
        ('[[checkpoints]]\nlabel = "十三月"\nmonth = 13\n', "JX592", "month"),
        (
            '[[checkpoints]]\nlabel = "6月底"\nmonth = 6\n[[checkpoints]]\nlabel = "3月底"\nmonth = 3\n',
            "JX593",
            "递增",
        ),
        ('[severities]\nE12 = "fatal"\n', "JX592", "fatal"),
        ("这不是口径", "JX592", "整个文件"),
        (
            '[[tiers]]\nlabel = "达成"\naliases = []\nlow = 80\nhigh = 100\nhigh_included = true\n'
            '[[tiers]]\nlabel = "未达成"\naliases = []\nlow = 0\nhigh = 60\nhigh_included = false\n',
            "JX593",
            "不衔接",
        ),
    ],
)
def test_a_wrong_profile_is_told_what_is_wrong(tmp_path: Path, body: str, code: str, said: str) -> None:
    _write(tmp_path, "own", HEAD + body)
    with pytest.raises(JxError) as caught:
        load_profile("own", tmp_path)
    words = message(caught.value.finding)
    assert caught.value.finding.code == code
    assert said in words.text + words.fix


def test_a_missing_setting_is_named(tmp_path: Path) -> None:
    _write(tmp_path, "own", 'name = "own"\nversion = "1"\ntitle = "本地口径"\n')
    with pytest.raises(JxError) as caught:
        load_profile("own", tmp_path)
    assert (caught.value.finding.code, caught.value.finding.fact("key")) == ("JX592", "weights")


def test_profiles_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    _write(tmp_path, "own", HEAD.replace("mof-2020-10", "other"))
    _write(tmp_path, "other", HEAD.replace("mof-2020-10", "own"))
    with pytest.raises(JxError) as caught:
        load_profile("own", tmp_path)
    assert "own → other" in caught.value.finding.fact("why")


def test_an_unknown_name_gets_a_suggestion() -> None:
    with pytest.raises(JxError) as caught:
        load_profile("hebei2020", TEMPLATES)
    assert caught.value.finding.code == "JX590"
    assert "hebei-2020" in message(caught.value.finding).text
