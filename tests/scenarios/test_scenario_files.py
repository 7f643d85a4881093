"""Scenario files are read, found by name, and joined along their lineage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from orgsim.core.parameters import ParameterSpace
from orgsim.scenarios import Origin, Setting, Step, load, load_text, shipped_folder

Write = Callable[[str, str], Path]


def _levers(settings: tuple[Setting, ...]) -> dict[str, float]:
    return {s.parameter: s.value for s in settings}


def test_a_root_says_everything_itself(write: Write, space: ParameterSpace) -> None:
    root = load("root.yaml", space)
    assert (root.name, root.file, root.start, root.months, root.burn_in) == ("root", "root.yaml", "2026-01", 60, 12)
    assert (root.title.en, root.title.zh, root.question) == ("As it is", "现状", None)
    assert root.lineage == ("root",)
    assert root.population.funders == 18
    assert dict(root.population.organizations) == {
        "association": 195,
        "service": 173,
        "social_work": 97,
        "foundation": 5,
        "community": 1100,
    }
    assert root.today == root.levers
    assert root.today[0] == Setting("contracts.duration", None, 12.0, Origin("root.yaml", 6))
    assert root.assumptions == (Setting("turnover.base_hazard", None, 0.012, Origin("root.yaml", 9)),)


def test_a_root_keeps_the_defaults_it_does_not_mention(space: ParameterSpace) -> None:
    scenario = load_text("start: 2026-01\n", space)
    assert (scenario.months, scenario.burn_in, scenario.today, scenario.schedule) == (120, 24, (), ())
    assert scenario.title.en == scenario.title.zh == "scenario"


def test_a_child_overrides_what_it_names_and_inherits_the_rest(write: Write, space: ParameterSpace) -> None:
    write(
        "my.yaml",
        "extends: root\ntitle: Mine\nquestion: {en: Why, zh: 为何}\nmonths: 3 years\n"
        "population:\n  funders: 2\n  organizations: {service: 10}\n"
        "set:\n  contracts.duration: 24\n  learning.forums: 4\n"
        "assumptions:\n  turnover.memory: 18 months\n",
    )
    child = load("my", space)
    assert child.lineage == ("root", "my")
    assert child.files == ("root.yaml", "my.yaml")
    assert (child.start, child.months, child.burn_in) == ("2026-01", 36, 12)
    assert child.title.zh == "Mine"
    assert child.question is not None
    assert child.question.zh == "为何"
    assert child.population.funders == 2
    assert child.population.organizations["service"] == 10
    assert child.population.organizations["association"] == 195
    assert _levers(child.today) == {"contracts.duration": 12, "contracts.payment_delay": 3}
    assert _levers(child.levers) == {"contracts.duration": 24, "contracts.payment_delay": 3, "learning.forums": 4}
    assert _levers(child.assumptions) == {"turnover.base_hazard": 0.012, "turnover.memory": 1.5}


def test_today_is_that_of_the_root_however_long_the_lineage(write: Write, space: ParameterSpace) -> None:
    write("a.yaml", "extends: root\nset:\n  contracts.duration: 24\n")
    write("b.yaml", "extends: a\nset:\n  contracts.payment_delay: 0\n")
    grandchild = load("b", space)
    assert grandchild.lineage == ("root", "a", "b")
    assert grandchild.today == load("root", space).today
    assert _levers(grandchild.levers) == {"contracts.duration": 24, "contracts.payment_delay": 0}


def test_dates_become_months_counted_from_the_start(write: Write, space: ParameterSpace) -> None:
    write(
        "my.yaml",
        "extends: root\nschedule:\n  contracts.payment_delay: {2026-01: 1, 2027-03: {to: 0 months, over: 1 year}}\n"
        "  fees.price:\n    2026-06: {service: 2}\n    2026-07: {to: {service: 1}, over: 3}\n",
    )
    assert load("my", space).schedule == (
        Step("contracts.payment_delay", None, 0, 1.0, 0, Origin("my.yaml", 3)),
        Step("fees.price", "service", 5, 2.0, 0, Origin("my.yaml", 5)),
        Step("fees.price", "service", 6, 1.0, 3, Origin("my.yaml", 6)),
        Step("contracts.payment_delay", None, 14, 0.0, 12, Origin("my.yaml", 3)),
    )


def test_a_ramp_may_end_where_the_next_change_begins(write: Write, space: ParameterSpace) -> None:
    text = "extends: root\nschedule:\n  contracts.duration: {2027-01: {to: 24, over: 12}, 2028-01: 12}\n"
    assert [s.month for s in load(write("my.yaml", text), space).schedule] == [12, 24]


class TestAChildsWordOnItsParentsSchedule:
    """Which of the parent's dates are left."""

    @pytest.fixture
    def parent(self, write: Write) -> Write:
        write(
            "parent.yaml",
            "extends: root\nschedule:\n  contracts.duration: {2027-01: 24}\n  fees.price: {2027-01: 2, 2028-01: 1}\n",
        )
        return write

    def _dates(self, write: Write, text: str, space: ParameterSpace) -> set[tuple[str, str | None, int]]:
        scenario = load(write("my.yaml", f"extends: parent\n{text}"), space)
        return {(s.parameter, s.kind, s.month) for s in scenario.schedule if s.kind in (None, "service", "foundation")}

    def test_silence_keeps_them(self, parent: Write, space: ParameterSpace) -> None:
        assert len(self._dates(parent, "", space)) == 5

    def test_a_schedule_replaces_all_dates_of_its_lever(self, parent: Write, space: ParameterSpace) -> None:
        left = self._dates(parent, "schedule:\n  contracts.duration: {2026-05: 36}\n", space)
        assert {month for name, _, month in left if name == "contracts.duration"} == {4}
        assert {month for name, _, month in left if name == "fees.price"} == {12, 24}

    def test_setting_a_lever_drops_its_dates(self, parent: Write, space: ParameterSpace) -> None:
        left = self._dates(parent, "set:\n  contracts.duration: 36\n", space)
        assert {name for name, _, _ in left} == {"fees.price"}

    def test_setting_one_kind_drops_the_dates_of_that_kind(self, parent: Write, space: ParameterSpace) -> None:
        left = self._dates(parent, "set:\n  fees.price: {service: 1.5}\n", space)
        assert {kind for name, kind, _ in left if name == "fees.price"} == {"foundation"}

    def test_setting_and_scheduling_keeps_the_childs_dates(self, parent: Write, space: ParameterSpace) -> None:
        text = "set:\n  contracts.duration: 36\nschedule:\n  contracts.duration: {2029-01: 6}\n"
        assert ("contracts.duration", None, 36) in self._dates(parent, text, space)

    def test_a_shorter_horizon_ends_before_the_later_dates(self, parent: Write, space: ParameterSpace) -> None:
        assert {month for _, _, month in self._dates(parent, "months: 18\n", space)} == {12}

    def test_an_earlier_start_keeps_the_calendar_dates(self, parent: Write, space: ParameterSpace) -> None:
        assert {month for _, _, month in self._dates(parent, "start: 2025-01\n", space)} == {24, 36}


def test_a_name_is_looked_for_here_then_in_scenarios_then_among_the_shipped(
    write: Write, space: ParameterSpace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipped = tmp_path / "shipped"
    monkeypatch.setattr("orgsim.scenarios.find.shipped_folder", lambda: shipped)
    for folder in ("shipped", "scenarios", "."):
        write(f"{folder}/baseline.yaml", f"start: 2026-01\ntitle: {folder}\n")
    for expected in (".", "scenarios", "shipped"):
        for name in ("baseline", "baseline.yaml"):
            found = load(name, space)
            assert found.title.en == expected
        Path(found.file).unlink()


def test_ones_own_baseline_may_extend_the_shipped_one(
    write: Write, space: ParameterSpace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("orgsim.scenarios.find.shipped_folder", lambda: tmp_path / "shipped")
    write("shipped/baseline.yaml", "start: 2020-01\n")
    write("baseline.yaml", "extends: baseline\nmonths: 12\n")
    own = load("baseline", space)
    assert own.lineage == ("baseline", "baseline")
    assert own.files == ("shipped/baseline.yaml", "baseline.yaml")
    assert (own.start, own.months) == ("2020-01", 12)


def test_a_parent_is_looked_for_beside_the_child_first(write: Write, space: ParameterSpace) -> None:
    write("study/root.yaml", "start: 2030-01\n")
    assert load(write("study/my.yaml", "extends: root.yaml\n"), space).start == "2030-01"


def test_shipped_scenarios_lie_in_the_package_or_beside_the_source() -> None:
    assert shipped_folder().name in ("scenarios", "_scenarios")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffextends: root\nmonths: 24\n",
        "extends: root\r\nmonths: 24\r\n",
        "extends: root\nmonths: '24'\n",
        "{extends: root, months: 24}",
        "%YAML 1.1\n---\nextends: root\nmonths: 24\n...\n",
        "extends: root\nmonths: 24  # two years\nset:\n#  contracts.duration: 12\nschedule: {}\npopulation: ~\n",
        '"extends": "root"\n\'months\': 24 months',
    ],
)
def test_harmless_ways_of_writing_are_all_the_same(text: str, write: Write, space: ParameterSpace) -> None:
    Path("my.yaml").write_bytes(text.encode())
    scenario = load("my.yaml", space)
    assert (scenario.lineage, scenario.months) == (("root", "my"), 24)
