"""What many tests share: the sample's run, and the ear on WeasyPrint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from jxreport.batch import Summary, run, runner
from jxreport.config import load
from jxreport.render.listening import listening
from tests.batch.in_process import in_process

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "sample_workbooks"


@dataclass(frozen=True)
class SampleRun:
    """One run over the sample: where it wrote, and what it said."""

    output: Path
    summary: Summary
    weasyprint: tuple[str, ...]  # what WeasyPrint logged at WARNING or above

    @property
    def folder(self) -> Path:
        """The folder of the sample's one unit and year."""
        return self.summary.written[0].parent


@pytest.fixture
def weasyprint_log() -> Iterator[list[str]]:
    """What WeasyPrint warns of during the test; a clean page leaves it empty."""
    with listening() as heard:
        yield heard


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> SampleRun:
    """`jxreport report sample_workbooks`, made once for all tests of this process."""
    output = tmp_path_factory.mktemp("sample") / "output"
    config = load({"output": str(output)}, beside=SAMPLE, environment={}).config
    with listening() as heard, pytest.MonkeyPatch.context() as patch:  # WeasyPrint must be heard, so it works in this process
        patch.setattr(runner, "executor", in_process)
        summary = run([SAMPLE], config)
    return SampleRun(output=output, summary=summary, weasyprint=tuple(heard))
