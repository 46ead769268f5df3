"""Print the reports of the gallery into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from jxreport.batch.unit import Artefacts, Settings, UnitTask, make_unit
from jxreport.profiles import load_profile
from tests.gallery.units import AS_OF, PROFILES, UNITS


def made(name: str) -> Artefacts:
    """What a run makes of one unit of the gallery."""
    profile = load_profile(PROFILES.get(name, "hebei-2020"))
    settings = Settings(profile=profile, as_of=AS_OF.get(name, ""), date="2024年3月5日")
    return make_unit(UnitTask(submission=UNITS[name](), findings=(), settings=settings))


def main(folder: Path, names: list[str]) -> None:
    for name in names or list(UNITS):
        artefacts = made(name)
        (folder / name).mkdir(parents=True, exist_ok=True)
        for file, data in artefacts.files:
            (folder / name / file).write_bytes(data)
        sys.stdout.write(f"{name} {[found.code for found in artefacts.findings if found.is_error]}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
