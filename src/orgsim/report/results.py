"""A results folder: tables, charts, sentences and what made them, written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from io import BytesIO
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

import orgsim
from orgsim.ensembles import Comparison
from orgsim.report.charts import retention_chart, survival_chart
from orgsim.report.curves import curve_table
from orgsim.report.folder import check_target, write_folder
from orgsim.report.manifest import copied_names, identity, manifest, read_sources
from orgsim.report.page import findings_page
from orgsim.report.report_file import report_file
from orgsim.report.tables import outcome_rows

HOME = Path("results")
"""Where results go if no folder is chosen."""
LONGEST_NAME = 120
NAMES = frozenset(
    "outcomes.parquet outcomes.csv replications.parquet curves.csv manifest.json findings.md survival.png "
    "retention.png report.docx report.pdf report.html parameter_sets.csv scenarios panel".split()
)
"""Everything that a results folder may hold."""


def write_results(
    comparison: Comparison,
    folder: Path | None = None,
    language: str = "en",
    sources: Mapping[str, bytes] | None = None,
    engine: str = "columns",
    reports: Sequence[str] = (),
    more: Mapping[str, bytes] | None = None,
) -> Path:
    """Write everything about a comparison into `folder` (by default `default_folder`), and return the folder.

    `sources` are the scenario files as they were read (`manifest.read_sources`), by default read now; `language` is
    that of charts and sentences; `reports` are the kinds of report to add (`report_file.KINDS`), `more` further files,
    such as a panel's. An earlier result there is replaced; InputError if the folder holds something else, MachineError
    where it cannot be written. See `folder.write_folder` for what is left behind then: nothing.
    """
    target = default_folder(comparison, engine) if folder is None else folder
    check_target(target, NAMES)
    return write_folder(target, result_files(comparison, language, sources, engine, reports, more))


def default_folder(comparison: Comparison, engine: str = "columns") -> Path:
    """`results/<baseline>-vs-<others>-<8 hexadecimal digits of what decides the numbers>`."""
    names = [run.scenario.name for run in comparison.runs]
    name = "-vs-".join([names[0], "-".join(names[1:])]) if comparison.others else names[0]
    short = name.encode()[:LONGEST_NAME].decode(errors="ignore")
    return HOME / f"{short}-{identity(comparison, engine)[:8]}"


def check_place(folder: Path | None) -> None:
    """Raise now what writing into `folder` would raise after the run, as far as can be known."""
    check_target(HOME / "orgsim" if folder is None else folder, NAMES)


def result_files(
    comparison: Comparison,
    language: str = "en",
    sources: Mapping[str, bytes] | None = None,
    engine: str = "columns",
    reports: Sequence[str] = (),
    more: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """The files of a results folder, relative name → content."""
    sources = read_sources([run.scenario for run in comparison.runs]) if sources is None else sources
    outcomes = outcome_rows(comparison)
    files = {
        "findings.md": findings_page(comparison, sources, language, engine).encode(),
        "outcomes.csv": _csv(outcomes),
        "outcomes.parquet": _parquet(outcomes),
        "replications.parquet": _parquet(comparison.values),
        "curves.csv": _csv(curve_table(comparison)),
        "survival.png": _png(survival_chart(comparison, language)),
        "retention.png": _png(retention_chart(comparison, language)),
        **({} if comparison.sets is None else {"parameter_sets.csv": _csv(pd.DataFrame(comparison.baseline.drawn))}),
        **{name: sources[file] for file, name in copied_names(sources).items()},
        **_reports(comparison, language, sources, engine, reports),
        **(more or {}),
    }
    made = manifest(comparison, sources, engine)
    made["files"] = {name: blake2b(content, digest_size=16).hexdigest() for name, content in sorted(files.items())}
    files["manifest.json"] = (json.dumps(made, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
    return files


def _reports(
    comparison: Comparison, language: str, sources: Mapping[str, bytes], engine: str, kinds: Sequence[str]
) -> dict[str, bytes]:
    if not kinds:
        return {}
    from orgsim.report.document import document

    whole = document(comparison, language, sources, engine)
    return {f"report.{kind}": report_file(whole, kind) for kind in kinds}


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\n").encode()


def _parquet(table: pd.DataFrame) -> bytes:
    out = BytesIO()
    table.to_parquet(out, index=False)
    return out.getvalue()


def _png(figure: Figure) -> bytes:
    out = BytesIO()
    figure.savefig(out, format="png", metadata={"Software": f"orgsim {orgsim.__version__}"})
    return out.getvalue()
