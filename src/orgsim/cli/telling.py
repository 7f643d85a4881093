"""How the results of `run` and `compare` are told: tables and sentences for people, a tree for programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from orgsim.cli.shared import Language, print_table, print_text

if TYPE_CHECKING:
    from orgsim.ensembles import Comparison, Run


def tell(
    comparison: Comparison, folder: Path | None, reports: Sequence[str], lang: Language, *, hints: bool
) -> None:
    """The table and the sentences of each scenario, then where the results lie and, as hints, what to do next."""
    from orgsim.report.findings import caveat, findings, headline
    from orgsim.report.page import findings_table, of
    from orgsim.report.tables import titles
    from orgsim.report.texts import say

    called = titles(comparison, lang)
    found = findings(comparison, lang)
    baseline = comparison.baseline
    for run in comparison.others or (baseline,):
        named = {"scenario": called[run.scenario.name], "baseline": called[baseline.scenario.name]}
        title = say("page.against", lang, **named) if comparison.others else say("page.title.run", lang, **named)
        print_text(title.lstrip("# ") + "\n")
        print_table(*findings_table(comparison, found, run, lang, same_sign=False))
        print_text("\n" + headline(comparison, lang))
        print_text("\n".join(f"- {finding.text}" for finding in of(found, run)) + "\n")
    print_text(caveat(comparison, lang))
    if folder is not None:
        print_text("\n" + say("cli.files", lang, folder=folder))
    if hints:
        lines = _next(comparison.runs, folder, reports, lang)
        print_text("\n  ".join([say("cli.next", lang), *lines]))


def _next(runs: Sequence[Run], folder: Path | None, reports: Sequence[str], lang: Language) -> list[str]:
    from orgsim.report.texts import say

    lines = []
    if folder is not None:
        page = f"report.{reports[0]}" if reports else "findings.md"
        lines.append(say("cli.next.read", lang, file=folder / page, chart=folder / "survival.png"))
        lines += [] if reports else [say("cli.next.report", lang)]
    first, last = runs[0].scenario.file, runs[-1].scenario.file
    if len(runs) > 1:
        return [*lines, say("cli.next.diff", lang, baseline=first, scenario=last)]
    return [*lines, say("cli.next.show", lang, scenario=first), say("cli.next.compare", lang, scenario=first)]


def tree(comparison: Comparison) -> dict[str, object]:
    """What `--json` prints; numbers that are not known are null."""
    import orgsim
    from orgsim.report.tables import json_rows

    baseline = comparison.baseline
    others = [run.scenario.name for run in comparison.others]
    name: str | list[str] = others if len(others) > 1 else (others or [baseline.scenario.name])[0]
    return {
        "scenario": name,
        "baseline": baseline.scenario.name if others else None,
        "replications": baseline.replications,
        **({} if baseline.sets is None else {"parameter_sets": baseline.parameter_sets}),
        "months": baseline.months,
        "seed": baseline.seed,
        "version": orgsim.__version__,
        "outcomes": json_rows(comparison),
    }
