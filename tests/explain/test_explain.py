"""An explanation is true of the run: every value in a tree is the run's own, and so is what it was made of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.core.parameters import KINDS
from orgsim.ensembles.panel import FILES, record_panel
from orgsim.errors import InputError
from orgsim.explain import DoesNotAddUp, Explanation, Node, explain, explain_in
from orgsim.explain.film import History
from orgsim.explain.lines import plain
from orgsim.explain.words import formula_of
from orgsim.report.column_names import chinese
from orgsim.scenarios import Origin, Setting
from orgsim.schedule import model
from orgsim.testing import tiny_scenario, tiny_world

MONTH = 9
ENTITIES = tuple(model().columns)
COLUMNS = [(entity, name) for entity in ENTITIES for name in model().columns[entity]]
PANEL = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def history() -> History:
    return History(tiny_scenario(), 1, 2)


@pytest.fixture(scope="module")
def panel() -> PANEL:
    files = record_panel(tiny_scenario(), replication=2)
    return {entity: pd.read_parquet(BytesIO(files[name])) for entity, name in FILES.items()}


def child(node: Node, name: str) -> Node:
    return next(each for each in node.children if each.name == name)


def depth_of(node: Node) -> int:
    return 1 + max(map(depth_of, node.children)) if node.children else 0


def of_some(panel: PANEL, entity: str, month: int, where: str) -> int:
    table = panel[entity]
    return int(table[table.month == month].query(where).id.iloc[0])


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_column_can_be_explained_and_adds_up(entity: str, history: History) -> None:
    for name in model().columns[entity]:
        for month in (0, MONTH):
            why = explain_in(history, f"{entity}.{name}", month=month, depth=2)
            assert (why.tree.entity, why.tree.column, depth_of(why.tree) <= 2) == (entity, name, True)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_value_explained_is_the_one_in_the_panel(data: st.DataObject, history: History, panel: PANEL) -> None:
    entity = data.draw(st.sampled_from(sorted(panel)))
    month = data.draw(st.integers(0, 11))
    table = panel[entity]
    row = table[table.month == month].iloc[data.draw(st.integers(0, int((table.month == month).sum()) - 1))]
    name = data.draw(st.sampled_from([column for column in model().columns[entity] if column in table.columns]))
    why = explain_in(history, name, month=month, depth=1, **{entity: int(row["id"])})
    assert why.tree.value == row[name]


def test_the_months_filmed_phase_by_phase_are_those_stepped_in_one_go(history: History) -> None:
    film, end = history.film(MONTH), len(model().schedule)
    after = history.film(MONTH + 1).start
    there = after["staff", "present"]
    for name in model().columns["staff"]:
        np.testing.assert_array_equal(film.before("staff", name, end)[there], after["staff", name][there])


def test_a_rule_reads_what_comes_earlier_in_its_phase_fresh_and_itself_as_of_last_month(
    history: History, panel: PANEL
) -> None:
    identity = of_some(panel, "organization", MONTH, "active and not gone")
    cash = explain_in(history, "cash", month=MONTH, organization=identity).tree
    before = panel["organization"].query("month == @MONTH - 1 and id == @identity").cash.item()
    now = panel["organization"].query("month == @MONTH and id == @identity")
    seen = {name: child(cash, name) for name in ("cash", "income", "outlays")}
    assert [seen["cash"].month, seen["income"].month] == [MONTH - 1, MONTH]
    assert [node.value for node in seen.values()] == [before, now.income.item(), now.outlays.item()]
    assert cash.value == before + now.income.item() - now.outlays.item()


def test_a_rule_that_was_not_asked_shows_the_condition_and_what_was_kept(history: History, panel: PANEL) -> None:
    identity = of_some(panel, "organization", MONTH, "age > 3 and not gone")
    tree = explain_in(history, "pays_late", month=MONTH, organization=identity).tree
    assert tree.what == "not_asked"
    assert [(node.column, node.value) for node in tree.children] == [("new_payer", False), ("pays_late", tree.value)]


def test_a_total_shows_how_many_it_sums_and_the_largest_of_them(history: History, panel: PANEL) -> None:
    tree = explain_in(history, "contract_budget", month=MONTH).tree
    values = [float(node.value) for node in tree.children]
    assert (tree.what, tree.members, values) == ("total", 3, sorted(values, reverse=True))
    assert sum(values) == pytest.approx(float(tree.value))


def test_an_allocation_shows_what_the_row_brought_to_it(history: History, panel: PANEL) -> None:
    identity = of_some(panel, "organization", MONTH, "award > 0")
    tree = explain_in(history, "award", month=MONTH, organization=identity).tree
    named = {node.name: node.value for node in tree.children}
    assert (tree.what, named["organization__applies"]) == ("allocation", True)
    assert 0 < float(tree.value) <= min(float(named["organization__asked_amount"]), float(named["funder__call_pot"]))


def test_whoever_came_this_month_has_first_values_and_a_reason_to_be_there(history: History, panel: PANEL) -> None:
    staff = panel["staff"]
    known = staff[staff.month < MONTH].id
    new = int(staff[(staff.month == MONTH) & ~staff.gone & ~staff.id.isin(known)].id.iloc[0])
    first = explain_in(history, "skill", month=MONTH, staff=new).tree
    there = explain_in(history, "present", month=MONTH, staff=new).tree
    assert (first.what, first.month) == ("first", MONTH)
    assert (there.what, there.children[0].name, there.children[0].value) == ("born", "employer__hires", 1.0)


def test_whoever_leaves_is_shown_as_last_known_and_why(history: History, panel: PANEL) -> None:
    gone = of_some(panel, "staff", MONTH, "gone and leaves")
    assert explain_in(history, "leaves", month=MONTH, staff=gone).tree.value is True
    end = explain_in(history, "present", month=MONTH, staff=gone).tree
    assert (end.what, end.value, [node.column for node in end.children]) == ("ended", False, ["leaves"])


def test_without_a_name_somebody_who_ends_that_month_is_chosen(history: History, panel: PANEL) -> None:
    why = explain_in(history, "quit_probability", month=MONTH)
    ends = set(panel["staff"].query("month == @MONTH and gone").id)
    assert (why.chosen, why.tree.id in ends) == ("ends", True)


def test_a_lasting_column_is_followed_to_the_month_it_was_given(history: History, panel: PANEL) -> None:
    staff = panel["staff"]
    came = staff[~staff.gone].groupby("id").month.agg(["min", "max"]).query("min == 2 and max >= @MONTH")
    tree = explain_in(history, "trait", month=MONTH, staff=int(came.index[0])).tree
    old = explain_in(history, "registered", month=MONTH, organization=(1 << 32) + 1).tree
    assert (tree.what, tree.month, old.what) == ("first", 2, "before")


def test_luck_turns_a_yes_at_the_threshold_shown(history: History, panel: PANEL) -> None:
    identity = of_some(panel, "organization", MONTH, "considers")
    tree = explain_in(history, "applies", month=MONTH, organization=identity).tree
    draw = child(tree, "u_applies")
    assert draw.luck is not None
    assert draw.luck.threshold is not None
    assert draw.luck.yes_below
    assert tree.value == (float(draw.value) < draw.luck.threshold)
    chance = float(child(tree, "readiness").value) * np.exp(
        -float(child(tree, "comfort").value) * np.clip(child(tree, "months_of_cash").value, 0.0, 12.0)
    )
    assert draw.luck.threshold == pytest.approx(chance)


def test_a_value_set_by_a_scenario_names_file_and_line() -> None:
    origin = Origin("mine.yaml", 7)
    scenario = tiny_scenario(levers=(Setting("contracts.duration", None, 24.0, origin),), files=("mine.yaml",))
    tree = explain(scenario, "renewal_risk", month=3).tree
    basis = child(tree, "contracts__duration").basis
    assert basis is not None
    assert (child(tree, "contracts__duration").value, basis.origin, basis.by_scenario) == (24.0, origin, True)


def test_a_value_by_kind_is_that_of_the_row(history: History) -> None:
    found = [node for node in trees(history) if node.basis is not None and node.basis.kind]
    assert found
    for node in found:
        assert node.basis is not None
        assert node.basis.kind is not None
        assert node.value == node.basis.parameter.values[KINDS.index(node.basis.kind)]


def trees(history: History) -> Iterator[Node]:
    for name in ("income", "quit_probability", "credibility", "award"):
        yield from explain_in(history, name, month=MONTH, depth=4).tree.walk()


def identity(node: Node) -> tuple[object, ...]:
    return node.entity, node.id, node.column, node.month, node.value


def test_what_is_above_is_opened_above(history: History) -> None:
    tree = explain_in(history, "quit_probability", month=MONTH, depth=5).tree
    opened: set[tuple[object, ...]] = set()
    repeated = 0
    for node in tree.walk():
        if node.more == "above":
            repeated += 1
            assert (identity(node) in opened, node.children) == (True, ())
        elif node.children:
            opened.add(identity(node))
    assert repeated > 0


@pytest.mark.parametrize("depth", [0, 1, 2, 4])
def test_depth_cuts_the_tree_and_says_where(depth: int, history: History) -> None:
    tree = explain_in(history, "quit_probability", month=MONTH, depth=depth).tree
    assert (depth_of(tree), any(node.more == "deeper" for node in tree.walk())) == (depth, True)


def test_the_same_question_has_the_same_answer_as_data(history: History) -> None:
    def asked(of: History) -> str:
        return json.dumps(plain(explain_in(of, "cash", month=MONTH, depth=3)), ensure_ascii=False)

    assert asked(history) == asked(history) == asked(History(tiny_scenario(), 1, 2))


def test_the_data_form_keeps_values_exactly_and_ids_as_text(history: History) -> None:
    why = explain_in(history, "quit_probability", month=MONTH)
    told = json.loads(json.dumps(plain(why)))["tree"]
    assert (told["value"], told["id"]) == (why.tree.value, str(why.tree.id))
    keys = "name what value unit month column entity id phase mechanism meaning formula more children".split()
    assert list(told) == keys


def test_a_month_may_be_given_as_a_date() -> None:
    by_date = explain(tiny_scenario(), "public_trust", month="2026-10")
    assert by_date == explain(tiny_scenario(), "public_trust", month=9)


def test_a_tampered_run_is_found_out() -> None:
    history = History(tiny_scenario(), 1, 0)
    (_, income), *_ = history.film(MONTH).takes["organization", "income"]
    income[:] = np.nextafter(income, np.inf)
    with pytest.raises(DoesNotAddUp, match=rf"organization.income of \d+ in month {MONTH} .* rule accounts.income"):
        explain_in(history, "organization.income", month=MONTH)


def test_who_is_not_there_any_more_is_told_until_when_they_were(history: History, panel: PANEL) -> None:
    staff = panel["staff"]
    gone = int(staff.query("gone and 3 <= month <= 6").id.iloc[0])
    last = int(staff[(staff.id == gone) & ~staff.gone].month.max())
    with pytest.raises(InputError, match=rf"staff {gone} is not there in 2026-10 \(month 9\).*\(month {last}\)"):
        explain_in(history, "pay", month=MONTH, staff=gone)


def test_every_column_has_a_chinese_name() -> None:
    assert [name for _, name in COLUMNS if not re.search(r"[\u4e00-\u9fff]", chinese(name))] == []


def test_a_formula_is_told_from_prose() -> None:
    rules = model().rules
    assert formula_of(rules["staff", "skill"].function).startswith("s' = s + .62 programme/12")
    assert formula_of(rules["funder", "call_pot"].function) == ""
    assert formula_of(rules["organization", "quality"].function) == ""


def test_a_first_month_stepped_by_hand_is_the_month_filmed() -> None:
    scenario = tiny_scenario(burn_in=0)
    history = History(scenario, 1, 0)
    by_hand = tiny_world(scenario.population.organizations, parameters=history.table.at(0))
    by_hand.step()
    film, end = history.film(0), len(model().schedule)
    there = film.before("organization", "present", end)
    assert by_hand.column("organization", "cash").tolist() == film.before("organization", "cash", end)[there].tolist()


def test_printed_in_python_it_is_the_tree_the_command_prints(history: History) -> None:
    first, blank, root, leaf, *rest = str(explain_in(history, "newness_fade", month=MONTH)).splitlines()
    assert first == "newness_fade of the sector, 2026-10 (month 9); baseline, replication 2, seed 1"
    assert (blank, root[:27]) == ("", "newness_fade = 0.945959 rat")
    assert (leaf.startswith("└── newcomer_months = 18 months · Time until newcomers settle"), rest) == (True, [])


def test_an_explanation_says_which_run_it_is_of(history: History) -> None:
    why: Explanation = explain_in(history, "price_index", month=MONTH)
    assert (why.scenario, why.seed, why.replication, why.month, why.date) == ("baseline", 1, 2, 9, "2026-10")
