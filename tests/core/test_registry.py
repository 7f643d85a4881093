"""A model with a name that means nothing, or two things, is refused where it is collected."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from orgsim.core import registry
from orgsim.core.declare import Given, Total, allocate, phase, totals
from orgsim.core.parameters import KINDS, Parameter
from orgsim.core.registry import Draw, Mechanism, Model
from orgsim.core.rule import DeclarationError
from orgsim.core.units import Flag, Ratio

Import = Callable[..., ModuleType]
Collect = Callable[..., Model]
Named = Callable[..., Parameter]

HEIGHT = '@rule("tree")\ndef height(height: Ratio, {more}) -> Ratio:\n    """How tall."""\n    return height\n'
COUNT = Total("tree", "apples", of="apple", via="tree")


def test_every_argument_finds_its_meaning(collected: Collect, parameter_named: Named) -> None:
    source = (
        HEIGHT.format(more="growth: Share, month: int, u_rain: Uniform")
        + '@rule("apple")\ndef weight(tree__height: Ratio) -> Ratio:\n    """How heavy."""\n    return tree__height\n'
    )
    model = collected(
        source,
        parameters=[parameter_named("orchard.growth")],
        schedule=[phase("trees", tree=["height"]), phase("apples", apple=["weight"])],
    )
    kinds = [type(r).__name__ for r in model.readings["rule", "tree", "height"].values()]
    kinds += [type(r).__name__ for r in model.readings["rule", "apple", "weight"].values()]
    assert kinds == ["Own", "Value", "Month", "Draw", "Linked"]


@pytest.mark.parametrize(
    ("argument", "complaint"),
    [
        ("growht", "'growht' is no column, link or parameter – did you mean 'growth'?"),
        ("heigth", "did you mean 'height'?"),
        ("branch__height", "'branch__height' is no column, link or parameter"),
    ],
)
def test_an_unknown_argument_is_refused_with_the_nearest_name(
    argument: str, complaint: str, collected: Collect, parameter_named: Named
) -> None:
    with pytest.raises(DeclarationError) as refused:
        collected(HEIGHT.format(more=argument), tree=["height"], parameters=[parameter_named("orchard.growth")])
    assert complaint in str(refused.value)


def test_a_name_that_is_both_column_and_parameter_is_refused(collected: Collect, parameter_named: Named) -> None:
    with pytest.raises(DeclarationError, match="'height' is both a column of tree and a parameter"):
        collected(HEIGHT.format(more=""), tree=["height"], parameters=[parameter_named("orchard.height")])


def test_a_value_that_differs_by_kind_is_refused_where_there_is_no_kind(
    collected: Collect, parameter_named: Named
) -> None:
    by_kind = parameter_named("orchard.growth", dict.fromkeys(KINDS, 0.5))
    with pytest.raises(DeclarationError, match="'growth' differs by kind, and tree has no kind"):
        collected(HEIGHT.format(more="growth"), tree=["height"], parameters=[by_kind])


def test_a_column_has_one_owner(collected: Collect, imported: Import) -> None:
    other = Mechanism("forest", imported(HEIGHT.format(more=""), name="forest"))
    with pytest.raises(DeclarationError, match=r"tree\.height belongs to orchard; forest writes it too"):
        collected(HEIGHT.format(more=""), tree=["height"], others=[other])


def test_a_column_of_an_entity_there_is_not_is_refused(collected: Collect) -> None:
    with pytest.raises(DeclarationError, match="orchard: there is no entity 'bush'"):
        collected(HEIGHT.format(more="").replace('"tree"', '"bush"'))


def test_a_rule_the_schedule_forgets_is_refused(collected: Collect) -> None:
    with pytest.raises(DeclarationError, match=r"not in the schedule: tree\.height"):
        collected(HEIGHT.format(more=""))


def test_a_total_the_schedule_forgets_is_refused(collected: Collect) -> None:
    with pytest.raises(DeclarationError, match=r"not in the schedule: tree\.apples"):
        collected("", schedule=[], totals=[COUNT])


def test_a_rule_scheduled_twice_is_refused(collected: Collect) -> None:
    twice = [phase("spring", tree=["height"]), phase("autumn", tree=["height"])]
    with pytest.raises(DeclarationError, match=r"phase autumn: tree\.height is scheduled twice"):
        collected(HEIGHT.format(more=""), schedule=twice)


def test_a_scheduled_rule_there_is_not_is_refused_with_the_nearest_name(collected: Collect) -> None:
    with pytest.raises(DeclarationError, match="grow: tree has no rule or total 'heigth' – did you mean 'height'"):
        collected(HEIGHT.format(more=""), tree=["heigth"])


def test_an_allocation_there_is_not_is_refused(collected: Collect) -> None:
    with pytest.raises(DeclarationError, match=r"phase orchard\.share: there is no allocation 'orchard\.share'"):
        collected("", schedule=[allocate("orchard.share")])


def test_an_allocation_the_schedule_forgets_is_refused(collected: Collect) -> None:
    source = (
        "from orgsim.core.declare import allocation\n"
        '@allocation(writes={"tree__water": Ratio})\n'
        "def share(tree__water):\n    tree__water[:] = 1.0\n"
    )
    with pytest.raises(DeclarationError, match=r"not in the schedule: orchard\.share"):
        collected(source)


def test_a_phase_may_not_read_of_others_what_it_writes(collected: Collect) -> None:
    source = HEIGHT.format(more="") + (
        '@rule("apple")\ndef weight(tree__height: Ratio) -> Ratio:\n    """How heavy."""\n    return tree__height\n'
    )
    with pytest.raises(DeclarationError, match=r"apple\.weight reads tree\.height, which the same phase writes"):
        collected(source, tree=["height"], apple=["weight"])


def test_a_total_of_a_column_there_is_not_is_refused(collected: Collect) -> None:
    with pytest.raises(DeclarationError, match=r"total tree\.apples: apple has no column 'weight'"):
        collected(
            "", schedule=[totals("count", tree=["apples"])], totals=[Total("tree", "apples", "apple", "tree", "weight")]
        )


def test_a_total_along_a_link_that_leads_elsewhere_is_refused(collected: Collect) -> None:
    with pytest.raises(DeclarationError, match=r"total tree\.apples: 'branch' does not lead there"):
        collected("", schedule=[totals("count", tree=["apples"])], totals=[Total("tree", "apples", "apple", "branch")])


TWO_DRAWS = HEIGHT.format(more="u_rain: Uniform, u_sun: Uniform")
FIRST_AND_LATER = HEIGHT.format(more="u_rain: Uniform") + (
    '@initial("tree")\ndef starting_height(u_rain: Uniform) -> Ratio:\n    """At first."""\n    return u_rain\n'
)


def test_two_draws_whose_names_hash_alike_are_refused(collected: Collect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "draw_key", lambda _: 7)
    with pytest.raises(DeclarationError, match=r"orchard\.height\.u_sun .* and orchard\.height\.u_rain .* share a key"):
        collected(TWO_DRAWS, tree=["height"])


def test_a_first_value_may_not_share_a_draw_with_the_monthly_rule(collected: Collect) -> None:
    with pytest.raises(DeclarationError, match="share a key; rename one"):
        collected(FIRST_AND_LATER, tree=["height"])


def test_draws_named_together_share_a_key_and_have_a_word_each(collected: Collect) -> None:
    names = ["orchard.height.u_rain", "orchard.height.u_sun"]
    model = collected(TWO_DRAWS, tree=["height"], together=[names])
    key = registry.draw_key(names[0])
    draws = [r for r in model.reads(model.rules["tree", "height"]).values() if isinstance(r, Draw)]
    assert draws == [Draw(key, 0), Draw(key, 1)]


def test_a_draw_that_no_rule_asks_for_cannot_be_drawn_together_with_others(collected: Collect) -> None:
    with pytest.raises(DeclarationError, match=r"no rule draws it: orchard\.height\.u_snow"):
        collected(TWO_DRAWS, tree=["height"], together=[["orchard.height.u_rain", "orchard.height.u_snow"]])


def test_more_than_four_draws_do_not_share_an_answer(collected: Collect) -> None:
    with pytest.raises(DeclarationError, match="good for 4 draws, not 5"):
        collected(TWO_DRAWS, tree=["height"], together=[["orchard.height.u_rain"] * 5])


def test_first_values_that_wait_for_each_other_are_refused(collected: Collect) -> None:
    source = "".join(
        f'@initial("tree")\ndef starting_{a}({b}: Ratio) -> Ratio:\n    """At first."""\n    return {b}\n'
        for a, b in (("height", "width"), ("width", "height"))
    )
    with pytest.raises(DeclarationError, match="initial rules wait for each other: height, width"):
        collected(source)


def test_first_values_are_given_in_the_order_in_which_they_are_needed(collected: Collect) -> None:
    source = (
        '@initial("tree")\ndef starting_height(width: Ratio) -> Ratio:\n    """At first."""\n    return width\n'
        '@initial("tree")\ndef starting_width() -> Ratio:\n    """At first."""\n    return 2.0\n'
    )
    assert [rule.name for rule in collected(source).initials["tree"]] == ["width", "height"]


def test_what_is_given_is_not_wiped_when_a_row_is_born(collected: Collect) -> None:
    model = collected("", given=[Given("tree", "planted", Flag, "was planted")])
    assert "planted" not in model.left_blank("tree")


def test_what_nobody_starts_is_blank_when_a_row_is_born(collected: Collect) -> None:
    model = collected(HEIGHT.format(more=""), tree=["height"], given=[Given("tree", "sort", Ratio, "which sort")])
    assert model.left_blank("tree") == ["height"]
