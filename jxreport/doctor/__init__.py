"""``jxreport doctor``: is everything there that the program needs, and what to do where it is not.

Flow: ``examine`` asks, in the order a person would mend things, the machine (:mod:`machine`: Python, libraries,
Pango, terminal), the fonts (:mod:`typefaces`: which font each role is really set in), the places
(:mod:`places`: templates, own templates, output folder) and the settings (:mod:`settings`: every value with
its origin). Each answer is a :class:`Check`; nothing is changed on the machine.
"""

from __future__ import annotations

from pathlib import Path

from jxreport import resources
from jxreport.config import Config, ConfigError, load
from jxreport.doctor import machine, places, settings, typefaces
from jxreport.doctor.check import Check

EXIT_SOUND, EXIT_DRAWBACK, EXIT_UNFIT = 0, 1, 2

__all__ = ["Check", "examine", "exit_code"]


def examine(beside: Path | None = None, flags: dict[str, str | None] | None = None) -> list[Check]:
    """All checks, with the settings that a run over the workbooks in `beside` would have."""
    try:
        loaded = load(flags, beside=beside)
        config, told = loaded.config, settings.checks(loaded, beside)
    except ConfigError as problem:
        config, told = Config(), settings.unreadable(str(problem))
    resources.use_fonts(config.fonts)
    return [*machine.checks(), *typefaces.checks(config.templates), *places.checks(config), *told]


def exit_code(checks: list[Check]) -> int:
    """0 sound, 1 works with a drawback, 2 no good report can be made."""
    bad = [check for check in checks if not check.good]
    return EXIT_UNFIT if any(check.needed for check in bad) else EXIT_DRAWBACK if bad else EXIT_SOUND
