"""Runs of these tests do their work in the test's own process, unless marked ``isolated``."""

from __future__ import annotations

import pytest

from jxreport.batch import runner
from tests.batch.in_process import in_process


@pytest.fixture(autouse=True)
def _one_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("isolated") is None:
        monkeypatch.setattr(runner, "executor", in_process)
