"""A worker that is killed (SIGKILL, in a process of its own) between any two steps: nothing is lost, nothing goes twice."""

import signal
import subprocess
import sys

import pytest

from petitions.notifications.models import SENT, UNDECIDED
from tests.house.source import ROOT
from tests.notifications.conftest import Post
from tests.notifications.dying_worker import STEPS

# Step → whether the mail is undecided afterwards; how many arrived.
EXPECTED = {"after take": (UNDECIDED, 0), "in send": (UNDECIDED, 0), "after send": (UNDECIDED, 1), "in note": (UNDECIDED, 1)}
CASES = [*(("sqlite", step) for step in STEPS), ("postgresql", "in note")]


@pytest.mark.parametrize(("office", "step"), CASES, indirect=["office"])
def test_a_killed_worker_loses_nothing_and_doubles_nothing(post: Post, step: str) -> None:
    for name in ("an", "binh"):
        post.person(name)
    post.tell("an", "binh")
    url = str(post.office.engine.url.render_as_string(hide_password=False))
    command = [sys.executable, "-m", "tests.notifications.dying_worker", url, str(post.port), post.moment.isoformat(), step]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    for _ in range(3):  # the next worker sees at once that a process of this machine is gone
        post.work()
        post.later(hours=1)
    state, arrived = EXPECTED.get(step, (SENT, 1))
    first, second = post.mails()
    assert (first.state, second.state) == (state, SENT)
    assert post.box.ids.count(first.message_id) == arrived
    assert post.box.ids.count(second.message_id) == 1
    assert len(post.box.got) == arrived + 1
