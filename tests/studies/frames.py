"""Designs, results and manifests of studies whose answers are known, built by hand: nothing is simulated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgsim.studies.designs import Design, design_points
from orgsim.studies.factors import Factor

Floats = NDArray[np.float64]
Frames = tuple[pd.DataFrame, pd.DataFrame, dict[str, Any]]


def factor(
    name: str, low: float = 0.0, high: float = 1.0, values: Sequence[float] = (), **more: object
) -> dict[str, Any]:
    """A factor as a manifest holds it."""
    span: dict[str, object] = {"values": list(values)} if values else {"low": low, "high": high, "scale": "linear"}
    return {"name": name, **span, "choices": [], "present": None, "unit": "1", **more}


def sampled(kind: str, count: int, n: int, **more: Any) -> Floats:
    """Points of the unit cube as studies sample them."""
    factors = [_Plain(f"x{place}") for place in range(count)]
    frame = design_points(Design(kind, (n,), **more), factors, 1)  # type: ignore[arg-type]
    return frame.drop(columns=["point", "name"]).to_numpy()


class _Plain(Factor):
    """A factor of the unit interval that is called as one likes."""

    def __init__(self, name: str) -> None:
        for key, value in {"_name": name, "low": 0.0, "high": 1.0, "values": (), "log": False, "kind": None}.items():
            object.__setattr__(self, key, value)

    @property
    def name(self) -> str:
        return str(self.__dict__["_name"])


def study(
    kind: str,
    factors: Sequence[Mapping[str, Any]],
    points: Floats,
    truth: Callable[..., Floats],
    *,
    replications: int = 8,
    noise: Floats | None = None,
    second_order: bool = False,
    levels: int | None = None,
    scenarios: Mapping[str, Callable[..., Floats]] | None = None,
) -> Frames:
    """A complete study of one outcome `y`: `truth` of the columns of `points`, plus `noise` (points, replications)."""
    names = [str(each["name"]) for each in factors]
    design = pd.DataFrame(points, columns=names)
    design.insert(0, "point", np.arange(len(points)))
    design.insert(1, "name", "")
    told = {"a": truth, **(scenarios or {})}
    rows = []
    for point, place in enumerate(points):
        for scenario, function in told.items():
            value = float(function(*place))
            for replication in range(replications):
                luck = 0.0 if noise is None else noise[point, replication]
                rows.append((len(rows), f"{len(rows):032x}", point, scenario, -1, replication, "ok", "", value + luck))
    columns = ["row", "run", "point", "scenario", "set", "replication", "status", "error", "y"]
    manifest = {
        "scenarios": [{"name": name} for name in told],
        "factors": [dict(each) for each in factors],
        "design": {"kind": kind, "levels": levels, "second_order": second_order},
        "points": len(points), "replications": replications, "uncertainty": 0, "seed": 0, "months": 12,
        "outcomes": [{"column": "y"}], "series": [], "strata": ["all"],
    }  # fmt: skip
    return design, pd.DataFrame(rows, columns=columns), manifest


REAL = ("contracts.payment_delay", "turnover.base_hazard", "hiring.base_fill")


def real(frames: Frames) -> Frames:
    """The study with what a report names: three factors of the model, and turnover as its outcome."""
    design, results, manifest = frames
    names = dict(zip([each["name"] for each in manifest["factors"]], REAL, strict=False))
    titles = {"en": ("Delay", "Leaving", "Hiring"), "zh": ("拨付延迟", "离职", "招聘")}
    factors = [
        each | {"name": names[each["name"]], "title": {key: words[n] for key, words in titles.items()}}
        for n, each in enumerate(manifest["factors"])
    ]
    scenarios = [each | {"title": {"en": each["name"].upper(), "zh": f"情景{each['name']}"}}
                 for each in manifest["scenarios"]]  # fmt: skip
    outcome = {"column": "y", "outcome": "annual_turnover", "unit": "rate per year", "better": -1, "stratum": "all",
               "title": {"en": "Turnover", "zh": "流失率"}}  # fmt: skip
    text = {
        "study": "planted", "title": {"en": "Planted", "zh": "植入"}, "question": {"en": "Why?", "zh": "为何？"},
        "orgsim": "0", "code": "0" * 32, "environment": {}, "fingerprints": {}, "rows": len(results),
    }  # fmt: skip
    told = {"factors": factors, "scenarios": scenarios, "outcomes": [outcome], **text}
    design_of = manifest["design"] | {"n": len(design)}
    return design.rename(columns=names), results, manifest | told | {"design": design_of}
