"""A scenario written as text is the scenario again, and says no more than what differs."""

from __future__ import annotations

import pytest

from orgsim.core.parameters import Text
from orgsim.scenarios import Origin, Step, load, load_text, resolve, shipped
from orgsim.scenarios.write import Draft, at_start, drafted, scenario_text

PLAIN = [name for name in shipped() if name != "baseline" and load(name).population.register is None]


@pytest.mark.parametrize("name", PLAIN)
def test_every_shipped_scenario_survives_being_written(name: str) -> None:
    scenario = load(name)
    again = load_text(scenario_text(drafted(scenario), scenario.start), name=name)
    assert again.fingerprint() == scenario.fingerprint()
    assert again.title == scenario.title


def test_only_what_differs_is_written() -> None:
    step = Step("pay.wage_subsidy", None, 12, 300.0, 6, Origin("", 0))
    draft = Draft("people", Text(en="A: b", zh='"引号"'), {("contracts.duration", None): 24.0}, (step,))
    assert scenario_text(draft, "2026-01").splitlines() == [
        "extends: people",
        'title: {en: "A: b", zh: "\\"引号\\""}',
        "set:",
        "  contracts.duration: 24",
        "schedule:",
        "  pay.wage_subsidy:",
        "    2027-01: {to: 300, over: 6 months}",
    ]


def test_choices_and_kinds_are_written_by_name() -> None:
    draft = Draft(
        levers={("supervision.dual_management", None): 1.0},
        assumptions={("fees.fee_share", "service"): 0.4, ("fees.fee_share", "foundation"): 0.1},
    )
    text = scenario_text(draft, "2026-01")
    assert '  supervision.dual_management: "on"' in text
    assert "  fees.fee_share: {service: 0.4, foundation: 0.1}" in text
    assert load_text(text).assumptions[0].kind == "service"


def test_where_a_lever_stands_at_the_start_is_before_a_ramp_that_begins_then() -> None:
    scenario = load_text(
        "extends: baseline\nschedule:\n  pay.wage_subsidy: {2026-01: {to: 300, over: 12 months}}\n"
        "  contracts.duration: {2026-01: 36}\n"
    )
    standing = at_start(scenario)
    assert standing["pay.wage_subsidy", None] == 0.0
    assert (
        standing["contracts.duration", None]
        == resolve(scenario).at(0)[resolve(scenario).space.place["contracts.duration"]]
    )
