"""`python -m tests.batch.quick_report report …`: the command line with reports that cost next to nothing to print."""

from __future__ import annotations

import time

from jxreport.batch import runner, steps
from jxreport.batch.unit import Artefacts, UnitTask, load_reader
from tests.batch import quick_report
from tests.batch.bureau import make_quickly


def make(task: UnitTask) -> Artefacts:
    """A report after a moment, so that a run has a length."""
    time.sleep(0.05)
    return make_quickly(task)


if __name__ == "__main__":
    from jxreport.cli import main

    steps.make_unit = quick_report.make  # under the name by which workers can import it
    steps.LEAST_UNITS = 1000  # no overview, which takes longer than all the reports here
    runner.load_printer = load_reader
    main()
