"""Writes `docs/validation.md`, its table and its picture: each target of the evidence, and where the model lies.

    python -m orgsim.report.validation [--replications N]     measure everything and write all three
    python -m orgsim.report.validation --page                 write page and picture from the table that is there

Remarks on rows that are outside or not measured stand in `validation_remarks.yaml`.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from orgsim.analysis.bands import Band
from orgsim.analysis.facts import FACTS, WORDS
from orgsim.analysis.targets import Target, shipped_targets
from orgsim.analysis.validate import tidy, validate
from orgsim.core.parameters import read_entries
from orgsim.errors import InputError
from orgsim.report.folder import write_file
from orgsim.report.reference import DOCS
from orgsim.report.sections import one_line
from orgsim.report.sections import table as markdown_table
from orgsim.report.validation_chart import validation_chart
from orgsim.report.validation_texts import band_text, interval_text, value_text
from orgsim.scenarios import load

REMARKS = Path(__file__).parent / "validation_remarks.yaml"
THEMES = {"F": "Money, entry and exit", "S": "Staff", "G": "Supervision, trust and Party organizations"}
SORTS = {
    "recorded": "sums over a run of the baseline",
    "observed": "individuals of a run of the baseline",
    "response": "experiment",
    "none": "not measured",
}
Record = dict[str, Any]
_HEAD = """\
# Validation

*Made by `python -m orgsim.report.validation` from `validation.csv` and `report/validation_remarks.yaml`; measured by
`orgsim validate`. Change those, not this page.*

The model is held against {rows} patterns that studies, registers and surveys report. Rows marked **calibrate** are what
free values of the model may be fitted to; rows marked **check** are not fitted. The value is the mean over
{replications} replications, with its 95 % interval; it is *inside* if the mean lies in the band. Responses to policies
are paired experiments on common random numbers. Intervals hold luck only, not doubt about the model's values.

{counts}

A band is what the evidence allows, often read abroad and adapted; its grade (A measured in China and usable as it is, B
elsewhere, C weak) says how far it binds. Being inside shows that the model is not at odds with a pattern, no more.

![Every band and the model's mean](images/validation.png)

*Bands stretched to one width. Rows that only hold or do not are in the tables.*
"""


def page(table: pd.DataFrame, targets: Sequence[Target], remarks: Mapping[str, str]) -> str:
    """The whole page as Markdown; `table` is what `analysis.validate.tidy` gives, `remarks` texts by id."""
    quantities: dict[str, list[Record]] = {}
    for found in records(table):
        quantities.setdefault(found["id"], []).append(found)
    lines = [_HEAD.format(rows=len(targets), replications=int(table["replications"].max()), counts=counts(table))]
    for letter, title in THEMES.items():
        chosen = [target for target in targets if target.id.startswith(letter)]
        lines += [f"## {title}", "", *_table(chosen, quantities)]
    lines += ["## Outside, and what is not measured", "", *_discussed(targets, table, remarks)]
    lines += ["## How each is measured", "", *_measured(targets)]
    lines += ["## What a file of your own may ask besides", "", *_further()]
    return "\n".join(lines).rstrip() + "\n"


def verdicts(table: pd.DataFrame) -> pd.Series[str]:
    """The verdict of each row, by id: outside if a quantity is, inside if those measured are, else not measured."""

    def of(row: pd.Series[str]) -> str:
        told = set(row)
        return "outside" if "outside" in told else "inside" if "inside" in told else "not measured"

    return table.groupby("id", sort=False)["verdict"].agg(of)


def counts(table: pd.DataFrame) -> str:
    """How many rows of each use are inside, outside and not measured, in a sentence."""
    verdict, use = verdicts(table), table.groupby("id", sort=False)["use"].first()
    parts = []
    for name, words in (("calibrate", "rows for calibration"), ("check", "rows for checking")):
        here = verdict[use == name]
        inside, outside = (here == "inside").sum(), (here == "outside").sum()
        parts.append(f"of {inside + outside} measured {words} **{inside} are inside**")
    missing = int((verdict == "not measured").sum())
    return f"Today, {parts[0]}, and {parts[1]}; {missing} rows cannot be measured."


def records(table: pd.DataFrame) -> list[Record]:
    """The rows of the table, each as a mapping from column to cell."""
    return [{str(name): cell for name, cell in row.items()} for row in table.to_dict("records")]


def _table(targets: Sequence[Target], quantities: Mapping[str, list[Record]]) -> list[str]:
    rows = []
    for target in targets:
        for number, found in enumerate(quantities.get(target.id, [])):
            band = band_of(found)
            first = (target.id, target.use, target.fact, target.target) if number == 0 else ("", "", "", "")
            interval = interval_text(found["low"], found["high"], band)
            value = value_text(found["value"], band)
            verdict = f"**{found['verdict']}**" if found["verdict"] == "outside" else found["verdict"]
            last = (found["grade"], target.evidence) if number == 0 else ("", "")
            shown = f"{value} [{interval}]" if interval else value
            rows.append((*first, found["quantity"], shown, band_text(band), verdict, *last))
    header = ("id", "use", "fact", "target", "quantity", "model [95 %]", "band", "verdict", "grade", "evidence")
    return markdown_table(header, rows)


def band_of(found: Record) -> Band | None:
    """The band of a row of the table; None where the quantity has none."""
    if math.isnan(found["band_low"]):
        return None
    return Band(found["band_low"], found["band_high"], found["band_unit"])


def _discussed(targets: Sequence[Target], table: pd.DataFrame, remarks: Mapping[str, str]) -> Iterator[str]:
    verdict = verdicts(table)
    for target in targets:
        missing = target.id in verdict and verdict[target.id] != "inside"
        partly = (table["id"].eq(target.id) & table["verdict"].eq("not measured")).any()
        if missing or partly:
            reasons = table.loc[table["id"].eq(target.id) & table["reason"].ne(""), "reason"].unique()
            words = [remarks.get(target.id, ""), *(f"Not measured: {reason}." for reason in reasons)]
            yield f"- **{target.id}, {target.fact}.** " + one_line(" ".join(filter(None, words)))
    yield ""


def _measured(targets: Sequence[Target]) -> Iterator[str]:
    for target in targets:
        fact = FACTS[target.id]
        if fact.how:
            yield f"- **{target.id}, {target.fact}** ({SORTS[fact.sort]}). {one_line(fact.how)}"
    yield ""


def _further() -> Iterator[str]:
    yield "Rows of another file are known by these patterns' ids or words; and these, by phrases of their fact:"
    yield ""
    for name, sets in WORDS.items():
        phrases = " and ".join("/".join(sorted(each)) for each in sets)
        yield f"- {one_line(FACTS[name].summary)} *({phrases})*"
    yield ""


def read_remarks(file: Path = REMARKS) -> dict[str, str]:
    """Remarks by id of the target; InputError for an id that is no target or a remark that is no text."""
    known = {target.id for target in shipped_targets()}
    remarks: dict[str, str] = {}
    for row, (line, text) in read_entries(file).items():
        if row not in known or not isinstance(text, str):
            raise InputError(f"'{row}' is no target with a remark in words", file=file, line=line)
        remarks[row] = text
    return remarks


def read_table(file: Path) -> pd.DataFrame:
    """The table of a validation as it was written."""
    words = [
        "id",
        "use",
        "fact",
        "quantity",
        "target",
        "band",
        "band_unit",
        "verdict",
        "grade",
        "evidence",
        "measured",
        "reason",
    ]
    table = pd.read_csv(file, dtype=dict.fromkeys(words, "str"))
    table[words] = table[words].fillna("")
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the table, unless only the page is wanted; then write page and picture."""
    parser = argparse.ArgumentParser(prog="python -m orgsim.report.validation", description="Write docs/validation.md.")
    parser.add_argument("--replications", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--page", action="store_true", help="write page and picture from the table that is there")
    parser.add_argument("--folder", type=Path, default=DOCS, help="where validation.md, .csv and images/ lie")
    chosen = parser.parse_args(arguments)
    if chosen.replications < 2:
        parser.error("an interval takes at least two replications")
    file: Path = chosen.folder / "validation.csv"
    if not chosen.page:
        findings = validate(
            shipped_targets(),
            load("baseline"),
            replications=chosen.replications,
            seed=chosen.seed,
            report=lambda what, done, total: print(f"{what}: {done} of {total}", flush=True),
        )
        text = tidy(findings).to_csv(index=False, float_format="%.6g", lineterminator="\n")
        write_file(file, text.encode("utf-8"))
    table = read_table(file)
    picture = BytesIO()
    validation_chart(table).savefig(picture, format="png", metadata={"Software": None})
    write_file(chosen.folder / "images" / "validation.png", picture.getvalue())
    write_file(chosen.folder / "validation.md", page(table, shipped_targets(), read_remarks()).encode("utf-8"))
    print(f"wrote validation.md, validation.csv and images/validation.png to {chosen.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
