"""The policy behind the sliders: units, files, addresses, words; no page is drawn."""

from __future__ import annotations

import re
import string
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dashboard import policy as policy_module
from dashboard import runs as runs_module
from dashboard.levers import FIRST, GROUPS, comparable, levers, named
from dashboard.opening import opened
from dashboard.parts import waiting as waiting_module
from dashboard.policy import (
    NULLS,
    Policy,
    beliefs_of,
    beliefs_text,
    beyond,
    moved_of,
    moved_text,
    packed,
    plan_of,
    plan_text,
    standing,
    unpacked,
)
from dashboard.runs import sizes
from dashboard.sidebar import source_text
from dashboard.texts import EN, ZH
from orgsim.ensembles import Growing
from orgsim.errors import InputError
from orgsim.report.amounts import choice_text
from orgsim.report.bibliography import entries
from orgsim.scenarios import load_text, resolve
from orgsim.scenarios.load import default_space

ENGLISH = re.compile(r"[A-Za-z]{3,}")
TINY = """\
extends: baseline
months: 3
population:
  funders: 2
  organizations: {association: 6, service: 5, social_work: 5, foundation: 1, community: 3}
"""


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_lever_of_the_model_has_a_slider_in_one_group() -> None:
    assert {lever.name for lever in levers()} == {p.name for p in default_space().values() if p.role == "lever"}
    assert {lever.group for lever in levers()} == set(GROUPS)
    assert {lever.name for lever in levers() if lever.first} == set(FIRST)


@pytest.mark.parametrize("lever", levers(), ids=lambda lever: lever.name)
def test_a_slider_stays_within_the_legal_range_and_begins_at_today(lever) -> None:
    low, high = lever.parameter.range
    assert low <= lever.value(lever.low) < lever.value(lever.high) <= high
    assert lever.low <= lever.today <= lever.high
    for language in ("zh", "en"):
        assert lever.text(lever.today, language)


@pytest.mark.parametrize("name", comparable())
def test_no_shipped_scenario_lies_beyond_the_sliders(name: str) -> None:
    assert beyond(name) == []


@pytest.mark.parametrize("name", comparable())
def test_a_policy_that_changes_nothing_is_its_starting_scenario(name: str) -> None:
    scenario = Policy(name, standing(name)).scenario()
    assert resolve(scenario).fingerprint() == resolve(named(name)).fingerprint()


def test_only_what_was_moved_stands_in_the_file() -> None:
    policy = Policy("people", {**standing("people"), "contracts.yearly_budget": 20_000.0})
    assert policy.text().splitlines()[2:] == ["set:", "  contracts.yearly_budget: 200000000"]


def test_a_lever_moved_back_to_today_is_written_because_the_start_has_it_elsewhere() -> None:
    policy = Policy("people", {**standing("people"), "pay.wage_subsidy": 0.0})
    assert "  pay.wage_subsidy: 0" in policy.text()


def test_a_file_opens_as_the_policy_that_wrote_it() -> None:
    positions = {**standing("people"), "contracts.duration": 30.0}
    policy = Policy(
        "people", positions, "三年", plan_of("pay.pay_floor@6=0.5~12"), {("fees.fee_share", "service"): 0.4}
    )
    again = opened(policy.text(), "mine.yaml")
    assert again.text() == policy.text()
    assert again.positions == positions


def test_a_bad_file_is_refused_with_its_line() -> None:
    with pytest.raises(InputError, match=r"mine\.yaml:3: .*contracts\.duration.*6 to 36"):
        opened("extends: baseline\nset:\n  contracts.duration: 99\n", "mine.yaml")


def test_a_file_about_other_times_is_refused() -> None:
    with pytest.raises(InputError, match="months"):
        opened("extends: baseline\nmonths: 60\n", "mine.yaml")


def test_assumptions_hold_for_today_and_for_the_policy() -> None:
    policy = Policy("people", standing("people"), assumptions={("contracts.late_share", None): 0.5}, nulls=("rating",))
    place = default_space().place
    for scenario in (policy.today(), policy.scenario()):
        values = resolve(scenario).at(0)
        assert values[place["contracts.late_share"]] == 0.5
        assert values[place["contracts.weight_rating"]] == 0.0


@pytest.mark.parametrize("null", NULLS)
def test_a_null_is_the_shipped_one(null: str) -> None:
    policy = Policy("baseline", standing("baseline"), nulls=(null,))
    assert resolve(policy.today()).fingerprint() == resolve(named(NULLS[null])).fingerprint()


def test_what_stands_in_an_address_is_read_back() -> None:
    plan = plan_of("pay.wage_subsidy@12=300~6;pay.pay_floor@24=0.5~0")
    beliefs = {("contracts.late_share", None): 0.45, ("fees.fee_share", "service"): 0.4}
    moved = {"contracts.duration": 30.0, "pay.retention_bonus": 3.0}
    assert plan_of(plan_text(plan)) == plan
    assert beliefs_of(beliefs_text(beliefs)) == beliefs
    assert moved_of(moved_text(moved)) == moved
    assert unpacked(packed(["extends: baseline\n", "二"])) == ["extends: baseline\n", "二"]


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (plan_of, "pay.wage_subsidy@12"),
        (plan_of, "pay.nothing@12=3~1"),
        (beliefs_of, "contracts.late_share=much"),
        (beliefs_of, "fees.fee_share[club]=1"),
        (moved_of, "contracts.duration=nan"),
        (moved_of, "contracts.duration=400"),
        (unpacked, "not packed"),
    ],
)
def test_what_is_no_address_is_refused(read, text: str) -> None:
    with pytest.raises(InputError):
        read(text)


def test_the_scenario_of_an_address_meets_the_same_limits_as_a_file() -> None:
    policy = Policy("baseline", standing("baseline"), assumptions={("contracts.late_share", None): 7.0})
    with pytest.raises(InputError, match="late_share"):
        policy.scenario()


def test_both_languages_have_the_same_texts_with_the_same_gaps() -> None:
    assert set(ZH) == set(EN)
    assert {key for key in ZH if gaps(ZH[key]) != gaps(EN[key])} == set()


def test_no_text_is_left_that_nobody_says() -> None:
    folder = Path(policy_module.__file__).parent
    code = "".join(f.read_text(encoding="utf-8") for f in folder.rglob("*.py") if f.parent.name != "texts")
    groups = set(re.findall(r'f"([a-z]+)\.', code)) | set(re.findall(r"f'([a-z]+)\.", code))
    assert {
        key for key in ZH if f'"{key}"' not in code and f"'{key}'" not in code and key.split(".")[0] not in groups
    } == set()


def test_every_choice_of_a_lever_has_words() -> None:
    choices = {choice for parameter in default_space().values() for choice in parameter.choices}
    assert all(choice_text(choice, language) for choice in choices for language in ("zh", "en"))


@pytest.mark.parametrize(
    ("most", "expected"), [(64, (4, 8, 16, 32, 64)), (4, (4,)), (2, (2,)), (50, (4, 8, 16, 32, 50))]
)
def test_the_page_is_drawn_at_every_doubling(most: int, expected: tuple[int, ...]) -> None:
    assert sizes(most) == expected


def test_leaving_the_page_stops_the_run_and_keeps_what_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Growing(workers=1)
    monkeypatch.setattr(runs_module, "SIZES", (2, 40))
    monkeypatch.setattr(runs_module, "runs", lambda: store)
    tiny, other = (load_text(TINY + more, name=f"n{len(more)}") for more in ("", "set:\n  contracts.duration: 24\n"))

    def leave(done: int, others: int) -> None:
        assert done in (0, 2)
        assert others == 0
        if store.known(other) >= 1:
            raise KeyboardInterrupt

    with closing(runs_module.refined(tiny, [other], leave)) as pictures, pytest.raises(KeyboardInterrupt):
        list(pictures)
    time.sleep(0.5)
    made = store.made
    time.sleep(0.5)
    assert made == store.made < 80
    assert store.known(tiny) >= 1
    assert store.known(other) >= 1


def test_what_is_known_is_drawn_at_once_and_not_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Growing()
    monkeypatch.setattr(runs_module, "HASTE", 0.0)
    monkeypatch.setattr(runs_module, "SIZES", (2, 3, 200))
    monkeypatch.setattr(runs_module, "runs", lambda: store)
    tiny = load_text(TINY, name="tiny")
    store.run(tiny, 3)
    drawn = [one.baseline.replications for one in runs_module.refined(tiny, [])]
    assert drawn == [3, 200]


def test_counts_are_written_now_and_then_and_other_words_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now, written = [100.0], []
    monkeypatch.setattr(waiting_module, "monotonic", lambda: now[0])
    place: Any = SimpleNamespace(caption=lambda text, **_: written.append(text))
    line = waiting_module.Waiting("en", place)
    for done in (0, 4, 5, 6):
        line.told(done)
    now[0] += waiting_module.PAUSE
    line.told(7)
    line.told(runs_module.SIZES[-1])
    assert [re.findall(r"\d+", text)[:1] for text in written] == [[], ["4"], ["7"], ["64"]]


def test_renaming_a_policy_does_not_change_what_is_simulated() -> None:
    policy = Policy("people", standing("people"))
    assert resolve(replace(policy, title="甲").scenario()).fingerprint() == resolve(policy.scenario()).fingerprint()
    assert load_text(replace(policy, title="甲").text()).title.zh == "甲"


def test_beside_a_publication_a_source_is_chinese_on_a_chinese_page() -> None:
    told = {source_text(parameter, "zh") for parameter in default_space().values()}
    publications = sorted(map(str, entries().values()), key=len, reverse=True)
    rest = {next((text.removeprefix(one) for one in publications if text.startswith(one)), text) for text in told}
    assert {text for text in rest if ENGLISH.search(text)} == set()
