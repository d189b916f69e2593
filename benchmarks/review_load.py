"""Ten analysts at once in the review room: queue, filter, search, candidate page, decisions, each timed.

    python benchmarks/review_load.py http://127.0.0.1:8321 --decisions 20 --pause 1 --server 4711

over a database of benchmarks/review_store.py, on loopback. They begin when all have signed in. Each waits
`--pause` seconds before a request, by chance between half and one and a half times that: 1 is several times
faster than anybody reads, 0 has ten requests under way all the time. Prints median and 95th percentile
by kind of request in milliseconds, how many decisions were sent and answered, and the processor time of the
server (`--server`, its process or that of which its workers are children) for a request.
"""

import argparse
import html
import http.cookiejar
import os
import random
import re
import statistics
import threading
import time
import urllib.parse
import urllib.request
from collections import defaultdict
from pathlib import Path

from review_store import COUNTRIES, GROUPS, NAMES, PASSWORD, WORDS

ANALYSTS = 10
SIGN_IN_SECONDS = 60  # one who cannot sign in ends the others' waiting
VERDICTS = ("not_a_case", "accept_new", "not_a_case")


class Analyst(threading.Thread):
    """One person who looks, searches and decides."""

    def __init__(
        self, address: str, name: str, decisions: int, pause: float, all_in: threading.Barrier
    ) -> None:
        super().__init__()
        self._address, self._person, self._decisions, self._pause = address, name, decisions, pause
        self._all_in, self._dice = all_in, random.Random(name)  # noqa: S311 - waiting times
        jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.times: dict[str, list[float]] = defaultdict(list)
        self.decided = 0

    def run(self) -> None:
        """Sign in and work through the queue."""
        door = self._get("sign in", "/sign-in/")
        self._post("sign in", "/sign-in/", door, username=self._person, password=PASSWORD)
        self._all_in.wait(SIGN_IN_SECONDS)
        number = int(self._person.removeprefix("reader"))
        for turn in range(self._decisions):
            country = COUNTRIES[number % len(COUNTRIES)]
            self._get("queue", "/queue/")
            queue = self._get("filter", f"/queue/?country={country}&sort=uncertainty")
            self._get("filter by actor", f"/queue/?actor={GROUPS[turn % len(GROUPS)]}")
            word = urllib.parse.quote(WORDS[(number + turn) % len(WORDS)])
            name = NAMES[(number * 97 + turn * 13) % 1000]
            self._get("search candidates", f"/queue/?query={word}%20{name}")
            self._get("search passages", f"/passages/?query={name}")
            self._get("search a common word", f"/passages/?query={word}")
            self._get("passages", f"/passages/?language=fr&skip={turn * 25}")
            link = html.unescape(re.findall(r'class="title" href="([^"]+)"', queue)[turn % 5])
            page = self._get("candidate", link)
            target = html.unescape(re.findall(r'<form id="verdict" method="post" action="([^"]+)"', page)[0])
            self._post("decide", target, page, kind=VERDICTS[turn % len(VERDICTS)])
            self.decided += 1

    def _get(self, kind: str, path: str) -> str:
        return self._timed(kind, urllib.request.Request(self._address + path))  # noqa: S310 - loopback

    def _post(self, kind: str, path: str, page: str, /, **values: str) -> str:
        names = ("csrfmiddlewaretoken", "token", "seen", "shown")
        form = page[page.find('<form id="verdict"') :] if 'id="verdict"' in page else page
        for name in names:
            if found := re.search(rf'name="{name}" value="([^"]*)"', form):
                values[name] = html.unescape(found[1])
        data = urllib.parse.urlencode(values).encode()
        headers = {"Referer": self._address, "HX-Request": "true"}
        return self._timed(kind, urllib.request.Request(self._address + path, data, headers))  # noqa: S310

    def _timed(self, kind: str, request: urllib.request.Request) -> str:
        time.sleep(self._pause * self._dice.uniform(0.5, 1.5))
        began = time.perf_counter()
        with self._opener.open(request) as answer:
            text: str = answer.read().decode()
        self.times[kind].append(time.perf_counter() - began)
        return text


def main() -> None:
    """Let all work at once, then print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address")
    parser.add_argument("--decisions", type=int, default=20)
    parser.add_argument("--analysts", type=int, default=ANALYSTS)
    parser.add_argument("--pause", type=float, default=0.0)
    parser.add_argument("--server", type=int, help="the server's process, for its processor time")
    options = parser.parse_args()
    names = [f"reader{n}" for n in range(options.analysts)]
    before: list[float] = []
    all_in = threading.Barrier(len(names), action=lambda: before.append(_processor_seconds(options.server)))
    people = [Analyst(options.address, name, options.decisions, options.pause, all_in) for name in names]
    for person in people:
        person.start()
    for person in people:
        person.join()
    times: dict[str, list[float]] = defaultdict(list)
    for person in people:
        for kind, values in person.times.items():
            times[kind] += values
    spent = _processor_seconds(options.server) - before[0]
    print(f"{'request':20} {'n':>5} {'median ms':>10} {'95 % ms':>10}")
    for kind, values in times.items():
        high = statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
        print(f"{kind:20} {len(values):5} {statistics.median(values) * 1000:10.0f} {high * 1000:10.0f}")
    print(f"decided: {sum(p.decided for p in people)} of {options.analysts * options.decisions}")
    requests = sum(len(values) for kind, values in times.items() if kind != "sign in")
    print(f"processor: {1000 * spent / requests:.0f} ms a request")


def _processor_seconds(process: int | None) -> float:
    """What a process and its children have used of processors until now; 0 where none is named."""
    if process is None:
        return 0.0
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    stats = (Path(f"/proc/{one}/stat").read_text(encoding="ascii") for one in (process, *children))
    fields = [stat.rpartition(")")[2].split() for stat in stats]
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
