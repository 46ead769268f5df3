"""Profiles (口径) from TOML: find the file, follow ``extends``, validate, freeze.

A profile file holds numbers with their sources (templates/profiles/*.toml). It may extend another one:
tables are merged key by key, lists and the point splits (weights.groups, …) are replaced as a whole.
Whatever is unknown, missing or out of range is a :class:`JxError` with a finding (JX59x) that names the
file and the key; nothing is defaulted silently.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from jxreport.finding import JxError, Source, error
from jxreport.model.profile import (
    Band,
    CheckpointDef,
    ExecutionRule,
    Lights,
    Likelihoods,
    Profile,
    ReverseRule,
    Tier,
    Weights,
)
from jxreport.number import HUNDRED, ZERO
from jxreport.profile_schema import REPLACED, SCHEMA, check_tree
from jxreport.suggestion import did_you_mean

DEFAULT_PROFILE = "mof-2020-10"
LOCAL_CHECKPOINTS = "+本地时点"
_FOLDER = "profiles"


def profile_names(template_root: Path | None = None) -> tuple[str, ...]:
    """Names of all profiles that can be loaded, sorted."""
    return tuple(sorted({path.stem for folder in _folders(template_root) for path in folder.glob("*.toml")}))


def load_profile(name: str = DEFAULT_PROFILE, template_root: Path | None = None) -> Profile:
    """Load and validate the profile called `name`; files under `template_root` come before the shipped ones."""
    tree = _merged(name, template_root, ())
    source = Source(file=f"{name}.toml")
    for problem in check_tree(tree, SCHEMA):
        raise JxError(error(problem.code, source, **problem.facts))
    profile = _freeze(tree)
    for key, why in _contradictions(profile):
        raise JxError(error("JX593", source, key=key, why=why))
    return profile


def adapted(profile: Profile, *, outline: str = "", checkpoints: tuple[str, ...] = ()) -> Profile:
    """The profile with another outline or other checkpoints (labels such as 6月底), where given.

    Other checkpoints change what is computed, so the version says so: a report never claims the shipped one.
    """
    if outline:
        profile = replace(profile, outline=outline)
    if not checkpoints:
        return profile
    own = tuple(CheckpointDef(label=label, month=int(label.removesuffix("月底"))) for label in checkpoints)
    if own == profile.checkpoints:
        return profile
    sources = {**dict(profile.sources), "checkpoints": "本地设置"}
    return replace(
        profile,
        checkpoints=own,
        version=f"{profile.version}{LOCAL_CHECKPOINTS}",
        sources=tuple(sources.items()),
    )


def _folders(template_root: Path | None) -> Iterator[Path]:
    """Folders with profile files, the user's own first."""
    if template_root is not None:
        yield Path(template_root) / _FOLDER
    from jxreport import resources

    yield Path(resources.template_root()) / _FOLDER


def _find(name: str, template_root: Path | None) -> Path:
    for folder in _folders(template_root):
        path = folder / f"{name}.toml"
        if path.is_file():
            return path
    known = profile_names(template_root)
    hint = did_you_mean(name, known)
    raise JxError(error("JX590", name=name, hint=hint, known="、".join(known)))


def _merged(name: str, template_root: Path | None, seen: tuple[str, ...]) -> dict[str, Any]:
    """The tree of `name` laid over those it extends. A circle of extends is refused."""
    source = Source(file=f"{name}.toml")
    if name in seen:
        raise JxError(error("JX593", source, key="extends", why="口径互相引用：" + " → ".join((*seen, name))))
    path = _find(name, template_root)
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise JxError(error("JX592", source, key="（整个文件）", why=str(problem))) from None
    parent = tree.pop("extends", None)
    if parent is None:
        return tree
    return _overlay(_merged(str(parent), template_root, (*seen, name)), tree, "")


def _overlay(base: dict[str, Any], top: Mapping[str, Any], path: str) -> dict[str, Any]:
    merged = dict(base)
    for key, value in top.items():
        below = base.get(key)
        where = f"{path}{key}"
        if isinstance(value, dict) and isinstance(below, dict) and where not in REPLACED:
            merged[key] = _overlay(below, value, f"{where}.")
        else:
            merged[key] = value
    return merged


def _freeze(tree: Mapping[str, Any]) -> Profile:
    """The validated tree as a Profile. Bands are sorted from high to low."""
    norm, execution = tree["norm"], tree["execution"]
    codes: Mapping[str, Any] = tree.get("codes", {})
    return Profile(
        name=tree["name"],
        version=tree["version"],
        title=tree["title"],
        weights=Weights(
            execution=Decimal(tree["weights"]["execution"]),
            groups=_points(tree["weights"]["groups"]),
            without_cost=_points(tree["weights"].get("without_cost", {})),
        ),
        tiers=tuple(sorted(map(_tier, tree["tiers"]), key=lambda tier: tier.low, reverse=True)),
        reverse=ReverseRule(norm["reverse"]),
        overshoot=Decimal(norm["overshoot"]),
        overshoot_severity=norm["overshoot_severity"],
        pass_mark=_optional(norm.get("pass_mark")),
        yes_no_full_or_zero=norm["yes_no_full_or_zero"],
        not_applicable=norm["not_applicable"],
        execution=ExecutionRule(execution["rule"]),
        execution_bands=_bands(execution.get("bands", [])),
        execution_from_printed_rate=execution["from_printed_rate"],
        zero_budget_full=execution["zero_budget_full"],
        over_execution_allowed=execution["over_allowed"],
        execution_explain_below=_optional(execution.get("explain_below")),
        grades=_bands(tree["grades"]),
        satisfaction_bands=_bands(tree.get("satisfaction", [])),
        lights=_lights(tree["lights"]),
        likelihoods=Likelihoods(
            words=tuple(tree["likelihoods"]["words"]),
            cause_required=tuple(tree["likelihoods"]["cause_required"]),
        ),
        checkpoints=tuple(
            CheckpointDef(label=row["label"], month=row["month"]) for row in tree["checkpoints"]
        ),
        outline=tree["report"]["outline"],
        labels=_texts(tree.get("labels", {})),
        readings=_texts(tree.get("readings", {})),
        code_pattern=codes.get("project", ""),
        level2_codes=_texts(codes.get("level2", {})),
        severities=_texts(tree.get("severities", {})),
        sources=_texts(tree["sources"]),
    )


def _optional(number: int | Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _points(table: Mapping[str, int | Decimal]) -> tuple[tuple[str, Decimal], ...]:
    return tuple((key, Decimal(value)) for key, value in table.items())


def _texts(table: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(table.items())


def _bands(rows: list[Mapping[str, Any]]) -> tuple[Band, ...]:
    bands = (
        Band(low=Decimal(row["low"]), label=row["label"], share=_optional(row.get("share"))) for row in rows
    )
    return tuple(sorted(bands, key=lambda band: band.low, reverse=True))


def _tier(row: Mapping[str, Any]) -> Tier:
    return Tier(
        label=row["label"],
        aliases=tuple(row["aliases"]),
        low=Decimal(row["low"]),
        high=Decimal(row["high"]),
        high_included=row["high_included"],
    )


def _lights(table: Mapping[str, Any]) -> Lights:
    return Lights(
        red=Decimal(table["red"]),
        yellow=Decimal(table["yellow"]),
        cause_required=tuple(table["cause_required"]),
        causes=tuple(table["causes"]),
    )


def _contradictions(profile: Profile) -> Iterator[tuple[str, str]]:
    """Settings that are well typed one by one but do not fit together, as (key, why)."""
    for key, bands in (
        ("grades", profile.grades),
        ("execution.bands", profile.execution_bands),
        ("satisfaction", profile.satisfaction_bands),
    ):
        yield from ((key, why) for why in _band_gaps(bands))
    if profile.execution is ExecutionRule.BANDED and not profile.execution_bands:
        yield "execution.bands", "按分档计分却没有给出各档"
    for split in (profile.weights.groups, profile.weights.without_cost):
        points = sum((value for _, value in split), profile.weights.execution)
        if split and points != HUNDRED:
            yield "weights", f"各项分值与执行率分值合计 {points}，不是 100"
    if not ZERO <= profile.lights.red <= profile.lights.yellow:
        yield "lights", "红灯界限应不高于黄灯界限"
    chances = profile.likelihoods
    if not chances.words or set(chances.cause_required) - set(chances.words):
        yield "likelihoods", "须给出可选的用语，须说明原因的应在其中"
    yield from (("tiers", why) for why in _tier_gaps(profile.tiers))
    months = [point.month for point in profile.checkpoints]
    if not months or months != sorted(set(months)) or months[-1] > 12 or months[0] < 1:
        yield "checkpoints", "时点须按月份递增，月份为1至12"


def _band_gaps(bands: tuple[Band, ...]) -> Iterator[str]:
    """Half-open bands cover everything when they start at 0 and no two share a bound."""
    lows = [band.low for band in bands]
    if lows and lows[-1] != ZERO:
        yield "最低一档须从0起，否则有的数值无档可归"
    if len(set(lows)) != len(lows):
        yield "两档的下限相同"


def _tier_gaps(tiers: tuple[Tier, ...]) -> Iterator[str]:
    """Tiers in falling order must touch: the upper bound of one is the lower bound of the one above."""
    if not tiers or tiers[0].high != HUNDRED or tiers[-1].low != ZERO:
        yield "各档须从100覆盖到0"
    for above, below in itertools.pairwise(tiers):
        if above.low != below.high or below.high_included:
            yield f"“{above.label}”与“{below.label}”之间不衔接或有重叠"


__all__ = ["DEFAULT_PROFILE", "LOCAL_CHECKPOINTS", "adapted", "load_profile", "profile_names"]
