"""How fast does the dashboard answer on this machine, one person and ten? Prints a table, writes a page of docs.

python experiments/bench_dashboard.py            about three minutes
python experiments/bench_dashboard.py --quick    about one, printed only
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import numpy as np
from measuring import Measurement, machine, markdown
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys
from serving import Served, chromium, served
from visitor import Visitor

from orgsim.core.parameters import Text
from orgsim.ensembles import compare
from orgsim.ensembles.run import ready
from orgsim.report.findings import findings
from orgsim.report.levers import moved
from orgsim.scenarios import load

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks-dashboard.md"
PATIENCE = 180.0
POLL = 0.25
"""Seconds between two questions to the browser, which keeps its own time: each takes of the cores it shares."""
MOST, MANY = 64, 16
"""Replications to which the page of one person grows, and the pages of ten."""
EARLY = 8
"""A picture of so many replications or fewer is one of the first of a policy."""
PROBE = """
window.blank = window.grey = window.frames = 0; window.palest = 1; window.released = null;
const main = () => document.querySelector('[data-testid="stMain"]');
window.under = () => {
  const found = main() && [...main().querySelectorAll('[data-testid="stCaptionContainer"]')]
    .map(one => one.textContent.match(/（(\\d+)次模拟/)).find(one => one);
  return found ? Number(found[1]) : 0;
};
window.told = () => [...main().querySelectorAll('[data-testid="stCaptionContainer"]')].map(one => one.textContent);
window.bare = () => (document.querySelector('[data-testid="stMain"] h5') || {}).textContent;
window.release = () => {
  window.released = performance.now(); window.first = window.settled = null; window.before = window.bare();
};
document.addEventListener('keyup', window.release, true);
const look = () => {
  window.frames += 1;
  const heads = main() ? main().querySelectorAll('h5') : [];
  if (heads.length < 1 || main().querySelectorAll('canvas').length < WANTED) window.blank += 1;
  for (let one = heads[0]; one; one = one.parentElement)
    window.palest = Math.min(window.palest, Number(getComputedStyle(one).opacity));
  if (document.querySelectorAll('[data-testid="stSidebar"] input[type=range]:disabled').length) window.grey += 1;
  if (window.released !== null && window.first === null && NEW) window.first = performance.now() - window.released;
  if (window.first !== null && window.settled === null && window.under() === MOST)
    window.settled = performance.now() - window.released;
  requestAnimationFrame(look);
};
look();
"""
BARE = """import streamlit as st
st.markdown(f"##### {st.slider('x', 0, 100, 0)}")
"""
NOTES = f"""\
Chromium without a window runs on the same machine, and takes its share of the cores. A *move* is one step of a slider
by keyboard, each time of another one; time begins when the key is released. The *first picture* is the sentence, the
four figures and the charts of the new policy with its first {EARLY} replications or fewer; *settled* is with {MOST}.
Three moves of four interrupt the refining of the one before. A *bare rerun* is a page of one slider and one line, with
no simulation, served and watched in the same way. *Ten people* move a slider in the same moment, each to another place,
on a server that knows none of these policies; their pages grow to {MANY} replications, and what each reads at the end
is what `orgsim compare` says. Memory is what the server's process holds in the end.
"""


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description="Measure how fast the dashboard answers on this machine.")
    parser.add_argument("--quick", action="store_true", help="fewer moves and people, no page")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the page is written")
    chosen = parser.parse_args()
    facts = machine()
    print(*(f"{name}: {value}" for name, value in facts), sep="\n")
    ready(lambda what, done, everything: print(f"\r{what}: {done} of {everything}", end="", file=sys.stderr))
    measurements = []
    for measurement in everything(chosen.quick):
        measurements.append(measurement)
        what, middle, span, unit, target, met = measurement.row()
        verdict = {"yes": f"  target {target}: met", "no": f"  target {target}: NOT MET", "": ""}[met]
        print(f"{what:<66}{middle:>9} {unit:<8} ({span}){verdict}", flush=True)
    if not chosen.quick:
        page = markdown(measurements, facts, NOTES, "Benchmarks of the dashboard", "make bench-dashboard")
        chosen.page.write_text(page, encoding="utf-8")
        print(f"wrote {chosen.page}")
    missed = [m.what for m in measurements if m.met == "no"]
    print(f"targets missed: {'; '.join(missed) or 'none'}")
    return 0


def everything(quick: bool) -> Iterator[Measurement]:
    """All measurements, one by one as they are made."""
    moves = 6 if quick else 20
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium(Path(folder) / "profile") as browser,
        served(MOST) as server,
    ):
        yield from loads(browser, server)
        plain = bare(browser, Path(folder), moves)
        yield plain
        yield from one_person(browser, server, moves, plain.middle)
    with served(MANY) as server:
        yield from many_people(server, people=3 if quick else 10)


def loads(browser: Chrome, server: Served) -> Iterator[Measurement]:
    """From asking for the page to its picture."""
    with Visitor(server.port, {"from": "baseline"}) as other:  # until today's replications are known, as after a minute
        other.read(lambda: other.done, PATIENCE)
    yield Measurement("first load, nothing in the browser's store", "s", (load_page(browser, server),), at_most=3.0)
    yield Measurement("another load", "s", tuple(load_page(browser, server) for _ in range(3)))


def one_person(browser: Chrome, server: Served, moves: int, plain: float) -> Iterator[Measurement]:
    """Moves of sliders by keyboard; `plain` are the seconds of a bare rerun."""
    load_page(browser, server)
    probe(browser, wanted=2, new=f"window.under() > 0 && window.under() <= {EARLY}")
    first, settled = [], []
    for number in range(moves):
        step(browser, number)
        whole = number % 4 == 3
        wait(browser, "return window.settled" if whole else f"return window.first && window.under() > {EARLY}")
        first.append(browser.execute_script("return window.first") / 1000.0)
        if whole:
            settled.append(browser.execute_script("return window.settled") / 1000.0)
    yield Measurement("release to first picture", "s", tuple(first))
    yield Measurement("release to first picture, 95 of 100 moves", "s", (percentile(first, 95.0),), at_most=0.4)
    yield Measurement("first picture over bare rerun", "times", tuple(seconds / plain for seconds in first))
    yield Measurement(f"release to {MOST} replications", "s", tuple(settled), at_most=2.0)
    seen = browser.execute_script("return [window.frames, window.blank, window.grey, window.palest]")
    yield Measurement("frames seen meanwhile", "", (seen[0],), at_least=1.0)
    yield Measurement("of them without sentence or charts", "", (seen[1],), at_most=0.0)
    yield Measurement("of them with a slider that cannot be moved", "", (seen[2],), at_most=0.0)
    yield Measurement("least opacity of the sentence", "", (seen[3],), at_least=1.0)
    yield Measurement(f"memory of the server after {moves} policies", "GiB", (server.memory(),), at_most=1.0)


def load_page(browser: Chrome, server: Served) -> float:
    """Seconds from asking for the page to its sentence and charts."""
    browser.get("about:blank")
    start = time.perf_counter()
    browser.get(f"{server.address}?from=baseline")
    wait(
        browser,
        "const main = document.querySelector('[data-testid=\"stMain\"]');"
        "return main && main.querySelectorAll('canvas').length > 1 && main.querySelectorAll('h5').length > 0",
        poll=0.02,
    )
    seconds = time.perf_counter() - start
    wait(browser, "return document.querySelector('[data-testid=\"stApp\"]').dataset.testScriptState === 'notRunning'")
    return seconds


def probe(browser: Chrome, wanted: int, new: str) -> None:
    """Begin to watch every frame; `new` says when the page shows something new."""
    script = PROBE.replace("WANTED", str(wanted)).replace("NEW", new).replace("MOST", str(MOST))
    browser.execute_script(script)


def step(browser: Chrome, number: int) -> None:
    """Move the next slider in view by one step."""
    seen = wait(
        browser,
        "const found = [...document.querySelectorAll('input[type=range]')]"
        ".filter(one => Number(one.value) < Number(one.max) && !one.closest('details:not([open])'));"
        "return found.length ? found : null",
    )
    seen[number % min(len(seen), 6)].send_keys(Keys.ARROW_RIGHT)


def wait(browser: Chrome, script: str, poll: float = POLL) -> Any:
    """What a script gives once it is something; asked every so many seconds."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := browser.execute_script(script):
            return found
        time.sleep(poll)
    raise TimeoutError(script)


def bare(browser: Chrome, folder: Path, moves: int) -> Measurement:
    """A rerun of a page on which nothing is computed."""
    script = folder / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    options = ("--server.headless=true", "--server.port={port}")
    with served(MOST, (sys.executable, "-m", "streamlit", "run", str(script), *options)) as server:
        browser.get(server.address)
        wait(browser, "return document.querySelectorAll('h5').length")
        probe(browser, wanted=0, new="window.bare() !== window.before")
        found = []
        for number in range(moves):
            step(browser, number)
            found.append(wait(browser, "return window.first") / 1000.0)
    return Measurement("release to change, bare rerun", "s", tuple(found))


def many_people(server: Served, people: int) -> Iterator[Measurement]:
    """Everybody moves in the same moment; then all tabs are closed in the midst of work."""
    together = Barrier(people)
    amounts = [20_000.0 + 500.0 * number for number in range(people)]  # in units of 10,000 CNY, as the page shows it

    def person(amount: float) -> tuple[float, float, str]:
        with Visitor(server.port, {"from": "baseline"}) as one:
            one.read(lambda: one.done)
            together.wait()
            one.move("contracts.yearly_budget", amount)
            first = one.read(lambda: 0 < one.replications <= EARLY and not one.done)
            rest = one.read(lambda: one.done and one.replications == MANY)
            return first, first + rest, one.sentence

    with ThreadPoolExecutor(people) as pool:
        told = list(pool.map(person, amounts))
    first, settled, sentences = zip(*told, strict=True)
    yield Measurement(f"{people} people at once: first picture", "s", first, at_most=3.0)
    yield Measurement(f"{people} people at once: {MANY} replications", "s", settled)
    expected = [_sentence(10_000.0 * amount, MANY) for amount in amounts]
    wrong = sum(one != other for one, other in zip(sentences, expected, strict=True))
    yield Measurement("of them with another sentence than the command line's", "", (wrong,), at_most=0.0)
    yield Measurement("processor time in 2 s after closing all tabs", "core s", (closed(server, people),), at_most=0.2)
    yield Measurement(f"memory of the server after {people} people", "GiB", (server.memory(),), at_most=1.0)


def closed(server: Served, people: int) -> float:
    """Processor time that the server uses once everybody who waited for something has gone."""
    tabs = [Visitor(server.port, {"from": "baseline"}) for _ in range(people)]
    for number, tab in enumerate(tabs):
        tab.read(lambda tab=tab: tab.done)  # type: ignore[misc]
        tab.move("contracts.yearly_budget", 30_000.0 + 500.0 * number)
    for tab in tabs:
        tab.close()
    time.sleep(1.0)
    before = server.seconds()
    time.sleep(2.0)
    return server.seconds() - before


def _sentence(budget: float, replications: int) -> str:
    """What `orgsim compare` says of a policy first that the page says first."""
    policy = moved(load("baseline"), {"contracts.yearly_budget": budget}, "policy")
    policy = replace(policy, title=Text(en="My policy", zh="我的方案"))
    found = findings(compare("baseline", policy, replications=replications), "zh")
    return next(one.text for one in found if one.outcome == "survival_10y")


def percentile(values: Sequence[float], percent: float) -> float:
    return float(np.percentile(values, percent))


if __name__ == "__main__":
    sys.exit(main())
