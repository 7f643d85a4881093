"""What one page may ask of the server, so that it stays quick for everybody; each limit has a sentence."""

from __future__ import annotations

from dashboard.texts import say
from orgsim.errors import InputError
from orgsim.scenarios import Scenario

SCENARIOS = 6
"""Policies that are compared with today at once."""
ORGANIZATIONS = 50_000
"""Organizations of a district; a replication of so many takes several seconds."""
SCENARIO_FILE, UPLOAD = 1, 10
"""Megabytes of a scenario file, and of any other file."""


class Beyond(InputError):
    """More than a limit allows; `told` says it in the reader's language."""

    def __init__(self, limit: str, **words: object) -> None:
        self.limit, self.words = limit, words
        super().__init__(self.told("en"))

    def told(self, language: str) -> str:
        return say(f"limit.{self.limit}", language, **self.words)


def told(error: Exception, language: str) -> str:
    """An error as a sentence, in the reader's language where it has one."""
    return error.told(language) if isinstance(error, Beyond) else str(error)


def check_scenarios(number: int) -> None:
    """Raise `Beyond` for more policies than are compared at once."""
    if number > SCENARIOS:
        raise Beyond("scenarios", most=SCENARIOS, number=number)


def check_organizations(scenario: Scenario) -> None:
    """Raise `Beyond` for a district that is too large for a page."""
    number = sum(scenario.population.organizations.values())
    if number > ORGANIZATIONS:
        raise Beyond("organizations", most=f"{ORGANIZATIONS:,}", number=f"{number:,}")


def check_file(name: str, size: int, most: int = UPLOAD) -> None:
    """Raise `Beyond` for a file of `size` bytes that is larger than `most` megabytes."""
    if size > most << 20:
        raise Beyond("file", name=name, most=most, size=f"{size / (1 << 20):.1f}")
