"""Writes `docs/model.md`, the reference of the model, from its rules and values.

python -m orgsim.report.reference            write the page
python -m orgsim.report.reference --check    only tell whether the page is up to date
"""

from __future__ import annotations

import argparse
import inspect
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from orgsim.core.registry import Model
from orgsim.mechanisms import mechanisms
from orgsim.report import sections
from orgsim.report.bibliography import OWN
from orgsim.scenarios import Population
from orgsim.schedule import model as package_model

DOCS = Path(__file__).resolve().parents[3] / "docs"
"""The pages of the repository; an installed package has none."""

_OVERVIEW = """\
# The model

*Made from the rules and their values by `python -m orgsim.report.reference`. Change those, not this page.*

orgsim asks under which mix of subsidy, reward and penalty, and autonomy social organizations survive and keep their
people, at what public cost, and how sure one can be. It compares policies on the same luck; it does not forecast.

**Who.** One urban district: {funders} funders (the district bureau, and street and town offices), {registered}
registered organizations of four kinds, {community} filed community organizations, and the people they employ, who
follow from the money. Donors, companies, communities as buyers, the labour market and the public are surroundings
and not agents: the row `sector` holds their state. The kinds: {kinds}.

**When.** A step is a month. The world is burnt in under today's levers, then the policy months follow, 120 unless a
scenario says otherwise. A burnt-in world serves every policy, so all are compared from the same start.

**What a month is.** {phases} phases in order, listed below. Money first: claims, calls, awards, receipts. Then work,
pay, outlays and cash. Then conduct: who breaks rules, who is found out, what follows. Then trust, dependence, ties,
autonomy and quality. Then people: how they feel, who leaves, who is hired. Last the register: who dies economically,
who is cleaned up or closes, what is counted, who is founded.

**How an organization lives or dies.** Nobody dies because a table says so. Income buys posts; posts deliver services;
late money, prices below cost, or shrinking gifts eat the cash; short cash freezes hiring, then sheds people. An
organization that owes more than creditors bear, or has nobody and does nothing for a year, becomes *dormant*: dead
economically, still on the register. The register's clean-up revives, deregisters or strikes off the dormant; grave
misconduct found again leads to revocation; a few close of their own wish. So *survival* (still on the register) and
*active* (still at work) are two outcomes.

**How a person stays or goes.** The monthly chance to quit rises with burnout, falls with satisfaction, with pay
against the outside wage and, after a peak in month three, with tenure. Pay lifts satisfaction only until one is used
to it, but leaving responds to the pay gap itself. A closure counts as its people leaving.

**Luck.** Each decision has its own uniform number, a pure function of seed, replication, decision, month and entity.
Two policies that ask the same question of the same person in the same month meet the same luck.

**What to trust.** Of {parameters} parameters, {assumed} are assumed and say so; every one shows its grade and its
source below, and every contested effect has a value that switches it off.

"""


def reference(model: Model, entries: Mapping[str, int]) -> str:
    """The whole page; `entries` maps a cite key to its line in `references.bib`.

    Raises KeyError for a parameter that cites what is not there. The same model gives the same text.
    """

    def cite(key: str) -> str:
        return "own judgement" if key == OWN else f"[{key}](references.bib#L{entries[key]})"

    lines = ["## Mechanisms", ""]
    for part in mechanisms():
        lines.append(f"- [{part.name}](#{part.name}) – {_first_sentence(part.rules)}")
    lines.append("")
    for part in mechanisms():
        lines += sections.mechanism(model, part.name, part.rules, cite)
    parts = (
        sections.counts(model.space),
        sections.nulls(model.space),
        sections.outcomes(),
        sections.month(model),
        lines,
        sections.entities(model),
    )
    return _overview(model) + "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _first_sentence(module: object) -> str:
    first = (inspect.getdoc(module) or "").split("\n\n", 1)[0]
    return sections.one_line(first.partition(": ")[2] or first)


def _overview(model: Model) -> str:
    population = Population()
    numbers = dict(population.organizations)
    community = numbers.pop("community")
    return _OVERVIEW.format(
        funders=population.funders,
        registered=sum(numbers.values()),
        community=community,
        kinds=", ".join(f"{kind} ({number})" for kind, number in population.organizations.items()),
        phases=len(model.schedule),
        parameters=len(model.space),
        assumed=sum(p.source.reading == "assumed" for p in model.space.values()),
    )


def bibliography(text: str) -> dict[str, int]:
    """Cite keys of a BibTeX file's text, each with the line it begins on, counted from 1."""
    lines = enumerate(text.splitlines(), 1)
    return {found[1]: number for number, line in lines if (found := re.match(r"@\w+\{([^,\s]+),", line))}


def main(arguments: list[str] | None = None) -> int:
    """Write the page, or compare it; 1 if a comparison finds it out of date."""
    parser = argparse.ArgumentParser(prog="python -m orgsim.report.reference", description="Write docs/model.md.")
    parser.add_argument("--check", action="store_true", help="only tell whether the page is up to date")
    parser.add_argument("--folder", type=Path, default=DOCS, help="where references.bib and model.md lie")
    chosen = parser.parse_args(arguments)
    file: Path = chosen.folder / "model.md"
    text = reference(package_model(), bibliography((chosen.folder / "references.bib").read_text(encoding="utf-8")))
    if chosen.check:
        fresh = file.exists() and file.read_text(encoding="utf-8") == text
        print(f"{file} is {'up to date' if fresh else 'out of date: run make docs'}")
        return 0 if fresh else 1
    file.write_text(text, encoding="utf-8")
    print(f"wrote {file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
