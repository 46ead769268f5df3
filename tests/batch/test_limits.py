"""A worker loads once, and gives back what a task has freed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from jxreport.batch import limits
from jxreport.batch.limits import Limits, limited, loaded


@pytest.fixture(autouse=True)
def unlimited(monkeypatch):
    """The tests' own process keeps its processor time."""
    monkeypatch.setattr(limits, "_allow_processor_time", lambda seconds: None)


def test_freed_memory_goes_back_after_each_task(monkeypatch):
    given = []
    monkeypatch.setattr(limits, "_trim", lambda: given.append)
    assert limited(len, Limits(), "三个字") == 3
    assert given == [0]
    with pytest.raises(TypeError):
        limited(len, Limits(), 3)
    assert given == [0, 0]


def test_a_system_without_trimming_does_without(monkeypatch):
    monkeypatch.setattr(limits, "_trim", lambda: None)
    assert limited(len, Limits(), "三个字") == 3


@pytest.mark.parametrize("broken", ["False", "True"])
def test_what_is_loaded_is_not_collected_again(broken):
    """In a process of its own: frozen objects stay frozen. What cannot be loaded is the task's to report."""
    code = f"""
import gc
from jxreport.batch.limits import loaded
def prepare():
    if {broken}: raise OSError("no library")
loaded(prepare)
print(gc.get_freeze_count() > 1000, gc.isenabled())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]


def test_nothing_to_load(monkeypatch):
    seen = []
    monkeypatch.setattr(limits.gc, "freeze", lambda: seen.append("frozen"))
    loaded(None)
    assert seen == ["frozen"]
