"""A small catalogue of parameters and a folder to write scenarios in: these tests need no mechanism."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from orgsim.core.parameters import KINDS, Parameter, ParameterSpace, Source, Text

ROOT = """\
title: {en: As it is, zh: 现状}
start: 2026-01
months: 60
burn_in: 12
set:
  contracts.duration: 12 months
  contracts.payment_delay: 3 months
assumptions:
  turnover.base_hazard: 0.012
"""


def _parameter(
    name: str, unit: str, value: object, range_: tuple[float, float], role: str, **more: object
) -> Parameter:
    return Parameter.model_validate(
        {
            "name": name,
            "title": Text(en=f"Title of {name.split('.')[1]}", zh=f"标题 {name.split('.')[1]}"),
            "meaning": Text(en="What it means.", zh="它的含义。"),
            "unit": unit,
            "value": value,
            "range": range_,
            "role": role,
            "source": Source(cite="wang2020", where="table 2", grade="B", reading="read"),
            **more,
        }
    )


@pytest.fixture(scope="session")
def space() -> ParameterSpace:
    """Thirteen parameters of every sort: by kind, with choices, fixed, in months, years, money and shares."""
    by_kind = dict.fromkeys(KINDS, 1.0)
    return ParameterSpace(
        [
            _parameter("contracts.duration", "months", 12, (6, 36), "lever"),
            _parameter("contracts.payment_delay", "months", 3, (0, 6), "lever"),
            _parameter("contracts.yearly_budget", "CNY per year", 5e7, (0, 1e9), "lever"),
            _parameter("contracts.price_coverage", "share of full cost", 0.8, (0.6, 1.1), "lever"),
            _parameter("fees.price", "ratio", by_kind, (0.5, 2), "lever"),
            _parameter("autonomy.dual_management", "choice", 1, (0, 1), "lever", choices=("off", "on")),
            _parameter("compliance.penalty", "choice", 0, (0, 1), "lever", choices=("static", "dynamic")),
            _parameter("learning.forums", "meetings per year", 0, (0, 12), "lever"),
            _parameter("donations.shift", "SD", 0, (-1, 1), "lever"),
            _parameter("turnover.base_hazard", "per month", 0.0115, (0.008, 0.017), "uncertainty"),
            _parameter("turnover.memory", "years", 2, (1, 5), "uncertainty"),
            _parameter("fees.noise", "SD", by_kind, (0, 2), "uncertainty"),
            _parameter("accounts.days", "days", 30, (30, 30), "fixed"),
        ]
    )


Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a scenario file into an empty working folder that has a `root.yaml` to extend."""
    monkeypatch.chdir(tmp_path)

    def put(name: str, text: str) -> Path:
        file = Path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    put("root.yaml", ROOT)
    return put
