"""What the parts of an analysis are called, and how its numbers are written."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import Any

from orgsim.core.parameters import Parameter
from orgsim.report.amounts import amount
from orgsim.report.column_names import monthly_title
from orgsim.report.measures import UNKNOWN, Measure, measure
from orgsim.report.studies.texts import words
from orgsim.report.texts import TEXTS
from orgsim.scenarios.load import default_space
from orgsim.studies.analysis import Response
from orgsim.studies.analysis.responses import WHOLE
from orgsim.studies.layout import Manifest


@dataclass(frozen=True)
class Names:
    """Names in a language, "en" or "zh", of what a manifest holds."""

    manifest: Manifest
    language: str

    def scenario(self, name: str) -> str:
        """The title of a scenario."""
        return str(self._of("scenarios", "name", name)["title"][self.language])

    def outcome(self, column: str, month: int = WHOLE) -> str:
        """The title of an outcome, with its group and its month."""
        bare, bracket, rest = column.partition("[")
        stratum = rest.removesuffix("]")
        known = self._of("outcomes", "column", column)
        title = str(known["title"][self.language]) if known else monthly_title(bare, self.language)
        key = f"stratum.{stratum}"
        group = TEXTS[key](self.language) if key in TEXTS else stratum
        title += f" [{group}]" if bracket else ""
        return title if month == WHOLE else words(self.language)("at.month", title=title, month=month)

    def response(self, response: Response) -> str:
        """What a response is of, as a heading."""
        say, several = words(self.language), len(self.manifest["scenarios"]) > 1
        outcome, scenario = self.outcome(response.outcome, response.month), self.scenario(response.scenario)
        if response.against is not None:
            return say("of.difference", outcome=outcome, scenario=scenario, against=self.scenario(response.against))
        return say("of", outcome=outcome, scenario=scenario) if several else outcome

    def factor(self, name: str) -> str:
        """The title of a factor, with the kind of organization where it moves only that."""
        kind = name.partition("[")[2].removesuffix("]")
        key = f"stratum.kind={kind}"
        group = TEXTS[key](self.language) if key in TEXTS else kind
        return str(self._of("factors", "name", name)["title"][self.language]) + (f" [{group}]" if kind else "")

    def value(self, factor: str, value: float) -> str:
        """A value of a factor with its unit, or the word of a choice."""
        return UNKNOWN if isnan(value) else amount(self.parameter(factor), value, self.language)

    def parameter(self, factor: str) -> Parameter:
        """The parameter that a factor moves."""
        return default_space()[factor.partition("[")[0]]

    def written(self, column: str, *sizes: float) -> Measure:
        """How numbers of an outcome are written that are as large as `sizes`."""
        known = self._of("outcomes", "column", column)
        if known:
            return measure(known["unit"], sizes, self.language)
        largest = max((abs(size) for size in sizes if not isnan(size)), default=0.0)
        decimals = 3 if largest < 1.0 else 1 if largest < 100.0 else 0
        return Measure(1.0, decimals, "unit.index", "unit.index", self.language, least=float("-inf"))

    def _of(self, what: str, key: str, value: str) -> dict[str, Any]:
        return next((each for each in self.manifest[what] if each[key] == value), {})
