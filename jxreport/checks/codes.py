"""Project codes that miss the profile's pattern; level-2 cells that hold a code instead of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jxreport.finding import Finding, warning
from jxreport.model.profile import Profile
from jxreport.model.submission import Form


def check(form: Form, profile: Profile) -> Iterator[Finding]:
    if form.code and profile.code_pattern and not re.fullmatch(profile.code_pattern, form.code):
        yield warning("JX240", form.source, form=form.name, project=form.code)
    coded = [ind for ind in form.indicators if ind.level2.strip().isdigit()]
    if not coded:
        return
    names = dict(profile.level2_codes)
    used = sorted({ind.level2.strip() for ind in coded}, key=int)
    unknown = [code for code in used if code not in names]
    meanings = "、".join(f"{code}（{names[code]}？）" if code in names else code for code in used)
    facts: dict[str, Any] = {"form": form.name, "codes": meanings}
    yield warning("JX241", coded[0].source, **facts)
    if names and unknown:
        yield warning("JX242", coded[0].source, form=form.name, codes="、".join(unknown))
