"""Every task gets an answer, whatever becomes of the worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jxreport.batch.executor import Executor, Failure, Pool, Reason, Serial, executor
from tests.conftest import ROOT


def work(task: str) -> str:
    """A task that does what its name says. Runs in a worker process: it must stay at module level."""
    match task:
        case "fail":
            raise RuntimeError("broken")
        case "hang":
            time.sleep(60)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
    return task.upper()


def reasons(answers: list[str | Failure]) -> list[object]:
    return [answer.reason if isinstance(answer, Failure) else answer for answer in answers]


def test_serial_answers_in_order_and_survives_an_error() -> None:
    done: list[int] = []
    answers = Serial().map(work, ["a", "fail", "b"], done.append)
    assert reasons(answers) == ["A", Reason.ERROR, "B"]
    assert isinstance(answers[1], Failure)
    assert "RuntimeError: broken" in answers[1].detail
    assert done == [0, 1, 2]


def test_one_bad_task_costs_only_itself() -> None:
    done: list[int] = []
    with Pool(2, seconds=3) as pool:
        answers = pool.map(work, ["a", "die", "fail", "hang", "b"], done.append)
    assert reasons(answers) == ["A", Reason.DIED, Reason.ERROR, Reason.TIMEOUT, "B"]
    assert done == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("jobs", "tasks", "kind"),
    [(0, 2, Serial), (1, 100, Serial), (2, 1, Serial), (2, 2, Pool)],
)
def test_workers_are_started_where_they_pay(jobs: int, tasks: int, kind: type[Executor]) -> None:
    with executor(jobs, tasks) as chosen:
        assert isinstance(chosen, kind)


def test_an_interrupt_ends_the_run_quietly(tmp_path: Path) -> None:
    """Ctrl-C reaches the whole group of processes; only the parent answers, and no worker stays behind."""
    code = (
        "import sys\nfrom tests.batch.test_executor import work\nfrom jxreport.batch.executor import Pool\n"
        "if __name__ == '__main__':\n    print('started', flush=True)\n    try:\n"
        "        with Pool(2) as pool:\n            pool.map(work, ['hang', 'hang'], print)\n"
        "    except KeyboardInterrupt:\n        sys.exit(130)\n"
    )
    script = tmp_path / "script.py"
    script.write_text(code, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(script)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"started\n"
        time.sleep(0.5)
        os.killpg(parent.pid, signal.SIGINT)
        _, said = parent.communicate(timeout=20)
    assert (parent.returncode, said) == (130, b"")
    for _ in range(100):
        if not alive(parent.pid):
            return
        time.sleep(0.1)
    pytest.fail("a worker stayed behind")


def alive(group: int) -> bool:
    """Is any process of the group left?"""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
