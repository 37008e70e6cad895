"""The work on this machine: inline, and in processes that end with us and are deaf to Ctrl-C."""

import gc
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path

import pytest

from pirights.batch import worker_side
from pirights.batch.executors import Workers, local
from pirights.errors import BadInput

ROOT = Path(__file__).parents[2]
STAYING = """
import os, time
from pirights.batch.executors import Workers, local
if __name__ == "__main__":
    with local(2) as workers:
        print(*{workers.submit(os.getpid).result() for _ in range(20)}, flush=True)
        time.sleep(60)
"""


def facts() -> tuple[int, bool, bool]:
    """The worker's process, whether it is deaf to Ctrl-C, and whether it keeps the law for good."""
    from pirights import law_data

    deaf = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    return os.getpid(), deaf, bool(law_data.laws.cache_info().currsize and gc.get_freeze_count())


def test_one_worker_is_this_process_and_works_at_once() -> None:
    done: list[int] = []
    with local(1) as workers:
        assert workers.count == 1
        future = workers.submit(done.append, 1)
        assert done == [1]
        assert future.done()
        assert workers.submit(os.getpid).result() == os.getpid()
        wrong = workers.submit(int, "x").exception()
    assert isinstance(wrong, ValueError)


def test_several_workers_are_other_processes_ready_and_deaf_to_ctrl_c() -> None:
    with local(2) as workers:
        assert workers.count == 2
        told = [one.result() for one in [workers.submit(facts) for _ in range(30)]]
    assert os.getpid() not in {process for process, _, _ in told}
    assert all(deaf and ready for _, deaf, ready in told)
    assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN


def test_work_that_was_not_begun_is_dropped_at_the_end() -> None:
    waiting: list[Future[None]] = []

    def stopped(workers: Workers) -> None:
        waiting.extend(workers.submit(time.sleep, 0.05) for _ in range(500))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), local(2) as workers:
        stopped(workers)
    assert sum(one.cancelled() for one in waiting) > 450


def test_a_worker_that_is_killed_is_named_with_what_to_do() -> None:
    def killed(workers: Workers) -> None:
        victim = workers.submit(os.getpid).result()
        waiting = workers.submit(time.sleep, 30)
        os.kill(victim, signal.SIGKILL)
        waiting.result()

    with pytest.raises(BadInput, match="was killed") as told, local(2) as workers:
        killed(workers)
    assert "--resume" in str(told.value.hint)


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT])
def test_no_worker_outlives_the_program(tmp_path: Path, blow: signal.Signals) -> None:
    script = tmp_path / "staying.py"
    script.write_text(STAYING)
    with subprocess.Popen(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as program:
        assert program.stdout
        workers = [int(word) for word in program.stdout.readline().split()]
        assert workers
        program.send_signal(blow)
        program.wait()
    end = time.monotonic() + 10
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_a_worker_prepares_is_what_a_letter_takes() -> None:
    worker_side.prepare()
    from pirights import law_data
    from pirights.render import fonts

    assert law_data.laws.cache_info().currsize
    assert fonts.register.cache_info().currsize
