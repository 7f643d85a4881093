"""Rules give the answers that can be worked out on paper, and starting values what they are said to be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from orgsim.schedule import model
from orgsim.testing import tiny_world

CASES = YAML(typ="safe").load((Path(__file__).parent / "known_answers.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c['rule']}: {c['shows']}") for c in CASES])
def test_a_rule_gives_the_known_answer(case: dict[str, Any]) -> None:
    entity, _, column = case["rule"].partition(".")
    answer = model().rules[entity, column].function(**case["inputs"])
    assert answer == pytest.approx(case["answer"], rel=1e-13, abs=1e-15)


def test_the_only_funder_holds_the_whole_budget() -> None:
    share = next(rule for rule in model().initials["funder"] if rule.name == "budget_share")
    assert share.function(is_bureau=True, sector__funders=1.0, bureau_share=0.35) == 1.0


def test_the_first_organizations_know_how_likely_they_are_found_out() -> None:
    world = tiny_world({"service": 5})
    believed = world.column("organization", "perceived_detection")
    world.step()
    assert set(believed) == set(world.column("sector", "base_detection"))
