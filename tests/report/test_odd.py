"""The ODD+D pages say what the model is: fresh, whole, and with every rule's own arithmetic."""

from __future__ import annotations

import ast
import difflib
import inspect
import re
from pathlib import Path
from textwrap import dedent

import pytest

from orgsim.core.rule import Rule
from orgsim.mechanisms import space
from orgsim.outcomes.catalogue import OUTCOMES
from orgsim.report.odd import figures
from orgsim.report.odd.__main__ import main
from orgsim.report.odd.code import sources, writers
from orgsim.report.odd.observation import measures
from orgsim.report.odd.page import cited_keys, page, submodels_page
from orgsim.report.odd.relations import readings, steps
from orgsim.report.odd.submodels import PAGE, anchor, exact, heading
from orgsim.report.reference import bibliography
from orgsim.schedule import model

DOCS = Path(__file__).resolve().parents[2] / "docs"
BIBLIOGRAPHY = (DOCS / "references.bib").read_text(encoding="utf-8")
RULES = [*model().rules.values(), *(rule for some in model().initials.values() for rule in some)]


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    entries = bibliography(BIBLIOGRAPHY)
    return {"odd.md": page(model(), entries), PAGE: submodels_page(model(), entries)}


def sections(text: str) -> dict[str, str]:
    """Sections of a page by their heading, at whatever level."""
    parts = re.split(r"^#+ (.*)\n", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def plain_body(rule: Rule) -> list[str]:
    definition = ast.parse(dedent(inspect.getsource(rule.function))).body[0]
    assert isinstance(definition, ast.FunctionDef)
    return [ast.dump(statement) for statement in definition.body[1:]]


def rule_named(entity: str, name: str) -> Rule:
    return model().rules[entity, name]


@pytest.mark.parametrize("name", ["odd.md", PAGE])
def test_the_pages_are_up_to_date_so_run_make_docs_if_not(pages: dict[str, str], name: str) -> None:
    stands = (DOCS / name).read_text(encoding="utf-8").splitlines()
    assert list(difflib.unified_diff(stands, pages[name].splitlines(), n=0, lineterm=""))[:20] == []


@pytest.mark.parametrize("name", figures.FIGURES)
def test_the_pictures_are_up_to_date_so_run_make_docs_if_not(name: str) -> None:
    assert figures.fresh(DOCS / "images" / f"odd-{name}.png", model())


def test_every_rule_and_first_value_shows_its_own_arithmetic(pages: dict[str, str]) -> None:
    found = sections(pages[PAGE])
    shown = {}
    for rule in RULES:
        block = re.search(r"```python\n(.*?)```", found[heading(rule)], re.S)
        tree = ast.parse("def rule():\n" + re.sub(r"^", "    ", block[1], flags=re.M) if block else "").body[0]
        assert isinstance(tree, ast.FunctionDef)
        shown[heading(rule)] = [ast.dump(statement) for statement in tree.body]
    assert [heading(rule) for rule in RULES if shown[heading(rule)] != plain_body(rule)] == []


def test_every_argument_of_a_rule_is_explained(pages: dict[str, str]) -> None:
    found = sections(pages[PAGE])
    missing = [
        f"{heading(rule)}: {argument}"
        for rule in RULES
        for argument in rule.arguments
        if not re.search(rf"^- .*`{argument}(?: =|`)", found[heading(rule)], re.M)
    ]
    assert missing == []


def test_every_parameter_stands_with_its_exact_value(pages: dict[str, str]) -> None:
    rows = {found[1]: found[0] for found in re.finditer(r"^\| `([\w.]+)` \|.*$", pages[PAGE], re.M)}
    assert [p.name for p in space().values() if any(exact(v) not in rows.get(p.name, "") for v in p.values)] == []


def test_every_total_and_every_allocation_stands_in_the_pages(pages: dict[str, str]) -> None:
    totals = {f"| `{entity}.{name}` |" for entity, name in model().totals}
    shared = {f"#### Allocation {path}\n" for path in model().allocations}
    assert {t for t in totals if t not in pages["odd.md"]} | {s for s in shared if s not in pages[PAGE]} == set()


def test_every_allocation_is_told_in_words(pages: dict[str, str]) -> None:
    told = sections(pages["odd.md"])["Allocations"]
    assert {path for path in model().allocations if f"**`{path}`**:" not in told} == set()


def test_every_function_that_arithmetic_calls_is_defined_or_an_ordinary_one(pages: dict[str, str]) -> None:
    blocks = re.findall(r"```python\n(.*?)```", pages["odd.md"] + pages[PAGE], re.S)
    nodes = [
        node for b in blocks for node in ast.walk(ast.parse("def block():\n" + re.sub(r"^", "    ", b, flags=re.M)))
    ]
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    defined |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    ordinary = set("abs ceil floor int len max min range slice split sqrt sum two_to_the".split())
    assert called - defined - ordinary == set()


def test_every_outcome_is_told_by_how_it_comes_about() -> None:
    said = measures()
    names = {o.name for o in OUTCOMES if not o.name.startswith("public_cost.")}
    assert (names - set(said), said["public_cost."]) == (set(), "total('{name}')")


def test_every_column_stands_in_the_page_under_its_entity(pages: dict[str, str]) -> None:
    found = sections(pages["odd.md"])
    columns = [(entity, name) for entity, owned in model().columns.items() for name in owned]
    assert [c for c in columns if f"| `{c[1]}` |" not in found[f"Columns of {c[0]}"]] == []


def test_every_link_leads_somewhere(pages: dict[str, str]) -> None:
    anchors = {
        name: {anchor(title) for title in re.findall(r"^#+ (.*)$", text, re.M)} | {""} for name, text in pages.items()
    }
    lost = set()
    for name, text in pages.items():
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            file, _, place = target.partition("#")
            known = place in anchors[file or name] if (file or name) in anchors else (DOCS / file).exists()
            lost |= set() if known else {f"{name}: {target}"}
    assert lost == set()


def test_nothing_is_left_to_fill_in(pages: dict[str, str]) -> None:
    assert [name for name, text in pages.items() if "{{" in text] == []


def test_a_value_computed_before_in_the_same_phase_is_told_from_one_that_comes_later() -> None:
    said = sources(model(), rule_named("organization", "cash"), writers(model()))
    assert said == {"own, last month's (11)": ["`cash`"], "own, this month's (11)": ["`income`", "`outlays`"]}


def test_a_value_of_another_row_is_told_by_whether_its_phase_has_been() -> None:
    said = sources(model(), rule_named("organization", "subsidy_receipt"), writers(model()))
    assert said["of `sector`, this month's (6)"] == ["`sector__subsidy_coverage`"]


def test_the_picture_of_the_month_knows_who_is_read_for_what() -> None:
    award = next(step for step in steps(model()) if step.name == "contracts.award")
    assert (award.sort, dict(award.written), award.reads) == (
        "allocation",
        {"organization": 1},
        {("funder", "organization")},
    )


def test_records_are_read_by_no_mechanism() -> None:
    found = readings(model())
    assert {name for name, read in found.items() if read["records"]} == set()


def test_a_citation_may_name_several_sources() -> None:
    assert cited_keys("as [@grimm2020; @muller2013] say [not @this]") == ["grimm2020", "muller2013"]


def test_the_check_accepts_pages_just_written_and_refuses_one_changed_since(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    written = main(["--folder", str(tmp_path)])
    fresh = main(["--check", "--folder", str(tmp_path)])
    (tmp_path / PAGE).write_text("# Another model\n", encoding="utf-8")
    stale = main(["--check", "--folder", str(tmp_path)])
    assert (written, fresh, stale) == (0, 0, 1)


def test_the_check_refuses_a_picture_of_another_model(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    main(["--folder", str(tmp_path)])
    (tmp_path / "images" / "odd-month.png").write_bytes(b"\x89PNG drawn from something else")
    assert main(["--check", "--folder", str(tmp_path)]) == 1
