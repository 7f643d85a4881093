"""`orgsim validate`: does the model show what is known of such organizations, and where does it not?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orgsim.cli import simulating
from orgsim.cli.shared import (
    SCENARIO_HELP,
    JsonOption,
    Language,
    LanguageOption,
    catalogue,
    print_json,
    print_table,
    print_text,
)
from orgsim.errors import InputError
from orgsim.scenarios import load

if TYPE_CHECKING:
    from orgsim.analysis.targets import Target
    from orgsim.analysis.validate import Finding

_VERDICTS = {"inside": "区间内", "outside": "区间外", "no band": "无区间", "not measured": "未测量"}
_USES = {"calibrate": "校准", "check": "检验"}


def validate(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="A CSV file of targets; by default those that come with orgsim."),
    ] = None,
    only: Annotated[
        str | None, typer.Option("--only", metavar="ID,…", help="Measure these rows only.", show_default=False)
    ] = None,
    scenario: Annotated[str, typer.Option("--scenario", help=SCENARIO_HELP)] = "baseline",
    replications: simulating.ReplicationsOption = 32,
    months: simulating.MonthsOption = None,
    seed: simulating.SeedOption = 1,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="FILE.csv", help="Also write a table, one row a quantity.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
    quiet: simulating.QuietOption = False,
    lang: LanguageOption = Language.en,
    workers: simulating.WorkersOption = None,
) -> None:
    """Compare the model with patterns of the evidence: value, band, inside or outside.

    Facts of single runs are averages over replications with their 95 % interval; responses to policies are paired
    experiments. A file has the columns id, use, fact, target, band, basis and evidence; a row is measured if its id
    and fact, or its fact alone, are known. What is outside is no error: the exit code is 0.

    \b
    orgsim validate
    orgsim validate --only S1,S11,F2 --replications 64
    orgsim validate my-targets.csv --output validation.csv
    """
    from orgsim.analysis.targets import shipped_targets

    if output is not None:
        _check_output(output)
    targets = shipped_targets() if file is None else _read(file)
    with simulating.stopping_at_once(), simulating.progress(quiet or as_json, lang) as report:
        from orgsim.analysis import validate as analysis

        if only is not None:
            targets = analysis.chosen(targets, [one.strip() for one in only.split(",") if one.strip()])
        if not targets:
            raise InputError("--only names no row; give ids such as S1,S11")
        findings = analysis.validate(
            targets,
            load(scenario, catalogue()),
            replications=replications,
            seed=seed,
            months=months,
            workers=workers,
            report=report,
        )
    if output is not None:
        from orgsim.report.folder import write_file

        write_file(output, analysis.tidy(findings).to_csv(index=False, lineterminator="\n").encode("utf-8-sig"))
    if as_json:
        print_json({"summary": analysis.summary(findings), "findings": _plain(findings)})
        return
    _tell(findings, lang, analysis.summary(findings))
    if output is not None:
        print_text(lang.say(f"\nWritten to {output}", f"\n已写入 {output}"))


def _read(file: Path) -> tuple[Target, ...]:
    from orgsim.analysis.targets import read_targets

    return read_targets(file)


def _check_output(output: Path) -> None:
    """Refuse before the long work what could not be written after it."""
    if output.is_dir():
        raise InputError("is a folder; --output names a file", file=output)
    if output.suffix.lower() != ".csv":
        raise InputError("--output writes CSV; let the name end in .csv", file=output)


def _plain(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """Findings for JSON; numbers that are not known, and open ends of bands, are null."""
    from orgsim.analysis.validate import tidy

    return [
        {
            str(key): None if isinstance(value, float) and not math.isfinite(value) else value
            for key, value in row.items()
        }
        for row in tidy(findings).to_dict("records")
    ]


def _tell(findings: Sequence[Finding], lang: Language, counts: dict[str, int]) -> None:
    """The table, the count of rows inside, and why rows are not measured."""
    from orgsim.analysis.validate import grade
    from orgsim.report.validation_texts import band_text, interval_text, value_text

    headers = "id,use,fact,quantity,model,95 % interval,band,verdict,grade"
    if lang is Language.zh:
        headers = "编号,用途,事实,量,模型,95% 区间,目标区间,判定,证据等级"
    table = []
    for finding in findings:
        target, band = finding.target, finding.band
        title = finding.fact.title if finding.fact and lang is Language.zh else target.fact
        row = (target.id, lang.say(target.use, _USES[target.use]), title) if finding.place == 0 else ("", "", "")
        table.append(
            (
                *row,
                finding.name(lang) if finding.name else "",
                value_text(finding.value, band, lang),
                interval_text(finding.low, finding.high, band, lang),
                band_text(band, lang),
                lang.say(finding.verdict, _VERDICTS[finding.verdict]),
                grade(target) if finding.place == 0 else "",
            )
        )
    print_table(headers.split(","), table)
    print_text("\n" + _sentence(counts, lang))
    for finding in findings:
        if finding.reason and finding.place == _first_unknown(finding, findings):
            print_text(f"{finding.target.id}{lang.say(': not measured: ', '：未测量：')}{finding.reason(lang)}")
        if finding.place == 0 and finding.fact and finding.fact.id != finding.target.id:
            how = lang.say(finding.fact.summary, finding.fact.title)
            print_text(f"{finding.target.id}{lang.say(': measured as: ', '：测量的是：')}{how}")


def _first_unknown(finding: Finding, findings: Sequence[Finding]) -> int:
    """Place of the first quantity of the row that is not measured, so that a reason is told once."""
    return min(other.place for other in findings if other.target is finding.target and other.reason)


def _sentence(counts: dict[str, int], lang: Language) -> str:
    c = counts
    return lang.say(
        f"Rows for calibration inside: {c['calibrate_inside']} of {c['calibrate_measured']}; rows for checking inside: "
        f"{c['check_inside']} of {c['check_measured']}; not measured: {c['not_measured']}.",
        f"校准行：{c['calibrate_measured']} 行中 {c['calibrate_inside']} 行在区间内；"
        f"检验行：{c['check_measured']} 行中 {c['check_inside']} 行在区间内；未测量：{c['not_measured']} 行。",
    )
