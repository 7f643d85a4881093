"""Who acts on whom, counted from the schedule: what the pictures of the ODD page are drawn from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from orgsim.core.declare import Phase
from orgsim.core.registry import Linked, Model, Own, Value
from orgsim.mechanisms import NAMES

AGENTS = ("sector", "kind", "funder", "organization", "staff")
COUNTING = "counts"
"""The one lane of all entities that only count."""
LANES = (*AGENTS, COUNTING)


@dataclass
class Step:
    """A phase of the month as it is drawn: how many columns are written in each lane, and which lanes are read."""

    name: str
    sort: str
    written: Counter[str] = field(default_factory=Counter)
    reads: set[tuple[str, str]] = field(default_factory=set)


def lane(entity: str) -> str:
    """The lane in which an entity is drawn."""
    return entity if entity in AGENTS else COUNTING


def steps(model: Model) -> list[Step]:
    """The phases in order."""
    return [_step(model, phase) for phase in model.schedule]


def _step(model: Model, phase: Phase) -> Step:
    if phase.birth:
        birth = phase.birth
        return Step(phase.name, "births", Counter([lane(birth.entity)]), {(lane(birth.parent), lane(birth.entity))})
    if phase.death:
        return Step(phase.name, "deaths", Counter([lane(phase.death.entity)]))
    if phase.allocate:
        shared = model.allocations[phase.allocate]
        written = Counter(lane(name.partition("__")[0]) for name in shared.writes)
        columns = (name.partition("__") for name in shared.arguments)
        read = {lane(entity) for entity, _, name in columns if name not in ("", "present", "id")}
        return Step(phase.name, "allocation", written, {(a, b) for a in read for b in written if a != b})
    step = Step(phase.name, "totals" if phase.totals else "rules")
    for entity, _ in phase.totals:
        step.written[lane(entity)] += 1
    for key in phase.totals:
        step.reads.add((lane(model.totals[key].of), lane(key[0])))
    for entity, names in phase.rules.items():
        step.written[lane(entity)] += len(names)
        for name in names:
            for reading in model.reads(model.rules[entity, name]).values():
                if isinstance(reading, Linked) and lane(reading.entity) != lane(entity):
                    step.reads.add((lane(reading.entity), lane(entity)))
    return step


def effects(model: Model) -> dict[str, Counter[tuple[str, str]]]:
    """Arrows from lane to lane with their number: rules that read another's row, totals, kinds of birth."""
    found: dict[str, Counter[tuple[str, str]]] = {"rules": Counter(), "totals": Counter(), "births": Counter()}
    for rule in [*model.rules.values(), *(rule for some in model.initials.values() for rule in some)]:
        read = {r.entity for r in model.reads(rule).values() if isinstance(r, Linked)}
        found["rules"].update((lane(entity), lane(rule.entity)) for entity in read)
    found["totals"].update((lane(total.of), lane(total.entity)) for total in model.totals.values())
    births = (phase.birth for phase in model.schedule if phase.birth)
    found["births"].update((lane(birth.parent), lane(birth.entity)) for birth in births)
    return found


def readings(model: Model) -> dict[str, Counter[str]]:
    """For each mechanism, how many columns and parameters of each other mechanism its rules and totals read."""
    owners = {place: name.partition(".")[0] for name, place in model.space.place.items()}
    read: dict[str, set[tuple[str, str]]] = {name: set() for name in NAMES}
    for rule in [*model.rules.values(), *(rule for some in model.initials.values() for rule in some)]:
        for argument, reading in model.reads(rule).items():
            match reading:
                case Own(column):
                    owner, what = model.columns[rule.entity][column].owner, f"{rule.entity}.{column}"
                case Linked(_, entity, column):
                    owner, what = model.columns[entity][column].owner, f"{entity}.{column}"
                case Value(place, _):
                    owner, what = owners[place], argument
                case _:
                    continue
            read[rule.mechanism].add((owner, what))
    for key, total in model.totals.items():
        mechanism = model.columns[key[0]][key[1]].owner
        for summed in filter(None, (total.value, total.where)):
            read[mechanism].add((model.columns[total.of][summed].owner, f"{total.of}.{summed}"))
    return {
        name: Counter(owner for owner, _ in found if owner in NAMES and owner != name) for name, found in read.items()
    }
