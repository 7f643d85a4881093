"""Reads a study file: strict YAML, checked against the catalogues of parameters, outcomes and strata."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from orgsim.core.parameters import KINDS as ORGANIZATIONS
from orgsim.core.parameters import Parameter, ParameterSpace, Text
from orgsim.ensembles.posterior import FEWEST, shipped_sets
from orgsim.errors import InputError, nearest
from orgsim.mechanisms.records.mechanism import TOTALS
from orgsim.outcomes.catalogue import BY_NAME, OUTCOMES
from orgsim.outcomes.strata import strata
from orgsim.scenarios import Scenario, load
from orgsim.scenarios.document import LONGEST, keyed, meant, section, words
from orgsim.scenarios.find import ENDINGS
from orgsim.scenarios.load import default_space
from orgsim.scenarios.nodes import Node, Row, Table, Word, quoted
from orgsim.scenarios.read import read
from orgsim.scenarios.values import number_text, range_text, read_duration, read_value, read_whole
from orgsim.studies.designs import KINDS, MORRIS_LEVELS, SAMPLED, Design, Kind
from orgsim.studies.factors import Factor
from orgsim.studies.layout import name_of
from orgsim.studies.study import Study

KEYS = (
    "title",
    "question",
    "scenarios",
    "uncertainty",
    "factors",
    "design",
    "replications",
    "months",
    "seed",
    "outcomes",
    "strata",
    "series",
    "max_runs",
    "max_failures",
    "timeout",
)
REPLICATIONS, MAX_RUNS, MAX_FAILURES = 16, 10_000, 20
MOST, MOST_SEEDS = 10_000_000, 2**32 - 1
SERIES = tuple(total.name for total in TOTALS if total.entity == "stratum")
"""Monthly sums that can be kept."""
DESIGN_KEYS: Mapping[Kind, tuple[str, ...]] = {
    "grid": ("levels",),
    "list": ("points",),
    "one_at_a_time": ("levels",),
    "latin_hypercube": ("n",),
    "sobol": ("n", "second_order"),
    "morris": ("n", "levels"),
}


def load_study(path: Path, scenario_files: Mapping[str, Path] | None = None) -> Study:
    """The study of a file; InputError, one sentence with file and line, for the first thing in it that is wrong.

    Scenarios are looked for beside the file, then in ./scenarios/ and among the shipped ones, or are read from
    `scenario_files`, by name.
    """
    space = default_space()
    table = read(path, "study", "replications: 16")
    parts = keyed(table, KEYS, "a study")
    name = name_of(path)
    design_node = section(parts, "design")
    kind, options = _design_parts(design_node)
    factors_node = section(parts, "factors")
    factors = _factors(factors_node, space, kind)
    points: tuple[Mapping[str, float], ...] = ()
    names: tuple[str, ...] = ()
    if kind == "list" and design_node:
        factors, points, names = _listed(options.get("points"), design_node, space)
    ranges = (node for _, node in (factors_node.entries if factors_node else ()) if isinstance(node, Table))
    design = _design(kind, options, design_node or next(ranges, table), factors, points, names)
    outcomes = _chosen(parts, "outcomes", BY_NAME, "outcome", [each.name for each in OUTCOMES if each.headline])
    scenarios = _scenarios(parts, path, space, scenario_files)
    return Study(
        name=name,
        file=str(path),
        title=words(parts["title"], "title") if "title" in parts else Text(en=name, zh=name),
        question=words(parts["question"], "question") if "question" in parts else None,
        scenarios=scenarios,
        factors=factors,
        design=design,
        replications=_whole(parts, "replications", 1, 1_000_000, REPLICATIONS),
        months=_months(parts, scenarios),
        seed=_whole(parts, "seed", 0, MOST_SEEDS, 1),
        uncertainty=_whole(parts, "uncertainty", FEWEST, len(shipped_sets()), 0),
        outcomes=outcomes,
        strata=_chosen(parts, "strata", strata(), "stratum", ["all"]),
        series=_chosen(parts, "series", SERIES, "monthly sum", []),
        max_runs=_whole(parts, "max_runs", 1, MOST, MAX_RUNS),
        max_failures=_whole(parts, "max_failures", 0, MOST, MAX_FAILURES),
        timeout=_whole(parts, "timeout", 1, MOST, 0) or None,
    )


def _whole(parts: Mapping[str, Node], name: str, low: int, high: int, usual: int) -> int:
    return read_whole(parts[name], name, low, high) if name in parts else usual


def _items(node: Node, what: str) -> tuple[Node, ...]:
    """The items of a list; one word alone is a list of one."""
    if isinstance(node, Word) and not node.empty:
        return (node,)
    if not isinstance(node, Row) or not node.items:
        raise node.error(f"{what} takes a list, such as [one, another]")
    return node.items


def _word(node: Node, what: str) -> Word:
    if not isinstance(node, Word) or node.empty:
        raise node.error(f"{what} takes a name here")
    return node


def _chosen(
    parts: Mapping[str, Node], name: str, known: Collection[str], what: str, usual: Sequence[str]
) -> tuple[str, ...]:
    """Names out of a catalogue, each once, in the order written."""
    if name not in parts:
        return tuple(usual)
    found: list[str] = []
    for node in _items(parts[name], name):
        word = _word(node, name)
        if word.text not in known:
            hint = nearest(word.text, known) or f" (there are {', '.join(list(known)[:12])} …)"
            raise word.error(f"there is no {what} {quoted(word.text)}{hint}")
        if word.text in found:
            raise word.error(f"{quoted(word.text)} is named twice under {name}")
        found.append(word.text)
    return tuple(found)


def _scenarios(
    parts: Mapping[str, Node], path: Path, space: ParameterSpace, files: Mapping[str, Path] | None
) -> tuple[Scenario, ...]:
    """The scenarios, the first one that the others are compared with; only the baseline unless others are named."""
    if "scenarios" not in parts:
        return (load((files or {}).get("baseline", "baseline"), space),)
    found: list[Scenario] = []
    for node in _items(parts["scenarios"], "scenarios"):
        word = _word(node, "scenarios")
        stem = Path(word.text).stem
        try:
            scenario = load(files[stem] if files is not None and stem in files else _beside(word.text, path), space)
        except InputError as error:
            raise word.error(error.problem) from None if error.file is None else error
        if scenario.name in [each.name for each in found]:
            raise word.error(f"two scenarios are called '{scenario.name}'; give each file its own name")
        found.append(scenario)
    return tuple(found)


def _beside(name: str, path: Path) -> Path | str:
    candidates = [path.parent / f"{name}{ending}" for ending in ("", *ENDINGS)]
    return next((file for file in candidates if file.is_file()), name)


def _months(parts: Mapping[str, Node], scenarios: Sequence[Scenario]) -> int:
    if "months" in parts:
        return read_duration(parts["months"], "months", 1, LONGEST)
    horizons = sorted({scenario.months for scenario in scenarios})
    if len(horizons) > 1:
        raise parts["scenarios"].error(f"these run for {' and '.join(map(str, horizons))} months; choose with months:")
    return horizons[0]


def _parameter(key: Word, space: ParameterSpace) -> tuple[Parameter, str | None]:
    """The lever or assumption, and the kind of organization, that a factor is called after."""
    name, bracket, rest = key.text.partition("[")
    kind = rest.removesuffix("]") if bracket else None
    ours = [other for other in space if space[other].role != "fixed"]
    if name not in space:
        raise key.error(f"there is no lever or assumption {quoted(name)}{meant(name, ours, space)}")
    parameter = space[name]
    if parameter.role == "fixed":
        raise key.error(f"'{name}' is fixed by definition, not a lever or an assumption")
    if kind is not None and not parameter.by_kind:
        raise key.error(f"'{name}' does not differ by kind of organization; leave out '[{kind}]'")
    if kind is not None and kind not in ORGANIZATIONS:
        known = ", ".join(ORGANIZATIONS)
        raise key.error(f"{quoted(kind)} is no kind of organization ({known}){nearest(kind, ORGANIZATIONS)}")
    return parameter, kind


def _factors(table: Table | None, space: ParameterSpace, kind: Kind) -> tuple[Factor, ...]:
    if table is not None and kind == "list":
        what = "a list names its values under points; leave factors out, or choose another kind of design"
        raise table.error(what)
    found: list[Factor] = []
    for key, node in table.entries if table else ():
        parameter, organization = _parameter(key, space)
        factor = _factor(node, parameter, organization)
        for other in found:
            if other.parameter is parameter and (other.kind is None) != (factor.kind is None):
                raise key.error(f"'{parameter.name}' is moved as a whole and for one kind; choose one of the two")
        found.append(factor)
    return tuple(found)


def _factor(node: Node, parameter: Parameter, kind: str | None) -> Factor:
    """A list of values, or a range {low: …, high: …, scale: log}."""
    if isinstance(node, Row):
        values = tuple(read_value(item, parameter) + 0.0 for item in node.items)
        if not values:
            raise node.error(f"{parameter.name} has no value to take; list some, or give low and high")
        twice = next((value for n, value in enumerate(values) if value in values[:n]), None)
        if twice is not None:
            raise node.error(f"{parameter.name} lists {number_text(twice)} twice")
        return Factor(parameter, kind, min(values), max(values), values)
    if not isinstance(node, Table):
        raise node.error(f"{parameter.name} takes a list of values, or {{low: VALUE, high: VALUE}}")
    if parameter.choices:
        raise node.error(f"{parameter.name} has no range; list some of {range_text(parameter)}")
    ends = keyed(node, ("low", "high", "scale"), parameter.name)
    for end in ("low", "high"):
        if end not in ends:
            raise node.error(f"{parameter.name}: a range has low and high; {end} is missing")
    low, high = (read_value(ends[end], parameter) + 0.0 for end in ("low", "high"))
    if low >= high:
        raise node.error(f"{parameter.name}: low, {number_text(low)}, is not below high, {number_text(high)}")
    log = False
    if "scale" in ends:
        scale = _word(ends["scale"], f"{parameter.name}: scale")
        if scale.text not in ("linear", "log"):
            raise scale.error(f"{parameter.name}: scale is linear or log, not {quoted(scale.text)}")
        log = scale.text == "log"
    if log and low <= 0.0:
        raise ends["low"].error(f"{parameter.name}: a log scale begins above nought, not at {number_text(low)}")
    return Factor(parameter, kind, low, high, (), log)


def _design_parts(table: Table | None) -> tuple[Kind, dict[str, Node]]:
    """The kind of design and its options; without a design every combination is run."""
    every = tuple(dict.fromkeys(key for keys in DESIGN_KEYS.values() for key in keys))
    parts = keyed(table, ("kind", *every), "design")
    if "kind" not in parts:
        if table is not None:
            raise table.error(f"a design has a kind, one of {', '.join(KINDS)}")
        return "grid", {}
    word = _word(parts.pop("kind"), "kind")
    kind = next((one for one in KINDS if one == word.text), None)
    if kind is None:
        raise word.error(f"there is no design {quoted(word.text)}{nearest(word.text, KINDS)} ({', '.join(KINDS)})")
    for name, node in parts.items():
        if name not in DESIGN_KEYS[kind]:
            takes = " and ".join(DESIGN_KEYS[kind])
            raise node.error(f"a design of kind {kind} takes {takes}, not {name}")
    return kind, parts


def _design(
    kind: Kind,
    options: Mapping[str, Node],
    where: Table,
    factors: Sequence[Factor],
    points: tuple[Mapping[str, float], ...],
    names: tuple[str, ...],
) -> Design:
    ranges = [factor.name for factor in factors if not factor.values]
    n: int | None = None
    if kind in SAMPLED:
        if not factors:
            raise where.error(f"a design of kind {kind} moves factors; name some under factors")
        if "n" not in options:
            raise where.error(f"a design of kind {kind} has a size, such as n: 64")
        n = read_whole(options["n"], "n", 2, MOST)
        if kind == "sobol" and n & (n - 1):
            near = 1 << (n.bit_length() - 1)
            raise options["n"].error(f"n of a sobol design is a power of two, such as {near} or {2 * near}, not {n}")
    levels = read_whole(options["levels"], "levels", 2, 10_000) if "levels" in options else None
    if kind == "morris":
        levels = levels or MORRIS_LEVELS
        if levels % 2:
            raise options["levels"].error(f"levels of a morris design are an even number, not {levels}")
    if kind == "one_at_a_time":
        levels = levels or 2  # both ends
    if kind == "grid" and ranges and levels is None:
        first = ranges[0]
        raise where.error(f"a grid counts the levels of its ranges, such as levels: 5, or lists the values of {first}")
    second = False
    if "second_order" in options:
        word = _word(options["second_order"], "second_order")
        if word.text not in ("true", "false", "on", "off", "yes", "no"):
            raise word.error(f"second_order takes on or off, not {quoted(word.text)}")
        second = word.text in ("true", "on", "yes")
    return Design(kind, () if n is None else (n,), levels, second, points, names)


def _listed(
    node: Node | None, where: Table, space: ParameterSpace
) -> tuple[tuple[Factor, ...], tuple[Mapping[str, float], ...], tuple[str, ...]]:
    """Points written down, each a mapping of values and, if it likes, a name; factors are what they name."""
    if node is None:
        raise where.error("a list has points, such as points: [{contracts.duration: 36}]")
    moved: dict[str, tuple[Parameter, str | None]] = {}
    points: list[Mapping[str, float]] = []
    names: list[str] = []
    for item in _items(node, "points"):
        if not isinstance(item, Table):
            raise item.error("a point holds values such as {contracts.duration: 36 months}")
        point: dict[str, float] = {}
        names.append("")
        for key, value in item.entries:
            if key.text == "name":
                names[-1] = _word(value, "name").text
                continue
            parameter, kind = moved[key.text] = _parameter(key, space)
            point[key.text] = read_value(value, parameter) + 0.0
        points.append(point)
    factors = []
    for name, (parameter, kind) in moved.items():
        values = sorted({point[name] for point in points if name in point})
        factors.append(Factor(parameter, kind, values[0], values[-1], tuple(values)))
    return tuple(factors), tuple(points), tuple(names)
