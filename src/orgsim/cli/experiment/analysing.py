"""`orgsim experiment analyze`."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orgsim.cli import simulating
from orgsim.cli.counting import counted
from orgsim.cli.experiment.opening import StoreOption, StudyArgument, existing
from orgsim.cli.shared import JsonOption, Language, LanguageOption, print_json, print_text

if TYPE_CHECKING:
    from orgsim.report.studies.files import Told
    from orgsim.studies.layout import Manifest


def analyze(
    study: StudyArgument,
    store: StoreOption = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option("--outcome", metavar="NAME", help="Only this outcome; may be given several times."),
    ] = None,
    month: Annotated[
        int | None,
        typer.Option("--month", metavar="MONTH", help="Monthly sums that the study keeps, at this month."),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option("--scenario", metavar="NAME", help="Only this scenario.  [default: all but the first]"),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="NAME|none",
            help="What differences are from; none: values themselves.  [default: the first scenario]",
        ),
    ] = None,
    fails: Annotated[
        str | None,
        typer.Option(
            "--fails",
            metavar="COMPARISON",
            help="When the policy fails, such as 'annual_turnover > 0.2' or 'difference < 0'; PRIM finds where.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FOLDER", help="Where tables, figures and page go.  [default: STORE/analysis]"),
    ] = None,
    as_json: JsonOption = False,
    quiet: simulating.QuietOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Say what moves what in a study, how far, and how sure that is; write tables, figures and a page.

    The design decides: Sobol indices, elementary effects (Morris), a tornado, or main effects, interactions and partial
    rank correlations; and where a policy fails (PRIM). With several scenarios differences from the first are analysed,
    on the same luck. Half a design is refused; of a study that is being extended the part that is whole is taken.

    \b
    orgsim experiment analyze terms
    orgsim experiment analyze terms --outcome annual_turnover --against none
    orgsim experiment analyze terms --fails 'annual_turnover > 20 %'
    """
    with simulating.stopping_at_once(), counted(quiet or as_json, lang) as report:
        from orgsim.report.folder import check_target, write_folder
        from orgsim.report.studies.files import OURS, analysis_files, told
        from orgsim.studies.analysis import analyse, whole_study

        found = existing(study, store)
        target = out or found.folder / "analysis"
        check_target(target, OURS)
        design, results, manifest = whole_study(found)
        options = {
            "outcome": outcome, "month": month, "scenario": scenario, "against": against, "fails": fails,
        }  # fmt: skip
        analysis = analyse(
            design, results, manifest,
            outcomes=outcome, month=month, scenario=scenario, against=against, fails=fails,
            monthly=found.monthly() if manifest["series"] else None, report=report,
        )  # fmt: skip
        whole = manifest["rows"] == found.manifest["rows"]
        page = told(analysis, design, manifest, lang.value, whole=whole, command=_command(study, options, lang))
        files = analysis_files(page, manifest, options)
        write_folder(target, files)
    if as_json:
        print_json(_content(page, manifest, target, lang))
        return
    _tell(page, target, lang)


def _command(study: str, options: dict[str, Any], lang: Language) -> str:
    """What makes the same again."""
    words = ["orgsim experiment analyze", study]
    for name, value in options.items():
        for one in value if isinstance(value, list) else [] if value is None else [value]:
            words += [f"--{name}", f"'{one}'" if " " in str(one) else str(one)]
    return " ".join([*words, *(["--lang zh"] if lang is Language.zh else [])])


def _tell(page: Told, target: Path, lang: Language) -> None:
    """Headings and sentences of the answers, and where the rest is."""
    from orgsim.report.blocks import Heading, Paragraph, Points

    print_text(page.document.title)
    for block in page.document.blocks:
        match block:
            case Heading(text):
                print_text(f"\n{text}")
            case Points(items):
                print_text("\n".join(f"  {item}" for item in items))
            case Paragraph(text, small=False):
                print_text(f"  {text}")
    print_text(
        lang.say(
            f"\nWritten to {target}: analysis.html, analysis.md, tables/, figures/",
            f"\n已写入 {target}：analysis.html、analysis.md、tables/、figures/",
        )
    )


def _content(page: Told, manifest: Manifest, target: Path, lang: Language) -> dict[str, Any]:
    """Everything as plain data: numbers as numbers, what is not known null."""
    from orgsim.report.studies.gallery import last_of
    from orgsim.report.studies.names import Names
    from orgsim.report.studies.sentences import discovered, sentences

    names, analysis = Names(manifest, lang.value), page.analysis
    return {
        "study": manifest["study"],
        "rows": manifest["rows"],
        "design": manifest["design"]["kind"],
        "folder": str(target),
        "findings": [
            {
                "scenario": one.scenario,
                "against": one.against,
                "outcome": one.outcome,
                "month": one.month,
                "sentences": [*sentences(analysis, one, names), *discovered(analysis, one, names)],
            }
            for one in last_of(analysis.responses)
        ],
        "left_out": [one.sentence(lang.value) for one in analysis.left_out],
        "tables": {
            name: [{key: _plain(value) for key, value in row.items()} for row in table.to_dict("records")]
            for name, table in analysis.tables.items()
        },
    }


def _plain(value: object) -> object:
    """A number that is not known, or has no end, is null."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
