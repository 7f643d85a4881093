"""Who is there in the first month: numbers merged along the lineage, or the organizations of a register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from orgsim.core.parameters import KINDS
from orgsim.errors import InputError
from orgsim.scenarios.document import MOST_FUNDERS, MOST_ORGANIZATIONS, Document
from orgsim.scenarios.find import shown
from orgsim.scenarios.nodes import Word, quoted
from orgsim.scenarios.registers import Reading, read_register
from orgsim.scenarios.scenario import Population

Beside = Mapping[str, "str | Reading"]
"""Files that lie beside a scenario that is on no disk: texts of scenarios, registers as they were read."""
NOTHING: Beside = MappingProxyType({})


def population_of(lineage: Sequence[Document], start: str, beside: Beside = NOTHING) -> Population:
    """The population of a scenario that begins in `start`, from its files, root first.

    A register takes the place of all numbers its parents gave. Beside it a file, or its children, may name numbers
    only of kinds that the register lacks; those are drawn. Funders follow the offices it names, unless a number is
    given beside it. InputError with file and line, also for a register that cannot be read.
    """
    at = max((n for n, document in enumerate(lineage) if document.register is not None), default=None)
    if at is None:
        population = Population()
        for document in lineage:
            funders = population.funders if document.funders is None else document.funders
            population = Population(funders, {**population.organizations, **document.organizations})
        return Population(population.funders, {kind: population.organizations[kind] for kind in KINDS})
    word = lineage[at].register
    assert word is not None, "chosen because it has one"
    reading = reading_of(word, start, beside)
    organizations = reading.register.counts()
    for document in lineage[at:]:
        for kind, number in document.organizations.items():
            if reading.register.counts()[kind]:
                raise InputError(
                    f"{kind}: the register lists {reading.register.counts()[kind]} of these already; "
                    "numbers are given only for kinds it does not list",
                    file=document.file,
                    line=document.lines[kind],
                )
            organizations[kind] = number
    total = sum(organizations.values())
    if total > MOST_ORGANIZATIONS:
        raise word.error(f"the population has {total:,} organizations; {MOST_ORGANIZATIONS:,} is the most")
    return Population(_funders(lineage, at, reading, word), organizations, reading.register)


def reading_of(word: Word, start: str, beside: Beside = NOTHING) -> Reading:
    """The register a scenario names, beside its file; a register that is not there is the scenario's mistake."""
    if isinstance(own := beside.get(word.text.strip()), Reading):
        return own
    named, here = Path(word.text.strip()), Path(word.file).parent
    places = [here / named, here / named.name]  # results folders keep a register beside the scenario
    path = next((shown(candidate) for candidate in places if candidate.exists()), None)
    if path is None:
        raise word.error(f"there is no register {quoted(str(places[0]))}; its name is looked for beside this file")
    return read_register(path, start)


def _funders(lineage: Sequence[Document], at: int, reading: Reading, word: Word) -> int:
    """The bureau and the offices the register names; the usual number if it names none."""
    needed = 1 + len(reading.offices)
    given = [document for document in lineage[at:] if document.funders is not None]
    if given and given[-1].funders is not None:
        if given[-1].funders < needed:
            raise InputError(
                f"funders: the register names {needed - 1} street and town offices, so with the bureau there are "
                f"{needed} funders at least, not {given[-1].funders}",
                file=given[-1].file,
                line=given[-1].lines["funders"],
            )
        return given[-1].funders
    if needed > MOST_FUNDERS:
        raise word.error(f"the register names {needed - 1} street and town offices; {MOST_FUNDERS - 1} is the most")
    inherited = [document.funders for document in lineage[:at] if document.funders is not None]
    usual = inherited[-1] if inherited else Population().funders
    return needed if reading.offices else usual
