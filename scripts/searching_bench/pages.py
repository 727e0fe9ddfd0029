"""The search page, whole: what one reader waits for, signed in as a clerk and as a delegate, who begins with the own constituency."""

import re
import statistics
import time
from collections.abc import Sequence
from urllib.parse import urlencode

from sqlalchemy import event

from petitions.app import create_app
from petitions.core.office import Office
from scripts.searching_bench.material import line
from scripts.searching_bench.questions import Question

ROLES = ("clerk", "delegate")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def pages(office: Office, questions: Sequence[Question], size: int) -> None:
    """Ask for each question's page twice and tell of the second time; `cpu` is the processor's time, which others on the machine do not lengthen much."""
    app = create_app(office)
    asked = [f"/search?{urlencode({'q': question.text} | ({'sort': 'newest'} if question.by_date else {}))}" for question in questions]
    statements: list[str] = []
    event.listen(office.engine, "before_cursor_execute", lambda _c, _u, statement, *_: statements.extend([statement] if statement != "BEGIN" else []))
    for role in ROLES:
        client = app.test_client()
        token = TOKEN.search(client.get("/sign-in").get_data(as_text=True))
        assert token is not None
        password = office.settings.demo_password
        client.post("/sign-in", data={"username": role, "password": password, "csrf_token": token.group(1)})
        waited, worked, many = list[float](), list[float](), list[int]()
        for address in (*asked, *asked):
            statements.clear()
            begun, busy = time.perf_counter(), time.process_time()
            answer = client.get(address)
            waited.append((time.perf_counter() - begun) * 1000)
            worked.append((time.process_time() - busy) * 1000)
            many.append(len(statements))
            if answer.status_code != 200:
                raise SystemExit(f"{address}: {answer.status_code}")
        half = len(asked)
        line(
            bench="search",
            case=f"page, {role}",
            engine="petitions",
            size=size,
            **_figures("", waited[half:]),
            **_figures("cpu_", worked[half:]),
            first_ms=round(waited[0]),
            statements=statistics.median(many[half:]),
            target_ms=150,
        )


def _figures(before: str, times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {f"{before}p50_ms": round(statistics.median(ordered), 1), f"{before}p95_ms": round(ordered[int(len(ordered) * 0.95)], 1)}
