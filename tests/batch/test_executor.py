"""Every task gets an answer, whatever becomes of the worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jxreport.batch.executor import Executor, Failure, Reason, in_order, verdict_on_exit
from jxreport.batch.isolate import Child, Isolated
from jxreport.batch.limits import OUT_OF_MEMORY, Limits
from jxreport.batch.pool import Pool, executor
from tests.conftest import ROOT


def work(task: str) -> str:
    """A task that does what its name says. Runs in a worker process: it must stay at module level."""
    match task:
        case "fail":
            raise RuntimeError("broken")
        case "hang":
            time.sleep(60)
        case "eat":
            return str(len(bytearray(2 * 1024**3)))
        case "no memory":
            raise MemoryError
        case "print":
            print("not an answer")  # noqa: T201
            os.write(2, b"a library's warning")
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
    return task.upper()


def unloadable() -> None:
    raise ImportError("a library is missing")


def reasons(answers: list[str | Failure]) -> list[object]:
    return [answer.reason if isinstance(answer, Failure) else answer for answer in answers]


def test_a_few_tasks_are_done_by_one_child_and_a_bad_one_costs_only_itself() -> None:
    tasks = ["a", "fail", "die", "eat", "hang", "no memory", "b"]
    with Isolated(Limits(seconds=2, megabytes=1024)) as alone:
        answers = list(alone.stream(work, tasks))
    assert [number for number, _ in answers] == list(range(7))
    said = in_order(answers)
    assert reasons(said) == [
        "A", Reason.ERROR, Reason.DIED, Reason.MEMORY, Reason.TIMEOUT, Reason.MEMORY, "B",
    ]  # fmt: skip
    assert isinstance(said[1], Failure)
    assert "RuntimeError: broken" in said[1].detail


def test_what_a_library_prints_stays_in_the_worker(capfd: pytest.CaptureFixture[str]) -> None:
    with Isolated() as alone, Pool(1) as pool:
        assert [*alone.stream(work, ["print"]), *pool.stream(work, ["print"])] == [(0, "PRINT")] * 2
    assert capfd.readouterr() == ("", "")


def test_a_child_that_cannot_load_answers_all_the_same() -> None:
    with Isolated(prepare=unloadable) as alone:
        assert reasons(in_order(alone.stream(work, ["a"]))) == ["A"]


def test_no_module_is_taken_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may put workbooks into a folder must not be able to put a program there."""
    (tmp_path / "pickle.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Isolated() as alone:
        assert reasons(in_order(alone.stream(work, ["a"]))) == ["A"]


def test_one_bad_task_costs_only_itself() -> None:
    tasks = ["hang", "die", "fail", "eat", "no memory", "a"]
    with Pool(2, Limits(seconds=4, megabytes=1024)) as pool:
        answers = list(pool.stream(work, tasks))
    assert reasons(in_order(answers)) == [
        Reason.TIMEOUT,
        Reason.DIED,
        Reason.ERROR,
        Reason.MEMORY,
        Reason.MEMORY,
        "A",
    ]
    assert answers[0][0] == 1, "answers come as they are there, not in the order of the tasks"


@pytest.mark.parametrize(("deaths", "said"), [(2, ["A", "B", "C"]), (99, [Reason.DIED] * 3)])
def test_a_worker_killed_while_it_starts_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deaths: int, said: list[object]
) -> None:
    """Out of memory or killed before its first task: another one starts, though not for ever."""
    monkeypatch.setenv("JXREPORT_TEST_DEATHS", f"{tmp_path} {deaths}")
    with Pool(1, Limits(seconds=30), dying) as pool:
        assert reasons(in_order(pool.stream(work, ["a", "b", "c"]))) == said


def dying() -> None:
    """Dies so many times, counted by files; runs in a worker that starts."""
    folder, deaths = os.environ["JXREPORT_TEST_DEATHS"].rsplit(" ", 1)
    before = len(list(Path(folder).iterdir()))
    if before < int(deaths):
        (Path(folder) / str(before)).touch()
        os.kill(os.getpid(), signal.SIGKILL)


def test_processor_time_is_limited_task_by_task() -> None:
    """What earlier tasks of the same worker took does not count; an endless one is ended by the system."""
    code = (
        "import time\nfrom jxreport.batch.limits import Limits, confine, limited\n"
        "def spin(seconds):\n    end = time.process_time() + seconds\n"
        "    while time.process_time() < end:\n        pass\n"
        "confine(Limits())\nfor seconds in (0.9, 0.9, 0.9):\n    limited(spin, Limits(seconds=1), seconds)\n"
        "print('three', flush=True)\nlimited(spin, Limits(seconds=1), 60)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False)
    assert ended.stdout == b"three\n"
    assert verdict_on_exit(ended.returncode).reason is Reason.TIMEOUT


def test_a_child_answers_for_every_task_until_its_death() -> None:
    child = Child(Limits(seconds=30, megabytes=1024))
    assert reasons([child.run(work, "print"), child.run(work, "fail")]) == ["PRINT", Reason.ERROR]
    assert reasons([child.run(work, "eat")]) == [Reason.MEMORY]
    assert not child.is_alive
    assert reasons([child.run(work, "a")]) == [Reason.MEMORY], "the dead do not answer, and do not hang"


def test_a_child_that_takes_too_long_is_ended() -> None:
    child = Child(Limits(seconds=1))
    assert reasons([child.run(work, "hang")]) == [Reason.TIMEOUT]
    assert not child.is_alive


@pytest.mark.parametrize(
    ("code", "reason"),
    [(OUT_OF_MEMORY, Reason.MEMORY), (-signal.SIGXCPU, Reason.TIMEOUT), (-9, Reason.DIED), (1, Reason.DIED)],
)
def test_what_an_exit_code_says(code: int, reason: Reason) -> None:
    assert verdict_on_exit(code).reason is reason


@pytest.mark.parametrize(
    ("jobs", "tasks", "kind"),
    [(0, 2, Isolated), (1, 100, Isolated), (2, 1, Isolated), (2, 2, Pool)],
)
def test_workers_are_started_where_they_pay(jobs: int, tasks: int, kind: type[Executor]) -> None:
    with executor(jobs, tasks) as chosen:
        assert isinstance(chosen, kind)


def test_an_interrupt_ends_the_run_quietly(tmp_path: Path) -> None:
    """Ctrl-C reaches the whole group of processes; only the parent answers, and no worker stays behind."""
    code = (
        "import sys\nfrom tests.batch.test_executor import work\nfrom jxreport.batch.pool import Pool\n"
        "if __name__ == '__main__':\n    print('started', flush=True)\n    try:\n"
        "        with Pool(2) as pool:\n            list(pool.stream(work, ['hang', 'hang']))\n"
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
