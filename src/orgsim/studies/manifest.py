"""What made a study's rows: code, versions, scenarios, factors, seeds. Nothing about the machine or its people."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import orgsim
from orgsim.core.parameters import KINDS
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.scenarios import ParameterTable, resolve
from orgsim.scenarios.resolve import place_of
from orgsim.scenarios.values import number_text
from orgsim.studies.factors import Factor
from orgsim.studies.layout import SCHEMA, Manifest
from orgsim.studies.measure import code_hash
from orgsim.studies.study import Study, column_of

LIBRARIES = ("numpy", "numba", "llvmlite", "scipy", "pandas", "pyarrow", "SALib")


def environment() -> dict[str, str | None]:
    """Versions that may decide the last bit of a row."""
    found: dict[str, str | None] = {"python": platform.python_version(), "machine": platform.machine()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = None
    return found


def new_manifest(study: Study) -> Manifest:
    """The manifest of a store that is about to be made; `grown_manifest` adds how large the study is."""
    present = resolve(study.scenarios[0], months=study.months)
    return {
        "store": SCHEMA,
        "study": study.name,
        "title": study.title.model_dump(),
        "question": None if study.question is None else study.question.model_dump(),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "orgsim": orgsim.__version__,
        "code": code_hash(),
        "environment": environment(),
        "fingerprints": study.fingerprints(),
        "scenarios": [
            {
                "name": each.name,
                "title": each.title.model_dump(),
                "file": f"scenarios/{each.name}/{Path(each.file).name}",
                "fingerprint": resolve(each, months=study.months).fingerprint(),
                "population": each.population.content(),
            }
            for each in study.scenarios
        ],
        "factors": [_factor(factor, present) for factor in study.factors],
        "months": study.months,
        "seed": study.seed,
        "uncertainty": study.uncertainty,
        "outcomes": [
            {
                "column": column_of(name, stratum),
                "outcome": name,
                "stratum": stratum,
                "title": BY_NAME[name].title.model_dump(),
                "unit": BY_NAME[name].unit,
                "better": BY_NAME[name].better,
            }
            for name, stratum in study.measured
        ],
        "strata": list(study.strata),
        "series": list(study.series),
    }


def _factor(factor: Factor, table: ParameterTable) -> dict[str, object]:
    """A factor, and its `present` value: what the first scenario has in month 0, if it is one for all it moves."""
    parameter = factor.parameter
    kinds: Sequence[str | None] = KINDS if parameter.by_kind and factor.kind is None else (factor.kind,)
    values = {float(table.at(0)[place_of(table.space, parameter.name, kind)]) for kind in kinds}
    return factor.content() | {
        "title": parameter.title.model_dump(),
        "unit": parameter.unit,
        "role": parameter.role,
        "choices": list(parameter.choices),
        "present": values.pop() if len(values) == 1 else None,
    }


def grown_manifest(manifest: Manifest, study: Study, files: Mapping[str, str], runs: int, distinct: int) -> Manifest:
    """The manifest with the size of the study: `files` are names of those of the design and the plan."""
    return manifest | {
        "design": study.design.content() | {"blocks": list(study.design.blocks), "n": study.design.n},
        "points": study.points,
        "replications": study.replications,
        "rows": runs,
        "runs": distinct,
        "max_failures": study.max_failures,
        "files": dict(files),
    }


def differences(manifest: Manifest, study: Study) -> list[str]:
    """Which parts of a study are not those of the store: 'seed', 'factors', …"""
    return different_parts(manifest, study.fingerprints())


def different_parts(manifest: Manifest, fingerprints: Mapping[str, str]) -> list[str]:
    """Which parts of the study of a store have other fingerprints."""
    before: Mapping[str, str] = manifest["fingerprints"]
    return [name for name in fingerprints if before.get(name) != fingerprints[name]]


def other_versions(manifest: Manifest) -> list[str]:
    """What of the environment is another than when the store was made, in words."""
    return changed_versions(manifest["environment"], environment())


def changed_versions(before: Mapping[str, str | None], now: Mapping[str, str | None]) -> list[str]:
    """What differs between two environments, in words."""
    return [f"{name} {before.get(name)} → {now[name]}" for name in now if before.get(name) != now[name]]


def size_text(study: Study) -> str:
    """'12 points × 2 scenarios × 16 replications'; what there is one of is left out, beside replications."""
    counts = [(study.points, "points"), (len(study.scenarios), "scenarios"), (study.uncertainty, "parameter sets")]
    words = [f"{number_text(count)} {what}" for count, what in counts if count > 1]
    return " × ".join([*words, f"{study.replications} replications"])
