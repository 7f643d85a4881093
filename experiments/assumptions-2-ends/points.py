"""Writes study.yaml: the assumptions that moved a headline most in the screen, at both ends, with more luck.

How much an end moves a finding is the change of the policy's difference over the size of the difference itself, or over
twice the margin below which nothing matters where that is larger: less cannot be told from luck by one replication. An
assumption counts by its strongest finding.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from orgsim.report.verdicts import MARGINS

HERE = Path(__file__).parent
SCREEN = HERE.parent / "assumptions-1-screen"
CHOSEN = 16
TOLD = 2.0
"""Margins that one replication can tell."""
OUTCOMES = {"active_5y": MARGINS["share"], "annual_turnover": MARGINS["rate per year"]}
HEAD = """\
# Made by points.py from the rows of assumptions-1-screen. Change those, not this file.
title: {en: Which findings stand when assumptions move, zh: 假设变动时哪些结论成立}
question:
  en: What becomes of findings on the package and the five answers at the ends of what moves them most?
  zh: 将影响最大的假设移到两端，关于综合方案与五项对策的结论是成立、减弱还是反转？
scenarios: [baseline, balanced-package, funding-and-policy, people, balanced-autonomy, supervision-and-reward,
  party-building]
replications: 6
months: 60
outcomes: [active_5y, survival_5y, annual_turnover]
design:
  kind: list
  points:
    - {name: as assumed}
"""


def influences(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a point, outcome and policy: the policy's difference, as assumed and there, and how much it moved."""
    found = []
    for outcome, margin in OUTCOMES.items():
        values = rows.pivot(index="name", columns="scenario", values=outcome)
        policies = values.drop(columns="baseline").sub(values["baseline"], axis=0)
        before = policies.loc["as assumed"]
        for name, after in policies.drop(index="as assumed").iterrows():
            for policy in policies.columns:
                size = max(abs(before[policy]), TOLD * margin)
                moved = abs(after[policy] - before[policy]) / size
                found.append(
                    (str(name).rpartition(" ")[0], name, outcome, policy, before[policy], after[policy], moved)
                )
    columns = ["assumption", "point", "outcome", "scenario", "before", "after", "moved"]
    return pd.DataFrame(found, columns=columns)


def chosen(rows: pd.DataFrame) -> list[str]:
    """The assumptions that moved a finding most, the strongest first."""
    strongest = influences(rows).groupby("assumption")["moved"].max()
    return list(strongest.sort_values(ascending=False, kind="stable").index[:CHOSEN])


def text(rows: pd.DataFrame, screen: str) -> str:
    """The whole file: the points of the screen's file that are of a chosen assumption, in its order."""
    wanted = tuple(f"    - {{name: {name} " for name in chosen(rows))
    return HEAD + "".join(f"{line}\n" for line in screen.splitlines() if line.startswith(wanted))


if __name__ == "__main__":
    screened = pd.read_csv(SCREEN / "results.csv")
    (HERE / "study.yaml").write_text(
        text(screened, (SCREEN / "study.yaml").read_text(encoding="utf-8")), encoding="utf-8"
    )
