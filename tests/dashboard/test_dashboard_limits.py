"""What a page allows, in words, and colours that everybody can tell apart; no page is drawn."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from dashboard import charts
from dashboard.charts import DASHES, GREY, LETTERS, curve_chart, key
from dashboard.limits import MOST_ORGANIZATIONS, SCENARIOS, check_scenarios
from dashboard.opening import opened
from orgsim.ensembles import Comparison, compare
from orgsim.errors import InputError
from orgsim.report.charts import PALETTE
from orgsim.scenarios import load_text

TINY = """\
extends: baseline
months: 3
population:
  funders: 2
  organizations: {association: 6, service: 5, social_work: 5, foundation: 1, community: 3}
"""
SIGHT = {
    "ordinary": np.eye(3),
    "no red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""Linear RGB as people see it who lack one kind of cone: Machado, Oliveira and Fernandes 2009, severity 1."""


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[place : place + 2], 16) / 255.0 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast_on_white(colour: str) -> float:
    """By the Web Content Accessibility Guidelines 2.1."""
    return 1.05 / (float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour)) + 0.05)


def lab(light: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear RGB, white D65."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    parts = to_xyz @ light / np.array([0.9505, 1.0, 1.089])
    x, y, z = np.where(parts > 0.008856, np.cbrt(parts), 7.787 * parts + 16.0 / 116.0)
    return np.array([116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)])


@pytest.mark.parametrize("colour", [*PALETTE, GREY])
def test_lines_stand_out_from_paper(colour: str) -> None:
    assert contrast_on_white(colour) >= 3.0


@pytest.mark.parametrize("sight", SIGHT)
def test_six_colours_can_be_told_apart_by_everybody(sight: str) -> None:
    seen = [lab(np.clip(SIGHT[sight] @ linear(colour), 0.0, 1.0)) for colour in PALETTE]
    assert len(PALETTE) == SCENARIOS
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) > 15.0  # 2.3 can just be seen


def test_no_two_policies_have_the_same_dashes_or_letter() -> None:
    assert len({str(dashes) for dashes in (*DASHES, "dashed")}) == SCENARIOS + 1
    assert len(set(LETTERS)) == SCENARIOS


@pytest.fixture(scope="module")
def six() -> Comparison:
    texts = [f"{TINY}set:\n  contracts.duration: {6 * number}\n" for number in range(1, 7)]
    policies = [load_text(text, name=f"<{number}>") for number, text in enumerate(texts)]
    return compare(load_text(TINY, name="tiny"), *policies, replications=2)


def test_each_of_six_policies_has_its_own_line_dashes_and_letter_in_the_chart(six: Comparison) -> None:
    lines = [one for one in curve_chart(six, "registered", "en")["series"] if one["yAxisIndex"] == 0]
    assert len(lines) == 7
    assert len({(one["lineStyle"]["color"], str(one["lineStyle"]["type"])) for one in lines}) == 7
    assert [one["endLabel"]["formatter"] for one in lines[1:]] == list(LETTERS)
    assert "endLabel" not in lines[0]


def test_the_key_names_every_line_and_no_name_is_read_as_html(six: Comparison) -> None:
    written = key(six, "en")
    assert written.count("<svg") == 7
    assert "&lt;3&gt;" in written
    assert "<3>" not in written


def test_one_policy_has_bands_and_no_letter(six: Comparison) -> None:
    series = curve_chart(Comparison(six.baseline, six.others[:1]), "registered", "en")["series"]
    assert any("areaStyle" in one for one in series)
    assert not any("endLabel" in one for one in series)
    assert charts.height(Comparison(six.baseline, six.others[:1])) < charts.height(six)


def test_more_than_six_policies_are_refused_in_both_languages() -> None:
    check_scenarios(SCENARIOS)
    with pytest.raises(InputError) as refused:
        check_scenarios(SCENARIOS + 1)
    assert refused.value.sentence("en") == "7 policies are more than the 6 that are compared at once"
    assert refused.value.sentence("zh") == "7 个方案，超过一次最多比较的 6 个"


def test_a_file_of_a_district_of_more_than_fifty_thousand_organizations_is_refused() -> None:
    texts = [TINY.replace("association: 6", f"association: {MOST_ORGANIZATIONS - 14 + more}") for more in (0, 1)]
    opened(texts[0].replace("months: 3\n", ""), "just.yaml")
    with pytest.raises(InputError, match="50,001 organizations are more than the 50,000"):
        opened(texts[1].replace("months: 3\n", ""), "large.yaml")
