"""What made a result: versions, seed, fingerprints, and the line that set each value. Nothing about the machine."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath

import orgsim
from orgsim.core.hashing import content_hash, source_hash
from orgsim.ensembles import Comparison, Run
from orgsim.scenarios import Scenario
from orgsim.scenarios.values import value_text

LIBRARIES = ("numpy", "numba", "scipy", "pandas", "mesa")


def manifest(comparison: Comparison, sources: Mapping[str, bytes], engine: str = "columns") -> dict[str, object]:
    """The manifest of a comparison as plain data; `sources` are the scenario files (path as loaded → content)."""
    copied = copied_names(sources)
    run = comparison.baseline
    numbers = [int(number) for number in run.recording.replications[: run.replications]]
    return {
        "orgsim": orgsim.__version__,
        "model": model_hash(),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command(comparison, sources, engine),
        "baseline": run.scenario.name if comparison.others else None,
        "seed": run.seed,
        "months": run.months,
        "replications": len(numbers),
        "parameter_sets": None if run.sets is None else run.parameter_sets,
        "replication_numbers": None if numbers == list(range(len(numbers))) else numbers,
        "engine": engine,
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in LIBRARIES}},
        "scenarios": [_scenario(each, copied) for each in comparison.runs],
    }


def identity(comparison: Comparison, engine: str = "columns") -> str:
    """Content hash of all that decides the numbers: 32 hexadecimal digits."""
    run = comparison.baseline
    return content_hash(
        {
            "model": model_hash(),
            "scenarios": [
                [each.scenario.name, each.table.fingerprint(), each.scenario.population.content()]
                for each in comparison.runs
            ],
            "seed": run.seed,
            "months": run.months,
            "replications": [int(number) for number in run.recording.replications],
            "engine": engine,
            **({} if run.sets is None else {"parameter_sets": [dict(values) for values in run.drawn]}),
        }
    )


def read_sources(scenarios: Sequence[Scenario]) -> dict[str, bytes]:
    """The scenario files of all lineages and their registers, path as loaded → content; what is no file is left out."""
    sources = {}
    registers = [each.population.register.file for each in scenarios if each.population.register]
    for file in dict.fromkeys([*(file for scenario in scenarios for file in scenario.files), *registers]):
        try:
            sources[file] = Path(file).read_bytes()
        except OSError:
            continue
    return sources


def copied_names(sources: Mapping[str, bytes]) -> dict[str, str]:
    """Where each scenario file lies within a results folder; two of one name are told apart by a number."""
    names: dict[str, str] = {}
    content: dict[str, bytes] = {}
    for file, text in sources.items():
        path = PurePath(file)
        name, number = f"scenarios/{path.name}", 1
        while content.get(name, text) != text:
            number += 1
            name = f"scenarios/{path.stem}-{number}{path.suffix}"
        content[name] = text
        names[file] = name
    return names


def command(comparison: Comparison, sources: Mapping[str, bytes], engine: str = "columns") -> str:
    """The command that gives the same numbers again within the results folder."""
    copied = copied_names(sources)
    run = comparison.baseline
    files = [copied.get(each.scenario.file, each.scenario.name) for each in comparison.runs]
    words = ["orgsim", "compare" if comparison.others else "run", *(_quoted(file) for file in files)]
    words += ["--replications", str(run.replications), "--months", str(run.months), "--seed", str(run.seed)]
    words += [] if run.sets is None else ["--uncertainty", str(run.parameter_sets)]
    return " ".join(words if engine == "columns" else [*words, "--engine", engine])


def model_hash() -> str:
    """Content hash of the source of everything that decides numbers: 32 hexadecimal digits."""
    return source_hash()


def _scenario(run: Run, copied: Mapping[str, str]) -> dict[str, object]:
    scenario = run.scenario
    return {
        "name": scenario.name,
        "title": scenario.title.model_dump(),
        "question": None if scenario.question is None else scenario.question.model_dump(),
        "lineage": list(scenario.lineage),
        "files": [_place(file, copied) for file in scenario.files],
        "start": scenario.start,
        "months": run.months,
        "burn_in": scenario.burn_in,
        "population": run.scenario.population.content(),
        "population_fingerprint": content_hash(run.scenario.population.content()),
        "register": _register(run, copied),
        "fingerprint": run.table.fingerprint(),
        "values": _values(run, copied),
    }


def _register(run: Run, copied: Mapping[str, str]) -> dict[str, object] | None:
    """The register's file and the hash of its bytes, if the organizations come from one."""
    register = run.scenario.population.register
    if register is None:
        return None
    return {"file": _place(register.file, copied), "blake2b": register.digest, "organizations": len(register)}


def _values(run: Run, copied: Mapping[str, str]) -> list[dict[str, object]]:
    """Every value that a file of the lineage set, from when on, and the line that did it."""
    lineage = set(run.scenario.files)
    values: list[dict[str, object]] = []
    for name, history in run.table.origins.items():
        parameter, _, kind = name.partition("[")
        found = run.table.space[parameter]
        for since in history:
            if since.origin.file in lineage:
                line = f":{since.origin.line}" if since.origin.line else ""
                values.append(
                    {
                        "parameter": parameter,
                        "kind": kind.rstrip("]") or None,
                        "value": since.value,
                        "text": value_text(found, since.value),
                        "unit": found.unit,
                        "from": "burn-in" if since.month < 0 else run.scenario.date(since.month),
                        "over": since.over,
                        "set_by": f"{_place(since.origin.file, copied)}{line}",
                    }
                )
    return values


def _place(file: str, copied: Mapping[str, str]) -> str:
    return copied.get(file, PurePath(file).name)


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _quoted(word: str) -> str:
    return word if all(character.isalnum() or character in "-_./" for character in word) else f"'{word}'"
