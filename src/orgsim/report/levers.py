"""Writes `docs/levers.md` and `docs/levers.csv`: what each lever does by itself, and whether the evidence agrees.

    python -m orgsim.report.levers [--replications N] [--months M]

Every lever is moved to its low and its high end while all others stay as today, on common random numbers. What has
been simulated is kept in the cache folder, so a run that is stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from scipy import stats

from orgsim.core.parameters import Parameter
from orgsim.mechanisms import space
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.report.lever_pages import page
from orgsim.report.lever_trials import DIRECTIONS, TRIALS, Direction, Effect, Trial
from orgsim.report.reference import DOCS
from orgsim.report.trials import Floats, moved, outcome_values, value_in
from orgsim.report.verdicts import judge
from orgsim.scenarios import Scenario, load

SHOWN = ("survival_5y", "active_10y", "annual_turnover", "retention_12m", "services_delivered", "public_cost")
MEASURED = tuple(dict.fromkeys((*SHOWN, *(d.outcome for d in DIRECTIONS if d.outcome))))
"""Outcomes that are measured: those shown for every lever, and those the evidence speaks of."""
Report = Callable[[str], None]


def levers() -> tuple[Parameter, ...]:
    """All levers, in the order of the mechanisms."""
    return tuple(p for p in space().values() if p.role == "lever")


def trial_of(lever: Parameter) -> Trial:
    """The ends to try: the legal ones, unless a trial is declared."""
    return TRIALS.get(lever.name) or Trial(*lever.range, "")


def measure(
    scenario: Scenario,
    chosen: Iterable[Parameter],
    *,
    replications: int = 32,
    months: int | None = None,
    seed: int = 1,
    report: Report = lambda _: None,
) -> list[Effect]:
    """What every measured outcome does when each lever is moved to each end where it does not stand already."""
    effects: list[Effect] = []
    for lever in chosen:
        trial = trial_of(lever)
        reference = moved(scenario, trial.also, "reference")
        stands = value_in(reference, lever.name)
        for end, value in (("low", trial.low), ("high", trial.high)):
            if value == stands:
                continue
            report(f"{lever.name} {stands:g} → {value:g}")
            there = moved(reference, {lever.name: value}, f"{lever.name} {end}")
            before, after = (outcome_values(s, replications, months, seed) for s in (reference, there))
            also = "; ".join(f"{name} = {number:g}" for name, number in trial.also.items())
            for name in MEASURED:
                judgement = judge(after[name] - before[name])
                effects.append(
                    Effect(
                        lever.name,
                        end,
                        value,
                        stands,
                        also,
                        name,
                        BY_NAME[name].unit,
                        float(before[name].mean()),
                        judgement.difference,
                        judgement.low,
                        judgement.high,
                        _unpaired_width(before[name], after[name]),
                        judgement.pairs,
                    )
                )
    return effects


def _unpaired_width(before: Floats, after: Floats) -> float:
    """Width of Welch's 95 % interval for the difference of two means; NaN for fewer than two replications."""
    if len(before) < 2 or np.isnan(before).any() or np.isnan(after).any():
        return float("nan")
    if before.var() + after.var() == 0.0:
        return 0.0
    interval = stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.95)
    return float(interval.high - interval.low)


def agreement(direction: Direction, effects: Iterable[Effect]) -> str:
    """Whether the model moves an outcome the way the evidence says: agree, cannot tell, disagree, or – if it is silent.

    Both ends are asked. One end clearly the other way is enough to disagree; a lever that raises must, lowered, lower.
    """
    if direction.sign == 0:
        return "–"
    along = contrary = False
    for effect in effects:
        if (effect.lever, effect.outcome) != (direction.lever, direction.outcome):
            continue
        sign = direction.sign * (1.0 if effect.value > effect.reference_value else -1.0)
        low, high = (sign * effect.low, sign * effect.high)[:: int(sign)]
        along, contrary = along or low > 0.0, contrary or high < 0.0
    return "disagree" if contrary else "agree" if along else "cannot tell"


def pairing_gain(effects: Iterable[Effect]) -> list[float]:
    """How many times wider intervals would be unpaired, in order of size: of the shown outcomes that moved at all."""
    told = [e for e in effects if e.outcome in SHOWN and e.high > e.low]
    return sorted(e.unpaired_width / (e.high - e.low) for e in told)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every lever and write the two files."""
    parser = argparse.ArgumentParser(prog="python -m orgsim.report.levers", description="What each lever does alone.")
    parser.add_argument("--replications", type=int, default=32)
    parser.add_argument("--months", type=int, default=None, help="horizon; the baseline's own by default")
    parser.add_argument("--scenario", default="baseline", help="what the levers are moved from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=DOCS, help="where levers.md and levers.csv are written")
    chosen = parser.parse_args(arguments)
    if chosen.replications < 2:
        parser.error("an interval takes at least two replications")
    scenario = load(chosen.scenario)

    def say(text: str) -> None:
        print(text, flush=True)

    try:
        effects = measure(
            scenario,
            levers(),
            replications=chosen.replications,
            months=chosen.months,
            seed=chosen.seed,
            report=say,
        )
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130
    gain = pairing_gain(effects)
    verdicts = {direction: agreement(direction, effects) for direction in DIRECTIONS}
    text = page(effects, SHOWN, levers(), verdicts, gain, chosen.months or scenario.months)
    table = pd.DataFrame([asdict(effect) for effect in effects])
    table.to_csv(chosen.folder / "levers.csv", index=False, float_format="%.8g", lineterminator="\n")
    (chosen.folder / "levers.md").write_text(text, encoding="utf-8")
    print(f"unpaired intervals are wider: median {median(gain):.1f}, {gain[0]:.1f} to {gain[-1]:.1f} times")
    print(f"wrote levers.md and levers.csv to {chosen.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
