"""What scenario discovery says: where a policy fails, and whether to believe it."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import Any

from orgsim.report.studies.names import Names
from orgsim.report.studies.texts import words
from orgsim.studies.analysis.discovery import ALWAYS, CHANCE, DIFFERENCE, FEW, NEVER, UNSTABLE, Discovery

Record = dict[Any, Any]


def sentences(found: Discovery, names: Names) -> Iterator[str]:
    """When it fails, in which box, how that was checked, and how many points luck may have moved."""
    say = words(names.language)
    first = found.rows[0]
    when = when_text(found, names)
    gaps = {"when": when[0].upper() + when[1:], "interest": first["interest"], "points": first["points"]}
    verdict = first["verdict"]
    if verdict in (NEVER, ALWAYS, FEW):
        yield say(f"prim.{verdict}", **(gaps if verdict == FEW else gaps | {"when": when}))
    elif verdict == CHANCE:
        yield say("prim.chance", chance=_share(first["chance"]), **_begun(gaps, when, names))
    else:
        kept = [row for row in found.rows if row["restricted"]]
        box = say("box.and").join(side_text(row, names) for row in kept)
        yield say(
            "prim.found", box=box, coverage=_share(first["coverage"]), density=_share(first["density"]),
            **_begun(gaps, when, names),
        )  # fmt: skip
        halves = say("and").join(f"{names.factor(row['factor'])} {_share(row['halves'])}" for row in kept)
        quasi = say("and").join("<0.001" if row["quasi_p"] < 0.001 else f"{row['quasi_p']:.3f}" for row in kept)
        yield say("prim.trust", halves=halves, chance=_share(first["chance"]), quasi=quasi)
        if verdict == UNSTABLE:
            yield say("prim.unstable")
    if not isnan(first["unclear"]) and first["unclear"]:
        yield say("prim.unclear", unclear=first["unclear"], points=first["points"])


def when_text(found: Discovery, names: Names) -> str:
    """When it fails: '“Longer” gives less than “Baseline”'."""
    say, question, response = words(names.language), found.question, found.response
    if question.name == DIFFERENCE and question.value == 0.0 and response.against is not None:
        two = {"scenario": names.scenario(response.scenario), "against": names.scenario(response.against)}
        return say("when.less" if question.below else "when.more", **two)
    side = say("below" if question.below else "above")
    written = names.written(response.outcome, question.value)
    if question.name == DIFFERENCE:
        return say("when.difference", side=side, value=written.change(question.value))
    return say("when.value", outcome=names.outcome(response.outcome), side=side, value=written.value(question.value))


def side_text(row: Record, names: Names) -> str:
    """One restriction of a box: 'Payment delay is at least 3 months'."""
    say, factor = words(names.language), row["factor"]
    called = names.factor(factor)
    if row.get("choices"):
        kept = say("box.or").join(names.value(factor, float(choice)) for choice in row["choices"].split(","))
        return say("box.choice", factor=called, choices=kept)
    ends = next(each for each in names.manifest["factors"] if each["name"] == factor)
    least, most = (min(ends["values"]), max(ends["values"])) if ends.get("values") else (ends["low"], ends["high"])
    low, high = (names.value(factor, three_digits(row[end])) for end in ("low", "high"))
    if row["low"] <= least:
        return say("box.most", factor=called, high=high)
    return say("box.least" if row["high"] >= most else "box.between", factor=called, low=low, high=high)


def three_digits(value: float) -> float:
    """The end of a box is known no better than points lie apart."""
    return float(f"{value:.3g}")


def _begun(gaps: dict[str, Any], when: str, names: Names) -> dict[str, Any]:
    """In Chinese what fails stands within the sentence, not at its beginning."""
    return gaps | {"when": when} if names.language == "zh" else gaps


def _share(value: float) -> str:
    return f"{100.0 * value:.0f}%"
