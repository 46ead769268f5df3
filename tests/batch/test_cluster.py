"""A real Dask scheduler and two worker processes on the loopback: the same bytes as here, even if one dies."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jxreport.batch import run
from jxreport.batch.executor import Failure, Reason, in_order
from jxreport.batch.identity import identity
from jxreport.batch.limits import Limits
from jxreport.batch.outcome import Silent
from jxreport.config import ConfigError
from jxreport.resources import find
from tests.batch.bureau import config, contents, settle
from tests.batch.test_executor import reasons, work
from tests.conftest import ROOT

pytest.importorskip("distributed", reason="需要 jxreport[cluster]")

from jxreport.batch import cluster
from jxreport.batch.cluster import Cluster

UNITS = tuple(f"{name}中心" for name in "甲乙丙丁")


class Machines:
    """The scheduler's address and the processes that make up the cluster."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self.processes: list[subprocess.Popen[bytes]] = []
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        said = self._start("scheduler", *options, until=r"Scheduler at:\s+(tcp://\S+)")
        self.address = said[1]

    def add_worker(self) -> subprocess.Popen[bytes]:
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        folder = ("--local-directory", str(self._logs / "scratch"))
        self._start("worker", self.address, *options, *folder, until="Registered to:")
        return self.processes[-1]

    def _start(self, program: str, *options: str, until: str) -> re.Match[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", program, *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "False",
            },
            start_new_session=True,
        )
        self.processes.append(process)
        assert process.stderr is not None
        for line in process.stderr:
            if found := re.search(until, line.decode()):
                threading.Thread(target=process.stderr.read, daemon=True).start()
                return found
        raise AssertionError(f"dask {program} did not start")

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    machines = Machines(tmp_path_factory.mktemp("dask"))
    try:
        machines.add_worker()
        yield machines
    finally:
        machines.close()


class Interruption(Silent):
    """Calls `action` when the first report is there."""

    def __init__(self, action: object) -> None:
        self._action, self._stage = action, ""

    def phase(self, name: str, total: int) -> None:
        self._stage = name

    def step(self, label: str) -> None:
        if self._stage == "生成报告" and callable(self._action):
            self._action()
            self._action = None


def test_one_bad_task_costs_only_itself(machines: Machines) -> None:
    tasks = ["a", "fail", "die", "eat", "hang", "b"]
    with Cluster(machines.address, Limits(seconds=4, megabytes=1024)) as pool:
        answers: list[str | Failure] = in_order(pool.stream(work, tasks))
    assert reasons(answers) == ["A", Reason.ERROR, Reason.DIED, Reason.MEMORY, Reason.TIMEOUT, "B"]


def test_the_cluster_makes_the_same_bytes_though_a_worker_dies(machines: Machines, tmp_path: Path) -> None:
    settle(tmp_path / "books", *UNITS)
    (tmp_path / "books" / "坏.xlsx").write_bytes(b"not a workbook")
    here = run([tmp_path / "books"], config(tmp_path, output=tmp_path / "here"))
    doomed = machines.add_worker()
    there = run(
        [tmp_path / "books"],
        config(tmp_path, output=tmp_path / "there", scheduler=machines.address),
        progress=Interruption(doomed.kill),
    )
    assert doomed.wait(10) == -9
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert len(contents(tmp_path / "there")) == 3 * len(UNITS) + len(
        ("退回修改_坏.xlsx", "汇总.xlsx", "汇总.pdf")
    )
    assert there.findings == here.findings


def test_the_users_own_templates_travel_with_the_task(machines: Machines, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "report" / "css").mkdir(parents=True)
    styles = find("report/css/text.css").read_text(encoding="utf-8")
    (own / "report" / "css" / "text.css").write_text(styles + "p { letter-spacing: 1pt }", encoding="utf-8")
    settle(tmp_path / "books", "甲中心")
    for name, options in (("here", {}), ("there", {"scheduler": machines.address})):
        run([tmp_path / "books"], config(tmp_path, output=tmp_path / name, templates=own, **options))
    plain = run([tmp_path / "books"], config(tmp_path, output=tmp_path / "plain"))
    assert contents(tmp_path / "there") == contents(tmp_path / "here") != contents(tmp_path / "plain")
    assert plain.exit_code == 0


def test_a_machine_with_another_program_is_refused(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(identity(), program="9.9.9", fonts="x")
    monkeypatch.setattr(Cluster, "_identity", staticmethod(lambda: other))
    with pytest.raises(ConfigError, match=r"tcp://\S+ 与本机不一致：jxreport 的版本、字体包不同"):
        Cluster(machines.address, Limits())


def test_a_machine_that_comes_later_is_refused_too() -> None:
    other = replace(identity(), templates="x")
    luggage = cluster.Luggage(identity=other, limits=Limits(), templates=None)
    assert cluster._carry_out(work, "a", luggage) == Failure(Reason.UNFIT, "自带的模板")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9"])
def test_no_cluster_there(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 1)
    with pytest.raises(ConfigError, match="连不上集群的调度器"):
        Cluster(address, Limits())


def test_a_cluster_without_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 1)
    empty = Machines(tmp_path)
    try:
        with pytest.raises(ConfigError, match="没有工作进程"):
            Cluster(empty.address, Limits())
    finally:
        empty.close()


def test_when_the_last_worker_goes_the_rest_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_LOOK_SECONDS", 0.2)
    monkeypatch.setattr(cluster, "_LONELY_LOOKS", 2)
    lonely = Machines(tmp_path)
    try:
        worker = lonely.add_worker()
        with Cluster(lonely.address, Limits(seconds=30)) as pool:
            answers = pool.stream(work, ["a", "hang", "b"])
            assert next(answers) == (0, "A")
            worker.kill()
            assert sorted(number for number, answer in answers if isinstance(answer, Failure)) == [1, 2]
    finally:
        lonely.close()
